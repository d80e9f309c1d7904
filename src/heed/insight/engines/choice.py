"""Which engine a page uses: the one place where that is decided, by what was measured (`benchmarks/insight.py`).

The live database answers of this very moment, and quickly enough up to some size; beyond it the snapshot does."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from heed.facts import queries as facts
from heed.insight.engines.base import Engine
from heed.insight.engines.live import Live
from heed.insight.engines.snapshot import Snapshot, is_whole
from heed.insight.snapshots import manifest, refreshing

LIVE_UP_TO = 100_000  # facts of one organisation


@dataclass(frozen=True)
class Chosen:
    """`as_of`: the moment of the figures, None for now."""

    engine: Engine
    as_of: datetime | None = None

    def computed_at(self, at: datetime) -> datetime:
        """From when figures are that are asked for at a moment."""
        return self.as_of or at


def chosen(organisation: str) -> Chosen:
    """The engine for the figures of an organisation (its code)."""
    if settings.FIGURES == "live":
        return Chosen(Live())
    folder = refreshing.folder()
    found = manifest.current(folder)
    place = found.places.get(organisation) if found else None
    if found is None or place is None or not is_whole(folder, place):
        return Chosen(Live())
    if settings.FIGURES == "auto" and place.rows <= LIVE_UP_TO:
        return Chosen(Live())
    return Chosen(Snapshot(folder, found, organisation), found.as_of)


def snapshot_is_wanted() -> bool:
    """Whether any page may need the snapshot."""
    return settings.FIGURES == "snapshot" or (settings.FIGURES == "auto" and facts.roughly_how_many() > LIVE_UP_TO)
