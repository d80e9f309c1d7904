"""The letters' files: each is sound, each says what it promises and no more, and an unsound one is refused."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.correspondence import letters
from heed.correspondence.letters import Letter, LetterFault

EVERY = letters.every_letter()
SOUND = """
key = "sample"
version = 1
effective_on = 2026-04-01
purpose = "A sample."
subject = "About {reference}"

[fields]
reference = { kind = "line", about = "The reference." }
respond_by = { kind = "date", about = "By when.", optional = true }

[[paragraphs]]
text = "From {organisation}: {reference}."

[[paragraphs]]
when_given = ["respond_by"]
text = "By {respond_by}."

[[paragraphs]]
when_missing = ["respond_by"]
text = '''
Soon,
we hope:
- first
- second
'''
"""
STANDARD = {"organisation": "Riverside NHS Trust", "address": "https://heed.example/riverside-nhs/"}


def sample(**changes: str) -> Letter:
    text = SOUND
    for old, new in changes.items():
        text = text.replace(PLACES[old], new)
    return letters.read("sample-1.toml", text)


PLACES = {
    "subject": '"About {reference}"',
    "paragraph": '"From {organisation}: {reference}."',
    "condition": 'when_given = ["respond_by"]',
    "kind": '"line"',
    "key": '"sample"',
    "date": "2026-04-01",
    "about": ', about = "The reference."',
}


TO_STAFF = {
    "early_warning", "actions_due", "story_withdrawn", "training_due", "care_asked", "care_answered", "post_reported",
}  # fmt: skip
# Letters that carry a one-time link, or the code that opens it.
WITH_A_LINK = {letter.key for letter in EVERY if any(field.kind == "once" for field in letter.fields.values())}


def unsaid(letter: Letter) -> set[str]:
    """The standard fields that only the public needs: the page where a case is followed, and how to reach us."""
    if letter.key in WITH_A_LINK:
        return {"address"}
    return {"address", "contact"} if letter.key in TO_STAFF else set()


def filled(letter: Letter) -> dict[str, str | date]:
    """A value for each field: its own name where that will do."""
    values: dict[str, str | date] = {"line": "", "date": date(2026, 5, 19), "link": "https://heed.example/x/"}
    return {name: values.get(field.kind) or f"«{name}»" for name, field in letter.fields.items()}


def words(letter: Letter, values: dict[str, str | date]) -> str:
    rendered = letter.render(values)
    return rendered.sealed_body or rendered.body


@pytest.mark.parametrize("letter", EVERY, ids=lambda letter: f"{letter.key}-{letter.version}")
class TestEachLetter:
    def test_every_field_that_it_publishes_is_used(self, letter: Letter) -> None:
        text = letter.subject + "".join(paragraph.text for paragraph in letter.paragraphs)
        assert set(re.findall(r"\{(\w+)\}", text)) == set(letter.fields) - unsaid(letter)

    def test_it_reads_well_with_everything_and_with_the_least(self, letter: Letter) -> None:
        most = filled(letter)
        least = {name: value for name, value in most.items() if not letter.fields[name].optional}
        for values in (most, least):
            body = words(letter, values)
            assert not re.search(r"[{}]|\n\n\n|  | ,| \.|None", body)
            assert all(len(paragraph) < 500 for paragraph in body.split("\n\n"))
        for name, value in most.items():
            if name in unsaid(letter):
                continue
            shown = "19 May 2026" if isinstance(value, date) else value
            assert shown in words(letter, most) + letter.render(most).subject, name

    def test_it_speaks_plainly(self, letter: Letter) -> None:
        text = words(letter, filled(letter)).lower()
        assert not re.search(r"\b(ticket|user|customer|resolved|client|regarding|pursuant|aforementioned)\b", text)

    def test_only_the_receipt_may_carry_a_secret(self, letter: Letter) -> None:
        secrets = {name for name, field in letter.fields.items() if field.kind == "secret"}
        assert secrets == ({"code"} if letter.key == "receipt" else set())


def test_the_letters_that_the_journey_needs_are_there() -> None:
    assert {letter.key for letter in EVERY} == {
        "receipt",
        "survey",
        "survey_staff",
        "action_owned",
        "thanks",
        "acknowledgement",
        "message_waiting",
        "plan_agreed",
        "update_told",
        "extension_told",
        "response_ready",
        "learning_told",
        "change_told",
        "reopened",
        "next_stage",
        *TO_STAFF,
        *WITH_A_LINK,
    }


def test_a_secret_is_sent_and_not_kept() -> None:
    letter = letters.load("receipt", date(2026, 5, 5))
    rendered = letter.render({**STANDARD, "reference": "R-4711", "code": "KXPW-7N3M-QRTV"})
    assert "KXPW-7N3M-QRTV" in rendered.sealed_body
    assert "KXPW" not in rendered.body + rendered.subject
    assert letters.load("thanks", date(2026, 5, 5)).render({**STANDARD, "kind": "comment"}).sealed_body == ""


def test_paragraphs_stand_or_fall_with_what_was_given() -> None:
    letter = sample()
    with_date = letter.render({**STANDARD, "reference": "R-1", "respond_by": date(2026, 5, 5)})
    assert with_date.body == "From Riverside NHS Trust: R-1.\n\nBy 5 May 2026.\n"
    without = letter.render({**STANDARD, "reference": "R-1", "respond_by": ""})
    assert without.body == "From Riverside NHS Trust: R-1.\n\nSoon, we hope:\n- first\n- second\n"


@given(st.text(min_size=1).filter(str.strip))
def test_whatever_is_given_stays_one_line_and_is_never_read_as_a_field(value: str) -> None:
    rendered = sample().render({**STANDARD, "reference": "{organisation}" + value})
    assert len(rendered.subject.splitlines()) == 1
    assert rendered.subject.startswith("About {organisation}")
    assert len(rendered.subject) <= 306


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "needs reference"),
        ({"reference": " ", "shoe_size": "9"}, "does not know shoe_size"),
        ({"reference": "R-1", "respond_by": "Tuesday"}, "takes a date"),
        ({"reference": date(2026, 5, 5)}, "takes a line"),
        ({"reference": "R-1", "address": "javascript:alert(1)"}, "an address of the web"),
    ],
)
def test_values_that_do_not_fit_are_a_mistake_of_the_program(values: dict[str, str | date], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        sample().render({**STANDARD, **values})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": '"About {shoe_size}"'}, "the subject uses the unknown field shoe_size"),
        ({"subject": '"About {respond_by}"'}, "which may be missing"),
        ({"subject": '""'}, "the subject is empty"),
        ({"paragraph": '"For {shoe_size}"'}, "paragraph 1 uses the unknown field shoe_size"),
        ({"paragraph": '"For {reference.__class__}"'}, "a brace that is no field"),
        ({"paragraph": '"For {{ reference }}"'}, "a brace that is no field"),
        ({"paragraph": '"For {% if reference %}"'}, "a brace that is no field"),
        ({"paragraph": '"By {respond_by}"'}, "which may be missing, without when_given"),
        ({"condition": 'when_given = ["shoe_size"]'}, "depends on the unknown field shoe_size"),
        ({"condition": 'only_if = "respond_by"'}, "unknown key only_if"),
        ({"kind": '"secret"'}, "may not carry a secret"),
        ({"kind": '"number"'}, "of no known kind"),
        ({"key": '"other"'}, "should be called other-1.toml"),
        ({"date": '"soon"'}, "effective_on must be a date"),
        ({"about": ""}, "about is missing"),
    ],
)
def test_an_unsound_file_is_refused_when_loaded(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(LetterFault, match=sentence) as refusal:
        sample(**changes)
    assert str(refusal.value).startswith("sample-1.toml: ")


def test_a_standard_field_cannot_be_declared_anew() -> None:
    with pytest.raises(LetterFault, match="organisation is a standard field"):
        sample(about=', about = "x" }\norganisation = { kind = "line", about = "y"')


def test_the_version_in_force_on_the_day_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    second = letters.read("sample-2.toml", SOUND.replace("version = 1", "version = 2").replace("2026-04", "2026-06"))
    monkeypatch.setattr("heed.correspondence.letters.loading.every_letter", lambda: (sample(), second))
    assert letters.load("sample", date(2026, 5, 31)).version == 1
    assert letters.load("sample", date(2026, 6, 1)).version == 2
    with pytest.raises(KeyError, match="in force on 2026-03-31"):
        letters.load("sample", date(2026, 3, 31))
    with pytest.raises(KeyError, match="no letter 'other'"):
        letters.load("other", date(2026, 6, 1))
