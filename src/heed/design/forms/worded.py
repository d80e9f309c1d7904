"""What every field of ours takes beside Django's arguments, and its errors in plain words."""

from typing import Any

from django.forms import Widget


def subject_of(label: str | None) -> str:
    """What a field is called in the middle of a sentence: "Date of birth" gives "date of birth".

    A question cannot stand in a sentence, so "What happened?" gives "an answer to “What happened?”".
    """
    if not label:
        return "an answer"
    if label.endswith("?"):
        return f"an answer to “{label}”"
    is_name = label[1:2].isupper() or not label[0].isalpha() or label.startswith("I ")
    return label if is_name else label[0].lower() + label[1:]


def sentence(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


class Worded:
    """Mixed into a Django field, in front of it.

    subject: what the field is called inside an error, such as "the date it happened" (default: from the label).
    width: the characters that the box is drawn for: 2, 3, 4, 5, 10, 20 or 30. autocomplete, inputmode: HTML's.
    label_size: s, m, l, or "" for a label that is not bold. prefix, suffix: shown beside the box, such as "£".
    """

    # {subject} is the middle of a sentence, {Subject} its beginning.
    wording: dict[str, str] = {"required": "Enter {subject}"}
    widget: Any

    def __init__(
        self,
        *,
        subject: str | None = None,
        width: int | None = None,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        label_size: str = "s",
        prefix: str = "",
        suffix: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.subject = subject or subject_of(kwargs.get("label"))
        self.width, self.label_size, self.prefix, self.suffix = width, label_size, prefix, suffix
        given = kwargs.get("error_messages") or {}
        self.error_messages.update({code: self.worded(text) for code, text in self.all_wording().items()} | given)
        self._put({"autocomplete": autocomplete, "inputmode": inputmode})

    error_messages: dict[str, Any]

    @classmethod
    def all_wording(cls) -> dict[str, str]:
        """The wording of the class and its parents, the nearest winning."""
        merged: dict[str, str] = {}
        for parent in reversed(cls.__mro__):
            merged |= vars(parent).get("wording", {})
        return merged

    def worded(self, text: str) -> str:
        return text.replace("{subject}", self.subject).replace("{Subject}", sentence(self.subject))

    def _put(self, attributes: dict[str, str | None]) -> None:
        widget: Widget = self.widget
        widget.attrs.update({name: value for name, value in attributes.items() if value})

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Never maxlength or minlength: a browser that cuts what is pasted loses words without a sound."""
        attributes: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        return {name: value for name, value in attributes.items() if name not in ("maxlength", "minlength")}
