"""You said, we did: a line that everybody can read, and that names nobody (R9, R253)."""

from datetime import datetime

from heed.accounts import queries as accounts
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.learning import naming
from heed.learning.actions.log import Change, changing, staff_id
from heed.learning.models import Action, Publication

LONGEST = 600


def publish(
    *,
    action_id: int,
    you_said: str,
    we_did: str,
    nobody_recognised: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> Publication:
    """Publish what changed, once it is done. Text that names somebody is refused; text that may point to somebody is
    asked about, and `nobody_recognised` says that the person who publishes has looked.

    Raises Refused with a sentence and the field that it concerns."""
    words = {"you_said": clean_text(you_said).strip(), "we_did": clean_text(we_did).strip()}
    with changing(action_id, by=by, at=at, version=version) as change:
        action = change.action
        if action.state != "completed":
            raise Refused("Publish this when it is done: the line says what you did, not what you mean to do.")
        _check_words(action, words, nobody_recognised)
        publication, _ = Publication.objects.update_or_create(
            action=action,
            defaults={
                **words,
                "organisation": action.organisation,
                "service": action.service,
                "published_at": at,
                "withdrawn_at": None,
                "by_id": staff_id(by),
            },
        )
        change.event("published", publication_id=publication.pk)
    return publication


def _check_words(action: Action, words: dict[str, str], nobody_recognised: bool) -> None:
    """Each box by itself, so that the sentence stands beside the right one."""
    people, staff = names_behind(action)
    for field, text in words.items():
        if not text:
            raise Refused(
                "Say in a sentence what people told you." if field == "you_said" else "Say what you did.", field
            )
        if len(text) > LONGEST:
            raise Refused(f"Say it in {LONGEST} characters or fewer: this is a line, not a letter.", field)
        if refusal := naming.why_not_publish(text, people, staff):
            raise Refused(refusal, field)
        if not nobody_recognised and (question := naming.question(text)):
            raise Refused(question, field)


def names_behind(action: Action) -> tuple[list[str], list[str]]:
    """(the names behind the complaint, those of the staff) that a public line must not hold."""
    case = action.learning_point.case
    staff = list(accounts.members(action.organisation_id).values_list("name", flat=True))
    if case is None:
        return [], staff
    feedback = case.feedback
    behind = [feedback.complainant, feedback.person_affected, feedback.representative]
    people = [person.name for person in behind if person] + [case.complainant_name]
    people += [person.correspondent.address_as for person in behind if person and person.correspondent]
    people += [against.name for against in case.complained_about.all() if against.name]
    return [name for name in people if name], staff


def take_down(change: Change) -> Publication | None:
    """What is no longer true does not stay on a public page. None when nothing of the action is published."""
    publication = Publication.objects.filter(action=change.action, withdrawn_at=None).first()
    if publication is not None:
        publication.withdrawn_at = change.at
        publication.save(update_fields=["withdrawn_at"])
        change.event("publication_withdrawn", publication_id=publication.pk)
    return publication


def withdraw(*, action_id: int, by: Actor, at: datetime, version: int) -> Publication:
    """Take the line off the public page. It can be published again, in other words."""
    with changing(action_id, by=by, at=at, version=version) as change:
        publication = take_down(change)
        if publication is None:
            raise Refused("Nothing of this action is published.")
    return publication
