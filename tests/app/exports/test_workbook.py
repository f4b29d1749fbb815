"""A view as a workbook, read back by another library."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from app.exports.workbook import view_xlsx
from app.views.view import Table, View


@pytest.fixture
def view():
    """A view with years, đồng, a share, a missing number and text that looks like a formula."""
    raw = pd.DataFrame(
        {
            "name": ["=1+1", "Thu"], "year": [2019, 2020], "value": [Decimal("49086000000"), None],
            "rate": [Decimal("91.6"), Decimal("92")],
        }
    )  # fmt: skip
    table = Table("Bảng thu", ("Tên", "Năm"), (("=1+1", "2019"), ("Thu", "2020")), raw)
    return View(
        id="v", kind="bars", lang="vi", title="Thu tăng", subtitle="tỷ đồng, Phường Mẫu", frame=raw, table=table,
        alt="", source="Báo cáo 2020", notes=("Một", "Hai"), is_sample=True,
    )  # fmt: skip


def opened(view) -> openpyxl.Workbook:
    """The workbook as Excel would find it."""
    return openpyxl.load_workbook(io.BytesIO(view_xlsx(view)))


def test_text_that_looks_like_a_formula_stays_text(view):
    """Nobody's Excel works it out."""
    cell = opened(view).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_missing_number_is_an_empty_cell(view):
    """Neither nought nor a word."""
    assert opened(view).worksheets[0]["C3"].value is None


def test_the_figures_are_real_numbers_under_a_frozen_header(view):
    """Years without separators, amounts with, shares with the decimals they have."""
    sheet = opened(view).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["name", "year", "value", "rate"]
    assert [cell.value for cell in sheet[2]][1:] == [2019, 49086000000, 91.6]
    assert [cell.number_format for cell in sheet[2]][1:] == ["0", "#,##0", "#,##0.0"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:D3"


def test_the_second_sheet_says_what_the_figures_are(view):
    """Title, unit and place, source, numbered notes and the sample mark."""
    said = [row[1] for row in opened(view).worksheets[1].iter_rows(values_only=True)]
    assert said == [
        "Thu tăng", "tỷ đồng, Phường Mẫu", "Bảng thu", "Báo cáo 2020", "1. Một", "2. Hai", "số liệu minh họa"
    ]  # fmt: skip


def test_a_table_of_words_is_written_as_it_is_printed(view):
    """Where a view gives no numbers."""
    from dataclasses import replace

    words = replace(view, table=replace(view.table, raw=None))
    rows = list(opened(words).worksheets[0].iter_rows(values_only=True))
    assert rows == [("Tên", "Năm"), ("=1+1", "2019"), ("Thu", "2020")]
