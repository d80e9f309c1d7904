"""Pure: which events are steps of handling, and what steps cost by what the organisation says of them (R198)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Why a cost is shown at all, in the words of the page.
WHY = (
    "Departments are asked to set their complaint figures in context, which may include the cost of dealing with them "
    "(Capturing and reporting on learning from complaints, PHSO, quoting 27.4 of the annual reporting guidance). It is context, "
    "never a target: an answer that costs less is not a better answer."
)


@dataclass(frozen=True)
class Step:
    """A step of handling, and the kinds of event of which each counts as one."""

    key: str
    name: str
    events: tuple[str, ...]


STEPS: dict[str, Step] = {
    step.key: step
    for step in [
        Step("register", "Registering it", ("registered",)),
        Step("acknowledge", "Acknowledging it", ("acknowledged",)),
        Step("rate", "Rating the risk", ("risk_rated",)),
        Step("plan", "Agreeing or changing the plan", ("plan_agreed",)),
        Step("contact", "A contact, an update or a message", ("contact_logged", "update_sent", "message_sent")),
        Step("extend", "Telling a later date", ("extended",)),
        Step("evidence", "Gathering a piece of evidence", ("evidence_added",)),
        Step("find", "Deciding an issue", ("finding_recorded",)),
        Step("respond", "Writing a response, until it goes for sign-off", ("sign_off_requested",)),
        Step("sign", "Signing a response", ("response_signed",)),
        Step("send", "Sending a response", ("response_sent",)),
        Step("remedy", "Agreeing a remedy", ("remedy_agreed",)),
        Step("settle", "Settling it in conversation", ("settled_orally",)),
    ]
}
STEP_OF = {event: step.key for step in STEPS.values() for event in step.events}


@dataclass(frozen=True)
class Price:
    """What a step takes and costs, from a month on."""

    step: str
    from_month: date
    minutes: int
    pence_an_hour: int


@dataclass(frozen=True)
class Cost:
    """So many steps took so many minutes and cost so much; `pence_minutes` is pence an hour times minutes, divided only at
    the end, so that sums do not depend on their order."""

    steps: int = 0
    minutes: int = 0
    pence_minutes: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.steps + other.steps, self.minutes + other.minutes, self.pence_minutes + other.pence_minutes)

    @property
    def pence(self) -> int:
        """To the nearest penny, half a penny up."""
        return (self.pence_minutes + 30) // 60

    @property
    def pounds(self) -> str:
        """£1,234"""
        return f"£{(self.pence + 50) // 100:,}"

    @property
    def time(self) -> str:
        """2 hours 5 minutes; 40 minutes"""
        hours, minutes = divmod(self.minutes, 60)
        parts = [f"{hours:,} {'hour' if hours == 1 else 'hours'}"] if hours else []
        if minutes or not hours:
            parts.append(f"{minutes} {'minute' if minutes == 1 else 'minutes'}")
        return " ".join(parts)


def in_force(prices: Iterable[Price], step: str, month: date) -> Price | None:
    """What was said of a step for a month: the latest that begins in it or before; None where nothing was, or that it is
    no longer counted."""
    said = [price for price in prices if price.step == step and price.from_month <= month]
    latest = max(said, key=lambda price: price.from_month, default=None)
    return latest if latest and latest.minutes else None


def cost(prices: Iterable[Price], step: str, month: date, times: int) -> Cost:
    """What a step that happened so many times in a month cost; nothing where it was not said."""
    price = in_force(prices, step, month)
    if price is None:
        return Cost()
    minutes = price.minutes * times
    return Cost(times, minutes, minutes * price.pence_an_hour)
