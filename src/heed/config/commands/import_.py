"""Takes in feedback from a file."""

import argparse
import csv
import sys
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from heed.audit.actor import system
from heed.cases.actions.bring_in import Tally, bring_in
from heed.config.cli import CannotDo
from heed.feedback.importing import files, rows
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation

HELP = "take in feedback from a CSV file or a spreadsheet"
GUARDED = ("=", "+", "-", "@", "\t", "\r")


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
        "--map", dest="mapping", nargs="+", action="extend", required=True, metavar="FIELD=COLUMN", type=_pair,
        help=f"which column holds what; FIELD is one of: {', '.join(rows.FIELDS)}; `text` is needed",
    )  # fmt: skip
    parser.add_argument("--dates", choices=["iso", "dmy", "mdy"], default="iso", help="how dates are written")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where to list what was rejected (CSV)")
    parser.add_argument("--live", action="store_true", help="start the clock for older rows too")
    parser.add_argument("--dry-run", action="store_true", help="read and judge everything, and write nothing")


def _pair(text: str) -> tuple[str, str]:
    name, _, column = text.partition("=")
    if name not in rows.FIELDS or not column:
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=COLUMN with FIELD one of {', '.join(rows.FIELDS)}")
    return name, column


def run(arguments: argparse.Namespace) -> int:
    """Read to the end, or say how far it went."""
    organisation = _organisation(arguments.organisation)
    mapping = dict(arguments.mapping)
    if "text" not in mapping:
        raise CannotDo("say which column holds the words: --map text=COLUMN")
    if len(mapping) < len(arguments.mapping):
        raise CannotDo("a field is mapped twice: give each one column")
    tally, header, stopped = Tally(), [], ""
    try:
        sheet = files.read(arguments.file)
        header = sheet.header
        if sheet.note:
            print(sheet.note, file=sys.stderr)
        tally = _take_in(sheet, organisation, mapping, arguments, tally)
    except files.Unreadable as error:
        stopped = str(error)
        tally = getattr(error, "tally", tally)
    _tell(tally, header, arguments.report)
    if stopped:
        print(f"heed: {stopped} What came before it is in; mend the file and run it again.", file=sys.stderr)
    print(f"{tally.taken} in, {tally.there} already there, {len(tally.rejected)} rejected")
    return 2 if stopped else 0


def _organisation(code: str) -> Organisation:
    found = organisations.by_code(code)
    if found is None:
        known = ", ".join(organisation.code for organisation in organisations.all_organisations()) or "none yet"
        raise CannotDo(f"there is no organisation {code!r}; there are: {known}")
    return found


def _take_in(
    sheet: files.Sheet, organisation: Organisation, mapping: dict[str, str], arguments: argparse.Namespace, tally: Tally
) -> Tally:
    """Take all rows in. When reading fails on the way, the error carries the tally so far."""
    now = timezone.now()
    places = rows.columns(sheet.header, mapping)
    wanted = rows.read(
        sheet.lines, places, organisation=organisation.code, dates=arguments.dates, today=timezone.localdate(now)
    )
    try:
        with tqdm(desc="Taking in", unit=" rows", leave=False) as bar:
            for tally in bring_in(
                wanted, organisation=organisation, kind=arguments.kind, file_name=arguments.file.name,
                live=arguments.live, dry_run=arguments.dry_run, by=system("import", organisation.code), at=now,
            ):  # fmt: skip
                bar.update(tally.taken + tally.there + len(tally.rejected) - bar.n)
    except files.Unreadable as error:
        error.tally = tally  # type: ignore[attr-defined]
        raise
    return tally


def _tell(tally: Tally, header: list[str], report: Path | None) -> None:
    """List what was rejected, and what was kept without a code of Heed's."""
    if report is not None:
        _write(tally, header, report)
    elif tally.rejected:
        for entry in tally.rejected[:10]:
            print(f"row {entry.line.number}: {entry.reason}", file=sys.stderr)
        if len(tally.rejected) > 10:
            print("... give --report FILE for all of them", file=sys.stderr)
    for (name, value), many in tally.unmatched.most_common(10):
        print(
            f"{many} rows have the {name} {value!r}, which Heed does not know; it is kept as it stands", file=sys.stderr
        )


def _write(tally: Tally, header: list[str], report: Path) -> None:
    partial = report.with_name(report.name + ".partial")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "reason", *header])
        for entry in tally.rejected:
            writer.writerow([entry.line.number, entry.reason, *(_guarded(str(cell)) for cell in entry.line.cells)])
    partial.replace(report)


def _guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that every CSV reader takes."""
    clean = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return f"'{clean}" if clean.startswith(GUARDED) else clean
