"""References and secret codes. A reference names a thing; a code proves that the holder may follow it.

Look-alikes (0 O, 1 I L, U V, A E) are left out, so that codes can be read aloud and never spell a word."""

import hashlib
import hmac
import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTWXYZ"
CODE_LENGTH = 15  # 15 x log2(27) = 71 bits


def _letters(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def _parted(letters: str, size: int) -> str:
    return "-".join(letters[start : start + size] for start in range(0, len(letters), size))


def new_reference(prefix: str) -> str:
    """A random reference such as `RN-4K7M-Q2PX`: 38 bits, not sequential."""
    return f"{prefix}-{_parted(_letters(secrets.randbits(64), 8), 4)}"


def new_submission_key() -> str:
    return secrets.token_urlsafe(24)


def code_from(submission_key: str, key: str) -> str:
    """The secret code of one submission, e.g. `4K7MQ-2PXGH-R9TBC`. The same submission sent twice gives the same code,
    so that a double click shows one and the same answer."""
    digest = hmac.new(key.encode(), b"code:" + submission_key.encode(), hashlib.sha256).digest()
    return _parted(_letters(int.from_bytes(digest, "big"), CODE_LENGTH), 5)


def plain(entered: str) -> str:
    """What was typed, without spaces, hyphens and case."""
    return "".join(letter for letter in entered.upper() if letter in ALPHABET)


def code_hash(code: str, key: str) -> str:
    """The keyed hash that is kept of a code."""
    return hmac.new(key.encode(), b"hash:" + plain(code).encode(), hashlib.sha256).hexdigest()


def submission_hash(submission_key: str) -> str:
    """What is kept of a submission key once it was used: enough to know it again, not to make the code."""
    return hashlib.sha256(submission_key.encode()).hexdigest()[:40]


def reference_plain(entered: str) -> str:
    """A typed reference in the form in which it is kept: `rn 4k7m q2px` becomes `RN-4K7M-Q2PX`."""
    letters = "".join(letter for letter in entered.upper() if letter.isalnum())
    if len(letters) <= 8:
        return letters
    return f"{letters[:-8]}-{letters[-8:-4]}-{letters[-4:]}"
