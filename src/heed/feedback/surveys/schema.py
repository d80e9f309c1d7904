"""What the files of questionnaires hold."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from heed.organisations.code_lists.provenance import Data, Dated, Setting, Sourced

# The five stages of My Expectations, and what a listening campaign asks about the service itself.
STAGES = {
    "considering": "Considering a complaint",
    "making": "Making a complaint",
    "informed": "Staying informed",
    "outcome": "Receiving outcomes",
    "reflecting": "Reflecting on the experience",
    "using": "Using the service",
}
AUDIENCES = {
    "complainant": "People who complained",
    "supporter": "Those who supported them",
    "staff-involved": "Staff who were complained about",
    "handler": "Those who handle complaints",
    "anybody": "Anybody, in a listening campaign",
}
SCALE = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
POSITIVE = ("strongly_agree", "agree")
DOES_NOT_APPLY = "does_not_apply"
OPEN = "open"  # names the open question among the texts of a translation

After = Literal["acknowledged", "middle", "answered", "closed", "half_year"]


class Question(Sourced):
    """One statement to agree with. `is_headline`: it stands for its stage, once in each stage."""

    key: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)
    text: str = Field(min_length=5)
    is_headline: bool = False


class Stage(Data):
    """Three to five statements about one stage."""

    key: str
    title: str
    questions: tuple[Question, ...] = Field(min_length=3, max_length=5)

    @model_validator(mode="after")
    def _is_a_known_stage_with_one_headline(self) -> Self:
        if self.key not in STAGES:
            raise ValueError(f"there is no stage {self.key!r}")
        if sum(question.is_headline for question in self.questions) != 1:
            raise ValueError(f"{self.key}: one statement stands for the stage, neither none nor two")
        return self

    @property
    def headline(self) -> Question:
        return next(question for question in self.questions if question.is_headline)


class OpenQuestion(Sourced):
    """What is asked in their own words."""

    text: str = Field(min_length=5)


class Questionnaire(Dated):
    """All that one audience is asked, stage after stage, in one version. `key` is the audience."""

    title: str
    stages: tuple[Stage, ...] = Field(min_length=1)
    open_question: OpenQuestion

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> Self:
        if self.key not in AUDIENCES:
            raise ValueError(f"there is no audience {self.key!r}")
        keys = [stage.key for stage in self.stages] + [question.key for question in self.questions()]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{self.key}: two stages or statements have one key")
        return self

    def questions(self, stages: tuple[str, ...] = ()) -> Iterator[Question]:
        """The statements of some stages, or of all, in order."""
        for stage in self.stages:
            if not stages or stage.key in stages:
                yield from stage.questions

    def stage_of(self, question: str) -> Stage:
        """The stage of a statement, by its key. Raises KeyError."""
        for stage in self.stages:
            if any(one.key == question for one in stage.questions):
                return stage
        raise KeyError(f"{self.key} asks no {question!r}")

    def only(self, stages: tuple[str, ...]) -> "Questionnaire":
        """The questionnaire with these of its stages alone."""
        return self.model_copy(update={"stages": tuple(stage for stage in self.stages if stage.key in stages)})


class Occasion(Sourced):
    """When an audience is asked about some stages: `days` after something, and not later than `within_days` after that.

    `middle`: halfway between the acknowledgement and the day that the answer is promised by, and only before it is
    answered. `half_year`: every half year, whatever the cases."""

    key: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=20)
    audience: str
    stages: tuple[str, ...] = Field(min_length=1, max_length=4)
    after: After
    days: int = Field(ge=0)
    within_days: int = Field(ge=1)

    @model_validator(mode="after")
    def _is_not_asked_with_the_answer(self) -> Self:
        if self.after in ("answered", "closed") and self.days < 1:
            raise ValueError(f"{self.key}: nobody is asked together with the final letter")
        return self

    @property
    def sentence(self) -> str:
        """ "People who complained, 21 days after it was answered: receiving outcomes." """
        when = _WHEN[self.after].format(days=f"{self.days} days")
        return f"{AUDIENCES[self.audience]}, {when}: {', '.join(STAGES[stage].lower() for stage in self.stages)}."


_WHEN = {
    "acknowledged": "{days} after the complaint was acknowledged",
    "middle": "halfway between that and the day of the answer",
    "answered": "{days} after it was answered",
    "closed": "{days} after it was closed",
    "half_year": "in April and October",
}


class Timing(Dated):
    """When and how often people are asked. Days are calendar days. `enough`: how many answers of a stage make a stretch of
    time that figures are told of; `fewest`: nothing is told of a statement or service with fewer."""

    gap_days: Setting[int]
    remind_days: Setting[int]
    open_days: Setting[int]
    enough: Setting[int]
    fewest: Setting[int]
    cautious_flags: Setting[tuple[str, ...]]
    cautious_needs: Setting[tuple[str, ...]]
    occasions: tuple[Occasion, ...]

    def of(self, audience: str) -> tuple[Occasion, ...]:
        return tuple(occasion for occasion in self.occasions if occasion.audience == audience)

    def occasion(self, audience: str, key: str) -> Occasion:
        """Raises KeyError."""
        for occasion in self.of(audience):
            if occasion.key == key:
                return occasion
        raise KeyError(f"{audience} is not asked on the occasion {key!r}")


class Wording(Dated):
    """What stands on every questionnaire, whatever it asks. `sentences` and `scale` by a key that pages know."""

    status: str
    source: str
    scale: dict[str, str]
    sentences: dict[str, str]

    @model_validator(mode="after")
    def _names_every_answer(self) -> Self:
        if list(self.scale) != [*SCALE, DOES_NOT_APPLY]:
            raise ValueError("the scale has its five answers and 'does not apply', in this order")
        return self


class Translation(Sourced):
    """A questionnaire, or the words of the page, in another language: a text for every text of exactly one version.

    Until somebody who speaks the language has read it, and `source` names them, its status is not a confirmed one."""

    key: str
    version: str
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    name: str = Field(min_length=2)
    texts: dict[str, str]
