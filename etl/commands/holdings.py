"""The commands on what the store holds: show, export, template, load-package, undo, remove-sample, verify."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from core.catalogue import Catalogue
from core.figures import UnitKey
from core.store import Store, batches, dump, residential_groups, tidy, units_with_figures
from core.store import remove_sample as undo_sample
from core.store import undo as undo_batch
from core.store import verify as faults_of
from core.store.package import open_package, restore
from core.texts import text
from core.vi.format import format_moment
from etl.commands.console import migrated_store, not_to_be_stored, say, unit_of, who, writing_to
from etl.run import read_files
from etl.said import said
from etl.template import form_of, tidy_figure
from etl.wording import figure_words


def show(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """List the units that have figures, or the figures of one, and the batches that brought them."""
    store = migrated_store(catalogue)
    if not args.unit:
        for row in units_with_figures(store).itertuples():
            place = ", ".join(filter(None, (row.name, row.district, row.province)))
            counted = said("figures", args.lang, count=row.figures)
            sample = said("sample", args.lang) if row.is_sample else ""
            key, years = f"{row.unit_code}@{row.unit_from}", f"{row.first_year}–{row.last_year}"
            say("  ".join(filter(None, (key, place, years, counted, sample))))
        _show_batches(store, args.lang)
        return 0
    unit = unit_of(args.unit, catalogue, args.year)
    frame = tidy(store, "tidy_indicators", unit=unit, years=[args.year] if args.year else None)
    groups = residential_groups(store, unit).set_index("id")["name"].to_dict()
    for row in frame.sort_values(["year", "indicator", "member", "scenario"]).itertuples():
        computed = row.method == "computed"
        words = figure_words(tidy_figure(row, unit, decimals=2 if computed else None), catalogue, args.lang, groups)
        say(f"{words} {said('computed', args.lang) if computed else ''}".rstrip())
    _show_batches(store, args.lang, unit)
    return 0


def _show_batches(store: Store, lang: str, unit: UnitKey | None = None) -> None:
    """The batches by the number that undoes them; of one unit: its reports, tables of many units, and their undoing."""
    frame = batches(store)
    if unit:
        of_unit = (frame["unit_code"] == unit.code) & (frame["unit_from"].astype(str) == str(unit.valid_from))
        shown = set(frame["batch"][of_unit | ((frame["unit_code"] == "") & (frame["report"] != ""))])
        for row in frame[frame["undoes"].notna()].sort_values("batch").itertuples():
            shown |= {row.batch} if row.undoes in shown else set()
        frame = frame[frame["batch"].isin(shown)]
    if len(frame):
        say(said("head_batches", lang))
    for row in frame.itertuples():
        undoes = not pd.isna(row.undoes)
        what = said("batch_undoes", lang, batch=row.undoes) if undoes else row.report
        counted = "" if undoes else said("figures", lang, count=row.rows)
        state = said("batch_undone", lang) if row.state == "undone" else ""
        say("  " + "  ".join(filter(None, (str(row.batch), format_moment(row.at), what, counted, state))))


def export(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Write one tidy table to a file or to the standard output."""
    unit = unit_of(args.unit, catalogue) if args.unit else None
    store = migrated_store(catalogue)
    if args.output is None and args.format == "xlsx":
        args.output = Path(f"{args.table}.xlsx")
    with writing_to(args.output):
        rows = dump(store, args.table, args.format, args.output or sys.stdout.buffer, unit)
    print(said("exported", args.lang, rows=rows, output=args.output or "stdout"), file=sys.stderr)
    return 0


def template(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Write the Excel form of a unit's year, with what is stored of it."""
    key = unit_of(args.unit, catalogue, args.year)
    content = form_of(migrated_store(catalogue), key, args.year, catalogue)
    output = args.output or Path(f"{key.code}-{args.year}.xlsx")
    with writing_to(output):
        output.write_bytes(content)
    say(said("template_written", args.lang, output=output))
    return 0


def load_package(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Put a freeze that was taken away as a package into a store that has nothing of its ward."""
    package = open_package(_package_bytes(args.file))
    rows, mark = len(package.content["figures"]) + len(package.content["awards"]), package.hash[:10]
    say(text("package.asked", args.lang, title=package.title, mark=mark, rows=rows))
    if (stopped := not_to_be_stored(args)) is not None:
        return stopped
    restored = restore(migrated_store(catalogue), catalogue, package, who())
    say(text("package.loaded", args.lang, rows=restored.rows, mark=mark))
    name = "differs" if restored.differs else "same"
    say(text(f"package.{name}", args.lang, parts=", ".join(restored.differs)))
    return 0


def _package_bytes(file: Path) -> bytes:
    ((_, content),) = read_files([file])
    return content


def undo(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Take a batch back by a batch of its own."""
    batch = undo_batch(migrated_store(catalogue), args.batch, who(), args.reason)
    say(said("undone", args.lang, batch=args.batch, by=batch))
    return 0


def remove_sample(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Take back what was stored as sample data."""
    undone = undo_sample(migrated_store(catalogue), who())
    say(said("sample_removed", args.lang, count=len(undone)))
    return 0


def verify(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Say every fault of the store; 1 where there is one."""
    faults = faults_of(migrated_store(catalogue))
    for fault in faults:
        say(fault.sentence(args.lang))
    say(said("verify_wrong" if faults else "verify_right", args.lang, count=len(faults)))
    return int(bool(faults))
