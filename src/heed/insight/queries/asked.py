"""What a page of figures may be asked for."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from heed.insight.measures.declaration import Condition, Is, Measure
from heed.insight.periods import CHOICES

# Columns of the facts by which figures are told apart, as the page heads them. Remedies and actions know their service only.
BY = {"service": "By service", "subject": "By theme", "channel": "By channel", "kind": "By type"}
FURTHER = ("case", "feedback")


@dataclass(frozen=True)
class Asked:
    """service: the code that the page is narrowed to, None for all that may be seen. months: whole months that are drawn.
    by: the column that is told apart. subject, channel: codes that the page is narrowed to, "" for all. cohort: by the month
    of receipt instead of the month of closing."""

    service: str | None = None
    months: int = CHOICES[0]
    by: str = "service"
    subject: str = ""
    channel: str = ""
    cohort: bool = False

    @property
    def only(self) -> tuple[Condition, ...]:
        """What narrows the facts, beside the service."""
        narrowed = (("subject", self.subject), ("channel", self.channel))
        return tuple(Is(column, (code,)) for column, code in narrowed if code)

    @property
    def is_narrowed(self) -> bool:
        """Whether the page is about less than a service or the whole."""
        return bool(self.subject or self.channel)

    def but(self, **changed: Any) -> "Asked":
        return replace(self, **changed)

    @property
    def query(self) -> str:
        """As an address says it: "?months=24&by=subject"."""
        return f"?{urlencode(dict(self._named()))}"

    def _named(self) -> list[tuple[str, str]]:
        pairs = [
            ("service", self.service or ""),
            ("months", str(self.months)),
            ("by", "" if self.by == "service" else self.by),
            ("subject", self.subject),
            ("channel", self.channel),
            ("cohort", "yes" if self.cohort else ""),
        ]
        return [(name, value) for name, value in pairs if value]


def told_apart_by(measure: Measure) -> list[str]:
    """The columns by which a measure can be told apart."""
    if measure.shape == "rate":  # activity is known by service only
        return ["service"]
    if measure.table not in FURTHER:
        return ["service", *measure.splits]
    return ["service", "subject", "channel", *_kind(measure)]


def _kind(measure: Measure) -> list[str]:
    one_kind = any(isinstance(condition, Is) and condition.column == "kind" for condition in measure.population)
    return [] if one_kind else ["kind"]
