"""Timeliness: whether we did what we said, when we said it."""

from datetime import date
from functools import partial

from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, Measure, NotBy, Row, Wording
from heed.organisations.code_lists.provenance import Status

REVIEWED = date(2026, 11, 22)
STANDARDS = "UK Central Government Complaint Standards (PHSO), capturing and reporting on learning"
SETTLED = (
    "Those settled in conversation by the end of the next working day are left out: they are owed no written answer."
)
OWED_ANSWER: tuple[Condition, ...] = (Is("statutory", (True,)),)
CLOSED = Wording(("case", "cases"), "closed")

_measure = partial(Measure, status=Status.FOUND, reviewed_on=REVIEWED, source=STANDARDS, table="case")

ACKNOWLEDGED = Row(
    "acknowledged",
    "timeliness",
    "Acknowledged in time",
    "Acknowledged within the procedure’s working days ÷ due for acknowledgement in the period.",
    (
        _measure(
            key="acknowledged_in_time",
            name="Acknowledged in time",
            shape="share",
            on="acknowledge_due_on",
            population=OWED_ANSWER,
            among=(By("acknowledged_on", "acknowledge_due_on"),),
            why="It is the first promise, and the first that people notice when it is broken.",
            numerator="Those acknowledged on the day they were due or before.",
            denominator="Complaints and concerns that had to be acknowledged in the month, as the procedure counts.",
            source="SI 2009/309 regulation 13; LGSCO Complaint Handling Code (2024), 6; the formula is Heed’s own",
            status=Status.INFERRED,
            wording=Wording(("case", "cases"), "due for acknowledgement", "acknowledged in time"),
            direction="higher",
            note=SETTLED,
        ),
    ),
)

_answered = partial(_measure, shape="share", on="closed_on", direction="higher")
ANSWERED = Row(
    "answered",
    "timeliness",
    "Answered within the time told at the start, and by the date now agreed",
    "Answered by the original date ÷ closed; shown apart from answered by the current date.",
    (
        _answered(
            key="answered_as_first_told",
            name="Answered within the time told at the start",
            population=(*OWED_ANSWER, Has("original_due_on")),
            among=(By("stage_1_responded_on", "original_due_on"),),
            why="It is what the person was told when they had no say in it yet. Extensions do not improve this figure.",
            numerator="Those whose first answer was sent on the first date that was told, or before.",
            denominator="Complaints and concerns closed in the month for which a date was told.",
            wording=Wording(("case", "cases"), "closed", "answered within the time told at the start"),
            note=f"The day of the answer counts, not the day of closing. {SETTLED}",
        ),
        _answered(
            key="answered_by_current_date",
            name="Answered by the date now agreed",
            population=(*OWED_ANSWER, Has("current_due_on")),
            among=(By("responded_on", "current_due_on"),),
            why="Beside what was told at the start it shows how much rests on extensions.",
            source="Heed’s own, beside the figure that the Standards ask for",
            status=Status.INFERRED,
            numerator="Those whose latest answer was sent by the date that stood for their stage, extensions included.",
            denominator="Complaints and concerns closed in the month for which a date was told.",
            wording=Wording(("case", "cases"), "closed", "answered by the date then agreed"),
            note=SETTLED,
        ),
        _answered(
            key="answered_without_pauses",
            name="Answered by the date now agreed, pauses not counted",
            population=(*OWED_ANSWER, Has("unpaused_due_on")),
            among=(By("responded_on", "unpaused_due_on"),),
            why="Stopping the clock is a setting that no published text was found to state, so this shows the figure "
            "without it.",
            numerator="Those whose latest answer was sent by the date that would have stood without pauses.",
            denominator="Complaints and concerns closed in the month for which a date was told.",
            source="Heed’s own, beside the setting of pauses",
            status=Status.INFERRED,
            wording=Wording(("case", "cases"), "closed", "answered by the date without pauses"),
            only_where="pauses",
            note=SETTLED,
        ),
    ),
)

_days = partial(
    _measure,
    on="closed_on",
    value="working_days",
    numerator="Working days from the day of receipt (day 0) to the day of the latest answer.",
    wording=CLOSED,
    note=f"For stage 2 the days count from the first receipt: it is the person’s whole wait. {SETTLED}",
)


def _of(key: str, what: str, population: tuple[Condition, ...], which: str) -> tuple[Measure, Measure]:
    """Median and mean over the same cases."""
    over = f"Complaints and concerns closed in the month after an answer{which}."
    return (
        _days(
            key=f"working_days_median{key}",
            name=f"Working days to the answer{what}: median",
            shape="median",
            population=population,
            source=f"{STANDARDS}, which ask for the average; the median is Heed’s own",
            status=Status.INFERRED,
            denominator=over,
            why="Half of the people waited no longer than this. A few very long cases do not move it.",
        ),
        _days(
            key=f"working_days_mean{key}",
            name=f"Working days to the answer{what}: average",
            shape="mean",
            population=population,
            denominator=over,
            why="Far above the median, it says that a few people waited very long.",
        ),
    )


def _closed(key: str, what: str, population: tuple[Condition, ...]) -> Measure:
    return _measure(
        key=f"closed{key}",
        name=f"Closed{what}",
        shape="count",
        on="closed_on",
        population=population,
        why="The times beside it rest on this many.",
        numerator=f"Complaints and concerns closed in the month{what}.",
        denominator="None: it is a count.",
        wording=Wording(("case", "cases"), f"closed{what}"),
        note=SETTLED if population else "Those settled in conversation are counted here.",
        whole=not population,
    )


EARLY: tuple[Condition, ...] = (*OWED_ANSWER, Is("approach", ("early",)))
CLOSER: tuple[Condition, ...] = (*OWED_ANSWER, Is("approach", ("closer",)))
FIRST_STAGE: tuple[Condition, ...] = (*OWED_ANSWER, Is("stage", (1,)))
SECOND_STAGE: tuple[Condition, ...] = (*OWED_ANSWER, Is("stage", (2,)))

TIME = Row(
    "working_days",
    "timeliness",
    "Average and median working days, by approach and stage",
    "Over closed cases.",
    (
        *_of("", "", OWED_ANSWER, ""),
        _closed("", "", ()),
        *_of("_early", " by early resolution", EARLY, " by early resolution"),
        _closed("_early", " by early resolution", EARLY),
        *_of("_closer", " after a closer look", CLOSER, " after a closer look"),
        _closed("_closer", " after a closer look", CLOSER),
        *_of("_stage_1", " at the first stage", FIRST_STAGE, " at the first stage"),
        *_of("_stage_2", " at the second stage", SECOND_STAGE, " at the second stage"),
    ),
)

EXTENDED = Row(
    "extended",
    "timeliness",
    "Extended, and unanswered after six months",
    "At least one extension ÷ closed; count of those open for more than six months.",
    (
        _measure(
            key="extended",
            name="Extended at least once",
            shape="share",
            on="closed_on",
            population=OWED_ANSWER,
            among=(AtLeast("extensions", 1),),
            why="An extension is honest and may be right. Many of them say that the times first told are not real.",
            numerator="Those with one or more extensions that counted.",
            denominator="Complaints and concerns closed in the month.",
            source="SPSO local authority indicator 6, from memory; the formula is Heed’s own reading",
            status=Status.INFERRED,
            wording=Wording(("case", "cases"), "closed", "extended at least once"),
            note=SETTLED,
        ),
        _measure(
            key="unanswered_after_six_months",
            name="Unanswered after six months",
            shape="count",
            on="review_due_on",
            population=(*OWED_ANSWER, NotBy("stage_1_responded_on", "review_due_on")),
            why="After six months the law asks for a written notice with the reasons.",
            numerator="Complaints and concerns whose six months ended in the month and that had no answer by then.",
            denominator="None: it is a count.",
            source="SI 2009/309 regulation 14; Listening, Responding, Improving (2009)",
            status=Status.PARALLEL,
            wording=Wording(("case", "cases"), "without an answer at the end of six months"),
            note=f"The six months begin with the true day of receipt. {SETTLED}",
        ),
    ),
)

ROWS = (ACKNOWLEDGED, ANSWERED, TIME, EXTENDED)
