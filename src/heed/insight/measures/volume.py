"""Volume: how much we are told. Never a goal: few complaints can also mean that people do not know how to complain."""

from datetime import date
from functools import partial

from heed.insight.measures.declaration import Is, Measure, Row, Wording
from heed.organisations.code_lists.provenance import Status

REVIEWED = date(2026, 11, 22)
GUIDE = "LGSCO Guide for complaint managers, parts 20 and 21; the formula is Heed’s own reading"
LISTENING = "SI 2009/309 regulations 8 and 18; Listening, Responding, Improving (2009)"

_measure = partial(Measure, status=Status.INFERRED, reviewed_on=REVIEWED, source=GUIDE)
_received = partial(
    _measure,
    shape="count",
    table="feedback",
    on="received_on",
    denominator="None: it is a count.",
    note="What was brought in from a file counts too. More is not worse: people may find it easier to speak up.",
)


def _of_kind(kind: str, plural: str, why: str) -> Measure:
    return _received(
        key=f"received_{plural}",
        name=f"{plural.capitalize()} received",
        why=why,
        numerator=f"Feedback that is called a {kind}, after triage where there was one, by the day it was received.",
        population=(Is("kind", (kind,)),),
        wording=Wording((kind, plural), "received"),
        splits=("channel",),
    )


RECEIVED = Row(
    "received",
    "volume",
    "Received, by type, service, channel and subject",
    "Count by date received.",
    (
        _received(
            key="received",
            name="Everything received",
            why="It is where all other figures begin, and shows how easy it is to tell us something.",
            numerator="Every complaint, concern, comment and compliment, by the day it was received.",
            wording=Wording(("item of feedback", "items of feedback"), "received"),
            whole=True,
            splits=("kind", "channel"),
        ),
        _of_kind("complaint", "complaints", "To be read beside what was found: more complaints without more fault "
                 "point to how a service is delivered or explained."),
        _of_kind("concern", "concerns", "Concerns are often the early form of a complaint."),
        _of_kind("comment", "comments", "Ideas and remarks that ask for no answer still teach."),
        _of_kind("compliment", "compliments", "What people thank us for shows what to keep and to spread."),
        _measure(
            key="received_statutory",
            name="Complaints counted in statutory returns",
            shape="count",
            table="case",
            on="received_on",
            population=(Is("kind", ("complaint",)), Is("statutory", (True,))),
            why="It is the number that the law asks for: without those settled in conversation by the end of the next "
            "working day.",
            numerator="Complaints received in the month that are not settled in conversation to the person’s "
            "satisfaction by the end of the next working day.",
            denominator="None: it is a count.",
            source=LISTENING,
            status=Status.PARALLEL,
            wording=Wording(("complaint", "complaints"), "received and counted in statutory returns"),
            splits=("subject", "channel"),
        ),
        _measure(
            key="settled_in_conversation",
            name="Settled in conversation",
            shape="count",
            table="case",
            on="received_on",
            population=(Is("statutory", (False,)),),
            why="These were put right at once. They are kept out of statutory counts, so they are shown here.",
            numerator="Complaints and concerns taken in conversation and settled to the person’s satisfaction by the "
            "end of the next working day, by the day they were received.",
            denominator="None: it is a count.",
            source=LISTENING,
            status=Status.PARALLEL,
            wording=Wording(("complaint or concern", "complaints and concerns"), "settled in conversation"),
            splits=("subject", "channel"),
        ),
    ),
)  # fmt: skip

_rate = partial(
    _measure,
    shape="rate",
    only_where="activity",
    denominator="Without a number for the month there is no denominator, and so no figure: never 0. For the organisation, "
    "the number that was told for all of it, else the sum of its services if each has told its own.",
    note="A high rate can mean that people find it easy to complain. How much was done is entered by hand or from a file; "
    "a month that is not over has no rate.",
)
RATE = Row(
    "received_rate",
    "volume",
    "Received for each 1,000 contacts, people served, decisions, bed days or homes",
    "Received ÷ activity × 1,000; “no denominator” when it is absent, never 0.",
    (
        _rate(
            key="received_rate",
            name="Received for each 1,000 of activity",
            table="feedback",
            on="received_on",
            why="A busy service hears more because it meets more people. Only a rate compares services fairly.",
            numerator="Every complaint, concern, comment and compliment received in the month.",
            wording=Wording(("item of feedback", "items of feedback"), "received"),
        ),
        _rate(
            key="complaints_rate",
            name="Complaints received for each 1,000 of activity",
            table="feedback",
            on="received_on",
            population=(Is("kind", ("complaint",)),),
            why="To be read beside the rate found well-founded: services with more complaints are not those with more fault.",
            numerator="Feedback that is called a complaint, after triage where there was one, received in the month.",
            wording=Wording(("complaint", "complaints"), "received"),
        ),
        _rate(
            key="well_founded_rate",
            name="Found well-founded for each 1,000 of activity",
            table="case",
            on="closed_on",
            population=(Is("outcome", ("upheld", "partly_upheld")),),
            why="How often something had gone wrong, beside how much was done.",
            numerator="Complaints and concerns closed in the month that were upheld or partly upheld.",
            wording=Wording(("well-founded case", "well-founded cases"), "decided"),
        ),
    ),
)

REFUSED = Row(
    "refused",
    "volume",
    "Refused or out of scope, by reason",
    "Count by refusal date.",
    (
        _measure(
            key="refused",
            name="Refused or out of scope",
            shape="count",
            why="A complaint may be refused only for a valid reason, and the Code asks for a summary of those refused.",
            numerator="Complaints refused or found out of scope in the month, by reason.",
            denominator="None: it is a count.",
            source="LGSCO Complaint Handling Code (2024), 2 and 8.1(a)",
            status=Status.FOUND,
            unfed="Nothing feeds this yet: Heed does not record refusals.",
        ),
    ),
)

REQUESTS = Row(
    "requests_converted",
    "volume",
    "Service requests that became complaints",
    "Converted ÷ service requests closed.",
    (
        _measure(
            key="requests_converted",
            name="Service requests that became complaints",
            shape="share",
            why="Many that turn into complaints show a service that does not put things right when first asked.",
            numerator="Service requests that became complaints.",
            denominator="Service requests closed in the month.",
            source="LGSCO Complaint Handling Code (2024), 1.7 and 1.8; the formula is Heed’s own reading",
            unfed="Nothing feeds this yet: Heed does not record service requests.",
        ),
    ),
)

ROWS = (RECEIVED, RATE, REFUSED, REQUESTS)
