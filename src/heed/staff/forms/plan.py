"""The plan, and its dates."""

from typing import Any

from heed.cases.actions.plan import Planned
from heed.cases.queries.work import Times
from heed.design import forms
from heed.staff.forms.base import CaseForm


class PlanForm(CaseForm):
    """What will be done, by when, and how the person hears of it (R66-R68)."""

    will_do = forms.LongTextField(
        label="What will we do?", subject="what will be done", max_length=5000, rows=5,
        help_text="In words that the person would use. They see this on their page.",
    )  # fmt: skip
    at_once = forms.LongTextField(
        label="What is done at once?", required=False, max_length=2000, rows=2,
        help_text="Something that need not wait for the answer: an apology, a bin collected, an appointment made.",
    )  # fmt: skip
    outcomes_wanted = forms.LongTextField(
        label="What would they like to come of it?", required=False, max_length=2000, rows=2
    )
    not_possible = forms.LongTextField(
        label="What did we say that we cannot do?", required=False, max_length=2000, rows=2,
        help_text="Said early and plainly, so that nobody waits for something that cannot come.",
    )  # fmt: skip
    respond_by = forms.DateField(
        label="When will they have our answer?", subject="the date of our answer", when="future",
        help_text="The date that you tell them. Everything is measured against it.",
    )  # fmt: skip
    how_updated = forms.CharField(
        label="How will we keep them informed?", subject="how we keep them informed", max_length=200,
        help_text="For example: by phone after 6pm.",
    )  # fmt: skip
    update_every_days = forms.NumberField(
        label="How often, in working days?", required=False, least=1, most=60, width=2,
        help_text="The worklist reminds you of each update. Leave it empty if you did not promise any.",
    )  # fmt: skip
    support = forms.LongTextField(
        label="What support did we offer, and what did they say?", required=False, max_length=2000, rows=2,
        help_text="Independent advocacy, an interpreter, somebody to come with them.",
    )  # fmt: skip
    agreed = forms.ChoiceField(
        label="Did they agree to this plan?", subject="whether they agreed",
        choices=[("agreed", "Yes, they agreed"), ("declined", "They did not want to discuss it"),
                 ("waiting", "It is sent, they have not answered yet")],
        hints={"declined": "Then we decide the date, and tell them in writing."},
        reveals={"agreed": ["agreed_on"]},
    )  # fmt: skip
    agreed_on = forms.DateField(label="When did they agree?", subject="the date they agreed", when="past")
    why_changed = forms.LongTextField(
        label="Why does the plan change?", subject="why the plan changes", max_length=2000, rows=2,
        help_text="The earlier version is kept.",
    )  # fmt: skip

    def __init__(self, *args: Any, times: Times, changing: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not times.may_agree_date:
            del self.fields["respond_by"]
        if not changing:
            del self.fields["why_changed"]

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        return {"planned": Planned(**values), "version": version}


class ExtendForm(CaseForm):
    """A later date, and what the person says to it (R71, R73)."""

    until = forms.DateField(label="What is the new date?", subject="the new date", when="future")
    reason = forms.LongTextField(
        label="Why is more time needed?", subject="why more time is needed", max_length=2000, rows=3,
        help_text="The person reads this on their page.",
    )  # fmt: skip
    agreed = forms.YesNoField(
        label="Do they agree?", subject="whether they agree",
        help_text="If they do not, it is recorded, and the date that was told stands.",
    )  # fmt: skip
    good_reason = forms.TickField(
        label="There is a good reason to go further than the procedure's own limit", required=False
    )

    def __init__(self, *args: Any, times: Times, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.needs_agreement = times.needs_agreement
        if not times.needs_agreement:
            self.fields[
                "agreed"
            ].help_text = "The procedure asks for a reason, not for agreement; record what they said."
        if times.good_reason_after is None:
            del self.fields["good_reason"]
        else:
            self.fields["good_reason"].help_text = (
                f"Needed for more than {times.good_reason_after} working days beyond the counted date, "
                "all extensions together."
            )


class PauseForm(CaseForm):
    """Why the clock stands."""

    reason = forms.LongTextField(
        label="What are we waiting for, that only they can give?", subject="what we are waiting for",
        max_length=2000, rows=2,
        help_text="The person reads this on their page. The date without the pause is shown beside the other.",
    )  # fmt: skip


class ResumeForm(CaseForm):
    """Nothing to ask: the clock runs again."""
