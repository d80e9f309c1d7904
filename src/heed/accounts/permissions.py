"""May this person? Answered from their roles in one organisation, resolved once a request."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from heed.accounts.roles import ROLES, Permission, permissions_of
from heed.audit.actor import Actor

__all__ = ["Permission", "Viewer"]


@dataclass(frozen=True)
class Viewer:
    """A signed-in person in one organisation. `roles` are pairs of role key and service id (None: everywhere)."""

    person_id: int
    name: str
    organisation_id: int
    organisation_code: str
    roles: tuple[tuple[str, int | None], ...]

    @property
    def actor(self) -> Actor:
        return Actor("staff", str(self.person_id), self.organisation_code)

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of([key for key, _ in self.roles])

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def services_for(self, permission: Permission) -> frozenset[int]:
        """The services in which a role that counts in one service only gives the permission."""
        return frozenset(
            service for key, service in self.roles if service is not None and permission in ROLES[key].permissions
        )

    def only(self, holds: Callable[[frozenset[Permission], int | None], bool]) -> "Viewer":
        """The person with only those roles of which `holds(permissions, service id)` says so."""
        return replace(self, roles=tuple(role for role in self.roles if holds(ROLES[role[0]].permissions, role[1])))

    @property
    def role_names(self) -> list[str]:
        return [ROLES[key].name for key in dict.fromkeys(key for key, _ in self.roles)]
