"""Hand-made tables and the real catalogue for the tests of what comes in."""

from decimal import Decimal

import pytest

from core.catalogue import load_catalogue
from etl.document import Cell, Document, Table
from etl.find.labels import Labels


@pytest.fixture(scope="session")
def catalogue():
    """The shipped catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def labels(catalogue):
    """The row labels of the shipped catalogue."""
    return Labels(catalogue)


def make_table(rows, place="Thu", before=(), merged=()):
    """A table as a spreadsheet's reader gives it: text as text, int, float and Decimal as stored numbers."""
    width = max(len(row) for row in rows)
    cells = tuple(
        tuple(_cell(row[at] if at < len(row) else "", number, at) for at in range(width))
        for number, row in enumerate(rows, start=1)
    )
    return Table(place, cells, merged, tuple(before))


def _cell(said, row, at):
    ref = f"{chr(65 + at)}{row}"
    if isinstance(said, Cell):
        return Cell(said.text, ref, said.number, said.moment, said.formula_without_value, said.hidden)
    if isinstance(said, int | float | Decimal):
        return Cell(str(said), ref, Decimal(str(said)))
    return Cell(said or "", ref)


@pytest.fixture
def table():
    """The maker of hand-made tables."""
    return make_table


@pytest.fixture
def document():
    """The maker of documents from hand-made parts."""
    return lambda *parts, name="bao-cao.xlsx": Document(name, "xlsx", "0" * 64, tuple(parts))
