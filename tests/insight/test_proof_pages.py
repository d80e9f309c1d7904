"""The pages of "did it work?": what they say to whom, and that nothing is claimed that the figures do not carry."""

import csv
import io
import re
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests import factories
from tests.insight.proofs import AIMED, AROUND, NOW, Scene, completed, fallen, kept_answer, noon, scene, steady, tell

from heed.accounts.models import User
from heed.facts.models import FeedbackFact
from heed.insight.actions.proof import ask
from heed.insight.models import Verdict
from heed.learning.models import Action, Aim

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Scene:
    made = scene(name="Riverside NHS Trust")
    made.aim()
    return made


@pytest.fixture
def answered(told: Scene) -> Verdict:
    fallen(told.body)
    return ask(action_id=told.action.pk, by=factories.actor(told.manager, told.body), at=NOW)


def look(person: User, of: Scene, page: str, **data: Any) -> Any:
    client = Client()
    client.force_login(person)
    address = f"/{of.body.code}/staff/actions/{page}"
    return client.post(address, data, follow=True) if data else client.get(address)


def words(response: Any) -> str:
    text = re.sub(r"<(svg|title)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def page_of(of: Scene, rest: str = "did-it-work/") -> str:
    return f"{of.action.pk}/{rest}"


def test_the_page_says_what_was_found_beside_what_and_how_sure(told: Scene, answered: Verdict) -> None:
    page = words(look(told.manager, told, page_of(told)))
    assert f"Real fall. {answered.sentence}" in page
    assert "Fewer complaints are never a success by themselves" in page
    assert re.search(r"Does less go wrong\? Cases found well-founded .* Really fell: [4-6]\d% lower .* Agrees", page)
    assert re.search(r"Do people still speak up\? .* No clear change", page)
    assert "Do people still reach us by every way?" in page
    assert "Before: June 2022 to May 2025, 36 months." in page
    assert "Left out: June 2025 to July 2025, it was being brought in." in page
    assert re.search(
        r"In these 15 months there were about [\d,]+ fewer complaints than if it had gone on as before", page
    )
    assert "to which nothing was done, did not clearly change" in page
    assert "when nothing was done, the same question says “no clear change”, as it should" in page
    assert "Figure received_complaints, version 1; method 1, Heed" in page


def test_the_chart_has_its_finding_its_months_and_its_table(told: Scene, answered: Verdict) -> None:
    html = look(told.manager, told, page_of(told)).content.decode()
    assert re.search(
        r'heed-chart__finding"[^>]*>Complaints received about communications in First: 5\d% lower after the action',
        html,
    )
    assert html.count("heed-chart__usual") >= 4  # two months that are left out, in two drawings
    assert "Left out: it was being brought in" in words(look(told.manager, told, page_of(told)))


def test_whoever_owns_the_action_reads_the_sentence_and_no_number(told: Scene, answered: Verdict) -> None:
    page = look(told.owner, told, page_of(told))
    read = words(page)
    assert answered.sentence in read
    assert "Agrees" in read
    assert "The numbers behind it are for those who may see the cases" in read
    assert "a month" not in read
    assert "<svg" not in page.content.decode()
    assert look(told.owner, told, page_of(told, "did-it-work/figures.csv")).status_code == 404


def test_a_manager_of_another_service_reads_no_number(told: Scene, answered: Verdict) -> None:
    second = told.body.services.get(code="second")
    other = factories.person(told.body, "service_manager", "action_owner", service=second)
    assert look(other, told, page_of(told)).status_code == 404, "an action of another service is not theirs to see"
    Action.objects.filter(pk=told.action.pk).update(owner=other)
    assert "a month, " not in words(look(other, told, page_of(told)))
    own = factories.person(told.body, "service_manager")
    assert "a month, " in words(look(own, told, page_of(told)))


def test_small_numbers_are_in_no_sentence(told: Scene) -> None:
    tell(told.body, {("complaint", "first", "communications"): steady(0.4, 0.0), **AROUND})
    kept = ask(action_id=told.action.pk, by=factories.actor(told.manager, told.body), at=NOW)
    assert "%" not in kept.sentence.replace("95%", "")


def test_what_is_too_early_or_unclear_is_said_once(told: Scene) -> None:
    tell(told.body, {("complaint", "first", "communications"): steady(3), **AROUND})
    by = factories.actor(told.manager, told.body)
    ask(action_id=told.action.pk, by=by, at=noon(date(2025, 12, 15)))
    html = look(told.manager, told, page_of(told)).content.decode()
    assert re.search(r'heed-chart__finding"[^>]*>Complaints received [^<]*: too early to say', html)
    ask(action_id=told.action.pk, by=by, at=NOW)
    page = words(look(told.manager, told, page_of(told)))
    assert "No clear change. There is no clear change" in page
    assert page.count("Had it really changed by a fifth") == 1


def test_an_owner_cannot_change_what_it_should_change(told: Scene) -> None:
    assert look(told.owner, told, page_of(told, "aim/")).status_code == 404


def test_an_aim_is_chosen_on_its_page_with_what_is_missing_beside_it(told: Scene) -> None:
    Aim.objects.all().delete()
    begin = look(told.manager, told, page_of(told, "aim/"))
    assert begin.context["form"]["service"].value() == "first"
    version = Action.objects.get(pk=told.action.pk).version
    sent = {"measure": "well_founded", "service": "first", "subject": "", "direction": "fall", "control": "service:second",
            "phase_in": "1", "peak_first": "", "peak_last": "", "version": version}  # fmt: skip
    refused = look(told.manager, told, page_of(told, "aim/"), **sent)
    assert "Enter why it is chosen only now" in words(refused)
    themed = look(
        told.manager, told, page_of(told, "aim/"), **{**sent, "measure": "received", "subject": "communications"}
    )
    assert "Only complaints and concerns are given a theme" in words(themed)
    done = look(told.manager, told, page_of(told, "aim/"), **sent, reason="Nobody had asked for it then.")
    assert done.redirect_chain[-1][0].endswith(f"/actions/{told.action.pk}/")
    assert "The share of cases decided in First that were well-founded" in words(done)
    assert "Chosen after the start. Nobody had asked for it then." in words(done)
    aim = Aim.objects.get()
    assert (aim.control, aim.control_service, aim.phase_in) == ("service", "second", 1)
    again = look(told.manager, told, page_of(told, "aim/"))
    assert again.context["form"]["control"].value() == "service:second"


def test_asking_again_is_on_purpose_and_older_answers_stay(told: Scene, answered: Verdict) -> None:
    address = page_of(told, "did-it-work/ask/")
    assert "The answer from before stays as it is" in words(look(told.manager, told, address))
    refused = look(told.manager, told, address, go="yes")
    assert "Nothing has changed since 22 November 2026, so the answer is the same." in words(refused)
    Verdict.objects.get()
    FeedbackFact.objects.filter(received_on__gte=date(2026, 10, 1), subject="communications").delete()
    done = look(told.manager, told, address, go="yes")
    assert "kept with your name" in words(done)
    assert "Ask when something is new" in words(look(told.manager, told, address))
    assert list(Verdict.objects.order_by("number").values_list("number", "asked_by__name")) == [
        (1, "Morag Ellis"),
        (2, "Morag Ellis"),
    ]
    assert answered.sentence in words(look(told.manager, told, page_of(told, "did-it-work/?answer=1")))


def test_an_older_answer_says_that_it_is_one(told: Scene) -> None:
    kept_answer(told.action)
    kept_answer(told.action, number=2)
    older = words(look(told.manager, told, page_of(told, "did-it-work/?answer=1")))
    assert "This is an older answer, of 22 November 2026." in older
    assert "This is an older answer" not in words(look(told.manager, told, page_of(told)))
    assert look(told.manager, told, page_of(told, "did-it-work/?answer=3")).status_code == 404


def test_the_review_takes_the_sentence_as_evidence(told: Scene, answered: Verdict) -> None:
    address = page_of(told, "check/?kind=impact")
    assert f"The figures said on 22 November 2026: {answered.sentence}" in words(look(told.manager, told, address))
    version = Action.objects.get(pk=told.action.pk).version
    sent = {"kind": "impact", "worked": "yes", "note": "I asked five families.", "version": version,
            "done_on_day": "20", "done_on_month": "11", "done_on_year": "2025"}  # fmt: skip
    done = look(told.manager, told, address, **sent)
    assert f"What the figures said on 22 November 2026: {answered.sentence}" in words(done)
    check = told.action.checks.get(kind="impact")
    assert check.evidence == f"22 November 2026: {answered.sentence}"
    version = Action.objects.get(pk=told.action.pk).version
    look(told.manager, told, address, **{**sent, "kind": "maintenance", "version": version})
    assert told.action.checks.latest("pk").evidence == ""


def test_it_can_be_taken_away(told: Scene, answered: Verdict) -> None:
    lines = list(
        csv.reader(
            io.StringIO(look(told.manager, told, page_of(told, "did-it-work/figures.csv")).content.decode("utf-8-sig"))
        )
    )
    assert lines[0] == ["What", "Month", "Part", "Counted", "Out of, or over"]
    assert {line[2] for line in lines[1:]} == {"before", "after", "left out: it was being brought in"}
    book = load_workbook(io.BytesIO(look(told.manager, told, page_of(told, "did-it-work/figures.xlsx")).content))
    said = {row[0]: row[1] for row in book["What they say"].values}
    assert said["Verdict"] == "Real fall"
    assert said["Fewer alone"].startswith("Fewer complaints are never a success")
    drawing = ElementTree.fromstring(look(told.manager, told, page_of(told, "did-it-work/chart.svg")).content)  # noqa: S314 (ours)
    assert "never a success by themselves" in " ".join(drawing.itertext())
    assert look(told.manager, told, page_of(told, "did-it-work/chart.png")).content.startswith(b"\x89PNG")
    assert look(told.manager, told, page_of(told, "did-it-work/chart.pdf")).status_code == 404


def test_what_worked_lists_each_once_by_what_was_found(told: Scene, answered: Verdict) -> None:
    other = completed(told.body, told.manager, told.owner, step="The screen tells the true wait.")
    kept_answer(other, number=1, verdict="fall")
    kept_answer(other, number=2, verdict="unclear")
    third = completed(told.body, told.manager, told.owner, step="Letters are read by two people.")
    Scene(told.body, told.manager, told.owner, third).aim()
    page = look(told.manager, told, "what-worked/")
    assert [link.count for link in page.context["states"]] == [2, 1, 1, 0, 0, 1]
    assert answered.sentence in words(page)
    assert other.step in words(look(told.manager, told, "what-worked/?verdict=unclear"))
    assert other.step not in words(look(told.manager, told, "what-worked/?verdict=fall"))
    early = words(look(told.manager, told, "what-worked/?verdict=early"))
    assert f"{third.step} 1 February 2026" in early
    assert "None with this answer" in words(look(told.manager, told, "what-worked/?verdict=rise"))
    stranger = factories.person(told.body, "overseer")
    assert "Nothing answered yet" in words(look(stranger, told, "what-worked/"))


def test_pages_ask_the_same_however_much_was_answered(told: Scene, answered: Verdict) -> None:
    def asked(page: str) -> int:
        client = Client()
        client.force_login(told.manager)
        client.get(f"/{told.body.code}/staff/actions/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{told.body.code}/staff/actions/{page}").status_code == 200
        return len(queries)

    pages = ("what-worked/", "what-worked/?verdict=early", page_of(told), page_of(told, ""), page_of(told, "aim/"))
    first = completed(told.body, told.manager, told.owner, step="One that waits already.")
    Scene(told.body, told.manager, told.owner, first).aim(AIMED)
    few = [asked(page) for page in pages]
    for number in range(8):
        more = completed(told.body, told.manager, told.owner, step=f"Another step, number {number}.")
        kept_answer(more)
        kept_answer(told.action, number=number + 2)
        waits = completed(told.body, told.manager, told.owner, step=f"One that waits, number {number}.")
        Scene(told.body, told.manager, told.owner, waits).aim(AIMED)
    assert [asked(page) for page in pages] == few
