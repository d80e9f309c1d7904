"""Questionnaires: every file is loaded, every text says where it comes from, and a language is whole or not there."""

import re
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


@pytest.mark.parametrize("key", ["complainant", "supporter", "anybody"])
def test_the_public_can_answer_in_welsh(key: str) -> None:
    of = surveys.load(key)
    assert surveys.languages(of) == {"en": "English", "cy": "Cymraeg"}
    told = surveys.in_language(of, "cy")
    texts = {question.text for question in told.questions()} | {stage.title for stage in told.stages} | {told.title}
    assert not texts & set(loading._texts(key, of.version).values())
    assert [question.key for question in told.questions()] == [question.key for question in of.questions()]


@pytest.mark.parametrize("key", ["page", "complainant", "supporter", "anybody"])
def test_welsh_says_each_thing_once_with_the_numbers_of_the_english(key: str) -> None:
    told, wanted = surveys.translations()[key, "1", "cy"].texts, loading._texts(key, "1")
    for name, text in wanted.items():
        assert re.findall(r"\d+|[{}]", told[name]) == re.findall(r"\d+|[{}]", text), name
        assert told[name].endswith((".", "?")) == text.endswith((".", "?")), name
        assert "'" not in told[name], name  # as everywhere: ’
    assert len(set(told.values())) == len(told)


def test_staff_are_asked_in_english_alone() -> None:
    assert surveys.languages(surveys.load("handler")) == {"en": "English"}


def test_welsh_says_where_it_is_from() -> None:
    (welsh,) = surveys.other_languages()
    assert (welsh.language, welsh.name) == ("cy", "Cymraeg")
    assert all(welsh.sources)


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A language of the tests, in which every text is turned into capitals."""
    monkeypatch.setattr(loading, "LANGUAGES", tmp_path)
    surveys.translations.cache_clear()
    yield tmp_path
    surveys.translations.cache_clear()


def put_into(folder: Path, key: str, version: str = "1", leave_out: str = "", status: str = "INFERRED") -> None:
    texts = {name: text.upper() for name, text in loading._texts(key, version).items() if name != leave_out}
    (folder / "xx").mkdir(exist_ok=True)
    lines = [f"{name} = '''{text}'''" for name, text in texts.items()]
    head = (
        f'key = "{key}"\nversion = "{version}"\nlanguage = "xx"\nname = "Test"\nstatus = "{status}"\nsource = "{key}"\n'
    )
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


def test_a_language_awaits_reading_until_all_of_it_was_read(languages: Path) -> None:
    assert surveys.other_languages() == []
    for supporter, awaits in (("INFERRED", True), ("FOUND", False)):
        put_into(languages, "page", status="FOUND")
        put_into(languages, "supporter", status=supporter)
        surveys.translations.cache_clear()
        (told,) = surveys.other_languages()
        assert told == loading.Offered("xx", "Test", awaits, ("page (FOUND)", f"supporter ({supporter})"))


def test_half_a_translation_is_refused(languages: Path) -> None:
    put_into(languages, "complainant", leave_out="fair")
    with pytest.raises(ValueError, match="fair is missing"):
        surveys.translations()
