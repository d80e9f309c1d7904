"""What is known already when a plan is made, so that nobody has to ask it or type it again."""

from heed.cases.models import Case
from heed.cases.queries.detail import contact_person
from heed.correspondence.models import Correspondent
from heed.organisations import code_lists

LONGEST_WISHES = 2000
LONGEST_WAY = 200
WAYS = {"email": "By email", "phone": "By phone", "post": "By letter", "portal": "On their page"}


def known(case: Case) -> dict[str, str]:
    """Words for the fields of a first plan, by field: what the person would like to come of it (R28), how they like to be
    kept in touch, and that they did not want to talk, where they said so."""
    declined = case.acknowledgements.filter(stage=case.stage, discussion_result="declined").exists()
    person = contact_person(case)
    return {
        "outcomes_wanted": _wishes(case),
        "how_updated": _way(person.correspondent if person else None),
        **({"agreed": "declined"} if declined else {}),
    }


def _wishes(case: Case) -> str:
    """What they ticked, what they wrote, and what was noted with each issue: a line each, none twice."""
    narrative, labels = case.feedback.narrative, code_lists.load("desired-outcomes")
    ticked = [labels.label(code) for code in narrative.desired_outcomes.split() if code in labels and code != "other"]
    noted = case.issues.filter(removed_at=None).order_by("number").values_list("outcome_wanted", flat=True)
    lines = [line.strip() for line in (*ticked, narrative.desired_outcome_text, *noted)]
    return "\n".join(dict.fromkeys(line for line in lines if line))[:LONGEST_WISHES]


def _way(person: Correspondent | None) -> str:
    way = WAYS.get(person.preferred_channel, "") if person else ""
    times = person.convenient_times if person and person.preferred_channel == "phone" else ""
    return ", ".join(part for part in (way, times) if part)[:LONGEST_WAY]
