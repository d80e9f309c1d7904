"""Who owns an action: somebody of the organisation with an account, or a named person with a work address and none."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import ComplainedAbout
from heed.correspondence import actions as correspondence
from heed.design.text import clean_text
from heed.learning import projections, rules
from heed.learning.actions.log import Change, changing
from heed.learning.links import LETTER, PURPOSE
from heed.learning.models import Action, LearningPoint, OutsideOwner


def give_to(
    *,
    action_id: int,
    owner_id: int | None = None,
    outside_name: str = "",
    outside_email: str = "",
    reason: str,
    by: Actor,
    at: datetime,
    version: int,
) -> Action:
    """Somebody else owns the action from now on: a person of the organisation, or somebody named by name and address."""
    if not reason.strip():
        raise Refused("Say why somebody else takes it over.", "reason")
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        named = rules.Named(owner_id, outside_name.strip(), outside_email.strip())
        check_owner(action.learning_point, named)
        if owner_id is not None and owner_id == action.owner_id:
            raise Refused("They own this action already.", "owner_id")
        if action.outside_owner and action.outside_owner.email.casefold() == named.outside_email.casefold():
            raise Refused("They own this action already.", "outside_email")
        correspondence.end_links(purpose=PURPOSE, object_id=action_id, why="reassigned", by=by, at=at)
        was = action.owner_id
        action.owner_id = owner_id
        action.outside_owner = outside_owner(action.organisation_id, named, at)
        action.standing, action.standing_on = "", None
        change.event("owner_changed", **owner_of(action), owner_was=was, reason_id=change.reason(clean_text(reason)))
        if action.outside_owner and action.state in ("promised", "started"):
            ask_owner(change)
    return action


def ask_owner(change: Change) -> None:
    """Send the owner without an account a link to answer through; one that was sent before ends."""
    action, owner = change.action, change.action.outside_owner
    if owner is None:
        raise Refused("The owner has an account, and answers signed in.")
    if action.state not in ("promised", "started"):
        raise Refused("Nothing is owed by the owner now: somebody else looks next.")
    due_on = projections.owed(action)["owed_on"]
    correspondence.end_links(purpose=PURPOSE, object_id=action.pk, why="withdrawn", by=change.by, at=change.at)
    correspondence.send_link(
        organisation_id=action.organisation_id, purpose=PURPOSE, object_id=action.pk, letter=LETTER,
        fields={"due_on": due_on}, name=owner.name, email=owner.email, by=change.by, at=change.at,
    )  # fmt: skip
    change.event("owner_asked", **owner_of(action))


def check_owner(point: LearningPoint, owner: rules.Owned) -> None:
    """Raises Refused, with the field, for an owner who cannot own an action of this learning point."""
    if refusal := rules.why_not_owner(owner):
        raise Refused(*refusal)
    if owner.owner_id is None:
        _check_address(point, owner)
        return
    owners = accounts.people_who_may(Permission.DO_ACTIONS, point.organisation_id, point.service_id)
    if not owners.filter(pk=owner.owner_id).exists():
        raise Refused("Choose somebody of this organisation who carries out actions.", "owner_id")
    if _against(point).filter(person_id=owner.owner_id).exists():
        raise Refused("They are complained about in this case. Choose somebody else to own the action.", "owner_id")


def _check_address(point: LearningPoint, owner: rules.Owned) -> None:
    try:
        validate_email(owner.outside_email)
    except ValidationError as fault:
        raise Refused(
            "Enter an email address in the correct format, like name@example.com.", "outside_email"
        ) from fault
    if _against(point).filter(person__email__iexact=owner.outside_email).exists():
        raise Refused(
            "They are complained about in this case. Choose somebody else to own the action.", "outside_email"
        )


def _against(point: LearningPoint) -> QuerySet[ComplainedAbout]:
    return ComplainedAbout.objects.filter(case_id__in=point.case_ids)


def outside_owner(organisation_id: int, owner: rules.Owned, at: datetime) -> OutsideOwner | None:
    """The row of an owner without an account; None for one who has an account."""
    if owner.owner_id is not None:
        return None
    return OutsideOwner.objects.create(
        organisation_id=organisation_id, name=clean_text(owner.outside_name).strip(),
        email=owner.outside_email.strip(), at=at,
    )  # fmt: skip


def owner_of(action: Action) -> dict[str, int | None]:
    """The owner as an event says it: by the id of a row."""
    return {"owner_id": action.owner_id, "outside_owner_id": action.outside_owner_id}
