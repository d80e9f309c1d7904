"""The verdict in words. What is kept as its sentence holds no number of cases, so that whoever owns the action may read it."""

from collections.abc import Sequence
from datetime import date

from heed.design import words
from heed.insight.figures import shown
from heed.insight.measures.declaration import Measure
from heed.insight.proof import judging
from heed.insight.proof.beside import FALLS, NOT_RISES, WANTED, WHETHER
from heed.insight.proof.evidence import DAYS, OUTCOME, Found, Inputs, Judged, Series
from heed.insight.proof.months import WHY_LEFT_OUT, Plan
from heed.insight.suppression import SMALLEST
from heed.insight.warning.wording import lowered
from heed.statistics.impact import EARLY, ENOUGH_AFTER, ENOUGH_BEFORE, FALL, RISE, UNCLEAR

VERDICTS = {FALL: "Real fall", UNCLEAR: "No clear change", RISE: "Real rise", EARLY: "Too early"}
VERB = {True: "have", False: "has"}
NOT_ALONE = (
    "Fewer complaints are never a success by themselves: people may also have stopped speaking up. So this is read beside what "
    "was found wrong, who came back, what is said of other themes, and whether people still reach us."
)


def phrase(measure: Measure, subject: str, service: str, organisation: str) -> tuple[str, bool]:
    """(what the figure is, within a sentence; whether its verb is plural). subject, service: names, "" for all."""
    about = f" about {lowered(subject)}" if subject else ""
    where = f" in {service}" if service else f" in all of {organisation}"
    wording = measure.wording
    counted = " ".join(part for part in (wording.nouns[1], wording.happened) if part)
    if measure.shape == "count":
        return f"{counted}{about}{where}", True
    if measure.shape == "rate":
        return f"{counted}{about}{where}, for each 1,000 {measure.over},", True
    if measure.shape == "share":
        return f"the share of {counted}{about}{where} that were {wording.which}", False
    what, _, _ = measure.name.partition(": ")
    average = "average number" if measure.shape == "mean" else "median number"
    return f"the {average} of {lowered(what)}{about}{where}", False


def by_how_much(of: Judged, days: bool) -> str:
    """38% lower; 3.2 working days more."""
    return _moved(of.middle, days) if of.middle is not None else "by how much cannot be said"


def _moved(value: float, days: bool) -> str:
    if days:
        size = shown_days(abs(value))
        return f"{size} {'fewer' if value < 0 else 'more'}"
    percent = round(100 * abs(value - 1))
    if percent == 0:
        return "the same"
    if value > 3:
        return f"{value:.1f} times as much"
    return f"{percent}% {'lower' if value < 1 else 'higher'}"


def shown_days(value: float) -> str:
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number} {words.plural_noun(float(number), 'working day')}"


def between(of: Judged, days: bool) -> str:
    """21% to 51% lower; somewhere between 30% lower and 12% higher; with its limits of 95%."""
    if of.low is None and of.high is None:
        return "no limits can be given"
    if of.low is None or of.high is None:
        bound = of.high if of.low is None else of.low
        return f"at {'most' if of.low is None else 'least'} {_moved(bound or 0.0, days)}"
    same = 0.0 if days else 1.0
    if (of.low < same) == (of.high < same) and of.high <= 3 and not days:
        near, far = sorted((round(100 * abs(of.low - 1)), round(100 * abs(of.high - 1))))
        return f"{near}% to {far}% {'lower' if of.high < 1 else 'higher'}"
    return f"between {_moved(of.low, days)} and {_moved(of.high, days)}"


def named(series: Series) -> str:
    """At the start of a sentence."""
    return series.phrase[0].upper() + series.phrase[1:]


def sentence(inputs: Inputs, found: Found) -> str:
    """The verdict in a sentence or two, without a number of cases: what is kept, and handed to the review as evidence."""
    if found.reading in (judging.TOO_EARLY, judging.NEVER):
        return _unready(inputs, found)
    return f"{outcome_sentence(inputs, found)} {reading_sentence(inputs, found)}"


def outcome_sentence(inputs: Inputs, found: Found) -> str:
    """What the outcome did."""
    series, judged, plan = inputs.outcome, found.outcome, inputs.plan
    since, days = words.month(plan.months[plan.change]), series.shape in DAYS
    has, months = VERB[series.many], words.count(judged.before, "month")
    if judged.verdict == UNCLEAR:
        return f"There is no clear change in {series.phrase} since {since}{_limits(judged, series)}"
    verb = "fallen" if judged.verdict == FALL else "risen"
    size = (
        f": {by_how_much(judged, days)} than in the {months} before{_limits(judged, series)}"
        if _tells(judged, series)
        else "."
    )
    return f"{named(series)} {has} really {verb} since {since}{size}"


def short(inputs: Inputs, found: Found) -> str:
    """The same as the title of a chart."""
    series, judged = inputs.outcome, found.outcome
    if found.reading in (judging.TOO_EARLY, judging.NEVER):
        never = judged.why_none or found.reading == judging.NEVER
        return f"{named(series)}: {'whether it moved cannot be shown' if never else 'too early to say'}"
    if judged.verdict == UNCLEAR:
        return f"No clear change in {series.phrase} after the action"
    return f"{named(series)}: {by_how_much(judged, series.shape in DAYS)} after the action, a {judged.verdict}"


def _limits(of: Judged, series: Series) -> str:
    if not _tells(of, series):
        return "."
    return f" ({between(of, series.shape in DAYS)}, with 95% confidence)."


def _tells(of: Judged, series: Series) -> bool:
    """Whether a percentage tells nobody's number: both sides rest on five or more."""
    if of.middle is None:
        return False
    if series.shape in DAYS:
        return bool(of.over) and min(of.over or (0,)) >= SMALLEST
    return min(of.counted) >= SMALLEST


def _unready(inputs: Inputs, found: Found) -> str:
    series, judged = inputs.outcome, found.outcome
    if judged.why_none:
        return f"It cannot be shown by figures whether {series.phrase} {VERB[series.many]} moved. {judged.why_none}"
    if found.reading == judging.NEVER:
        known = words.count(judged.before, "month")
        return (
            f"It cannot be shown by figures whether {series.phrase} {VERB[series.many]} moved: {known} before the action "
            f"can be compared, and it takes {ENOUGH_BEFORE}. Asking again later will not help."
        )
    return (
        f"It is too early to say whether {series.phrase} {VERB[series.many]} moved: {words.count(judged.after, 'month')} of "
        f"the {ENOUGH_AFTER} that it takes after the action can be compared. Ask again from {words.day(inputs.enough_on)}."
    )


def reading_sentence(inputs: Inputs, found: Found) -> str:
    """What that means, read with all that stands beside it. It praises nothing that the figures do not carry."""
    hoped = "a fall" if inputs.direction == "fall" else "a rise"
    told = {
        judging.NONE: f"It was hoped for {hoped}. {missed(found.outcome)}",
        judging.OTHER_WAY: f"It was hoped for {hoped}, so this is the other way: look again at what was done, and at its cause.",
        judging.ANYWAY: "The same question about a day on which nothing was done says the same, so it may be part of an older "
        "movement and not the action.",
        judging.ELSEWHERE: "That is as hoped, but where nothing was done it moved too, or too little is known there to tell "
        "the two apart. So it cannot be put down to the action.",
        judging.BUT: "That is as hoped, but something beside it went the wrong way, so it is no success yet.",
        judging.FEWER: "That alone is no success: it is not shown that less goes wrong.",
        judging.WORKED: "That is as hoped: fewer were found well-founded too, and all that stands beside it agrees."
        if inputs.received else "That is as hoped.",
        judging.HOPED: f"That is as hoped, and fewer were found well-founded too. It cannot be told whether {_open(found)}.",
    }  # fmt: skip
    return told[found.reading]


def _open(found: Found) -> str:
    """What is not answered by what stands beside it."""
    return words.join(
        [WHETHER[one.role] for one in found.beside if one.says == judging.OPEN and one.role in WHETHER], "or"
    )


def missed(of: Judged) -> str:
    """The power that the figures had, in words (R199)."""
    if of.power is None:
        return "How large a change would have been seen is not known."
    tenths = round(10 * of.power)
    often = (
        "hardly ever" if tenths == 0 else "nearly always" if tenths == 10 else f"{words.count(tenths, 'time')} in 10"
    )
    return f"Had it really changed by a fifth, figures like these would have shown it {often}."


def of_control(inputs: Inputs, found: Found) -> str:
    """What it is held beside, and how the two compare."""
    held = inputs.of_role("control")
    if held is None or found.control is None:
        return f"It is held beside nothing: {inputs.why_no_control}" if inputs.why_no_control else ""
    days = held.shape in DAYS
    if found.control.verdict in (EARLY, ""):
        return f"{named(held)} cannot be compared: {found.control.why_none or 'too few months of it are known.'}"
    verb = {FALL: "really fell too", RISE: "really rose", UNCLEAR: "did not clearly change"}[found.control.verdict]
    text = f"{named(held)}, to which nothing was done, {verb} ({between(found.control, days)})."
    if found.difference is None:
        return f"{text} The two cannot be compared."
    middle, low, high = found.difference
    beside = Judged(OUTCOME, "", middle=middle, low=low, high=high)
    return f"{text} Beside it, the outcome is {_moved(middle, days)} ({between(beside, days)})."


def of_fake(found: Found, inputs: Inputs) -> str:
    """What the same question finds about a day on which nothing was done."""
    if inputs.outcome.shape in DAYS:
        return "Of averages and medians, the same question is not asked of an earlier date."
    if found.fake is None:
        return (
            f"The time before is too short to ask the same question about a day on which nothing was done: that takes "
            f"{ENOUGH_BEFORE + ENOUGH_AFTER} months."
        )
    month, verdict = found.fake
    said = {FALL: "also says “real fall”", RISE: "says “real rise”", UNCLEAR: "says “no clear change”, as it should"}
    return f"Asked about {words.month(month)}, when nothing was done, the same question {said.get(verdict, 'says nothing')}."


def of_beside(of: Judged, series: Series) -> str:
    """What one figure beside it did, and what that says."""
    if of.verdict in (EARLY, ""):
        return of.why_none or "Too few months of it are known."
    days = series.shape in DAYS
    if of.middle is None:
        return "Nothing was counted on either side."
    moved = {FALL: "Really fell", RISE: "Really rose", UNCLEAR: "No clear change"}[of.verdict]
    text = f"{moved}: {by_how_much(of, days)} ({between(of, days)})."
    if of.says == judging.OPEN and WANTED.get(of.role) == FALLS:
        return f"{text} It is not shown that less goes wrong."
    if of.says == judging.OPEN:
        way = "rise" if WANTED.get(of.role) == NOT_RISES else "fall"
        return f"{text} A larger {way} may be hidden in chance."
    return text


SAYS = {
    judging.AGREES: "Agrees",
    judging.AGAINST: "Speaks against it",
    judging.OPEN: "Cannot be told",
}


def of_months(plan: Plan) -> list[str]:
    """Which months are compared, and which are left out and why."""
    before, after = plan.before, plan.after
    told = (
        [f"Before: {span(before)}, {words.count(len(before), 'month')}."] if before else ["Before: no month is known."]
    )
    told.append(
        f"After: {span(after)}, {words.count(len(after), 'month')}." if after else "After: no month is over yet."
    )
    for why, said in WHY_LEFT_OUT.items():
        if months := plan.months_left_out(why):
            told.append(f"Left out: {span(months)}, {said}.")
    return told


def span(months: Sequence[date]) -> str:
    """June 2025; June 2025 to March 2026."""
    first, last = words.month(months[0]), words.month(months[-1])
    return first if first == last else f"{first} to {last}"


def of_avoided(found: Found, measure: Measure) -> str:
    """How many fewer than there would have been; "" where no fall is called."""
    avoided = found.outcome.avoided
    if avoided is None or found.outcome.verdict != FALL or measure.shape not in ("count", "rate"):
        return ""
    best, low, high = (round(number) for number in avoided)
    months, nouns = words.count(found.outcome.after, "month"), measure.wording.nouns[1]
    return (
        f"In these {months} there were about {best:,} fewer {nouns} than if it had gone on as before "
        f"({low:,} to {high:,}, with 95% confidence)."
    )


def of_model(inputs: Inputs, found: Found) -> list[str]:
    """How it was worked out, for whoever wants to know."""
    judged, told = found.outcome, []
    if judged.exact:
        told.append("The two counts were compared exactly, without a model.")
    if judged.trend:
        told.append("Before the action it already moved one way, so it is compared with where that would have led.")
    if judged.follows:
        told.append("Months that are alike follow one another here, so the limits are wider than they would be.")
    if inputs.late:
        told.append(
            "What the action should change was chosen after it had started: whoever chose may have seen the figures."
        )
    return [*told, *inputs.notes]


def two_sides(of: Judged, series: Series, measure: Measure) -> tuple[str, str]:
    """(before, after) as the page shows them: by month, with what they rest on."""
    return _side(of, series, measure, 0), _side(of, series, measure, 1)


def _side(of: Judged, series: Series, measure: Measure, side: int) -> str:
    months, counted = (of.before, of.after)[side], of.counted[side]
    if not months:
        return "No month"
    if series.shape in DAYS:
        over = (of.over or (0, 0))[side]
        return f"{shown_days(counted)}, over {words.count(over, *measure.wording.nouns)}"
    if of.over is None:
        return f"{counted / months:,.1f} a month, {round(counted):,} in all"
    over = of.over[side]
    value = None if not over else (100 if series.shape == "share" else 1000) * counted / over
    unit = "" if series.shape == "share" else f" {measure.unit}"
    return f"{shown(measure, value)}{unit}, {round(counted):,} of {over:,}"


def plain_sides(of: Judged) -> tuple[str, str]:
    """(before, after) of a figure that stands beside the outcome: how many a month."""
    return _a_month(of, 0), _a_month(of, 1)


def _a_month(of: Judged, side: int) -> str:
    months, counted = (of.before, of.after)[side], of.counted[side]
    if not months:
        return "No month"
    if of.over is None:
        return f"{counted / months:,.1f} a month, {round(counted):,} in all" if counted else "None"
    return f"{round(counted):,} of {of.over[side]:,}"
