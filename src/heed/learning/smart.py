"""Whether an action is SMART as it is written: specific, measurable, achievable, relevant, time-bound (R153). Pure: words and
days in, questions out. A question never blocks: whoever has looked may keep the wording, and says why.

The rules are general on purpose. How they did on actions that they had never seen, and what they learned from them, stands in
tests/learning/test_smart.py: a convincing action without content may pass, so somebody still reads each of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from heed.learning.rules import Promised, day
from heed.learning.smart_looks import PICTURE, WHOLE
from heed.learning.smart_words import ANYWHERE, COSTS, EVERYBODY, LOOKED, NOTHING, NUMBER, PLAIN, STEP, Phrase

LETTERS = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Achievable",
    "R": "Relevant",
    "T": "Time-bound",
}
FAR = timedelta(days=365)
SHORT = timedelta(days=14)
FEWEST_IN_A_CHECK = 3
LONGEST_QUOTE = 90


@dataclass(frozen=True)
class Question:
    """One thing to look at again. `example`: how it could be said, of their own words where they allow it."""

    code: str
    letter: str
    field: str
    sentence: str
    example: str

    @property
    def name(self) -> str:
        return LETTERS[self.letter]


# Whether an action answers what was learned is seen from shared words, which is a guess: it is asked beside something else.
NEVER_ALONE = ("answers",)


def questions(promised: Promised, *, learned: str) -> list[Question]:
    """What to look at again before it is promised, at most one for each field and letter, in the order of the letters."""
    say = _Sayer(promised)
    found = [
        *_of_step(promised, say), *_anywhere(promised, say), *_pictured(promised, say), *_measurable(promised, say),
        *_achievable(promised, say), *_relevant(promised, learned, say), *_in_time(promised, say),
    ]  # fmt: skip
    first: dict[tuple[str, str], Question] = {}
    for question in found:
        first.setdefault((question.field, question.letter), question)
    if all(question.code in NEVER_ALONE for question in first.values()):
        return []
    return sorted(first.values(), key=lambda question: list(LETTERS).index(question.letter))


class _Sayer:
    """Fills the days and their own words into sentences and examples."""

    def __init__(self, promised: Promised):
        self.days = {"start": day(promised.start_on), "finish": day(promised.finish_on)}
        self.owner = promised.outside_name.strip() or "the owner"

    def __call__(self, code: str, letter: str, field: str, sentence: str, example: str, **words: str) -> Question:
        fill = {**self.days, "owner": self.owner, "about": "", "found": "", **words}
        said = example.format(**fill)
        return Question(code, letter, field, sentence.format(**fill), said[:1].upper() + said[1:])

    def of(self, phrase: Phrase, field: str, match: re.Match[str]) -> Question:
        about = next((words for words in match.groupdict().values() if words and words.strip()), "")
        if "“{about}”" in phrase.example and not about.strip():
            about = " it"
        is_middle = "{about}," in phrase.example and about.strip()
        about = f" {_quoted(about)}" if is_middle else _quoted(about)
        return self(
            phrase.code, phrase.letter, field, phrase.sentence, phrase.example, about=about, found=match.group()
        )


def _quoted(words: str) -> str:
    """Their own words, short enough to stand in an example."""
    plain = " ".join(words.split()).strip(" .,;:")
    return plain if len(plain) <= LONGEST_QUOTE else f"{plain[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def _of_step(promised: Promised, say: _Sayer) -> Iterator[Question]:
    step = promised.step.strip()
    for phrase in STEP:
        if match := phrase.pattern.search(step):
            yield say.of(phrase, "step", match)
            return
    for look in WHOLE:
        if look.is_it(step):
            yield say(look.code, "S", "step", look.sentence, look.example)
            return


def _anywhere(promised: Promised, say: _Sayer) -> Iterator[Question]:
    for field in ("step", "completion_check", "impact_check"):
        for phrase in ANYWHERE:
            if match := phrase.pattern.search(getattr(promised, field)):
                yield say.of(phrase, field, match)


def _pictured(promised: Promised, say: _Sayer) -> Iterator[Question]:
    if PICTURE.is_it(promised.step):
        yield say(PICTURE.code, "S", "step", PICTURE.sentence, PICTURE.example)


def _measurable(promised: Promised, say: _Sayer) -> Iterator[Question]:
    check, impact = promised.completion_check, promised.impact_check
    if len(check.split()) < FEWEST_IN_A_CHECK or not (NUMBER.search(check) or LOOKED.search(check)):
        yield say(
            "check", "M", "completion_check",
            "What will be looked at, how many, and what would show that it did not work?",
            "Somebody who did not do it looks at ten of them after {finish}. Nine or more have to be right.",
        )  # fmt: skip
    if NOTHING.match(impact) or len(impact.split()) < 2:
        yield say(
            "impact", "M", "impact_check",
            "What would people notice, and what can be counted of it?",
            "Count what went wrong for people here, month by month, before {start} and after {finish}.",
        )  # fmt: skip


def _achievable(promised: Promised, say: _Sayer) -> Iterator[Question]:
    if EVERYBODY.search(promised.step) and promised.finish_on - promised.start_on < SHORT:
        yield say(
            "everybody", "A", "finish_on",
            "Can everybody be reached in so few days, with leave and nights? A promise that is missed is a second failing.",
            "Begin with one team until {finish}, and promise the others as a second action.",
        )  # fmt: skip
    if COSTS.search(promised.step) and not promised.resources.strip():
        yield say(
            "resources", "A", "resources",
            "This needs money or people. Where do they come from, and who has agreed?",
            "Say what it needs, and who agreed to it on which day.",
        )  # fmt: skip


def _relevant(promised: Promised, learned: str, say: _Sayer) -> Iterator[Question]:
    if NOTHING.match(promised.standard_met):
        yield say(
            "standard", "R", "standard_met",
            "Against what will others judge it? A policy, a guideline or a promise to the public will do. If there is none, "
            "say so in words.",
            "There is no standard for this; we go by what the person told us would have helped.",
        )  # fmt: skip
    said = _stems(" ".join((promised.step, promised.completion_check, promised.impact_check, promised.embedded)))
    if learned.strip() and not said & _stems(learned):
        yield say(
            "answers", "R", "step",
            "How does this answer what was learned: “{about}”? Somebody who reads only the action should see it.",
            "Use the words of what was learned: what happened there cannot happen from {start} on, because …",
            about=_quoted(learned),
        )  # fmt: skip


def _stems(text: str) -> set[str]:
    """The first five letters of each longer word: enough to see that two texts speak of the same things."""
    words: Callable[[str], list[str]] = re.compile(r"[a-z]{4,}").findall
    return {word[:5] for word in words(text.lower()) if word not in PLAIN}


def _in_time(promised: Promised, say: _Sayer) -> Iterator[Question]:
    if promised.finish_on - promised.start_on > FAR:
        yield say(
            "far", "T", "finish_on",
            "This is more than a year off. What can people notice sooner?",
            "Promise what is different in three months, and the rest as a second action that waits for it.",
        )  # fmt: skip
