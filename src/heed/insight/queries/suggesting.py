"""What subjects Heed suggests for somebody's words. It suggests, and never decides."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from heed.cases.models import Issue
from heed.insight.models import SubjectModel
from heed.insight.queries.coded import PERSON_WORDS
from heed.insight.themes import scoring, starting
from heed.insight.themes.measuring import FIRST, LEARNABLE, ranked
from heed.insight.themes.tokens import features
from heed.organisations import code_lists
from heed.organisations.models import Organisation

ENOUGH = 100  # coded complaints from which on Heed learns; before, the words that ship suggest
LIKELY, POSSIBLE = 0.5, 0.2
NOTHING = "Heed suggests nothing here: no subject is likely enough."
EVERYTHING = "Every subject that Heed would suggest is on the list already."
YOUNG = (
    f"Heed has not learned from your own coding yet: it does from {ENOUGH} coded complaints on. Until then it points to "
    "words that often go with a subject, and cannot say how likely each is."
)


@dataclass(frozen=True)
class Offer:
    """A subject, how likely it is (None: not known), and the words of the text behind it."""

    code: str
    label: str
    probability: float | None
    behind: tuple[str, ...]

    @property
    def sure(self) -> str:
        """In words, with the number."""
        if self.probability is None:
            return "Possible"
        word = "Likely" if self.probability >= LIKELY else "Possible"
        return f"{word}: {self.probability:.0%}"

    @property
    def why(self) -> str:
        quoted = ", ".join(f"\u201c{word}\u201d" for word in self.behind)
        return f"{self.sure}, because of {quoted}" if quoted else self.sure


@dataclass(frozen=True)
class Suggested:
    """What is offered, the likeliest first. `version` is that of the model, 0 for the words that ship; `note` is a sentence
    where there is little to offer, or little to stand on."""

    version: int
    offers: tuple[Offer, ...]
    note: str = ""


def suggest(organisation: Organisation, text: str) -> Suggested:
    """Subjects for the words of a person, of the organisation's list."""
    return suggester(organisation)(text)


def suggester(organisation: Organisation) -> Callable[[str], Suggested]:
    """The same for many texts, asking once what Heed learned last."""
    newest = _newest(organisation)
    if newest is None:
        return lambda text: _by_words(organisation, text)
    pk, number = newest
    model = _model(pk)

    def by_model(text: str) -> Suggested:
        offers = _by_model(model, organisation, text)
        return Suggested(number, offers, "" if offers else NOTHING)

    return by_model


def suggest_for(case: Any) -> Suggested:
    """Subjects for the words of a case, without those that its issues have already."""
    suggested = suggest(case.organisation, case.feedback.narrative.text)
    taken = set(Issue.objects.filter(case=case, removed_at__isnull=True).values_list("subject", flat=True))
    left = tuple(offer for offer in suggested.offers if offer.code not in taken)
    note = EVERYTHING if suggested.offers and not left else suggested.note
    return Suggested(suggested.version, left, note)


@lru_cache(maxsize=8)
def _model(pk: int) -> scoring.Model:
    """A model never changes once it is kept, and takes a moment to read."""
    content = SubjectModel.objects.get(pk=pk).content
    return scoring.from_bytes(bytes(content or b""))


def likeliest(organisation: Organisation) -> Callable[[str], float | None]:
    """How likely the likeliest subject of a text is, by what Heed learned last; None where it has learned nothing."""
    newest = _newest(organisation)
    if newest is None:
        return lambda text: None
    model = _model(newest[0])
    return lambda text: float(model.probabilities(model.vocabulary.matrix([features(text, PERSON_WORDS)])).max())


def _newest(organisation: Organisation) -> tuple[int, int] | None:
    """(pk, number) of the model in use."""
    found = SubjectModel.objects.filter(
        organisation=organisation, subject_list=organisation.subject_list, content__isnull=False
    )
    return found.order_by("-number").values_list("pk", "number").first()


def _by_model(model: scoring.Model, organisation: Organisation, text: str) -> tuple[Offer, ...]:
    found = features(text, PERSON_WORDS)
    likely = model.probabilities(model.vocabulary.matrix([found]))
    known = code_lists.load(organisation.subject_list)
    return tuple(
        Offer(
            model.labels[place], known.label(model.labels[place]), float(likely[0, place]),
            tuple(model.behind(found, int(place))),
        )
        for place in ranked(likely)[0]
        if likely[0, place] >= POSSIBLE and model.trained[place] >= LEARNABLE and model.labels[place] in known
    )  # fmt: skip


def _by_words(organisation: Organisation, text: str) -> Suggested:
    listed = starting.load(organisation.subject_list)
    known = code_lists.load(organisation.subject_list)
    met = listed.found_in(text)[:FIRST] if listed else []
    offers = tuple(Offer(code, known.label(code), None, tuple(terms[:3])) for code, terms in met if code in known)
    return Suggested(0, offers, YOUNG if offers else f"{NOTHING} {YOUNG}")
