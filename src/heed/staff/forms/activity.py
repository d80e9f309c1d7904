"""How much the services do: a year on one screen, or a table that is pasted or uploaded."""

from datetime import date
from typing import Any

from heed.design import forms
from heed.organisations import code_lists, queries, rules
from heed.staff import tables
from heed.staff.forms.base import VersionField
from heed.staff.forms.settings import SettingsForm
from heed.staff.forms.table import TableForm, file_field, table_field

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


class ActivityTableForm(TableForm, _FromSomewhere):
    """A table of numbers."""

    way = "brought_in"
    field_order = ("table", "file", "source")
    one, many = "row or number", "rows or numbers"
    nothing = "There is no number in it that can be kept."
    kept: rules.Cells
    table = table_field(
        "The first line names the columns: service, month and number; or service, and then a column for each month. "
        "Leave the service empty for the whole organisation.",
        LONGEST_TABLE,
    )
    file = file_field()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def read_table(self, table: tables.Table) -> tuple[rules.Cells, list[rules.Rejected]]:
        services = {row.code: row.name for row in queries.every_service(self.organisation.pk)}
        found = rules.read_table(table.header, table.lines, services, self.today)
        return found.cells, found.rejected

    def cells(self) -> rules.Cells:
        return self.kept
