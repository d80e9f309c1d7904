"""Who does a thing. It stands at the bottom, so that every action of every app can take it as `by=`."""

from dataclasses import dataclass
from typing import Literal

from heed.audit.refusals import Refused


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

    @property
    def member_id(self) -> int:
        """The same, where only a member of staff can do the thing. Raises Refused for anyone else."""
        if self.staff_id is None:
            raise Refused("Only a member of staff can do this.")
        return self.staff_id


def system(code: str, organisation: str = "") -> Actor:
    """The actor for what nobody did by hand."""
    return Actor("system", code, organisation)
