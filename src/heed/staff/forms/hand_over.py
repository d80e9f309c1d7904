"""Give a case to somebody else."""

from typing import Any

from heed.accounts.permissions import Permission
from heed.design import forms
from heed.staff.forms import choices
from heed.staff.forms.base import CaseForm


class HandlerForm(CaseForm):
    """`beside`: by person, what stands beside their name, so that nobody is given more than was agreed unseen (R139)."""

    handler = forms.SelectField(
        label="Who looks after it from now on",
        help_text="Beside each name: skills that this case asks for, and the room that they have.",
        subject="who looks after it",
    )

    def __init__(self, *args: Any, beside: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"handler": kwargs["case"].handler_id or ""}})
        people = choices.people(Permission.HANDLE, self.case.organisation_id)
        told = {str(pk): words for pk, words in beside.items()}
        self.fields["handler"].choices = [(pk, f"{name}: {told[pk]}" if pk in told else name) for pk, name in people]

    def arguments(self) -> dict[str, Any]:
        return {"handler_id": int(self.cleaned_data["handler"]), "version": self.cleaned_data["version"]}
