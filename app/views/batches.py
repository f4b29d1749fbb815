"""The batches of the store in words: what each one stored or took back."""

from __future__ import annotations

import pandas as pd

from app.views.stored import who_words
from app.views.view import Table
from core.store import CONVERTED
from core.store.undo import SAMPLE_REMOVED, SAMPLE_RESTORED
from core.texts import text
from core.vi.encodings import NAMES
from core.vi.format import format_moment

COLUMNS = ("batch", "at", "who", "what", "rows", "state", "reason")


def batches_table(frame: pd.DataFrame, lang: str) -> Table:
    """Rows of core.store.batches as a table."""
    rows = tuple(
        (str(row["batch"]), format_moment(row["at"]), who_words(row["who"], lang), _what(row, lang),
         str(row["rows"]) if pd.isna(row["undoes"]) else "", text(f"upload.{row['state']}", lang),
         _reason(row["note"], lang))
        for row in frame.to_dict("records")
    )  # fmt: skip
    header = tuple(text(f"upload.{name}", lang) for name in COLUMNS)
    return Table(text("upload.batches_caption", lang, count=len(rows)), header, rows)


def batch_names(frame: pd.DataFrame, lang: str) -> dict[int, str]:
    """Each batch in one line, by number."""
    return {
        int(row["batch"]): text(
            "upload.option", lang, batch=row["batch"], what=_what(row, lang), who=who_words(row["who"], lang),
            at=format_moment(row["at"]),
        )
        for row in frame.to_dict("records")
    }


def _reason(note: str, lang: str) -> str:
    """Why, in the words of whoever did it, or of the program where it did it at a person's wish."""
    if note.startswith(CONVERTED):
        names = ", ".join(NAMES[name] for name in note.removeprefix(CONVERTED).split(", "))
        return text("upload.was_converted", lang, encoding=names)
    return text(f"upload.{note}", lang) if note in (SAMPLE_REMOVED, SAMPLE_RESTORED) else note


def _what(row: dict, lang: str) -> str:
    if not pd.isna(row["undoes"]):
        return text("upload.undoes", lang, batch=row["undoes"])
    return row["report"] or text("upload.by_hand", lang)
