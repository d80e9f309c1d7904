"""A rate in the words of the organisation: what it counts as its activity."""

from dataclasses import replace

from heed.insight.measures.declaration import Measure
from heed.organisations import code_lists

OF_ACTIVITY = "of activity"


def named(kind: str) -> str:
    """What a kind of activity is called within a sentence: "bed days"."""
    return code_lists.load("activity").label(kind).lower()


def in_words_of(measure: Measure, kind: str) -> Measure:
    """The measure as an organisation reads it that counts this kind of activity ("": has not said); others as they are."""
    if measure.shape != "rate" or not kind:
        return measure
    over = named(kind)
    return replace(
        measure,
        over=over,
        name=measure.name.replace(OF_ACTIVITY, over),
        denominator=f"{over.capitalize()} in the same month, as entered. {measure.denominator}",
    )
