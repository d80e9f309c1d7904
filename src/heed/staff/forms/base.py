"""What the forms of the staff share: nothing that was typed is ever lost, and a refusal stands beside its question."""

from collections.abc import Callable
from typing import Any, Self

from django.utils import timezone

from heed.audit.refusals import Refused, Stale
from heed.cases.queries import detail
from heed.design import forms


class VersionField(forms.HiddenField):
    """The version of the thing that the page was made from. Anything else but a number is an old version."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class StaffForm(forms.Form):
    """A form that hands what was entered to one action.

    `result` is what the action gave back, once `apply` has answered True."""

    fields: dict[str, Any]
    data: Any
    result: Any = None
    is_sent = False
    actor: Any = None

    @classmethod
    def of(cls, request: Any, **kwargs: Any) -> Self:
        """The form of a request: bound when it was sent, empty when the page is only looked at."""
        sent = request.method == "POST"
        form = cls(request.POST if sent else None, request.FILES if sent else None, **kwargs)
        form.actor, form.is_sent = request.viewer.actor, sent
        return form

    def offer(self, name: str, choices: list[tuple[str, str]], hints: dict[str, str] | None = None) -> None:
        """Give a field its choices, where they depend on the case or the organisation."""
        field: Any = self.fields[name]
        field.choices = choices
        if hints:
            field.hints = hints

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, beside by and at. Called only when everything entered is valid."""
        return dict(self.cleaned_data)

    def apply(self, action: Callable[..., Any], **more: Any) -> bool:
        """Call the action with what was entered. False while nothing was sent, or when something has to be put right:
        the form then says what, and holds everything that was typed."""
        if not (self.is_sent and self.is_valid()):
            return False
        try:
            self.result = action(**{**self.arguments(), **more}, by=self.actor, at=timezone.now())
        except Stale as stale:
            self.renew()
            self.add_error(None, str(stale))
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        return not self.errors

    def renew(self) -> None:
        """After somebody else's change: what has to be fresh for the next try."""


class CaseForm(StaffForm):
    """A form that changes a case, or something of it, and carries the version of the case that it was made from.

    `target` names what the action changes; by default the case itself. `takes_version` false: for the few actions
    that anybody may take at any time."""

    takes_version = True
    version = VersionField(required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, case: Any, target: dict[str, Any] | None = None, **kwargs: Any
    ):
        self.case, self.target = case, target or {"case_id": case.pk}
        kwargs["initial"] = {"version": case.version, **(kwargs.get("initial") or {})}
        super().__init__(data, files, **kwargs)
        if not self.takes_version:
            del self.fields["version"]

    def apply(self, action: Callable[..., Any], **more: Any) -> bool:
        return super().apply(action, **self.target, **more)

    def renew(self) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(detail.version_of(self.case.pk))
