"""Pure decisions about what arrives."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

KINDS = [("complaint", "Complaint"), ("concern", "Concern"), ("comment", "Comment"), ("compliment", "Compliment")]
BODIES = [("provider", "The organisation that provided the care"), ("commissioner", "The commissioner")]
MAY_BE_A_COMPLAINT = ("complaint", "concern")
ORAL_CHANNELS = ("phone", "in_person")
LONGEST_TEXT = 100_000
PREFER_NOT_TO_SAY = "prefer_not_to_say"
HEAR_OF_CHANGES = "Tell me if something changes because of this"  # the same words wherever it is asked
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Pace:
    """How many of something one place may send within a time; `most` 0: as many as it likes. `what` names the something
    in the keys under which it is counted."""

    what: str
    most: int
    within: timedelta = timedelta(hours=1)


# One form holds ten files at most; this leaves room to take some away and choose others, many times over.
FILES_OF_A_FORM = Pace("file of a form", 60)
# Messages of one person about one case: nobody writes one every two minutes for an hour.
MESSAGES_OF_A_CASE = Pace("message", 30)
# Codes for one link, each with five tries at a million: guessing all its fourteen days succeeds once in 120.
CODES_OF_A_LINK = Pace("code of a link", 5)

_UNSAFE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as it is kept: NUL and lone surrogates, which no database holds, become the replacement character."""
    return _UNSAFE.sub("\ufffd", text)


def gist(text: str, length: int = 140) -> str:
    """One line of their words, cut at a word, for lists."""
    line = " ".join(clean(text).split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def opens_case(kind: str) -> bool:
    """Whatever may be a complaint opens its case, so that the clock runs from receipt."""
    return kind in MAY_BE_A_COMPLAINT


def why_not_receive(text: str, received_at: datetime, at: datetime, happened_on: date | None) -> str | None:
    """A sentence when it cannot be taken as it is, else None."""
    if not text.strip():
        return "Tell us what happened, in your own words."
    if len(text) > LONGEST_TEXT:
        return f"This is longer than {LONGEST_TEXT:,} characters. Send the rest as a file."
    if received_at > at:
        return "The day it was received cannot be in the future."
    if received_at.date() < EARLIEST:
        return f"The day it was received must be after {EARLIEST.year}."
    if happened_on is not None and happened_on > at.date():
        return "The day it happened cannot be in the future."
    if happened_on is not None and happened_on < EARLIEST:
        return f"The day it happened must be after {EARLIEST.year}."
    return None


def nhs_number_is_valid(number: str) -> bool:
    """The modulus 11 check of an NHS number: ten digits, the last one worked out from the first nine."""
    if not re.fullmatch(r"[0-9]{10}", number):
        return False
    digits = [int(digit) for digit in number]
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return (0 if check == 11 else check) == digits[9] and check != 10
