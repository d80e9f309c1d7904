"""A desk to work at: an organisation with the people of every day, on a Wednesday, six days after things came in."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests import factories

from heed.accounts.models import User
from heed.cases.models import Case

TODAY = factories.NOW + timedelta(days=6)  # Wednesday 8 April 2026, 4:45pm


class Desk:
    """`desk.get("cases/")`, `desk.send("log/", kind="complaint")`: as the handler, or as whom `who` names."""

    def __init__(self, procedure: str = "nhs-2009"):
        self.of = factories.organisation(procedure)
        self.handler = factories.person(self.of, "handler", name="Priya Shah")
        self.investigator = factories.person(self.of, "investigator", name="Samuel Adeyemi")
        self.signer = factories.person(self.of, "responsible_person", name="Ruth Castellanos")
        self._clients: dict[int, Client] = {}

    def client(self, who: User | None = None) -> Client:
        person = who or self.handler
        if person.pk not in self._clients:
            self._clients[person.pk] = Client()
            self._clients[person.pk].force_login(person)
        return self._clients[person.pk]

    def at(self, page: str) -> str:
        return f"/{self.of.code}/staff/{page}"

    def get(self, page: str, who: User | None = None) -> Any:
        return self.client(who).get(self.at(page))

    def send(self, page: str, who: User | None = None, *, follow: bool = False, **data: Any) -> Any:
        return self.client(who).post(self.at(page), data, follow=follow)

    def of_case(self, case: Case, page: str = "") -> str:
        return f"cases/{case.reference}/{page}"

    def send_case(self, case: Case, page: str, who: User | None = None, **data: Any) -> Any:
        data.setdefault("version", factories.fresh(case).version)
        return self.send(self.of_case(case, page), who, **data)


def words(response: Any) -> str:
    """What the page says, without its tags, in one line."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with time_machine.travel(TODAY, tick=False):
        yield Desk()
