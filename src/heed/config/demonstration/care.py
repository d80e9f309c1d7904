"""People of the demonstration look after each other: training, talks, skills, an hour that somebody asked for, practice."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.care.actions import network, people, talks, training
from heed.care.models import Course, Post
from heed.config.demonstration.places import read
from heed.organisations.models import Organisation


class Place:
    """One organisation of `demo/care.toml` while it is told."""

    def __init__(self, entry: dict[str, Any], now: datetime):
        self.organisation, self.entry, self.now = Organisation.objects.get(code=entry["code"]), entry, now

    def id(self, who: str) -> int:
        return User.objects.get(email__startswith=f"{who}@").pk

    def frame(self, who: str, days_ago: int = 0, hours: int = 0) -> dict[str, Any]:
        """Who does it, where and when."""
        by = Actor("staff", str(self.id(who)), self.organisation.code)
        return {"organisation": self.organisation, "by": by, "at": self.now - timedelta(days=days_ago, hours=-hours)}


def look_after(now: datetime) -> None:
    """Everything of the file; posts in the order of their days, so that answers find what they answer."""
    places = [Place(entry, now) for entry in read("care.toml")["organisation"]]
    for place in places:
        _training(place)
        _people(place)
        _talks(place)
    posts = [(post, place) for place in places for post in (*place.entry["posts"], *place.entry["answers"])]
    for post, place in sorted(posts, key=lambda pair: -pair[0]["days_ago"]):
        _post(post, place)


def _training(place: Place) -> None:
    frame = place.frame(place.entry["manager"])
    training.take_over(codes=place.entry["courses"], **frame)
    courses = dict(Course.objects.filter(organisation=place.organisation).values_list("key", "pk"))
    for had in place.entry["trained"]:
        training.record_training(
            course_id=courses[had["course"]], people=[place.id(who) for who in had["people"]], evidence=had["evidence"],
            had_on=timezone.localdate(place.now) - timedelta(days=had["days_ago"]), **frame,
        )  # fmt: skip


def _people(place: Place) -> None:
    frame = place.frame(place.entry["manager"])
    for kept in place.entry["skills"]:
        people.set_skills(person_id=place.id(kept["who"]), skills=kept["codes"], **frame)
    for agreed in place.entry["capacity"]:
        person = place.id(agreed["who"])
        people.propose_capacity(person_id=person, hours_a_week=agreed["hours"], most_cases=agreed["cases"], **frame)
        people.agree_capacity(person_id=person, **place.frame(agreed["who"]))
    for asked in place.entry["asked"]:
        made = people.ask(
            to_id=place.id(asked["to"]), helps=asked["helps"], words=asked["words"],
            **place.frame(asked["who"], asked["days_ago"]),
        )  # fmt: skip
        people.answer_asking(
            asking_id=made.pk, answer=asked["answer"], **place.frame(asked["to"], asked["days_ago"], 1)
        )


def _talks(place: Place) -> None:
    today = timezone.localdate(place.now)
    for pair in place.entry["supervision"]:
        frame = place.frame(pair["supervisor"], pair["days_ago"])
        held_on = today - timedelta(days=pair["days_ago"])
        made = talks.agree_supervision(
            supervisor_id=place.id(pair["supervisor"]), supervised_id=place.id(pair["supervised"]),
            every_weeks=pair["weeks"], next_on=held_on, **frame,
        )  # fmt: skip
        talks.hold_talk(
            supervision_id=made.pk, held_on=held_on, next_on=today + timedelta(days=pair["next_in"]), text=pair["note"],
            **frame,
        )  # fmt: skip
    for one in place.entry["reflections"]:
        frame = place.frame(one["who"], one["days_ago"])
        written = talks.write_reflection(text=one["text"], **frame)
        if one["shared"]:
            talks.share_reflection(reflection_id=written.pk, shared=True, **frame)


def _post(post: dict[str, Any], place: Place) -> None:
    parent = Post.objects.get(title=post["to"]).pk if "to" in post else None
    network.post(
        kind=post.get("kind", "answer"), title=post.get("title", ""), text=post["text"], named=post.get("named", False),
        parent_id=parent, **place.frame(post["who"], post["days_ago"]),
    )  # fmt: skip
