"""The living page of all pieces, at /design/, in the demonstration and while developing. Its content is invented."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from heed.design import charts, forms, words
from heed.design.components import Link

TODAY = datetime.date(2026, 5, 1)
PAGES = {
    "": "Pieces",
    "form": "Form",
    "question": "One question",
    "worklist": "Worklist",
    "case": "Case",
    "insight": "Insight",
    "done": "Confirmation",
}


@dataclass(frozen=True)
class Organisation:
    """Stands in for an organisation, to try a name and a colour: /design/?name=...&colour=0b5c5c"""

    name: str
    code: str
    colour: str


class TryForm(forms.Form):
    """Every kind of question."""

    fieldsets = (("About you", ("name", "email", "born_on", "nhs_number", "contact")),)

    name = forms.CharField(label="Full name", subject="your full name", autocomplete="name")
    email = forms.EmailField(label="Email address", subject="your email address", required=False)
    born_on = forms.DateField(
        label="Date of birth",
        subject="your date of birth",
        when="past",
        birthday=True,
        help_text="For example, 27 3 1984",
    )
    nhs_number = forms.NHSNumberField(
        label="NHS number", required=False, help_text="10 digits. It is on letters from the NHS."
    )
    contact = forms.ChoiceField(
        label="How should we reach you?",
        subject="how we should reach you",
        choices=[("letter", "By letter"), ("phone", "By phone"), ("none", "Please do not contact me")],
        hints={"phone": "We may call from a number that does not show."},
        reveals={"phone": ["phone", "call_from"]},
        divider_before="none",
    )
    phone = forms.PhoneField(label="Phone number", subject="your phone number")
    call_from = forms.TimeField(label="Not before", required=False, help_text="For example, 9:30am")
    what = forms.LongTextField(
        label="What happened?",
        subject="what happened",
        max_length=500,
        help_text="Tell us in your own words. You need not be exact about names or times.",
    )
    happened_on = forms.DateField(label="When did it happen?", subject="the date it happened", when="past")
    service = forms.SelectField(
        label="Which service was it?", subject="the service", choices=[("a", "Ward 7"), ("b", "Outpatients")]
    )
    support = forms.MultipleChoiceField(
        label="Do you need any support?",
        required=False,
        choices=[("print", "Large print"), ("bsl", "British Sign Language"), ("none", "No, I do not need support")],
        exclusive="none",
    )
    cost = forms.MoneyField(label="What did it cost you?", subject="what it cost you", required=False)
    times = forms.NumberField(label="How many times did it happen?", subject="how many times", required=False, most=99)
    spoken = forms.YesNoField(label="Have you spoken to the ward?", subject="whether you have spoken to the ward")
    attachments = forms.FilesField(
        label="Photos, letters or other files", required=False, help_text="Up to 10, 25 MB each."
    )
    consent = forms.TickField(label="You may read the person’s records to look into this")


class QuestionForm(forms.Form):
    one_question = True
    error_title = "We need a little more"

    what = forms.LongTextField(
        label="What happened?",
        subject="what happened",
        help_text="Tell us in your own words. You need not be exact about names or times, and you can add more later.",
    )


@csrf_exempt  # It changes nothing and stores nothing.
def gallery(request: HttpRequest, page: str = "") -> HttpResponse:
    """One of the sample pages; a sample form that is sent shows its errors."""
    if not (settings.DEBUG or settings.DEMO) or page not in PAGES:
        raise Http404("The gallery is part of the demonstration.")
    name = request.GET.get("name", "Riverside NHS Foundation Trust")
    request.organisation = (  # type: ignore[attr-defined]
        Organisation(name, "riverside-nhs", request.GET.get("colour", "#004f8a")) if name else None
    )
    form_class = QuestionForm if page == "question" else TryForm
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    context = {"today": TODAY, "links": _links(page), **_samples()}
    if page in ("form", "question"):
        context["form"] = form
    return render(request, f"heed/gallery/{page or 'pieces'}.html", context)


def _links(page: str) -> list[Link]:
    return [Link(label, f"/design/{name + '/' if name else ''}", current=name == page) for name, label in PAGES.items()]


def _samples() -> dict[str, object]:
    return {
        "tabs": _tabs(),
        "work": _work(),
        "due_filters": _filters("All|12|*", "Late|2", "Due this week|7", "Later|3"),
        "kind_filters": _filters("Complaints|9", "Concerns|3", "Comments|1,204".replace(",", "")),
        "events": _events(),
        "line": _line(),
        "bars": _bars(),
    }


def _filters(*choices: str) -> list[Link]:
    parts = [choice.split("|") for choice in choices]
    return [Link(part[0], "?", current=len(part) > 2, count=int(part[1])) for part in parts]


def _tabs() -> list[Link]:
    return [
        Link("Summary", "#", current=True),
        Link("Issues and findings", "#"),
        Link("Plan and contact", "#"),
        Link("Evidence", "#", count=3),
        Link("Response", "#"),
        Link("Remedies and learning", "#"),
        Link("History", "#"),
    ]


def _work() -> list[dict[str, object]]:
    rows = (
        ("Acknowledge", 30, 4, -1, "Mrs Ahmed", "Nobody told us that the operation had been put off, or why", "high"),
        ("Call back", 1, 5, 0, "Mr Jones", "My mother waited five hours on a trolley in the corridor", "extreme"),
        ("Send update", 5, 5, 2, "Anonymous", "The phone is never answered before ten", "low"),
        ("Sign off", 11, 5, 6, "Siân ap Llywelyn-Featherstonehaugh", "Letters came to the wrong address", "moderate"),
        ("Assess the risk", 19, 5, 12, "Dr Okafor", "The discharge letter named another patient", ""),
    )  # fmt: skip
    return [
        {"do": do, "due_on": datetime.date(2026, month, day), "left": left, "who": who, "about": about, "risk": risk}
        for do, day, month, left, who, about, risk in rows
    ]


def _events() -> list[dict[str, object]]:
    agreed = datetime.datetime(2026, 4, 30, 16, 45, tzinfo=words.LONDON)
    acknowledged = datetime.datetime(2026, 4, 28, 9, 5, tzinfo=words.LONDON)
    return [
        {"at": agreed, "by": "Priya Shah", "title": "Plan agreed with Mrs Ahmed"},
        {"at": acknowledged, "by": "Priya Shah", "title": "Acknowledged by letter, with an offer to talk"},
        {"at": datetime.date(2026, 4, 27), "by": "", "title": "Complaint received on the website"},
    ]


def _line() -> charts.Chart:
    values = [41, 38, 44, 47, None, 52, 49, 58, 61, 57, 66, 71, 64, 69, 73, 70]
    months = [
        charts.Month(
            datetime.date(2025 + index // 12, index % 12 + 1, 1), value, None if value is None else 120 + index
        )
        for index, value in enumerate(values)
    ]
    return charts.monthly(
        "acknowledged",
        finding="More complaints are acknowledged within three working days than a year ago",
        measure="Acknowledged within three working days",
        place="all services",
        months=[*months, charts.Month(datetime.date(2026, 5, 1), 20, 4, part=True)],
        unit=charts.percent("% of complaints"),
        how_many="2,041 complaints",
    )


def _bars() -> charts.Chart:
    labels = ("Communication", "Waiting", "Care and treatment", "Values and behaviour of staff", "Discharge", "Parking")
    return charts.compared(
        "subjects",
        finding="Communication is what people write about most",
        measure="Issues by subject",
        place="all services",
        period="January to April 2026",
        bars=[charts.Bar(label, value) for label, value in zip(labels, (213, 164, 121, 60, 12, None), strict=True)],
        unit=charts.counted("Issues"),
        how_many="570 issues",
    )
