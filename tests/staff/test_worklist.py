"""The worklist and the register, as pages."""

from datetime import timedelta

import pytest
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.cases.models import Case
from heed.staff import paging


def test_the_soonest_promise_comes_first_with_what_to_do(desk: Desk) -> None:
    later = factories.registered(desk.of, desk.handler, text="The bill was wrong.", at=TODAY - timedelta(days=1))
    sooner = factories.case(desk.of, text="<b>Nobody</b> came.")
    page = desk.get("")
    told = words(page)
    assert told.index("<b>Nobody</b> came.") < told.index("The bill was wrong.")
    assert f'href="/{desk.of.code}/staff/cases/{sooner.reference}/">Register' in page.content.decode()
    assert "Thu 9 Apr, due tomorrow" in told  # three working days from the Thursday before Easter
    assert f'href="/{desk.of.code}/staff/cases/{later.reference}/">Acknowledge' in page.content.decode()
    assert "Nobody yet" in told


def test_a_step_that_nobody_was_promised_says_so_and_is_never_late(desk: Desk) -> None:
    answered = factories.registered(desk.of, desk.handler, text="Answered long ago.")
    unplanned = factories.registered(desk.of, desk.handler, text="No date agreed.")
    past, review = TODAY.date() - timedelta(days=30), TODAY.date() + timedelta(days=120)
    Case.objects.filter(pk=answered.pk).update(next_step="close", next_step_on=past, review_by=past)
    Case.objects.filter(pk=unplanned.pk).update(next_step="find", next_step_on=review, review_by=review)
    page = desk.get("")
    told = words(page)
    assert [row.late for row in page.context["rows"]] == [False, False]
    assert told.count("No date promised") == 2
    assert "late" not in told
    assert told.count("Review it by 6 August 2026") == 1  # of the case that is still open, not of the answered one


def test_filters_are_links_with_counts_that_leave_what_they_say(desk: Desk) -> None:
    mine = factories.registered(desk.of, desk.handler)
    factories.case(desk.of)
    other = factories.person(desk.of, "handler", name="Tom Okafor")
    factories.registered(desk.of, other)
    for query, expected in [("", 3), ("?whose=mine", 1), ("?whose=unassigned", 1), ("?step=acknowledge", 2),
                            ("?risk=none", 3), ("?risk=extreme", 0), ("?whose=mine&step=acknowledge", 1)]:  # fmt: skip
        page = desk.get(query)
        assert len(page.context["rows"]) == expected, query
    whose = next(group for group in desk.get("?step=acknowledge").context["groups"] if group.heading == "Whose")
    assert {link.label: link.count for link in whose.links} == {"All": 2, "Mine": 1, "Nobody's yet": 0}
    assert [link.label for link in whose.links if link.current] == ["All"]
    assert desk.get("?whose=mine").context["rows"][0].reference == mine.reference


def test_who_signs_is_told_first_whether_anything_waits(desk: Desk) -> None:
    assert "No response waits to be signed." in words(desk.get("", desk.signer))
    case = factories.registered(desk.of, desk.handler)
    Case.objects.filter(pk=case.pk).update(next_step="sign")
    told = words(desk.get("", desk.signer))
    assert "1 response waits to be signed" in told
    assert told.index("1 response waits to be signed") < told.index("What to do By when")
    assert "to be signed" not in words(desk.get(""))
    assert len(desk.get("?step=sign", desk.signer).context["rows"]) == 1


def test_what_cannot_be_a_filter_is_passed_over(desk: Desk) -> None:
    factories.case(desk.of)
    for query in ("?step=nothing", "?service=99999999999999999999", "?service=x", "?risk=%27--", "?after=nonsense",
                  "?after=2026-04-01_x", "?before=_", "?after=9999-99-99_1", "?service=٣"):  # fmt: skip
        page = desk.get(query)
        assert page.status_code == 200, query
        assert len(page.context["rows"]) == 1, query


def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "SIZE", 10)
    for number in range(24):
        factories.case(desk.of, text=f"Number {number}.")
    # Three promises on each day, so that places within a day matter.
    for number, case in enumerate(Case.objects.order_by("pk")):
        Case.objects.filter(pk=case.pk).update(next_step_on=(TODAY + timedelta(days=number // 3)).date())
    everything = list(Case.objects.order_by("next_step_on", "pk").values_list("reference", flat=True))
    address, forward, pages = "", [], []
    while True:
        page = desk.get(address).context["page"]
        pages.append([row["reference"] for row in page.rows])
        forward += pages[-1]
        if not page.later:
            break
        address = page.later
    assert forward == everything
    assert [len(found) for found in pages] == [10, 10, 4]
    back = desk.get(desk.get(address).context["page"].earlier).context["page"]
    assert [row["reference"] for row in back.rows] == pages[1]
    first = desk.get(back.earlier).context["page"]
    assert [row["reference"] for row in first.rows] == pages[0]
    assert not first.earlier


def test_an_empty_worklist_says_what_will_appear(desk: Desk) -> None:
    assert "Nothing needs doing" in words(desk.get(""))
    assert "Nothing here needs doing with these filters" in words(desk.get("?whose=mine"))


def test_who_sees_no_case_is_sent_to_their_own_first_page(desk: Desk) -> None:
    for role, place in [("administrator", "settings/"), ("action_owner", "actions/"), ("overseer", "insight/")]:
        person = factories.person(desk.of, role)
        assert desk.get("", person)["Location"] == desk.at(place)


def test_front_line_staff_see_what_they_took_down(desk: Desk) -> None:
    front = factories.person(desk.of, "front_line")
    own = factories.case(desk.of, by=factories.actor(front, desk.of))
    factories.case(desk.of)
    assert [row.reference for row in desk.get("", front).context["rows"]] == [own.reference]
    page = desk.get(desk.of_case(own), front)
    assert page.status_code == 200
    assert "Issues and findings" not in words(page)  # how it is looked into is not theirs to read


def test_the_register_holds_all_newest_first_and_by_where_they_stand(desk: Desk) -> None:
    old = factories.answered(desk.of, desk.handler, desk.investigator, desk.signer)
    new = factories.case(desk.of, at=TODAY - timedelta(hours=1))
    assert [row.reference for row in desk.get("cases/").context["rows"]] == [new.reference, old.reference]
    assert [row.reference for row in desk.get("cases/?status=responded").context["rows"]] == [old.reference]
    assert "Answered, upheld" in words(desk.get("cases/?status=responded"))
    assert "No case stands there now" in words(desk.get("cases/?status=closed"))
