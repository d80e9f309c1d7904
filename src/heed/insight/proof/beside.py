"""What stands beside a fall in what was received: whether less goes wrong, whether people come back, whether it moved to
other themes, and whether people can still reach us. Fewer complaints alone may mean that people no longer speak up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from heed.insight.measures import BY_KEY
from heed.insight.measures.declaration import Is, Measure, Wording
from heed.insight.proof.outcomes import kinds_of
from heed.organisations.code_lists.provenance import Status

KINDS = ("complaint", "concern", "comment", "compliment")
REVIEWED = date(2026, 11, 22)
FALLS, NOT_RISES, NOT_FALLS = "falls", "not_rises", "not_falls"
UPHELD, REOPENED, STAGE_2, OTHER_THEMES, OTHER_KINDS = "upheld", "reopened", "stage_2", "other_themes", "other_kinds"
WANTED: Mapping[str, str] = {
    UPHELD: FALLS, REOPENED: NOT_RISES, STAGE_2: NOT_RISES, OTHER_THEMES: NOT_RISES, OTHER_KINDS: NOT_FALLS,
}  # fmt: skip
ASKS: Mapping[str, str] = {
    UPHELD: "Does less go wrong?",
    REOPENED: "Do people have to come back?",
    STAGE_2: "Do people take it further?",
    OTHER_THEMES: "Did it only move to other themes?",
    OTHER_KINDS: "Do people still speak up?",
}

WHETHER: Mapping[str, str] = {
    REOPENED: "more people have to come back",
    STAGE_2: "more people take it further",
    OTHER_THEMES: "it only moved to other themes",
    OTHER_KINDS: "people still speak up as before",
}


def _own(key: str, name: str, table: str, on: str, wording: Wording, **more: object) -> Measure:
    """A count that stands on no page of its own."""
    return Measure(
        key=key, name=name, shape="count", why="", numerator="", denominator="None: it is a count.", source="Heed’s own",
        status=Status.INFERRED, reviewed_on=REVIEWED, table=table, on=on, wording=wording, **more,  # type: ignore[arg-type]
    )  # fmt: skip


FOUNDED = _own(
    "proof_founded", "Found well-founded", "case", "closed_on", Wording(("case", "cases"), "found well-founded"),
    population=(Is("outcome", ("upheld", "partly_upheld")),),
)  # fmt: skip
TAKEN_UP = _own("proof_reopened", "Taken up again", "case", "reopened_on", Wording(("case", "cases"), "taken up again"))


@dataclass(frozen=True)
class Beside:
    """One series that stands beside the outcome. narrowed: it is taken of the aim's theme too; `rest`: of all other themes."""

    role: str
    measure: Measure
    narrowed: bool = True
    rest: bool = False


def series_beside(measure: Measure, subject: str, *, has_stages: bool) -> tuple[Beside, ...]:
    """All that stands beside a measure of what was received, for an outcome of this theme ("": all)."""
    found = [Beside(UPHELD, FOUNDED), Beside(REOPENED, TAKEN_UP)]
    if has_stages:
        found.append(Beside(STAGE_2, BY_KEY["stage_2_requests"]))
    if subject:
        found.append(Beside(OTHER_THEMES, measure, narrowed=False, rest=True))
    if other := _other_kinds(measure):
        found.append(Beside(OTHER_KINDS, other, narrowed=False))
    return tuple(found)


def _other_kinds(measure: Measure) -> Measure | None:
    """Everything else that people tell; None where the outcome is all that they tell."""
    kinds = kinds_of(measure)
    others = tuple(kind for kind in KINDS if kind not in kinds)
    if not kinds or not others:
        return None
    plural = [f"{kind}s" for kind in others]
    name = f"{', '.join(plural[:-1])} and {plural[-1]}" if len(plural) > 1 else plural[0]
    return _own(
        "proof_other_kinds", f"{name.capitalize()} received", "feedback", "received_on",
        Wording((others[0], name), "received"), population=(Is("kind", others),),
    )  # fmt: skip
