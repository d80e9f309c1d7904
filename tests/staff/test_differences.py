"""Word differences: both texts can be read back out of the pieces."""

from hypothesis import given
from hypothesis import strategies as st

from heed.staff import differences
from heed.staff.differences import Piece, word_difference

texts = st.lists(st.sampled_from(["a", "bell", "was", "never", "answered"]), max_size=12).map(" ".join)


@given(texts, texts)
def test_both_texts_are_in_the_pieces(before: str, after: str) -> None:
    pieces = word_difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.way != "taken").split() == after.split()
    assert "".join(piece.text for piece in pieces if piece.way != "added").split() == before.split()
    assert all(piece.text for piece in pieces)


def test_what_stayed_is_not_repeated() -> None:
    assert word_difference("Nobody answered the bell", "Nobody answered the call bell") == [
        Piece("Nobody answered the ", ""), Piece("call ", "added"), Piece("bell", ""),
    ]  # fmt: skip


def test_very_long_texts_are_shown_one_after_the_other() -> None:
    long = "word " * differences.LONGEST
    assert [piece.way for piece in word_difference(long, "short")] == ["taken", "added"]
