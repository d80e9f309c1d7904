"""What a code list and a risk matrix hold."""

from typing import Self

from pydantic import Field, model_validator

from heed.organisations.code_lists.provenance import Data, Dated, Sourced, Status
from heed.organisations.code_lists.versions import Unknown


class Item(Data):
    """One code. `hint` explains it, `group` is the heading it stands under, `published_as` its name in a published
    return; `status` and `source` stand where its provenance is not that of the whole list."""

    code: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    label: str = Field(min_length=1)
    hint: str = ""
    group: str = ""
    published_as: str = ""
    status: Status | None = None
    source: str = ""


class CodeList(Dated, Sourced):
    """An ordered list of codes with their labels."""

    title: str
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_code_once(self) -> Self:
        if len({item.code for item in self.items}) != len(self.items):
            raise ValueError(f"{self.key}: a code stands twice")
        return self

    def __contains__(self, code: object) -> bool:
        return any(item.code == code for item in self.items)

    def codes(self) -> list[str]:
        """All codes in order."""
        return [item.code for item in self.items]

    def item(self, code: str) -> Item:
        """The item with that code. Raises Unknown, a KeyError whose `str` lists the codes there are."""
        for item in self.items:
            if item.code == code:
                return item
        raise Unknown(f"{self.title} has no code {code!r}. There are: {', '.join(self.codes())}.")

    def label(self, code: str) -> str:
        """How the code is shown. Raises Unknown."""
        return self.item(code).label

    def choices(self) -> list[tuple[str, str]]:
        """(code, label) pairs in order, as a form field takes them."""
        return [(item.code, item.label) for item in self.items]

    def grouped_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(group, pairs) in order, as a form field takes them; items without a group come first, under ""."""
        groups: dict[str, list[tuple[str, str]]] = {"": []}
        for item in self.items:
            groups.setdefault(item.group, []).append((item.code, item.label))
        return [(group, pairs) for group, pairs in groups.items() if pairs]

    def provenance_of(self, code: str) -> str:
        """Where an item comes from: its own provenance, or that of the list."""
        item = self.item(code)
        return f"{item.status or self.status}: {item.source or self.source}"


class RiskMatrix(Dated, Sourced):
    """The risk that each seriousness and likelihood give: `cells[seriousness][likelihood]`."""

    title: str
    cells: dict[str, dict[str, str]]
