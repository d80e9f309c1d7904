"""Learning and experience: whether anything changed, whether it lasted, and how people say they were treated."""

from datetime import date
from functools import partial

from heed.insight.measures.declaration import AtLeast, By, Condition, Has, Is, Measure, Row, Wording
from heed.organisations.code_lists.provenance import Status

REVIEWED = date(2026, 11, 22)
_measure = partial(Measure, status=Status.INFERRED, reviewed_on=REVIEWED)

WELL_FOUNDED: tuple[Condition, ...] = (Is("outcome", ("upheld", "partly_upheld")),)

FROM_FAULT = Row(
    "learned",
    "learning",
    "Found at fault, with at least one learning action",
    "With an action ÷ well-founded.",
    (
        _measure(
            key="learned_from_fault",
            name="Well-founded cases with an improvement action",
            shape="share",
            table="case",
            on="closed_on",
            population=WELL_FOUNDED,
            among=(AtLeast("learning_actions", 1),),
            why="Where something went wrong, something should change.",
            numerator="Those with one or more promised actions.",
            denominator="Complaints and concerns closed in the month that were upheld or partly upheld.",
            source="UK Central Government Complaint Standards (PHSO), using data; SPSO indicator 8",
            wording=Wording(("well-founded case", "well-founded cases"), "closed", "followed by an improvement action"),
            direction="higher",
            note="The figure of a recent month can still rise: an action may be promised after the case is closed.",
        ),
    ),
)

_action = partial(
    _measure,
    shape="share",
    table="action",
    source="UK Central Government Complaint Standards (PHSO), action plans; the formula is Heed’s own reading",
    direction="higher",
)
ACTIONS = Row(
    "actions",
    "learning",
    "Actions completed on time, verified, measured and sustained",
    "Each ÷ due in the period.",
    (
        _action(
            key="actions_on_time",
            name="Actions completed on time",
            on="due_on",
            among=(By("completed_on", "due_on"),),
            why="A promise to change something is worth what is done of it.",
            numerator="Those completed, with evidence, by the day that was first promised.",
            denominator="Improvement actions first promised for the month.",
            wording=Wording(("action", "actions"), "due", "completed on time"),
            note="A day that was moved later does not turn into a promise that was kept.",
        ),
        _action(
            key="actions_verified",
            name="Actions found to have worked",
            on="verify_due_on",
            among=(Has("verified_on"),),
            why="Done is not the same as done well.",
            numerator="Those whose check found that they were done as promised and worked, whenever it was made.",
            denominator="Improvement actions whose check of completion was first planned for the month.",
            wording=Wording(("action", "actions"), "due to be checked", "found to have worked"),
        ),
        _action(
            key="actions_impact_measured",
            name="Actions whose impact was measured",
            on="impact_due_on",
            among=(Has("impact_measured_on"),),
            why="Only what it changed for people counts in the end.",
            numerator="Those whose impact was measured, whatever was found.",
            denominator="Improvement actions whose impact was first planned to be measured in the month.",
            wording=Wording(("action", "actions"), "due to be measured", "measured for their impact"),
        ),
        _action(
            key="actions_sustained",
            name="Actions found to last",
            on="sustain_due_on",
            among=(Has("sustained_on"),),
            why="Many improvements fade when nobody looks any more.",
            numerator="Those whose audit found that it is still being done.",
            denominator="Improvement actions whose audit was first planned for the month.",
            wording=Wording(("action", "actions"), "due for audit", "found to last"),
        ),
    ),
)

REMEDIES = Row(
    "remedies",
    "learning",
    "Remedies delivered on time, and recommendations complied with",
    "Delivered by the due date ÷ due.",
    (
        _measure(
            key="remedies_on_time",
            name="Remedies delivered on time",
            shape="share",
            table="remedy",
            on="due_on",
            among=(By("delivered_on", "due_on"),),
            why="A remedy that comes late is a second failing.",
            numerator="Those delivered on the promised day or before.",
            denominator="Remedies promised for the month.",
            source="LGSCO Complaint Handling Code (2024), 7.3 and 7.4",
            wording=Wording(("remedy", "remedies"), "due", "delivered on time"),
            direction="higher",
            splits=("kind",),
        ),
        _measure(
            key="recommendations",
            name="Ombudsman’s recommendations complied with",
            shape="share",
            why="It is published for every body, and it is what people ask for first.",
            numerator="Recommendations complied with in time.",
            denominator="Recommendations due in the month.",
            source="LGSCO’s published statistics: compliance with recommendations",
            status=Status.FOUND,
            unfed="Nothing feeds this yet: Heed does not record the Ombudsman’s recommendations.",
        ),
    ),
)

SURVEY = Row(
    "survey",
    "learning",
    "What people say of how they were treated, and how many answer",
    "Positive ÷ answered, for each stage of My Expectations; response rate.",
    (
        _measure(
            key="survey",
            name="Positive answers, by stage of My Expectations",
            shape="share",
            why="Only the people who complained know what it was like.",
            numerator="Answers that agree or strongly agree.",
            denominator="All answers but “not applicable”.",
            source="My Expectations (PHSO, LGO, Healthwatch, 2014)",
            unfed="It is told on its own page, How it was for people, where no number can show what one person answered.",
        ),
    ),
)

ROWS = (FROM_FAULT, ACTIONS, REMEDIES, SURVEY)
