"""What the questions of telling us have in common: a page each, and a line each on "check your answers"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from heed.design import forms, words


@dataclass(frozen=True)
class Line:
    """One line of "check your answers"."""

    label: str
    value: str
    is_words: bool = False


class StepForm(forms.Form):
    """One page of questions. `organisation` is whose page it is; `known` has what earlier pages said, cleaned, by step.

    title: the page's h1 where no single question is. intro: a sentence or two under it. Where they depend on what was
    said before, a step overrides page_title and page_intro. named: what a question is called on "check your answers",
    where its label is too long for that."""

    fields: dict[str, Any]
    title: ClassVar[str] = ""
    intro: ClassVar[str] = ""
    named: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self, data: Any = None, *, organisation: Any, known: Mapping[str, Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.organisation, self.known = organisation, known
        self.settle()

    def settle(self) -> None:
        """Fit the questions to the organisation and to what was said before. For steps to fill in."""

    @property
    def page_title(self) -> str:
        return str(next(iter(self.fields.values())).label) if self.one_question else self.title

    @property
    def page_intro(self) -> str:
        return self.intro

    @property
    def unsaid(self) -> str:
        """What the whole step is called on "check your answers" when nothing was answered."""
        return self.page_title

    def lines(self) -> list[Line]:
        """The answers as they are shown before sending: what was answered, in the order of the page."""
        return [line for name in self.fields if (line := self._line(name))]

    def _line(self, name: str) -> Line | None:
        value = self.cleaned_data.get(name)
        if value in (None, "", [], False):
            return None
        field = self.fields[name]
        is_words = isinstance(field, forms.LongTextField)
        return Line(self.named.get(name, str(field.label)), in_words(field, value), is_words)


def in_words(field: Any, value: Any) -> str:
    """An answer as a person would read it."""
    if isinstance(field, forms.YesNoField) or value is True:
        return "Yes" if value else "No"
    if isinstance(field, forms.NHSNumberField):
        return words.nhs_number(value)
    if isinstance(field, forms.DateField):
        return words.day(value)
    if hasattr(field, "choices"):
        labels = flat(field.choices)
        return ", ".join(labels.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
    return str(value)


def flat(choices: Any) -> dict[str, str]:
    """Values and labels of choices, grouped or not."""
    labels: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            labels |= flat(label)
        else:
            labels[str(value)] = str(label)
    return labels
