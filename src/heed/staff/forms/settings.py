"""What administrators change: people and roles, services, closures, the risk matrix, colour and contact."""

from typing import Any

from heed.accounts.roles import ROLE_CHOICES, ROLES
from heed.design import forms
from heed.insight.warning import budgets
from heed.organisations import code_lists
from heed.organisations.risk import matrix_of
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm


class SettingsForm(StaffForm):
    """Changes something of the organisation."""

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "organisation": self.organisation}


class RoleForm(SettingsForm):
    """Gives a role."""

    role = forms.ChoiceField(
        label="Role",
        subject="a role",
        choices=ROLE_CHOICES,
        hints={role.key: role.what for role in ROLES.values()},
        reveals={role.key: ["service"] for role in ROLES.values() if role.needs_service},
    )
    service = forms.SelectField(label="In which service", subject="the service")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = choices.services(self.organisation.pk)

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        service = data.pop("service")
        return {**data, "service_id": int(service) if service else None}


class AddPersonForm(RoleForm):
    name = forms.CharField(label="Name", max_length=200, autocomplete="off", width=30)
    email = forms.EmailField(label="Email address", autocomplete="off")
    job_title = forms.CharField(label="Job title", required=False, max_length=200, autocomplete="off")
    field_order = ("name", "email", "job_title", "role", "service")


class AddServiceForm(SettingsForm):
    name = forms.CharField(label="Name of the service", max_length=120)
    group = forms.CharField(
        label="Heading it stands under",
        help_text="Such as a hospital or a directorate.",
        required=False,
        max_length=120,
    )


class ChangeServiceForm(AddServiceForm):
    is_active = forms.TickField(
        label="People can choose it", required=False, help_text="A closed service keeps its cases and its figures."
    )


class ClosureForm(SettingsForm):
    on = forms.DateField(label="Day", subject="the day")
    reason = forms.CharField(label="Why it does not count", subject="why it does not count", max_length=200)


class ColourForm(SettingsForm):
    colour = forms.CharField(
        label="Accent colour",
        help_text="A hash and six digits or letters a to f, such as #0b5c5c. It needs a contrast of 4.5 to 1 with white.",
        subject="the accent colour",
        max_length=7,
        width=10,
    )


class ContactForm(SettingsForm):
    contact_phone = forms.PhoneField(label="Phone", required=False, autocomplete="off")
    contact_email = forms.EmailField(label="Email", required=False, autocomplete="off")
    contact_address = forms.LongTextField(label="Address", required=False, rows=4, max_length=500, count=False)
    mark_optional = False


class BudgetForm(SettingsForm):
    """How many false alarms are accepted, in ten-thousandths of series and periods."""

    budget = forms.ChoiceField(
        label="False alarms on the page, and to the manager of a service",
        subject="how many false alarms are accepted",
        help_text="Of the series that are watched, in one week or one month. Fewer false alarms also means that a real rise is "
        "seen later, or not at all.",
        choices=[(str(share), label) for share, label in budgets.CHOICES.items()],
    )
    wide_budget = forms.ChoiceField(
        label="False alarms by e-mail about the whole organisation, to complaints managers",
        subject="how many false alarms are accepted by e-mail",
        choices=[(str(share), label) for share, label in budgets.CHOICES.items()],
    )

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        return {**data, **{name: int(data[name]) for name in ("budget", "wide_budget")}}


class MatrixForm(SettingsForm):
    """A choice of risk for every seriousness and likelihood; the field of a cell is named `seriousness__likelihood`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cells = matrix_of(self.organisation)
        self.rows, self.columns = code_lists.load("seriousness").items, code_lists.load("likelihood").items
        for row in self.rows:
            for column in self.columns:
                field = forms.SelectField(
                    label=f"{row.label}, {column.label.lower()}",
                    choices=code_lists.load("risk").choices(),
                    initial=cells[row.code][column.code],
                )
                field.widget.attrs["aria-label"] = field.label  # the table's headings are its label for the eye
                self.fields[f"{row.code}__{column.code}"] = field

    def table(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """The label of each row, and its fields with the labels of their columns, for the page."""
        return [
            (row.label, [(column.label, self[f"{row.code}__{column.code}"]) for column in self.columns])
            for row in self.rows
        ]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        cells = {
            row.code: {column.code: data[f"{row.code}__{column.code}"] for column in self.columns} for row in self.rows
        }
        return {"organisation": self.organisation, "cells": cells}
