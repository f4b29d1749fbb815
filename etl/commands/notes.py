"""The command for notes on a unit's years: note add, note list, note withdraw."""

from __future__ import annotations

import argparse
from datetime import date

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.store import Note, add_note, list_notes, withdraw_note
from core.texts import text
from etl.commands.console import migrated_store, say, unit_of, who
from etl.said import said


def note(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Add, list or take back notes on a unit's years."""
    store = migrated_store(catalogue)
    if args.action == "withdraw":
        withdraw_note(store, args.note, who())
        say(said("note_withdrawn", args.lang, note=args.note))
        return 0
    unit = unit_of(args.unit, catalogue, args.year)
    if args.action == "add":
        note = Note(unit, args.year, args.text, args.kind, args.indicator, _day(args.day), args.basis,
                    replaces=args.replaces)  # fmt: skip
        say(said("note_added", args.lang, note=add_note(store, note, who())))
        return 0
    found = list_notes(store, [unit], [args.year] if args.year else None)
    for note in found:
        when = f"{note.day:%d/%m/%Y}" if note.day else str(note.year)
        kind = text(f"notes.kind_{note.kind}", args.lang)
        say("  ".join(filter(None, (str(note.id), when, kind, note.indicator, note.text, note.basis, note.who))))
    if not found:
        say(said("note_none", args.lang))
    return 0


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise FaultError([Fault("etl.day_argument", params={"day": words})]) from error
