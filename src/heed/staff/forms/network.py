"""What complaints teams tell each other: looked through for names and numbers before it is posted."""

from typing import Any

from heed.care import rules
from heed.design import forms
from heed.learning import naming
from heed.staff.forms.care import CareForm


class WordsForm(CareForm):
    """Words for other bodies. What leads to a person is refused, and what may be a name is asked about."""

    text = forms.LongTextField(
        label="What would you like to tell?", subject="what you would like to tell", rows=6, max_length=4000,
        help_text="About how complaints are handled, not about one complaint. Nobody’s name, number or reference.",
    )  # fmt: skip
    named = forms.TickField(label="Show my name beside that of our organisation", required=False)
    nobody_named = forms.TickField(
        label="I have looked: nobody can be recognised", subject="that nobody can be recognised", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["nobody_named"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        written = [(name, data[name]) for name in ("title", "text") if data.get(name)]
        asked = False
        for name, words in written:
            if refusal := naming.why_not_publish(words, [], []):
                self.add_error(name, refusal)
            elif question := naming.question(words):
                asked = True
                if not data.get("nobody_named"):
                    self.add_error(name, question)
        if not asked:
            self.fields.pop("nobody_named", None)
        return data

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        data.pop("nobody_named", None)
        return data


class PostForm(WordsForm):
    kind = forms.ChoiceField(label="What is it?", subject="what it is", choices=list(rules.POSTS.items()))
    title = forms.CharField(label="In a line", subject="in a line what it is about", max_length=120)
    field_order = ("kind", "title", "text", "named", "nobody_named")


class AnswerPostForm(WordsForm):
    """An answer to a post."""

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "kind": "answer"}


class ReportForm(CareForm):
    why = forms.CharField(
        label="What is wrong with it?", subject="what is wrong with it", max_length=300,
        help_text="Such as “It names a person”. The team that wrote it reads this, and not who you are.",
    )  # fmt: skip
