"""The order in which a form's questions are drawn."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm


@dataclass(frozen=True)
class Group:
    """Questions under a common legend; "" for those that stand by themselves. `is_folded`: it begins closed, because all of
    it may be left as it is."""

    legend: str
    questions: list[Any]
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a folded group has to be seen: something in it is to be put right."""
        return any(question.errors for question in self.questions)


def groups(form: BaseForm) -> list[Group]:
    """The visible questions of a form, without those that a choice reveals, grouped by `form.fieldsets`."""
    hidden = form.hidden_by_choice() if hasattr(form, "hidden_by_choice") else {}
    legends = {name: legend for legend, names in getattr(form, "fieldsets", ()) for name in names}
    folded = getattr(form, "folded", ())
    drawn: list[Group] = []
    for question in form.visible_fields():
        if question.name in hidden:
            continue
        legend = legends.get(question.name, "")
        if not drawn or drawn[-1].legend != legend:
            drawn.append(Group(legend, [], legend in folded))
        drawn[-1].questions.append(question)
    if getattr(form, "one_question", False) and drawn:
        first = drawn[0].questions[0]
        first.heading, first.size = True, "l"
    return drawn
