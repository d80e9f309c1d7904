"""The figures of `heed.statistics` by simulation: `python benchmarks/simulations PART [--json]`, or every part without one.

Fixed seeds: the same figures each time. `--number` is how many are simulated in each cell (the default is the full size of the
acceptance), `--cells` runs a part of them: months/mean/phi/lag 1/ratio of impact and peak ("24/5/1/0.3"),
mean/phi/lag 1 of procedure ("20/1"), months/cases/lag 1/ratio of means, or kind/organisations/spread of funnel ("PR/30").
`--cases FOLDER` adds the series of a folder with baseline_counts.csv.gz,
outbreak_added.csv.gz and meta.csv to the detector's own. Every share is told with its standard error (SE)."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import acting
import charts
import funnels
import lengths
import moving
import proving
import reading
import series
import speed
import watching
from tables import Table

Options = argparse.Namespace
FRESH_COPIES, FRESH_SEED = 40, 2


def detector(options: Options) -> list[Table]:
    sources = {"fresh": series.fresh(options.number or FRESH_COPIES, FRESH_SEED)}
    if options.cases:
        sources["on file"] = series.on_file(options.cases)
    return [*watching.detection(sources), *(watching.sustained(drawn, name) for name, drawn in sources.items())]


def impact(options: Options) -> list[Table]:
    return acting.verdicts(options.number or 2_000, only=options.cells, share=options.share)


PARTS: dict[str, Callable[[Options], list[Table]]] = {
    "charts": lambda options: [charts.false_signals(options.number or 10_000)],
    "detector": detector,
    "calibrated": lambda options: [watching.own_thresholds(options.number or 30)],
    "monthly": lambda options: [watching.by_month(options.number or 100)],
    "impact": impact,
    "peak": lambda options: [acting.regression_to_the_mean(options.number or 2_000, only=options.cells)],
    "procedure": lambda options: proving.procedures(options.number or 2_000, only=options.cells),
    "means": lambda options: [moving.verdicts(options.number or 400, only=options.cells)],
    "funnel": lambda options: [funnels.flagged(options.number or 2_000, only=options.cells)],
    "cross": lambda options: [reading.patterns(options.number or 200)],
    "lengths": lambda options: [lengths.run_lengths(options.number or 20_000)],
    "speed": lambda options: [speed.speeds(options.number or 1_000)],
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="*", help=f"any of {', '.join(PARTS)}; without one, all of them")
    parser.add_argument("--number", type=int, default=0, help="how many in each cell, instead of the full size")
    parser.add_argument("--cells", default="", help="only those whose name begins so, as in 24/5/1")
    parser.add_argument("--share", type=float, default=0.5, help="of its months, after which an action is completed")
    parser.add_argument("--cases", type=Path, help="a folder of series to watch besides the detector's own")
    parser.add_argument("--json", action="store_true", help="figures for a program instead of Markdown")
    options = parser.parse_args(arguments)
    if unknown := set(options.part) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    told: dict[str, object] = {}
    for name in options.part or PARTS:
        began = time.perf_counter()
        tables = PARTS[name](options)
        seconds = round(time.perf_counter() - began, 1)
        told[name] = {"seconds": seconds, "tables": [table.plain() for table in tables]}
        if not options.json:
            print(f"## {name} ({seconds} s)\n")
            print("\n".join(table.markdown() for table in tables), flush=True)
    if options.json:
        print(json.dumps(told, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
