"""What the worker does for insight."""

from django.utils import timezone

from heed.audit.actor import system
from heed.audit.refusals import Refused
from heed.insight.actions import keep, recheck, subjects, themes
from heed.insight.engines.choice import snapshot_is_wanted
from heed.insight.queries.recheck import last_month
from heed.insight.snapshots import refreshing
from heed.jobs.work import task
from heed.organisations.models import Organisation


@task
def draw_recheck() -> int:
    """Draw last month's cases to re-check in every organisation where that was not done yet; in how many it was now. Run
    every day, it draws on the first of the month, or as soon after it as a worker runs."""
    now, drawn = timezone.now(), 0
    month = last_month(timezone.localdate(now))
    for organisation in Organisation.objects.order_by("pk"):
        try:
            recheck.draw(organisation=organisation, month=month, by=system("worker"), at=now)
        except Refused:
            continue  # drawn already, or nothing was closed
        drawn += 1
    return drawn


@task
def refresh_snapshot() -> None:
    """Take what has changed into the snapshot of the facts, if any page may need one; otherwise there is none."""
    if snapshot_is_wanted():
        refreshing.refresh(at=timezone.now())
    else:
        refreshing.remove()


@task(priority=-50)
def learn_subjects() -> int:
    """Learn how each organisation codes, where it coded enough and something new; in how many Heed learned now."""
    now, learned = timezone.now(), 0
    for organisation in Organisation.objects.order_by("pk"):
        try:
            subjects.learn_subjects(organisation=organisation, by=system("worker"), at=now)
        except Refused:
            continue  # too little, or nothing new
        learned += 1
    return learned


@task
def keep_month() -> int:
    """Keep the figures of every organisation once a month is over; of how many they were kept now."""
    now = timezone.now()
    month = last_month(timezone.localdate(now))
    kept = [
        keep.keep_month(organisation=organisation, by=system("worker"), at=now, last_month=month)
        for organisation in Organisation.objects.order_by("pk")
    ]
    return sum(one is not None for one in kept)


@task(priority=-50)
def seek_themes() -> int:
    """Look for new themes in every organisation; how many were found."""
    found = 0
    for organisation in Organisation.objects.order_by("pk"):
        found += themes.seek_themes(organisation=organisation, at=timezone.now()).found
    return found
