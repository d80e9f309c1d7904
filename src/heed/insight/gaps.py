"""The gaps and contradictions that facts can tell of themselves, as declarations (R194)."""

from dataclasses import dataclass, field

from django.db.models import F, Q

from heed.design import words
from heed.insight.measures.declaration import Table

IS_CLOSED = Q(closed_on__isnull=False)
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
    broken: Q
    says: str
    columns: frozenset[str] = frozenset()
    nouns: tuple[str, str] = ("case", "cases")
    among: Q = field(default_factory=Q)

    def sentence(self, counted: int, of: int) -> str:
        """3 of 20 cases have no subject."""
        return sentence(counted, of, self.nouns, self.says)


def sentence(counted: int, of: int, nouns: tuple[str, str], says: str) -> str:
    """3 of 20 cases have no subject. `says` with the words of ONE in braces."""
    return f"{counted:,} of {words.count(of, *nouns)} {says.format(**(ONE if counted == 1 else SEVERAL))}."


def _closed(key: str, broken: Q, says: str, *columns: str) -> Check:
    nouns = ("closed case", "closed cases")
    return Check(key, "case", broken & IS_CLOSED, says, frozenset(columns), nouns, IS_CLOSED)


def _contradiction(key: str, what: str, *columns: str) -> Check:
    broken = Q()
    for column in columns:
        if column != "working_days":
            broken |= Q(**{f"{column}__lt": F("received_on")})
    return Check(key, "case", broken, f"{{was}} {what} before {{they}} {{was}} received", frozenset(columns))


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
    Check("no_service", "feedback", Q(service=""), _NO_SERVICE, nouns=_ITEMS),
    Check("no_subject", "feedback", Q(subject=""), "{has} no subject", _SUBJECT, _ITEMS),
    Check("no_service", "case", Q(service=""), _NO_SERVICE),
    Check("no_subject", "case", Q(subject=""), "{has} no subject", _SUBJECT),
    _closed("no_risk", Q(risk=""), "{was} never rated for {their} risk", "risk"),
    Check(
        "imported",
        "case",
        Q(imported=True),
        "{was} brought in from a file, and {are} only as complete as that file",
        _OF_A_FILE,
    ),
    _closed(
        "no_due",
        Q(original_due_on__isnull=True),
        "{has} no day on record by which the answer was first told",
        "original_due_on",
    ),
    _contradiction("acknowledged_before_received", "acknowledged", "acknowledged_on"),
    _contradiction("answered_before_received", "answered", "responded_on", "stage_1_responded_on", "working_days"),
    _contradiction("closed_before_received", "closed", "closed_on", "first_closed_on"),
    _closed(
        "no_answer", Q(working_days__isnull=True), "{has} no day of an answer or a settlement on record",
        "working_days", "responded_on",
    ),
    _closed("no_outcome", Q(outcome=""), "{has} no outcome on record", "outcome"),
    Check("no_service", "remedy", Q(service=""), _NO_SERVICE, nouns=("remedy", "remedies")),
    Check("no_service", "action", Q(service=""), _NO_SERVICE, nouns=("action", "actions")),
)  # fmt: skip
