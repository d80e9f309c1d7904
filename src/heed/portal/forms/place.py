"""Where and when it happened and, where the procedure gives the choice, who is to look into it."""

from typing import Any

from heed.design import forms
from heed.feedback.rules import EARLIEST
from heed.organisations import procedures
from heed.organisations import queries as organisations
from heed.portal.forms.base import Line, StepForm, flat

EITHER = "either"


class PlaceForm(StepForm):
    """Which service, and when: a day, or in their words; and whether the provider or the commissioner looks into it
    (R32), of a complaint alone. All of it may be left empty."""

    title = "Where and when was it?"
    service = forms.SelectField(
        label="Which service is this about?",
        required=False,
        empty="I am not sure",
        help_text="If you are not sure, leave this. We will find the right people.",
    )
    happened_on = forms.DateField(
        label="When did it happen?",
        subject="the day it happened",
        required=False,
        when="past",
        earliest=EARLIEST,
        help_text="For example, 27 3 2026. If it went on for some time, the day it began.",
    )
    happened = forms.CharField(
        label="Or tell us when in your own words",
        required=False,
        max_length=200,
        help_text="For example, “most evenings in March” or “the week after Dad came home”.",
    )

    chosen_body = forms.ChoiceField(
        label="Who would you like to look into this?",
        subject="who you would like to look into this",
        required=False,
        help_text="You may choose either, but not both for the same thing. If you do not mind, we will do it.",
        hints={"commissioner": "We will ask you before we pass anything on to them."},
    )

    def settle(self) -> None:
        self.fields["service"].choices = [("", "I am not sure"), *service_choices(self.organisation.pk)]
        if not may_choose_commissioner(self.organisation, self.known["kind"]["kind"]):
            del self.fields["chosen_body"]
            return
        self.fields["chosen_body"].choices = [
            ("provider", f"{self.organisation.name}, which provided the care"),
            ("commissioner", "The NHS organisation that pays for the care (the commissioner)"),
            (EITHER, "I do not mind"),
        ]

    @property
    def page_title(self) -> str:
        asks_who = "chosen_body" in self.fields
        return "Where and when was it, and who should look into it?" if asks_who else self.title

    def clean_service(self) -> int | None:
        return int(self.cleaned_data["service"]) if self.cleaned_data["service"] else None

    def lines(self) -> list[Line]:
        return [*self._where_and_when(), *self._who_looks_into_it()]

    def _where_and_when(self) -> list[Line]:
        chosen = str(self.cleaned_data["service"] or "")
        service = flat(self.fields["service"].choices).get(chosen, "")
        lines = [Line("Service", service if chosen else "I am not sure")]
        when = [line.value for name in ("happened_on", "happened") if (line := self._line(name))]
        return [*lines, Line("When it happened", "; ".join(when))] if when else lines

    def _who_looks_into_it(self) -> list[Line]:
        """Whoever did not say reads who will do it."""
        if "chosen_body" not in self.fields:
            return []
        value = self._line("chosen_body")
        return [Line("Who looks into it", value.value if value else f"{self.organisation.name}. You did not choose")]


def may_choose_commissioner(organisation: Any, kind: str) -> bool:
    """Whether whoever complains here may have the commissioner look into it instead."""
    procedure = procedures.load(organisation.procedure)
    return kind == "complaint" and procedure.commissioner_may_be_chosen(organisation.sector)


def service_choices(organisation_id: int) -> list[tuple[str, object]]:
    """The services as a field takes them: under their group's name, those without one by themselves."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in organisations.services(organisation_id):
        groups.setdefault(service.group, []).append((str(service.pk), service.name))
    alone: list[tuple[str, object]] = list(groups.pop("", []))
    return [*alone, *groups.items()]
