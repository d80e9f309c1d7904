"""Support for staff who are complained about or were part of it."""

from typing import Any

from django.utils import timezone

from heed.care import rules
from heed.care.actions.support import Told
from heed.design import forms
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm


class ToldForm(StaffForm):
    """Somebody was told of the complaint, and what they were offered with it."""

    part = forms.ChoiceField(label="Their part in it", subject="their part in it", choices=list(rules.PARTS.items()))
    person = forms.SelectField(label="Who was told, if they sign in to Heed", required=False)
    name = forms.CharField(label="Or their name", required=False, max_length=200)
    told_on = forms.DateField(label="When were they told?", subject="the day that they were told", when="past")
    told_how = forms.ChoiceField(
        label="How?", subject="how they were told", choices=list(rules.TOLD_HOW.items()),
        help_text="In person is kindest; nobody should hear of it from a letter first.",
    )  # fmt: skip
    offered = forms.MultipleChoiceField(label="What support did you offer?", required=False)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"told_on": timezone.localdate()}, **kwargs)
        self.case = case
        self.offer("person", choices.members(case.organisation_id, "Nobody who signs in"))
        self.offer("offered", choices.codes("staff-support"))

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        person = data.pop("person")
        return {"case": self.case, "told": Told(**data, person_id=int(person) if person else None)}


class OfferForm(StaffForm):
    offered = forms.MultipleChoiceField(label="What do you offer now?", subject="what you offer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("offered", choices.codes("staff-support"))


class TakenForm(StaffForm):
    """What they said to the offer."""

    accepted = forms.MultipleChoiceField(
        label="What was accepted?", required=False, help_text="Tick nothing where none of it is wanted."
    )
    mark_optional = False

    def __init__(self, *args: Any, support: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"accepted": support.accepted.split()}, **kwargs)
        self.offer("accepted", choices.codes("staff-support", support.offered.split()))


class InformedForm(StaffForm):
    told_on = forms.DateField(label="When were they told?", subject="the day", when="past")
    text = forms.LongTextField(
        label="What were they told?", subject="what they were told", rows=3, max_length=2000, count=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"told_on": timezone.localdate()}, **kwargs)
