"""Whose figures somebody may see: exactly where they may see the cases, and otherwise the organisation as a whole."""

from dataclasses import dataclass, replace

from heed.accounts.permissions import Permission, Viewer
from heed.insight.compiling import Activity
from heed.organisations import procedures
from heed.organisations.models import Organisation, Service

NO_SERVICE = ""
NO_SERVICE_NAME = "No service named"


@dataclass(frozen=True)
class Scope:
    """`services`: codes and names of all services of the organisation, oldest first, "" for what names none. `exact`: codes
    of those whose figures the person sees as they are. `whole`: they may see the organisation as a whole, by month.
    `active`: codes of the services that people can choose now.

    Somebody who sees no case (an overseer) sees counts by service with small numbers hidden, and nothing else by
    service. A service manager sees their own services, and the whole while two other services or more are in it, so
    that taking their own away leaves nobody's."""

    organisation: Organisation
    services: dict[str, str]
    exact: frozenset[str]
    whole: bool
    active: frozenset[str] = frozenset()

    @property
    def activity(self) -> Activity | None:
        """What rates are taken over, None where the organisation has not chosen."""
        kind = self.organisation.activity_kind
        return Activity(kind, self.active) if kind else None

    @property
    def sees_all(self) -> bool:
        return self.exact == frozenset(self.services)

    @property
    def outsider(self) -> bool:
        """Sees no service exactly."""
        return not self.exact

    def choices(self) -> dict[str, str]:
        """The services that a page may be narrowed to."""
        own = {code: name for code, name in self.services.items() if code in self.exact and code}
        return dict(sorted(own.items(), key=lambda pair: pair[1].casefold()))

    def codes(self, service: str | None) -> frozenset[str] | None:
        """What to count for a choice: one service, or for None all that may be added up; None: no narrowing."""
        if service is not None:
            return frozenset({service})
        return None if self.whole else self.exact


def scope_of(viewer: Viewer, organisation: Organisation) -> Scope:
    """What of the organisation's figures the person may see."""
    rows = _services(organisation)
    everything = _everything(organisation, rows)
    if viewer.may(Permission.SEE_ALL_CASES):
        return everything
    own = viewer.services_for(Permission.SEE_SERVICE_CASES)
    exact = frozenset(row.code for row in rows if row.pk in own)
    return replace(everything, exact=exact, whole=not exact or len(rows) - len(exact) >= 2)


def everything(organisation: Organisation) -> Scope:
    """All of its figures, for what Heed itself does with them."""
    return _everything(organisation, _services(organisation))


def _services(organisation: Organisation) -> list[Service]:
    return list(Service.objects.filter(organisation=organisation).order_by("pk"))


def _everything(organisation: Organisation, rows: list[Service]) -> Scope:
    services = {NO_SERVICE: NO_SERVICE_NAME} | {row.code: row.name for row in rows}
    active = frozenset(row.code for row in rows if row.is_active)
    return Scope(organisation, services, frozenset(services), whole=True, active=active)


def applies(only_where: str, organisation: Organisation) -> bool:
    """Whether a measure says something under the procedures that the organisation and its services follow, and of the
    activity that it counts."""
    if not only_where:
        return True
    if only_where == "activity":
        return bool(organisation.activity_kind)
    keys = {
        organisation.procedure,
        *Service.objects.filter(organisation=organisation).values_list("procedure", flat=True),
    }
    used = [procedures.load(key) for key in keys if key]
    if only_where == "pauses":
        return any(procedure.timescales.pauses_move for procedure in used)
    return any(procedure.stages_count > 1 for procedure in used)
