"""How a person may wish to be kept informed and to take part, and what each wish means. Pure."""

from heed.organisations import code_lists

INFORM = {"each": "At each step", "end": "When it is done", "no": "Not at all"}
HOW = {"page": "On their page", "phone": "By phone", "person": "In person", "letter": "By letter", "email": "By email"}
SATISFIED = {"yes": "Yes", "partly": "Partly", "no": "No", "unsure": "Too early to say"}
ABOUT_HEARING = ("told", "none")  # of the list, what the other question asks

# What is told by itself, under each wish; "" is before anybody asked.
TOLD = {
    "": ("promised", "moved", "completed", "slipped"),
    "each": ("promised", "started", "moved", "completed", "slipped"),
    "end": ("completed", "slipped"),
    "no": (),
}


def may_tell(wish: str, of: str) -> bool:
    """Whether the person wishes to hear of a step of this kind."""
    return of in TOLD[wish]


def options() -> dict[str, str]:
    """What a person may agree to take part in, by code (R161)."""
    return {item.code: item.label for item in code_lists.load("involvement").items if item.code not in ABOUT_HEARING}
