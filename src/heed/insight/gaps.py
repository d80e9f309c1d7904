"""The gaps and contradictions that facts can tell of themselves, as declarations (R194). Each is counted as a share, by the
same compilation and engine as the measures."""

from dataclasses import dataclass
from datetime import date

from heed.design import words
from heed.insight.measures.declaration import Condition, Has, Is, Measure, NotBy, Table
from heed.organisations.code_lists.provenance import Status

REVIEWED = date(2026, 11, 22)
IS_CLOSED = (Has("closed_on"),)
# How a sentence goes on after "1 of 20 cases", and after "3 of 20 cases".
ONE = {"has": "has", "was": "was", "are": "is", "they": "it", "their": "its", "name": "names", "count": "counts"}
SEVERAL = {word: word for word in ONE} | {"has": "have", "was": "were"}


@dataclass(frozen=True)
class Check:
    """Something that should not be, or that a reader should know. `broken` counts it `among` rows of one table of facts.
    `columns`: it matters to a measure that uses one of them; none: to every measure of the table. `says`: what comes
    after the number, with the words of ONE in braces."""

    key: str
    table: Table
    broken: Condition
    says: str
    columns: frozenset[str] = frozenset()
    nouns: tuple[str, str] = ("case", "cases")
    among: tuple[Condition, ...] = ()

    def as_share(self, on: str) -> Measure:
        """The share of what is broken, by a date column."""
        return Measure(
            key=self.key, name=self.key, shape="share", why="", numerator="", denominator="", source="Heed",
            status=Status.INFERRED, reviewed_on=REVIEWED, table=self.table, on=on, population=self.among,
            among=(self.broken,),
        )  # fmt: skip

    def sentence(self, counted: int, of: int) -> str:
        """3 of 20 cases have no subject."""
        return sentence(counted, of, self.nouns, self.says)


def sentence(counted: int, of: int, nouns: tuple[str, str], says: str) -> str:
    """3 of 20 cases have no subject. `says` with the words of ONE in braces."""
    return f"{counted:,} of {words.count(of, *nouns)} {says.format(**(ONE if counted == 1 else SEVERAL))}."


def _lacks(column: str) -> Condition:
    """The day or number is not known: not by itself is never true of one that is."""
    return NotBy(column, column)


def _before_receipt(column: str) -> Condition:
    """The day is before that of receipt, which every case has: receipt is not by that day."""
    return NotBy("received_on", column)


def _closed(key: str, broken: Condition, says: str, *columns: str) -> Check:
    return Check(key, "case", broken, says, frozenset(columns), ("closed case", "closed cases"), IS_CLOSED)


def _contradiction(key: str, what: str, day: str, *columns: str) -> Check:
    says = f"{{was}} {what} before {{they}} {{was}} received"
    return Check(key, "case", _before_receipt(day), says, frozenset({day, *columns}))


_ITEMS = ("item of feedback", "items of feedback")
_NO_SERVICE = "{name} no service, so {they} {are} in no figure by service"
_SUBJECT = frozenset({"subject"})
_OF_A_FILE = frozenset(
    {
        *("acknowledge_due_on", "original_due_on", "current_due_on", "unpaused_due_on", "extensions", "outcome"),
        *("acknowledged_on", "responded_on", "stage_1_responded_on", "working_days"),
    }
)
CHECKS = (
    Check("no_service", "feedback", Is("service", ("",)), _NO_SERVICE, nouns=_ITEMS),
    Check("no_subject", "feedback", Is("subject", ("",)), "{has} no subject", _SUBJECT, _ITEMS),
    Check("no_service", "case", Is("service", ("",)), _NO_SERVICE),
    Check("no_subject", "case", Is("subject", ("",)), "{has} no subject", _SUBJECT),
    _closed("no_risk", Is("risk", ("",)), "{was} never rated for {their} risk", "risk"),
    Check(
        "imported",
        "case",
        Is("imported", (True,)),
        "{was} brought in from a file, and {are} only as complete as that file",
        _OF_A_FILE,
    ),
    _closed(
        "no_due",
        _lacks("original_due_on"),
        "{has} no day on record by which the answer was first told",
        "original_due_on",
    ),
    _contradiction("acknowledged_before_received", "acknowledged", "acknowledged_on"),
    _contradiction("answered_before_received", "answered", "responded_on", "stage_1_responded_on", "working_days"),
    _contradiction("closed_before_received", "closed", "first_closed_on", "closed_on"),
    _closed(
        "no_answer", _lacks("working_days"), "{has} no day of an answer or a settlement on record",
        "working_days", "responded_on",
    ),
    _closed("no_outcome", Is("outcome", ("",)), "{has} no outcome on record", "outcome"),
    Check("no_service", "remedy", Is("service", ("",)), _NO_SERVICE, nouns=("remedy", "remedies")),
    Check("no_service", "action", Is("service", ("",)), _NO_SERVICE, nouns=("action", "actions")),
)  # fmt: skip
