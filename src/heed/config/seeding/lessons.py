"""What is learned from some of the cases that were found at fault, what is promised because of it, and what came of it."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from heed.config.seeding.history import LONDON, moment
from heed.config.seeding.making import Making
from heed.facts.models import ActionFact
from heed.learning import owing, projections, rules
from heed.learning.models import Action, ActionEvent, Check, LearningPoint, Piece, PieceEvent, Recurrence, Wording
from heed.search.rows import Row, prepare

SHARE = 0.12  # of the cases found at fault
FORGOTTEN = timedelta(days=540)  # what was learned longer ago is not looked for, and is written down anew
DATES = ("start_on", "finish_on", "progress_check_on", "completion_check_on", "maintenance_check_on", "impact_check_on")
WORDS = {
    "standard_met": "The standard that was found not to be met.",
    "involvement": "You read the change before it is made, and say whether it would have helped.",
    "progress_check": "Every second week, with the team.",
    "completion_check": "Ten entries are looked at.",
    "maintenance_check": "Twenty entries are looked at, three months on.",
    "impact_check": "Complaints and concerns about this, by month.",
}
EVIDENCE = "It is in use, and ten entries of the last week bear it out."


def learn(m: Making, end: datetime) -> int:
    """How many actions were promised because of the case: none, for most."""
    if m.whole.found and "upheld" in m.case.outcome and m.case.outcome != "not_upheld" and m.chance.random() < SHARE:
        return _Lesson(m, end).tell()
    return 0


class _Lesson:
    """One learning point with its action. `at` is the moment of the last thing that happened to it."""

    def __init__(self, m: Making, end: datetime):
        self.m, self.end, self.at = m, end, m.now
        self.number = 0
        self.checks: list[tuple[str, bool, date]] = []
        self.made: list[SimpleNamespace] = []
        self.completed_on: date | None = None
        self.first: dict[str, str] = {}

    def tell(self) -> int:
        m, case = self.m, self.m.case
        by = case.investigator_id or case.handler_id
        known = m.rows.learned.get((case.organisation_id, m.topic.lesson))
        if known and timedelta() < self.at - known[1] < FORGOTTEN:
            m.rows.add(Recurrence, point_id=known[0], case_id=case.pk, by_id=by, at=self.at)
            return 0
        point = m.row(
            LearningPoint, organisation_id=case.organisation_id, service_id=case.service_id, text=m.topic.lesson,
            level=m.chance.choice(("service", "service", "organisation")), by_id=by, at=self.at, is_shared=True,
            subject=m.whole.issues[0][1] if m.whole.issues else "",
        )  # fmt: skip
        m.rows.learned[case.organisation_id, m.topic.lesson] = (point, self.at)
        m.rows.found.append(prepare(Row("learning", point, case.organisation_id, "", m.topic.lesson, self.at)))
        if not self._go_on(m.chance.randrange(1, 8)):
            return 0
        action = self._promise(point)
        self._do(action)
        columns = {name: value for name, value in vars(action).items() if name not in ("pk", "organisation", "service")}
        owed_on, owed_what = owing.owed(action, self.made)
        m.rows.add(
            Action, id=action.pk, version=1 + self.number, owed_on=owed_on, owed_what=owed_what,
            owed_by_id=owing.owed_by(action, owed_what), **columns,
        )  # fmt: skip
        fact = projections.fact_of(action, self.first, self.checks, self.completed_on)
        m.rows.add(ActionFact, action_id=str(action.pk), **fact)
        return 1

    def _go_on(self, working_days: int) -> bool:
        """Whether there is still time for what comes so many working days later."""
        calendar = self.m.calendar
        at = moment(self.m.chance, calendar.add_working_days(self.at.date(), working_days))
        if at >= self.end:
            return False
        self.at = at
        return True

    def _promise(self, point: int) -> SimpleNamespace:
        m, case = self.m, self.m.case
        start = m.calendar.add_working_days(self.at.date(), 3)
        finish = m.calendar.add_working_days(start, m.chance.randrange(15, 60))
        days = (start, finish, start + (finish - start) / 2, finish + timedelta(14), finish + timedelta(90),
                finish + timedelta(150))  # fmt: skip
        action = SimpleNamespace(
            pk=m.rows.next_key(Action), organisation=case.organisation, organisation_id=case.organisation_id,
            service=case.service, service_id=case.service_id, learning_point_id=point, step=m.topic.step,
            owner_id=m.chance.choice(m.body.owners), **dict(zip(DATES, days, strict=True)), **WORDS, state="promised",
            started_on=None, done_on=None, done_by_id=None, completed_on=None, completion_evidence="", told_at=self.at,
            standing="", standing_on=None, reopened_at=None,
            by_id=m.chance.choice(m.body.publishers), at=self.at,
        )  # fmt: skip
        self.first = {name: on.isoformat() for name, on in zip(DATES, days, strict=True)}
        self._event(action, "promised", action.by_id, owner_id=action.owner_id, **self.first)
        return action

    def _event(self, action: SimpleNamespace, kind: str, by: int, **data: Any) -> None:
        self.number += 1
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}
        self.m.rows.add(
            ActionEvent, action_id=action.pk, number=self.number, kind=kind, at=self.at, actor_kind="staff",
            actor_id=str(by), data=values,
        )  # fmt: skip

    def _reach(self, on: date) -> bool:
        """Go on to a day, if it has come."""
        at = datetime.combine(on, time(14), LONDON)
        if at >= self.end:
            return False
        self.at = max(self.at, at)
        return True

    def _do(self, action: SimpleNamespace) -> None:
        """Start, complete, check and publish it, as far as the time has come."""
        chance = self.m.chance
        if not self._reach(action.start_on):
            return
        action.state, action.started_on = "started", self.at.date()
        self._event(action, "started", action.owner_id, started_on=action.started_on)
        late = chance.choices((0, chance.randrange(3, 40), 10_000), (75, 17, 8))[0]
        if not self._reach(action.finish_on - timedelta(days=chance.randrange(3)) + timedelta(days=late)):
            return
        self._show_done(action)
        if action.state == "completed":
            if chance.random() < 0.12:
                self._publish(action)
            for kind, chance_made, chance_worked in (("maintenance", 0.75, 0.85), ("impact", 0.7, 0.8)):
                if action.state == "completed" and chance.random() < chance_made:
                    self._check(action, kind, worked=chance.random() < chance_worked)

    def _show_done(self, action: SimpleNamespace) -> None:
        """The owner shows it; whoever promised it, or somebody else who did not do it, looks."""
        action.state, action.done_on, action.done_by_id = "done", self.at.date(), action.owner_id
        action.completion_evidence = EVIDENCE
        self._event(action, "shown_done", action.owner_id, done_on=action.done_on, files=0)
        looks = next((who for who in (action.by_id, *self.m.body.publishers) if who != action.owner_id), None)
        if looks is None or self.m.chance.random() > 0.85:
            return
        if self._check(action, "completion", worked=True, by=looks):
            action.state, action.completed_on = "completed", action.done_on
            self.completed_on = self.completed_on or action.done_on
            action.told_completed_at = self.at
            self._event(action, "completed", looks, completed_on=action.completed_on)

    def _publish(self, action: SimpleNamespace) -> None:
        topic, line = self.m.topic, (action.organisation_id, self.m.topic.you_said)
        if line in self.m.rows.published:
            return
        self.m.rows.published.add(line)
        rows, by = self.m.rows, action.by_id
        piece, wording = rows.next_key(Piece), rows.next_key(Wording)
        token = f"{self.m.chance.getrandbits(64):016x}"
        rows.add(
            Piece, id=piece, organisation_id=action.organisation_id, service_id=action.service_id, kind="line", token=token,
            state="published", shown_id=wording, published_at=self.at, changed_at=self.at, by_id=by, at=self.at,
        )  # fmt: skip
        rows.add(Piece.actions.through, piece_id=piece, action_id=action.pk)
        rows.add(
            Wording, id=wording, piece_id=piece, number=1, words={"you_said": topic.you_said, "we_did": topic.we_did},
            looked=[], by_id=action.owner_id, at=self.at, approved_by_id=by, approved_at=self.at,
        )  # fmt: skip
        rows.found.append(prepare(Row("piece", piece, action.organisation_id, topic.you_said, topic.we_did, self.at)))
        for kind, who in (("written", action.owner_id), ("asked", action.owner_id), ("published", by)):
            rows.add(PieceEvent, piece_id=piece, kind=kind, at=self.at, actor_kind="staff", actor_id=str(who))

    def _check(self, action: SimpleNamespace, kind: str, *, worked: bool, by: int | None = None) -> bool:
        """Whether the day of the check had come."""
        planned, by = getattr(action, f"{kind}_check_on"), by or action.owner_id
        if not self._reach(max(planned, action.done_on)):
            return False
        done_on = self.at.date()
        again_on = None if worked else done_on + timedelta(days=30)
        row = self.m.rows.add(
            Check, action_id=action.pk, kind=kind, done_on=done_on, worked=worked, again_on=again_on,
            note=EVIDENCE if worked else "Two of ten entries do not bear it out.", by_id=by, at=self.at,
        )  # fmt: skip
        self.checks.append((kind, worked, done_on))
        self.made.append(SimpleNamespace(kind=kind, worked=worked, again_on=again_on, at=self.at))
        self._event(
            action, "check_recorded", by, check_id=row, check=kind, worked=worked, again_on=again_on, standing=""
        )
        if again_on and kind == "maintenance":
            self._slip(action, again_on)
        elif again_on:
            setattr(action, f"{kind}_check_on", again_on)
        return True

    def _slip(self, action: SimpleNamespace, finish_on: date) -> None:
        """It did not last, and is done again."""
        before = {name: getattr(action, name) for name in DATES}
        after = before | rules.replanned(before, finish_on, self.at.date())
        for name, on in after.items():
            setattr(action, name, on)
        action.state, action.reopened_at, action.told_completed_at = "started", self.at, None
        action.done_on = action.done_by_id = action.completed_on = None
        action.completion_evidence = ""
        self._event(action, "slipped", action.owner_id, finish_was=before["finish_on"], **after)
