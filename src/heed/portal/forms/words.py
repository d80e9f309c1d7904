"""Their words."""

from heed.design import forms
from heed.feedback import rules
from heed.portal.forms.base import Line, StepForm

QUESTIONS = {
    "complaint": (
        "What happened?",
        "Tell it in your own words, as you would to somebody you trust. It helps to say what went wrong, who was there "
        "if you know, and how it has affected you. You do not have to write well.",
    ),
    "concern": (
        "What are you worried about?",
        "Tell it in your own words. It helps to say what is happening, to whom, and what worries you most.",
    ),
    "comment": ("What would you like to say?", "Use your own words. An idea can be one line."),
    "compliment": (
        "What went well?",
        "Use your own words. If you know a name, or where and when it was, we can pass your thanks on to the right people.",
    ),
}


class WordsForm(StepForm):
    """Up to rules.LONGEST_TEXT characters; longer is refused with all of it still in the box, and a way to send it
    as a file. No running count: somebody who tells of a death does not need one."""

    one_question = True
    text = forms.LongTextField(
        label="What happened?",
        subject="what you want to tell us",
        max_length=rules.LONGEST_TEXT,
        rows=12,
        count=False,
        error_messages={"required": "Write what you want to tell us, in your own words"},
    )

    def settle(self) -> None:
        label, hint = QUESTIONS[self.known["kind"]["kind"]]
        self.fields["text"].label, self.fields["text"].help_text = label, hint

    @property
    def is_too_long(self) -> bool:
        """Whether what was written is longer than we keep in one piece, so that a file is the way."""
        return bool(self.errors) and len(self.data.get("text", "")) > rules.LONGEST_TEXT

    def lines(self) -> list[Line]:
        return [Line("In your words", self.cleaned_data["text"], is_words=True)]
