"""What is heard elsewhere: one thing, a whole table, and what things are about."""

from collections.abc import Sequence
from typing import Any

from heed.design import forms
from heed.feedback import codes, voices
from heed.feedback.voice_table import Known, read_table
from heed.feedback.voices import Heard
from heed.learning import naming
from heed.organisations import code_lists, queries
from heed.organisations.rules import Rejected
from heed.staff import tables
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm
from heed.staff.forms.table import TableForm, file_field, table_field

LONGEST_TABLE = 2_000_000
LATER = "Not now"


def sources() -> list[tuple[str, str]]:
    return code_lists.load("other-voices").choices()


class VoiceForm(StaffForm):
    """One thing that was heard. Names are asked about before it is kept."""

    source = forms.SelectField(label="Where was it heard?", subject="where it was heard", choices=[])
    heard_on = forms.DateField(
        label="When?", subject="when it was heard", when="past", help_text="The day, or the last day of the period."
    )
    from_on = forms.DateField(
        label="For a whole period: its first day", subject="the first day of the period", required=False, when="past"
    )
    number = forms.NumberField(
        label="How many?", subject="how many there were", required=False, width=5, initial=1,
        help_text="How many said it, or how many there were. For grievances and whistleblowing, leave it empty if there were "
        "fewer than five.",
    )  # fmt: skip
    of_how_many = forms.NumberField(
        label="For a staff survey: of how many who answered?", subject="how many answered", required=False, width=5
    )
    words = forms.LongTextField(
        label="What was said", subject="what was said", required=False, rows=5, max_length=voices.LONGEST_WORDS,
        help_text="Without anybody’s name. Leave it empty for staff surveys, grievances and whistleblowing: of these only "
        "numbers are kept.",
    )  # fmt: skip
    subject = forms.SelectField(label="What is it about?", required=False)
    service_id = forms.SelectField(label="Which service?", required=False)
    tone = forms.ChoiceField(
        label="Was it good, or could it be better?", subject="whether it was good", required=False, inline=True,
        choices=[*voices.TONES.items(), ("", "I do not know")], initial="",
    )  # fmt: skip
    where = forms.CharField(
        label="Where it can be found", required=False, max_length=voices.LONGEST_WHERE,
        help_text="Such as “Healthwatch report, March 2026, page 12”.",
    )  # fmt: skip
    nobody_named = forms.TickField(
        label="I have looked: nobody can be recognised", subject="that nobody can be recognised", required=False
    )
    submission_key = forms.HiddenField()

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": codes.new_submission_key(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.offer("source", [("", "Choose one"), *sources()])
        self.offer("subject", choices.grouped(organisation.subject_list, "Not said"))
        self.offer("service_id", choices.services(organisation.pk, "No one service"))
        if not self.is_bound:
            del self.fields["nobody_named"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        asked = {field: naming.question(data.get(field) or "") for field in ("words", "where")}
        for field, sentence in asked.items():
            if sentence and not data.get("nobody_named"):
                self.add_error(field, sentence)
        if not any(asked.values()) and not data.get("nobody_named"):
            self.fields.pop("nobody_named", None)
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        heard = Heard(
            source=data["source"], heard_on=data["heard_on"], from_on=data["from_on"], number=self._number(),
            of_how_many=data["of_how_many"], words=data["words"], subject=data["subject"], tone=data["tone"],
            service_id=int(data["service_id"]) if data["service_id"] else None, where=data["where"],
        )  # fmt: skip
        return {
            "organisation": self.organisation, "heard": heard, "submission_key": data["submission_key"][:40] or None
        }  # fmt: skip

    def _number(self) -> int | None:
        number = self.cleaned_data["number"]
        if number is None and self.cleaned_data["source"] not in voices.NO_SERVICE_WHEN_FEW:
            return 1
        return None if number is None else int(number)


class BringInForm(TableForm):
    """A table of what was heard in one place."""

    field_order = ("source", "where", "dates", "table", "file")
    asked_first = ("source", "where", "dates")
    kept: list[Heard]
    source = forms.SelectField(label="Where was it heard?", subject="where it was heard", choices=[])
    where = forms.CharField(
        label="What the file is", subject="what the file is", max_length=voices.LONGEST_WHERE, width=30,
        help_text="Such as “Friends and family test, wards, March 2026”.",
    )  # fmt: skip
    dates = forms.ChoiceField(
        label="How are days written in it?", subject="how days are written", inline=True, initial="dmy",
        choices=[("dmy", "31/3/2026"), ("iso", "2026-03-31"), ("mdy", "3/31/2026")],
    )  # fmt: skip
    table = table_field(
        "The first line names the columns: date, words, service, theme, how it was (good, mixed or bad) and number. "
        "Only date and words, or date and theme, are needed.",
        LONGEST_TABLE,
    )
    file = file_field()

    def __init__(self, *args: Any, organisation: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.today = organisation, today
        with_words = [pair for pair in sources() if pair[0] not in voices.NUMBERS_ONLY]
        self.offer("source", [("", "Choose one"), *with_words])

    def read_table(self, table: tables.Table) -> tuple[list[Heard], list[Rejected]]:
        data = self.cleaned_data
        found = read_table(
            table.header, table.lines, source=data["source"], where=data["where"], dates=data["dates"],
            known=self._known(), today=self.today,
        )  # fmt: skip
        return found.heard, found.rejected

    def _known(self) -> Known:
        services = {
            named.casefold(): row.pk
            for row in queries.every_service(self.organisation.pk)
            for named in (row.code, row.name)
        }
        items = code_lists.load(self.organisation.subject_list).items
        subjects = {named.casefold(): item.code for item in items for named in (item.code, item.label)}
        return Known(services, subjects)

    def arguments(self) -> dict[str, Any]:
        upload = self.cleaned_data.get("file")
        name = upload[0].name if upload else self.cleaned_data["where"]
        return {"organisation": self.organisation, "heard": self.kept, "file_name": name}


class SubjectsForm(StaffForm):
    """What each of some comments and voices is about; the field of one is `voice_PK` or `feedback_PK`. What is left at "Not
    now" stays on the list."""

    mark_optional = False

    def __init__(self, *args: Any, organisation: Any, texts: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        offered = choices.grouped(organisation.subject_list, LATER)
        for text in texts:
            field = forms.SelectField(label=f"What is “{text.gist}” about?", required=False)
            field.choices = offered
            field.widget.attrs["aria-describedby"] = f"words-{text.name}"
            self.fields[text.name] = field

    def arguments(self) -> dict[str, Any]:
        said = {name: code for name, code in self.cleaned_data.items() if code}
        return {
            "organisation": self.organisation,
            "of_voices": _of(said, "voice_"),
            "of_feedback": _of(said, "feedback_"),
        }


def _of(said: dict[str, str], kind: str) -> dict[int, str]:
    return {int(name.removeprefix(kind)): code for name, code in said.items() if name.startswith(kind)}
