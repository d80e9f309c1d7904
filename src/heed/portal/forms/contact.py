"""How to address the person, and how and when to reach them. The same questions when they tell us and when they change it."""

from collections.abc import Mapping
from typing import Any

from heed.design import forms
from heed.feedback import rules
from heed.portal.forms.base import Line, StepForm

WAYS = [("email", "Email"), ("phone", "Phone"), ("post", "Letter by post")]
NO_PREFERENCE = "I do not mind"
REVEALS = {
    "email": ["email", "email_is_private"],
    "phone": ["phone", "may_leave_message", "convenient_times"],
    "post": ["postal_address", "post_is_safe"],
}


class ContactQuestions(forms.Form):
    """The questions themselves. Those about a way of reaching are asked only where the way was ticked."""

    name = forms.CharField(label="Your full name", required=False, max_length=200, autocomplete="name")
    address_as = forms.CharField(
        label="How should we address you?",
        required=False,
        max_length=200,
        width=20,
        help_text="For example, Mrs Ahmed, or Sam.",
    )
    ways = forms.MultipleChoiceField(
        label="How may we reach you?",
        subject="how we may reach you",
        choices=[*WAYS, ("portal", "None of these: I will look on this website")],
        exclusive="portal",
        reveals=REVEALS,
        required=False,
        help_text="Tick all that are right for you. On this website you can always read and write to us with your "
        "reference and code.",
    )
    email = forms.EmailField(label="Email address")
    email_is_private = forms.TickField(
        label="Only I read this email, and it is safe to write to me there",
        help_text="Then we can send you your secret code too. We never send what you tell us by email.",
        required=False,
    )
    phone = forms.PhoneField(label="Phone number")
    may_leave_message = forms.YesNoField(
        label="May we leave a message if you do not answer?", subject="whether we may leave a message", required=False
    )
    convenient_times = forms.CharField(
        label="When is a good time to call?",
        required=False,
        max_length=200,
        help_text="For example, weekdays after 4pm. Tell us if some times are bad, because of work, care or medicines.",
    )
    postal_address = forms.LongTextField(
        label="Postal address", max_length=1000, rows=4, count=False, autocomplete="street-address"
    )
    post_is_safe = forms.YesNoField(
        label="Is it safe for us to write to you there?",
        subject="whether it is safe to write to you there",
        help_text="Say no if somebody else may open your letters.",
        required=False,
    )
    best = forms.SelectField(
        label="If you ticked more than one, which is best?", choices=WAYS, required=False, empty=NO_PREFERENCE
    )
    do_not = forms.CharField(
        label="Is there anything we must not do?",
        required=False,
        max_length=500,
        help_text="For example, do not ring the house, or do not speak with my brother about this.",
    )

    def wishes(self) -> dict[str, Any]:
        """The answers as they are kept: an address that was not ticked is empty."""
        found = self.cleaned_data
        return {
            "name": found["name"],
            "address_as": found["address_as"],
            "email": found["email"] or "",
            "email_is_private": bool(found["email_is_private"]),
            "phone": found["phone"] or "",
            "may_leave_message": found["may_leave_message"],
            "convenient_times": found["convenient_times"] or "",
            "postal_address": found["postal_address"] or "",
            "post_is_safe": found["post_is_safe"],
            "preferred_channel": self._preferred(),
            "do_not": found["do_not"],
        }

    def _preferred(self) -> str:
        """The best way, if they named one that they ticked, or ticked only one; "" where they do not mind or did not say."""
        ways: list[str] = self.cleaned_data["ways"]
        if self.cleaned_data["best"] in ways:
            return str(self.cleaned_data["best"])
        return ways[0] if len(ways) == 1 else ""


class YouForm(ContactQuestions, StepForm):
    """The contact questions as a step of telling us. Nothing must be answered."""

    hear = forms.TickField(label=rules.HEAR_OF_CHANGES, required=False)
    title = "How can we reach you?"
    named = {
        "hear": "Hear what changes",
        "address_as": "What we call you",
        "ways": "How we may reach you",
        "email_is_private": "Only you read this email",
        "may_leave_message": "We may leave a message",
        "convenient_times": "Good times to call",
        "post_is_safe": "It is safe to write there",
        "best": "Best way to reach you",
        "do_not": "What we must not do",
    }

    def settle(self) -> None:
        if self.known.get("kind", {}).get("kind") in ("comment", "compliment"):
            self.fields["do_not"].help_text = "For example, do not tell anybody my name."
        elif self.known.get("who", {}).get("who") == "represent":
            self.fields["do_not"].help_text = "For example, do not ring their house, or do not write to their address."

    @property
    def page_intro(self) -> str:
        kind = self.known["kind"]["kind"]
        if kind in ("comment", "compliment"):
            return "You do not have to tell us. If you do, we can let you know what came of it."
        if self.known["who"]["who"] == "represent":
            return "We will write to you, not to the person you act for."
        return (
            "You do not have to give your name or an address. Without them we cannot write to you, but you can follow "
            "this here with the reference and code that we will give you."
        )

    def _line(self, name: str) -> Line | None:
        """Where several ways were ticked, that they do not mind which is an answer too."""
        if name == "best" and not self.cleaned_data["best"] and len(self.cleaned_data["ways"]) > 1:
            return Line(self.named["best"], NO_PREFERENCE)
        return super()._line(name)

    def lines(self) -> list[Line]:
        lines = super().lines()
        return lines or [
            Line("How to reach you", "You did not say. You can follow it here with your reference and code.")
        ]


def starting_with(correspondent: Any) -> Mapping[str, Any]:
    """What is known of somebody, as the form begins with it."""
    held = {"email": correspondent.email, "phone": correspondent.phone, "post": correspondent.postal_address}
    return {
        **{name: getattr(correspondent, name) for name in ContactQuestions.base_fields if hasattr(correspondent, name)},
        "ways": [way for way, address in held.items() if address] or ["portal"],
        "best": correspondent.preferred_channel if correspondent.preferred_channel in held else "",
    }


class ChangeContactForm(ContactQuestions):
    """The same questions on the page where a case is followed, without the name, which stands in the case itself.
    `version` is that of what was shown."""

    version = forms.HiddenField()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["name"]
        self.fields["email_is_private"].help_text = "Say so only if nobody else opens it."

    def wishes(self) -> dict[str, Any]:
        self.cleaned_data["name"] = ""
        return {name: value for name, value in super().wishes().items() if name != "name"}

    def clean_version(self) -> int:
        version: str = self.cleaned_data["version"]
        if not version.isdecimal():
            raise forms.ValidationError("Open this page again, and change what you want to change")
        return int(version)

    def now_from(self, version: int) -> None:
        """What was typed goes on from the newer version, once the person has read that there is one."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(version)  # type: ignore[index]
