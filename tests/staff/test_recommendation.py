"""What the Ombudsman recommended is promised, shown to whoever has to see it, and kept to (R123)."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.audit.refusals import Refused
from heed.cases import sentences
from heed.cases.actions import remedy as actions
from heed.cases.models import Case, CaseEvent, Remedy
from heed.learning import proportion
from heed.learning.queries import analyses

PAY = {
    "kind": "symbolic_payment", "description": "For the wait of two and a half months.", "amount_pence": "£175",
    "due_on_day": "8", "due_on_month": "5", "due_on_year": "2026",
}  # fmt: skip
RECOMMENDED = {**PAY, "recommended": "yes", "decision": "P-001", "show_to": "the Ombudsman and Ms Whittaker"}
DONE = {"delivered_on_day": "8", "delivered_on_month": "4", "delivered_on_year": "2026", "note": "By bank transfer."}


@pytest.fixture
def case(desk: Desk) -> Case:
    return factories.registered(desk.of, desk.handler, at=TODAY - timedelta(days=60))


def place(case: Case, page: str = "") -> str:
    return f"cases/{case.reference}/{page}"


def send(desk: Desk, case: Case, page: str, sent: dict[str, Any]) -> Any:
    return desk.send(place(case, page), follow=True, **sent, version=factories.fresh(case).version)


def test_it_is_delivered_only_once_it_was_shown(desk: Desk, case: Case) -> None:
    page = words(send(desk, case, "remedies/add/", RECOMMENDED))
    assert "Recommended by the Ombudsman, decision P-001. To be shown to: the Ombudsman and Ms Whittaker." in page
    remedy = Remedy.objects.get()
    refused = send(desk, case, f"remedies/{remedy.pk}/", DONE)
    assert "How and when was it shown to: the Ombudsman and Ms Whittaker?" in words(refused)
    assert "By bank transfer." in words(refused)
    assert Remedy.objects.get().delivered_on is None
    done = words(send(desk, case, f"remedies/{remedy.pk}/", {**DONE, "shown": "The receipt, by email of 8 April."}))
    assert "Shown to the Ombudsman and Ms Whittaker: The receipt, by email of 8 April." in done
    assert "promised a remedy that the Ombudsman recommended by 8 May 2026" in words(desk.get(place(case, "history/")))


def test_the_decision_is_asked_once(desk: Desk, case: Case) -> None:
    assert desk.get(place(case, "remedies/add/")).context["form"]["recommended"].value() == "no"
    send(desk, case, "remedies/add/", RECOMMENDED)
    begun = desk.get(place(case, "remedies/add/")).context["form"]
    assert [begun[name].value() for name in ("recommended", "decision", "show_to")] == ["yes", "P-001", "the Ombudsman"]
    lesson = desk.get(place(case, "learning/add/")).context["form"]
    assert (lesson["source"].value(), lesson["decision"].value()) == ("ombudsman", "P-001")


def test_our_own_remedy_needs_no_decision_and_is_shown_to_nobody(desk: Desk, case: Case) -> None:
    missing = send(desk, case, "remedies/add/", {**RECOMMENDED, "decision": ""})
    assert "Enter which decision" in words(missing)
    send(desk, case, "remedies/add/", {**RECOMMENDED, "recommended": "no"})
    assert Remedy.objects.values_list("decision", "show_to").get() == ("", "")
    assert "shown" not in desk.get(place(case, f"remedies/{Remedy.objects.get().pk}/")).context["form"].fields


def test_the_action_holds_whoever_calls_it(desk: Desk, case: Case) -> None:
    by = factories.actor(desk.handler, desk.of)
    owed = actions.agree_remedy(
        case_id=case.pk, kind="apology", description="Say sorry", due_on=date(2026, 5, 8), decision="P-001",
        show_to="the Ombudsman", by=by, at=TODAY, version=case.version,
    )  # fmt: skip
    with pytest.raises(Refused, match="Say how and when it was shown to: the Ombudsman"):
        actions.deliver_remedy(
            remedy_id=owed.pk, delivered_on=TODAY.date(), note="By letter", by=by, at=TODAY,
            version=factories.fresh(case).version,
        )  # fmt: skip


def test_it_speaks_for_a_closer_look_also_where_we_upheld_nothing(desk: Desk, case: Case) -> None:
    known = {"seriousness": "high", "outcomes": ("not_upheld",)}
    assert "Nothing was upheld, so there may be no failing to explain." in proportion.suggestions(
        proportion.Known(**known)
    )
    assert proportion.suggestions(proportion.Known(**known, ombudsman=True)) == [
        "Its seriousness was rated high.", "The Ombudsman recommended something because of it.",
    ]  # fmt: skip
    send(desk, case, "remedies/add/", RECOMMENDED)
    assert "The Ombudsman recommended something because of it." in analyses.deciding(case).suggestions


def test_what_was_written_wrongly_is_put_right_with_the_reason(desk: Desk, case: Case) -> None:
    send(desk, case, "remedies/add/", RECOMMENDED)
    page = f"remedies/{Remedy.objects.get().pk}/change/"
    assert desk.get(place(case, page)).context["form"]["show_to"].value() == RECOMMENDED["show_to"]
    new = {name: RECOMMENDED[name] for name in RECOMMENDED if name not in ("kind", "recommended", "decision")}
    same = send(desk, case, page, {**new, "reason": "A slip."})
    assert "Nothing in it is other than before." in words(same)
    silent = send(desk, case, page, {**new, "amount_pence": "£1,750"})
    assert "Enter why it changes" in words(silent)
    assert "1,750" in silent.content.decode()
    later = {**new, "amount_pence": "£1,750", "due_on_day": "20", "reason": "The Ombudsman agreed to a later day."}
    assert "(£1,750)" in words(send(desk, case, page, later))
    history = words(desk.get(place(case, "history/")))
    assert "changed a remedy, and promised it by 20 May 2026 instead of 8 May 2026" in history
    assert "The Ombudsman agreed to a later day." in history
    event = CaseEvent.objects.get(case=case, kind="remedy_changed")
    (entry,) = sentences.timeline(case, [event])
    assert entry.changed is not None
    assert [text[:6] for text in entry.changed] == ["£175. ", "£1,750"], "what was promised before can be read"
    send(desk, case, f"remedies/{Remedy.objects.get().pk}/", {**DONE, "shown": "By email."})
    assert desk.get(place(case, page)).status_code == 302
    assert "Change it" not in words(desk.get(place(case, "learning/")))
