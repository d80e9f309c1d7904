"""A night's run: what is raised, once, to whom it is told, how it goes on, and what raises nothing."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.rises import LAST, MEANS, TODAY, add, alarm, night, riverside, weeks_before

from heed.accounts.models import User
from heed.audit.models import Entry
from heed.audit.refusals import Refused, Stale
from heed.correspondence.models import Message
from heed.facts.models import CaseFact
from heed.feedback.models import Feedback
from heed.insight.actions import warnings
from heed.insight.models import Alarm, AlarmPoint, AlarmStep, Rebase, WatchCalibration, WatchRun
from heed.insight.queries import budget
from heed.insight.queries import warnings as queries
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Organisation:
    return riverside()


def week(number: int) -> date:
    """The Monday after so many weeks more."""
    return TODAY + timedelta(weeks=number)


def weekly(body: Organisation) -> set[tuple[str, str]]:
    rows = Alarm.objects.filter(organisation=body, every="week", apart="")
    return set(rows.values_list("service", "subject"))


def act(body: Organisation, person: User, action: Any, of: Alarm, **given: Any) -> Any:
    of.refresh_from_db()
    at = timezone.make_aware(datetime.combine(TODAY, datetime.min.time()).replace(hour=10))
    return action(alarm_id=of.pk, by=factories.actor(person, body), at=at, version=of.version, **given)


def test_a_rise_is_raised_with_its_figures_and_told_as_one(body: Organisation) -> None:
    add(body.code, "first", "appointments", 20)
    night(body)
    raised = alarm(body)
    counted = CaseFact.objects.filter(
        organisation=body.code, service="first", subject="appointments", received_on__gte=LAST, received_on__lt=TODAY
    )
    assert raised.count == counted.count()
    assert 3 < raised.expected < 5
    assert raised.count > raised.bound > raised.high > raised.low
    assert raised.exceedance > 1
    assert raised.grade == "sure"
    assert not raised.young
    assert weekly(body) == {("first", "appointments"), ("first", ""), ("", "appointments"), ("", "")}
    assert queries.lines(body, Alarm.objects.filter(every="week"))[0].many == 3
    assert len(queries.lines(body, Alarm.objects.filter(organisation=body, apart=""))) == 1
    assert [start for start, *_ in raised.history][-1] == LAST.isoformat()
    assert len(raised.history) == 52


def test_the_same_night_twice_makes_nothing_twice(body: Organisation) -> None:
    factories.person(body, "service_manager")
    add(body.code, "first", "appointments", 20)
    night(body)
    tables = (Alarm, AlarmPoint, AlarmStep, WatchRun, WatchCalibration, Message)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    second = night(body)
    assert not second.raised
    assert second.messages == 0
    after = [list(table.objects.order_by("pk").values()) for table in tables]
    for rows in (*before, *after):
        for row in rows:
            row.pop("seconds", None)
    assert after == before


def test_a_dry_run_keeps_nothing(body: Organisation) -> None:
    add(body.code, "first", "appointments", 20)
    found = night(body, dry_run=True)
    assert any(finding.key == ("first", "appointments") for finding in found.looks[0][0].findings)
    assert not any(table.objects.exists() for table in (Alarm, WatchRun, WatchCalibration))


def test_nothing_stands_out_where_nothing_happens(body: Organisation) -> None:
    night(body)
    assert not weekly(body)
    of = budget.promise(body)
    assert [kept.run.series for kept in of.kept] == [8, 8]
    weeks = of.kept[0]
    assert (weeks.stated, weeks.calibration.points if weeks.calibration else 0) == ("1 in 200", 8 * 52)
    assert weeks.ratio is not None
    assert weeks.is_kept


def test_the_whole_tells_each_person_once_and_nothing_of_what_was_said(body: Organisation) -> None:
    manager, first = factories.person(body, "complaints_manager"), factories.person(body, "service_manager")
    elsewhere = factories.person(body, "service_manager", service=body.services.get(code="second"))
    factories.person(body, "overseer")
    factories.person(body, "handler")
    add(body.code, "first", "appointments", 20)
    assert night(body).messages == 2
    told = {message.to_address: message for message in Message.objects.filter(letter="early_warning")}
    assert set(told) == {manager.email, first.email}
    assert elsewhere.email not in told
    body_of = told[first.email].body
    assert f"/{body.code}/staff/insight/warnings/" in body_of
    assert "ppointment" not in body_of
    assert "First" not in body_of


def test_by_the_stricter_budget_alone_managers_of_the_whole_are_told(body: Organisation) -> None:
    manager = factories.person(body, "complaints_manager")
    add(body.code, "first", "appointments", 20)
    night(body)
    Alarm.objects.update(wide=False)
    Alarm.objects.filter(service="first", subject="appointments").update(wide=True)
    assert Message.objects.filter(to_address=manager.email).count() == 1
    add(body.code, "second", "appointments", 5)
    night(body, week(0) + timedelta(days=1))
    assert Message.objects.filter(to_address=manager.email).count() <= 2


def test_later_weeks_attach_and_the_figures_of_the_night_stay(body: Organisation) -> None:
    add(body.code, "first", "appointments", 20)
    night(body)
    kept = (
        Alarm.objects.filter(pk=alarm(body).pk).values("count", "expected", "bound", "chance", "history", "start").get()
    )
    add(body.code, "first", "appointments", 22, week=TODAY)
    add(body.code, "first", "appointments", 9, week=LAST)
    night(body, week(1))
    again = (
        Alarm.objects.filter(pk=alarm(body).pk).values("count", "expected", "bound", "chance", "history", "start").get()
    )
    assert again == kept
    point = AlarmPoint.objects.get(alarm=alarm(body))
    assert (point.start, point.count, point.stands_out) == (TODAY, 22, True)
    assert Alarm.objects.filter(every="week", service="first", subject="appointments").count() == 1


def test_what_comes_late_still_raises_a_warning(body: Organisation) -> None:
    night(body)
    add(body.code, "first", "appointments", 20)
    night(body, TODAY + timedelta(days=3))
    assert alarm(body).start == LAST


def test_it_is_over_when_four_weeks_have_been_as_usual(body: Organisation) -> None:
    add(body.code, "first", "appointments", 20)
    night(body)
    for number in range(1, 8):
        add(body.code, "first", "appointments", 4, week=week(number - 1))
        night(body, week(number))
    over = alarm(body)
    assert over.state == "past"
    assert over.ended_on is not None
    assert AlarmStep.objects.filter(alarm=over, kind="over").count() == 1
    add(body.code, "first", "appointments", 30, week=week(7))
    night(body, week(8))
    assert Alarm.objects.filter(every="week", service="first", subject="appointments").count() == 2


def test_once_seen_it_is_told_again_only_if_it_becomes_worse(body: Organisation) -> None:
    manager = factories.person(body, "service_manager")
    add(body.code, "first", "appointments", 20)
    night(body)
    act(body, manager, warnings.acknowledge, alarm(body), verdict="open", note="I ask the clinic.")
    add(body.code, "first", "appointments", 18, week=TODAY)
    assert not [one for one in night(body, week(1)).again if one.service]
    assert alarm(body).state == "acknowledged"
    add(body.code, "first", "appointments", 60, week=week(1))
    assert alarm(body).pk in [one.pk for one in night(body, week(2)).again]
    worse = alarm(body)
    assert (worse.state, worse.told) == ("open", 2)
    assert "back: further out than before" in Message.objects.filter(to_address=manager.email).latest("pk").body


def test_a_snoozed_one_is_back_on_its_day(body: Organisation) -> None:
    manager = factories.person(body, "complaints_manager")
    add(body.code, "first", "appointments", 20)
    night(body)
    root = queries.lines(body, Alarm.objects.filter(organisation=body, apart=""))[0].alarm
    act(body, manager, warnings.snooze, root, until=week(1) + timedelta(days=2), note="")
    assert set(Alarm.objects.filter(apart="").values_list("state", flat=True)) == {"snoozed"}
    add(body.code, "first", "appointments", 2, week=TODAY)
    night(body, week(1))
    assert alarm(body).state == "snoozed"
    night(body, week(1) + timedelta(days=2))
    assert alarm(body).state == "open"
    assert alarm(body).told == 1
    assert AlarmStep.objects.filter(alarm=alarm(body), kind="woke").count() == 1


def test_what_cannot_be_done_is_said(body: Organisation) -> None:
    manager = factories.person(body, "complaints_manager")
    add(body.code, "first", "appointments", 20)
    night(body)
    raised = alarm(body)
    with pytest.raises(Refused, match="within half a year"):
        act(body, manager, warnings.snooze, raised, until=TODAY, note="")
    with pytest.raises(Refused, match="Say in a line"):
        act(body, manager, warnings.acknowledge, raised, verdict="real", note=" ")
    with pytest.raises(Refused, match="Say what you make of it"):
        act(body, manager, warnings.acknowledge, raised, verdict="", note="Seen")
    act(body, manager, warnings.acknowledge, raised, verdict="real", note="Seen")
    with pytest.raises(Stale, match=manager.name):
        warnings.snooze(alarm_id=raised.pk, until=week(2), note="", by=factories.actor(manager, body),
                        at=factories.NOW, version=1)  # fmt: skip
    with pytest.raises(Refused, match="were looked at already"):
        night(body, TODAY - timedelta(days=7))


def test_a_new_level_ends_it_and_what_is_usual_is_learned_anew(body: Organisation) -> None:
    manager = factories.person(body, "complaints_manager")
    for number in range(12):
        add(body.code, "second", "appointments", 15, week=weeks_before(number))
    night(body)
    raised = alarm(body, "second")
    with pytest.raises(Refused, match="what changed for good"):
        act(body, manager, warnings.begin_anew, raised, since=weeks_before(12), reason="")
    act(body, manager, warnings.begin_anew, raised, since=weeks_before(12), reason="A second clinic opened.")
    raised.refresh_from_db()
    assert raised.state == "past"
    add(body.code, "second", "appointments", 15, week=TODAY)
    night(body, week(1))
    assert Alarm.objects.filter(every="week", service="second", subject="appointments").count() == 1
    assert Entry.objects.filter(verb="level_begun_anew", object_id=str(raised.pk)).count() == 1


def test_new_limits_of_what_is_received_begin_its_series_anew(body: Organisation) -> None:
    manager = factories.person(body, "complaints_manager")
    for number in range(12):
        add(body.code, "second", "appointments", 15, week=weeks_before(number))
    assert ("second", "*") in {one.key for one in night(body, dry_run=True).looks[0][0].findings}
    Rebase.objects.create(organisation=body, measure="received", service="second", month=date(2026, 9, 1),
                          reason="A second clinic opened.", made_by=manager, made_at=factories.NOW)  # fmt: skip
    assert ("second", "*") not in {one.key for one in night(body, dry_run=True).looks[0][0].findings}


def test_a_file_that_is_brought_in_is_told_and_raises_nothing(body: Organisation) -> None:
    add(body.code, "first", "appointments", 140, imported=True)
    assert night(body).messages == 0
    assert not weekly(body)
    told = queries.lines(body, Alarm.objects.exclude(apart=""))
    assert any(note.startswith("140 were brought in from a file") for line in told for note in line.notes)
    night(body)
    assert Alarm.objects.exclude(apart="").count() == len(told) + sum(line.many for line in told)


LETTER = (
    "I am writing to object in the strongest terms to the closing of the car park behind the clinic, which leaves those of "
    "us who cannot walk far with nowhere to stop, and I ask you to open it again before the winter comes."
)


def campaign(body: Organisation, many: int) -> None:
    """So many send nearly the same letter, each from an address of their own."""
    for number in range(many):
        sent = factories.received(
            body, at=timezone.make_aware(datetime.combine(LAST, datetime.min.time())) + timedelta(hours=9 + number),
            text=f"{LETTER} Yours, sender {number}", subject="facilities",
            complainant=factories.PersonGiven(name=f"Sender {number}", email=f"sender{number}@post.example"),
        )  # fmt: skip
        assert sent.case is not None


def test_a_campaign_is_told_and_raises_nothing(body: Organisation) -> None:
    campaign(body, 31)
    add(body.code, "first", "facilities", 1)
    night(body)
    assert not weekly(body)
    told = [note for line in queries.lines(body, Alarm.objects.exclude(apart="")) for note in line.notes]
    assert any(re.match(r"30 of \d+ say nearly the same", note) for note in told)
    night(body, week(1))
    assert not weekly(body)


def test_so_many_people_who_say_it_each_in_their_own_words_do_raise_one(body: Organisation) -> None:
    campaign(body, 25)
    for number, item in enumerate(Feedback.objects.filter(organisation=body)):
        item.narrative.text = " ".join(f"word{number}x{place}" for place in range(30))
        item.narrative.save()
    night(body)
    assert ("first", "facilities") in weekly(body)


def test_a_short_week_hides_no_rise_and_raises_none(body: Organisation) -> None:
    christmas = date(2026, 12, 21)
    monday = christmas + timedelta(days=7)
    for number, gap in enumerate(range((christmas - TODAY).days // 7)):
        for service, subject in MEANS:
            add(body.code, service, subject, round(MEANS[service, subject]), week=week(gap))
        night(body, week(number + 1))
    before = len(weekly(body))
    for service, subject in MEANS:
        add(body.code, service, subject, round(MEANS[service, subject] * 0.8), week=christmas)
    night(body, monday)
    assert len(weekly(body)) == before
