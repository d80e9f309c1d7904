"""The form that pages start from: it cleans what enters, and knows its questions' order and groups."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html

from heed.design.text import clean_text


class Form(forms.Form):
    """A form whose text holds nothing that a database cannot keep.

    error_title: heads the error summary. one_question: the only question's label is the page's h1.
    fieldsets: ((legend, (field names)), ...) to group questions; a field in none comes where it is declared.
    folded: legends of those groups that begin closed, because every question in them may be left as it is.
    language: of the legends, labels and hints, where it is not the page's; errors, counts and "(optional)" stay in the page's.
    mark_optional: put "(optional)" after the labels of what need not be answered; a field may say False for itself.
    """

    error_title = "There is a problem"
    one_question = False
    fieldsets: Sequence[tuple[str, Sequence[str]]] = ()
    folded: Sequence[str] = ()
    language = ""
    mark_optional = True
    use_required_attribute = False

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(cleaned(data), files, **kwargs)

    @property
    def lang(self) -> str:
        """The attribute of what is in the form's language: " lang=…", or nothing where that is the page's."""
        return format_html(' lang="{}"', self.language) if self.language else ""

    def hidden_by_choice(self) -> dict[str, tuple[str, str]]:
        """Names of the fields shown under a choice, each with the choosing field's name and the choice's value."""
        return {
            name: (chooser, value)
            for chooser, field in self.fields.items()
            for value, names in getattr(field, "reveals", {}).items()
            for name in names
        }

    def _clean_fields(self) -> None:
        """A question under a choice that was not made is not asked: its errors and its answer do not count."""
        super()._clean_fields()  # type: ignore[misc]
        for name, (chooser, value) in self.hidden_by_choice().items():
            if value not in self._chosen(chooser):
                self.errors.pop(name, None)
                self.cleaned_data[name] = _empty(self.fields[name])

    def _chosen(self, name: str) -> list[str]:
        bound = self[name]
        value = bound.field.widget.value_from_datadict(self.data, self.files, bound.html_name)
        return [str(part) for part in value] if isinstance(value, list) else [str(value or "")]


def _empty(field: forms.Field) -> Any:
    """What the field cleans to when it is left empty and need not be answered."""
    blank = copy(field)
    blank.required = False
    return blank.clean(blank.widget.value_from_datadict({}, {}, "nothing"))


def cleaned(data: Any) -> Any:
    """A copy of the form's data with every text cleaned; None and data that need no cleaning as they are."""
    if isinstance(data, QueryDict):
        copy = data.copy()
        for name, values in data.lists():
            copy.setlist(name, [clean_text(value) for value in values])
        return copy
    if isinstance(data, Mapping):
        return {name: clean_text(value) if isinstance(value, str) else value for name, value in data.items()}
    return data
