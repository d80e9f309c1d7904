"""The organisations that are filled, and their people: who handles, looks into, signs and improves."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from heed.accounts.models import Membership, User
from heed.config.seeding import words
from heed.organisations import procedures
from heed.organisations.models import Organisation, Service
from heed.organisations.procedures.schema import Procedure
from heed.organisations.risk import matrix_of

# How many more people a large organisation has beside the cast of the demonstration.
MORE = {"handler": 10, "investigator": 12, "front_line": 3, "action_owner": 4}


@dataclass(frozen=True)
class Body:
    """One organisation as the seed needs it. People are primary keys; `works_in`: person to the services they belong to."""

    organisation: Organisation
    services: tuple[Service, ...]
    matrix: dict[str, dict[str, str]]
    handlers: tuple[int, ...]
    investigators: tuple[int, ...]
    front_line: tuple[int, ...]
    owners: tuple[int, ...]
    publishers: tuple[int, ...]
    signer: int
    signed_as: str
    works_in: dict[int, frozenset[int]]

    def procedure_of(self, service: Service) -> Procedure:
        return procedures.load(service.procedure or self.organisation.procedure)


def bodies(codes: Iterable[str]) -> list[Body]:
    """The organisations of these codes, in this order, with their people."""
    return [_body(Organisation.objects.get(code=code)) for code in codes]


def _body(organisation: Organisation) -> Body:
    roles: dict[str, list[int]] = {}
    works_in: dict[int, set[int]] = {}
    memberships = Membership.objects.filter(organisation=organisation).order_by("pk")
    for person, role, service in memberships.values_list("user_id", "role", "service_id"):
        roles.setdefault(role, []).append(person)
        works_in.setdefault(person, set()).update([service] if service else [])
    managers = roles["complaints_manager"]
    handlers = roles.get("handler", managers)
    signer = User.objects.get(pk=roles["responsible_person"][0])
    signed_as = words.data()["signed_as"].format(title=signer.job_title, organisation=organisation.name)
    return Body(
        organisation=organisation,
        services=tuple(Service.objects.filter(organisation=organisation, is_active=True).order_by("pk")),
        matrix=matrix_of(organisation),
        handlers=tuple(handlers),
        investigators=tuple(roles.get("investigator", handlers)),
        front_line=tuple(roles.get("front_line", handlers)),
        owners=tuple(roles.get("action_owner", managers)),
        publishers=tuple(managers),
        signer=signer.pk,
        signed_as=signed_as,
        works_in={person: frozenset(services) for person, services in works_in.items()},
    )


def hire(organisation: Organisation, many: float, chance: Random) -> None:
    """More people, as many as the share `many` of MORE says, at least two of each; and a manager for each service that
    has none."""
    wanted: list[tuple[str, Service | None]] = [
        (role, None) for role, number in MORE.items() for _ in range(max(2, round(number * many)))
    ]
    managed = Membership.objects.filter(organisation=organisation, role="service_manager").values("service")
    wanted += [("service_manager", service) for service in organisation.services.exclude(pk__in=managed)]
    domain = organisation.contact_email.partition("@")[2]
    for number, (role, service) in enumerate(wanted, start=1):
        name = words.name(chance)
        front = ".".join(part.lower() for part in name.replace("'", "").split())
        person = User.objects.create_user(f"{front}.{number}@{domain}", name)
        Membership.objects.create(user=person, organisation=organisation, role=role, service=service)
