"""How soon a new theme is found: `python benchmarks/new_themes.py FILE --text COLUMN --category COLUMN [--week 40]
[--trials 3] [--pace 3 5 10] [--least 40] [--most 400]`.

Each category of coded texts in turn is hidden. A year of weeks with so many of the other texts each goes by; then texts of the
hidden category appear at each pace among them, for four weeks, and new themes are sought at the end of each. Found: a theme
of which 60% are of the hidden category and which holds half of those that came. Without anything hidden the same weeks
tell how many themes are found a month where there is none. Texts have no dates in the file: their order is drawn at random."""

import argparse
import csv
import json
import random
import sys
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from heed.insight.themes.growing import Told, find, matched

START, WEEKS, NEW = date(2025, 1, 6), 56, 4
PURE, WHOLE = 0.6, 0.5


def interval(hits: int, of: int) -> str:
    """The share with its 95% Wilson interval."""
    if not of:
        return "none tried"
    z, share = 1.96, hits / of
    middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return f"{share:.2f} ({low:.2f} to {high:.2f}; {hits} of {of})"


def year(others: list[str], weekly: int, chance: random.Random) -> list[Told]:
    """Some 56 weeks of texts, drawn again where the file has too few."""
    wanted = weekly * WEEKS + weekly
    drawn = chance.sample(others, min(wanted, len(others)))
    drawn += chance.choices(others, k=max(0, wanted - len(drawn)))
    days = [START + timedelta(weeks=week, days=number % 5) for week in range(WEEKS + 1) for number in range(weekly)]
    return [Told(f"o{n}", text, on, f"p{n}") for n, (text, on) in enumerate(zip(drawn, days, strict=True))]


def appears(background: list[Told], hidden: list[str], pace: int, chance: random.Random) -> dict[str, bool]:
    """Whether it was found within four weeks: by the whole rule, and by purity alone."""
    texts = chance.sample(hidden, min(len(hidden), pace * NEW))
    begin = START + timedelta(weeks=WEEKS - NEW)
    came = [Told(f"h{n}", text, begin + timedelta(days=7 * (n // pace) + 1), f"q{n}") for n, text in enumerate(texts)]
    found = {"found": False, "pure": False}
    for week in range(1, NEW + 1):
        today = begin + timedelta(days=7 * week - 1)
        here = [told for told in came if told.on <= today]
        for theme in find([*background, *here], today):
            inside = sum(key.startswith("h") for key in theme.keys)
            pure = inside >= PURE * len(theme.keys)
            found["pure"] |= pure
            found["found"] |= pure and inside >= WHOLE * len(here)
    return found


def false_ones(background: list[Told]) -> int:
    """New themes in four weekly looks where nothing is new; one that is seen again counts once."""
    known: dict[int, dict[str, float]] = {}
    for week in range(NEW):
        themes = find(background, START + timedelta(weeks=WEEKS - NEW + week + 1, days=-1))
        for theme, number in zip(themes, matched(themes, known), strict=True):
            known[len(known) if number is None else number] = theme.centre
    return len(known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--text", required=True)
    parser.add_argument("--category", required=True)
    parser.add_argument("--week", type=int, default=40)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--pace", type=int, nargs="+", default=[3, 5, 10])
    parser.add_argument("--least", type=int, default=40)
    parser.add_argument("--most", type=int, default=400)
    asked = parser.parse_args()
    with Path(asked.file).open(newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row[asked.text].strip()]
    sizes: dict[str, list[str]] = {}
    for row in rows:
        sizes.setdefault(row[asked.category], []).append(row[asked.text])
    chance = random.Random(20260401)
    categories = sorted(name for name, texts in sizes.items() if asked.least <= len(texts) <= asked.most)
    tried = {pace: [0, 0, 0] for pace in asked.pace}
    by_category: dict[str, dict[int, int]] = {name: dict.fromkeys(asked.pace, 0) for name in categories}
    for name in categories:
        others = [row[asked.text] for row in rows if row[asked.category] != name]
        for _ in range(asked.trials):
            background = year(others, asked.week, chance)
            for pace in asked.pace:
                told = appears(background, sizes[name], pace, chance)
                tried[pace] = [tried[pace][0] + 1, tried[pace][1] + told["found"], tried[pace][2] + told["pure"]]
                by_category[name][pace] += told["found"]
    months = [false_ones(year([row[asked.text] for row in rows], asked.week, chance)) for _ in range(10 * asked.trials)]
    mean = sum(months) / len(months)
    spread = sqrt(sum((one - mean) ** 2 for one in months) / (len(months) - 1) / len(months))
    report = {
        "categories": {name: {"texts": len(sizes[name]), "found": by_category[name]} for name in categories},
        "found within four weeks": {pace: interval(hits, of) for pace, (of, hits, _) in tried.items()},
        "pure, whether or not it holds half": {pace: interval(hits, of) for pace, (of, _, hits) in tried.items()},
        "false themes a month": f"{mean:.2f} ({mean - 1.96 * spread:.2f} to {mean + 1.96 * spread:.2f})",
        "texts a week": asked.week,
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
