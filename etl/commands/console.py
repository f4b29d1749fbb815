"""What the commands share: the words they print, the yes they wait for, the store and the unit they mean."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import Store, migrate, open_store
from etl.run import parse_unit
from etl.said import said


def say(line: str) -> None:
    """Print one line of the answer."""
    print(line)


def who() -> str:
    """The name of the person at the computer; the number where the system has no name for it, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # OSError from Python 3.13 on
        return str(os.getuid())


def not_to_be_stored(args: argparse.Namespace) -> int | None:
    """The exit code where nothing is to be stored, and says so: 0 for a dry run, 1 without a yes; None to go on."""
    if args.dry_run:
        say(said("dry_run", args.lang))
        return 0
    if args.yes or _agreed(args.lang):
        return None
    say(said("not_stored", args.lang))
    return 1


def _agreed(lang: str) -> bool:
    """Whether the person says yes to what was just shown; the end of the input is a no."""
    print(said("ask", lang), end=" ", flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        print()
    return answer.strip().lower() in ("y", "yes", "c", "có", "co")


@contextmanager
def writing_to(output: Path | None) -> Iterator[None]:
    """Names the file that could not be written; None is the standard output, whose reader may have left."""
    try:
        yield
    except OSError as error:
        if output is None:
            raise
        raise FaultError([Fault("etl.output_refused", str(output))]) from error


def migrated_store(catalogue: Catalogue) -> Store:
    """The store the settings name, brought to the tables of this version."""
    store = open_store()
    migrate(store, catalogue)
    return store


def store_at_hand(catalogue: Catalogue) -> Store | None:
    """The store, None where none was made yet: looking at a file makes no database."""
    path = open_store().path
    return migrated_store(catalogue) if path is None or path.exists() else None


def unit_of(words: str, catalogue: Catalogue, year: int | None = None) -> UnitKey:
    """The one unit some words name; where a name is borne by several, that of the year decides."""
    wanted = parse_unit(words, catalogue, year)
    if wanted.unit:
        return wanted.unit
    named = catalogue.find_units(wanted.unit_name, on=date(year, 12, 31) if year else None)
    if len(named) == 1:
        return named[0].key
    choices = "; ".join(unit.described for unit in named)
    raise FaultError([Fault("etl.unit_choice", params={"unit": words, "choices": choices})])
