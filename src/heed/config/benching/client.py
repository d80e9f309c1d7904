"""One client of the server, as a browser would be: one connection kept open, cookies, forms."""

import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from heed.config.benching.counting import HEADER

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECONDS = 60


class Unexpected(Exception):
    """The server answered otherwise than it should have: `str` is a sentence."""


@dataclass(frozen=True)
class Answer:
    """What came back, and what it took: milliseconds from the first byte sent to the last one read."""

    status: int
    text: str
    location: str
    milliseconds: float
    queries: int
    size: int


@dataclass
class Client:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def get(self, address: str) -> Answer:
        """The page. Raises Unexpected for any answer but 200."""
        answer = self._ask("GET", address, None)
        if answer.status != 200:
            raise Unexpected(f"{address} answered {answer.status}")
        if found := TOKEN.search(answer.text):
            self.token = unescape(found[1])
        return answer

    def post(self, address: str, **values: str) -> Answer:
        """Send a form with the token of the last page. Raises Unexpected for any answer but a way on to another page."""
        answer = self._ask("POST", address, urlencode({**values, "csrfmiddlewaretoken": self.token}))
        if answer.status != 302:
            raise Unexpected(f"the form of {address} was answered with {answer.status}")
        return answer

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, address: str, form: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, address, body=form, headers=headers)
        response = self._connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value
        queries = int(response.headers.get(HEADER, "0"))
        return Answer(response.status, body.decode(), response.headers.get("Location", ""), took, queries, len(body))
