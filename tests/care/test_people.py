"""What people carry, are good at, and ask for; the talks of two; what teams tell each other."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import factories

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.care import rules
from heed.care.actions import network, people, support, talks
from heed.care.models import Asking, Post, Reflection, Supervision, TalkNote
from heed.care.queries import asking, workload
from heed.care.queries import network as network_queries
from heed.care.queries import support as support_queries
from heed.care.rules import Load
from heed.cases.models import Case
from heed.cases.queries import worklist
from heed.correspondence.models import Message
from heed.organisations.models import Organisation

AT = factories.NOW
TODAY = AT.date()


@pytest.fixture
def org(db: None) -> Organisation:
    return factories.organisation()


@pytest.fixture
def manager(org: Organisation) -> User:
    return factories.person(org, "complaints_manager", name="Mo Okafor")


@pytest.fixture
def handler(org: Organisation) -> User:
    return factories.person(org, "handler", name="Priya Shah")


def frame(org: Organisation, who: User, at: datetime = AT) -> dict[str, Any]:
    return {"organisation": org, "by": factories.actor(who, org), "at": at}


def carries(name: str, number: int, most: int | None) -> Load:
    return Load(1, name, open=number, most=most)


def test_sentences_help_and_rank_nobody() -> None:
    found = rules.sentences([carries("Ann", 4, 10), carries("Priya", 24, 15), carries("Samuel", 3, None)])
    assert found == ["Priya has 9 more than agreed.", "Ann has room for 6.", "With Samuel nothing is agreed yet."]
    assert "for the service to change" in rules.sentences([carries("Priya", 24, 15)])[-1]
    assert rules.sentences([carries("Priya", 15, 15), carries("Samuel", 0, None)]) == []


def test_capacity_counts_once_two_agreed_and_they_are_the_right_two(
    org: Organisation, manager: User, handler: User
) -> None:
    def most() -> int | None:
        return workload.loads(org, TODAY, handler.pk)[0].most

    def propose(who: User, cases: int) -> None:
        people.propose_capacity(person_id=handler.pk, hours_a_week=30, most_cases=cases, **frame(org, who))

    propose(manager, 40)
    with pytest.raises(Refused, match="One proposes and the other agrees"):
        people.agree_capacity(person_id=handler.pk, **frame(org, manager))
    second = factories.person(org, "complaints_manager")
    with pytest.raises(Refused, match="One proposes and the other agrees"):
        people.agree_capacity(person_id=handler.pk, **frame(org, second))
    assert most() is None
    people.agree_capacity(person_id=handler.pk, **frame(org, handler))
    assert most() == 40
    propose(handler, 15)
    assert most() == 40  # a proposal alone changes nothing
    people.agree_capacity(person_id=handler.pk, **frame(org, second))
    assert most() == 15
    colleague = factories.person(org, "handler")
    with pytest.raises(Refused, match="between them"):
        propose(colleague, 99)
    with pytest.raises(Refused, match="hours a week"):
        people.propose_capacity(person_id=handler.pk, hours_a_week=0, most_cases=1, **frame(org, handler))


def test_the_counts_are_those_of_the_worklist(org: Organisation, manager: User, handler: User) -> None:
    """Counted in one statement; the worklist, row by row, says the same."""
    for days in (0, 1, 4, 9, 20, 60):
        factories.registered(org, handler, at=AT - timedelta(days=days))
    factories.investigated(org, handler, factories.person(org, "investigator"), at=AT - timedelta(days=40))
    Case.objects.filter(pk__in=Case.objects.values("pk")[:2]).update(risk="high")
    [load] = workload.loads(org, TODAY, handler.pk)
    cases = Case.objects.exclude(status="closed")
    rows = worklist.rows(cases.values(*worklist.COLUMNS), org.pk, TODAY)
    assert load.open == len(rows) == 7
    assert load.high == sum(row.risk in ("high", "extreme") for row in rows) >= 2
    assert load.late == sum(row.late for row in rows) > 0
    assert load.soon == sum(row.promised and not row.late and row.left <= 5 for row in rows) > 0


def test_beside_each_name_stand_fitting_skills_and_room(org: Organisation, manager: User, handler: User) -> None:
    skills = {"bsl": "level 3", "housing": "", "languages": "Urdu"}
    people.set_skills(person_id=handler.pk, skills=skills, **frame(org, manager))
    people.propose_capacity(person_id=handler.pk, hours_a_week=30, most_cases=3, **frame(org, manager))
    people.agree_capacity(person_id=handler.pk, **frame(org, handler))
    beside = workload.beside_names(org, TODAY, ["bsl", "large_print"])
    assert beside == {handler.pk: "British Sign Language (level 3); has room for 3", manager.pk: "nothing agreed yet"}
    people.set_skills(person_id=handler.pk, skills={"housing": ""}, **frame(org, handler))
    assert workload.skills(org.pk, handler.pk) == {handler.pk: {"housing": ""}}
    with pytest.raises(Refused, match="skills shown"):
        people.set_skills(person_id=handler.pk, skills={"juggling": ""}, **frame(org, handler))
    with pytest.raises(Refused, match="between them"):
        people.set_skills(person_id=manager.pk, skills={}, **frame(org, handler))


def test_who_asks_is_answered_and_no_email_tells_who_or_what(org: Organisation, manager: User, handler: User) -> None:
    made = people.ask(to_id=manager.pk, helps=["talk", "off_phone"], words="He shouted.", **frame(org, handler))
    assert made.helps == "off_phone talk"
    with pytest.raises(Refused, match="Only whom they asked"):
        people.answer_asking(asking_id=made.pk, answer="I can", **frame(org, handler))
    people.answer_asking(asking_id=made.pk, answer="Come at two.", **frame(org, manager))
    with pytest.raises(Refused, match="already"):
        people.answer_asking(asking_id=made.pk, answer="Or at three.", **frame(org, manager))
    letters = Message.objects.order_by("pk")
    assert [letter.to_address for letter in letters] == [manager.email, handler.email]
    for letter in letters:
        assert f"/care/ask/{made.pk}/" in letter.body
        assert not [word for word in ("Priya", "Mo Okafor", "shouted", "two") if word in letter.subject]
        assert not [word for word in ("Priya Shah asked", "shouted", "at two", "phone") if word in letter.body]


def test_one_asks_who_looks_after_people_or_ones_supervisor(org: Organisation, manager: User, handler: User) -> None:
    peer = factories.person(org, "investigator")
    assert list(asking.can_be_asked(org.pk, handler.pk)) == [manager]
    with pytest.raises(Refused, match="looks after people"):
        people.ask(to_id=peer.pk, helps=["talk"], **frame(org, handler))
    pair = {"supervisor_id": peer.pk, "supervised_id": handler.pk, "every_weeks": 4, "next_on": TODAY}
    talks.agree_supervision(**pair, **frame(org, manager))
    assert people.ask(to_id=peer.pk, helps=["talk"], **frame(org, handler)).to == peer
    assert manager not in asking.can_be_asked(org.pk, manager.pk)


def test_quarters_tell_no_few_and_none_that_still_runs(org: Organisation, manager: User, handler: User) -> None:
    def asked(on: date, number: int, answered_after: timedelta | None) -> None:
        at = timezone.make_aware(datetime(on.year, on.month, on.day, 10))
        for _ in range(number):
            Asking.objects.create(
                organisation=org, person=handler, to=manager, helps="talk", asked_at=at,
                answered_at=at + answered_after if answered_after else None,
            )  # fmt: skip

    asked(TODAY, 9, None)  # this quarter
    asked(date(2026, 3, 31), 6, timedelta(hours=20))
    asked(date(2026, 1, 1), 1, timedelta(days=3))
    asked(date(2025, 12, 31), 4, timedelta(hours=1))
    told = [(q.first, q.last, q.asked, q.soon) for q in asking.quarters(org.pk, TODAY)]
    assert told[:2] == [
        (date(2026, 1, 1), date(2026, 3, 31), "7", "6"),
        (date(2025, 10, 1), date(2025, 12, 31), "fewer than 5", ""),
    ]
    assert {q[2] for q in told[2:]} == {"fewer than 5"}  # none and few are told alike
    assert len(told) == 4


def test_a_new_supervisor_reads_nothing_of_the_last(org: Organisation, manager: User, handler: User) -> None:
    other = factories.person(org, "investigator")
    week = TODAY + timedelta(days=7)

    def agree(who: User) -> Supervision:
        return talks.agree_supervision(
            supervisor_id=who.pk, supervised_id=handler.pk, every_weeks=6, next_on=week, **frame(org, manager)
        )

    pair = agree(manager)
    held = {"held_on": TODAY, "next_on": week}
    talks.hold_talk(supervision_id=pair.pk, text="Of the first", **held, **frame(org, manager))
    with pytest.raises(Refused, match="kept already"):
        talks.hold_talk(supervision_id=pair.pk, **held, **frame(org, handler))
    assert agree(manager).pk == pair.pk  # the same two go on
    new = agree(other)
    assert new.pk != pair.pk
    assert not TalkNote.objects.seen_by(factories.viewer(other, org)).exists()
    assert TalkNote.objects.seen_by(factories.viewer(manager, org)).exists()
    with pytest.raises(Refused, match="Only the two"):
        talks.hold_talk(supervision_id=pair.pk, **held, **frame(org, manager))  # it ended
    with pytest.raises(Refused, match="two people"):
        agree(handler)


def test_a_note_is_of_the_two_and_nobody_overwrites_the_other(org: Organisation, manager: User, handler: User) -> None:
    pair = talks.agree_supervision(
        supervisor_id=manager.pk, supervised_id=handler.pk, every_weeks=6, next_on=TODAY, **frame(org, manager)
    )
    talk = talks.hold_talk(
        supervision_id=pair.pk, held_on=TODAY, next_on=TODAY + timedelta(days=1), **frame(org, handler)
    )
    note = talks.write_note(talk_id=talk.pk, text="We spoke.", version=0, **frame(org, handler))
    assert note is not None
    with pytest.raises(Stale, match="Priya Shah"):
        talks.write_note(talk_id=talk.pk, text="Mine.", version=0, **frame(org, manager))
    with pytest.raises(Refused, match="Only the two"):
        talks.write_note(
            talk_id=talk.pk, text="x", version=1, **frame(org, factories.person(org, "complaints_manager"))
        )
    assert talks.write_note(talk_id=talk.pk, text="  ", version=1, **frame(org, manager)) is None
    assert not TalkNote.objects.exists()


def test_a_reflection_is_shared_taken_back_and_forgotten_by_its_writer(
    org: Organisation, manager: User, handler: User
) -> None:
    one = talks.write_reflection(text="A long day.", **frame(org, handler))
    with pytest.raises(Refused, match="no supervisor"):
        talks.share_reflection(reflection_id=one.pk, shared=True, **frame(org, handler))
    talks.agree_supervision(
        supervisor_id=manager.pk, supervised_id=handler.pk, every_weeks=6, next_on=TODAY, **frame(org, manager)
    )
    for action in (talks.share_reflection, talks.write_reflection, talks.forget_reflection):
        more: dict[str, Any] = {"shared": True} if action is talks.share_reflection else {}
        more = {"text": "Mine"} if action is talks.write_reflection else more
        with pytest.raises(Refused, match="Only who wrote it"):
            action(reflection_id=one.pk, **more, **frame(org, manager))  # type: ignore[operator]
    assert talks.share_reflection(reflection_id=one.pk, shared=True, **frame(org, handler)).shared_with == manager
    assert talks.share_reflection(reflection_id=one.pk, shared=False, **frame(org, handler)).shared_with is None
    talks.forget_reflection(reflection_id=one.pk, **frame(org, handler))
    assert not Reflection.objects.exists()


def test_support_is_offered_accepted_and_never_to_oneself(org: Organisation, manager: User, handler: User) -> None:
    case, nurse = factories.registered(org, handler), factories.person(org, "front_line")
    by = factories.actor(handler, org)
    told = support.Told("about", TODAY, "in_person", person_id=nurse.pk)
    row = support.keep_told(case=case, told=told, by=by, at=AT)
    with pytest.raises(Refused, match="kept already"):
        support.keep_told(case=case, told=told, by=by, at=AT)
    theirs = {"support_id": row.pk, "viewer": factories.viewer(nurse, org), "by": factories.actor(nurse, org), "at": AT}
    ours = {"support_id": row.pk, "viewer": factories.viewer(handler, org), "by": by, "at": AT}
    with pytest.raises(Refused, match="Nothing has been offered"):
        support.answer_offer(accepted=[], **theirs)
    with pytest.raises(Refused, match="Somebody else offers"):
        support.offer(offered=["talk"], **theirs)
    support.offer(offered=["time", "talk"], **ours)
    with pytest.raises(Refused, match="what was offered"):
        support.answer_offer(accepted=["union"], **theirs)
    assert support.answer_offer(accepted=["time"], **theirs).answer == "accepted"
    assert support.answer_offer(accepted=[], **theirs).answer == "declined"
    support.keep_informed(told_on=TODAY, text="The response goes out on Friday.", **ours)
    found = support_queries.support(factories.viewer(nurse, org), row.pk)
    assert found is not None
    assert [update.text for update in found.updates.all()] == ["The response goes out on Friday."]
    stranger = factories.viewer(factories.person(org, "handler"), org)
    with pytest.raises(Refused, match="not there"):
        support.offer(support_id=row.pk, viewer=stranger, offered=["talk"], by=stranger.actor, at=AT)
    assert support_queries.mine(factories.viewer(nurse, org)) == [row]


def test_teams_tell_each_other_by_organisation_and_take_back(org: Organisation, manager: User, handler: User) -> None:
    elsewhere = factories.organisation()
    reader = factories.person(elsewhere, "handler")
    post = network.post(kind="question", title="Interpreters", text="How do you book?", **frame(org, handler))
    answer = network.post(kind="answer", text="By a list.", named=True, parent_id=post.pk, **frame(elsewhere, reader))
    shown = network_queries.thread(factories.viewer(reader, elsewhere), post.pk)
    assert [one.who for one in shown] == [org.name, f"{reader.name}, {elsewhere.name}"]
    assert [one.may_withdraw for one in shown] == [False, True]
    with pytest.raises(Refused, match="not there"):
        network.withdraw(post_id=answer.pk, **frame(org, manager))  # another body's
    network.report(post_id=answer.pk, why="It is wrong", **frame(org, handler))
    assert not network_queries.thread(factories.viewer(handler, org), post.pk)[1].reports
    boss = factories.person(elsewhere, "complaints_manager")
    assert network_queries.thread(factories.viewer(boss, elsewhere), post.pk)[1].reports == ("It is wrong",)
    assert network.keep_standing(post_id=answer.pk, **frame(elsewhere, boss)) == 1
    with pytest.raises(Refused, match="Only who looks after people"):
        network.keep_standing(post_id=answer.pk, **frame(elsewhere, reader))
    network.withdraw(post_id=post.pk, **frame(org, handler))
    assert not network_queries.thread(factories.viewer(reader, elsewhere), post.pk)
    assert set(Post.objects.values_list("text", flat=True)) == {""}  # the words are gone, the answer's too
    with pytest.raises(Refused, match="not there any more"):
        network.post(kind="answer", text="Late", parent_id=post.pk, **frame(elsewhere, reader))
