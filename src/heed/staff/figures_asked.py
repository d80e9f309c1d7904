"""What an address asks a page of figures for, and the links by which a person asks for something else."""

from django.http import Http404, QueryDict

from heed.design.components import Link
from heed.insight import cohorts
from heed.insight.measures import Measure
from heed.insight.periods import CHOICES
from heed.insight.queries import detail
from heed.insight.queries.asked import BY, Asked
from heed.insight.queries.scope import Scope
from heed.organisations import code_lists


def asked(given: QueryDict, scope: Scope, measure: Measure | None = None) -> Asked:
    """What the address says. A service, theme or channel whose figures the person does not see as they are is not there:
    404. A period or a way of telling apart that is none of the choices is the first."""
    service = given.get("service") or None
    if service is not None and service not in scope.choices():
        raise Http404
    months, by = given.get("months", ""), given.get("by", "")
    found = Asked(
        service=service,
        months=int(months) if months in map(str, CHOICES) else CHOICES[0],
        by=by if measure and by in detail.choices(scope, measure) else "service",
        subject=_known(given, "subject", scope.organisation.subject_list),
        channel=_known(given, "channel", "channels"),
        cohort=bool(measure and cohorts.has_cohorts(measure) and given.get("cohort") == "yes"),
    )
    if found.is_narrowed and not (measure and detail.sees_exactly(scope, service) and _has_both(scope, measure)):
        raise Http404
    return found


def _known(given: QueryDict, name: str, code_list: str) -> str:
    code = given.get(name, "")
    if code and code not in code_lists.load(code_list):
        raise Http404
    return code


def _has_both(scope: Scope, measure: Measure) -> bool:
    return {"subject", "channel"} <= set(detail.choices(scope, measure))


def filters(scope: Scope, now: Asked, measure: Measure | None = None) -> dict[str, list[Link]]:
    """The links of a page of figures: periods, services, and what the measure can be told apart by; none where there is
    no choice."""

    def link(label: str, wanted: Asked) -> Link:
        return Link(label, wanted.query, current=wanted == now)

    everything = "The whole organisation" if scope.whole else "All that I may see"
    services = [
        link(everything, now.but(service=None)),
        *(link(name, now.but(service=code)) for code, name in scope.choices().items()),
    ]
    ways = [link(BY[by], now.but(by=by)) for by in (detail.choices(scope, measure) if measure else [])]
    dated = bool(measure and cohorts.has_cohorts(measure))
    return {
        "periods": [link(f"The last {number} months", now.but(months=number)) for number in CHOICES],
        "services": services if len(services) > 1 else [],
        "ways": ways if len(ways) > 1 else [],
        "dated": [
            link("By month of closing", now.but(cohort=False)),
            link("By month of receipt", now.but(cohort=True)),
        ]
        if dated
        else [],
    }
