"""What an engine is asked and answers."""

from collections.abc import Sequence
from typing import Any, Protocol

from heed.insight.compiling import Dialect, Statement


class Engine(Protocol):
    """Runs compiled measures. It writes nothing."""

    @property
    def dialect(self) -> Dialect:
        """How to compile for it."""

    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        """The rows of the answer, in any order."""
