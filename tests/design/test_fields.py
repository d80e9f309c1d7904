"""Each field: what it takes, what it makes of it, and what it says when it cannot."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from heed.design import forms
from heed.design.forms.numbers import is_nhs_number

TODAY = datetime.date(2026, 5, 5)


def refusal(field: Any, value: Any) -> str:
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return str(caught.value.messages[0])


def dated(**options: Any) -> forms.DateField:
    field = forms.DateField(label="When?", subject="the date it happened", **options)
    field.today = lambda: TODAY
    return field


@pytest.mark.parametrize(
    "typed", [["5", "5", "2026"], ["05", "May", "2026"], [" 5 ", "may", "2026"], ["5", "MAY", "2026"]]
)
def test_a_date_as_people_write_it(typed: list[str]) -> None:
    assert dated().clean(typed) == TODAY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "", ""], "Enter the date it happened"),
        (["5", "", ""], "The date it happened must include a month and year"),
        (["31", "2", "2026"], "The date it happened must be a real date, like 27 3 2026"),
        (["5", "13", "2026"], "The date it happened must be a real date, like 27 3 2026"),
        (["5", "Ma", "2026"], "The date it happened must be a real date, like 27 3 2026"),
        (["5", "5", "26"], "The date it happened must have a year of 4 numbers, like 2026"),
        (["14", "10", "1066"], "The date it happened must be on or after 1 January 1900"),
        (["1", "1", "2999"], "The date it happened must be on or before 31 December 2100"),
        (["٥", "5", "2026"], "The date it happened must be a real date, like 27 3 2026"),
        (["\0", "\ud800", "2026"], "The date it happened must be a real date, like 27 3 2026"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed: list[str], said: str) -> None:
    assert refusal(dated(), typed) == said


def test_a_date_in_the_future_or_the_past_is_refused_when_told_so() -> None:
    assert refusal(dated(when="past"), ["6", "5", "2026"]) == "The date it happened must be today or in the past"
    assert refusal(dated(when="future"), ["4", "5", "2026"]) == "The date it happened must be today or in the future"
    assert dated(when="past").clean(["5", "5", "2026"]) == TODAY
    assert dated(when="future").clean(["5", "5", "2026"]) == TODAY
    assert dated(required=False).clean(["", "", ""]) is None


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_every_real_date_is_taken_as_it_is(date: datetime.date) -> None:
    assert dated().clean([str(date.day), f"{date:%b}", str(date.year)]) == date


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("4:45pm", (16, 45)),
        ("16:45", (16, 45)),
        ("4.45 p.m.", (16, 45)),
        ("9am", (9, 0)),
        ("12am", (0, 0)),
        ("12pm", (12, 0)),
        ("midday", (12, 0)),
        ("Midnight", (0, 0)),
    ],
)
def test_a_time_as_people_write_it(typed: str, time: tuple[int, int]) -> None:
    assert forms.TimeField(label="Time").clean(typed) == datetime.time(*time)


@pytest.mark.parametrize("typed", ["16", "25:00", "9:60", "13pm", "0am", "soon", "-1:00"])
def test_a_wrong_time_is_refused(typed: str) -> None:
    assert refusal(forms.TimeField(label="Time"), typed) == "Time must be a time, like 9:30am or 16:45"


@pytest.mark.parametrize(("typed", "pence"), [("250", 25000), ("£1,250.50", 125050), ("0.05", 5), (" £ 3 ", 300)])
def test_pounds_become_pence(typed: str, pence: int) -> None:
    assert forms.MoneyField(label="Cost").clean(typed) == pence


@pytest.mark.parametrize("typed", ["1.5", "1.234", "-1", "£", "1e3", "NaN", "٣", "1,2,3.4"])
def test_what_is_no_money_is_refused(typed: str) -> None:
    assert refusal(forms.MoneyField(label="Cost"), typed) == "Cost must be an amount of money, like 250 or 250.50"


def test_money_has_limits_and_is_shown_in_pounds() -> None:
    assert refusal(forms.MoneyField(label="Cost", most=10000), "100.01") == "Cost must be £100 or less"
    assert forms.MoneyField(label="Cost", required=False).clean("") is None
    assert forms.MoneyField(label="Cost").prepare_value(125050) == "1,250.50"


def test_whole_numbers() -> None:
    field = forms.NumberField(label="How many", subject="how many", least=1, most=9999)
    assert field.clean("1,204") == 1204
    assert refusal(field, "0") == "How many must be 1 or more"
    assert refusal(field, "10000") == "How many must be 9,999 or less"
    assert refusal(field, "2.5") == "How many must be a whole number, like 12"
    assert refusal(field, "9" * 200) == "How many must be a whole number, like 12"
    assert refusal(field, "") == "Enter how many"


@pytest.mark.parametrize("typed", ["943 476 5919", "9434765919", "943-476-5919"])
def test_an_nhs_number_with_its_check_digit(typed: str) -> None:
    """943 476 5919 is the NHS Data Dictionary's own example."""
    assert forms.NHSNumberField(label="NHS number").clean(typed) == "9434765919"


def test_a_wrong_nhs_number_is_refused() -> None:
    field = forms.NHSNumberField(label="NHS number")
    assert "is not a real NHS number" in refusal(field, "943 476 5918")
    assert "must have 10 digits" in refusal(field, "943 476 591")
    assert "must have 10 digits" in refusal(field, "943 476 591x")
    assert "is not a real NHS number" in refusal(field, "0000000000")


@given(st.text("0123456789", min_size=9, max_size=9))
def test_of_ten_endings_at_most_one_is_right(nine: str) -> None:
    """With check digit 10 there is none. One digit wrong, or two neighbours swapped, is always noticed."""
    right = [last for last in "0123456789" if is_nhs_number(nine + last)]
    assert len(right) <= 1
    for last in right:
        number = nine + last
        for place in range(9):
            a, b = number[place], number[place + 1]
            if a != b:
                assert not is_nhs_number(number[:place] + b + a + number[place + 2 :])


def test_email_and_phone() -> None:
    assert forms.EmailField(label="Email").clean(" ann@example.com ") == "ann@example.com"
    assert "like name@example.com" in refusal(forms.EmailField(label="Email"), "ann@example")
    assert "254 characters" in refusal(forms.EmailField(label="Email"), "a" * 260 + "@example.com")
    for typed in ("01632 960 001", "+44 (0)808 157 0192", "01632960001 ext 12", "020-7946-0000"):
        assert forms.PhoneField(label="Phone").clean(typed) == typed
    for typed in ("12345", "call me", "01632 960 001 " * 2, "<script>0163296000</script>"):
        assert "like 01632 960 001" in refusal(forms.PhoneField(label="Phone"), typed)


def test_long_text_says_by_how_much_it_is_too_long() -> None:
    field = forms.LongTextField(label="What happened?", subject="what happened", max_length=20)
    assert refusal(field, "x" * 25) == "What happened must be 20 characters or fewer. You wrote 25."
    assert field.clean("a\r\n" * 5 + "b" * 10) == "a\n" * 5 + "b" * 10  # a line end counts once, as in the browser


def test_files() -> None:
    field = forms.FilesField(label="Files", most_files=2)
    small = SimpleUploadedFile("a.txt", b"a")
    assert field.clean([small]) == [small]
    assert refusal(field, []) == "Choose a file"
    assert refusal(field, [SimpleUploadedFile("e.txt", b"")]) == "“e.txt” is empty. Choose another file"
    assert refusal(field, [small] * 3) == "You chose 3 files. Choose 2 files or fewer"
    assert forms.FilesField(label="Files", required=False).clean([]) == []


def test_a_file_too_large_is_named(settings: Any) -> None:
    settings.LARGEST_FILE = 1024
    assert refusal(forms.FilesField(label="Files"), [SimpleUploadedFile("scan.pdf", b"x" * 1025)]) == (
        "“scan.pdf” is too large. A file must be 1 KB or smaller"
    )


def test_choices() -> None:
    assert forms.YesNoField(label="Spoken?").clean("no") is False
    assert forms.YesNoField(label="Spoken?", required=False).clean("") is None
    field = forms.MultipleChoiceField(label="Support", choices=[("a", "A"), ("none", "No support")], exclusive="none")
    assert field.clean(["a"]) == ["a"]
    assert refusal(field, ["a", "none"]) == "Choose “No support” by itself, or take it away"
    assert refusal(field, ["x"]) == "Choose one of the answers shown"
    assert refusal(forms.SelectField(label="Service", choices=[("a", "A")]), "") == "Choose service"
    assert refusal(forms.TickField(label="I agree"), None) == "Tick “I agree”"


class Reached(forms.Form):
    how = forms.ChoiceField(
        label="How?", choices=[("phone", "Phone"), ("letter", "Letter")], reveals={"phone": ["phone", "times"]}
    )
    phone = forms.PhoneField(label="Phone number")
    times = forms.MultipleChoiceField(label="When", choices=[("am", "Morning")])


def test_a_question_under_a_choice_is_asked_only_when_it_is_made() -> None:
    by_letter = Reached({"how": "letter", "phone": "nonsense"})
    assert by_letter.is_valid(), by_letter.errors
    assert by_letter.cleaned_data == {"how": "letter", "phone": "", "times": []}
    by_phone = Reached({"how": "phone"})
    assert set(by_phone.errors) == {"phone", "times"}


def test_a_form_cleans_what_enters_and_shows_it_again() -> None:
    class Named(forms.Form):
        name = forms.CharField(label="Name")
        born_on = forms.DateField(label="Date of birth")

    form = Named(MultiValueDict({"name": ["A\0\ud800n"], "born_on_day": ["40"], "born_on_month": ["\ud800"]}))
    assert not form.is_valid()
    assert form.cleaned_data["name"] == "A\ufffd\ufffdn"
    shown = str(form)
    shown.encode("utf-8")
    assert 'value="40"' in shown
