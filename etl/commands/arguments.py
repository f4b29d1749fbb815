"""What each command may be told."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.store import TIDY_COLUMNS
from core.store.dump import FORMATS
from core.store.notes import KINDS
from core.texts import LANGUAGES
from etl.readers.gate import ENCODINGS
from etl.said import said


def parser() -> argparse.ArgumentParser:
    """The whole command line; what a command does not know, argparse refuses with exit code 2."""
    # argparse's own words are English; each command's purpose is said in both languages
    whole = argparse.ArgumentParser(prog="python -m etl", description=said("cli", "vi") + " / " + said("cli", "en"))
    commands = whole.add_subparsers(dest="command", required=True)

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
    return whole


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
