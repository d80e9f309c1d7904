"""Files, added one after another: with what is told, and with a message."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.visitor import Visitor

from heed.correspondence.models import Message
from heed.feedback.models import DraftFile
from heed.portal.forms.files import NOTHING_CHOSEN


def file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, name.encode())


def kept() -> list[str]:
    return [row.attachment.filename for row in DraftFile.objects.order_by("pk").select_related("attachment")]


def shown(page: Any) -> str:
    return str(page.content.decode())


def test_files_are_added_one_after_another(visitor: Visitor) -> None:
    visitor.answer_all()
    first = shown(visitor.get("tell-us/files/"))
    assert "Choose a file, or several at once" in first
    assert "If you have nothing to add, continue." in first
    for name in ("a.txt", "b.txt"):
        assert visitor.post("tell-us/files/", {"upload": [file(name)], "add": "yes"}).url == visitor.at(
            "tell-us/files/"
        )
    page = shown(visitor.get("tell-us/files/"))
    assert "<title>2 files so far. Do you want to add anything?" in page
    assert "Choose another file, or several at once" in page
    assert "a.txt" in page
    assert "When you have added all that you want to send, continue." in page


def test_continue_takes_along_what_was_chosen_and_not_added(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.post("tell-us/files/", {"upload": [file("a.txt")], "add": "yes"})
    assert visitor.post("tell-us/files/", {"upload": [file("b.txt")]}).url == visitor.at("tell-us/check/")
    assert kept() == ["a.txt", "b.txt"]


def test_adding_nothing_says_what_to_do(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.post("tell-us/files/", {"add": "yes"})
    assert page.context["form"].errors["upload"] == [NOTHING_CHOSEN]
    assert visitor.post("tell-us/files/").url == visitor.at("tell-us/check/"), "continuing needs no file"


def test_whoever_came_to_change_their_files_still_goes_back_to_the_check(visitor: Visitor) -> None:
    visitor.answer_all()
    added = visitor.post("tell-us/files/?change=1", {"upload": [file("a.txt")], "add": "yes"})
    assert added.url == visitor.at("tell-us/files/?change=1")
    assert visitor.client.get(added.url).context["back"] == visitor.at("tell-us/check/")


def test_files_are_added_to_a_message_one_after_another(visitor: Visitor) -> None:
    visitor.send()
    address = f"{visitor.follow_address()}message/"
    key = visitor.client.get(address).context["form"]["key"].value()
    for name in ("a.txt", "b.txt"):
        page = visitor.client.post(address, {"body": "See these", "key": key, "upload": [file(name)], "add": "yes"})
        assert page.status_code == 200
        assert not page.context["form"].errors
        assert page.context["form"]["body"].value() == "See these"
    assert not Message.objects.filter(direction="in").exists(), "adding sends nothing"
    nothing = visitor.client.post(address, {"body": "", "key": key, "add": "yes"})
    assert nothing.context["form"].errors == {"upload": [NOTHING_CHOSEN]}
    visitor.client.post(address, {"body": "See these", "key": key})
    assert [one.filename for one in Message.objects.get(direction="in").attachments.order_by("pk")] == [
        "a.txt",
        "b.txt",
    ]
