"""Finding on the database: the same answer as comparing the words one by one, and nothing that is not visible."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heed.search import actions, queries
from heed.search.backends import current, postgresql
from heed.search.language import parse
from heed.search.models import Entry
from heed.search.rows import Row, prepare

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 2, 16, 45, tzinfo=UTC)
WORDS = [
    "ward",
    "nurse",
    "nursing",
    "late",
    "discharge",
    "letter",
    "pain",
    "RN-7K3M-Q2P9",
    "café",
    "O'Neill",
    "LS1 4AP",
]


def row(object_id: int, text: str, title: str = "", kind: str = "case", organisation_id: int | None = 1) -> Row:
    return Row(kind, object_id, organisation_id, title, text, AT)


def everything(**only: Any) -> QuerySet[Any]:
    """A queryset of ids, as a visibility function gives one."""
    return Entry.objects.filter(**only).values("object_id")


def found(query: str, **more: Any) -> list[int]:
    return list(queries.search(query=query, **{"kind": "case", "visible": everything(), **more}).ids)


@pytest.fixture
def many() -> list[Row]:
    """300 things of few words, so that any query meets many of them."""
    chance = random.Random(7)
    rows = [
        row(number * 3, " ".join(chance.choices(WORDS, k=chance.randint(0, 12))), " ".join(chance.choices(WORDS, k=2)))
        for number in range(300)
    ]
    assert actions.index_many(rows) == 300
    return rows


pieces = st.lists(
    st.tuples(st.sampled_from(["", "", "", "-"]), st.sampled_from(["", '"']), st.lists(st.sampled_from(WORDS), min_size=1,
    max_size=3), st.sampled_from(["", "", "*"])),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(typed=pieces)
def test_the_database_finds_what_comparing_the_words_finds(many: list[Row], typed: list[Any]) -> None:
    query = " ".join(f"{minus}{quote}{' '.join(words)}{star}{quote}" for minus, quote, words, star in typed)
    sought = parse(query)
    expected = {
        row.object_id
        for row in many
        if sought.wanted and all(clause.holds(prepare(row).terms) for clause in sought.clauses)
    }
    assert set(found(query)) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(query=st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error(many: list[Row], query: str) -> None:
    result = queries.search(query=query, kind="case", visible=everything())
    assert len(result.ids) <= 300


HOSTILE = """
"|'|\\|* * *|NEAR(a b)|a OR b AND NOT|terms:ward|^ward|a:*|'x' & !y|%s %d %%|'; DROP TABLE search_entry; --|<script>
""".strip().split("|")


@pytest.mark.parametrize("query", [*HOSTILE, "\0", "\ud800", "\u202e😀", "x" * 10_000, "word " * 3_000, '"' * 999])
def test_hostile_text_is_only_text(many: list[Row], query: str) -> None:
    before = Entry.objects.count()
    assert len(found(query)) <= before == Entry.objects.count()


def test_only_what_is_visible_is_found_and_the_limit_counts_it_alone() -> None:
    actions.index_many([row(number, "ward") for number in range(1, 101)])
    visible = everything(object_id__in=[3, 5, 60])
    assert found("ward", visible=visible) == [60, 5, 3]
    result = queries.search(query="ward", kind="case", visible=visible, limit=2)
    assert (result.ids, result.capped) == ((60, 5), True)
    assert not queries.search(query="ward", kind="case", visible=visible, limit=3).capped
    assert found("ward", visible=everything().none()) == []
    assert found("ward", visible=Entry.objects.filter(pk__lt=0)) == []


def test_a_queryset_without_values_gives_its_primary_keys() -> None:
    actions.index_many([row(number, "ward") for number in (1, 2)])
    ids = set(Entry.objects.values_list("pk", flat=True))
    actions.index_many([row(pk, "letter", kind="entry") for pk in ids])
    assert set(found("letter", kind="entry", visible=Entry.objects.filter(kind="case").order_by("title"))) == ids


def test_kinds_and_organisations_are_apart() -> None:
    actions.index_many([row(1, "ward"), row(2, "ward", kind="feedback"), row(3, "ward", organisation_id=2)])
    assert found("ward") == [3, 1]
    assert found("ward", kind="feedback") == [2]
    assert found("ward", organisation_id=2) == [3]


def test_the_title_that_is_the_query_comes_first_then_titles_with_most_of_it_then_the_newest() -> None:
    rows = [
        row(1, "", "RN-7K3M-Q2P9"),
        row(2, "", "late RN-7K3M-Q2P9 again"),
        row(3, "as in RN-7K3M-Q2P9", "Late letter"),
        row(4, "as in RN-7K3M-Q2P9", "Other"),
    ]
    actions.index_many(rows)
    assert found("rn-7k3m-q2p9") == [1, 2, 4, 3]
    assert found("RN7K3MQ2P9") == [2, 1, 4, 3]
    assert found("late RN-7K3M-Q2P9") == [2, 3]


def test_indexing_again_replaces_the_words_and_removing_leaves_none() -> None:
    for text in ("ward", "letter"):
        actions.index(kind="case", object_id=7, organisation_id=1, title="A", text=text, at=AT)
    assert (found("ward"), found("letter"), Entry.objects.count()) == ([], [7], 1)
    actions.remove(kind="case", object_id=7)
    actions.remove(kind="case", object_id=7)
    assert (found("letter"), list(current().stored([1]))) == ([], [])
    assert list(queries.differences()) == []


def test_what_is_rolled_back_is_not_found() -> None:
    actions.index(kind="case", object_id=1, organisation_id=1, title="", text="ward", at=AT)

    def fail_after_indexing() -> None:
        with transaction.atomic():
            actions.index(kind="case", object_id=1, organisation_id=1, title="", text="letter", at=AT)
            actions.index(kind="case", object_id=2, organisation_id=1, title="", text="letter", at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_indexing()
    assert (found("letter"), found("ward")) == ([], [1])


def test_of_a_thing_that_stands_twice_in_one_batch_the_last_words_count() -> None:
    assert actions.index_many([row(1, "ward"), row(1, "letter")]) == 1
    assert (found("ward"), found("letter")) == ([], [1])
    assert actions.index_many([]) == 0


def test_any_title_and_any_text_can_be_indexed() -> None:
    actions.index(
        kind="case", object_id=1, organisation_id=None, title="\0\ud800 " + "t" * 999, text="\0\ud800 ward", at=AT
    )
    actions.index(kind="case", object_id=2, organisation_id=1, title="", text="ward " * 60_000, at=AT)
    actions.index(kind="case", object_id=3, organisation_id=1, title="", text="", at=AT)
    actions.index(
        kind="case",
        object_id=4,
        organisation_id=1,
        title="",
        text=" ".join(f"{number:064}" for number in range(16_000)),
        at=AT,
    )
    assert found("ward") == [2, 1]
    assert found(f"{777:064}") == [4]
    assert list(queries.differences()) == []


@pytest.mark.parametrize("every", [1, 2, 7, 300])
def test_looking_at_the_newest_first_changes_no_answer(monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    """On PostgreSQL; SQLite needs no such step and must give the same."""
    monkeypatch.setattr(postgresql, "WINDOW", 20)
    actions.index_many([row(number, "ward" if number % every == 0 else "letter") for number in range(1, 401)])
    result = queries.search(query="ward", kind="case", visible=everything(), limit=40)
    hits = [number for number in range(400, 0, -1) if number % every == 0]
    assert list(result.ids) == hits[:40]
    assert result.capped == (len(hits) > 40)


def test_differences_between_entries_and_their_words_are_told(many: list[Row], words_of: Callable[[str], None]) -> None:
    assert list(queries.differences()) == []
    words_of("changed")
    changed = list(queries.differences())
    assert [(one.kind, one.object_id) for one in changed if one.kind] == [("case", 3)]
    assert "not those written" in changed[-1].sentence
    words_of("")
    assert "no indexed words" in list(queries.differences())[-1].sentence
    assert [one.object_id for one in queries.differences(sample=10_000) if one.kind] == [3]
    assert list(queries.differences(sample=0)) == []


@pytest.fixture
def words_of(many: list[Row]) -> Callable[[str], None]:
    """Change the indexed words of thing 3 behind the application's back; "" takes them away."""
    entry = Entry.objects.get(object_id=3)

    def change(words: str) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("UPDATE search_entry SET terms = %s WHERE id = %s", [words, entry.pk])
            elif words:
                cursor.execute("UPDATE search_text SET terms = %s WHERE rowid = %s", [words, entry.pk])
            else:
                cursor.execute("DELETE FROM search_text WHERE rowid = %s", [entry.pk])

    return change


def test_entries_made_from_other_words_or_missing_are_told(many: list[Row]) -> None:
    assert list(queries.outdated(many)) == []
    now = [many[0]._replace(text="other words"), many[1]._replace(organisation_id=9), row(10_000, "new"), *many[2:]]
    assert [one.object_id for one in queries.outdated(now)] == [0, 3, 10_000]
    assert set(queries.indexed_ids("case")) == {row.object_id for row in many}


def test_a_missing_index_or_trigger_is_told() -> None:
    statements = {
        "sqlite": ["DROP TRIGGER search_entry_forget", "DROP TABLE search_text"],
        "postgresql": ["DROP INDEX search_entry_lexemes"],
    }[connection.vendor]
    assert list(current().faults()) == []
    for number, statement in enumerate(statements, start=1):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert len(list(current().faults())) == number


def test_an_index_that_holds_other_words_than_its_rows_is_told(many: list[Row]) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="generated column"), connection.cursor() as cursor:
            cursor.execute("UPDATE search_entry SET lexemes = ''")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_text_content SET c0 = 'behind its back' WHERE id = (SELECT max(id) FROM search_entry)"
        )
    assert any("does not hold the words" in sentence for sentence in current().faults())


@pytest.mark.django_db(transaction=True)
def test_emptying_the_entries_leaves_no_words_behind() -> None:
    actions.index_many([row(number, "ward") for number in range(10)])
    ids = list(Entry.objects.values_list("pk", flat=True))
    Entry.objects.all().delete()
    assert list(current().stored(ids)) == []
