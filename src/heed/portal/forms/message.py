"""Writing to us from the page where a case is followed."""

import secrets

from heed.design import forms
from heed.portal.forms.files import ADD, LIMITS, Files

MOST = 50_000


class MessageForm(forms.Form):
    """`key` is the form's own random word: the same form sent twice is one message."""

    body = forms.LongTextField(
        label="Your message",
        max_length=MOST,
        rows=10,
        count=False,
        error_messages={"required": "Write your message first"},
    )
    upload = Files(
        label="Files",
        required=False,
        help_text=f"{LIMITS} You can choose several at once. To send more from somewhere else, press “{ADD}” in between.",
    )
    key = forms.HiddenField(required=False, max_length=60)

    @staticmethod
    def new_key() -> str:
        return secrets.token_urlsafe(18)


class NextStageForm(forms.Form):
    reason = forms.LongTextField(
        label="What is still wrong?",
        required=False,
        max_length=20_000,
        rows=6,
        count=False,
        help_text="You do not have to say, but it helps the person who looks at it next.",
    )
