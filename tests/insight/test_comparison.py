"""Services and organisations beside each other: which are compared, which left out and why, and who sees what."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import factories
from tests.insight.facts import TODAY, tell_activity

from heed.accounts.models import User
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight.periods import whole_months
from heed.insight.queries.compare import Comparison, compare_organisations, compare_services
from heed.insight.queries.scope import scope_of
from heed.organisations.models import Organisation, Service

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime.combine(TODAY, datetime.min.time()).replace(hour=16))
MONTHS = whole_months(24, TODAY).months
YEAR = MONTHS[-12:]
CODES = ["first", *(f"ward-{n}" for n in range(1, 7))]


def happen(organisation: str, service: str, monthly: int, founded: int, months: Any = YEAR) -> None:
    """So many complaints each month, closed in the same month, so many of them well-founded."""
    start = FeedbackFact.objects.count()
    days = [date(month.year, month.month, 5) for month in months for _ in range(monthly)]
    FeedbackFact.objects.bulk_create(
        FeedbackFact(feedback_id=str(start + n), organisation=organisation, service=service, kind="complaint",
                     channel="web", received_on=day)
        for n, day in enumerate(days)
    )  # fmt: skip
    CaseFact.objects.bulk_create(
        CaseFact(case_id=str(start + n), feedback_id=str(start + n), organisation=organisation, service=service,
                 kind="complaint", channel="web", procedure="nhs-2009", received_on=day, closed_on=day,
                 outcome="upheld" if n % monthly < founded else "not_upheld")
        for n, day in enumerate(days)
    )  # fmt: skip


@pytest.fixture
def body() -> Organisation:
    """Seven services alike, but the first has four times the complaints for what it does."""
    made = factories.organisation()
    for code in CODES[1:]:
        factories.service(made, code)
    made.activity_kind = "contacts"
    made.save()
    for code in CODES:
        happen(made.code, code, 20 if code == "first" else 5, 2, months=MONTHS)
        tell_activity(made.code, {code: dict.fromkeys(MONTHS, 1000)})
    return made


def scope(body: Organisation, role: str = "handler", service: Service | None = None) -> Any:
    person: User = factories.person(body, role, service=service)
    return scope_of(factories.viewer(person, body), body)


def look(body: Organisation, role: str = "handler", service: Service | None = None, months: int = 12) -> Comparison:
    return compare_services(scope(body, role, service), months=months, at=AT)


def lines(of: Comparison, index: int = 0) -> dict[str, Any]:
    found = of.funnels[index].compared
    assert found is not None, of.funnels[index].why_none
    return {line.part.code: line for line in found.lines}


def test_received_and_well_founded_stand_side_by_side(body: Organisation) -> None:
    page = look(body)
    assert [funnel.key for funnel in page.funnels] == ["received", "well-founded", "share"]
    received, founded, share = lines(page), lines(page, 1), lines(page, 2)
    assert (received["first"].part.counted, received["first"].part.of, received["first"].value) == (240, 12_000, 20)
    assert received["first"].standing == "high"
    assert {line.standing for code, line in received.items() if code != "first"} == {"within"}
    assert {line.value for line in founded.values()} == {2}
    assert (share["ward-1"].part.counted, share["ward-1"].part.of) == (24, 60)
    assert page.over == "contacts"
    assert page.months == YEAR
    assert page.left_out == ()


def test_two_years_are_twice_as_many(body: Organisation) -> None:
    assert lines(look(body, months=24))["ward-1"].part.counted == 120


def test_what_is_young_or_has_no_activity_is_left_out_and_named(body: Organisation) -> None:
    for code, name in (("none", "Aaa"), ("new", "Zzz"), ("part", "Mmm")):
        factories.service(body, code, name=name)
    happen(body.code, "none", 5, 2, months=MONTHS)
    happen(body.code, "new", 5, 2, months=YEAR[3:])
    tell_activity(body.code, {"new": dict.fromkeys(YEAR[3:], 50), "part": dict.fromkeys(YEAR[:11], 50)})
    page = look(body)
    assert page.left_out == (
        ("Aaa", "no denominator: nobody has said how many contacts there were"),
        ("Mmm", "its contacts are known for 11 months only, and 12 are needed"),
        ("Zzz", "its contacts are known for 9 months only, and 12 are needed"),
    )
    assert [name for name, _ in page.left_out_of_share] == ["Mmm", "Zzz"]
    assert set(lines(page)) == set(CODES)
    assert set(lines(page, 2)) == {*CODES, "none"}


def test_without_activity_there_is_the_share_alone(body: Organisation) -> None:
    body.activity_kind = ""
    page = look(body)
    assert [funnel.key for funnel in page.funnels] == ["share"]
    assert page.over == ""
    assert len(lines(page)) == 7


def test_what_names_no_service_is_in_no_point(body: Organisation) -> None:
    before = lines(look(body))
    happen(body.code, "", 3, 1)
    assert lines(look(body)) == before


def test_too_few_services_are_not_compared(body: Organisation) -> None:
    Service.objects.filter(organisation=body, code__in=CODES[4:]).delete()
    page = look(body)
    assert all(funnel.compared is None for funnel in page.funnels)
    assert "Only 4 can be compared" in page.share.why_none


def test_whoever_sees_no_case_sees_no_small_number_and_no_point_for_it(body: Organisation) -> None:
    factories.service(body, "tiny")
    happen(body.code, "tiny", 1, 1, months=MONTHS[:3] + YEAR[-3:])
    tell_activity(body.code, {"tiny": dict.fromkeys(MONTHS, 40)})
    page = look(body, "overseer", months=36)
    assert page.months == YEAR
    assert page.small_hidden
    for index in range(3):
        funnel = page.funnels[index].compared
        assert funnel is not None
        assert "tiny" not in lines(page, index)
        assert len(funnel.hidden) >= 2
        assert all(not 0 < line.part.counted < 5 for line in funnel.lines)
    assert "tiny" in lines(look(body, "handler"))


def test_what_is_left_over_tells_no_small_number_either(body: Organisation) -> None:
    happen(body.code, "", 1, 0, months=YEAR[:3])
    page = look(body, "overseer")
    assert all(funnel.compared is None for funnel in page.funnels)
    assert "would tell their numbers" in page.share.why_none
    assert look(body, "handler").share.compared is not None


def test_whoever_runs_a_service_sees_it_against_what_is_expected(body: Organisation) -> None:
    page = look(body, "service_manager", body.services.get(code="ward-2"))
    assert set(lines(page)) == {"ward-2"}
    assert lines(page)["ward-2"] == lines(look(body))["ward-2"]
    assert not page.sees_all
    factories.service(body, "apart")
    happen(body.code, "apart", 5, 2, months=MONTHS)
    page = look(body, "service_manager", body.services.get(code="ward-2"))
    assert "would tell the numbers of one" in page.funnels[0].why_none


def test_a_page_asks_three_questions_of_the_facts_however_much_there_is(body: Organisation) -> None:
    who = scope(body)
    with CaptureQueriesContext(connection) as few:
        compare_services(who, months=36, at=AT)
    happen(body.code, "ward-1", 10, 2)
    with CaptureQueriesContext(connection) as many:
        compare_services(who, months=36, at=AT)
    assert len(few) == len(many) == 3


@pytest.fixture
def bodies() -> list[Organisation]:
    made = [factories.organisation(code=f"trust-{n}", name=f"Trust {n}") for n in range(7)]
    for number, one in enumerate(made):
        one.activity_kind = "contacts"
        one.save()
        happen(one.code, "first", 40 if number == 3 else 10, 4, months=MONTHS)
        if number % 2:
            tell_activity(one.code, {"": dict.fromkeys(MONTHS, 5000)})
        else:
            factories.service(one, "second")
            tell_activity(one.code, {code: dict.fromkeys(MONTHS, 2500) for code in ("first", "second")})
    return made


def test_organisations_of_one_sector_are_compared_alike(bodies: list[Organisation]) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = compare_organisations(bodies, at=AT)
    assert len(asked) == 4
    found = lines(page)
    assert {line.part.of for line in found.values()} == {60_000}
    assert [code for code, line in found.items() if line.standing != "within"] == ["trust-3"]
    assert page.nouns == ("organisation", "organisations")
    assert page.left_out == ()


def test_organisations_that_count_something_else_or_too_little_are_left_out(bodies: list[Organisation]) -> None:
    bodies[0].activity_kind = "homes"
    bodies[2].services.create(code="silent", name="Silent")
    page = compare_organisations(bodies, at=AT)
    assert [name for name, _ in page.left_out] == ["Trust 0", "Trust 2"]
    assert len(lines(page)) == 5


def test_small_numbers_of_organisations_are_hidden_but_from_their_own(bodies: list[Organisation]) -> None:
    small = factories.organisation(code="small", name="Small", activity_kind="contacts")
    happen(small.code, "first", 1, 0, months=(MONTHS[0], *YEAR[:3]))
    tell_activity(small.code, {"": dict.fromkeys(MONTHS, 300)})
    everybody = [*bodies, small]
    page = compare_organisations(everybody, at=AT)
    assert "small" not in lines(page)
    assert page.small_hidden
    own = compare_organisations(everybody, at=AT, own=[one.code for one in everybody])
    assert lines(own)["small"].part.counted == 3


def test_sectors_are_not_mixed(bodies: list[Organisation]) -> None:
    with pytest.raises(ValueError, match="one sector"):
        compare_organisations([*bodies, factories.organisation("lgsco-2024")], at=AT)
