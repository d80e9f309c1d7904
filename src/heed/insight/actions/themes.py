"""Seek new themes, and decide what each is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case, ComplainedAbout
from heed.insight.models import NewTheme, ThemeLook
from heed.insight.queries.suggesting import likeliest
from heed.insight.themes import growing
from heed.insight.themes.growing import CURRENT, REFERENCE, Theme, Told
from heed.insight.themes.tokens import words
from heed.organisations.models import Organisation

PEOPLE = ("complainant", "person_affected", "representative")
FORGOTTEN = timedelta(weeks=26)  # after which a theme that comes again is a new one
STATES = ("watched", "named", "dismissed")


def seek_themes(*, organisation: Organisation, at: datetime) -> ThemeLook:
    """Look for themes among the cases of the last four weeks, and keep what was found under the number that it had."""
    today = timezone.localdate(at)
    texts, without = _told(organisation, at)
    themes = growing.find(texts, today, without)
    since = today - CURRENT
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        _keep(organisation, themes, at)
        return ThemeLook.objects.create(
            organisation=organisation, at=at, current=sum(told.on > since for told in texts),
            past=sum(told.on <= since for told in texts), found=len(themes),
        )  # fmt: skip


def _told(organisation: Organisation, at: datetime) -> tuple[list[Told], frozenset[str]]:
    """The cases' words of a year and four weeks, and the words of everybody's names in the organisation."""
    rows = Case.objects.filter(organisation=organisation, received_at__gt=at - CURRENT - REFERENCE).values_list(
        "pk", "received_at", "feedback__narrative__text", "feedback__complainant_id", "complainant_name",
        *(f"feedback__{who}__name" for who in PEOPLE),
    )  # fmt: skip
    since = timezone.localdate(at) - CURRENT
    known = likeliest(organisation)
    texts, names = [], set[str]()
    for pk, received_at, text, person, *called in rows:
        names.update(words(" ".join(name for name in called if name)))
        on = timezone.localdate(received_at)
        if text:  # who gave no name may be anybody: somebody of their own
            sure = known(text) if on > since else None
            texts.append(Told(str(pk), text, on, f"person {person}" if person else f"case {pk}", sure))
    accused = ComplainedAbout.objects.filter(case__organisation=organisation).values_list("name", "person__name")
    names.update(words(" ".join(name for pair in accused for name in pair if name)))
    names.update(words(" ".join(person.name for person in accounts.members(organisation.pk))))
    return texts, frozenset(names)


def _keep(organisation: Organisation, themes: Sequence[Theme], at: datetime) -> None:
    recent = NewTheme.objects.filter(organisation=organisation, last_seen_at__gt=at - FORGOTTEN)
    earlier = {theme.number: theme for theme in recent}
    numbers = growing.matched(themes, {number: theme.centre for number, theme in earlier.items()})
    last = NewTheme.objects.filter(organisation=organisation).order_by("-number").values_list("number", flat=True)
    following = (last.first() or 0) + 1
    for theme, number in zip(themes, numbers, strict=True):
        row = earlier.get(number or 0)
        if row is None:
            row = NewTheme(organisation=organisation, number=following, first_seen_at=at)
            following += 1
        row.words, row.centre, row.case_ids = list(theme.words), theme.centre, list(theme.keys)
        row.people, row.copies, row.last_seen_at = theme.people, theme.copies, at
        row.sizes = [*row.sizes, [timezone.localdate(at).isoformat(), len(theme.keys)]]
        row.save()


def decide_theme(*, theme_id: int, state: str, name: str = "", reason: str = "", by: Actor, at: datetime) -> NewTheme:
    """Watch a theme, name it, or dismiss it with a reason; who and why are recorded, and the last decision counts."""
    if state not in STATES:
        raise Refused("Say what you want to do with it.", "state")
    if state == "named" and not name.strip():
        raise Refused("Say what it is called.", "name")
    if state == "dismissed" and not reason.strip():
        raise Refused("Say why it is dismissed.", "reason")
    with transaction.atomic():
        theme = NewTheme.objects.select_for_update().get(pk=theme_id)
        theme.state, theme.decided_by_id, theme.decided_at = state, by.member_id, at
        theme.name = name.strip() if state == "named" else theme.name
        theme.reason = reason.strip()
        theme.save()
        record(
            by=by, at=at, verb=f"theme_{state}", kind="new_theme", object_id=str(theme.pk),
            organisation=theme.organisation.code, detail={"number": theme.number},
        )  # fmt: skip
    return theme
