"""A public line: written by one, approved by another, corrected and taken down; names nobody and points to nobody."""

import pytest
from tests import factories
from tests.learning.scene import JUNE_30, noon
from tests.learning.told import DID, SAID, WORDS, Telling, fresh, newest

from heed.accounts.models import User
from heed.audit.refusals import Refused, Stale
from heed.cases.actions import triage
from heed.learning import naming
from heed.learning.actions import approve, shelve, write
from heed.learning.models import Action, Piece
from heed.learning.queries import known, pieces, shown
from heed.organisations.models import Organisation

django_db = pytest.mark.django_db


def lines(body: Organisation) -> list[str]:
    return [line.we_did for line in shown.published(body.pk)]


@django_db
def test_only_what_is_done_is_written(action: Action, telling: Telling) -> None:
    with pytest.raises(Refused, match="when it is done") as refused:
        telling.write("line", [action])
    assert refused.value.field == "action_ids"
    with pytest.raises(Refused, match="Choose the action"):
        telling.write("line")


@django_db
def test_a_line_is_shown_once_somebody_else_approved_it(
    completed: Action, telling: Telling, body: Organisation, manager: User
) -> None:
    piece = telling.write("line", [completed])
    assert lines(body) == []
    telling.do(write.ask, piece)
    assert fresh(piece).state == "waiting"
    assert lines(body) == []
    with pytest.raises(Refused, match="Somebody else approves it"):
        telling.do(approve.approve, piece, by=manager, read=True)
    with pytest.raises(Refused, match="as a stranger would") as refused:
        telling.do(approve.approve, piece, by=telling.reader, read=False)
    assert refused.value.field == "read"
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    line = shown.published(body.pk)[0]
    assert (line.you_said, line.we_did, line.service) == (SAID, DID, "First")
    assert shown.published(factories.organisation().pk) == [], "one organisation does not show the lines of another"


@django_db
def test_a_correction_waits_while_the_earlier_words_stay(
    completed: Action, telling: Telling, body: Organisation
) -> None:
    piece = telling.approved("line", [completed])
    telling.do(write.reword, piece, words={"you_said": SAID, "we_did": "Calls are handed over."})
    assert lines(body) == [DID]
    telling.do(write.ask, piece)
    viewer = factories.viewer(telling.reader, body)
    assert [row.pk for row in pieces.listed(viewer, "line", "waiting")] == [piece.pk]
    telling.do(approve.send_back, piece, by=telling.reader, reason="Say where.")
    assert lines(body) == [DID]
    assert fresh(piece).state == "published"
    telling.do(write.reword, piece, words={"you_said": SAID, "we_did": "Calls are handed over on every ward."})
    telling.do(write.ask, piece)
    telling.do(approve.approve, piece, by=telling.reader, read=True, at=noon(JUNE_30))
    assert lines(body) == ["Calls are handed over on every ward."]
    assert [event.kind for event in piece.events.order_by("pk")][-3:] == ["reworded", "asked", "corrected"]
    assert piece.wordings.count() == 3


@django_db
def test_a_line_is_taken_down_with_the_reason_and_comes_back_in_other_words(
    completed: Action, telling: Telling, body: Organisation
) -> None:
    piece = telling.approved("line", [completed])
    with pytest.raises(Refused, match="Say why"):
        telling.do(approve.withdraw, piece, by=telling.reader, reason=" ")
    telling.do(approve.withdraw, piece, by=telling.reader, reason="It is not done everywhere.")
    assert lines(body) == []
    assert shown.line(body.pk, piece.token) is None
    assert piece.events.get(kind="withdrawn").note == "It is not done everywhere."
    with pytest.raises(Refused, match="taken down"):
        telling.do(approve.withdraw, piece, by=telling.reader, reason="Again")
    telling.do(write.reword, piece, words={"you_said": SAID, "we_did": "Calls are handed over."})
    telling.do(write.ask, piece)
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    assert lines(body) == ["Calls are handed over."]
    assert shown.line(body.pk, piece.token), "its address is the one that it had"


@django_db
def test_a_change_that_slipped_takes_its_line_down_and_marks_what_tells_of_more(
    completed: Action, telling: Telling, body: Organisation
) -> None:
    second = Action.objects.get(pk=completed.pk)
    second.pk = None
    second.save()
    alone, draft = telling.approved("line", [completed]), telling.write("line", [completed], words={"we_did": "Else."})
    both = telling.approved("line", [completed, second], words={"we_did": "Two things."})
    briefing = telling.approved("briefing", [completed])
    by = telling.by(telling.writer)
    assert approve.slipped(action_id=completed.pk, by=by, at=telling.at) == [alone.pk, both.pk, briefing.pk]
    assert (fresh(alone).state, fresh(draft).doubted_at) == ("withdrawn", None)
    assert lines(body) == ["Two things."], "people decide whether it still holds"
    assert all(fresh(piece).doubted_at for piece in (both, briefing))
    telling.do(approve.still_holds, both, by=telling.reader, reason="Looked at twenty sheets.")
    assert fresh(both).doubted_at is None
    with pytest.raises(Refused, match="Nobody has doubted"):
        telling.do(approve.still_holds, both, by=telling.reader, reason="Again")


@django_db
def test_one_line_tells_of_several_actions(completed: Action, telling: Telling, action: Action) -> None:
    second = Action.objects.get(pk=completed.pk)
    second.pk = None
    second.save()
    piece = telling.approved("line", [completed, second])
    assert {one.pk for one in piece.actions.all()} == {completed.pk, second.pk}
    viewer = factories.viewer(telling.reader, telling.body)
    assert [one.pk for one in pieces.of_action(viewer, second.pk)] == [piece.pk]


@django_db
def test_the_same_words_sent_twice_are_one_piece(completed: Action, telling: Telling) -> None:
    assert telling.write("line", [completed]).pk == telling.write("line", [completed]).pk
    assert Piece.objects.count() == 1


@django_db
def test_who_read_an_older_page_is_told_what_changed(completed: Action, telling: Telling) -> None:
    piece = telling.write("line", [completed])
    telling.do(write.ask, piece)
    with pytest.raises(Stale, match="Morag Ellis asked for approval"):
        telling.do(approve.approve, piece, by=telling.reader, read=True, version=1)


@django_db
@pytest.mark.parametrize(
    ("words", "field"),
    [({"you_said": ""}, None), ({"we_did": "Better. " * 100}, "we_did")],
)
def test_what_is_missing_or_too_long_is_said(
    completed: Action, telling: Telling, words: dict[str, str], field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        telling.do(write.ask, telling.write("line", [completed], words=words))
    assert refused.value.field == (field or "you_said")


@django_db
@pytest.mark.parametrize(
    "said",
    [
        "Sarah Whittaker told us that nobody came.", "Owen Price hands over the calls.", "Write to calls@body.example.",
        "Ring 01632 960 999.", "Complaint TB-4K7M-Q2PX was about bells.", "Her NHS number is 943 476 5919.",
    ],
)  # fmt: skip
def test_what_is_certain_to_lead_to_one_person_cannot_be_kept(completed: Action, telling: Telling, said: str) -> None:
    piece = telling.write("line", [completed], words={"you_said": said})
    telling.decide(piece, "fine")
    with pytest.raises(Refused, match="Decide first"):
        telling.do(write.ask, piece)
    telling.decide(piece, "out")
    assert newest(piece).number == 2
    telling.decide(piece, "fine")
    telling.do(write.ask, piece)


@django_db
def test_our_own_phone_number_may_stand(completed: Action, telling: Telling, body: Organisation) -> None:
    piece = telling.write("line", [completed], words={"we_did": f"Ring {body.contact_phone} at any time."})
    telling.do(write.ask, piece)
    assert fresh(piece).state == "waiting"


@django_db
def test_what_may_lead_to_one_person_is_decided_and_kept_with_who_did(completed: Action, telling: Telling) -> None:
    piece = telling.write("line", [completed], words={"you_said": "A 93-year-old waited, and Sarah waited too."})
    with pytest.raises(Refused, match="somebody could be recognised"):
        telling.do(write.ask, piece)
    telling.decide(piece, "fine")
    kept = newest(piece).looked
    assert {(one["kind"], one["words"], one["by"]) for one in kept} == {
        ("age", "A 93-year-old", telling.writer.pk), ("name", "Sarah", telling.writer.pk),
    }  # fmt: skip
    telling.do(write.ask, piece)
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    telling.do(write.reword, piece, words={"you_said": "A 93-year-old waited.", "we_did": DID})
    assert newest(piece).looked == [], "in other words it is decided anew"


@django_db
def test_whoever_decided_on_a_mark_does_not_approve(completed: Action, telling: Telling) -> None:
    piece = telling.write("line", [completed], words={"you_said": "A 93-year-old waited."})
    telling.writer, telling.reader = telling.reader, telling.writer
    telling.decide(piece)
    telling.do(write.ask, piece)
    with pytest.raises(Refused, match="Somebody else approves"):
        telling.do(approve.approve, piece, by=telling.writer, read=True)


@django_db
def test_words_that_somebody_else_took_out_do_not_let_the_writer_approve_their_own(
    completed: Action, telling: Telling, body: Organisation
) -> None:
    chief = factories.person(body, "responsible_person")
    words = {"you_said": "Sarah waited on 4 May 2026 in pain."}
    piece = telling.write("line", [completed], words=words)
    marks = known.open_marks(known.texts_of(fresh(piece), newest(piece)))
    telling.do(write.look, piece, by=telling.reader, decided={one.key: "out" for one in marks})
    assert "Sarah" not in str(newest(piece).words) + str(newest(piece).looked)
    telling.do(write.ask, piece)
    for person in (telling.writer, telling.reader):
        with pytest.raises(Refused, match="Somebody else approves"):
            telling.do(approve.approve, piece, by=person, read=True)
    telling.do(approve.approve, piece, by=chief, read=True)
    assert fresh(piece).state == "published"


@django_db
def test_the_names_of_all_who_showed_the_same_are_known(
    completed: Action, telling: Telling, body: Organisation, manager: User
) -> None:
    second, by = factories.registered(body, manager), factories.actor(manager, body)
    shelve.learn_again(point_id=completed.learning_point_id, case_id=second.pk, by=by, at=telling.at)
    assert second.feedback.complainant
    second.feedback.complainant.name = "Tamsin Quill"
    second.feedback.complainant.save()
    left = factories.person(factories.organisation(), name="Rhona Blight")
    second.complained_about.create(person=left)
    names = known.known_to(telling.write("line", [completed])).people
    assert {"Tamsin Quill", "Rhona Blight"} <= set(names)


@django_db
def test_words_taken_out_leave_a_sentence_to_read_again(completed: Action, telling: Telling) -> None:
    piece = telling.write("line", [completed], words={"you_said": "Sarah waited on 4 May 2026 in pain."})
    telling.decide(piece, "out")
    assert newest(piece).words["you_said"] == "Somebody waited recently in pain."


@django_db
def test_who_sees_which_piece(completed: Action, telling: Telling, body: Organisation, owner: User) -> None:
    public, draft = telling.approved("line", [completed]), telling.write("line", [completed], words={"we_did": "Else."})
    handler, stranger = (
        factories.person(body, "handler"),
        factories.person(factories.organisation(), "complaints_manager"),
    )
    sees = {
        telling.writer: {public.pk, draft.pk},
        telling.reader: {public.pk, draft.pk},
        owner: {public.pk},
        handler: {public.pk},
    }
    for person, ids in sees.items():
        viewer = factories.viewer(person, body)
        assert {row.pk for row in pieces.visible(viewer)} == ids
        assert {pk for pk in (public.pk, draft.pk) if pieces.detail(viewer, pk)} == ids
    other = Organisation.objects.exclude(pk=body.pk).get()
    assert not pieces.visible(factories.viewer(stranger, other)).exists()


@django_db
@pytest.mark.parametrize("kind", ["line", "story", "briefing"])
def test_new_words_are_read_by_nobody_but_those_who_write_and_approve_them(
    completed: Action, telling: Telling, body: Organisation, kind: str
) -> None:
    first = next(iter(WORDS[kind]))
    piece = telling.approved(kind, [completed] if kind == "line" else [], *(["training"] if kind == "story" else []))
    telling.do(write.reword, piece, words={**WORDS[kind], first: "Sarah Whittaker waited."})
    readers = {telling.writer: True, telling.reader: True, factories.person(body, "handler"): False}
    for person, reads in readers.items():
        viewer = factories.viewer(person, body)
        found = pieces.detail(viewer, piece.pk)
        assert found is not None
        assert ("Sarah" in str(found.texts)) is reads
        assert ("Sarah" in pieces.titles(viewer, [fresh(piece)])[piece.pk]) is reads
        assert found.is_new is reads


@django_db
def test_why_words_went_back_is_read_by_those_who_write_them(
    completed: Action, telling: Telling, body: Organisation
) -> None:
    piece = telling.approved("line", [completed])
    telling.do(write.reword, piece, words={"you_said": SAID, "we_did": "Calls are handed over."})
    telling.do(write.ask, piece)
    telling.do(approve.send_back, piece, by=telling.reader, reason="This is Mrs Whittaker's.")
    for person, reads in ((telling.writer, True), (factories.person(body, "handler"), False)):
        found = pieces.detail(factories.viewer(person, body), piece.pk)
        assert found is not None
        assert any("Whittaker" in one.note for one in found.history) is reads
        assert (found.sent_back is not None) is reads


@django_db
def test_a_piece_leads_to_those_actions_alone_that_its_reader_may_see(
    completed: Action, telling: Telling, body: Organisation, owner: User
) -> None:
    piece = telling.approved("line", [completed])
    elsewhere = factories.person(body, "service_manager", service=factories.service(body, "other"))
    for person, sees in ((owner, [completed.pk]), (elsewhere, [])):
        found = pieces.detail(factories.viewer(person, body), piece.pk)
        assert found is not None
        assert [action.pk for action in found.actions] == sees


@django_db
def test_who_is_complained_about_has_no_part_in_it(completed: Action, telling: Telling, body: Organisation) -> None:
    piece = telling.write("line", [completed])
    case = completed.learning_point.case
    assert case
    case = factories.fresh(case)
    against = [triage.Against(person_id=telling.reader.pk)]
    triage.record_against(
        case_id=case.pk, against=against, by=telling.by(telling.writer), at=telling.at, version=case.version
    )
    assert pieces.detail(factories.viewer(telling.reader, body), piece.pk) is None
    telling.do(write.ask, piece)
    with pytest.raises(Refused, match="complained about"):
        telling.do(approve.approve, piece, by=telling.reader, read=True)


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
