"""Invented texts of three subjects, at random but the same every time."""

import random

ABOUT = {
    "food": ["dinner", "cold", "lunch", "hungry", "meal", "kitchen", "breakfast", "sandwich", "vegetarian", "taste"],
    "parking": ["car", "park", "ticket", "machine", "barrier", "fine", "space", "meter", "driveway", "permit"],
    "waiting": ["waited", "hours", "queue", "late", "delay", "clinic", "appointment", "postponed", "again", "clock"],
}
FILLER = [
    "the",
    "was",
    "and",
    "they",
    "it",
    "my",
    "to",
    "nobody",
    "said",
    "again",
    "about",
    "very",
    "on",
    "day",
    "we",
    "had",
]


def invent(many: int, seed: int = 1, several: bool = False) -> list[tuple[str, set[str]]]:
    """(text, its subjects). The third subject is rare."""
    chance = random.Random(seed)
    found = []
    for _ in range(many):
        of = set(chance.choices(list(ABOUT), weights=[5, 4, 1], k=1 + (several and chance.random() < 0.3)))
        told = [word for one in sorted(of) for word in chance.sample(ABOUT[one], 3)]
        told += chance.sample(FILLER, 5)
        chance.shuffle(told)
        found.append((" ".join(told), of))
    return found
