"""A question as it is drawn: which component it is, its classes, and what describes it to a screen reader."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms import boundfield

from heed.design.forms.dates import PARTS, DateWidget

# Checked in order: CheckboxSelectMultiple is a RadioSelect, and both are selects.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
    (forms.FileInput, "file-upload"),
    (forms.Textarea, "textarea"),
    (forms.HiddenInput, "hidden"),
)
GROUPS = ("date", "checkboxes", "radios")


@dataclass
class Option:
    """One radio or checkbox with what stands under it."""

    widget: Any
    hint: str = ""
    divider: bool = False
    exclusive: bool = False
    reveals: list[Any] = field(default_factory=list)


class BoundField(boundfield.BoundField):
    """heading: the label is the page's h1. size: the label's, "" for one that is not bold."""

    heading = False

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.size = getattr(field, "label_size", "s")
        # Django puts maxlength on its own fields; see Worded.widget_attrs.
        field.widget.attrs.pop("maxlength", None)
        field.widget.attrs.pop("minlength", None)

    @property
    def kind(self) -> str:
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def lang(self) -> str:
        """The attribute for the label, the hint and the choices: " lang=…", or nothing where they are in the page's language."""
        return getattr(self.form, "lang", "")

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def marked_optional(self) -> bool:
        """Whether "(optional)" stands after the label."""
        marks = getattr(self.form, "mark_optional", True) and getattr(self.field, "mark_optional", True)
        return marks and not self.field.required and self.kind != "tick"

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def count(self) -> int | None:
        """How many characters may be written, where they are counted for the person."""
        counted = self.kind == "textarea" and getattr(self.field, "count", True)
        return getattr(self.field, "max_length", None) if counted else None

    @property
    def aria_describedby(self) -> str | None:
        parts = [
            f"{self.id_for_label}-info" if self.count else "",
            self.hint_id if self.help_text else "",
            self.error_id if self.errors else "",
        ]
        return " ".join(part for part in parts if part) or None

    @property
    def error_target(self) -> str:
        """The id that the error summary's link leads to: the first box at fault."""
        if self.kind == "date":
            return f"{self.auto_id}_{PARTS.index(self.parts_at_fault[0])}"
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @cached_property
    def parts_at_fault(self) -> list[str]:
        """The boxes of a date that its first error is about."""
        data = self.form.errors.as_data().get(self.name, [])
        named = [part for part in PARTS if data and part in (data[0].code or "").split()]
        return named or list(PARTS)

    @cached_property
    def date_boxes(self) -> list[dict[str, Any]]:
        """Day, month and year as the date template draws them."""
        context = self.field.widget.get_context(self.html_name, self.value(), {"id": self.auto_id})
        boxes = zip(PARTS, context["widget"]["subwidgets"], strict=True)
        return [{"part": part, "at_fault": self.errors and part in self.parts_at_fault, **box} for part, box in boxes]

    @cached_property
    def options(self) -> list[Option]:
        """The radios or checkboxes, in order."""
        source = self.field
        return [
            Option(
                widget=widget,
                hint=getattr(source, "hints", {}).get(str(widget.data["value"]), ""),
                divider=getattr(source, "divider_before", None) == str(widget.data["value"]),
                exclusive=getattr(source, "exclusive", None) == str(widget.data["value"]),
                reveals=[self.form[name] for name in getattr(source, "reveals", {}).get(str(widget.data["value"]), ())],
            )
            for widget in self.subwidgets
        ]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Classes and descriptions. Never `required`: the server says what is missing, in words, all at once."""
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if self.kind == "hidden" or widget.is_hidden:
            built.pop("aria-describedby", None)
            built.pop("aria-invalid", None)
            return built
        return built | {"class": self._classes(widget)}

    def _classes(self, widget: forms.Widget) -> str:
        base = {"tick": "govuk-checkboxes__input"}.get(self.kind, f"govuk-{self.kind}")
        parts = [base, f"{base}--error" if self.errors else "", str(widget.attrs.get("class", ""))]
        width = getattr(self.field, "width", None)
        parts += [f"govuk-input--width-{width}"] if width and self.kind == "input" else []
        parts += ["govuk-js-character-count"] if self.count else []
        return " ".join(part for part in parts if part)
