"""Questionnaires: every file is loaded, every text says where it comes from, and a language is whole or not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from heed.feedback import surveys
from heed.feedback.surveys import loading, schema

FIVE = ["considering", "making", "informed", "outcome", "reflecting"]


def test_every_audience_has_its_questionnaire_of_known_stages() -> None:
    found = {of.key: [stage.key for stage in of.stages] for of in surveys.all_of_them()}
    assert found.keys() == surveys.AUDIENCES.keys()
    assert found["complainant"] == found["supporter"] == FIVE
    assert found["staff-involved"] == found["handler"] == FIVE[1:]
    assert found["anybody"] == ["using", "considering"]


def test_a_stage_is_short_and_every_text_says_where_it_comes_from() -> None:
    for of in surveys.all_of_them():
        for stage in of.stages:
            assert 3 <= len(stage.questions) <= 5
            assert stage.headline in stage.questions
        assert all(question.provenance for question in of.questions())
        assert len({question.text for question in of.questions()}) == len(list(of.questions()))


def test_what_is_recalled_is_never_said_to_be_found() -> None:
    """The headlines of My Expectations: the themes were found, the wording was not."""
    own = surveys.load("complainant")
    assert {stage.headline.status for stage in own.stages} == {"RECALLED"}
    assert not [question.key for question in own.questions() if question.status == "FOUND"]


def test_every_occasion_asks_stages_that_its_audience_has_and_each_stage_is_asked_once() -> None:
    timing = surveys.timing()
    for audience in surveys.AUDIENCES.keys() - {"anybody"}:
        asked = [stage for occasion in timing.of(audience) for stage in occasion.stages]
        assert sorted(asked) == sorted(stage.key for stage in surveys.load(audience).stages), audience


def test_nobody_is_asked_with_the_final_letter() -> None:
    for occasion in surveys.timing().occasions:
        assert occasion.after not in ("answered", "closed") or occasion.days >= 14
    with pytest.raises(ValidationError, match="together with the final letter"):
        schema.Occasion(
            key="outcome", audience="complainant", stages=("outcome",), after="answered", days=0, within_days=9,
            status="INFERRED", source="a mistake",
        )  # fmt: skip


def test_every_page_says_how_to_complain_and_that_nobody_has_to_answer() -> None:
    sentences = surveys.words_of_page().sentences
    assert "complain" in sentences["complain"]
    assert "do not have to answer" in sentences["voluntary"]
    assert "call 999" in sentences["not_urgent"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"key": "somebody"}, "no audience"),
        ({"stages": []}, "at least 1"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_a_file_that_is_wrong_is_refused(change: dict[str, object], why: str) -> None:
    told = surveys.load("anybody").model_dump() | change
    with pytest.raises(ValidationError, match=why):
        schema.Questionnaire.model_validate(told)


def test_two_headlines_or_none_are_refused() -> None:
    stage = surveys.load("anybody").stages[0].model_dump()
    for headline in (True, False):
        questions = [{**question, "is_headline": headline} for question in stage["questions"]]
        with pytest.raises(ValidationError, match="one statement stands for the stage"):
            schema.Stage.model_validate({**stage, "questions": questions})


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A language of the tests, in which every text is turned into capitals."""
    monkeypatch.setattr(loading, "LANGUAGES", tmp_path)
    surveys.translations.cache_clear()
    yield tmp_path
    surveys.translations.cache_clear()


def put_into(folder: Path, key: str, version: str = "1", leave_out: str = "") -> None:
    texts = {name: text.upper() for name, text in loading._texts(key, version).items() if name != leave_out}
    (folder / "xx").mkdir(exist_ok=True)
    lines = [f"{name} = '''{text}'''" for name, text in texts.items()]
    head = f'key = "{key}"\nversion = "{version}"\nlanguage = "xx"\nname = "Test"\nstatus = "INFERRED"\nsource = "a test"\n'
    (folder / "xx" / f"{key}.toml").write_text(head + "[texts]\n" + "\n".join(lines), encoding="utf-8")


def test_a_language_is_offered_when_the_questions_and_the_page_are_in_it(languages: Path) -> None:
    own = surveys.load("complainant")
    put_into(languages, "complainant")
    assert surveys.languages(own) == {"en": "English"}  # the page around them is not in it
    put_into(languages, "page")
    surveys.translations.cache_clear()
    assert surveys.languages(own) == {"en": "English", "xx": "Test"}
    told = surveys.in_language(own, "xx")
    assert [q.text for q in told.questions()] == [q.text.upper() for q in own.questions()]
    assert [q.key for q in told.questions()] == [q.key for q in own.questions()]
    assert told.open_question.text == own.open_question.text.upper()
    assert surveys.words_of_page(language="xx").scale["agree"] == "AGREE"
    assert surveys.in_language(own, "zz") == own


def test_half_a_translation_is_refused(languages: Path) -> None:
    put_into(languages, "complainant", leave_out="fair")
    with pytest.raises(ValueError, match="fair is missing"):
        surveys.translations()
