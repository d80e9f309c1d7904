"""What we should do differently for them, and who can help them."""

from dataclasses import dataclass, replace
from typing import Any

from heed.design import forms
from heed.organisations import code_lists
from heed.organisations.code_lists import Item
from heed.portal.forms.base import Line, StepForm

# The list is written for staff, of the person; here the person speaks for themselves.
OWN_WORDS = {
    "companion": "Somebody with me at meetings",
    "bereaved": "I was bereaved not long ago",
    "poor_health": "I am not well",
    "home_visit": "To meet at my home, or near it",
}
OWN_HINTS = {"more_time": "For example, because of a medicine that makes you drowsy.", "bereaved": "", "advocate": ""}
PREFIX = "adjustments_"
NOTHING = "nothing"


@dataclass(frozen=True)
class Need:
    """A group of the list, as it is asked: first whether there is a need (`label`, `hint`), then what would help; and
    as it is called on "check your answers" (`line`)."""

    code: str
    label: str
    hint: str
    question: str
    missing: str
    line: str


NEEDS = {
    "How we write": Need(
        "write",
        "How you write to me",
        "Such as large print, Easy Read or Braille.",
        "How should we write to you?",
        "how we should write to you",
        "How to write to you",
    ),
    "How we talk": Need(
        "talk",
        "How you talk with me",
        "Such as an interpreter, sign language, or no phone calls.",
        "How should we talk with you?",
        "how we should talk with you",
        "How to talk with you",
    ),
    "How we meet": Need(
        "meet",
        "How we meet, if we do",
        "Such as a place without steps, or somebody with me.",
        "If we meet, what would help?",
        "what would help when we meet",
        "If we meet",
    ),
    "Support": Need(
        "help",
        "Somebody to help me with this",
        "Such as an advocate, who is on your side, independent of us, and free.",
        "What help would you like?",
        "what help you would like",
        "Help that you would like",
    ),
    "To know": Need(
        "know",
        "Something you should know about me",
        "Such as a bereavement, or poor health.",
        "What should we know?",
        "what we should know",
        "What we should know",
    ),
}


class SupportForm(StepForm):
    """Adjustments: first which kinds of need there are, then under each what would help, by the groups of their code
    list; and two places for their own words. Nothing must be answered."""

    title = "Is there anything that would make this easier for you?"
    intro = "You do not have to say. We will do what we reasonably can, and remember it, so that you do not have to ask twice."
    needs = forms.MultipleChoiceField(
        label="What would help?",
        subject="what would help",
        help_text="Tick what matters to you. Then choose what we should do.",
        exclusive=NOTHING,
        required=False,
    )
    adjustments_note = forms.LongTextField(
        label="In your own words",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, your language, the size of print, or that you use a wheelchair.",
    )
    support_needs = forms.LongTextField(
        label="Is there anything else we should know about you?",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, who helps you with this, or what is hard for you just now.",
    )
    mark_optional = False
    named = {"adjustments_note": "More about what helps", "support_needs": "What else we should know"}

    def settle(self) -> None:
        groups: dict[str, list[Item]] = {}
        for item in code_lists.load("adjustments").items:
            groups.setdefault(item.group, []).append(item)
        self.asked = {f"{PREFIX}{number}": need_of(group) for number, group in enumerate(groups)}
        self.fields |= {
            name: _question(need, items)
            for (name, need), items in zip(self.asked.items(), groups.values(), strict=True)
        }
        needs = self.fields["needs"]
        needs.choices = [*((need.code, need.label) for need in self.asked.values()), (NOTHING, "No, nothing")]
        needs.hints = {need.code: need.hint for need in self.asked.values() if need.hint}
        needs.reveals = {need.code: [name] for name, need in self.asked.items()}
        if "know" in needs.reveals:
            needs.reveals["know"].append("support_needs")

    def clean(self) -> dict[str, Any]:
        """`adjustments`: the codes of all groups together. Whoever ticks a need says what would help: by a choice, or in
        their own words."""
        found = self.cleaned_data
        found["adjustments"] = [code for name in self.asked for code in found.get(name, [])]
        said = {"know": found.get("support_needs", "")}
        for name, need in self.asked.items():
            is_said = found.get(name) or said.get(need.code) or found.get("adjustments_note")
            if need.code in found.get("needs", []) and not is_said and name not in self.errors:
                self.add_error(name, f"Choose {need.missing}, or say it in your own words")
        return found

    def _line(self, name: str) -> Line | None:
        line = super()._line(name)
        return replace(line, label=self.asked[name].line) if line and name in self.asked else line

    def lines(self) -> list[Line]:
        """A line for each need with what was chosen, then their own words; that they need nothing, if so."""
        order = [*self.asked, "support_needs", "adjustments_note"]
        lines = [line for name in order if (line := self._line(name))]
        return lines or [Line("What would make this easier", "You did not ask for anything")]


def need_of(group: str) -> Need:
    """How a group of the list is asked; one that is new in the list is asked by its own name."""
    return NEEDS.get(group) or Need(group, group, "", group, "what would help", group)


def _question(need: Need, items: list[Item]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=need.question,
        subject="what would help you",
        choices=[(item.code, OWN_WORDS.get(item.code, item.label)) for item in items],
        hints={item.code: hint for item in items if (hint := OWN_HINTS.get(item.code, item.hint))},
        required=False,
    )
