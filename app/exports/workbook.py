"""The figures of a view as a workbook: a sheet of real numbers and a sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from numbers import Number

import pandas as pd
import xlsxwriter

from app.views.view import Table, View
from app.views.words import source_line
from core.texts import text

WHOLE = "#,##0"  # every Excel prints the signs of its own country for , and .
_WIDEST = 60  # characters of a column


def view_xlsx(view: View) -> bytes:
    """A view as .xlsx: its figures under a frozen header row, then title, subtitle, source and notes.

    Numbers are numbers with a format of their own, so that Excel prints them as its user's country does; text stays
    text, also where it looks like a formula; a missing number is an empty cell.
    """
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        _figures(book, view)
        _about(book, view)
        book.set_properties({"title": view.title, "comments": source_line(view.source, view.lang)})
    return out.getvalue()


def _figures(book: xlsxwriter.Workbook, view: View) -> None:
    sheet = book.add_worksheet(text("ui.sheet_figures", view.lang))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    header, rows = cells(view.table)
    for place, name in enumerate(header):
        sheet.write_string(0, place, name, head)
        column = [row[place] for row in rows]
        style = book.add_format({"num_format": number_format(column)})
        for line, value in enumerate(column, start=1):
            write_cell(sheet, line, place, value, style)
        longest = max([len(name), *(len(str(value)) for value in column if not missing(value))])
        sheet.set_column(place, place, min(_WIDEST, longest + 3))
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(header) - 1)


def cells(table: Table) -> tuple[list[str], list[tuple]]:
    """Header and rows of a table for a file: its numbers where the view gives them, else its ready text."""
    if table.raw is None:
        return list(table.header), list(table.rows)
    return [str(name) for name in table.raw.columns], list(table.raw.itertuples(index=False, name=None))


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object, style: object) -> None:
    """Write a number as a number and anything else as text, never as a formula or a link; nothing for nothing."""
    if missing(value) or value == "":
        return
    if isinstance(value, (Number, Decimal)) and not isinstance(value, bool):
        sheet.write_number(line, place, float(value), style)
    else:
        sheet.write_string(line, place, str(value))


def missing(value: object) -> bool:
    """Whether a cell has nothing in it."""
    return value is None or value is pd.NA or value != value


def number_format(column: Sequence[object]) -> str:
    """Years as they are; whole numbers with separators; others with as many decimals as the column needs, up to 4."""
    known = [Decimal(str(value)) for value in column if isinstance(value, (Number, Decimal)) and not missing(value)]
    if known and all(number == number.to_integral_value() for number in known):
        return "0" if all(1900 <= number <= 2100 for number in known) else WHOLE
    return f"{WHOLE}." + "0" * decimals(known, most=4)


def decimals(known: Sequence[Decimal], most: int) -> int:
    """How many decimals numbers of which not all are whole are printed with: as many as they have, up to `most`."""
    places = max((-number.normalize().as_tuple().exponent for number in known), default=0)
    return max(1, min(most, places))


def _about(book: xlsxwriter.Workbook, view: View) -> None:
    sheet = book.add_worksheet(text("ui.sheet_about", view.lang))
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    lines = [
        ("sheet_title", view.title), ("sheet_subtitle", view.subtitle), ("sheet_table", view.table.caption),
        ("sheet_source", view.source), *(("sheet_note", f"{at}. {note}") for at, note in enumerate(view.notes, 1)),
        *([("sheet_sample", text("ui.sample_mark", view.lang))] if view.is_sample else []),
    ]  # fmt: skip
    for line, (name, said) in enumerate(lines):
        sheet.write_string(line, 0, text(f"ui.{name}", view.lang), bold)
        sheet.write_string(line, 1, said, wrapped)
