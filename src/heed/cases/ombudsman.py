"""Which Ombudsman the person of a case may turn to, and how to tell them."""

from heed.cases.models import Case
from heed.organisations import procedures
from heed.organisations.procedures.ombudsmen import OmbudsmanCard, cards
from heed.organisations.procedures.schema import Route

ADULT_SOCIAL_CARE = "adult-social-care"


def sector_of(case: Case) -> str:
    """The sector whose Ombudsman counts: a council's adult social care follows the Regulations and has its own."""
    if case.organisation.sector == "council" and case.procedure != case.organisation.procedure:
        return ADULT_SOCIAL_CARE
    return case.organisation.sector


def route_of(case: Case) -> tuple[Route, OmbudsmanCard] | None:
    """The way on and the Ombudsman's card; None where none is known for that nation."""
    procedure = procedures.load(case.procedure)
    routes = procedure.routes_for(case.nation, sector_of(case))
    way = next((route for route in routes if route.how != "first, before the Ombudsman"), None)
    return (way, cards()[way.ombudsman]) if way else None


def in_words(case: Case) -> str:
    """The paragraph of a response; "" where no route is known, so that the writer has to find out."""
    found = route_of(case)
    if found is None:
        return ""
    route, card = found
    reach = f" You can reach them here: {card.contact_line}." if card.contact_line else ""
    how = (
        "Ask any Member of Parliament to pass your complaint on to them."
        if route.how == "through an MP"
        else "You can go to them directly."
    )
    told = route.time_limit
    limit = f" You should do so {told.value}." if told.status.is_confirmed else ""  # nothing recalled in a letter
    return (
        f"If you are not happy with our answer, you have the right to take your complaint to the {card.name}. "
        f"It is free, and they are independent of us. {how}{limit}{reach}"
    )


def letter_fields(case: Case) -> dict[str, str]:
    """Name and contact for the letters that tell of the Ombudsman."""
    found = route_of(case)
    return {"ombudsman": found[1].name, "ombudsman_contact": found[1].contact_line} if found else {}
