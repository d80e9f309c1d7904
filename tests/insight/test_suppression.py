"""No small number can be had back from what is shown, not even by somebody who knows the rule."""

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from heed.insight.suppression import SMALLEST, shown

keys = st.sampled_from([("a", "b", "c", "d"), ("", "a", "b", "c"), ("a", "b"), ("a", "")])
lines = keys.flatmap(lambda names: st.fixed_dictionaries(dict.fromkeys(names, st.integers(0, 7))))


def others_with_the_same_sum(number: int, total: int) -> Iterator[tuple[int, ...]]:
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in others_with_the_same_sum(number - 1, total - first):
            yield (first, *rest)


@settings(max_examples=150, deadline=None)
@given(line=lines)
@example(line={"a": 1, "b": 1, "c": 9})
@example(line={"a": 4, "b": 4, "c": 9})
@example(line={"a": 4, "b": 4, "c": 4, "d": 5})
@example(line={"a": 3, "b": 0, "c": 0})
def test_each_small_number_could_be_another(line: dict[str, int]) -> None:
    told = shown(line)
    hidden = [key for key, count in told.items() if count is None]
    seen: dict[str, set[int]] = {key: set() for key in hidden}
    if hidden:
        for values in others_with_the_same_sum(len(hidden), sum(line[key] for key in hidden)):
            other = {**line, **dict(zip(hidden, values, strict=True))}
            if shown(other) == told:
                for key in hidden:
                    seen[key].add(other[key])
    small = [key for key, count in line.items() if 0 < count < SMALLEST]
    assert all(len(seen[key]) > 1 for key in small), (line, told, seen)


@given(line=lines)
def test_what_is_shown_is_true_and_never_small(line: dict[str, int]) -> None:
    for key, count in shown(line).items():
        assert count is None or (count == line[key] and not 0 < count < SMALLEST)


@given(line=lines)
def test_large_numbers_and_none_are_shown_where_nothing_is_small(line: dict[str, int]) -> None:
    large = {key: count + SMALLEST if count else 0 for key, count in line.items()}
    assert shown(large) == large
