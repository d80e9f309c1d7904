"""The library: three levels, every source, names, links, what was learned again, who reads what, and what says the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.learning.scene import AT
from tests.learning.why import begun

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case
from heed.learning import actions, analysis_checks, nearness
from heed.learning.accountability import Questioned
from heed.learning.actions import shelve
from heed.learning.models import LearningPoint
from heed.learning.queries import analyses, arising_from, library
from heed.organisations.models import Organisation
from heed.search.models import Entry

pytestmark = pytest.mark.django_db
WORDS = "Calls for help are lost when the shift changes."


def learned(
    case: Case, body: Organisation, by: User, text: str = WORDS, level: str = "service", **more: Any
) -> LearningPoint:
    return actions.record_learning(case_id=case.pk, text=text, level=level, by=factories.actor(by, body), at=AT, **more)


def read_by(person: User, body: Organisation) -> set[int]:
    return set(library.visible_points(factories.viewer(person, body)).values_list("pk", flat=True))


def test_a_case_teaches_also_by_how_it_was_handled_and_by_what_the_ombudsman_decided(
    case: Case, body: Organisation, manager: User
) -> None:
    with pytest.raises(Refused, match="which decision"):
        learned(case, body, manager, source="ombudsman")
    decided = learned(case, body, manager, source="ombudsman", decision="24 001 234 of 3 March 2026")
    assert decided.origin_sentence == "24 001 234 of 3 March 2026"
    assert (
        learned(case, body, manager, source="handling", text="We wrote in words that nobody uses.").source == "handling"
    )
    with pytest.raises(Refused, match="what it was learned from"):
        learned(case, body, manager, source="gossip")


def test_a_compliment_teaches_and_so_does_what_happened_elsewhere(body: Organisation, manager: User) -> None:
    by = factories.actor(manager, body)
    praised = factories.received(body, kind="compliment", text="They rang before I had to ask.").feedback
    point = actions.learn_from_feedback(
        feedback_id=praised.pk, text="Ringing first saves a call.", level="organisation", by=by, at=AT
    )
    assert (point.source, point.case, point.service) == ("compliment", None, praised.service)
    assert [one.pk for one in library.from_feedback(factories.viewer(manager, body), praised.pk)] == [point.pk]
    origin = actions.Origin("elsewhere", "7", "A report of 2026")
    outside = actions.learn_from(
        organisation_id=body.pk, origin=origin, text="Signs are read from a chair.", level="organisation", by=by, at=AT
    )
    assert outside.source == "elsewhere"
    with pytest.raises(Refused, match="no single person"):
        actions.learn_from(organisation_id=body.pk, origin=origin, text="Signs.", level="person", by=by, at=AT)


def test_what_the_organisation_reads_names_nobody(case: Case, body: Organisation, manager: User) -> None:
    for text, words in (
        ("Sarah was left alone.", "the name of a person"), ("Call 07700 900982 first.", "phone number"),
        ("Morag Ellis knew of it.", "the name of a person"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            learned(case, body, manager, text=text)
    for text in ("Morag knew of it.", "Dr Patel was not told.", "She was 83 years old."):
        with pytest.raises(Questioned):
            learned(case, body, manager, text=text)
        assert learned(case, body, manager, text=text, names_nobody=True).is_shared


def test_what_is_for_one_person_may_name_them_and_is_read_by_few(case: Case, body: Organisation, manager: User) -> None:
    point = learned(case, body, manager, text="Sarah is phoned before each visit.", level="person")
    assert not point.is_shared
    with pytest.raises(Questioned, match="Morag"):
        learned(case, body, manager, text="Morag phones her.", level="person")
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningPoint.objects.update(is_shared=True)
    other = factories.service(body, "other")
    handler, owner = factories.person(body, "handler"), factories.person(body, "action_owner")
    elsewhere = factories.person(body, "service_manager", service=other)
    assert [point.pk in read_by(one, body) for one in (handler, owner, elsewhere)] == [True, False, False]
    shared = learned(case, body, manager)
    everybody = (handler, owner, elsewhere, factories.person(body, "responsible_person"))
    assert all(shared.pk in read_by(one, body) for one in everybody)
    assert not read_by(factories.person(body, "front_line"), body)
    assert not read_by(factories.person(body, "overseer"), body)


def test_nobody_reads_what_comes_of_a_case_in_which_they_are_complained_about(
    case: Case, body: Organisation, manager: User
) -> None:
    second = factories.registered(body, manager)
    analysis = begun(second, body, manager, case)
    point = actions.learn_from_analysis(
        analysis_id=analysis.pk,
        text="Handovers need a list.",
        level="organisation",
        by=factories.actor(manager, body),
        at=AT,
    )
    owner = factories.person(body, "action_owner")
    assert point.pk in read_by(owner, body)
    case.complained_about.create(person=owner)
    assert point.pk not in read_by(owner, body)


def test_it_is_learned_again_and_counted_once_a_case(case: Case, body: Organisation, manager: User) -> None:
    point, by = learned(case, body, manager), factories.actor(manager, body)
    second, third = (factories.registered(body, manager) for _ in range(2))
    for _ in range(2):
        shelve.learn_again(point_id=point.pk, case_id=second.pk, by=by, at=AT)
    with pytest.raises(Refused, match="this case already"):
        shelve.learn_again(point_id=point.pk, case_id=case.pk, by=by, at=AT)
    with pytest.raises(Refused, match="another organisation"):
        shelve.learn_again(point_id=point.pk, case_id=factories.case(factories.organisation()).pk, by=by, at=AT)
    analysis = begun(third, body, manager, second, case)
    shelve.learn_again(point_id=point.pk, analysis_id=analysis.pk, by=by, at=AT)
    viewer = factories.viewer(manager, body)
    shown = library.shown(library.visible_points(viewer)).get()
    assert library.cases_that_show(shown) == 3
    assert library.cases_behind(point.pk) == sorted([case.pk, second.pk, third.pk])
    assert [one.pk for one in library.shown_by_case(viewer, third.pk)] == [point.pk]
    behind = library.behind(factories.viewer(factories.person(body, "action_owner"), body), point)
    assert (behind.cases, behind.seen_cases, behind.seen_analyses) == (3, [], [])


def test_what_was_learned_again_leads_nobody_to_what_they_may_not_read(
    case: Case, body: Organisation, manager: User
) -> None:
    by, handler = factories.actor(manager, body), factories.person(body, "handler")
    about_one = learned(case, body, manager, text="Sarah is phoned before each visit.", level="person")
    second = factories.registered(body, manager)
    analysis = begun(second, body, manager)
    shelve.learn_again(point_id=about_one.pk, analysis_id=analysis.pk, by=by, at=AT)
    warning = actions.Origin("warning", "17", "More people than usual complain of visits.")
    shelve.learn_again(point_id=about_one.pk, origin=warning, by=by, at=AT)
    case.complained_about.create(person=handler)
    for person, reads in ((manager, [about_one.pk]), (handler, [])):
        viewer = factories.viewer(person, body)
        assert analyses.analysis(viewer, analysis.pk) == analysis
        assert [one.pk for one in analyses.points_of_analysis(viewer, analysis)] == reads
        assert [one.pk for one in arising_from(viewer, "warning", 17)] == reads


def test_links_say_what_should_change_and_can_be_found(case: Case, body: Organisation, manager: User) -> None:
    point, by = learned(case, body, manager), factories.actor(manager, body)
    for said, words in (
        ({"kind": "rumour", "name": "x", "change": "y"}, "what it is linked to"),
        ({"kind": "risk", "name": " ", "change": "y"}, "which one"),
        ({"kind": "risk", "name": "R-12", "change": ""}, "what should change"),
        ({"kind": "risk", "name": "R-12", "change": "Ask Sarah."}, "the name of a person"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            shelve.link_point(point_id=point.pk, by=by, at=AT, version=1, **said)
    link = shelve.link_point(
        point_id=point.pk, kind="risk", name="Staffing at night", reference="R-12", change="Rate it anew.", by=by, at=AT,
        version=1,
    )  # fmt: skip
    viewer = factories.viewer(manager, body)
    assert [hit.point.pk for hit in library.search_points(viewer, library.Chosen(), "staffing").found] == [point.pk]
    with pytest.raises(Stale):
        shelve.unlink_point(link_id=link.pk, by=by, at=AT, version=1)
    shelve.unlink_point(link_id=link.pk, by=by, at=AT, version=2)
    assert not library.search_points(viewer, library.Chosen(), "staffing").found
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_what_was_kept_to_a_few_is_shared_once_it_was_read_through(
    case: Case, body: Organisation, manager: User
) -> None:
    point, by = (
        learned(case, body, manager, text="Sarah is phoned first.", level="person"),
        factories.actor(manager, body),
    )
    with pytest.raises(Refused, match="the name of a person"):
        shelve.reword(point_id=point.pk, text=point.text, level="service", by=by, at=AT, version=1)
    said = shelve.reword(
        point_id=point.pk, text="People are phoned first.", level="service", factors=["person", "job_tasks"], by=by, at=AT,
        version=1,
    )  # fmt: skip
    assert said.is_shared
    assert {row.factor for row in said.factors.all()} == {"person", "job_tasks"}
    assert [lines for _, lines in analysis_checks.problems() if lines] == []


def test_every_filter_keeps_what_fits_it(case: Case, body: Organisation, manager: User, promised: Any) -> None:
    by, viewer = factories.actor(manager, body), factories.viewer(manager, body)
    first = learned(case, body, manager, factors=["job_tasks"])
    second = learned(case, body, manager, text="Letters say when.", level="organisation", source="handling")
    LearningPoint.objects.filter(pk=second.pk).update(service=None, subject="communication")
    actions.promise_action(learning_point_id=first.pk, promised=promised, by=by, at=AT)
    shelve.link_point(point_id=second.pk, kind="training", name="Letters", change="Teach it.", by=by, at=AT, version=1)
    found = {
        (name, value): set(library.filtered(viewer, library.Chosen(**{name: value})).values_list("pk", flat=True))
        for name, value in (
            ("service", str(case.service_id)), ("level", "organisation"), ("factor", "job_tasks"), ("source", "handling"),
            ("subject", "communication"), ("action", "with"), ("action", "without"), ("link", "training"), ("link", "risk"),
        )
    }  # fmt: skip
    only = [{first.pk}, {second.pk}, {first.pk}, {second.pk}, {second.pk}, {first.pk}, {second.pk}, {second.pk}, set()]
    assert list(found.values()) == only


def test_what_says_nearly_the_same_is_found_and_what_only_shares_common_words_is_not(
    case: Case, body: Organisation, manager: User
) -> None:
    texts = [
        "Calls for help are lost when the shift changes, because nobody hands them over.",
        "Nobody owns a call bell at handover between day and night shift.",
        "Letters about results are sent without a name to ring.",
        "The parking machine takes no coins and nobody is told.",
        "People wait at the desk because the screen shows the wrong clinic.",
    ]
    points = [learned(case, body, manager, text=text) for text in texts]
    viewer = factories.viewer(manager, body)
    near = library.alike(viewer, "When shifts change, a call for help is lost: it is not handed over.")
    assert near[0].point == points[0]
    assert points[3] not in [one.point for one in near]
    assert library.alike(viewer, "When shifts change, a call for help is lost.", but=points[0].pk)[:1] != near[:1]
    assert library.alike(viewer, "Somebody told nobody.") == []
    assert library.alike(factories.viewer(factories.person(body, "front_line"), body), texts[0]) == []


def test_the_number_of_queries_depends_on_nothing_but_the_text(
    case: Case, body: Organisation, manager: User, django_assert_max_num_queries: Any
) -> None:
    viewer = factories.viewer(manager, body)
    asked = "Calls for help are lost when the shift changes and the list is not kept."
    for number in range(12):
        learned(case, body, manager, text=f"{WORDS} Ward {number} has a list of its own.")
        if number == 5:
            with django_assert_max_num_queries(nearness.MOST_WORDS + 7) as few:
                assert len(library.alike(viewer, asked)) == 5
    with django_assert_max_num_queries(len(few)) as many:
        assert len(library.alike(viewer, asked)) == 5
    assert len(many) == len(few)


@given(text=st.text(max_size=200), other=st.text(max_size=200))
def test_nearness_is_between_nothing_and_the_same(text: str, other: str) -> None:
    mine, theirs = nearness.words(text), nearness.words(other)
    weight = nearness.weights(dict.fromkeys([*mine, *theirs], 1), 10)
    for _, how in nearness.near(mine, {1: theirs, 2: mine}, weight, 5):
        assert nearness.LEAST <= how <= 1.0 + 1e-9
    if mine:
        assert nearness.near(mine, {2: mine}, weight, 5)[0][1] == pytest.approx(1.0)


def test_a_lost_entry_is_told(case: Case, body: Organisation, manager: User) -> None:
    point = learned(case, body, manager)
    Entry.objects.filter(kind="learning").delete()
    factories.case(body, at=factories.NOW + timedelta(days=1))
    assert [line for _, lines in analysis_checks.problems() for line in lines] == [
        f"learning {point.pk} has no search entry"
    ]
