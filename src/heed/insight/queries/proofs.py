"""Whether actions worked, read: an answer with all that it rests on, and the list of what worked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.design import words
from heed.design.charts import Chart
from heed.insight.measures import Measure, in_words_of
from heed.insight.models import Verdict
from heed.insight.proof import drawing, judging, outcomes, wording
from heed.insight.proof.beside import ASKS
from heed.insight.proof.evidence import Found, Inputs, Judged, Series, found_of, inputs_of
from heed.insight.proof.months import WHY_LEFT_OUT
from heed.insight.queries.detail import label, sees_exactly
from heed.insight.queries.proof import dated
from heed.insight.queries.scope import Scope, scope_of
from heed.learning.models import Action, Aim
from heed.learning.queries import aims
from heed.organisations.models import Organisation

STATES = {
    "answered": "All that were answered",
    "fall": "Real fall",
    "unclear": "No clear change",
    "rise": "Real rise",
    "never": "Cannot be shown by figures",
    "early": "Too early",
}


@dataclass(frozen=True)
class BesideLine:
    """One figure beside the outcome: the question that it answers, what it did, and what that says. sides: by month before
    and after, with what they rest on."""

    asks: str
    name: str
    sides: tuple[str, str]
    text: str
    says: str


@dataclass(frozen=True)
class ChannelLine:
    name: str
    before: int
    after: int
    fell_away: bool


@dataclass(frozen=True)
class Answer:
    """One kept answer, as the person may read it. `sees_figures`: they may see the cases that it is counted from; others read
    its sentence and which way each figure beside it points."""

    verdict: Verdict
    organisation: Organisation
    scope: Scope
    sees_figures: bool

    @cached_property
    def inputs(self) -> Inputs:
        return inputs_of(self.verdict.inputs)

    @cached_property
    def found(self) -> Found:
        return found_of(self.verdict.found)

    @cached_property
    def measure(self) -> Measure | None:
        """As it is now; None where Heed has it no longer."""
        known = outcomes.known(self.verdict.measure)
        return in_words_of(known, self.organisation.activity_kind) if known else None

    @property
    def is_redefined(self) -> bool:
        return self.measure is None or self.measure.version != self.verdict.measure_version

    @property
    def place(self) -> str:
        """What it is of: "Ward 4, Communication"."""
        return place(self.scope, self.verdict.service, self.verdict.subject)

    @property
    def label(self) -> str:
        return self.verdict.get_verdict_display()

    @property
    def reading(self) -> str:
        return judging.READINGS[self.verdict.reading]

    @property
    def is_open(self) -> bool:
        """No verdict can be read from it yet."""
        return self.verdict.verdict in ("early", "never")

    @cached_property
    def chart(self) -> Chart | None:
        if not (self.sees_figures and self.measure and self.inputs.months):
            return None
        return drawing.chart(self.inputs, self.found, self.measure, self.place)

    @property
    def why_no_limits(self) -> str:
        """Why the months after have no limits yet."""
        return drawing.controlled(self.inputs, self.measure).why_none if self.measure else ""

    @property
    def months(self) -> list[str]:
        return wording.of_months(self.inputs.plan)

    @property
    def sides(self) -> tuple[str, str]:
        return wording.two_sides(self.found.outcome, self.inputs.outcome, self.measure) if self.measure else ("", "")

    @property
    def avoided(self) -> str:
        return wording.of_avoided(self.found, self.measure) if self.measure and self.sees_figures else ""

    @property
    def power(self) -> str:
        return "" if self.is_open else wording.missed(self.found.outcome)

    @property
    def control(self) -> str:
        return wording.of_control(self.inputs, self.found)

    @property
    def fake(self) -> str:
        return "" if self.is_open else wording.of_fake(self.found, self.inputs)

    @property
    def model(self) -> list[str]:
        return wording.of_model(self.inputs, self.found)

    @property
    def stands_alone(self) -> str:
        """What a page says of an outcome that counts what was received."""
        return wording.NOT_ALONE if self.inputs.received else ""

    @cached_property
    def beside(self) -> list[BesideLine]:
        by_role = {series.role: series for series in self.inputs.series}
        return [self._line(one, by_role[one.role]) for one in self.found.beside]

    def _line(self, of: Judged, series: Series) -> BesideLine:
        sides = wording.plain_sides(of) if self.sees_figures else ("", "")
        text = wording.of_beside(of, series) if self.sees_figures else ""
        return BesideLine(ASKS[of.role], wording.named(series), sides, text, wording.SAYS[of.says])

    @property
    def channels(self) -> list[ChannelLine]:
        if not self.sees_figures:
            return []
        return [
            ChannelLine(label(self.scope, "channel", one.code), one.before, one.after, one.fell_away)
            for one in self.found.channels
        ]

    @property
    def a_channel_fell_away(self) -> bool:
        return any(channel.fell_away for channel in self.found.channels)


def place(scope: Scope, service: str, subject: str) -> str:
    of_service = scope.services.get(service, service) if service else f"all of {scope.organisation.name}"
    return ", ".join([of_service, *([label(scope, "subject", subject)] if subject else [])])


def answers(viewer: Viewer, organisation: Organisation, action_id: int) -> list[Answer]:
    """All answers about an action that the person sees, the latest first."""
    rows = list(Verdict.objects.filter(action_id=action_id).select_related("asked_by").order_by("-number"))
    scope = scope_of(viewer, organisation)
    return [Answer(row, organisation, scope, _sees(viewer, scope, row)) for row in rows]


def _sees(viewer: Viewer, scope: Scope, of: Verdict) -> bool:
    return viewer.may(Permission.SEE_INSIGHT) and sees_exactly(scope, of.service or None)


@dataclass(frozen=True)
class AimWords:
    """What an action should change, in words."""

    aim: Aim
    outcome: str
    direction: str
    control: str
    months: tuple[str, ...]


def aim_words(organisation: Organisation, scope: Scope, aim: Aim) -> AimWords:
    measure = outcomes.known(aim.measure)
    names = (label(scope, "subject", aim.subject) if aim.subject else "", scope.services.get(aim.service, aim.service))
    known = in_words_of(measure, organisation.activity_kind) if measure else None
    outcome = wording.phrase(known, *names, organisation.name)[0] if known else aim.measure
    control = {
        "others": "The same in all other services together",
        "service": f"The same in {scope.services.get(aim.control_service, aim.control_service)}",
        "themes": "Other themes of the same service",
        "none": f"Nothing: {aim.no_control_reason}",
    }[aim.control]
    months = []
    if aim.peak_first and aim.peak_last:
        months.append(f"{wording.span([aim.peak_first, aim.peak_last])}, {WHY_LEFT_OUT['peak']}")
    if aim.phase_in:
        months.append(f"{words.count(aim.phase_in, 'month')} after completion, while it beds in")
    return AimWords(aim, outcome[:1].upper() + outcome[1:], aim.get_direction_display(), control, tuple(months))


def latest_of(action_ids: Iterable[int]) -> dict[int, Verdict]:
    """The latest answer about each of these actions, without what it rests on."""
    rows = _latest().filter(action_id__in=list(action_ids)).defer("inputs", "found")
    return {row.action_id: row for row in rows}


def _latest() -> QuerySet[Verdict]:
    newer = Verdict.objects.filter(action=OuterRef("action"), number__gt=OuterRef("number"))
    return Verdict.objects.filter(~Exists(newer))


def _answered(viewer: Viewer) -> QuerySet[Verdict]:
    seen = Action.objects.visible_to(viewer).order_by().values("pk")
    return _latest().filter(action__in=seen).exclude(verdict="early")


def places(viewer: Viewer, state: str) -> QuerySet[Any]:
    """The rows of one list, as narrow as sorting thousands wants them: the latest answers about the actions that the person
    sees (`asked_at`), of one verdict or of all but "too early"; or the aims of which it cannot be said yet (`chosen_at`)."""
    if state == "early":
        return too_early(viewer).values("pk", "chosen_at")
    rows = _answered(viewer) if state == "answered" else _answered(viewer).filter(verdict=state)
    return rows.values("pk", "asked_at")


@dataclass(frozen=True)
class Listed:
    """One line of a list: the action with its latest answer, or when it can be asked."""

    action: Action
    verdict: Verdict | None
    ask_from: date | None


def listed(state: str, ids: Sequence[int]) -> list[Listed]:
    """The lines of these places, in their order."""
    beside = ("action__service", "action__owner", "action__outside_owner")
    if state == "early":
        waiting = Aim.objects.select_related(*beside).in_bulk(ids)
        return [Listed(waiting[pk].action, None, ask_from(waiting[pk])) for pk in ids]
    found = Verdict.objects.select_related(*beside).defer("inputs", "found").in_bulk(ids)
    return [Listed(found[pk].action, found[pk], None) for pk in ids]


def too_early(viewer: Viewer) -> QuerySet[Aim]:
    """The aims of the actions of which it cannot be said yet."""
    answered = Verdict.objects.filter(action=OuterRef("action")).exclude(verdict="early")
    return aims.aimed(viewer).filter(~Exists(answered))


def ask_from(aim: Aim) -> date | None:
    """The first day on which it can be answered; None while the action is not completed."""
    return dated(aim).enough_on if aim.action.completed_on else None


def counts(viewer: Viewer) -> dict[str, int]:
    """How many there are in each list."""
    found = dict.fromkeys(STATES, 0)
    for verdict, many in _answered(viewer).order_by().values_list("verdict").annotate(many=Count("pk")):
        found[verdict] = many
        found["answered"] += many
    found["early"] = too_early(viewer).order_by().count()
    return found


def evidence(action_id: int) -> str:
    """The latest verdict as the review of an action keeps it, with its date; "" where there is none."""
    row = Verdict.objects.filter(action_id=action_id).order_by("-number").only("sentence", "asked_at").first()
    return f"{words.day(row.asked_at)}: {row.sentence}" if row else ""


def file_rows(answer: Answer) -> Sequence[tuple[object, ...]]:
    """What the answer rests on, as lines of a file."""
    plan = answer.inputs.plan
    rows: list[tuple[object, ...]] = [("What", "Month", "Part", "Counted", "Out of, or over")]
    for series in answer.inputs.series:
        for at, month in enumerate(plan.months):
            why = WHY_LEFT_OUT.get(plan.left_out.get(at, ""), "")
            part = f"left out: {why}" if why else "after" if at >= plan.change else "before"
            counted, of = series.y[at], series.of[at] if series.of else None
            rows.append(
                (
                    wording.named(series),
                    f"{month:%Y-%m}",
                    part,
                    "" if counted is None else counted,
                    "" if of is None else of,
                )
            )
    return rows


def file_words(answer: Answer) -> list[tuple[str, str]]:
    """What the file says about itself."""
    row = answer.verdict
    told = [
        ("What", ""), ("Verdict", answer.label), ("In words", row.sentence), ("Read with the others", answer.reading),
        ("How much could have been seen", answer.power), ("Held beside", answer.control), ("At a fake date", answer.fake),
        *(("Months", text) for text in answer.months), *(("To know", text) for text in answer.model),
        ("Fewer alone", answer.stands_alone), *((one.asks, f"{one.says}. {one.text}") for one in answer.beside),
        ("Worked out on", words.moment(row.computed_at)),
        ("Figure", f"{row.measure}, version {row.measure_version}"), ("Method", row.method), ("Heed", row.software),
    ]  # fmt: skip
    return [(name, text) for name, text in told if text or name == "What"]
