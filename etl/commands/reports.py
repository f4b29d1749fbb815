"""The commands that take files: read, check, load, and compare for a draft."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

from tqdm import tqdm

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.store import Store, residential_groups
from core.store.profiles import list_profiles
from core.texts import text
from etl.commands.console import migrated_store, not_to_be_stored, say, store_at_hand, who, writing_to
from etl.compare.run import compare_draft
from etl.compare.wording import comparison_json, comparison_lines, has_differences
from etl.marks.draft import marked_draft
from etl.run import Reading, Wanted, against_store, changes, parse_unit, read_files, read_reports
from etl.run import load as store_reading
from etl.said import said
from etl.sandbox import read_in_child
from etl.wording import change_lines, reading_json, reading_lines, refusal_lines

_BAR_FROM = 4  # files; fewer are read before a bar could be seen


def _wanted(args: argparse.Namespace, catalogue: Catalogue) -> Wanted:
    wanted = parse_unit(args.unit, catalogue, args.year) if args.unit else Wanted()
    return replace(wanted, year=args.year, encoding=getattr(args, "encoding", None))


def _readings(args: argparse.Namespace, catalogue: Catalogue, store: Store | None = None) -> list[Reading]:
    """The readings of files, tables explained on the upload page read as `store` keeps them."""
    files = read_files(args.files)
    wanted = replace(_wanted(args, catalogue), profiles=list_profiles(store) if store else ())
    with tqdm(total=len(files), file=sys.stderr, disable=len(files) < _BAR_FROM, unit="") as bar:
        return read_reports(files, catalogue, wanted, progress=lambda done: bar.update(done - bar.n))


def read(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Say what files hold; check also sets it against the store. 1 where one is refused (read) or wrong (check)."""
    store = store_at_hand(catalogue) if args.command == "check" else None
    readings = _readings(args, catalogue, store)
    if store is not None:
        readings = [against_store(store, reading, catalogue) for reading in readings]
    for reading in readings:
        if args.json:
            say(json.dumps(reading_json(reading, catalogue, args.lang), ensure_ascii=False))
        else:
            for line in reading_lines(reading, catalogue, args.lang, checked=args.command == "check"):
                say(line)
    if args.command == "read":
        return int(any(reading.refused for reading in readings))
    wrong = sum(reading.is_wrong for reading in readings)
    if not args.json:
        say(said("check_wrong" if wrong else "check_right", args.lang, wrong=wrong, files=len(readings)))
    return int(wrong > 0)


def compare(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Set each number of a draft against the store; with --output also write the draft with its marks."""
    ((name, content),) = read_files([args.file])
    (document,) = read_in_child([(name, content)], encoding=args.encoding)
    if isinstance(document, FaultError):
        raise document
    store = store_at_hand(catalogue)
    if store is None:
        raise FaultError([Fault("draft.no_store", name)])
    comparison = compare_draft(document, store, catalogue, _wanted(args, catalogue), approved=not args.newest)
    if args.json:
        say(json.dumps(comparison_json(comparison, catalogue, args.lang), ensure_ascii=False))
    else:
        groups = residential_groups(store, comparison.draft.unit).set_index("id")["name"].to_dict()
        for line in comparison_lines(comparison, catalogue, args.lang, groups):
            say(line)
    if args.output is not None:
        marked = marked_draft(comparison, content, catalogue, args.lang)
        with writing_to(args.output):
            args.output.write_bytes(marked.content)
        print(text("draft.written", args.lang, output=args.output), file=sys.stderr)
    return int(has_differences(comparison))


def load(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Show what files would change and store it once agreed; 1 where one was not stored."""
    store = migrated_store(catalogue)
    readings = _readings(args, catalogue, store)
    return max(_load_one(store, reading, args, catalogue) for reading in readings)


def _load_one(store: Store, reading: Reading, args: argparse.Namespace, catalogue: Catalogue) -> int:
    reading = against_store(store, reading, catalogue)
    for line in reading_lines(reading, catalogue, args.lang, checked=True):
        say(line)
    try:
        change = changes(store, reading)
    except FaultError as error:
        for line in refusal_lines(list(error.faults), args.lang):
            say(line)
        return 1
    for line in change_lines(change, catalogue, args.lang):
        say(line)
    if reading.tidy.questions:
        say(said("questions_not_stored", args.lang, count=len(reading.tidy.questions)))
    if (stopped := not_to_be_stored(args)) is not None:
        return stopped
    batch = store_reading(store, reading, catalogue, who())
    if batch.duplicate_of is not None:
        say(said("duplicate", args.lang, batch=batch.duplicate_of))
    else:
        say(said("stored", args.lang, rows=batch.rows, batch=batch.id))
    return 0
