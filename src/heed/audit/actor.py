"""Who does a thing. It stands at the bottom, so that every action of every app can take it as `by=`."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """`id` is text: the primary key of a member of staff, that of the item of feedback for a member of the
    public, a short code (`worker`, `import`, `seed`) for the system. `organisation` is a code, or "" for none."""

    kind: Literal["staff", "public", "system"]
    id: str
    organisation: str = ""

    @property
    def staff_id(self) -> int | None:
        """The primary key of the member of staff, None for anyone else."""
        return int(self.id) if self.kind == "staff" else None


def system(code: str, organisation: str = "") -> Actor:
    """The actor for what nobody did by hand."""
    return Actor("system", code, organisation)
