"""Keyed hashes that part answers from who gave them: nobody without the key can make one from the id of a request."""

import hashlib
import hmac

from django.conf import settings

FACT = 20  # characters of a fact's id


def _keyed(text: str) -> str:
    return hmac.new(settings.ABOUT_YOU_KEY.encode(), f"survey:{text}".encode(), hashlib.sha256).hexdigest()


def who(request_id: int) -> str:
    """What stands for a request beside the answers to it."""
    return _keyed(f"who:{request_id}")


def of_request(request_id: int) -> str:
    """The id of the fact that somebody was asked."""
    return _keyed(f"request:{request_id}")[:FACT]


def of_answer(reply_id: object, question: str) -> str:
    """The id of the fact of one answer."""
    return _keyed(f"answer:{reply_id}:{question}")[:FACT]


def person(*, email: str = "", feedback_id: int | None = None, staff_id: int | None = None) -> str:
    """What stands for somebody who is or is not to be asked: by their address where there is one, so that it holds for
    all that they ever tell us; else by the item of feedback."""
    if staff_id is not None:
        return _keyed(f"staff:{staff_id}")
    return _keyed(f"mail:{email.strip().lower()}") if email.strip() else _keyed(f"feedback:{feedback_id}")
