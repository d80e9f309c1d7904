"""Files of a form that has to be put right: nobody chooses them again, and what nobody comes back for goes in the end
(`documents.actions.sweep`)."""

from typing import Any, Self

from django.utils import timezone

from heed.audit.refusals import Refused
from heed.design import forms
from heed.documents import actions as documents
from heed.documents import queries
from heed.staff.forms.base import StaffForm


class FileForm(StaffForm):
    """A form with one question for files. `files_field` names it; `files_of` is the primary key of whose they are.

    When it comes back to be put right, its files are offered, ticked, in a question before that one."""

    files_field = "documents"
    files_of: int
    _here: tuple[Any, ...] = ()
    _taken: list[Any] | None = None

    @classmethod
    def of(cls, request: Any, **kwargs: Any) -> Self:
        form = super().of(request, **kwargs)
        if form.is_sent:
            tokens = request.POST.getlist("kept_files")
            form._offer(queries.waiting(tokens, organisation_id=form.files_of, by=form.actor))
        return form

    def _offer(self, files: list[Any]) -> None:
        self._here = tuple(files)
        if not files:
            return
        self.fields["kept_files"] = forms.MultipleChoiceField(
            label="Files that are here already",
            help_text="You need not choose them again. Untick one to leave it out.",
            choices=[(file.token, file.filename) for file in files],
            required=False,
        )
        names = [name for name in self.fields if name != "kept_files"]
        self.order_fields([*names[: names.index(self.files_field)], "kept_files"])
        self.data = self.data.copy()
        self.data.setlist("kept_files", [file.token for file in files])

    def attachments(self) -> list[Any]:
        """The files of an earlier try that are still wanted, then those chosen now, which this keeps. Raises Refused for
        one that is not taken; those before it are kept."""
        self._taken = list(self._here)
        for file in self.cleaned_data.get(self.files_field) or []:
            self._taken.append(self._store(file))
        return self._taken

    def _store(self, file: Any) -> Any:
        try:
            return documents.store(
                content=file, filename=file.name, organisation_id=self.files_of, by=self.actor, at=timezone.now()
            )
        except Refused as refused:
            raise Refused(str(refused), self.files_field) from refused

    def apply(self, action: Any, **more: Any) -> bool:
        done = super().apply(action, **more)
        if self.is_sent and not done:
            self._offer_again()
        return done

    def _offer_again(self) -> None:
        """Something has to be put right, perhaps before the files were looked at."""
        if self._taken is None:
            try:
                self.attachments()
            except Refused as refused:
                self.add_error(refused.field, str(refused))
        self._offer(self._taken or [])
