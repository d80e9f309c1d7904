"""The ways that cases take, from receipt to wherever they have come by the end."""

from collections.abc import Callable
from contextlib import suppress

from heed.config.seeding import answering, steps
from heed.config.seeding.making import Making, Over
from heed.feedback.rules import ORAL_CHANNELS

EARLY_DAYS, CLOSER_DAYS = (8, 20), (20, 40)  # working days that are agreed for the answer
LONG = 500  # entries in the history of the one long case


def run(m: Making, *, quick: bool = False) -> None:
    """Let the case go its way as far as the time allows. `quick`: it is settled within days."""
    take(_choose(m, quick), m)


def take(way: Callable[[Making], None], m: Making) -> None:
    """Go this way, as far as the time allows."""
    with suppress(Over):
        way(m)
    steps.keep_remedies(m)


def _choose(m: Making, quick: bool) -> Callable[[Making], None]:
    chance = m.chance
    oral = m.procedure.settled_orally_allowed and m.case.feedback.channel in ORAL_CHANNELS
    if oral and chance.random() < (0.9 if quick else 0.25):
        return answering.settle_orally
    if quick:
        return _at_once
    share = chance.random()
    if share < 0.02:
        return _withdrawn
    return _early if share < 0.42 or (m.case.kind == "concern" and share < 0.7) else _closer


def _begin(m: Making) -> None:
    steps.register(m)
    steps.acknowledge(m)
    steps.rate(m)


def _at_once(m: Making) -> None:
    """Early resolution without waiting for anything."""
    steps.register(m)
    steps.acknowledge(m)
    steps.rate(m)
    steps.choose(m, "early")
    answering.answer(m)
    answering.close(m)


def _early(m: Making) -> None:
    _begin(m)
    steps.choose(m, "early")
    if m.procedure.period_is_agreed or m.chance.random() < 0.4:
        steps.plan(m, EARLY_DAYS)
    steps.contact(m, with_person=True, days=m.chance.choice((0, 1, 2)))
    if m.chance.random() < 0.3:
        steps.put_right(m, always=True)
    answering.answer(m, _days_to_answer(m))
    answering.close(m)
    _after(m)


def _withdrawn(m: Making) -> None:
    _begin(m)
    answering.withdraw(m)
    answering.answer(m, 1)
    answering.close(m)


def _closer(m: Making) -> None:
    _begin(m)
    steps.split(m)
    steps.choose(m, "closer")
    if m.procedure.period_is_agreed or m.chance.random() < 0.6:
        steps.plan(m, CLOSER_DAYS)
    steps.assign(m)
    _look_into(m)
    steps.find(m)
    steps.put_right(m)
    answering.answer(m, _days_to_answer(m))
    answering.close(m)
    _after(m)


def _look_into(m: Making) -> None:
    """Conversations, evidence and messages, in about two thirds of the time that there is."""
    promised = m.promised()
    left = m.calendar.working_days_between(m.now.date(), promised) if promised else 20
    many = m.chance.randrange(2, 6)
    each = max(0, left * 2 // 3 // many)
    for number in range(many):
        what = m.chance.random()
        if what < 0.35:
            steps.evidence(m, each)
        elif what < 0.9:
            steps.contact(m, with_person=number % 2 == 1, days=each)
        else:
            steps.message(m, "in")
            steps.message(m, "out")
    if m.procedure.timescales.pauses_move and m.chance.random() < 0.1:
        steps.pause(m)


def _days_to_answer(m: Making) -> int:
    """Working days from now to the answer: mostly by the promised day, some after more time was told, some late."""
    promised = m.promised()
    if promised is None:
        return m.chance.randrange(1, 8)
    left = m.calendar.working_days_between(m.now.date(), promised)
    how = m.chance.random()
    if how < 0.14 and left > 0:
        steps.extend(m, m.chance.randrange(3, 10), agreed=m.chance.random() < 0.85)
        return left + m.chance.randrange(1, 8)
    if how < 0.25:
        return max(0, left) + m.chance.randrange(3, 25)
    return max(0, left - m.chance.randrange(1, 6))


def _after(m: Making) -> None:
    """Remedies, and now and then a way back."""
    how = m.chance.random()
    steps.deliver(m)
    if how < 0.03:
        answering.reopen(m)
        steps.contact(m, with_person=True, days=m.chance.randrange(1, 5))
        answering.answer(m, m.chance.randrange(3, 15))
        answering.close(m)
    elif how < 0.11 and m.procedure.stages_count > 1:
        _second_stage(m)


def _second_stage(m: Making) -> None:
    answering.escalate(m)
    steps.acknowledge(m)
    if not m.issues:
        steps.split(m)
    steps.assign(m)
    steps.evidence(m, m.chance.randrange(1, 6))
    steps.find(m)
    answering.answer(m, m.chance.randrange(3, 16))
    answering.close(m)


def long(m: Making) -> None:
    """The one case with exactly LONG entries, still being looked into."""
    _begin(m)
    steps.split(m)
    steps.choose(m, "closer")
    steps.plan(m, (200, 240))
    steps.assign(m)
    while m.case.event_count < LONG:
        if m.case.event_count % 3:
            steps.contact(m, with_person=m.case.event_count % 2 == 1)
        else:
            steps.evidence(m)
