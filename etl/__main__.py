"""The command line for figures: python -m etl read, check, compare, load, show, export, template, undo, verify."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence

from core.catalogue import Catalogue, load_catalogue
from core.errors import Fault, FaultError
from core.store.rules import YEARS
from etl.commands import holdings, reports
from etl.commands.arguments import parser
from etl.commands.notes import note
from etl.said import said

COMMANDS: dict[str, Callable[[argparse.Namespace, Catalogue], int]] = {
    "read": reports.read, "check": reports.read, "load": reports.load, "compare": reports.compare,
    "show": holdings.show, "export": holdings.export, "template": holdings.template,
    "load-package": holdings.load_package, "undo": holdings.undo,
    "remove-sample": holdings.remove_sample, "verify": holdings.verify, "note": note,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 where all is well, 1 where something is wrong or refused, 130 if stopped."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # a Vietnamese Windows console begins in a code page without ư
    args = parser().parse_args(arguments)
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


def _refuse_year(year: int | None) -> None:
    if year is not None and year not in YEARS:
        params = {"year": year, "first": YEARS[0], "last": YEARS[-1]}
        raise FaultError([Fault("etl.year_argument", params=params)])


def _kept_details() -> str:
    """Writes what went wrong to a file for a developer and gives its name: an office reads sentences, not code."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="etl-", suffix=".txt", delete=False) as file:
        traceback.print_exc(file=file)
    return file.name


if __name__ == "__main__":
    sys.exit(main())
