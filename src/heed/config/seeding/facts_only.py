"""Makes facts without the cases behind them, for trying the figures out at national size.

Some thousand cases go their whole way, in memory, as in every seed. What is counted of them is then copied as often as
needed, each copy some whole weeks earlier, so that days of the week, times taken and outcomes are distributed as there.
Their ids begin with a minus, by which `heed check` knows that nothing stands behind them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from heed.config.cli import CannotDo
from heed.config.demonstration.places import CODES
from heed.config.seeding import staff
from heed.config.seeding.history import History
from heed.config.seeding.items import Recipe
from heed.config.seeding.run import SHARES, batches, made, uncollected
from heed.config.seeding.writing import first_free, make_room, write_rows
from heed.facts import actions as facts
from heed.facts.models import TABLES, Placed
from heed.facts.queries import INVENTED
from heed.insight.measures.declaration import Table
from heed.insight.snapshots import duck, exporting, refreshing
from heed.insight.snapshots.columns import SHAPES, Shape
from heed.insight.snapshots.parts import Writer

SAMPLE = 10_000  # cases that are really made
WEEKS = 4
AT_ONCE = 20_000  # rows in one transaction
POINTS: dict[str, Table] = {"feedback_id": "feedback", "case_id": "case"}  # columns of others that name a thing
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Sample:
    """Rows of one table as the database takes them, each in `WEEKS` versions, and what the first of the copies is
    numbered. `places`: the id of each thing of the sample, and the place of its row."""

    model: type[Placed]
    rows: list[list[Row]]
    places: dict[str, int]
    first: int

    def named(self, of: str, copy: int) -> str:
        """The id that a copy of this thing has."""
        return f"{INVENTED}{self.first + copy * len(self.rows) + self.places[of]}"


def seed_facts(
    cases: int, *, until: date, months: int, seed: int, stall: tuple[float, float], progress: Callable[[int], object]
) -> None:
    """Facts of so many cases, and of what came in and was learned beside them, into the database. `progress` is told of
    each number of rows of cases that was written."""
    make_room()
    samples = sample(min(cases, SAMPLE), until=until, months=months, seed=seed, stall=stall)
    with uncollected():
        for table, one in samples.items():
            waiting = copies(one, samples, cases)
            while rows := list(islice(waiting, AT_ONCE)):
                with transaction.atomic():
                    write_rows(one.model, rows)
                    facts.replaced_all()
                progress(len(rows) if table == "case" else 0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def snapshot_facts(
    cases: int, *, until: date, months: int, seed: int, stall: tuple[float, float], progress: Callable[[int], object]
) -> None:
    """As many facts, in whole copies, into a snapshot alone: a database of this size takes hours to fill. Until `heed facts
    rebuild`, it stands for facts that are in no database."""
    made_of = min(cases, SAMPLE)
    samples = sample(made_of, until=until, months=months, seed=seed, stall=stall)

    def write(writer: Writer) -> None:
        for table, one in samples.items():
            for organisation in CODES:
                rows = (versions[0][1:] for versions in one.rows if versions[0][1] == organisation)
                with exporting.of_rows(writer.folder, SHAPES[table], rows) as source:
                    many = _multiplied(SHAPES[table], source, -(-cases // made_of), samples)
                    refreshing.write_whole(writer, table, organisation, many)
                progress(round(cases * SHARES[CODES.index(organisation)]) if table == "case" else 0)

    with uncollected():
        if refreshing.replace(write, at=timezone.now()) is None:
            raise CannotDo("another process is writing the snapshot; try again when it is done")


def _multiplied(shape: Shape, source: str, times: int, samples: dict[Table, Sample]) -> str:
    """The rows of a sample so many times, as FROM names them: as `copies` makes them, said in SQL."""
    columns = {
        name: f"({name} - 7 * ((7 * number + {shape.key}::BIGINT) % {WEEKS})::INTEGER)::DATE AS {name}"
        for name, kind in shape.columns.items()
        if kind == "DATE"
    }
    named = {of.model.KEY: of for of in samples.values()}
    for name in named.keys() & shape.columns.keys():
        step = max(map(int, named[name].places), default=0) + 1
        columns[name] = f"{duck.text(INVENTED)} || ({name}::BIGINT + number * {step}) AS {name}"
    wanted = ", ".join(columns.get(name, name) for name in shape.columns)
    return f"(SELECT {wanted} FROM {source}, range({times}) AS copies(number))"  # noqa: S608 (names of our own)


def sample(cases: int, *, until: date, months: int, seed: int, stall: tuple[float, float]) -> dict[Table, Sample]:
    """What is counted of so many cases, by table."""
    first = first_free()
    recipe = Recipe(
        bodies=tuple(staff.bodies(CODES)), shares=SHARES, history=History(until, months), seed=seed, cases=cases,
        begins=0, first_feedback=1, first_case=1, stall=stall, long_case=False,
    )  # fmt: skip
    seeded = {table: TABLES[table] for table in SHAPES if TABLES[table].__name__ in first}
    found: dict[Table, list[Row]] = {table: [] for table in seeded}
    for _, rows in made(list(batches(recipe, first))):
        for table, model in seeded.items():
            found[table] += rows.of.get(model.__name__, [])
    return {table: _sample(model, found[table], first[model.__name__]) for table, model in seeded.items()}


def _sample(model: type[Placed], rows: list[Row], first: int) -> Sample:
    fields = model._meta.concrete_fields
    days = [place for place, field in enumerate(fields) if isinstance(field, models.DateField)]
    key = next(place for place, field in enumerate(fields) if field.attname == model.KEY)
    versions = [[_earlier(row, days, weeks) for weeks in range(WEEKS)] for row in rows]
    return Sample(model, versions, {row[key]: place for place, row in enumerate(rows)}, first)


def _earlier(row: Row, days: list[int], weeks: int) -> Row:
    moved, by = list(row), timedelta(weeks=weeks)
    for place in days:
        if (day := moved[place]) is not None:
            moved[place] = (date.fromisoformat(day) - by).isoformat()
    return tuple(moved)


def copies(one: Sample, samples: dict[Table, Sample], cases: int) -> Iterator[Row]:
    """The rows of a table for so many cases."""
    fields = [field.attname for field in one.model._meta.concrete_fields]
    points = [(fields.index(name), samples[of]) for name, of in POINTS.items() if name in fields]
    own = fields.index(one.model.KEY)
    wanted = len(one.rows) * cases // len(samples["case"].rows)
    for number in range(wanted):
        copy, place = divmod(number, len(one.rows))
        row = list(one.rows[place][(copy * 7 + place) % WEEKS])
        row[0] = one.first + number
        row[own] = f"{INVENTED}{row[0]}"
        for at, other in points:
            if at != own:
                row[at] = other.named(row[at], copy)
        yield tuple(row)
