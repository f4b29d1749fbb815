"""Plain exports: exact numbers, the approved values, no text that a spreadsheet would run."""

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from core.errors import FaultError
from core.figures import UnitKey
from core.store import TIDY_COLUMNS, Group, dump, store_batch
from core.store.dump import csv_bytes
from core.store.review import unlock
from tests.core.store.examples import WARD, add_account, award, figure, plan, report

OTHER = UnitKey("00001", WARD.valid_from)


def written(store, table="tidy_indicators", format="csv", **rest) -> bytes:
    file = io.BytesIO()
    dump(store, table, format, file, **rest)
    return file.getvalue()


def read_csv(content: bytes, delimiter=",") -> list[dict]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_an_unknown_table_and_format_are_refused_together(sqlite_store, tmp_path):
    """Two sentences, and no file."""
    with pytest.raises(FaultError) as error:
        dump(sqlite_store, "figure", "pdf", tmp_path / "a.pdf")
    assert [fault.code for fault in error.value.faults] == ["store.unknown_table", "store.unknown_format"]
    assert not (tmp_path / "a.pdf").exists()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request, new_store):
    """A store with a figure of each family and an award, which no test changes."""
    with new_store(request.param) as store:
        figures = [figure(), figure("cultural_groups", "13"), figure("award_households", "5")]
        store_batch(store, figures=figures, awards=[award()], report=report(), who="an")
        yield store


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("table", TIDY_COLUMNS)
def test_every_form_has_the_columns_of_the_view(filled, table, format, tmp_path):
    """Empty or full, in a file or a stream; the number of rows is told."""
    path = tmp_path / f"a.{format}"
    rows = dump(filled, table, format, path)
    assert rows > 0
    content = path.read_bytes()
    if format == "csv":
        lines = read_csv(content)
    elif format == "json":
        lines = json.loads(content)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        head, *body = sheet.iter_rows(values_only=True)
        lines = [dict(zip(head, line, strict=True)) for line in body]
    assert len(lines) == rows
    assert list(lines[0]) == list(TIDY_COLUMNS[table])
    assert dump(filled, table, format, io.BytesIO(), unit=OTHER) == 0


def test_decimals_are_written_exactly(store):
    """No digit more or less than was stored; a comma for a Vietnamese Excel; missing is empty."""
    store_batch(store, figures=[figure(value="12345678901234.567"), plan(value="0.10")], report=None, who="an")
    values = {row["scenario"]: row["value"] for row in read_csv(written(store)) if row["method"] == "reported"}
    assert values == {"actual": "12345678901234.567", "plan": "0.1"}
    rows = read_csv(written(store, delimiter=";"), ";")
    assert {row["value"] for row in rows if row["method"] == "reported"} == {"12345678901234,567", "0,1"}
    assert {row["of"] for row in rows} == {""}
    exact = json.loads(written(store, format="json"), parse_float=Decimal)
    assert Decimal("12345678901234.567") in [row["value"] for row in exact]
    assert {row["of"] for row in exact} == {None}
    assert {row["is_sample"] for row in exact} == {False}


def test_a_text_that_looks_like_a_formula_is_no_formula(store):
    """A report's name or a group's id cannot run in the reader's spreadsheet."""
    evil = "=HYPERLINK(\"http://example.invalid\")"
    groups = [Group("+1", WARD, "@SUM(A1)", "tổ dân phố")]
    title = figure("cultural_group_title", "1", member="+1")
    store_batch(store, figures=[title], groups=groups, report=report(name=f"{evil}.docx"), who="an")
    (row,) = read_csv(written(store, "tidy_culture"))
    assert (row["source"], row["member"], row["group_name"]) == (f"'{evil}.docx", "'+1", "'@SUM(A1)")
    sheet = openpyxl.load_workbook(io.BytesIO(written(store, "tidy_culture", "xlsx"))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "b"}


@pytest.mark.parametrize("start", [*"=+-@＝＋", "\t", "\r", "\n", " =", "\u00a0+", "\ufeff=", "\x01@"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_of_a_csv_begins_as_a_spreadsheet_would_run_it(start, delimiter):
    """Behind blanks and signs it skips, and in wide letters too; a number with its sign and other words stay bare."""
    cells = [f"{start}1+1", "a=1", " chữ", "1-2", Decimal("-1.5")]
    ((said, *rest),) = list(csv.reader(io.StringIO(csv_bytes([], [cells], delimiter).decode("utf-8-sig"), newline=""),
                                       delimiter=delimiter))[1:]  # fmt: skip
    assert said == f"'{start}1+1" and rest == ["a=1", " chữ", "1-2", "-1,5" if delimiter == ";" else "-1.5"]


def test_what_waits_for_approval_is_not_exported(store):
    """A correction after the last approval stays at home."""
    store_batch(store, figures=[figure(value="1")], report=None, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", "sửa sau quyết toán")
    store_batch(store, figures=[figure(value="2")], report=None, who="an")
    assert [row["value"] for row in read_csv(written(store))] == ["1"]
