"""What reports say of people: a register's column of names goes no further than the file itself."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date

import docx
import openpyxl
import pytest

from etl.run import read_reports

TODAY = date(2026, 1, 5)
NAMES = ("Lò Văn Pịa", "Hồ Thị Nhớ")
REGISTER = [
    ["STT", "Họ và tên", "Danh hiệu, hình thức khen thưởng", "Cấp", "Đối tượng", "Số lượng", "Số quyết định"],
    *(["1", name, "Giấy khen", "Phường", "Cá nhân", "1", "12/QĐ-UBND"] for name in NAMES),
]
HEADING = ["UBND PHƯỜNG KHƯƠNG THƯỢNG", "KẾT QUẢ KHEN THƯỞNG NĂM 2021"]


def workbook() -> bytes:
    """The register as a sheet."""
    book = openpyxl.Workbook()
    for row in [*([line] for line in HEADING), *REGISTER]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def letter() -> bytes:
    """The register as a table of a document."""
    written = docx.Document()
    for line in HEADING:
        written.add_paragraph(line)
    grid = written.add_table(len(REGISTER), len(REGISTER[0]))
    for cells, row in zip(grid.rows, REGISTER, strict=True):
        for cell, said in zip(cells.cells, row, strict=True):
            cell.text = said
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content"), [("khen.xlsx", workbook()), ("khen.docx", letter())])
def test_a_register_with_names_is_read_without_them(catalogue, name, content):
    """Two people under one decision are one row of the register with the number two, and nothing names them."""
    (reading,) = read_reports([(name, content)], catalogue, today=TODAY)
    assert reading.faults == []
    (award,) = reading.tidy.awards
    assert (award.honour, award.recipient, award.count) == ("gk_phuong", "individual", 2)
    said = str([asdict(each) for each in (*reading.tidy.figures, *reading.tidy.awards, *reading.tidy.groups)])
    assert not [person for person in NAMES if person in said]
