"""A public line names nobody and points to nobody."""

import pytest
from tests import factories
from tests.learning.scene import JUNE_30, Doing

from heed.accounts.models import User
from heed.audit.refusals import Refused
from heed.learning import actions, naming, queries
from heed.learning.models import Action, Publication
from heed.organisations.models import Organisation

SAID, DID = (
    "People waited hours for a call bell to be answered.",
    "Open calls are handed over at every change of shift.",
)


@pytest.fixture
def publishing(completed: Action, body: Organisation, manager: User) -> Doing:
    return Doing(completed, body, manager)


@pytest.mark.django_db
def test_only_what_is_done_is_published(action: Action, body: Organisation, manager: User) -> None:
    with pytest.raises(Refused, match="when it is done"):
        Doing(action, body, manager)(actions.publish, JUNE_30, you_said=SAID, we_did=DID)


@pytest.mark.django_db
def test_a_line_appears_is_withdrawn_and_comes_back_in_other_words(publishing: Doing, body: Organisation) -> None:
    publishing(actions.publish, JUNE_30, you_said=SAID, we_did=DID)
    line = queries.published(body.pk)[0]
    assert (line.you_said, line.we_did, line.service) == (SAID, DID, "First")
    publishing(actions.withdraw, JUNE_30)
    assert queries.published(body.pk) == []
    with pytest.raises(Refused, match="Nothing of this action is published"):
        publishing(actions.withdraw, JUNE_30)
    publishing(actions.publish, JUNE_30, you_said=SAID, we_did="Calls are handed over.")
    assert [line.we_did for line in queries.published(body.pk)] == ["Calls are handed over."]
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_one_organisation_does_not_show_the_lines_of_another(publishing: Doing) -> None:
    publishing(actions.publish, JUNE_30, you_said=SAID, we_did=DID)
    assert queries.published(factories.organisation().pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("you_said", "Sarah told us that nobody came."),
        ("you_said", "Ms Whittaker’s call bell was not answered."),
        ("we_did", "Owen Price hands over the calls."),
        ("we_did", "Morag Ellis wrote a new sheet."),
        ("we_did", "Write to the ward at calls@body.example."),
        ("we_did", "Ring 01632 960 100."),
        ("you_said", "Complaint TB-4K7M-Q2PX was about bells."),
        ("you_said", ""),
        ("we_did", "  "),
        ("we_did", "Better. " * 100),
    ],
)
def test_a_line_that_names_or_leads_to_somebody_is_refused_beside_its_box(
    publishing: Doing, field: str, text: str
) -> None:
    words = {"you_said": SAID, "we_did": DID, field: text}
    with pytest.raises(Refused) as refused:
        publishing(actions.publish, JUNE_30, **words, nobody_recognised=True)
    assert refused.value.field == field
    assert not Publication.objects.exists()


@pytest.mark.django_db
def test_what_may_point_to_somebody_is_asked_about_once(publishing: Doing) -> None:
    said = "A 93-year-old waited on 4 May for a bell to be answered."
    with pytest.raises(Refused, match="tick the box") as refused:
        publishing(actions.publish, JUNE_30, you_said=said, we_did=DID)
    assert refused.value.field == "you_said"
    publishing(actions.publish, JUNE_30, you_said=said, we_did=DID, nobody_recognised=True)
    assert Publication.objects.get().you_said == said


@pytest.mark.parametrize(
    "text",
    [
        "The ward will now mark every open call.",  # Will Mark is the name of the person
        "Roses are kept off the ward, and we rose to it.",
        "Young people may come in at any time.",
        "The nurse in charge takes over. Doctors and nurses agreed on it.",
    ],
)
def test_words_that_are_names_elsewhere_pass(text: str) -> None:
    assert naming.why_not_publish(text, ["Will Mark"], ["May Young", "Ann Ward"]) is None
    assert naming.question(text) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("SIÂN told us.", ["Siân ap Llywelyn"]),
        ("We listened to Llywelyn.", ["Siân ap Llywelyn"]),
        ("O’Brien’s bell", ["Pat O'Brien"]),
        ("will mark said so", ["Will Mark"]),
    ],
)
def test_names_are_found_however_they_are_written(text: str, people: list[str]) -> None:
    assert "name of a person" in str(naming.why_not_publish(text, people, []))


@pytest.mark.parametrize(
    "text", ["943 476 5919", "9434765919", "LS1 4AP", "+44 7700 900 982", "a.b@c.example", "TB-4K7M-Q2PX"]
)
def test_what_leads_to_one_person_is_found(text: str) -> None:
    assert "Leave it out" in str(naming.why_not_publish(f"It was {text} again.", [], []))


@pytest.mark.parametrize("text", ["Dr Patel", "nurse Okafor", "aged 7", "14 July", "3/4/2026", "his wife"])
def test_what_may_lead_to_one_person_is_asked_about(text: str) -> None:
    assert naming.question(f"It was {text} who said so.")
