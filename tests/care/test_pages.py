"""The pages of looking after each other."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.care.scene import ASKED, NOTE, REFLECTION, SUPPORT, cared_for
from tests.staff.conftest import TODAY, Desk, words

from heed.accounts.models import User
from heed.accounts.roles import ROLES
from heed.care.actions import people, talks, training
from heed.care.models import Asking, Post, StaffSupport
from heed.learning.models import LearningPoint

SOON = (TODAY + timedelta(days=20)).date()
NEXT = {"next_on_day": SOON.day, "next_on_month": SOON.month, "next_on_year": SOON.year}
DAY = {"told_on_day": "8", "told_on_month": "4", "told_on_year": "2026"}


@pytest.fixture
def boss(desk: Desk) -> User:
    return factories.person(desk.of, "complaints_manager", name="Tom Okafor")


def frame(desk: Desk, who: User) -> dict[str, Any]:
    return {"organisation": desk.of, "by": factories.actor(who, desk.of), "at": TODAY}


def test_ones_own_page_begins_empty_and_says_what_will_be_there(desk: Desk) -> None:
    page = words(desk.get("care/"))
    assert "Nothing is agreed yet on how much you can carry" in page
    assert "Nobody is named yet with whom you talk" in page
    assert "No courses are on your list yet" in page
    assert "Ruth Castellanos" in words(desk.get("care/ask/")), "she answers for the organisation"
    User.objects.filter(pk=desk.signer.pk).update(is_active=False)
    assert "Nobody is named here yet whom you could ask" in words(desk.get("care/ask/"))


def test_somebody_asks_and_is_answered_and_a_colleague_finds_nothing(desk: Desk, boss: User) -> None:
    page = desk.send("care/ask/", follow=True, helps=["off_phone"], to=boss.pk, words="He shouted at me.")
    assert "Tom Okafor is told that you asked" in words(page)
    place = f"care/ask/{Asking.objects.get().pk}/"
    assert "waits for your answer" in words(desk.get("care/", boss))
    assert "He shouted at me." in words(desk.get(place, boss))
    assert desk.get(place, factories.person(desk.of, *ROLES)).status_code == 404
    assert "Enter what you can do" in words(desk.send(place, boss, answer="  "))
    assert "is told that you have answered" in words(desk.send(place, boss, follow=True, answer="Come at two."))
    assert "Come at two." in words(desk.get(place))
    assert desk.send(place, answer="I answer myself").status_code == 200
    assert Asking.objects.get().answer == "Come at two."


def test_whoever_looks_after_all_others_can_ask_whoever_answers_for_the_organisation(desk: Desk, boss: User) -> None:
    chief = desk.signer
    assert "Ruth Castellanos" not in words(desk.get("care/ask/")), "a handler has somebody who looks after people"
    page = desk.send("care/ask/", boss, follow=True, helps=["talk"], to=chief.pk)
    assert "Ruth Castellanos is told that you asked" in words(page)
    place = f"care/ask/{Asking.objects.get().pk}/"
    desk.send(place, chief, answer="Come by at four.")
    assert "Come by at four." in words(desk.get(place, boss))


def test_what_was_said_in_confidence_stands_on_no_page_of_anybody_else(desk: Desk, boss: User) -> None:
    """Every page of looking after each other, of the case and its neighbours, read by somebody with all roles."""
    case = factories.registered(desk.of, desk.handler)
    ids = cared_for(desk.of, boss, desk.handler, case, at=TODAY)
    other = factories.person(desk.of, *ROLES)
    pages = [
        "care/", "care/talks/", "care/supervision/", "care/figures/", "care/register/", "care/register.csv",
        "care/workload/", f"care/workload/{desk.handler.pk}/", "care/network/", "care/support/", "cases/",
        *(desk.of_case(case, tab) for tab in ("", "history/", "plan/", "learning/")),
    ]  # fmt: skip
    said = [words(desk.get(page, other)) for page in pages]
    for word in (NOTE, REFLECTION, ASKED, SUPPORT):
        assert not [page for page, text in zip(pages, said, strict=True) if word in text]
    assert NOTE in desk.get(f"care/talks/{ids['talk_id']}/").content.decode()
    assert "Nurse of the ward" in words(desk.get("care/support/", other))  # they look after people
    assert "Nurse of the ward" not in words(desk.get(desk.of_case(case)))


def test_the_register_is_begun_filtered_recorded_and_downloaded(desk: Desk, boss: User) -> None:
    assert "Begin with the courses that guidance speaks of" in words(desk.get("care/register/", boss))
    page = desk.send("care/register/courses/", boss, follow=True, codes=["data_protection", "mediation"])
    assert "2 courses added" in words(page)
    assert "Source: Listening, Responding, Improving (2009), skills for managers" in words(page)
    course = training.queries.courses(desk.of.pk)[0]
    sent = {"course": course.pk, "had_on_day": "1", "had_on_month": "4", "had_on_year": "2026", "evidence": "=Register"}
    page = desk.send("care/register/record/", boss, follow=True, people=[desk.handler.pk, boss.pk], **sent)
    assert "Recorded for 2 people" in words(page)
    assert "Priya Shah" in words(desk.get(f"care/register/?state=had&course={course.pk}", boss))
    assert "Priya Shah" not in words(desk.get("care/register/?state=overdue&course=x&page=99", boss))
    text = desk.get("care/register.csv", boss).content.decode()
    assert "'=Register" in text
    assert "Nothing is due" in words(desk.get("care/"))
    assert "Data protection" in words(desk.get("care/training/"))
    assert "Tom" not in words(desk.get("care/training/"))


def test_capacity_is_proposed_and_agreed_and_stands_beside_the_name(desk: Desk, boss: User) -> None:
    case = factories.registered(desk.of, desk.handler)
    place = f"care/workload/{desk.handler.pk}/"
    assert "counts once Priya Shah agrees" in words(desk.send(place, boss, follow=True, hours_a_week=30, most_cases=0))
    assert "Tom Okafor proposes 30 hours a week" in words(desk.get("care/"))
    assert "counts from now on" in words(desk.send("care/capacity/agree/", follow=True))
    assert "You carry 1 more than agreed" in words(desk.get("care/"))
    assert "Priya Shah has 1 more than agreed." in words(desk.get("care/workload/", boss))
    desk.send(f"{place}skills/", boss, codes=["bsl", "housing"], more_bsl="level 3")
    assert "British Sign Language (level 3), Housing" in words(desk.get("care/workload/?skill=bsl", boss))
    page = words(desk.get(desk.of_case(case, "handler/")))
    assert "Priya Shah: has 1 more than agreed" in page
    assert "Tom Okafor: nothing agreed yet" in page


def test_two_talk_and_others_see_that_they_did(desk: Desk, boss: User) -> None:
    sent = {"supervised": desk.handler.pk, "supervisor": boss.pk, "every_weeks": 6, **NEXT}
    assert "It is agreed" in words(desk.send("care/supervision/", boss, follow=True, **sent))
    pair = talks.Supervision.objects.get()
    held = {"held_on_day": "8", "held_on_month": "4", "held_on_year": "2026", "text": "We spoke of the marzipan."}
    assert "The talk is kept" in words(desk.send(f"care/talks/with/{pair.pk}/", follow=True, **held, **NEXT))
    other = factories.person(desk.of, *ROLES)
    page = words(desk.get("care/supervision/", other))
    assert "8 April 2026" in page
    assert "marzipan" not in page
    talk = pair.talks.get()
    assert "marzipan" in desk.get(f"care/talks/{talk.pk}/", boss).content.decode()
    assert desk.get(f"care/talks/{talk.pk}/", other).status_code == 404
    page = desk.send(f"care/talks/{talk.pk}/", text="Anew", version=7)
    assert "changed this while you were working" in words(page)


def test_support_is_kept_apart_from_the_case(desk: Desk, boss: User) -> None:
    case, nurse = factories.registered(desk.of, desk.handler), factories.person(desk.of, "front_line", name="Nia Bell")
    assert "Tell and support staff" in words(desk.get(desk.of_case(case)))
    sent = {"part": "about", "person": nurse.pk, "told_how": "in_person", "offered": ["talk", "time"], **DAY}
    page = desk.send(desk.of_case(case, "staff-support/"), follow=True, **sent)
    assert "It is kept, apart from the case." in words(page)
    events = case.events.count()
    place = f"care/support/{StaffSupport.objects.get().pk}/"
    desk.send(f"{place}informed/", text="The answer goes out on Friday.", **DAY)
    own = words(desk.get(place, nurse))
    assert "Support for you" in own
    assert "The answer goes out on Friday." in own
    assert case.reference not in own
    assert "It is kept what is wanted" in words(desk.send(place, nurse, follow=True, accepted=["time"]))
    assert "Since you were told of a complaint on 8 April 2026" in words(desk.get("care/", nurse))
    assert desk.get(f"{place}informed/", nurse).status_code == 404
    assert desk.get(place, factories.person(desk.of, "handler")).status_code == 404
    assert case.events.count() == events
    assert "Nia" not in words(desk.get(desk.of_case(case)))


def test_a_post_is_looked_through_for_names(desk: Desk) -> None:
    sent = {"kind": "practice", "title": "A call first", "text": "We call first, as Mrs Ahmed liked."}
    assert "may be the name of a person" in words(desk.send("care/network/write/", **sent))
    assert not Post.objects.exists()
    number = {**sent, "text": "Ring 01632 960 111.", "nobody_named": "on"}
    assert "looks like a phone number" in words(desk.send("care/network/write/", **number))
    assert desk.send("care/network/write/", **sent, nobody_named="on").status_code == 302
    page = words(desk.get("care/network/"))
    assert f"What works, {desk.of.name}," in page
    assert page.count("Priya Shah") == 1  # in the header: who is signed in
    place = f"care/network/{Post.objects.get().pk}/"
    assert "Your answer is there" in words(desk.send(place, follow=True, text="We write first."))
    assert "its words are gone" in words(desk.send(f"{place}withdraw/", follow=True))
    assert desk.get(place).status_code == 404


def test_pages_ask_the_same_however_much_there_is(desk: Desk, boss: User) -> None:
    def asked(page: str, who: User) -> int:
        desk.get(page, who)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page, who).status_code == 200
        return len(queries)

    pages = ("care/", "care/talks/", "care/register/", "care/workload/", "care/supervision/", "care/support/",
             "care/network/", "care/figures/")  # fmt: skip
    for number in (1, 5):
        for _ in range(number):
            handler = factories.person(desk.of, "handler")
            if number == 1:
                cared_for(desk.of, boss, handler, factories.registered(desk.of, handler), at=TODAY)
            people.set_skills(person_id=handler.pk, skills={"bsl": "", "housing": ""}, **frame(desk, boss))
            people.ask(to_id=boss.pk, helps=["talk"], **frame(desk, handler))
            talks.agree_supervision(
                supervisor_id=boss.pk, supervised_id=handler.pk, every_weeks=4, next_on=SOON, **frame(desk, boss)
            )
            desk.send("care/network/write/", handler, kind="question", title="How?", text="How do you do it?")
        found = {page: asked(page, boss) for page in pages}
        if number == 1:
            few = found
    assert found == few
    assert max(found.values()) <= 18, found


def test_a_workload_that_is_too_much_becomes_an_action_and_names_nobody(desk: Desk, boss: User) -> None:
    factories.registered(desk.of, desk.handler)
    here = {"organisation": desk.of, "at": TODAY}
    people.propose_capacity(
        person_id=desk.handler.pk, hours_a_week=20, most_cases=0, by=factories.actor(boss, desk.of), **here
    )
    people.agree_capacity(person_id=desk.handler.pk, by=factories.actor(desk.handler, desk.of), **here)
    assert "Make it an action" in words(desk.get("care/workload/", boss))
    begun = desk.get("care/workload/learning/", boss)
    text = begun.context["form"]["text"].value()
    assert (
        text
        == "Some of the people who handle complaints have more cases than was agreed with them, and nobody has room."
    )
    assert desk.handler.name not in words(begun).partition("When it is too much")[2]
    lesson = {"text": text, "level": "organisation", "factors": ["job_tasks"], "then": "promise"}
    promise = desk.send("care/workload/learning/", boss, follow=True, **lesson)
    assert "nobody has more cases than was agreed with them." in words(promise)
    assert "How are the people who do the work involved?" in words(promise)
    assert "No action promised yet." in words(desk.get("care/workload/", boss))
    point = LearningPoint.objects.get()
    assert (point.source, point.is_shared) == ("workload", True)
    assert "How much work there is" in words(desk.get(f"library/{point.pk}/"))


def test_where_nobody_has_more_than_agreed_nothing_is_said_for_them(desk: Desk, boss: User) -> None:
    assert not desk.get("care/workload/learning/", boss).context["form"]["text"].value()
    desk.send("care/workload/learning/", boss, text="Each letter is checked three times.", level="organisation")
    assert LearningPoint.objects.get().origin_sentence == "The workload as it was on 8 April 2026."


def test_only_whoever_looks_after_people_learns_from_the_workload(desk: Desk) -> None:
    for role in ("handler", "service_manager", "responsible_person"):
        assert desk.get("care/workload/learning/", factories.person(desk.of, role)).status_code == 404
