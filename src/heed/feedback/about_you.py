"""What people said about themselves, read by the one query of insight that counts it and by nothing else.

A test holds that: whoever imports this module is named there."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings

from heed.feedback.models import AboutYouAnswer

Answers = dict[str, dict[str, str]]  # the id of the feedback to its answer, by the question


def keyed(feedback_id: int | str) -> str:
    """What stands for an item of feedback beside its answers: nobody without the key can make it from the id."""
    return hmac.new(settings.ABOUT_YOU_KEY.encode(), f"about-you:{feedback_id}".encode(), hashlib.sha256).hexdigest()


def answers_of(*, organisation: str, feedback_ids: Iterable[str]) -> Answers:
    """The answers that belong to these items of an organisation (its code). One statement, however many items."""
    known = {keyed(of): of for of in feedback_ids}
    found: Answers = defaultdict(dict)
    rows = AboutYouAnswer.objects.filter(organisation=organisation).values_list("who", "question", "answer")
    for who, question, answer in rows.iterator():
        if who in known:
            found[question][known[who]] = answer
    return dict(found)
