"""Forms whose words are looked through for names of staff: what may be one is asked about, and nothing typed is lost."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from heed.design import forms
from heed.learning.accountability import Questioned
from heed.staff.forms.base import StaffForm, VersionField

ASKED = ("names_nobody", "names_asked")


class NamedForm(StaffForm):
    """Asks "it is no name?" only once something was found that may be one."""

    names_nobody = forms.TickField(
        label="I have looked: nobody who works here is named, and nobody can be recognised", required=False
    )
    names_asked = forms.HiddenField(required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any):
        super().__init__(data, files, **kwargs)
        if not (data and data.get("names_asked")):
            for name in ASKED:
                del self.fields[name]

    def apply(self, action: Callable[..., Any], **more: Any) -> bool:
        found: list[Questioned] = []

        def asking(**given: Any) -> Any:
            try:
                return action(**given)
            except Questioned as questioned:
                found.append(questioned)
                raise

        done = super().apply(asking, **more)
        if found and "names_asked" not in self.fields:
            self.fields.update({name: deepcopy(self.base_fields[name]) for name in ASKED})
            self.data = self.data.copy()
            self.data["names_asked"] = "1"
        return done

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        values.pop("names_asked", None)
        return {**values, "names_nobody": bool(values.get("names_nobody"))}


class VersionedForm(NamedForm):
    """A form that changes one thing of learning, and carries the version that it was made from. `key` is what the action
    calls its primary key, `renewed` gives its present version."""

    key = ""
    version = VersionField(required=False)

    def __init__(self, data: Any = None, files: Any = None, *, of: Any, **kwargs: Any):
        self.of_what = of
        kwargs["initial"] = {"version": of.version, **(kwargs.get("initial") or {})}
        super().__init__(data, files, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {self.key: self.of_what.pk, **super().arguments()}

    @staticmethod
    def renewed(pk: int) -> int:
        raise NotImplementedError

    def renew(self) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(self.renewed(self.of_what.pk))
