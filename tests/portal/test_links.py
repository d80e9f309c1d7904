"""One-time links: whom they let in, what ends them, and that nobody else learns anything."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import factories

from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.correspondence import actions, letters
from heed.correspondence.letters import loading
from heed.correspondence.models import Message, OneTimeLink
from heed.organisations.models import Organisation

LETTER = letters.read(
    "sample-1.toml",
    """
key = "sample"
version = 1
effective_on = 2000-01-01
purpose = "A sample."
subject = "A question"
[fields]
link = { kind = "once", about = "The link." }
[[paragraphs]]
text = "Open {link}"
""",
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    every = (*letters.every_letter(), LETTER)
    monkeypatch.setattr(loading, "every_letter", lambda: every)
    settings.ROOT_URLCONF = "tests.portal.asked_routes"


def link_sent(of: Organisation, **more: Any) -> OneTimeLink:
    by = factories.actor(factories.person(of, "handler"), of)
    return actions.send_link(
        organisation_id=of.pk, purpose="sample", object_id=17, letter="sample", fields={}, name="Jo Reed",
        email="jo@elsewhere.example", by=by, at=factories.NOW, **more,
    )  # fmt: skip


def address_in(message: Message) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", message.sealed_body)
    assert found
    return found[1]


def code_sent() -> str:
    found = re.search(r"\d{6}", Message.objects.filter(letter="link_code").latest("pk").sealed_body)
    assert found
    return found[0]


def opened(client: Client, link: OneTimeLink) -> Any:
    """Ask for the code and enter it."""
    assert link.message
    asked = client.post(address_in(link.message))
    return client.post(asked.url, {"code": code_sent()})


def test_the_code_lets_in_and_every_look_is_kept(of: Organisation) -> None:
    link, client = link_sent(of), Client()
    page = client.get(opened(client, link).url)
    assert page.content.decode() == f"About 17, for link-{link.pk}"
    assert page["Referrer-Policy"] == "no-referrer"
    link.refresh_from_db()
    assert (link.views, link.opened_at, link.seen_at) == (1, factories.NOW, factories.NOW)
    verbs = list(Entry.objects.filter(object_kind="link").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["link_sent", "link_code_sent", "link_opened", "link_viewed"]


def test_looking_at_the_link_does_nothing(of: Organisation) -> None:
    """Mail programs follow links before anybody reads them."""
    link = link_sent(of)
    assert link.message
    page = Client().get(address_in(link.message))
    assert b"Send me the code" in page.content
    assert not Message.objects.filter(letter="link_code").exists()


def test_neither_link_nor_code_is_kept(of: Organisation) -> None:
    link, client = link_sent(of), Client()
    assert link.message
    word = address_in(link.message).split("/")[-2]
    opened(client, link)
    code = code_sent()
    link.refresh_from_db()
    assert word not in link.message.body + link.word_hash
    assert not link.code_hash
    assert code not in Message.objects.filter(letter="link_code").latest("pk").body


def test_a_code_serves_once_and_for_15_minutes(of: Organisation, clock: Any) -> None:
    link, client = link_sent(of), Client()
    opened(client, link)
    assert link.message
    code_page = f"{address_in(link.message)}code/"
    assert b"Ask for a new one" in Client().post(code_page, {"code": code_sent()}).content
    client.post(address_in(link.message))
    clock.shift(timedelta(minutes=15))
    assert b"Ask for a new one" in client.post(code_page, {"code": code_sent()}).content


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(of: Organisation) -> None:
    link, client = link_sent(of), Client()
    assert link.message
    code_page = client.post(address_in(link.message)).url
    right = code_sent()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert client.post(code_page, {"code": wrong}).status_code == 200
    assert client.post(code_page, {"code": right}).status_code == 200
    assert client.post(client.post(address_in(link.message)).url, {"code": code_sent()}).status_code == 302


def test_codes_are_not_sent_without_end(of: Organisation) -> None:
    link, client = link_sent(of), Client()
    assert link.message
    answers = [client.post(address_in(link.message)).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_without_a_code_a_press_of_the_button_opens_it(of: Organisation) -> None:
    link, client = link_sent(of, needs_code=False), Client()
    assert link.message
    assert b"17" in client.get(client.post(address_in(link.message)).url).content


@pytest.mark.parametrize("why", ["answered", "withdrawn", "reassigned"])
def test_what_has_ended_opens_nothing_also_where_it_was_open(of: Organisation, why: str) -> None:
    link, client = link_sent(of), Client()
    page = opened(client, link).url
    by = factories.actor(factories.person(of, "handler"), of)
    assert actions.end_links(purpose="sample", object_id=17, why=why, by=by, at=factories.NOW) == 1
    assert link.message
    for address in (page, address_in(link.message), f"{address_in(link.message)}code/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"This link no longer works" in answer.content


def test_it_ends_by_itself_after_14_days(of: Organisation, clock: Any) -> None:
    link, client = link_sent(of), Client()
    assert link.message
    clock.shift(timedelta(days=14, seconds=-1))
    assert client.get(address_in(link.message)).status_code == 200
    clock.shift(timedelta(seconds=1))
    assert client.get(address_in(link.message)).status_code == 404


def test_it_opens_one_thing_at_one_organisation_in_one_browser(of: Organisation, council: Organisation) -> None:
    link, client = link_sent(of), Client()
    page = opened(client, link).url
    assert client.get(page).status_code == 200
    assert client.get(page.replace("sample", "other")).status_code == 404
    assert client.get(page.replace(of.code, council.code)).status_code == 404
    assert Client().get(page).status_code == 404
    assert link.message
    assert client.get(address_in(link.message).replace(of.code, council.code)).status_code == 404


def test_after_an_hour_without_use_the_code_is_asked_again(of: Organisation, clock: Any) -> None:
    client = Client()
    page = opened(client, link_sent(of)).url
    clock.shift(timedelta(minutes=59))
    assert client.get(page).status_code == 200
    clock.shift(timedelta(minutes=61))
    assert client.get(page).status_code == 404


def test_a_link_is_not_sent_again_but_made_anew(of: Organisation) -> None:
    link = link_sent(of)
    Message.objects.filter(pk=link.message_id).update(state="failed", sealed_body="", attempts=8)
    by = factories.actor(factories.person(of, "handler"), of)
    assert link.message_id
    with pytest.raises(Refused, match="Send a new one"):
        actions.send_again(message_id=link.message_id, by=by, at=factories.NOW)


def test_an_address_is_needed(of: Organisation) -> None:
    by = factories.actor(factories.person(of, "handler"), of)
    for email in ("", "not an address"):
        with pytest.raises(Refused) as refused:
            actions.send_link(
                organisation_id=of.pk, purpose="sample", object_id=17, letter="sample", fields={}, name="Jo Reed",
                email=email, by=by, at=factories.NOW,
            )  # fmt: skip
        assert refused.value.field == "email"
    assert not OneTimeLink.objects.exists()
