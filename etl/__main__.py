"""The command line for figures: python -m etl read, check, compare, load, show, export, template, undo, verify."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from core.catalogue import Catalogue, load_catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import (  # fmt: skip
    TIDY_COLUMNS,
    Note,
    Store,
    add_note,
    batches,
    dump,
    list_notes,
    migrate,
    open_store,
    remove_sample,
    residential_groups,
    tidy,
    undo,
    units_with_figures,
    verify,
    withdraw_note,
)
from core.store.dump import FORMATS
from core.store.notes import KINDS
from core.store.package import open_package, restore
from core.store.profiles import list_profiles
from core.store.rules import YEARS
from core.texts import LANGUAGES, text
from etl.compare.run import compare_draft
from etl.compare.wording import comparison_json, comparison_lines, has_differences
from etl.marks.draft import marked_draft
from etl.readers.gate import ENCODINGS
from etl.run import Reading, Wanted, against_store, changes, load, parse_unit, read_files, read_reports
from etl.said import said
from etl.sandbox import read_in_child
from etl.template import form_of, tidy_figure
from etl.wording import change_lines, figure_words, reading_json, reading_lines, refusal_lines

_BAR_FROM = 4  # files; fewer are read before a bar could be seen


def _parser() -> argparse.ArgumentParser:
    # argparse's own words are English; each command's purpose is said in both languages
    parser = argparse.ArgumentParser(prog="python -m etl", description=said("cli", "vi") + " / " + said("cli", "en"))
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str) -> argparse.ArgumentParser:
        purpose = f"cli_{name.replace('-', '_')}"
        sub = commands.add_parser(name, help=" / ".join(said(purpose, lang) for lang in LANGUAGES))
        sub.add_argument("--lang", choices=LANGUAGES, default="vi")
        return sub

    def of_files(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("files", nargs="+", type=Path, metavar="FILE")
        sub.add_argument("--unit", help="CODE[@YYYY-MM-DD] | name[, district[, province]]")
        sub.add_argument("--year", type=int)
        sub.add_argument("--encoding", choices=ENCODINGS)

    for name in ("read", "check", "load"):
        of_files(command(name))
    for name in ("read", "check"):
        commands.choices[name].add_argument("--json", action="store_true")
    commands.choices["load"].add_argument("--yes", action="store_true")
    commands.choices["load"].add_argument("--dry-run", action="store_true")
    show = command("show")
    show.add_argument("--unit")
    show.add_argument("--year", type=int)
    export = command("export")
    export.add_argument("--format", choices=FORMATS, default="csv")
    export.add_argument("--table", choices=sorted(TIDY_COLUMNS), default="tidy_indicators")
    export.add_argument("--unit")
    export.add_argument("--output", type=Path)
    form = command("template")
    form.add_argument("--year", type=int, required=True)
    form.add_argument("--unit", required=True)
    form.add_argument("--output", type=Path)
    draft = command("compare")
    draft.add_argument("file", type=Path, metavar="FILE")
    draft.add_argument("--unit", help="CODE[@YYYY-MM-DD] | name[, district[, province]]")
    draft.add_argument("--year", type=int)
    draft.add_argument("--encoding", choices=ENCODINGS)
    draft.add_argument("--newest", action="store_true")
    draft.add_argument("--json", action="store_true")
    draft.add_argument("--output", type=Path)
    _note_arguments(command("note"))
    back = command("undo")
    back.add_argument("batch", type=int)
    back.add_argument("--reason", default="")
    package = command("load-package")
    package.add_argument("file", type=Path, metavar="FILE")
    package.add_argument("--yes", action="store_true")
    package.add_argument("--dry-run", action="store_true")
    command("remove-sample")
    command("verify")
    return parser


def _note_arguments(sub: argparse.ArgumentParser) -> None:
    actions = sub.add_subparsers(dest="action", required=True)
    for action in ("add", "list", "withdraw"):
        purpose = " / ".join(said(f"cli_note_{action}", lang) for lang in LANGUAGES)
        each = actions.add_parser(action, help=purpose)
        each.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
        if action == "withdraw":
            each.add_argument("note", type=int)
            continue
        each.add_argument("--unit", required=True)
        each.add_argument("--year", type=int, required=action == "add")
    add = actions.choices["add"]
    add.add_argument("text")
    add.add_argument("--kind", choices=KINDS, default=KINDS[0])
    add.add_argument("--indicator", default="")
    add.add_argument("--day", help="YYYY-MM-DD")
    add.add_argument("--basis", default="")
    add.add_argument("--replaces", type=int)


def _say(line: str = "") -> None:
    print(line)


def _refuse_year(year: int | None) -> None:
    if year is not None and year not in YEARS:
        params = {"year": year, "first": YEARS[0], "last": YEARS[-1]}
        raise FaultError([Fault("etl.year_argument", params=params)])


def _wanted(args: argparse.Namespace, catalogue: Catalogue) -> Wanted:
    wanted = parse_unit(args.unit, catalogue, args.year) if args.unit else Wanted()
    return replace(wanted, year=args.year, encoding=getattr(args, "encoding", None))


def _readings(args: argparse.Namespace, catalogue: Catalogue, store: Store | None = None) -> list[Reading]:
    """The readings of files, tables explained on the upload page read as `store` keeps them."""
    files = read_files(args.files)
    wanted = replace(_wanted(args, catalogue), profiles=list_profiles(store) if store else ())
    with tqdm(total=len(files), file=sys.stderr, disable=len(files) < _BAR_FROM, unit="") as bar:
        return read_reports(files, catalogue, wanted, progress=lambda done: bar.update(done - bar.n))


def _read(args: argparse.Namespace, catalogue: Catalogue) -> int:
    store = _store_at_hand(catalogue) if args.command == "check" else None
    readings = _readings(args, catalogue, store)
    if store is not None:
        readings = [against_store(store, reading, catalogue) for reading in readings]
    for reading in readings:
        if args.json:
            _say(json.dumps(reading_json(reading, catalogue, args.lang), ensure_ascii=False))
        else:
            for line in reading_lines(reading, catalogue, args.lang, checked=args.command == "check"):
                _say(line)
    if args.command == "read":
        return int(any(reading.refused for reading in readings))
    wrong = sum(reading.is_wrong for reading in readings)
    if not args.json:
        _say(said("check_wrong" if wrong else "check_right", args.lang, wrong=wrong, files=len(readings)))
    return int(wrong > 0)


def _compare(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Set each number of a draft against the store; with --output also write the draft with its marks."""
    ((name, content),) = read_files([args.file])
    (document,) = read_in_child([(name, content)], encoding=args.encoding)
    if isinstance(document, FaultError):
        raise document
    store = _store_at_hand(catalogue)
    if store is None:
        raise FaultError([Fault("draft.no_store", name)])
    comparison = compare_draft(document, store, catalogue, _wanted(args, catalogue), approved=not args.newest)
    if args.json:
        _say(json.dumps(comparison_json(comparison, catalogue, args.lang), ensure_ascii=False))
    else:
        groups = residential_groups(store, comparison.draft.unit).set_index("id")["name"].to_dict()
        for line in comparison_lines(comparison, catalogue, args.lang, groups):
            _say(line)
    if args.output is not None:
        marked = marked_draft(comparison, content, catalogue, args.lang)
        with _writing_to(args.output):
            args.output.write_bytes(marked.content)
        print(text("draft.written", args.lang, output=args.output), file=sys.stderr)
    return int(has_differences(comparison))


def _load(args: argparse.Namespace, catalogue: Catalogue) -> int:
    store = _store(catalogue)
    readings = _readings(args, catalogue, store)
    return max(_load_one(store, reading, args, catalogue) for reading in readings)


def _load_one(store: Store, reading: Reading, args: argparse.Namespace, catalogue: Catalogue) -> int:
    reading = against_store(store, reading, catalogue)
    for line in reading_lines(reading, catalogue, args.lang, checked=True):
        _say(line)
    try:
        change = changes(store, reading)
    except FaultError as error:
        for line in refusal_lines(list(error.faults), args.lang):
            _say(line)
        return 1
    for line in change_lines(change, catalogue, args.lang):
        _say(line)
    if reading.tidy.questions:
        _say(said("questions_not_stored", args.lang, count=len(reading.tidy.questions)))
    if args.dry_run:
        _say(said("dry_run", args.lang))
        return 0
    if not args.yes and not _agreed(args.lang):
        _say(said("not_stored", args.lang))
        return 1
    batch = load(store, reading, catalogue, _who())
    if batch.duplicate_of is not None:
        _say(said("duplicate", args.lang, batch=batch.duplicate_of))
    else:
        _say(said("stored", args.lang, rows=batch.rows, batch=batch.id))
    return 0


def _who() -> str:
    """The name of the person at the computer; the number where the system has no name for it, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # OSError from Python 3.13 on
        return str(os.getuid())


def _agreed(lang: str) -> bool:
    print(said("ask", lang), end=" ", flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        print()
    return answer.strip().lower() in ("y", "yes", "c", "có", "co")


def _store(catalogue: Catalogue) -> Store:
    store = open_store()
    migrate(store, catalogue)
    return store


def _store_at_hand(catalogue: Catalogue) -> Store | None:
    """The store, None where none was made yet: looking at a file makes no database."""
    path = open_store().path
    return _store(catalogue) if path is None or path.exists() else None


def _unit(words: str, catalogue: Catalogue, year: int | None = None) -> UnitKey:
    """The one unit some words name; where a name is borne by several, that of the year decides."""
    wanted = parse_unit(words, catalogue, year)
    if wanted.unit:
        return wanted.unit
    named = catalogue.find_units(wanted.unit_name, on=date(year, 12, 31) if year else None)
    if len(named) == 1:
        return named[0].key
    choices = "; ".join(unit.described for unit in named)
    raise FaultError([Fault("etl.unit_choice", params={"unit": words, "choices": choices})])


def _show(args: argparse.Namespace, catalogue: Catalogue) -> int:
    store = _store(catalogue)
    if not args.unit:
        for row in units_with_figures(store).itertuples():
            place = ", ".join(filter(None, (row.name, row.district, row.province)))
            counted = said("figures", args.lang, count=row.figures)
            sample = said("sample", args.lang) if row.is_sample else ""
            key, years = f"{row.unit_code}@{row.unit_from}", f"{row.first_year}–{row.last_year}"
            _say("  ".join(filter(None, (key, place, years, counted, sample))))
        _show_batches(store, args.lang)
        return 0
    unit = _unit(args.unit, catalogue, args.year)
    frame = tidy(store, "tidy_indicators", unit=unit, years=[args.year] if args.year else None)
    groups = residential_groups(store, unit).set_index("id")["name"].to_dict()
    for row in frame.sort_values(["year", "indicator", "member", "scenario"]).itertuples():
        computed = row.method == "computed"
        words = figure_words(tidy_figure(row, unit, decimals=2 if computed else None), catalogue, args.lang, groups)
        _say(f"{words} {said('computed', args.lang) if computed else ''}".rstrip())
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
        _say(said("head_batches", lang))
    for row in frame.itertuples():
        undoes = not pd.isna(row.undoes)
        what = said("batch_undoes", lang, batch=row.undoes) if undoes else row.report
        counted = "" if undoes else said("figures", lang, count=row.rows)
        state = said("batch_undone", lang) if row.state == "undone" else ""
        at = f"{row.at.astimezone():%d/%m/%Y %H:%M}"
        _say("  " + "  ".join(filter(None, (str(row.batch), at, what, counted, state))))


def _export(args: argparse.Namespace, catalogue: Catalogue) -> int:
    unit = _unit(args.unit, catalogue) if args.unit else None
    store = _store(catalogue)
    if args.output is None and args.format == "xlsx":
        args.output = Path(f"{args.table}.xlsx")
    with _writing_to(args.output):
        rows = dump(store, args.table, args.format, args.output or sys.stdout.buffer, unit)
    print(said("exported", args.lang, rows=rows, output=args.output or "stdout"), file=sys.stderr)
    return 0


@contextmanager
def _writing_to(output: Path | None) -> Iterator[None]:
    """Names the file that could not be written; None is the standard output, whose reader may have left."""
    try:
        yield
    except OSError as error:
        if output is None:
            raise
        raise FaultError([Fault("etl.output_refused", str(output))]) from error


def _template(args: argparse.Namespace, catalogue: Catalogue) -> int:
    key = _unit(args.unit, catalogue, args.year)
    content = form_of(_store(catalogue), key, args.year, catalogue)
    output = args.output or Path(f"{key.code}-{args.year}.xlsx")
    with _writing_to(output):
        output.write_bytes(content)
    _say(said("template_written", args.lang, output=output))
    return 0


def _load_package(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Put a freeze that was taken away as a package into a store that has nothing of its ward."""
    package = open_package(_package_bytes(args.file))
    rows, mark = len(package.content["figures"]) + len(package.content["awards"]), package.hash[:10]
    _say(text("package.asked", args.lang, title=package.title, mark=mark, rows=rows))
    if args.dry_run:
        _say(said("dry_run", args.lang))
        return 0
    if not args.yes and not _agreed(args.lang):
        _say(said("not_stored", args.lang))
        return 1
    restored = restore(_store(catalogue), catalogue, package, _who())
    _say(text("package.loaded", args.lang, rows=restored.rows, mark=mark))
    name = "differs" if restored.differs else "same"
    _say(text(f"package.{name}", args.lang, parts=", ".join(restored.differs)))
    return 0


def _package_bytes(file: Path) -> bytes:
    ((_, content),) = read_files([file])
    return content


def _undo(args: argparse.Namespace, catalogue: Catalogue) -> int:
    batch = undo(_store(catalogue), args.batch, _who(), args.reason)
    _say(said("undone", args.lang, batch=args.batch, by=batch))
    return 0


def _note(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Add, list or take back notes on a unit's years."""
    store = _store(catalogue)
    if args.action == "withdraw":
        withdraw_note(store, args.note, _who())
        _say(said("note_withdrawn", args.lang, note=args.note))
        return 0
    unit = _unit(args.unit, catalogue, args.year)
    if args.action == "add":
        note = Note(unit, args.year, args.text, args.kind, args.indicator, _day(args.day), args.basis,
                    replaces=args.replaces)  # fmt: skip
        _say(said("note_added", args.lang, note=add_note(store, note, _who())))
        return 0
    found = list_notes(store, [unit], [args.year] if args.year else None)
    for note in found:
        when = f"{note.day:%d/%m/%Y}" if note.day else str(note.year)
        kind = text(f"notes.kind_{note.kind}", args.lang)
        _say("  ".join(filter(None, (str(note.id), when, kind, note.indicator, note.text, note.basis, note.who))))
    if not found:
        _say(said("note_none", args.lang))
    return 0


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise FaultError([Fault("etl.day_argument", params={"day": words})]) from error


def _remove_sample(args: argparse.Namespace, catalogue: Catalogue) -> int:
    undone = remove_sample(_store(catalogue), _who())
    _say(said("sample_removed", args.lang, count=len(undone)))
    return 0


def _verify(args: argparse.Namespace, catalogue: Catalogue) -> int:
    faults = verify(_store(catalogue))
    for fault in faults:
        _say(fault.sentence(args.lang))
    _say(said("verify_wrong" if faults else "verify_right", args.lang, count=len(faults)))
    return int(bool(faults))


COMMANDS: dict[str, Callable[[argparse.Namespace, Catalogue], int]] = {
    "read": _read, "check": _read, "load": _load, "show": _show, "export": _export, "template": _template,
    "load-package": _load_package,
    "note": _note, "undo": _undo, "remove-sample": _remove_sample, "verify": _verify, "compare": _compare,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 where all is well, 1 where something is wrong or refused, 130 if stopped."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # a Vietnamese Windows console begins in a code page without ư
    args = _parser().parse_args(arguments)
    try:
        _refuse_year(getattr(args, "year", None))
        code = COMMANDS[args.command](args, load_catalogue())
        sys.stdout.flush()
        return code
    except FaultError as error:
        for fault in error.faults:
            print(fault.sentence(args.lang), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" + said("stopped", args.lang), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # "| head" has read enough; what is still unwritten must not be tried again as the program ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:
        print(said("unexpected", args.lang, file=_kept_details()), file=sys.stderr)
        return 1


def _kept_details() -> str:
    """Writes what went wrong to a file for a developer and gives its name: an office reads sentences, not code."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="etl-", suffix=".txt", delete=False) as file:
        traceback.print_exc(file=file)
    return file.name


if __name__ == "__main__":
    sys.exit(main())
