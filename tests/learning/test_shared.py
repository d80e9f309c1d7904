"""What one body shares, another reads and learns from; nobody else does, and nothing of anybody is in it."""

import pytest
from tests import factories
from tests.learning.told import BRIEFING, Telling, fresh

from heed.audit.refusals import Refused
from heed.learning.actions import Origin, approve, learn_from
from heed.learning.models import Action
from heed.learning.queries import arising_from, shared
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(body: Organisation) -> Organisation:
    made = factories.organisation()
    body.overseen_by.add(made)
    return made


@pytest.fixture
def sister(parent: Organisation) -> Organisation:
    made = factories.organisation()
    made.overseen_by.add(parent)
    return made


def readers(telling: Telling, token: str) -> set[int]:
    at = telling.at
    return {one.pk for one in Organisation.objects.all() if shared.one(one.pk, token, at)}


def test_a_network_is_who_oversees_whom_one_oversees_and_those_beside(
    body: Organisation, parent: Organisation, sister: Organisation
) -> None:
    stranger, child = factories.organisation(), factories.organisation()
    child.overseen_by.add(body)
    assert set(shared.network(body.pk)) == {parent, sister, child}
    assert set(shared.network(parent.pk)) == {body, sister}
    assert set(shared.network(stranger.pk)) == set()


def test_it_is_read_by_those_it_is_shared_with_and_no_longer_than_that(
    telling: Telling, body: Organisation, parent: Organisation, sister: Organisation
) -> None:
    stranger = factories.organisation()
    piece = telling.approved("briefing")
    assert readers(telling, piece.token) == set()
    telling.do(approve.share, piece, by=telling.reader, reach="network")
    assert readers(telling, piece.token) == {parent.pk, sister.pk}
    telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    assert readers(telling, piece.token) == {parent.pk, sister.pk, stranger.pk}
    telling.do(approve.share, piece, by=telling.reader, reach="")
    assert readers(telling, piece.token) == set()
    telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    telling.do(approve.withdraw, piece, by=telling.reader, reason="It is out of date.")
    assert readers(telling, piece.token) == set()
    assert fresh(piece).shared == ""


def test_only_what_is_approved_is_shared(telling: Telling) -> None:
    with pytest.raises(Refused, match="being written"):
        telling.do(approve.share, telling.write("briefing"), by=telling.reader, reach="everyone")


def test_the_library_finds_by_words_kind_and_sector(telling: Telling, completed: Action) -> None:
    other = factories.organisation("lgsco-2024")
    line, briefing = telling.approved("line", [completed]), telling.approved("briefing")
    for piece in (line, briefing):
        telling.do(approve.share, piece, by=telling.reader, reach="everyone")

    def found(**asked: str) -> set[int]:
        return set(shared.library(other.pk, telling.at, **asked).values_list("pk", flat=True))

    assert found() == {line.pk, briefing.pk}
    assert found(kind="line") == {line.pk}
    assert found(words="handover policy") == {briefing.pk}
    assert found(sector="nhs") == {line.pk, briefing.pk}
    assert found(sector="council") == found(words="helicopter") == set()


def test_another_body_begins_its_own_learning_from_it(telling: Telling) -> None:
    piece = telling.approved("briefing")
    telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    other = factories.organisation()
    learner = factories.person(other, "complaints_manager")
    origin = Origin(shared.ORIGIN, piece.token, f"Briefing: {BRIEFING['title']}")
    point = learn_from(
        organisation_id=other.pk, origin=origin, text="Our wards have the same gap.", level="organisation",
        by=factories.actor(learner, other), at=telling.at,
    )  # fmt: skip
    assert [one.pk for one in shared.taken_from(other.pk, piece.token)] == [point.pk]
    assert [one.pk for one in arising_from(factories.viewer(learner, other), "shared", piece.token)] == [point.pk]
    assert shared.taken_from(telling.body.pk, piece.token) == []
