"""Words: one line, many lines, e-mail addresses, telephone numbers."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from heed.design.forms.worded import Worded, sentence
from heed.design.text import clean_text

LINE_LENGTH = 255
LONG_LENGTH = 20_000


class TooLong(MaxLengthValidator):
    """Says by how much, since "too long" alone leaves the person counting."""

    def __init__(self, limit: int, subject: str) -> None:
        super().__init__(limit, f"{sentence(subject)} must be {limit:,} characters or fewer. You wrote {{size}}.")

    def __call__(self, value: str) -> None:
        size = len(value)
        if size > self.limit_value:
            raise forms.ValidationError(str(self.message).replace("{size}", f"{size:,}"), code="max_length")


class CharField(Worded, forms.CharField):
    """One line of text. Cleaned of what no database can keep; at most `max_length` (default 255) characters."""

    def __init__(self, *, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.validators = [TooLong(max_length, self.subject) if _is_length(v) else v for v in self.validators]

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


def _is_length(validator: Any) -> bool:
    return isinstance(validator, MaxLengthValidator)


class LongTextField(CharField):
    """Several lines, with a count of the characters left. rows: how tall the box is drawn."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONG_LENGTH, rows: int = 8, count: bool = True, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.count = count
        self.widget.attrs.update({"rows": str(rows)})
        self.widget.attrs.pop("cols", None)


class HiddenField(CharField):
    widget = forms.HiddenInput


class EmailField(Worded, forms.EmailField):
    """An e-mail address, without the spaces that keyboards put at its end."""

    wording = {"invalid": "Enter an email address in the correct format, like name@example.com"}

    def __init__(self, *, autocomplete: str = "email", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(autocomplete=autocomplete, **kwargs)
        for validator in self.validators:
            if not isinstance(validator, MaxLengthValidator):
                validator.message = self.error_messages["invalid"]  # type: ignore[attr-defined]
        self.validators = [TooLong(254, self.subject) if _is_length(v) else v for v in self.validators]
        self._put({"spellcheck": "false", "autocapitalize": "none"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class PhoneField(CharField):
    """A telephone number as the person writes it: 7 to 15 digits, spaces, brackets, a plus, an extension."""

    widget = forms.TextInput(attrs={"type": "tel"})
    wording = {"invalid": "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"}
    shape = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|extension|x)\.?\s*\d{1,6})?", re.IGNORECASE | re.ASCII)

    def __init__(self, *, autocomplete: str = "tel", width: int = 20, **kwargs: Any) -> None:
        super().__init__(autocomplete=autocomplete, width=width, max_length=kwargs.pop("max_length", 40), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        digits = re.sub(r"\D", "", re.split(r"[ex]", text, maxsplit=1, flags=re.IGNORECASE)[0])
        if text and not (self.shape.fullmatch(text) and 7 <= len(digits) <= 15):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text
