"""How much the services do: a year on one screen, or a table that is pasted or uploaded."""

from datetime import date
from typing import Any

from heed.design import forms, words
from heed.feedback.importing.shape import Unreadable
from heed.organisations import code_lists, queries, rules
from heed.staff import tables
from heed.staff.forms.base import VersionField
from heed.staff.forms.settings import SettingsForm

LONGEST_TABLE = 1_000_000


class KindForm(SettingsForm):
    """What is counted here."""

    kind = forms.ChoiceField(label="What do you count?", subject="what you count", label_size="m")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = code_lists.load("activity")
        self.offer("kind", items.choices(), {item.code: item.hint for item in items.items})


class _FromSomewhere(SettingsForm):
    """Numbers, with where they come from, and the newest change that the page was made from."""

    way = ""
    source = forms.CharField(
        label="Where the numbers come from",
        subject="where the numbers come from",
        help_text="Such as the name of the system or the report.",
        max_length=200,
        width=30,
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = queries.newest_activity_change(self.organisation.pk)
        self.initial.setdefault("version", newest.pk if newest else 0)
        self.initial.setdefault("source", newest.source if newest else "")

    def cells(self) -> dict[tuple[str, date], int | None]:
        raise NotImplementedError

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organisation": self.organisation, "cells": self.cells(), "way": self.way,
            "source": data["source"], "version": data["version"],
        }  # fmt: skip

    def renew(self) -> None:
        newest = queries.newest_activity_change(self.organisation.pk)
        self.data = self.data.copy()
        self.data["version"] = str(newest.pk if newest else 0)


class YearForm(_FromSomewhere):
    """A number for each service and month of a year that is over; the field of a cell is `n_SERVICE_MONTH`, the service by
    its primary key, 0 for the whole organisation."""

    way = "typed"
    field_order = ("source",)

    def __init__(self, *args: Any, services: list[Any], months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months
        self.places = [(0, rules.WHOLE, rules.WHOLE_NAME), *((row.pk, row.code, row.name) for row in services)]
        standing = queries.activity(self.organisation, months[0].year) if months else {}
        self.names = {(c, m): f"n_{pk}_{m.month}" for pk, c, _ in self.places for m in months}
        for _, code, place in self.places:
            for month in months:
                field = forms.NumberField(
                    label=f"{place}, {month:%B %Y}", required=False, initial=standing.get((code, month)), width=10
                )
                field.widget.attrs["aria-label"] = field.label  # the table's headings are its label for the eye
                self.fields[self.names[code, month]] = field

    def table(self) -> list[tuple[str, list[tuple[date, Any]]]]:
        """The name of each place, and its fields with their months, for the page."""
        return [
            (name, [(month, self[self.names[code, month]]) for month in self.months]) for _, code, name in self.places
        ]

    def cells(self) -> dict[tuple[str, date], int | None]:
        return {cell: self.cleaned_data[name] for cell, name in self.names.items()}

    def renew(self) -> None:
        """What somebody else entered meanwhile stands where this person had left the number as it was."""
        since = queries.activity_changes_since(self.organisation, self.cleaned_data["version"])
        super().renew()
        for change in since:
            for service, text, before, now in change.cells:
                name = self.names.get((service, date.fromisoformat(f"{text}-01")))
                if name and self.cleaned_data[name] == before:
                    self.data[name] = "" if now is None else str(now)
                    self.cleaned_data[name] = now


class TableForm(_FromSomewhere):
    """A table, pasted or uploaded. What is uploaded comes back as text, so that it can be put right on the page."""

    way = "brought_in"
    error_title = "Some of it cannot be kept"
    mark_optional = False
    field_order = ("table", "file", "source")
    table = forms.LongTextField(
        label="Paste the table",
        subject="the table",
        help_text="The first line names the columns: service, month and number; or service, and then a column for each month. "
        "Leave the service empty for the whole organisation.",
        required=False,
        rows=12,
        max_length=LONGEST_TABLE,
        count=False,
        strip=False,  # a table may end in an empty cell
    )
    file = forms.FilesField(
        label="Or choose a file",
        help_text="CSV or XLSX, at most 5 MB.",
        required=False,
        most_files=1,
        accept=".csv,.xlsx",
    )
    read: rules.Table = rules.Table()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        name = "file" if data.get("file") else "table"
        try:
            table = tables.from_upload(data["file"][0]) if name == "file" else tables.from_text(data.get("table") or "")
            if name == "file":
                self.data = self.data.copy()
                self.data["table"] = table.text
            services = {row.code: row.name for row in queries.every_service(self.organisation.pk)}
            self.read = rules.read_table(table.header, table.lines, services, self.today)
        except (Unreadable, ValueError) as error:
            if name not in self.errors:
                self.add_error(name, _sentence(str(error)) if data.get(name) else "Paste a table, or choose a file")
            return data
        self._say_what_is_left_out()
        return data

    def _say_what_is_left_out(self) -> None:
        wrong, right = len(self.read.rejected), len(self.read.cells)
        if not right:
            self.add_error(None, "There is no number in it that can be kept.")
        elif wrong and not self.data.get("leave_out"):
            rows = words.count(wrong, "row or number", "rows or numbers")
            self.add_error(
                None,
                f"{rows} cannot be kept, listed below with the reason. Put right what you can, or leave these out.",
            )

    @property
    def may_leave_out(self) -> bool:
        return bool(self.read.rejected and self.read.cells)

    def cells(self) -> dict[tuple[str, date], int | None]:
        return self.read.cells


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
