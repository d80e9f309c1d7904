"""Where and when it happened."""

from heed.design import forms
from heed.feedback.rules import EARLIEST
from heed.organisations import queries as organisations
from heed.portal.forms.base import Line, StepForm, flat


class PlaceForm(StepForm):
    """Which service, and when: a day, or in their words. All of it may be left empty."""

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

    def settle(self) -> None:
        self.fields["service"].choices = [("", "I am not sure"), *service_choices(self.organisation.pk)]

    def clean_service(self) -> int | None:
        return int(self.cleaned_data["service"]) if self.cleaned_data["service"] else None

    def lines(self) -> list[Line]:
        chosen = str(self.cleaned_data["service"] or "")
        service = flat(self.fields["service"].choices).get(chosen, "")
        lines = [Line("Service", service if chosen else "I am not sure")]
        when = [line.value for name in ("happened_on", "happened") if (line := self._line(name))]
        return [*lines, Line("When it happened", "; ".join(when))] if when else lines


def service_choices(organisation_id: int) -> list[tuple[str, object]]:
    """The services as a field takes them: under their group's name, those without one by themselves."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in organisations.services(organisation_id):
        groups.setdefault(service.group, []).append((str(service.pk), service.name))
    alone: list[tuple[str, object]] = list(groups.pop("", []))
    return [*alone, *groups.items()]
