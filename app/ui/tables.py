"""Tables as a reader and a screen reader meet them, and the same rows as a file to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection
from html import escape

from app.views.view import Table
from core.store.dump import inert
from core.vi.text import fold


def table_html(
    table: Table,
    *,
    chosen: str = "",
    words: Collection[int] = (),
    link: Callable[[str], str] | None = None,
    stacked: bool = False,
) -> str:
    """A real <table> with caption and scopes; the column or row headed `chosen` (a year) carries the year band.

    All text is escaped. Cells are the ready text of the view; the first column heads its row. Columns in `words` hold
    words and stand to the left, all others numbers. `link` makes the address of a cell's source from its reference. A
    `stacked` table stands on a phone row under row, each cell that says something after the name of its column.
    """
    marks = [
        ' class="w-chosen"' if chosen and name == chosen else ' class="w-words"' if place in words else ""
        for place, name in enumerate(table.header)
    ]
    head = "".join(
        f'<th scope="col"{mark}>{escape(name)}</th>' for name, mark in zip(table.header, marks, strict=True)
    )
    names = table.header if stacked else ()
    refs = table.refs if link and table.refs else tuple(("",) * len(row) for row in table.rows)
    body = "".join(
        _row_html(row, own, marks, chosen, link, names) for row, own in zip(table.rows, refs, strict=True)
    )
    look = "w-table w-stacked" if stacked else "w-table"
    return (
        f'<div class="w-scroll" tabindex="0"><table class="{look}"><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{_notes_html(table)}</table></div>"
    )


def _notes_html(table: Table) -> str:
    """The notes on the table's years in its foot, with the numbers they have under the chart."""
    if not table.notes:
        return ""
    lines = "<br>".join(escape(line) for line in table.notes)
    return f'<tfoot><tr><td class="w-words" colspan="{len(table.header)}">{lines}</td></tr></tfoot>'


def _row_html(
    row: tuple[str, ...],
    refs: tuple[str, ...],
    marks: list[str],
    chosen: str,
    link: Callable[[str], str] | None,
    names: tuple[str, ...] = (),
) -> str:
    band = ' class="w-chosen"' if chosen and row and row[0] == chosen else ""
    said = [
        f'<a class="w-number" href="{escape(link(ref))}">{escape(cell)}</a>' if link and ref else escape(cell)
        for cell, ref in zip(row, refs, strict=True)
    ]
    heads = [
        f' data-name="{escape(name)}"' if name and any(sign.isalnum() for sign in cell) else ""
        for name, cell in zip(names or [""] * len(row), row, strict=True)
    ]
    cells = "".join(
        f'<th scope="row"{mark}>{cell}</th>' if place == 0 else f"<td{mark}{head}>{cell}</td>"
        for place, (cell, mark, head) in enumerate(zip(said, marks, heads, strict=True))
    )
    return f"<tr{band}>{cells}</tr>"


def table_csv(table: Table) -> bytes:
    """A table as CSV: UTF-8 with a byte-order mark, as Excel opens it; numbers from `raw` where the view gives them.

    Text that a spreadsheet would take for a formula is led by an apostrophe; a missing number is an empty cell.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if table.raw is None:
        writer.writerow([inert(name) for name in table.header])
        writer.writerows([[inert(cell) for cell in row] for row in table.rows])
    else:
        writer.writerow([inert(str(name)) for name in table.raw.columns])
        for row in table.raw.itertuples(index=False, name=None):
            writer.writerow([_cell(value) for value in row])
    return ("\N{BYTE ORDER MARK}" + out.getvalue()).encode()


def _cell(value: object) -> str:
    if value is None or value != value:  # NaN is what a frame holds for a missing number
        return ""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def file_name(*parts: str) -> str:
    """A plain ASCII file name without accents or spaces from the parts that are not empty."""
    folded = "-".join(fold(part) for part in parts if part)
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in folded)
    return "-".join(piece for piece in kept.split("-") if piece)
