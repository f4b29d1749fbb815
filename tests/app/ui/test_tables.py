"""Tables for the eye, the screen reader and the spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.tables import file_name, table_csv, table_html
from app.views.view import Table

ROWS = (("Dự toán", "48,1", "48,6"), ("Thực hiện", "–", "49,1"))
TABLE = Table("Thu ngân sách, tỷ đồng", ("Năm", "2019", "2020"), ROWS)


def read(content: bytes) -> list[list[str]]:
    """The rows of a CSV download."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_text_that_looks_like_markup_is_shown_as_text():
    """In caption, header and cell."""
    table = Table("<b>a</b>", ("<i>", "x"), (("<script>", '"&'),))
    page = table_html(table)
    assert "<b>" not in page and "<i>" not in page and "<script>" not in page
    assert "&lt;script&gt;" in page and "&quot;&amp;" in page


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@sum", "\tx", "\rx", "\nx", " =1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(cell):
    """In a column of text; numbers stay numbers."""
    assert read(table_csv(Table("", ("a",), ((cell,),))))[1][0].startswith("'")
    raw = pd.DataFrame({"a": [cell], "n": [-2.5]})
    assert read(table_csv(Table("", ("a", "n"), ((cell, "-2,5"),), raw)))[1] == ["'" + cell, "-2.5"]


def test_a_missing_number_is_an_empty_cell():
    """Neither nan nor 0; whole numbers carry no decimal point."""
    raw = pd.DataFrame({"Năm": [2019, 2020], "Thực hiện": [None, 49e9]})
    assert read(table_csv(Table("", (), (), raw))) == [["Năm", "Thực hiện"], ["2019", ""], ["2020", "49000000000"]]


def test_a_stacked_table_says_the_name_of_its_column_in_every_cell_that_says_something():
    """A phone shows it row under row; one that is not stacked carries no second copy of its heads."""
    page = table_html(TABLE, stacked=True)
    assert "w-stacked" in page and page.count('data-name="2020"') == len(ROWS)
    assert page.count('data-name="2019"') == 1 and "<td>–</td>" in page, "what is not there needs no line on a phone"
    assert 'data-name="&lt;i&gt;"' in table_html(Table("", ("a", "<i>"), (("1", "2"),)), stacked=True)
    assert "data-name" not in table_html(TABLE) and "w-stacked" not in table_html(TABLE)


def test_the_table_is_one_for_a_screen_reader():
    """Caption, column headers, row headers; the place that scrolls can be reached by keyboard."""
    page = table_html(TABLE)
    assert "<caption>Thu ngân sách, tỷ đồng</caption>" in page and page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2 and 'tabindex="0"' in page


def test_the_chosen_year_carries_its_band_as_column_or_as_row():
    """The whole column under its head, or the row it heads; nothing where no year is chosen."""
    assert table_html(TABLE, chosen="2020").count("w-chosen") == 3
    by_year = Table("", ("Năm", "Thu"), (("2019", "1"), ("2020", "2")))
    assert table_html(by_year, chosen="2020").count("w-chosen") == 1
    assert "w-chosen" not in table_html(TABLE)


def test_a_download_opens_in_excel_with_its_accents():
    """The byte-order mark leads, the printed rows follow where a view gives no raw numbers."""
    content = table_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["Năm", "2019", "2020"], ["Dự toán", "48,1", "48,6"], ["Thực hiện", "–", "49,1"]]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=2, max_size=2), max_size=5))
def test_every_text_comes_back_from_the_download(rows):
    """But for the apostrophe that makes it inert."""
    table = Table("", ("a", "b"), tuple(map(tuple, rows)))
    back = read(table_csv(table))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_a_file_name_is_plain_letters():
    """Accents, spaces and signs that file systems dislike are gone."""
    assert file_name("Phường Đống Đa", "", "thu/chi: 2020") == "phuong-dong-da-thu-chi-2020"


def test_a_number_with_a_reference_is_a_link_and_its_address_is_escaped():
    """Only where the table has references and the screen says how to make addresses of them."""
    table = Table("", ("a", "b"), (("x", "1"), ("y", "2")), refs=(("", "r&1"), ("", "")))
    page = table_html(table, link=lambda ref: f"/s?so={ref}")
    assert page.count("<a ") == 1 and 'href="/s?so=r&amp;1">1</a>' in page
    assert "<a " not in table_html(table)


def test_notes_on_the_years_stand_in_the_foot_of_the_table():
    """With their numbers, across all columns; a table without notes has no foot."""
    table = Table("Thu", ("Năm", "Thu"), (("2020", "49,09"),), notes=("1. 2020: dịch bệnh & lũ", "2. 2021: giãn cách"))
    body = table_html(table)
    assert '<tfoot><tr><td class="w-words" colspan="2">1. 2020: dịch bệnh &amp; lũ<br>2. 2021: giãn cách</td>' in body
    assert "<tfoot>" not in table_html(replace(table, notes=()))
