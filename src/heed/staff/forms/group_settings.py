"""What administrators decide about groups of people: which questions are asked, and who the people served are."""

import re
from typing import Any

from heed.design import forms
from heed.organisations.code_lists import questions
from heed.organisations.code_lists.questions import Question
from heed.organisations.groups import PERIODS
from heed.staff.forms.settings import SettingsForm


class GroupQuestionsForm(SettingsForm):
    """Which questions are asked. Nothing is asked until somebody has ticked one, and said that it was agreed."""

    questions = forms.MultipleChoiceField(
        label="Which questions may be offered to people after they told you something?",
        subject="the questions",
        required=False,
        help_text="Ask only what you will use. None of them has to be answered.",
    )
    period = forms.ChoiceField(
        label="Over what periods are they counted?",
        subject="the periods",
        choices=PERIODS,
        hints={
            "year": "Choose this unless well over a hundred people answer in a quarter.",
            "quarter": "Each quarter stands alone: figures of a year are then not shown.",
        },
        help_text="Periods never overlap, so a change begins after the latest that was counted.",
    )
    agreed = forms.TickField(
        label="Our data protection officer agreed to what is asked, and what for",
        required=False,
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = questions.all_of_them()
        hints = {
            one.key: f"“{one.asks}” {'Recommended. ' if one.recommended else ''}{one.provenance}." for one in every
        }
        self.offer("questions", [(one.key, one.title) for one in every], hints)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("questions") and not data.get("agreed"):
            self.add_error("agreed", "Tick that it was agreed, or tick no question")
        return data

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name != "agreed"}


class PercentField(forms.CharField):
    """A share in per cent, with one decimal at most, as typed: 12, 12.5 or 12.5%. Cleans to per mille, or None."""

    wording = {"invalid": "{Subject} must be a number from 0 to 100, like 12 or 12.5"}
    shape = re.compile(r"(\d{1,3})(?:\.(\d))?\s*%?", re.ASCII)

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"inputmode": "decimal", "width": 4, "suffix": "%"}
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = self.shape.fullmatch(text)
        share = int(match[1]) * 10 + int(match[2] or 0) if match else -1
        if not 0 <= share <= 1000:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return share

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 10:g}" if isinstance(value, int) else value


class PopulationForm(SettingsForm):
    """The shares of one question's groups among the people served; a field for each group and answer, named by its code."""

    source = forms.CharField(
        label="Where are the figures from?",
        subject="where the figures are from",
        max_length=300,
        help_text="For example, Census 2021 for our district, or the register of our patients.",
    )
    counted_on = forms.DateField(label="What day are they of?", subject="the day that they are of", when="past")
    mark_optional = False

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)
        for depth, part in question.walk():
            within = f" (within {question.part(part.within).label})" if depth else ""
            self.fields[part.code] = PercentField(
                label=f"{question.name(part.code)}{within}",
                subject=f"the share of “{question.name(part.code)}”",
                required=False,
                label_size="",
            )

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        shares = {part.code: data.pop(part.code) for _, part in self.question.walk()}
        known = {code: share for code, share in shares.items() if share is not None}
        return {**data, "shares": known, "question": self.question.key}
