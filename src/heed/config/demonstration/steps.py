"""What each step of a story does: one action with the story's words."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heed.audit.actor import Actor
from heed.cases.actions import close, investigate, plan, remedy, respond, talk, triage
from heed.cases.drafting import draft_parts
from heed.cases.models import Issue, Remedy
from heed.config.demonstration import why
from heed.config.demonstration.stories import Story
from heed.learning import actions as learning
from heed.learning.actions import approve
from heed.learning.actions import write as writing
from heed.learning.models import Action, LearningPoint, Piece
from heed.learning.queries import known
from heed.learning.rules import Promised

Step = dict[str, Any]


def _frame(story: Story, step: Step, at: datetime) -> dict[str, Any]:
    """What every action of a case is told."""
    return {"by": story.actor(step["by"]), "at": at, "version": story.case.version}


def _case(story: Story, step: Step, at: datetime) -> dict[str, Any]:
    return {"case_id": story.known_id, **_frame(story, step, at)}


def _issue_id(story: Story, step: Step) -> int | None:
    return Issue.objects.get(case_id=story.known_id, number=step["issue"]).pk if "issue" in step else None


def _register(story: Story, step: Step, at: datetime) -> None:
    triage.register(
        kind=step["kind"],
        service_id=story.service(step["service"]),
        handler_id=story.person(step["handler"]),
        against=[triage.Against(name=name) for name in step.get("against", [])],
        **_case(story, step, at),
    )


def _acknowledge(story: Story, step: Step, at: datetime) -> None:
    triage.acknowledge(
        channel=step["channel"],
        acknowledged_at=at,
        discussion_offered=True,
        discussion_result=step["discussion"],
        note=step.get("note", ""),
        **_case(story, step, at),
    )


def _rate(story: Story, step: Step, at: datetime) -> None:
    triage.rate(
        seriousness=step["seriousness"],
        likelihood=step["likelihood"],
        impact_on_person=step["impact"],
        flags=step["flags"],
        reason=step.get("reason", ""),
        **_case(story, step, at),
    )


def _issue(story: Story, step: Step, at: datetime) -> None:
    triage.add_issue(
        summary=step["summary"],
        subject=step["subject"],
        outcome_wanted=step.get("wanted", ""),
        **_case(story, step, at),
    )


def _approach(story: Story, step: Step, at: datetime) -> None:
    triage.choose_approach(approach=step["approach"], reason=step.get("reason", ""), **_case(story, step, at))


def _plan(story: Story, step: Step, at: datetime) -> None:
    planned = plan.Planned(
        will_do=step["will_do"],
        how_updated=step["how_updated"],
        agreed=step["agreed"],
        agreed_on=at.date() if step["agreed"] == "agreed" else None,
        update_every_days=step.get("update_every_days"),
        support=step.get("support", ""),
        at_once=step.get("at_once", ""),
        respond_by=story.day(step, "respond"),
    )
    plan.agree_plan(planned=planned, **_case(story, step, at))


def _assign(story: Story, step: Step, at: datetime) -> None:
    investigate.assign_investigator(
        investigator_id=story.person(step["investigator"]), reason=step.get("reason", ""), **_case(story, step, at)
    )


def _contact(story: Story, step: Step, at: datetime) -> None:
    given = investigate.ContactGiven(
        happened_at=at,
        channel=step["channel"],
        direction=step.get("direction", "out"),
        with_whom=step.get("with", story.case.complainant_name),
        summary=step.get("summary") or step["text"],
        with_person="with" not in step,
        is_update=step["do"] == "update",
    )
    investigate.log_contact(given=given, **_case(story, step, at))


def _evidence(story: Story, step: Step, at: datetime) -> None:
    investigate.add_evidence(
        kind=step["kind"], title=step["title"], what_it_shows=step.get("shows", ""), **_case(story, step, at)
    )


def _find(story: Story, step: Step, at: datetime) -> None:
    given = investigate.FindingGiven(
        outcome=step["outcome"],
        what_happened=step["happened"],
        what_should_have=step["should"],
        reasoning=step["reasoning"],
        effect_on_person=step["effect"],
    )
    investigate.find(issue_id=_issue_id(story, step) or 0, given=given, **_frame(story, step, at))


def _remedy(story: Story, step: Step, at: datetime) -> None:
    due_on = story.promised_day(step, "due")
    remedy.agree_remedy(
        kind=step["kind"],
        description=step["description"],
        due_on=due_on,
        amount_pence=step["pounds"] * 100 if "pounds" in step else None,
        issue_id=_issue_id(story, step),
        **_case(story, step, at),
    )


def _deliver(story: Story, step: Step, at: datetime) -> None:
    owed = Remedy.objects.filter(case_id=story.known_id).order_by("pk")[step["remedy"] - 1]
    remedy.deliver_remedy(remedy_id=owed.pk, delivered_on=at.date(), note=step["text"], **_frame(story, step, at))


def _extend(story: Story, step: Step, at: datetime) -> None:
    until = story.promised_day(step, "until")
    plan.extend(
        until=until, reason=step["reason"], agreed=step["agreed"], good_reason=step["good_reason"],
        **_case(story, step, at),
    )  # fmt: skip


def _draft(story: Story, step: Step, at: datetime) -> None:
    respond.save_draft(
        case_id=story.known_id,
        parts={**draft_parts(story.case), **step["words"]},
        response_version=None,
        by=story.actor(step["by"]),
        at=at,
    )


def _sign(story: Story, step: Step, at: datetime) -> None:
    respond.sign(signed_as=step["as"], **_case(story, step, at))


def _reply(story: Story, step: Step, at: datetime) -> None:
    talk.message_from_person(case_id=story.known_id, body=step["text"], by=story.actor("public"), at=at)


def _settle(story: Story, step: Step, at: datetime) -> None:
    close.settle_orally(settled_at=at, what_was_done=step["text"], **_case(story, step, at))


def _learn(story: Story, step: Step, at: datetime) -> None:
    learning.record_learning(
        case_id=story.known_id,
        text=step["text"],
        level=step["level"],
        service_id=story.case.service_id,
        by=story.actor(step["by"]),
        at=at,
    )


def _promise(story: Story, step: Step, at: datetime) -> None:
    start_on, finish_on = story.promised_day(step, "start"), story.promised_day(step, "finish")
    learning.promise_action(
        learning_point_id=LearningPoint.objects.filter(case_id=story.known_id).latest("pk").pk,
        promised=Promised(
            step=step["step"],
            owner_id=story.person(step["owner"]) if "owner" in step else None,
            outside_name=step.get("outside_name", ""),
            outside_email=step.get("outside_email", ""),
            resources=step.get("resources", ""),
            embedded=step.get("embedded", ""),
            start_on=start_on,
            finish_on=finish_on,
            standard_met=step["standard"],
            involvement=step["involvement"],
            progress_check=step["progress"],
            progress_check_on=start_on + timedelta(days=7),
            completion_check=step["completion"],
            completion_check_on=finish_on + timedelta(days=14),
            maintenance_check=step["maintenance"],
            maintenance_check_on=finish_on + timedelta(days=90),
            impact_check=step["impact"],
            impact_check_on=finish_on + timedelta(days=180),
        ),
        by=story.actor(step["by"]),
        at=at,
    )


def _action(story: Story, step: Step, at: datetime) -> dict[str, Any]:
    action = Action.objects.filter(learning_point__case_id=story.known_id).latest("pk")
    return {"action_id": action.pk, "by": story.actor(step["by"]), "at": at, "version": action.version}


def _start(story: Story, step: Step, at: datetime) -> None:
    learning.start(started_on=timezone.localdate(at), **_action(story, step, at))


def _complete(story: Story, step: Step, at: datetime) -> None:
    learning.show_done(done_on=timezone.localdate(at), evidence=step["text"], **_action(story, step, at))


def _look(story: Story, step: Step, at: datetime) -> None:
    """What a check found: `kind`, and `again_in_days` where it is not as it should be."""
    learning.record_check(
        kind=step["kind"], done_on=timezone.localdate(at), note=step["text"], worked=step.get("worked", True),
        standing=step.get("standing", ""), again_on=story.day(step, "again"), **_action(story, step, at),
    )  # fmt: skip


def _publish(story: Story, step: Step, at: datetime) -> None:
    """Who learned writes the line, and somebody else approves it."""
    action = Action.objects.filter(learning_point__case_id=story.known_id).latest("pk")
    words = {"you_said": step["you_said"], "we_did": step["we_did"]}
    writer, reader = story.actor(step["by"]), story.actor(step["approved_by"])
    put_before_somebody("line", words, [action], writer, reader, at)


def put_before_somebody(
    kind: str, words: dict[str, str], actions: Sequence[Action], writer: Actor, reader: Actor, at: datetime, **more: Any
) -> Piece:
    """A piece from its first word to its approval: the writer decides on what the check marked, another approves it."""
    organisation_id = more.pop("organisation_id", None) or actions[0].organisation_id
    piece = writing.write(
        organisation_id=organisation_id, kind=kind, words=words, action_ids=[action.pk for action in actions], by=writer,
        at=at, **more,
    )  # fmt: skip
    marks = known.open_marks(known.texts_of(piece, piece.wordings.latest("number")))
    if marks:
        decided = {one.key: "fine" for one in marks}
        writing.look(piece_id=piece.pk, decided=decided, by=writer, at=at, version=piece.version)
    if kind == "story":
        return piece
    writing.ask(piece_id=piece.pk, by=writer, at=at, version=Piece.objects.get(pk=piece.pk).version)
    version = Piece.objects.get(pk=piece.pk).version
    return approve.approve(piece_id=piece.pk, read=True, by=reader, at=at, version=version)


def _wait(story: Story, step: Step, at: datetime) -> None:
    """The newest action waits for the first of the case."""
    first = Action.objects.filter(learning_point__case_id=story.known_id).earliest("pk")
    learning.wait_for(waits_for=first.pk, **_action(story, step, at))


def _part(story: Story, step: Step, at: datetime) -> None:
    learning.choose_part(
        case_id=story.known_id, wish=step["wish"], options=step["options"], how=step["how"],
        by=story.actor(step["by"]), at=at,
    )  # fmt: skip


STEPS: dict[str, Callable[[Story, Step, datetime], None]] = {
    "register": _register,
    "acknowledge": _acknowledge,
    "rate": _rate,
    "issue": _issue,
    "approach": _approach,
    "plan": _plan,
    "assign": _assign,
    "contact": _contact,
    "update": _contact,
    "evidence": _evidence,
    "find": _find,
    "remedy": _remedy,
    "deliver": _deliver,
    "extend": _extend,
    "draft": _draft,
    "ask_sign": lambda story, step, at: _ignore(respond.request_sign_off(**_case(story, step, at))),
    "sign": _sign,
    "send": lambda story, step, at: _ignore(respond.send(channel=step["channel"], **_case(story, step, at))),
    "close": lambda story, step, at: _ignore(close.close(**_case(story, step, at))),
    "withdraw": lambda story, step, at: _ignore(close.withdraw(reason=step["text"], **_case(story, step, at))),
    "escalate": lambda story, step, at: _ignore(close.escalate(reason=step["text"], **_case(story, step, at))),
    "reply": _reply,
    "settle": _settle,
    "learn": _learn,
    "promise": _promise,
    "start": _start,
    "complete": _complete,
    "look": _look,
    "wait": _wait,
    "part": _part,
    "publish": _publish,
    **why.STEPS,
}


def _ignore(_: object) -> None:
    """A step leaves its result in the database."""
