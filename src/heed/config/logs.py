"""What the program says of itself, without anybody's words: no bodies, no parameters, no values in error messages."""

import logging
import traceback
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

# The messages of these tell of programs, never of people. Of every other error only the kind and the place is kept:
# a database names the value that was doubled, a parser the text that it could not read.
TELL_NOTHING_OF_PEOPLE = (
    ArithmeticError,
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    OperationalError,
    OSError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """One line a record; an error with the places in the code that it came through, and no values."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """An answer is told by its route: an address may carry a key that opens something."""
        status = getattr(record, "status_code", None)
        if status and hasattr(record, "request"):
            match = getattr(record.request, "resolver_match", None)
            record.message = f"answer={status} route={match.view_name if match else 'none'}"
        return super().formatMessage(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 (logging's name)
        """The chain of errors, oldest first, each as its places and its kind."""
        error = ei[1]
        parts: list[str] = []
        while error is not None and len(parts) < 5:
            parts.append(self._one(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(parts))

    def _one(self, error: BaseException) -> str:
        places = traceback.extract_tb(error.__traceback__)
        lines = [f'  File "{place.filename}", line {place.lineno}, in {place.name}' for place in places]
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        message = f": {error}" if isinstance(error, TELL_NOTHING_OF_PEOPLE) else " (its message is not logged)"
        return "\n".join([*lines, kind + message])
