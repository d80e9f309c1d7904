"""Choosing: one of a few (radios), one of many (select), several (checkboxes), yes or no, a tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from heed.design.forms.worded import Worded


class Offered(Worded):
    """hints: a sentence under a choice, by value. reveals: names of fields of the same form shown under a choice
    once it is chosen, and asked for only then. divider_before: the value that an "or" stands before.
    inline: side by side, for two short answers."""

    wording = {"required": "Choose {subject}", "invalid_choice": "Choose one of the answers shown"}

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        divider_before: str | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.hints, self.reveals = dict(hints or {}), dict(reveals or {})
        self.divider_before, self.inline = divider_before, inline


class ChoiceField(Offered, forms.ChoiceField):
    """One of a few, as radios."""

    widget = forms.RadioSelect


class SelectField(Offered, forms.ChoiceField):
    """One of many, as a list that opens. An empty first choice is added unless the choices have one."""

    widget = forms.Select

    def __init__(self, *, choices: Any = (), empty: str = "Choose one", **kwargs: Any) -> None:
        listed = choices if callable(choices) else list(choices)
        if not callable(choices) and ("" not in {value for value, _ in listed}):
            listed = [("", empty), *listed]
        super().__init__(choices=listed, **kwargs)


class MultipleChoiceField(Offered, forms.MultipleChoiceField):
    """Several of a few, as checkboxes. exclusive: the value that cannot go with another, such as "none"."""

    widget = forms.CheckboxSelectMultiple
    wording = {
        "exclusive": "Choose “{alone}” by itself, or take it away",
        "invalid_list": "Choose from the answers shown",
    }

    def __init__(self, *, exclusive: str | None = None, **kwargs: Any) -> None:
        super().__init__(**({"divider_before": exclusive} | kwargs))
        self.exclusive = exclusive

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self.exclusive in chosen and len(chosen) > 1:
            alone = next(str(label) for value, label in self.widget.choices if value == self.exclusive)
            raise forms.ValidationError(self.error_messages["exclusive"].replace("{alone}", alone), code="exclusive")
        return chosen


class YesNoField(ChoiceField):
    """Yes or no, as two radios. Cleans to True, False, or None if left empty."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"choices": [("yes", "Yes"), ("no", "No")], "inline": "reveals" not in kwargs}
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class TickField(Worded, forms.BooleanField):
    """One box to tick. Required means that it must be ticked; the label is a sentence."""

    wording = {"required": "Tick {subject}"}

    def __init__(self, *, label: str, subject: str | None = None, **kwargs: Any) -> None:
        super().__init__(label=label, subject=subject or f"“{label}”", **kwargs)
