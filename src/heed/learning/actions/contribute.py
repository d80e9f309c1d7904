"""Ask front-line staff and the person who complained what they think made it likely, and keep what they say (R152).

What they write is kept by itself, apart from the log, and can be erased; the log tells that they were asked and answered."""

from datetime import datetime

from django.db import transaction

from heed.accounts import queries as accounts
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.design.text import clean_text
from heed.learning.actions.analyse import PURPOSE, end_question
from heed.learning.actions.analysing import Analysing, analysing
from heed.learning.actions.log import staff_id
from heed.learning.models import Contribution

LETTER = "contribution_asked"
LONGEST = 20_000
# What they are told of their words, before they write any; shown wherever they are asked.
PROMISE = (
    "What you write is read by the few people who look into this, and helps them to say what has to change. Your name is "
    "not put beside it in anything that is shared further. It is not used to judge anybody, and it has no effect on how the "
    "complaint is dealt with. You can ask us to delete it at any time."
)


def ask_staff(
    *,
    analysis_id: int,
    question: str,
    extract: str = "",
    person_id: int | None = None,
    name: str = "",
    email: str = "",
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> Contribution:
    """Ask somebody who does the work. Whoever has an account reads it signed in, and by a link too; anybody else by the
    link alone. Raises Refused with the field."""
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        person = None
        if person_id is not None:
            person = accounts.members(change.analysis.organisation_id).filter(pk=person_id).first()
            if person is None:
                raise Refused("Choose somebody of this organisation, or write their name and address.", "person_id")
            name, email = person.name, person.email
        if not name.strip():
            raise Refused("Choose somebody, or write their name and email address.", "name")
        asked = _asked(change, "staff", question, extract, names_nobody, name=clean_text(name).strip(), person=person)
        correspondence.send_link(
            organisation_id=change.analysis.organisation_id, purpose=PURPOSE, object_id=asked.pk, letter=LETTER,
            fields={}, name=name, email=email, by=by, at=at,
        )  # fmt: skip
    return asked


def ask_person(
    *,
    analysis_id: int,
    case_id: int,
    question: str,
    extract: str = "",
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> Contribution:
    """Ask the person behind one of the cases. They find it on their own page, and get a link where we have an address; where
    there is none, somebody asks them in another way and writes down what they say."""
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        if case_id not in change.case_ids():
            raise Refused("Choose one of the cases that the analysis draws on.", "case_id")
        case = Case.objects.select_related("feedback__thread__correspondent").get(pk=case_id)
        if case.feedback.complainant_id is None and case.feedback.representative_id is None:
            raise Refused("Nobody left a name in this case, so there is nobody to ask.", "case_id")
        asked = _asked(change, "person", question, extract, names_nobody, case=case)
        thread = case.feedback.thread
        if thread is not None and thread.correspondent is not None and thread.correspondent.email:
            correspondence.send_link(
                organisation_id=change.analysis.organisation_id, purpose=PURPOSE, object_id=asked.pk, letter=LETTER,
                fields={}, thread=thread, by=by, at=at,
            )  # fmt: skip
    return asked


def _asked(
    change: Analysing, voice: str, question: str, extract: str, names_nobody: bool, **whom: object
) -> Contribution:
    """Keep that somebody is asked, once at a time."""
    texts = {"question": clean_text(question).strip(), "extract": clean_text(extract).strip()}
    if not texts["question"]:
        raise Refused("Say what you would like to know from them.", "question")
    change.ask_about_names(texts, names_nobody=names_nobody)
    if change.analysis.contributions.filter(state="asked", voice=voice, **whom).exists():
        raise Refused("They were asked already and have not answered yet.")
    asked = Contribution.objects.create(
        analysis=change.analysis, voice=voice, by_id=staff_id(change.by), at=change.at, **texts, **whom
    )
    change.event("asked", contribution_id=asked.pk, voice=voice)
    return asked


@transaction.atomic
def note_opened(*, contribution_id: int, at: datetime) -> None:
    """They read what is asked, for the first time."""
    Contribution.objects.filter(pk=contribution_id, opened_at=None).update(opened_at=at)


def contribute(*, contribution_id: int, words: str, way: str, by: Actor, at: datetime) -> Contribution:
    """Keep what somebody who was asked says, in their own words. `way`: "link", "account" or "page"; "told" where somebody
    else writes down what they said. Raises Refused with the field."""
    words = clean_text(words).strip()
    if not words:
        raise Refused("Write what you would like to say first.", "words")
    if len(words) > LONGEST:
        raise Refused(f"Say it in {LONGEST:,} characters or fewer.", "words")
    analysis_id = Contribution.objects.values_list("analysis_id", flat=True).get(pk=contribution_id)
    with analysing(analysis_id, by=by, at=at, needs_open=False) as change:
        asked = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
        if asked.state == "answered" and asked.words == words:
            return asked
        if asked.state != "asked" or change.analysis.state != "begun":
            raise Refused("This question is closed: it was answered already, or is no longer asked.")
        asked.state, asked.words, asked.way, asked.answered_at = "answered", words, way, at
        asked.opened_at = asked.opened_at or at
        asked.save()
        correspondence.end_links(purpose=PURPOSE, object_id=asked.pk, why="answered", by=by, at=at)
        change.event("contributed", contribution_id=asked.pk, way=way)
    return asked


def ask_no_more(*, contribution_id: int, by: Actor, at: datetime) -> Contribution:
    """They need not answer any more."""
    return _ended(contribution_id, by, at, erase=False)


def erase_contribution(*, contribution_id: int, by: Actor, at: datetime) -> Contribution:
    """Delete somebody's words and name, at their wish. That they were asked and answered stays."""
    return _ended(contribution_id, by, at, erase=True)


def _ended(contribution_id: int, by: Actor, at: datetime, *, erase: bool) -> Contribution:
    analysis_id = Contribution.objects.values_list("analysis_id", flat=True).get(pk=contribution_id)
    with analysing(analysis_id, by=by, at=at, needs_open=False) as change:
        asked = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
        if asked.state == "asked":
            end_question(change, asked)
        elif not erase:
            raise Refused("They have answered already.")
        if erase and asked.state != "erased":
            asked.state, asked.words, asked.name, asked.extract = "erased", "", "", ""
            asked.person = None
            asked.save()
            change.event("words_erased", contribution_id=asked.pk)
    return asked
