"""What forms that take a table share: pasted or uploaded, read at once, with every row that cannot be kept and the reason."""

from collections.abc import Sequence, Sized
from typing import Any

from heed.design import forms, words
from heed.feedback.importing.shape import Unreadable
from heed.staff import tables
from heed.staff.forms.base import StaffForm


def table_field(help_text: str, longest: int) -> forms.LongTextField:
    """Where a table is pasted. longest: characters."""
    return forms.LongTextField(
        label="Paste the table", subject="the table", help_text=help_text, required=False, rows=12, max_length=longest,
        count=False, strip=False,  # a table may end in an empty cell
    )  # fmt: skip


def file_field() -> forms.FilesField:
    """Where it is uploaded instead."""
    return forms.FilesField(
        label="Or choose a file", help_text="CSV or XLSX, at most 5 MB.", required=False, most_files=1,
        accept=".csv,.xlsx",
    )  # fmt: skip


class TableForm(StaffForm):
    """A form with the fields `table` and `file`. What is uploaded comes back as text, so that it can be put right on the page.

    `kept` and `rejected`: what `read_table` makes of it. `one`, `many`: what cannot be kept, in words; `nothing`: where there
    is nothing else. `asked_first`: fields without which the table cannot be read."""

    error_title = "Some of it cannot be kept"
    mark_optional = False
    one, many, nothing = "row", "rows", "There is no row in it that can be kept."
    asked_first: tuple[str, ...] = ()
    kept: Sized = ()
    rejected: Sequence[Any] = ()

    def read_table(self, table: tables.Table) -> tuple[Sized, Sequence[Any]]:
        """(what can be kept, the rows that cannot, with `row`, `reason` and `text`). Raises ValueError, a sentence."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if not data.keys() >= set(self.asked_first):
            return data
        name = "file" if data.get("file") else "table"
        try:
            table = tables.from_upload(data["file"][0]) if name == "file" else tables.from_text(data.get("table") or "")
            if name == "file":
                self.data = self.data.copy()
                self.data["table"] = table.text
            self.kept, self.rejected = self.read_table(table)
        except (Unreadable, ValueError) as error:
            if name not in self.errors:
                self.add_error(name, _sentence(str(error)) if data.get(name) else "Paste a table, or choose a file")
            return data
        self._say_what_is_left_out()
        return data

    def _say_what_is_left_out(self) -> None:
        if not len(self.kept):
            self.add_error(None, self.nothing)
        elif self.rejected and not self.data.get("leave_out"):
            wrong = words.count(len(self.rejected), self.one, self.many)
            self.add_error(
                None,
                f"{wrong} cannot be kept, listed below with the reason. Put right what you can, or leave these out.",
            )

    @property
    def may_leave_out(self) -> bool:
        return bool(self.rejected and len(self.kept))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
