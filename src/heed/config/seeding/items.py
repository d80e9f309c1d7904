"""One item of feedback: a case with its whole course, or a comment or compliment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from heed.cases.models import Case
from heed.config.seeding import courses, lessons, people, words
from heed.config.seeding.history import History, moment
from heed.config.seeding.making import Making
from heed.config.seeding.staff import Body
from heed.config.seeding.writing import Rows
from heed.facts.models import FeedbackFact
from heed.feedback import projections
from heed.feedback.codes import ALPHABET
from heed.feedback.models import Feedback, Narrative
from heed.feedback.rules import gist
from heed.search.rows import Row, prepare

MARK = "seed:"  # begins the submission key of every item that `heed seed` made
CHANNELS = (("web", "phone", "email", "letter", "in_person"), (46, 20, 17, 9, 8))
BY_STAFF = ("phone", "email", "letter", "in_person")
LETTERS = 8
PLACES = len(ALPHABET) ** LETTERS
STEP = 161_803_398_877  # prime to PLACES, so that no two numbers get the same reference


@dataclass(frozen=True)
class Recipe:
    """What all items of one run have in common. `shares`: of each body in the whole. `stall`: the share of cases that get
    stuck on the way, of the oldest and of the newest. `quick_days`: cases received since are settled at once or stand
    open. `begins`: the number of the first item, so that a second run gives other references. `only`: codes of the service
    and the subject that every case is about, and then nothing but cases is made."""

    bodies: tuple[Body, ...]
    shares: tuple[float, ...]
    history: History
    seed: int
    cases: int
    begins: int
    first_feedback: int
    first_case: int
    stall: tuple[float, float] = (0.0, 0.0)
    quick_days: int = 0
    marked: bool = True
    long_case: bool = True
    only: tuple[str, str] | None = None


def make(recipe: Recipe, numbers: Sequence[int], rows: Rows) -> None:
    """A case and a comment or compliment for each number, in the order in which they came in."""
    for number in numbers:
        chance = Random(recipe.seed * 1_000_003 + recipe.begins + number)
        _Item(recipe, rows, chance, 2 * number).make_case(number)
        if recipe.only is None:
            _Item(recipe, rows, chance, 2 * number + 1).make_other()


def reference(prefix: str, number: int) -> str:
    """A reference that looks random and is another for every number."""
    place, letters = (number + STEP) * STEP % PLACES, []
    for _ in range(LETTERS):
        place, index = divmod(place, len(ALPHABET))
        letters.append(ALPHABET[index])
    return f"{prefix}-{''.join(letters[:4])}-{''.join(letters[4:])}"


class _Item:
    def __init__(self, recipe: Recipe, rows: Rows, chance: Random, place: int):
        self.recipe, self.rows, self.chance, self.place = recipe, rows, chance, place
        self.is_chosen = place in (0, 2 * words.RARE_AT) or place // 2 % words.RARE_EVERY == words.RARE_AT
        # What the benchmark looks for lies in the largest organisation.
        self.body = recipe.bodies[0] if self.is_chosen else chance.choices(recipe.bodies, recipe.shares)[0]
        self.service = chance.choice(self._of_the_kind(self.body.services))
        self.channel = chance.choices(*CHANNELS)[0]
        self.share = (place + 0.5) / (2 * recipe.cases)

    def _of_the_kind(self, services: Sequence[Any]) -> Sequence[Any]:
        only = self.recipe.only
        return [service for service in services if service.code == only[0]] if only else services

    def _about(self, topics: Sequence[Any]) -> Sequence[Any]:
        only = self.recipe.only
        return [topic for topic in topics if topic.subject == only[1]] if only else topics

    def make_case(self, number: int) -> None:
        chance, body = self.chance, self.body
        kind = "complaint" if chance.random() < 0.8 else "concern"
        topic = chance.choice(self._about(words.topics(body.organisation.sector, self.service.code)))
        whom = chance.choice(words.data()["whom"]) if chance.random() < 0.35 else ""
        text = words.narrative(chance, topic, self.service.code, whom, is_rare=self.is_chosen and number > 0)
        feedback = self._feedback(kind, text, whom, subject=topic.subject if self.channel == "web" else "")
        m = Making(self._case(feedback, number), body, topic, self.rows, chance, self._end(feedback.received_at))
        m.is_tidy = self.recipe.stall == (0.0, 0.0)
        m.event("received", feedback.logged_by_id, at=feedback.received_at, clock={}, channel=self.channel, type=kind)
        is_long = self.recipe.long_case and number == 0 and self.recipe.begins == 0
        if is_long:
            m.end = self.recipe.history.end
            courses.take(courses.long, m)
        else:
            courses.run(m, quick=self._is_quick(feedback.received_at))
            m.learning_actions = lessons.learn(m, self.recipe.history.end)
        m.finish()
        self._keep_feedback(feedback)

    def make_other(self) -> None:
        """A comment or compliment: the words, and often nobody's name."""
        chance = self.chance
        kind = chance.choice(("comment", "compliment", "compliment"))
        text = words.fill(chance, chance.choice(words.data()[f"{kind}s"]), self.service.code)
        feedback = self._feedback(kind, text, "", subject="")
        self._keep_feedback(feedback)
        self.rows.found.append(
            prepare(
                Row(
                    "feedback", feedback.pk, feedback.organisation_id, projections.search_title(feedback), text,
                    feedback.recorded_at,
                )
            )
        )  # fmt: skip

    def _received_at(self) -> datetime:
        day = self.recipe.history.day(self.share)
        any_hour = self.channel in ("web", "email")
        while not any_hour and day.weekday() >= 5:
            day -= timedelta(days=1)
        return moment(self.chance, day, any_hour=any_hour)

    def _feedback(self, kind: str, text: str, whom: str, *, subject: str) -> Any:
        chance, body, recipe = self.chance, self.body, self.recipe
        at = self._received_at()
        named = chance.random() < (0.94 if kind in ("complaint", "concern") else 0.4)
        person, thread = people.add_writer(self.rows, body, chance, at) if named else (None, None)
        affected = people.add_person(self.rows, chance, words.name(chance), body) if whom else person
        service = None if self.channel == "web" and chance.random() < 0.1 else self.service
        number = recipe.begins * 2 + self.place
        feedback: Any = SimpleNamespace(
            pk=recipe.first_feedback + self.place, organisation_id=body.organisation.pk, organisation=body.organisation,
            service=service, kind=kind, channel=self.channel,
            reference=reference(body.organisation.reference_prefix, number), received_at=at, recorded_at=at,
            subject=subject, complainant=person, person_affected=affected, representative=None, thread_id=thread,
            relationship=people.RELATIONSHIPS.get(whom, ""), call_back_by=None, batch_id=None,
            logged_by_id=chance.choice(body.front_line) if self.channel in BY_STAFF else None,
            submission_key=f"{MARK}{number}" if recipe.marked else None,
        )  # fmt: skip
        feedback.narrative = SimpleNamespace(text=text)
        wanted = chance.sample(("apology", "explanation", "not_again", "put_right"), chance.choice((0, 1, 2)))
        self.rows.add(Narrative, feedback_id=feedback.pk, text=text, desired_outcomes=" ".join(wanted))
        return feedback

    def _keep_feedback(self, feedback: Any) -> None:
        """Its row and its fact, as they stand when the case has gone its way."""
        columns = {name: value for name, value in vars(feedback).items() if name not in _BESIDE}
        people_of = {
            f"{name}_id": getattr(feedback, name).pk if getattr(feedback, name) else None
            for name in ("service", "complainant", "person_affected")
        }
        self.rows.add(Feedback, id=feedback.pk, **columns, **people_of)
        self.rows.add(FeedbackFact, feedback_id=str(feedback.pk), **projections.fact(feedback))

    def _case(self, feedback: Any, number: int) -> SimpleNamespace:
        person: Any = feedback.complainant
        return SimpleNamespace(
            **_blank_case(), pk=self.recipe.first_case + number, feedback=feedback, feedback_id=feedback.pk,
            organisation=feedback.organisation, organisation_id=feedback.organisation_id, service=feedback.service,
            reference=feedback.reference, kind=feedback.kind, gist=gist(feedback.narrative.text),
            complainant_name=person.name if person else "", complainant_folded=person.name_folded if person else "",
            nation=feedback.organisation.nation, received_at=feedback.received_at,
        )  # fmt: skip

    def _end(self, received_at: datetime) -> datetime:
        """When the case stops: with the history, or earlier, where it gets stuck."""
        oldest, newest = self.recipe.stall
        end = self.recipe.history.end
        if self.chance.random() < oldest + (newest - oldest) * self.share:
            return min(end, received_at + timedelta(days=self.chance.uniform(0, 40)))
        return end

    def _is_quick(self, received_at: datetime) -> bool:
        return self.recipe.history.end - received_at < timedelta(days=self.recipe.quick_days)


_BESIDE = ("pk", "organisation", "service", "complainant", "person_affected", "representative", "narrative")
_MADE_ANEW = ("id", "feedback_id", "organisation_id", "reference", "kind", "gist", "complainant_name",
              "complainant_folded", "nation", "received_at")  # fmt: skip


@cache
def _blank_case() -> dict[str, Any]:
    """The columns of a case that has just come in."""
    return {
        field.attname: field.get_default() if field.has_default() or not field.null else None
        for field in Case._meta.concrete_fields
        if field.attname not in _MADE_ANEW
    }
