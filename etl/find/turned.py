"""Tables with years down and indicators across, set the usual way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.document import Cell, Table
from etl.find.columns import YEAR, is_numbering, read_column
from etl.find.labels import Labels
from etl.find.mapped import header_top
from etl.find.values import is_figure

_NAMES = "Chỉ tiêu"  # the word that heads the names of an annex
_FIRST = 2  # a column of row numbers may stand before the years


def turned(table: Table, labels: Labels) -> Table | None:
    """The table with a row for each indicator and a column for each year; None where it does not run the other way.

    It does where two rows or more begin with a year ("2019", "Ước 2021", "Kế hoạch năm 2022") and a header names an
    indicator of the catalogue, alone or above "Dự toán" and "Thực hiện". Every cell keeps its place in the file.
    """
    for at in range(min(_FIRST, len(table.rows[0]) if table.rows else 0)):
        years = [number for number, row in enumerate(table.rows) if number and _is_year(row[at])]
        if len(years) < 2 or len({table.rows[number][at].text.strip() for number in years}) < len(years):
            continue
        top = header_top(table, years[0])
        header = [row for row in table.rows[top : years[0]] if not is_numbering(row)]
        if any(is_figure(cell) for row in header for cell in row):
            continue  # the 2.000th row of a long list is no year
        said = [_named(header, place, labels) for place in range(at + 1, len(table.rows[0]))]
        if not any(labels.find(label) for label, _ in said):
            continue
        kinds = list(dict.fromkeys(kind for _, kind in said))
        head = [
            Cell(f"{kind} {table.rows[number][at].text}".strip(), table.rows[number][at].ref)
            for number in years
            for kind in kinds
        ]
        places = {(label, kind): at + 1 + index for index, (label, kind) in reversed(list(enumerate(said)))}
        name = table.rows[years[0] - 1]
        rows = tuple(
            (
                replace(name[next(place for (own, _), place in places.items() if own == label)], text=label),
                *(_cell(table.rows[number], places.get((label, kind))) for number in years for kind in kinds),
            )
            for label in dict.fromkeys(label for label, _ in said)
        )
        texts = [[text for cell in row if (text := cell.text.strip())] for row in table.rows[:top]]
        titles = [text for row in texts for text in dict.fromkeys(row)]
        return replace(
            table, rows=((Cell(_NAMES, name[at].ref), *head), *rows), merged=(), before=(*table.before, *titles)
        )
    return None


def _is_year(cell: Cell) -> bool:
    said = cell.text.strip()
    return YEAR.search(said) is not None and read_column(0, said).role == "value"


def _named(header: Sequence[Sequence[Cell]], place: int, labels: Labels) -> tuple[str, str]:
    """What a column is of, and its kind where the lowest words only tell that: ("Thu ngân sách", "Dự toán")."""
    levels = list(dict.fromkeys(text for row in header if (text := " ".join(row[place].text.split()))))
    if len(levels) > 1 and labels.find(" ".join(levels[:-1])):
        return " ".join(levels[:-1]), levels[-1]
    return " ".join(levels), ""


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return Cell("", row[0].ref) if place is None else row[place]
