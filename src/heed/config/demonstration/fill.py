"""Fills the database, all or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from heed.accounts.models import DemoMarker
from heed.config.demonstration import activity, care, groups, places, proof, rise, stories, surveys, told, voices
from heed.config.demonstration.steps import STEPS
from heed.config.seeding.run import seed_background

# What came in before the stories and is answered, so that figures have something to show. It is in the past of the
# organisations like any other feedback, but for the few newest still to do.
BACKGROUND, MONTHS = 1600, 40  # years enough for seasons, and for what is usual
SHARES = (0.42, 0.26, 0.16, 0.09, 0.07)
QUICK_DAYS = 75  # what came in since was settled at once, so that the worklists of the cast are their stories'


@transaction.atomic
def fill(now: datetime) -> int:
    """The organisations, the cast, their past and the stories, with the marker that keeps real people out. Returns the
    number of stories told."""
    DemoMarker.objects.create(made_at=now)
    places.make_organisations(now)
    places.make_people()
    seed_background(
        BACKGROUND,
        until=timezone.localdate(now),
        months=MONTHS,
        seed=1,
        shares=SHARES,
        quick_days=QUICK_DAYS,
        marked=False,
    )
    proof.tell_cases(now, BACKGROUND)
    groups.ask_and_tell(now, MONTHS)
    activity.tell(now, months=MONTHS)
    voices.hear(now)
    entries = places.read("cases.toml")["case"]
    for entry in tqdm(entries, desc="Telling the stories", unit="story", leave=False):
        story = stories.begin(entry, now)
        for place, step in enumerate(entry["step"]):
            STEPS[step["do"]](story, step, story.when(step["day"], 10, min(59, 2 * place)))
    surveys.tell_how_it_was(now)
    told.tell(now)
    care.look_after(now)
    rise.tell_rise(now)
    rise.look(now)
    proof.tell_actions(now)
    return len(entries)
