"""The pages that are measured. Each knows how to ask for itself and what is wrong with an answer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from heed.config.benching import truth
from heed.config.benching.client import Answer, Client
from heed.config.seeding.words import data
from heed.insight.periods import CHOICES, whole_months
from heed.organisations.models import Organisation

ROW = re.compile(r'href="/[a-z-]+/staff/cases/([A-Z0-9-]+)/"')
COUNT = re.compile(r'aria-current="true"><span>([^<]*)</span> <span class="heed-count">([0-9,]+)</span>')
RANKED = 1_000
FOUND = 20  # hits on a page
ENTRIES = 50  # of a history on a page


@dataclass
class Page:
    """`ask` makes one request and says what it took; `wrong` says what in an answer differs from a direct count; `after`
    the same of what all requests together left behind."""

    name: str
    ask: Callable[[], Answer]
    wrong: Callable[[Answer], Iterator[str]]
    after: Callable[[int], Iterator[str]] = field(default=lambda _: iter(()))


def all_pages(organisation: Organisation, staff: Client) -> list[Page]:
    """In the order in which they are measured; what writes comes last."""
    return [
        _worklist("worklist", organisation, staff),
        _filtered(organisation, staff),
        _deep(organisation, staff),
        _long_case(organisation, staff),
        _search("search_rare", data()["rare_word"], organisation, staff),
        _search("search_common", data()["common_word"], organisation, staff),
        _insight(organisation, staff),
        _submit(organisation, staff.port),
    ]


def references(text: str) -> list[str]:
    """The cases that a page leads to, in its order."""
    return list(dict.fromkeys(ROW.findall(text)))


def _worklist(
    name: str,
    organisation: Organisation,
    staff: Client,
    asked: str = "",
    more: str = "",
    *parameters: object,
    skip: int = 0,
) -> Page:
    expected = [row.reference for row in truth.work(organisation.pk, more, *parameters, skip=skip)]
    total = f"{truth.work_count(organisation.pk, more, *parameters):,}"

    def wrong(answer: Answer) -> Iterator[str]:
        if references(answer.text) != expected:
            yield f"it shows other cases than the {len(expected)} that a direct count gives, or in another order"
        if counts := {number for _, number in COUNT.findall(answer.text)} - {total}:
            yield f"the count beside a chosen filter is {', '.join(counts)}, a direct count gives {total}"

    return Page(name, lambda: staff.get(f"/{organisation.code}/staff/{asked}"), wrong)


def _filtered(organisation: Organisation, staff: Client) -> Page:
    step, risk = truth.most_of_step_and_risk(organisation.pk)
    asked, more = f"?step={step}&risk={risk}", "AND next_step = %s AND risk = %s"
    return _worklist("worklist_filtered", organisation, staff, asked, more, step, risk)


def _deep(organisation: Organisation, staff: Client) -> Page:
    """After row 20,000, or the last page where there are not so many."""
    many = truth.work_count(organisation.pk)
    skip = truth.DEEP if many > truth.DEEP else max(0, (many - 1) // truth.PAGE * truth.PAGE)
    if skip == 0:
        return _worklist("worklist_deep", organisation, staff)
    last = truth.work(organisation.pk, skip=skip - 1)[0]
    return _worklist("worklist_deep", organisation, staff, f"?after={last.on}_{last.pk}", skip=skip)


def _long_case(organisation: Organisation, staff: Client) -> Page:
    """The history of the case with the most entries; it shows the newest of them."""
    reference, entries = truth.longest(organisation.pk)

    def wrong(answer: Answer) -> Iterator[str]:
        shown = answer.text.count('class="moj-timeline__item"')
        if shown != min(entries, ENTRIES):
            yield f"it shows {shown} of {entries} entries"
        oldest = entries - ENTRIES + 1
        if entries > ENTRIES and f"before={oldest}" not in answer.text:
            yield f"the way to older entries does not begin before entry {oldest}"

    return Page("case_500", lambda: staff.get(f"/{organisation.code}/staff/cases/{reference}/history/"), wrong)


def _search(name: str, word: str, organisation: Organisation, staff: Client) -> Page:
    """Sending the words and reading the results: what somebody waits for."""
    expected = truth.told_of(organisation.pk, word)
    address = f"/{organisation.code}/staff/search/"

    def ask() -> Answer:
        sent = staff.post(address, q=word)
        results = staff.get(sent.location)
        return replace(
            results, milliseconds=sent.milliseconds + results.milliseconds, queries=sent.queries + results.queries
        )

    def wrong(answer: Answer) -> Iterator[str]:
        shown = references(answer.text)
        if len(shown) != min(len(expected), FOUND):
            yield f"it shows {len(shown)} hits, a direct count gives {len(expected)}"
        if others := set(shown) - expected:
            yield f"it shows {', '.join(sorted(others))}, where the word {word!r} does not stand"
        if ("newest 1,000 of them" in answer.text) != (len(expected) > RANKED):
            yield f"it does not say rightly whether there are more than {RANKED:,} of {len(expected)} hits"

    return Page(name, ask, wrong)


def _insight(organisation: Organisation, staff: Client) -> Page:
    # One month more than is drawn is compared; what the figures rest on is told of the drawn ones and the one begun.
    period = whole_months(CHOICES[0], truth.today())
    expected = f"{truth.received(organisation.pk, period.first):,} items of feedback received"

    def wrong(answer: Answer) -> Iterator[str]:
        if expected not in unescape(answer.text):
            yield f"it does not say {expected!r}, which a direct count gives"

    return Page("insight", lambda: staff.get(f"/{organisation.code}/staff/insight/"), wrong)


def _submit(organisation: Organisation, port: int) -> Page:
    """Telling us from the first question to the last button; the request that sends it is what is measured."""
    before = truth.cases(organisation.pk)
    here = f"/{organisation.code}/tell-us/"

    def ask() -> Answer:
        person = Client(port)
        person.get(here)
        person.post(here, kind="complaint")
        person.post(f"{here}who/", who="myself")
        person.post(f"{here}words/", text="Nobody rang back.\n\n" + " ".join(data()["effects"]))
        person.post(f"{here}you/", name="Sam Fairclough", ways="email", email="sam@post.example", email_is_private="on")
        person.get(f"{here}check/")
        sent = person.post(f"{here}check/")
        person.close()
        return sent

    def wrong(answer: Answer) -> Iterator[str]:
        if not answer.location.endswith("/sent/"):
            yield f"it leads to {answer.location}"

    def after(asked: int) -> Iterator[str]:
        made = truth.cases(organisation.pk) - before
        if made != asked:
            yield f"{asked} complaints were sent, and {made} cases opened"

    return Page("submit", ask, wrong, after)
