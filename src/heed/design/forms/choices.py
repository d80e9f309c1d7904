"""Choosing: one of a few (radios), one of many (select), several (checkboxes), yes or no, a tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from heed.design.forms.worded import Worded

_CHOICES: Any = forms.ChoiceField.choices  # Django's property, which a select list adds to


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
    """One of many, as a list that opens. An empty first choice is added unless the choices have one, also when they are
    given later: without it a browser would choose the first for whoever looked past the question. `empty` None: none
    is added, for a list that has a right answer to begin with."""

    widget = forms.Select

    def __init__(self, *, choices: Any = (), empty: str | None = "Choose one", **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(choices=choices, **kwargs)

    def _with_empty(self, choices: Any) -> list[Any]:
        listed = list(choices() if callable(choices) else choices)
        return listed if self.empty is None or "" in {value for value, _ in listed} else [("", self.empty), *listed]

    @property
    def choices(self) -> Any:
        return _CHOICES.fget(self)

    @choices.setter
    def choices(self, value: Any) -> None:
        offered = (lambda: self._with_empty(value)) if callable(value) else self._with_empty(value)
        _CHOICES.fset(self, offered)


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
