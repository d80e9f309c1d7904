"""Who may do what."""

from heed.accounts.roles import ROLES, Permission
from heed.config.reference import page as make_page
from heed.config.reference import table


def page() -> str:
    roles = ROLES.values()
    may = [
        (permission.value, *("yes" if permission in role.permissions else "" for role in roles))
        for permission in Permission
    ]
    return make_page(
        "Roles",
        "accounts/roles.py",
        "One person may hold several roles, and then may do what any of them allows. A role counts in one organisation; "
        "some count in one service only. Somebody without a role sees nothing: every address answers as if it did not exist.",
        table(
            ["role", "what for", "counts in"],
            [(role.name, role.what, "one service" if role.needs_service else "the organisation") for role in roles],
        ),
        "## What each may do",
        table(["may", *(role.name for role in roles)], may),
    )
