"""Questionnaires as data, in the languages that they were put into, and the rules of asking them: pure, no tables (R15, R185).

Every text says where it comes from. A version in force is never edited: a new one follows it."""

from heed.feedback.surveys.loading import (
    all_of_them,
    in_language,
    languages,
    load,
    of_version,
    other_languages,
    timing,
    translations,
    words_of_page,
)
from heed.feedback.surveys.schema import (
    AUDIENCES,
    DOES_NOT_APPLY,
    POSITIVE,
    SCALE,
    STAGES,
    Occasion,
    Question,
    Questionnaire,
    Stage,
    Timing,
    Wording,
)

__all__ = [
    "AUDIENCES",
    "DOES_NOT_APPLY",
    "POSITIVE",
    "SCALE",
    "STAGES",
    "Occasion",
    "Question",
    "Questionnaire",
    "Stage",
    "Timing",
    "Wording",
    "all_of_them",
    "in_language",
    "languages",
    "load",
    "of_version",
    "other_languages",
    "timing",
    "translations",
    "words_of_page",
]
