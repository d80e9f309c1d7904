"""Who gets in touch, for whom, and how to reach them."""

from datetime import date, datetime
from random import Random
from types import SimpleNamespace

from heed.config.seeding import words
from heed.config.seeding.staff import Body
from heed.config.seeding.writing import Rows
from heed.correspondence.models import Correspondent, Thread
from heed.feedback.models import Person

RELATIONSHIPS = {
    "my mother": "child", "my father": "child", "my husband": "partner", "my wife": "partner", "my partner": "partner",
    "my son": "parent", "my daughter": "parent", "my brother": "sibling", "my aunt": "other_relative",
    "my neighbour": "friend",
}  # fmt: skip


def add_writer(rows: Rows, body: Body, chance: Random, at: datetime) -> tuple[SimpleNamespace, int]:
    """Somebody who gave a name and a way to reach them: (the person, the thread with them)."""
    name = words.name(chance)
    way = chance.choice(("email", "email", "phone", "post"))
    front = ".".join(part.lower() for part in name.replace("'", "").split())
    correspondent = rows.add(
        Correspondent, name=name, name_folded=words.folded(name),
        email=f"{front}{chance.randrange(100)}@post.example" if way == "email" else "",
        email_is_private=way == "email" and chance.random() < 0.5,
        phone=f"07700 900{chance.randrange(1000):03}" if way == "phone" else "",
        postal_address=f"{chance.randrange(1, 200)} Mill Road" if way == "post" else "",
        preferred_channel=way, created_at=at, changed_at=at, changed_by_kind="public", changed_by_id="",
    )  # fmt: skip
    person = add_person(rows, chance, name, body, correspondent)
    return person, rows.add(Thread, organisation_id=body.organisation.pk, correspondent_id=correspondent, opened_at=at)


def add_person(rows: Rows, chance: Random, name: str, body: Body, correspondent: int | None = None) -> SimpleNamespace:
    """Somebody by name, with what finds their records, for some."""
    known, fold = chance.random() < 0.5, words.folded(name)
    pk = rows.add(
        Person, name=name, name_folded=fold, correspondent_id=correspondent,
        date_of_birth=date(chance.randrange(1935, 2008), chance.randrange(1, 13), chance.randrange(1, 29)) if known else None,
        nhs_number=words.nhs_number(chance) if known and body.organisation.uses_nhs_number else "",
    )  # fmt: skip
    return SimpleNamespace(pk=pk, name=name, name_folded=fold)
