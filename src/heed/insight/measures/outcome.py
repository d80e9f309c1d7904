"""Outcome: what was found, and whether the answer held."""

from datetime import date
from functools import partial

from heed.insight.measures.declaration import Condition, Has, Is, Measure, Row, Wording
from heed.organisations.code_lists.provenance import Status

REVIEWED = date(2026, 11, 22)
_measure = partial(Measure, status=Status.INFERRED, reviewed_on=REVIEWED, table="case")

DECIDED: tuple[Condition, ...] = (Is("outcome", ("upheld", "partly_upheld", "not_upheld")),)
_found = partial(
    _measure,
    shape="share",
    on="closed_on",
    population=DECIDED,
    denominator="Complaints and concerns closed in the month with a finding: not those settled early or withdrawn.",
    source="SI 2009/309 regulation 18; SPSO local authority indicator 3; the formula is Heed’s own reading",
)

FOUND = Row(
    "found",
    "outcome",
    "Upheld, partly upheld and not upheld",
    "Each ÷ decided; “well-founded” is upheld and partly upheld together.",
    (
        _found(
            key="well_founded",
            name="Well-founded: upheld or partly upheld",
            among=(Is("outcome", ("upheld", "partly_upheld")),),
            why="It is how often something had gone wrong. Read it beside what was received, never alone.",
            numerator="Those upheld, and those partly upheld, together.",
            wording=Wording(("case", "cases"), "decided", "well-founded"),
            note="INFERRED: the law says “well-founded”; that it means upheld and partly upheld together is our "
            "reading. Both numbers are shown beside it.",
        ),
        _found(
            key="upheld",
            name="Upheld",
            among=(Is("outcome", ("upheld",)),),
            why="On all that was complained about, the person was right.",
            numerator="Those where every issue was upheld.",
            wording=Wording(("case", "cases"), "decided", "upheld"),
        ),
        _found(
            key="partly_upheld",
            name="Partly upheld",
            among=(Is("outcome", ("partly_upheld",)),),
            why="Something had gone wrong, though not all that was complained about.",
            numerator="Those where some issues, or parts of them, were upheld.",
            wording=Wording(("case", "cases"), "decided", "partly upheld"),
        ),
        _found(
            key="not_upheld",
            name="Not upheld",
            among=(Is("outcome", ("not_upheld",)),),
            why="Many of these say that a decision or a service was not explained so that people could follow it.",
            numerator="Those where no issue was upheld.",
            wording=Wording(("case", "cases"), "decided", "not upheld"),
        ),
    ),
)

ESCALATED = Row(
    "escalated",
    "outcome",
    "Escalated",
    "Requests for stage 2 ÷ answers at stage 1.",
    (
        _measure(
            key="escalated",
            name="Taken to stage 2",
            shape="share",
            on="stage_1_responded_on",
            among=(Has("escalated_on"),),
            why="People go on when the first answer did not address what they said, or was not believed.",
            numerator="Those that the person has asked to take to stage 2 since.",
            denominator="Complaints and concerns answered at stage 1 in the month.",
            source="SPSO local authority indicator 2; the formula is Heed’s own reading",
            wording=Wording(("case", "cases"), "answered at stage 1", "taken to stage 2"),
            only_where="stages",
            note="The figure of a recent month can still rise, because people may ask later.",
        ),
        _measure(
            key="stage_2_requests",
            name="Requests for stage 2",
            shape="count",
            on="escalated_on",
            why="How much work comes to stage 2.",
            numerator="Requests to go to stage 2, by the day they were made.",
            denominator="None: it is a count.",
            source="SPSO local authority indicator 2",
            status=Status.FOUND,
            wording=Wording(("case", "cases"), "taken to stage 2"),
            only_where="stages",
        ),
    ),
)

REOPENED = Row(
    "reopened",
    "outcome",
    "Reopened",
    "Reopened ÷ closed.",
    (
        _measure(
            key="reopened",
            name="Reopened",
            shape="share",
            on="first_closed_on",
            among=(Has("reopened_on"),),
            why="An answer that does not hold costs the person twice. Fast answers with many reopened are not fast.",
            numerator="Those that have been taken up again since.",
            denominator="Complaints and concerns closed for the first time in the month.",
            source="Boards’ own reports (St George’s 2020/21); the formula is Heed’s own reading",
            wording=Wording(("case", "cases"), "closed for the first time", "taken up again since"),
            note="The figure of a recent month can still rise. Those settled in conversation are counted here.",
        ),
    ),
)

OMBUDSMAN = Row(
    "ombudsman",
    "outcome",
    "Referred to, accepted by and upheld by the Ombudsman",
    "Counts by the Ombudsman’s decision date.",
    (
        _measure(
            key="ombudsman",
            name="Referred to, accepted by and upheld by the Ombudsman",
            shape="count",
            why="It is the judgement of somebody independent on our own findings.",
            numerator="Complaints that the Ombudsman was asked about, accepted, and upheld.",
            denominator="None: it is a count.",
            source="LGSCO’s published statistics; SI 2009/309 regulation 18",
            status=Status.FOUND,
            unfed="Nothing feeds this yet: Heed does not record the Ombudsman’s decisions.",
        ),
    ),
)

ROWS = (FOUND, ESCALATED, REOPENED, OMBUDSMAN)
