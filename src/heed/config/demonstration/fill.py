"""Fills the database, all or nothing."""

from datetime import datetime

from django.db import transaction
from tqdm import tqdm

from heed.accounts.models import DemoMarker
from heed.config.demonstration import places, stories
from heed.config.demonstration.steps import STEPS


@transaction.atomic
def fill(now: datetime) -> int:
    """The organisations, the cast and the stories, with the marker that keeps real people out. Returns the number of
    stories told."""
    DemoMarker.objects.create(made_at=now)
    places.make_organisations(now)
    places.make_people()
    entries = places.read("cases.toml")["case"]
    for entry in tqdm(entries, desc="Telling the stories", unit="story", leave=False):
        story = stories.begin(entry, now)
        for place, step in enumerate(entry["step"]):
            STEPS[step["do"]](story, step, story.when(step["day"], 10, min(59, 2 * place)))
    return len(entries)
