"""Takes in feedback from a file."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from heed.audit.actor import system
from heed.cases.actions import bring_in
from heed.config.cli import CannotDo
from heed.feedback.importing import files, rows
from heed.feedback.importing.report import Report
from heed.feedback.importing.shape import Sheet, Unreadable
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation

HELP = "take in feedback from a CSV file or a spreadsheet"
LISTED = 10  # rejected rows, and values without a code, that are told at the terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take in feedback from a CSV file (also .gz) or an XLSX spreadsheet.

    Every row goes in, is there already, or is listed in the report with its reason. Running it again adds nothing, also
    after it was stopped in the middle. No message is sent, and no clock starts for a row older than 30 days, unless
    --live is given. The last line says: N in, N already there, N rejected. Exit code 2 when the file could not be read
    to its end."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="whose feedback it is")
    parser.add_argument("--as", dest="kind", required=True, choices=["comment", "compliment", "concern", "complaint"])
    parser.add_argument(
        "--map", dest="mapping", action="append", required=True, metavar="FIELD=COLUMN", type=_pair,
        help="which column holds what, one or several of them; `text` is needed, the others are "
        + ", ".join(name for name in rows.FIELDS if name != "text"),
    )  # fmt: skip
    parser.add_argument("--dates", choices=["iso", "dmy", "mdy"], default="iso", help="how dates are written")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where to list what was rejected (CSV)")
    parser.add_argument("--live", action="store_true", help="start the clock for older rows too")
    parser.add_argument("--dry-run", action="store_true", help="read and judge everything, and keep nothing")


def arranged(words: list[str]) -> list[str]:
    """Give each pair after a `--map` a `--map` of its own, so that the file may stand behind them too."""
    arranged, mapping = [], False
    for place, word in enumerate(words):
        if mapping and words[place - 1] != "--map" and _is_pair(word):
            arranged.append("--map")
        elif word == "--map" or word.startswith("--map="):
            mapping = True
        elif words[place - 1] != "--map":
            mapping = False
        arranged.append(word)
    return arranged


def _is_pair(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and not word.startswith("-") and (name in rows.FIELDS or not Path(word).exists())


def _pair(text: str) -> tuple[str, str]:
    name, _, column = text.partition("=")
    if name not in rows.FIELDS or not column.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=COLUMN with FIELD one of {', '.join(rows.FIELDS)}")
    return name, column


@dataclass
class Tally:
    """How it went so far. `first` are the first that were rejected, for the terminal."""

    taken: int = 0
    there: int = 0
    rejected: int = 0
    first: list[rows.Rejected] = field(default_factory=list)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, part: bring_in.Part) -> int:
        """Count a part in; how many rows it was."""
        self.taken += part.taken
        self.there += part.there
        self.rejected += len(part.rejected)
        self.first += part.rejected[: LISTED - len(self.first)]
        self.unmatched += part.unmatched
        return part.taken + part.there + len(part.rejected)


def run(arguments: argparse.Namespace) -> int:
    """Read to the end, or say how far it went."""
    organisation = _organisation(arguments.organisation)
    mapping = _mapping(arguments.mapping)
    tally, stopped = Tally(), ""
    with ExitStack() as stack:
        report = stack.enter_context(_report(arguments)) if arguments.report else None
        try:
            sheet = files.read(arguments.file)
            if report:
                report.begin(sheet.header)
            if sheet.note:
                print(sheet.note, file=sys.stderr)
            bar = stack.enter_context(tqdm(desc="Taking in", unit=" rows", leave=False))
            for part in _parts(sheet, organisation, mapping, arguments):
                bar.update(tally.add(part))
                if report:
                    report.add(part.rejected)
        except Unreadable as error:
            stopped = str(error)
    _tell(tally, arguments, stopped)
    print(f"{tally.taken} in, {tally.there} already there, {tally.rejected} rejected")
    return 2 if stopped else 0


def _organisation(code: str) -> Organisation:
    found = organisations.by_code(code)
    if found is None:
        known = ", ".join(organisation.code for organisation in organisations.all_organisations()) or "none yet"
        raise CannotDo(f"there is no organisation {code!r}; there are: {known}")
    return found


def _mapping(pairs: list[tuple[str, str]]) -> dict[str, str]:
    mapping = dict(pairs)
    if "text" not in mapping:
        raise CannotDo("say which column holds the words: --map text=COLUMN")
    if len(mapping) < len(set(pairs)):
        raise CannotDo("a field is mapped twice: give each one column")
    return mapping


def _report(arguments: argparse.Namespace) -> Report:
    if arguments.report.resolve() == arguments.file.resolve():
        raise CannotDo("the report would take the place of the file itself: give it another name")
    try:
        return Report(arguments.report)
    except OSError as error:
        raise CannotDo(f"the report {arguments.report} cannot be written: {error.strerror or error}") from None


def _parts(
    sheet: Sheet, organisation: Organisation, mapping: dict[str, str], arguments: argparse.Namespace
) -> Iterator[bring_in.Part]:
    now, batch_id = timezone.now(), None
    places = rows.columns(sheet.header, mapping)
    wanted = rows.read(
        sheet.lines, places, organisation=organisation.code, dates=arguments.dates, today=timezone.localdate(now)
    )
    for part in bring_in.bring_in(
        wanted, organisation=organisation, kind=arguments.kind, file_name=arguments.file.name, live=arguments.live,
        dry_run=arguments.dry_run, by=system("import", organisation.code), at=now,
    ):  # fmt: skip
        batch_id = part.batch_id
        yield part
    if batch_id is not None:
        bring_in.finish(batch_id=batch_id, at=timezone.now())


def _tell(tally: Tally, arguments: argparse.Namespace, stopped: str) -> None:
    """What was rejected, what was kept without a code of Heed's, and why it stopped, if it did."""
    if not arguments.report:
        for one in tally.first:
            print(f"row {one.line.number}: {one.reason}", file=sys.stderr)
        if tally.rejected > len(tally.first):
            print("... give --report FILE for all of them", file=sys.stderr)
    for (name, value), many in tally.unmatched.most_common(LISTED):
        rows_have = "1 row has" if many == 1 else f"{many} rows have"
        print(f"{rows_have} the {name} {value!r}, which Heed does not know; it is kept as it stands", file=sys.stderr)
    if len(tally.unmatched) > LISTED:
        print(f"... and {len(tally.unmatched) - LISTED} more such values", file=sys.stderr)
    if arguments.dry_run:
        print("This was a dry run: nothing was kept.", file=sys.stderr)
    if stopped:
        ahead = "" if not tally.taken or arguments.dry_run else " What came before it is in; mend it and run it again."
        print(f"heed: {stopped}{ahead}", file=sys.stderr)
