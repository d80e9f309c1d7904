"""`heed seed`: in bulk, below the actions, and yet all agrees; the same again from the same seed; never among real cases."""

from datetime import date
from random import Random
from typing import Any

import pytest
from tests import factories

from heed.audit import queries as audit
from heed.cases.models import Case, CaseEvent
from heed.config.cli import main
from heed.config.demonstration.places import CODES
from heed.config.seeding import items, staff, words
from heed.config.seeding.history import History
from heed.config.seeding.run import SHARES
from heed.config.seeding.writing import Rows, first_free
from heed.facts.models import ActionFact, CaseFact, FeedbackFact
from heed.feedback.models import Feedback, Narrative
from heed.feedback.rules import nhs_number_is_valid
from heed.learning.models import Recurrence
from heed.organisations.models import Organisation

UNTIL = "2026-11-22"
CASES = 300
KINDS = {
    "received", "registered", "acknowledged", "risk_rated", "issue_added", "plan_agreed", "extended", "contact_logged",
    "evidence_added", "finding_recorded", "remedy_agreed", "remedy_delivered", "response_sent", "closed", "withdrawn",
    "settled_orally", "reopened", "escalated",
}  # fmt: skip


def seed(*more: str, cases: int = CASES) -> int:
    return main(["seed", "--cases", str(cases), "--until", UNTIL, *more])


@pytest.fixture
def seeded(db: None) -> None:
    assert seed() == 0


def test_all_that_follows_from_the_rows_agrees(db: None, capsys: Any) -> None:
    assert seed() == 0
    assert capsys.readouterr().out.strip().splitlines()[-1].startswith(f"seeded {CASES} cases in ")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "0 differences\n"
    assert Case.objects.count() == CASES
    assert Feedback.objects.count() == FeedbackFact.objects.count() == 2 * CASES
    entry = audit.by_actor(kind="system", actor_id="seed").get()
    assert (entry.verb, entry.detail["cases"]) == ("seeded", CASES)


def test_there_is_something_of_everything(seeded: None) -> None:
    """What pages and measures tell apart is there, one long history, and words to search for."""
    assert set(CaseEvent.objects.values_list("kind", flat=True)) >= KINDS
    assert set(Case.objects.values_list("organisation__code", flat=True)) == set(CODES)
    assert set(CaseFact.objects.values_list("outcome", flat=True)) >= {
        "upheld",
        "partly_upheld",
        "not_upheld",
        "settled",
    }
    assert 0.2 < Case.objects.filter(next_step__gt="").count() / CASES < 0.6
    assert ActionFact.objects.filter(completed_on__isnull=False).exists()
    assert CaseFact.objects.filter(learning_actions=1).count() == ActionFact.objects.count()
    again = Recurrence.objects.select_related("point")
    assert again
    assert all(one.point.at < one.at and one.point.case_id != one.case_id for one in again)
    long = Case.objects.get(event_count=500)
    assert CaseEvent.objects.filter(case=long).count() == 500
    assert long.organisation.code == CODES[0]
    told = Narrative.objects.filter(feedback__case__isnull=False)
    assert told.filter(text__contains=words.data()["rare_word"]).count() == 1
    assert told.filter(text__contains=words.data()["common_word"]).count() > CASES * 0.8
    assert all(50 <= len(text.split()) <= 160 for text in told.values_list("text", flat=True))


def test_a_second_run_adds_to_its_own_and_others_end_it(seeded: None, capsys: Any) -> None:
    assert seed(cases=40) == 0
    assert Case.objects.count() == CASES + 40
    assert Feedback.objects.values("reference").distinct().count() == 2 * (CASES + 40)
    assert main(["check"]) == 0
    factories.case(Organisation.objects.get(code="dept-works"))  # its keys do not stand in the way
    assert seed() == 2
    assert "1 case that `heed seed` did not make" in capsys.readouterr().err


def test_the_same_seed_gives_the_same_rows(db: None) -> None:
    seed(cases=1)
    first = first_free()
    everybody = tuple(staff.bodies(CODES))

    def made(number: int) -> dict[str, Any]:
        rows = Rows(first)
        recipe = items.Recipe(
            bodies=everybody, shares=SHARES, history=History(date(2026, 11, 22), 30), seed=number, cases=60, begins=1,
            first_feedback=first["Feedback"], first_case=first["Case"], stall=(0.1, 0.7),
        )  # fmt: skip
        items.make(recipe, range(60), rows)
        return rows.of

    assert made(7) == made(7)
    assert made(7)["CaseFact"] != made(8)["CaseFact"]


@pytest.mark.parametrize("kind", ["complaint", "concern"])
def test_it_refuses_a_database_with_a_case_that_it_did_not_make(db: None, capsys: Any, kind: str) -> None:
    factories.case(factories.organisation(), kind=kind)
    before = Feedback.objects.count()
    assert seed() == 2
    assert "1 case that `heed seed` did not make" in capsys.readouterr().err
    assert Feedback.objects.count() == before


def test_it_refuses_organisations_of_others(db: None, capsys: Any) -> None:
    factories.organisation()
    assert seed() == 2
    assert "organisations that `heed seed` did not make" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_it_asks_for_a_number_of_cases(number: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["seed", "--cases", number])
    assert ended.value.code == 2


def test_references_never_repeat() -> None:
    made = {items.reference("RV", number) for number in range(20_000)}
    assert len(made) == 20_000


def test_days_come_in_order_and_none_is_of_today() -> None:
    history = History(date(2026, 11, 22), 30)
    days = [history.day(place / 1000) for place in range(1001)]
    assert days == sorted(days)
    assert days[0] < date(2024, 6, 1)
    assert days[-1] == date(2026, 11, 21)


def test_nhs_numbers_hold() -> None:
    assert all(nhs_number_is_valid(words.nhs_number(Random(number))) for number in range(200))


def test_it_refuses_a_case_that_has_no_submission_key(db: None, capsys: Any) -> None:
    """As the past of the demonstration has none."""
    made = factories.case(factories.organisation())
    Feedback.objects.filter(pk=made.feedback_id).update(submission_key=None)
    assert seed() == 2
    assert "1 case that" in capsys.readouterr().err
