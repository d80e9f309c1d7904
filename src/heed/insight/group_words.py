"""What figures about groups of people say, in sentences. They ask; they never judge, and fewer is never good."""

from collections.abc import Iterator

from heed.design import words
from heed.insight.queries.groups import GroupLine, Share, Topic

MARKS = {
    "well_founded": "Found well-founded",
    "in_time": "Answered in the time first told",
    "extended": "Told a later date",
}
SAID = {
    "well_founded": "were found well-founded",
    "in_time": "were answered in the time first told",
    "extended": "were told a later date and not answered by the first",
}
HALF = 50  # per cent
MOST = 3  # sentences of one question: more would hide the first


def percent(share: Share | float) -> str:
    """ "12%"."""
    return f"{round(share.percent if isinstance(share, Share) else share)}%"


def span(share: Share) -> str:
    """ "range 8% to 18%": what chance alone leaves."""
    low, high = share.range
    return f"range {round(low)}% to {round(high)}%"


def response(topic: Topic) -> str:
    """ "62 of 141 told us their age group (44%)." """
    told = topic.everybody.of_received
    return (
        f"{told.many:,} of {told.of:,} people whose complaint or concern we received told us about "
        f"{topic.question.asked_about} ({percent(told)})."
    )


def sentences(topic: Topic) -> list[str]:
    """What stands out of one question, the furthest first: against the people served, and between the groups. One that
    says that nothing does, where nothing does."""
    found = sorted([*_access(topic), *_outcomes(topic)], key=lambda pair: -pair[0])
    compared = any(line.served is not None for line in topic.groups)
    if found:
        return [text for _, text in found[:MOST]]
    if len(topic.lines) == 1:
        return ["Too few people are in one of the groups to tell of any of them."]
    against = ", nor from its share of the people we serve" if compared else ""
    return [f"No group stands out from the others by more than chance would give{against}."]


def _access(topic: Topic) -> Iterator[tuple[float, str]]:
    """Whether the groups are among those who told us as they are among the people served (R187, R199)."""
    for line in topic.groups:
        if line.served is None or not line.of_told.leaves_out(line.served) or _is_the_rest(topic, line, line.served):
            continue
        group = topic.question.part(line.code)
        start = f"Of those who told us, {percent(line.of_told)} {group.are}; of the people we serve, it is {percent(line.served)}"
        if line.of_told.percent < line.served:
            text = f"{start}: ask whether {group.people} can find the way to complain, and dare to."
        else:
            text = f"{start}: ask what brings {group.people} to you, and whether services meet their needs."
        yield _distance(line.of_told, line.served), text


def _is_the_rest(topic: Topic, line: GroupLine, served: float) -> bool:
    """Whether a group is most of the people served, and the other part of two: what is said of that one says it all."""
    return served > HALF and len(topic.question.parts(topic.question.part(line.code).within)) == 2


def _outcomes(topic: Topic) -> Iterator[tuple[float, str]]:
    """Whether the groups are answered as everybody is. Nobody can look up whose cases they are, so nothing asks them to."""
    for line in topic.groups:
        for mark, share in line.marks.items():
            everybody = topic.everybody.marks[mark]
            if share is None or everybody is None or not share.leaves_out(everybody.percent):
                continue
            people = topic.question.part(line.code).people
            text = (
                f"Of what {people} told us, {percent(share)} {SAID[mark]}; of what everybody told us who answered this, "
                f"{percent(everybody)}: ask what in how things are looked into could lead to that."
            )
            yield _distance(share, everybody.percent), text


def _distance(share: Share, other: float) -> float:
    """How far outside, in widths of what chance leaves."""
    low, high = share.range
    return max(low - other, other - high) / max(high - low, 1)


def populations_note(topic: Topic) -> str:
    """Where the comparison comes from."""
    if topic.population is None:
        return "No comparison yet: nobody has entered how the people you serve divide into these groups."
    return f"The people we serve: {topic.population.source}, of {words.day(topic.population.counted_on)}."


def cells(line: GroupLine) -> list[tuple[str, str, str]]:
    """(heading, figure, what chance leaves) of the outcomes of one group, as the table shows them."""
    return [
        (MARKS[mark], f"{percent(share)} ({share.many:,})" if share else "Not shown", span(share) if share else "")
        for mark, share in line.marks.items()
    ]
