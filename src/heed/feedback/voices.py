"""What other voices may be recorded, and how: pure. Grievances, whistleblowing and staff surveys are numbers only, and a
number under five is kept as "fewer than five" and of no service, because few people are soon recognised (R186)."""

from dataclasses import dataclass
from datetime import date

NUMBERS_ONLY = frozenset({"staff_survey", "grievance", "whistleblowing"})
NO_SERVICE_WHEN_FEW = frozenset({"grievance", "whistleblowing"})
OF_HOW_MANY = frozenset({"staff_survey"})
FEW = 5
MOST = 1_000_000
LONGEST_WORDS, LONGEST_WHERE = 4000, 200
EARLIEST = date(2000, 1, 1)
TONES = {"good": "Something good", "mixed": "Some of each", "bad": "Something that could be better"}
Refusal = tuple[str, str]


@dataclass(frozen=True)
class Heard:
    """Something heard elsewhere, as it is entered. `number` None: fewer than five. `of_how_many`: who answered a staff survey.
    `tone` "": not known. `service_id` None and `subject` "": not of one service, not said what about."""

    source: str
    heard_on: date
    number: int | None = 1
    from_on: date | None = None
    service_id: int | None = None
    subject: str = ""
    tone: str = ""
    where: str = ""
    words: str = ""
    of_how_many: int | None = None


def few(source: str, number: int | None) -> int | None:
    """The number as it may be kept: of those whose numbers alone are told, one under five is not."""
    return None if source in NO_SERVICE_WHEN_FEW and number is not None and number < FEW else number


def why_not_record(heard: Heard, today: date) -> Refusal | None:
    """(a sentence, the field that it concerns) when it cannot be kept like this."""
    return _why_not_when(heard, today) or _why_not_number(heard) or _why_not_words(heard)


def _why_not_when(heard: Heard, today: date) -> Refusal | None:
    if heard.heard_on > today:
        return "This day is in the future. Record what was heard, not what will be.", "heard_on"
    if heard.heard_on < EARLIEST:
        return f"Enter a day since {EARLIEST.year}.", "heard_on"
    if heard.from_on and heard.from_on < EARLIEST:
        return f"Enter a first day since {EARLIEST.year}.", "from_on"
    if heard.from_on and heard.from_on > heard.heard_on:
        return "The first day of the period is after its last. Check both.", "from_on"
    return None


def _why_not_number(heard: Heard) -> Refusal | None:
    if heard.number is not None and not 1 <= heard.number <= MOST:
        return f"Enter how many there were: a whole number from 1 to {MOST:,}.", "number"
    if heard.source in NO_SERVICE_WHEN_FEW and heard.service_id and (heard.number is None or heard.number < FEW):
        return (
            "With fewer than five, leave out the service: the people behind them could be recognised.",
            "service_id",
        )
    if heard.source in OF_HOW_MANY and not (heard.of_how_many and (heard.number or 0) <= heard.of_how_many <= MOST):
        return "Say how many answered: at least as many as said this.", "of_how_many"
    return None


def _why_not_words(heard: Heard) -> Refusal | None:
    if heard.source in NUMBERS_ONLY and heard.words.strip():
        return "Of these only numbers are kept. Take the words out; what was learned belongs in the library.", "words"
    if heard.source not in NUMBERS_ONLY and not (heard.words.strip() or heard.subject):
        return "Write what was said, or choose what it is about.", "words"
    if len(heard.words) > LONGEST_WORDS:
        return f"Keep it to {LONGEST_WORDS:,} characters.", "words"
    return None
