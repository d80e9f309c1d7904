"""The settings that the clock counts by. The engine knows no procedure by name: it does what these say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True)
class StageTimes:
    """The times of one stage, in working days.

    `respond` is "agreed" (by a period agreed with the person) or "counted" (`respond_days` from `respond_from`:
    "acknowledgement", or the last day to acknowledge where that comes first; or "arrival"). `extension_days` is how
    far past the counted date all extensions together may lead without a good reason; None sets no such limit.
    """

    acknowledge_days: int
    respond: Literal["agreed", "counted"]
    respond_days: int = 0
    respond_from: Literal["acknowledgement", "arrival"] = "acknowledgement"
    extension_days: int | None = None


@dataclass(frozen=True)
class Timescales:
    """All that a procedure settles about time.

    `stages` holds one or two. `extension_needs` is "agreement" of the person or a "reason". Work is open until
    `closes_at`, that moment included. `review_months` begin with the true day of receipt. `caveats` maps the name of
    a setting (for those of a stage `stage_1.acknowledge_days` and so on) to the sentence that the derivation adds
    where the setting is used and rests on no published source.
    """

    stages: tuple[StageTimes, ...]
    extension_needs: Literal["agreement", "reason"]
    late_arrival_moves_to_next_working_day: bool
    pauses_move: bool
    closes_at: time = time(17)
    review_months: int = 6
    caveats: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def stage(self, number: int) -> StageTimes:
        """Stage 1 or 2."""
        return self.stages[number - 1]

    def caveat(self, setting: str, stage: int | None = None) -> list[str]:
        """The sentence about a setting that rests on no published source, if it is one: none or one."""
        sentence = self.caveats.get(setting if stage is None else f"stage_{stage}.{setting}")
        return [sentence] if sentence else []
