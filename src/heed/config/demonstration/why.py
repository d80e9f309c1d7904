"""The steps of a story that ask why it happened: look closer, ask those who know, find, conclude, learn, link."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from heed.config.demonstration.stories import Story
from heed.learning.actions import analyse, contribute, learn_from_analysis, shelve
from heed.learning.models import Analysis, Contribution, LearningPoint

Step = dict[str, Any]


def _analysis(story: Story) -> Analysis:
    return Analysis.objects.filter(drawn_on__case_id=story.known_id).latest("pk")


def _frame(story: Story, step: Step, at: datetime) -> dict[str, Any]:
    found = _analysis(story)
    return {"analysis_id": found.pk, "by": story.actor(step["by"]), "at": at, "version": found.version}


def _decide(story: Story, step: Step, at: datetime) -> None:
    analyse.decide_on_analysis(
        case_id=story.known_id, wanted=step["wanted"], ground=step.get("ground", ""), reason=step["reason"],
        by=story.actor(step["by"]), at=at,
    )  # fmt: skip


def _begin(story: Story, step: Step, at: datetime) -> None:
    case_ids = [story.known_id]
    analyse.begin_analysis(case_ids=case_ids, question=step["question"], by=story.actor(step["by"]), at=at)


def _work(story: Story, step: Step, at: datetime) -> None:
    analyse.compare_work(prescribed=step["prescribed"], done=step["done"], **_frame(story, step, at))


def _factors(story: Story, step: Step, at: datetime) -> None:
    """What is found of each group; one that is not named did not contribute."""
    for factor in (
        "technology_and_tools",
        "external_influences",
        "organisational",
        "job_tasks",
        "person",
        "physical_environment",
    ):
        found = step.get(factor, "")
        analyse.find_factor(
            factor=factor, contributed="yes" if found else "no", found=found, workload=factor in step.get("workload", []),
            **_frame(story, step, at),
        )  # fmt: skip


def _ask(story: Story, step: Step, at: datetime) -> None:
    given = {"question": step["question"], "extract": step.get("extract", ""), **_frame(story, step, at)}
    if "name" in step:
        contribute.ask_staff(name=step["name"], email=step["email"], **given)
    else:
        contribute.ask_person(case_id=story.known_id, **given)


def _answer(story: Story, step: Step, at: datetime) -> None:
    asked = Contribution.objects.filter(analysis=_analysis(story), state="asked").earliest("pk")
    contribute.contribute(
        contribution_id=asked.pk, words=step["text"], way="told" if step["by"] != "public" else "page",
        by=story.actor(step["by"]), at=at,
    )  # fmt: skip


def _conclude(story: Story, step: Step, at: datetime) -> None:
    analyse.conclude(
        conclusions=step["text"], extent=step["extent"], extent_reason=step["shows"], **_frame(story, step, at)
    )


def _learn(story: Story, step: Step, at: datetime) -> None:
    learn_from_analysis(
        analysis_id=_analysis(story).pk, text=step["text"], level=step["level"], factors=step["factors"],
        by=story.actor(step["by"]), at=at,
    )  # fmt: skip


def _link(story: Story, step: Step, at: datetime) -> None:
    point = LearningPoint.objects.filter(case_id=story.known_id).latest("pk")
    shelve.link_point(
        point_id=point.pk, kind=step["kind"], name=step["name"], reference=step.get("reference", ""),
        change=step["change"], by=story.actor(step["by"]), at=at, version=point.version,
    )  # fmt: skip


STEPS: dict[str, Callable[[Story, Step, datetime], None]] = {
    "decide_why": _decide,
    "ask_why": _begin,
    "compare_work": _work,
    "factors": _factors,
    "ask_them": _ask,
    "they_say": _answer,
    "conclude_why": _conclude,
    "learn_why": _learn,
    "link_lesson": _link,
}
