"""Uploading in a real browser: a file is stopped in the middle, a workbook comes back marked, a form is handed out."""

from __future__ import annotations

import io
import os
import select
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.texts import text
from etl.find.template import COLUMNS
from etl.template import template
from tests.bundled import own_copy
from tests.running import RunningProgram

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RED = "FFFBD5D5"
WARD = UnitKey("MAU01", date(1900, 1, 1))
SCREEN = "/nap-bao-cao"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The real program over a store of its own."""
    running = RunningProgram(own_copy(tmp_path_factory.mktemp("upload")))
    yield running
    running.stop()


def drop(page, name: str, content: bytes, kind: str) -> None:
    """Put a file into the uploader."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def downloaded(page, button) -> bytes:
    """What a button hands out."""
    with page.expect_download(timeout=60_000) as taken:
        button.click()
    return Path(taken.value.path()).read_bytes()


def faulty_form() -> bytes:
    """A form of the sample ward in which 13 of 12 groups reached the title, pasted past the guards."""
    catalogue = load_catalogue()
    book = openpyxl.load_workbook(io.BytesIO(template(2020, catalogue.unit(WARD), catalogue)))
    page = book["Chỉ tiêu"]
    row = next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == "cultural_groups")
    for column, value in (("value", 13), ("of", 12)):
        page.cell(row, COLUMNS.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_table() -> bytes:
    """A table of nearly two million cells, within every limit."""
    row = ";".join(["Chỉ tiêu nào đó"] + ["12,5"] * 9) + "\n"
    return ("\ufeff" + ";".join("abcdefghik") + "\n" + row * 190_000).encode()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the program's processes")
def test_a_press_on_stop_ends_a_file_in_the_middle(visit, program):
    """A table that keeps its reader busy: the reading process is gone, the box is empty, and the next file is read."""

    def children() -> list[str]:
        threads = Path(f"/proc/{program.pid}/task").glob("*/children")
        return [pid for thread in threads for pid in thread.read_text().split()]

    it = visit()
    it.go(SCREEN)
    drop(it.page, "cham.csv", long_table(), "text/csv")
    stop = it.page.locator("[class*=st-key-stop-] button")
    stop.wait_for(timeout=30_000)
    it.page.wait_for_function("() => document.body.innerText.includes('cham.csv (')", timeout=60_000)
    reading = [os.pidfd_open(int(pid)) for pid in children()]
    assert reading
    stop.click()
    it.page.wait_for_function("() => !document.body.innerText.includes('cham.csv')", timeout=30_000)
    it.settle()
    assert [each for each in reading if not select.select([each], [], [], 30)[0]] == [], "still reading"
    drop(it.page, "ngan.txt", "BÁO CÁO năm 2020 của Phường Mẫu".encode(), "text/plain")
    it.page.get_by_role("heading", name="ngan.txt").wait_for(timeout=60_000)


def test_a_refused_workbook_is_handed_back_with_its_marks(visit):
    """The same file, its bad cell red with a note, and a sheet that opens first."""
    it = visit()
    it.go(SCREEN)
    drop(it.page, "bieu.xlsx", faulty_form(), EXCEL)
    button = it.page.get_by_role("button", name=text("upload.marked", "vi"))
    button.wait_for(timeout=60_000)
    it.settle()
    book = openpyxl.load_workbook(io.BytesIO(downloaded(it.page, button)))
    assert book.active.title == text("etl.marks_sheet", "vi")
    red = [cell for row in book["Chỉ tiêu"].iter_rows() for cell in row if cell.fill.fgColor.rgb == RED]
    assert [(cell.value, bool(cell.comment)) for cell in red] == [(13, True)]


def test_the_form_of_the_ward_and_an_earlier_year_is_handed_out(visit):
    """Of the ward that is looked at, for the year that is chosen."""
    it = visit("phone")
    it.go(SCREEN)
    it.page.locator(".st-key-form-year").get_by_role("combobox").click()
    it.page.get_by_role("option", name=str(date.today().year - 1)).click()
    it.settle()
    button = it.page.locator(".st-key-form-get button")
    book = openpyxl.load_workbook(io.BytesIO(downloaded(it.page, button)))
    assert str(date.today().year - 1) in book["Chỉ tiêu"]["B1"].value
