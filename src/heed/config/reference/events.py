"""Every kind of event, with the sentence that it is told by."""

from collections.abc import Callable
from typing import Any

from heed.cases import lifecycle as case_lifecycle
from heed.cases import sentences as cases
from heed.config.reference import page as make_page
from heed.config.reference import table
from heed.learning import analysis_sentences as analyses
from heed.learning import lifecycle as action_lifecycle
from heed.learning import proportion
from heed.learning import sentences as learning

DAY = "2026-05-05"
DAYS = ("until", "due_on", "was_due_on", "delivered_on", "finish_on", "started_on", "done_on", "completed_on", "to")
FALSE = ("again", "own_service", "is_update", "again_on", "standing")
CODES = {
    "version": 1,
    "agreed": "agreed",
    "approach": "early",
    "by": "agreement",
    "result": "accepted",
    "check": "progress",
    "worked": True,
    "of": "promised",
    "finish_was": "",
    "factor": "job_tasks",
    "contributed": "yes",
    "extent": "systemic",
    "way": "link",
}
# What a sentence looks up; every other value stands as its name.
KNOWN: dict[str, Any] = dict.fromkeys(DAYS, DAY) | dict.fromkeys(FALSE, False) | CODES


class Example(dict[str, Any]):
    """An event's data, made up as the sentence asks for it."""

    def __missing__(self, key: str) -> Any:
        return Example() if key == "clock" else KNOWN.get(key, f"({key.removesuffix('_id').replace('_', ' ')})")


class CaseNames(cases.Names):
    def person(self, person_id: Any) -> str:  # noqa: ARG002
        return "(a person)"

    def issue(self, issue_id: Any) -> str:  # noqa: ARG002
        return "issue 1"

    def channel(self, code: str) -> str:  # noqa: ARG002
        return "phone"


class ActionNames(learning.Names):
    def person(self, person_id: Any) -> str:  # noqa: ARG002
        return "(a person)"

    def owner(self, data: dict[str, Any]) -> str:  # noqa: ARG002
        return "(a person)"


class AnalysisNames(analyses.Names):
    def case(self, case_id: Any) -> str:  # noqa: ARG002
        return "(a case)"

    def voice(self, contribution_id: Any) -> str:  # noqa: ARG002
        return "(somebody)"


def page() -> str:
    return make_page(
        "Kinds of event",
        "the sentences of cases, of actions and of analyses",
        "What can happen, and how it is told. An event holds codes, dates and numbers of rows, never a name and never "
        "anybody's words: the sentence is made from the rows when it is shown, so that erasing a person or their words "
        "leaves the log whole. Events are never changed nor removed; the database itself refuses it.",
        "## Of a case",
        table(
            ["kind", "told as", "the case is then", "the person sees it"],
            [
                (f"`{kind}`", example(teller, CaseNames()), state(kind), "yes" if kind in cases.PUBLIC_KINDS else "")
                for kind, teller in cases.SENTENCES.items()
            ],
        ),
        "## Of an action",
        table(
            ["kind", "told as", "the action is then"],
            [
                (f"`{kind}`", example(teller, ActionNames()), action_state(kind))
                for kind, teller in learning.SENTENCES.items()
            ],
        ),
        "## Of an analysis of why something happened",
        table(
            ["kind", "told as", "the analysis is then"],
            [
                (f"`{kind}`", example(teller, AnalysisNames()), analysis_state(kind))
                for kind, teller in analyses.SENTENCES.items()
            ],
        ),
    )


def example(teller: Callable[[dict[str, Any], Any], str], names: object) -> str:
    """What follows "who"."""
    return f"… {teller(Example(), names)}"


def state(kind: str) -> str:
    return case_lifecycle.STATUSES[case_lifecycle.after(kind)] if kind in case_lifecycle.MOVES else ""


def action_state(kind: str) -> str:
    return action_lifecycle.STATES[action_lifecycle.after(kind)] if kind in action_lifecycle.MOVES else ""


def analysis_state(kind: str) -> str:
    return proportion.STATES[proportion.MOVES[kind][1]] if kind in proportion.MOVES else ""
