"""Sentences and names, chosen from `demo/words.toml`."""

from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import Any

from heed.config.demonstration.places import read
from heed.correspondence import rules

RARE_EVERY, RARE_AT = 20_000, 7  # one case in so many tells of the rare word, the first of them early


@cache
def data() -> dict[str, Any]:
    """The whole file."""
    return read("words.toml")


@dataclass(frozen=True)
class Topic:
    """Something that goes wrong: how people tell it, what is found, and what is learned from it."""

    subject: str
    summary: str
    told: tuple[str, ...]
    happened: str
    should: str
    lesson: str
    step: str
    you_said: str
    we_did: str


@cache
def topics(sector: str, service: str) -> tuple[Topic, ...]:
    """What goes wrong in a service, by its code. A service that is not in the file has the topics of its sector."""
    mine = [entry for entry in data()["topic"] if entry["sector"] == sector]
    chosen = [entry for entry in mine if service in entry["services"]] or mine
    return tuple(
        Topic(told=tuple(entry["told"]), **{k: v for k, v in entry.items() if k not in ("told", "sector", "services")})
        for entry in chosen
    )


def narrative(chance: Random, topic: Topic, service: str, whom: str, *, is_rare: bool) -> str:
    """Some 60 to 150 words in the person's own voice, in two or three paragraphs. `whom`: "my mother", "" for oneself."""
    words = data()
    opening = chance.choice(words["about_other"] if whom else words["about_self"])
    told = list(topic.told) if chance.random() < 0.6 else sorted(chance.sample(topic.told, 3), key=topic.told.index)
    middle = [*chance.sample(words["effects"], chance.choice((1, 1, 2)))]
    if chance.random() < 0.92:
        middle.insert(0, chance.choice(words["staff"]))
    if chance.random() < 0.5:
        middle.insert(0, chance.choice(words["asked"]))
    if is_rare:
        middle.append(words["rare_sentence"])
    paragraphs = [
        f"{fill(chance, opening, service, whom)} {' '.join(told)}",
        " ".join(middle),
        chance.choice(words["wants"]),
    ]
    return "\n\n".join(paragraphs)


def fill(chance: Random, text: str, service: str, whom: str = "") -> str:
    """Put the service (by its code), a time and a person into a sentence."""
    if "{" not in text:
        return text
    whom = whom or chance.choice(data()["whom"])
    said = data()["said"].get(service, "your service")
    return text.format(service=said, when=chance.choice(data()["when"]), whom=whom, Whom=whom[0].upper() + whom[1:])


def name(chance: Random) -> str:
    return f"{chance.choice(data()['first_names'])} {chance.choice(data()['last_names'])}"


folded = lru_cache(maxsize=20_000)(rules.folded)


def nhs_number(chance: Random) -> str:
    """Ten digits of which the last is the check digit (modulus 11), as `feedback.rules` judges it."""
    while True:
        digits = [9, 9, 9, *(chance.randrange(10) for _ in range(6))]  # 999 is kept for tests, so nobody has it
        check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            return "".join(map(str, [*digits, check % 11]))
