"""What somebody tells us, as plain values: the shape that every channel hands in."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PersonGiven:
    """One person behind the feedback, and how they wish to be reached. Codes are those of the code lists."""

    name: str = ""
    address_as: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    preferred_channel: str = ""
    convenient_times: str = ""
    may_leave_message: bool | None = None
    email_is_private: bool = False
    post_is_safe: bool | None = None
    adjustments: tuple[str, ...] = ()
    adjustments_note: str = ""
    support_needs: str = ""
    do_not: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""
    local_identifier: str = ""


@dataclass(frozen=True)
class Given:
    """One item of feedback. `person_affected` None: the complainant is the person affected."""

    kind: str
    channel: str
    text: str
    service_id: int | None = None
    happened: str = ""
    happened_on: date | None = None
    subject: str = ""
    desired_outcomes: tuple[str, ...] = ()
    desired_outcome_text: str = ""
    complainant: PersonGiven | None = None
    person_affected: PersonGiven | None = None
    representative: PersonGiven | None = None
    relationship: str = ""
    status_code: str = ""
    chosen_body: str = ""
    outcome_at_source: str = ""
    service_at_source: str = ""
    subject_at_source: str = ""
    channel_at_source: str = ""
    call_back_by: datetime | None = None
    hear_of_changes: bool = False


CORRESPONDENT_FIELDS = (
    "name",
    "address_as",
    "email",
    "phone",
    "postal_address",
    "preferred_channel",
    "convenient_times",
    "may_leave_message",
    "email_is_private",
    "post_is_safe",
    "adjustments",
    "adjustments_note",
    "support_needs",
    "do_not",
)
