"""Which texts say nearly the same, and who wrote more than once; nothing of a text is kept."""

from hypothesis import given
from hypothesis import strategies as st

from heed.feedback.likeness import alike

LETTER = (
    "I object to the closing of the car park behind the clinic, which leaves those of us who cannot walk far with nowhere "
    "to stop, and I ask you to open it again before winter."
)
OTHER = "My mother waited for five hours on a hard chair while the board in the room went on saying forty minutes."


def test_a_letter_that_many_sign_is_one_group_and_a_story_of_ones_own_is_none():
    texts = [f"{LETTER} Yours, {name}" for name in ("Ann", "Bob", "Cy")] + [OTHER]
    assert alike(texts, [None] * 4) == [[0, 1, 2]]


def test_case_and_punctuation_do_not_matter_and_another_half_does():
    half = " ".join(LETTER.split()[:18])
    assert alike([LETTER, LETTER.upper().replace(",", " ;"), f"{half} {OTHER}"], [None] * 3) == [[0, 1]]


def test_a_few_words_may_be_said_by_anybody():
    assert alike(["Bins not collected again."] * 5, [None] * 5) == []


def test_one_sender_is_one_group_whatever_they_write():
    assert alike([LETTER, OTHER, "Short.", ""], ["a@post.example", "b", "a@post.example", None]) == [[0, 2]]


@given(
    st.lists(st.tuples(st.sampled_from([LETTER, OTHER, "Short", ""]), st.sampled_from([None, "a", "b"])), max_size=12)
)
def test_each_place_is_in_one_group_at_most(items):
    groups = alike([text for text, _ in items], [sender for _, sender in items])
    places = [place for group in groups for place in group]
    assert len(places) == len(set(places))
    assert all(len(group) > 1 and group == sorted(group) for group in groups)
