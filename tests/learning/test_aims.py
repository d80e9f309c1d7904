"""What an action should change: said before it starts, changed later only with a reason that everybody reads."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.learning.scene import AT, JUNE_1, JUNE_30, Doing

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.learning import actions, aiming, queries
from heed.learning.actions import choose_aim
from heed.learning.aiming import Aimed
from heed.learning.models import Action, Aim
from heed.learning.queries import aims
from heed.organisations.models import Organisation

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
FALLS = Aimed("received_complaints", "first", "communications", "fall", "themes", phase_in=1, peak_first=MARCH,
              peak_last=APRIL)  # fmt: skip
SERVICES, SUBJECTS, TODAY = ("first", "second"), ("communications", "other"), date(2026, 5, 20)


def choose(action: Action, by: User, body: Organisation, aimed: Aimed = FALLS, **more: Any) -> Aim:
    version = more.pop("version", Action.objects.get(pk=action.pk).version)
    who = factories.actor(by, body)
    return choose_aim(action_id=action.pk, aimed=aimed, by=who, at=more.pop("at", AT), version=version, **more)


@pytest.mark.django_db
def test_it_is_kept_with_who_chose_it_and_stands_in_the_history(
    action: Action, manager: User, body: Organisation
) -> None:
    choose(action, manager, body)
    aim = aims.aim_of(action.pk)
    assert aim is not None
    assert (aim.measure, aim.service, aim.subject, aim.direction) == (
        "received_complaints", "first", "communications", "fall",
    )  # fmt: skip
    assert (aim.peak_first, aim.peak_last, aim.phase_in, aim.chosen_by) == (MARCH, APRIL, 1, manager)
    assert not aim.is_late
    assert queries.history(action)[0].sentence == "Morag Ellis said what the action should change."


@pytest.mark.django_db
def test_before_the_start_it_is_changed_freely_and_after_it_only_with_a_reason(
    action: Action, manager: User, body: Organisation, doing: Doing
) -> None:
    choose(action, manager, body)
    choose(action, manager, body, replace(FALLS, phase_in=2))
    assert Aim.objects.get().late_reason == ""
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    other = replace(FALLS, direction="rise")
    with pytest.raises(Refused, match="so say why it is chosen now") as refused:
        choose(action, manager, body, other, at=factories.NOW.replace(month=6, day=20))
    assert refused.value.field == "reason"
    aim = choose(action, manager, body, other, reason="We had it the wrong way round.",
                 at=factories.NOW.replace(month=6, day=20))  # fmt: skip
    assert Aim.objects.get(pk=aim.pk).is_late
    told = queries.history(Action.objects.get(pk=action.pk))[0]
    assert told.sentence == "Morag Ellis changed what the action should change, after its start."
    assert told.words == "We had it the wrong way round."


@pytest.mark.django_db
def test_a_start_that_is_recorded_later_makes_no_aim_early(
    action: Action, manager: User, body: Organisation, doing: Doing
) -> None:
    aim = choose(action, manager, body, at=factories.NOW.replace(month=6, day=10))
    doing(actions.start, JUNE_30, started_on=JUNE_1)
    assert Aim.objects.get(pk=aim.pk).is_late


@pytest.mark.django_db
def test_the_same_again_and_a_stale_page_change_nothing(action: Action, manager: User, body: Organisation) -> None:
    choose(action, manager, body)
    with pytest.raises(Refused, match="Nothing of it is other"):
        choose(action, manager, body)
    with pytest.raises(Stale):
        choose(action, manager, body, replace(FALLS, phase_in=3), version=1)


@pytest.mark.django_db
def test_what_belongs_to_another_choice_of_control_is_not_kept(
    action: Action, manager: User, body: Organisation
) -> None:
    aim = choose(action, manager, body, replace(FALLS, control_service="elsewhere", no_control_reason="None at all."))
    assert (aim.control_service, aim.no_control_reason) == ("", "")


@pytest.mark.django_db
def test_no_word_of_it_is_in_an_event(action: Action, manager: User, body: Organisation) -> None:
    choose(action, manager, body, replace(FALLS, control="none", no_control_reason="Secret words here."))
    assert "Secret" not in str(list(action.events.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"measure": ""}, "measure"),
        ({"direction": "down"}, "direction"),
        ({"service": "elsewhere"}, "service"),
        ({"subject": "none-such"}, "subject"),
        ({"control": ""}, "control"),
        ({"control": "none"}, "no_control_reason"),
        ({"control": "none", "no_control_reason": "no idea"}, "no_control_reason"),
        ({"control": "others", "service": ""}, "control"),
        ({"control": "service", "control_service": "first"}, "control"),
        ({"control": "service", "control_service": "elsewhere"}, "control"),
        ({"control": "themes", "subject": ""}, "control"),
        ({"phase_in": 13}, "phase_in"),
        ({"peak_last": None}, "peak_last"),
        ({"peak_first": None}, "peak_first"),
        ({"peak_first": date(2026, 5, 1)}, "peak_last"),
        ({"peak_first": date(2025, 4, 1)}, "peak_last"),
        ({"peak_last": date(2026, 6, 1)}, "peak_last"),
        ({"peak_first": date(2026, 3, 2)}, "peak_last"),
    ],
)
def test_what_is_missing_is_said_beside_its_question(changed: dict[str, Any], field: str) -> None:
    assert aiming.why_not_aim(FALLS, SERVICES, SUBJECTS, TODAY) is None
    refusal = aiming.why_not_aim(replace(FALLS, **changed), SERVICES, SUBJECTS, TODAY)
    assert refusal is not None
    assert refusal[1] == field


@given(reason=st.text())
def test_a_reason_is_asked_for_just_after_the_start(reason: str) -> None:
    assert aiming.why_not_now(is_started=False, reason=reason) is None
    assert (aiming.why_not_now(is_started=True, reason=reason) is None) == (len(reason.split()) >= 3)
