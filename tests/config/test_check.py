"""`heed check` sees each thing that can go apart, and says nothing when all agrees."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests import factories

from heed.audit import triggers
from heed.cases.models import Case, CaseEvent, Remedy
from heed.config.cli import main
from heed.facts.models import CaseFact, FeedbackFact, RemedyFact
from heed.feedback.models import Feedback
from heed.search.models import Entry


def check(capsys: Any, *arguments: str) -> tuple[int, str]:
    code = main(["check", *arguments])
    return code, capsys.readouterr().out


@pytest.fixture
def case(db: None, settings: Any, tmp_path: Path) -> Case:
    settings.HEED_DATA = tmp_path  # what other tests left lying is none of this check
    of = factories.organisation()
    handler, investigator = factories.person(of, "handler"), factories.person(of, "investigator")
    factories.received(of, kind="compliment")
    return factories.answered(of, handler, investigator, factories.person(of, "responsible_person"))


def test_all_agrees(case: Case, capsys: Any) -> None:
    assert check(capsys) == (0, "0 differences\n")
    assert check(capsys, "--sample", "1")[0] == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda case: Case.objects.filter(pk=case.pk).update(status="registered"), "its log says 'responded'"),
        (lambda case: Case.objects.filter(pk=case.pk).update(respond_by="2030-01-01"), "respond_by is 2030-01-01"),
        (lambda case: Case.objects.filter(pk=case.pk).update(event_count=3), "events 1 to 3"),
        (lambda case: CaseFact.objects.update(outcome="upheld!"), "fact outcome is upheld!"),
        (lambda case: CaseFact.objects.all().delete(), "it has no fact row"),
        (lambda case: FeedbackFact.objects.update(channel="phone"), "fact channel is phone"),
        (lambda case: Entry.objects.filter(kind="case").delete(), "no search entry"),
        (lambda case: Feedback.objects.filter(case__isnull=True).update(kind="comment"), "fact kind is compliment"),
        (lambda case: Remedy.objects.create(case=case, kind="apology", description="Sorry", due_on="2026-04-01",
                                            agreed_at=case.received_at), "has no fact row"),
        (lambda case: RemedyFact.objects.all().delete() and CaseFact.objects.create(
            case_id="999", feedback_id="9", kind="complaint", channel="web", procedure="ukcg", received_on="2026-01-01",
            organisation="x"), "no such case"),
    ],
)  # fmt: skip
def test_each_difference_has_a_line(case: Case, capsys: Any, spoil: Any, words: str) -> None:
    spoil(case)
    code, out = check(capsys)
    assert code == 1
    assert words in out


def test_a_missing_trigger_is_seen(case: Case, capsys: Any) -> None:
    triggers.lift(connection, CaseEvent._meta.db_table)
    code, out = check(capsys)
    triggers.make_all(connection)
    assert code == 1
    assert "trigger" in out


def test_a_missing_index_is_seen(case: Case, capsys: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX case_worklist")
    code, out = check(capsys)
    assert code == 1
    assert "the index case_worklist of cases_case is missing" in out
