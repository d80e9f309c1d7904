"""From the answers of the pages to what the organisation is given: complainant, person affected and representative apart."""

from typing import Any

from heed.feedback.given import Given, PersonGiven
from heed.portal.forms.place import EITHER
from heed.portal.steps import SHORT, Journey

CHANNEL = "online"
IDENTIFIERS = ("date_of_birth", "nhs_number", "local_identifier")


def given(journey: Journey) -> Given:
    """What the journey says. The questions must all hold (`journey.first_open()` is None)."""
    known = journey.known
    kind = known["kind"]["kind"]
    if kind in SHORT:
        return Given(
            kind=kind, channel=CHANNEL, text=known["words"]["text"], complainant=_short_writer(journey),
            hear_of_changes=_hears(journey),
        )  # fmt: skip
    return Given(
        kind=kind,
        channel=CHANNEL,
        text=known["words"]["text"],
        **_where_and_when(known.get("place", {})),
        desired_outcomes=tuple(known.get("outcome", {}).get("desired_outcomes", ())),
        desired_outcome_text=known.get("outcome", {}).get("desired_outcome_text", ""),
        hear_of_changes=_hears(journey),
        **_people(journey),
    )


def _where_and_when(place: dict[str, Any]) -> dict[str, Any]:
    return {
        "service_id": place.get("service"),
        "happened": place.get("happened", ""),
        "happened_on": place.get("happened_on"),
        "chosen_body": "" if place.get("chosen_body") == EITHER else place.get("chosen_body", ""),
    }


def _short_writer(journey: Journey) -> PersonGiven | None:
    """Whoever leaves a comment or compliment; None when they said nothing of themselves."""
    wishes = _wishes(journey)
    said = {name: value for name, value in wishes.items() if value and name != "preferred_channel"}
    return PersonGiven(**wishes) if said or _hears(journey) else None


def _hears(journey: Journey) -> bool:
    """Whether they want to hear what changes because of it."""
    return bool(journey.known.get("you", {}).get("hear"))


def _people(journey: Journey) -> dict[str, Any]:
    """Complainant, person affected (None: the complainant) and representative, with who they are to each other."""
    known = journey.known
    who, whom = known["who"]["who"], known["who"].get("whom")
    affected = known.get("affected", {})
    identifiers = {name: affected[name] for name in IDENTIFIERS if affected.get(name)}
    relation = {"relationship": affected.get("relationship") or "", "status_code": affected.get("status") or ""}
    writer = _wishes(journey) | _support(journey)
    if who == "myself":
        return {"complainant": PersonGiven(**writer, **identifiers), "status_code": "patient"}
    if who == "other":
        person = PersonGiven(name=affected.get("name", ""), **identifiers)
        return {"complainant": PersonGiven(**writer), "person_affected": person, **relation}
    people = {"representative": PersonGiven(**writer)}
    complainant = {name: known.get("complainant", {}).get(name, "") for name in ("name", "address_as")}
    if whom == "complainant":
        return people | {"complainant": PersonGiven(**complainant, **identifiers), "status_code": "patient"}
    person = PersonGiven(name=affected.get("name", ""), **identifiers)
    return people | {"complainant": PersonGiven(**complainant), "person_affected": person, **relation}


def _wishes(journey: Journey) -> dict[str, Any]:
    """How to address and reach whoever writes. The step need not have been opened."""
    form: Any = journey.forms.get("you") or journey.form("you", {})
    form.is_valid()
    return dict(form.wishes())


def _support(journey: Journey) -> dict[str, Any]:
    support = journey.known.get("support", {})
    return {
        "adjustments": tuple(support.get("adjustments", ())),
        "adjustments_note": support.get("adjustments_note", ""),
        "support_needs": support.get("support_needs", ""),
    }
