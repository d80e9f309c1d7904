"""The rail beside a case: the person, what was promised, and who is on the case."""

from dataclasses import dataclass, field
from typing import Any

from heed.accounts.permissions import Permission, Viewer
from heed.cases.queries.detail import Standing, contact_person, name_of
from heed.design import words
from heed.organisations import code_lists
from heed.staff.navigation import SEES_WORK, address, may_any

HOW = {
    "email": "By email",
    "phone": "By phone",
    "post": "By letter",
    "portal": "On their page, with their reference and code",
    "representative": "Through somebody who acts for them",
}


@dataclass(frozen=True)
class PromiseLine:
    label: str
    words: str
    late: bool


@dataclass(frozen=True)
class PersonLine:
    part: str
    name: str


@dataclass(frozen=True)
class Rail:
    name: str
    address_as: str = ""
    contact: list[str] = field(default_factory=list)
    adjustments: list[str] = field(default_factory=list)
    do_not: str = ""
    change_href: str = ""
    promises: list[PromiseLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)


def rail_of(case: Any, viewer: Viewer, standing: Standing) -> Rail:
    """What the rail says of a case to this person."""
    person = contact_person(case)
    correspondent = person.correspondent if person else None
    part = "representative" if case.feedback.representative else "complainant"
    change = address("change_person", case.organisation.code, case.reference, part) if correspondent else ""
    return Rail(
        name=(person.name if person else "") or name_of(case),
        address_as=correspondent.address_as if correspondent else "",
        contact=contact_lines(correspondent),
        adjustments=adjustment_lines(correspondent),
        do_not=correspondent.do_not if correspondent else "",
        change_href=change if viewer.may(Permission.HANDLE) else "",
        promises=[_promise(promise, standing) for promise in standing.promises],
        people=[
            PersonLine(part, name) for part, name in standing.people if may_any(viewer, SEES_WORK) or part == "Handler"
        ],
    )


def _promise(promise: Any, standing: Standing) -> PromiseLine:
    late = promise.late_on(standing.today)
    if promise.done_on:
        return PromiseLine(promise.label, f"Done {words.day(promise.done_on)}{', late' if late else ''}", late=False)
    return PromiseLine(promise.label, words.by_when(promise.on, standing.today, promise.left), late)


def contact_lines(person: Any) -> list[str]:
    """How and when to reach somebody, a line each."""
    if person is None:
        return ["They left no way to reach them."]
    lines = [f"Prefers: {HOW[person.preferred_channel].lower()}"] if person.preferred_channel else []
    if person.phone:
        lines.append(f"Phone: {person.phone}")
        lines.append({True: "May leave a message", False: "Leave no message"}.get(person.may_leave_message, ""))
    if person.convenient_times:
        lines.append(f"Convenient: {person.convenient_times}")
    if person.email:
        lines.append(f"Email: {person.email}{'' if person.email_is_private else ' (not known to be private)'}")
    if person.postal_address:
        safe = {True: "", False: " (not safe for letters)"}.get(person.post_is_safe, " (not known to be safe)")
        lines.append(f"Post: {', '.join(person.postal_address.split(chr(10)))}{safe}")
    return [line for line in lines if line] or ["They left no way to reach them."]


def adjustment_lines(person: Any) -> list[str]:
    """Adjustments by their labels, then what was said in words."""
    if person is None:
        return []
    known = code_lists.load("adjustments")
    lines = [known.label(code) if code in known else code for code in person.adjustments]
    return lines + [words_ for words_ in (person.adjustments_note, person.support_needs) if words_]
