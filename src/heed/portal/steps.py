"""The way through telling us: which pages a person sees, in what order, and what they have said so far.

What they typed is kept as it was typed, by step, so that nothing is lost when an answer is wrong; it is judged anew each
time it is read."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from heed.design.text import clean_text
from heed.portal.forms.base import StepForm
from heed.portal.forms.contact import YouForm
from heed.portal.forms.kind import KindForm
from heed.portal.forms.outcome import OutcomeForm
from heed.portal.forms.people import AffectedForm, ComplainantForm
from heed.portal.forms.place import PlaceForm
from heed.portal.forms.support import SupportForm
from heed.portal.forms.who import WhoForm
from heed.portal.forms.words import WordsForm

FORMS: dict[str, type[StepForm]] = {
    "kind": KindForm,
    "who": WhoForm,
    "words": WordsForm,
    "place": PlaceForm,
    "complainant": ComplainantForm,
    "affected": AffectedForm,
    "outcome": OutcomeForm,
    "you": YouForm,
    "support": SupportForm,
}
FILES, CHECK = "files", "check"  # pages of the way that hold no answers of their own
SHORT = ("comment", "compliment")
Answers = dict[str, dict[str, list[str]]]


def path(known: dict[str, dict[str, Any]]) -> list[str]:
    """The questions that this person is asked, by what they said so far. A comment or compliment needs only the words."""
    kind = known.get("kind", {}).get("kind")
    if kind in SHORT:
        return ["kind", "words", "you"]
    complainant = ["complainant"] if known.get("who", {}).get("who") == "represent" else []
    return ["kind", "who", "words", "place", *complainant, "affected", "outcome", "you", "support", FILES]


def is_certain(known: dict[str, dict[str, Any]]) -> bool:
    """Whether what was said settles how many questions there are."""
    return known.get("kind", {}).get("kind") in SHORT or "who" in known


@dataclass
class Journey:
    """One person's way so far. `forms` are those of the steps that were answered, bound; `known` what they cleaned to,
    for those that hold; `files` how many files there are."""

    organisation: Any
    answers: Answers
    forms: dict[str, StepForm] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for step in FORMS:
            if step in self.answers and self.is_askable(step):
                form = self.form(step, self.answers[step])
                self.forms[step] = form
                if form.is_valid():
                    self.known[step] = form.cleaned_data

    def is_askable(self, step: str) -> bool:
        """Whether the step is on the way, and the answers on which its questions depend are there."""
        steps = path(self.known)
        if step not in steps:
            return False
        needed = [earlier for earlier in ("kind", "who") if earlier in steps[: steps.index(step)]]
        return all(earlier in self.known for earlier in needed)

    def form(self, step: str, typed: dict[str, list[str]] | QueryDict | None) -> StepForm:
        """The step's questions: unbound for None, else bound to what was typed."""
        data = as_typed(typed) if isinstance(typed, dict) and not isinstance(typed, QueryDict) else typed
        return FORMS[step](data, organisation=self.organisation, known=self.known)

    @property
    def steps(self) -> list[str]:
        return path(self.known)

    def first_open(self) -> str | None:
        """The first question that still has to be answered, or answered differently; None when all hold.

        Steps of which nothing must be answered hold also when they were never opened."""
        for step in self.steps:
            if step == FILES or step in self.known:
                continue
            if step in self.answers or not self.form(step, {}).is_valid():
                return step
        return None

    def next_after(self, step: str) -> str:
        """The next page of the way; after the last question, the check."""
        following = self.steps[self.steps.index(step) + 1 :] if step in self.steps else []
        return following[0] if following else CHECK

    def before(self, step: str) -> str | None:
        """The page before; None before the first."""
        steps = [*self.steps, CHECK]
        place = steps.index(step) if step in steps else 0
        return steps[place - 1] if place else None

    def progress(self, step: str) -> str:
        """ "Question 3 of 9", once the number is certain; else ""."""
        if not is_certain(self.known) or step not in self.steps:
            return ""
        return f"Question {self.steps.index(step) + 1} of {len(self.steps)}"


def typed_in(form: StepForm) -> dict[str, list[str]]:
    """What was typed into a form's questions, and nothing else that was sent with it."""
    data: Any = form.data
    boxes = {
        f"{name}{box}" for name, field in form.fields.items() for box in getattr(field.widget, "widgets_names", [""])
    }
    return {name: values for name, values in data.lists() if name in boxes}


def typed_by_hand(data: QueryDict) -> dict[str, list[str]]:
    """What was sent from a form that cannot be made just now, so that its questions are not known."""
    return {
        clean_text(name): [clean_text(value) for value in values]
        for name, values in data.lists()
        if name != "csrfmiddlewaretoken"
    }


def as_typed(typed: dict[str, list[str]]) -> QueryDict:
    """The kept answers in the shape in which a browser sends them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
