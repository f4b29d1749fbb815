"""What the window behind a number asks of the store, and what it says of a number that nothing is behind."""

from datetime import date

import pytest
from sqlalchemy import event

from app.ui.context import Context
from app.ui.origin import origin_html, origin_of
from core.catalogue import load_catalogue
from core.figures import Ref
from core.rights import PUBLIC, Person
from core.store import store_batch
from core.store.review import approve_submitted, unlock
from tests.core.store.examples import WARD, add_account, figure, report

MONEY = Ref(WARD, 2020, "budget_revenue", scenario="actual")


def context(store, role=PUBLIC):
    """A ward looked at."""
    catalogue = load_catalogue()
    return Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD), person=Person(role))


def test_a_number_without_rows_is_said_to_have_none(store):
    """Its window is no empty frame."""
    ctx = context(store)
    found = origin_of(ctx, MONEY)
    assert found.rows == () and ctx.t("origin.none") in origin_html(ctx, found)


def test_the_window_reads_the_reports_of_its_own_rows_and_no_others(store):
    """A province has thousands of reports; a number has one or two, and their titles stand in the window."""
    for year in (2019, 2020):
        paper = report(f"năm {year}", name=f"{year}.docx", title=f"Báo cáo năm {year}", published=date(year, 12, 20))
        store_batch(store, figures=[figure(value="8", year=year)], report=paper, who="an")
    read = []
    event.listen(store.reader, "before_cursor_execute", lambda *a: read.append(a[2]))
    ctx = context(store)
    found = origin_of(ctx, MONEY)
    of_reports = [statement for statement in read if "report.sha256, report.name" in statement]
    assert of_reports and all("batch.id IN" in statement for statement in of_reports)
    assert "Báo cáo năm 2020" in origin_html(ctx, found)


@pytest.fixture
def corrected(store):
    """A figure that was stored by a file, wrongly corrected, and corrected again and approved."""
    paper = report(name="bi-mat.docx", title="Báo cáo 2020")
    store_batch(store, figures=[figure(value="48")], report=paper, who="ông Ba", note="ghi chú riêng")
    add_account(store, "lan")
    unlock(store, WARD, 2020, "lan", "mở để sửa")
    store_batch(store, figures=[figure(value="666", reason="sửa sai")], report=None, who="bà Tư")
    store_batch(store, figures=[figure(value="49", reason="theo quyết toán")], report=None, who="bà Tư")
    approve_submitted(store, WARD, 2020, "lan")
    return store


def test_who_enters_figures_reads_every_value_with_names_and_reasons(corrected):
    """Also the one that nobody ever approved."""
    ctx = context(corrected, "staff")
    seen = origin_html(ctx, origin_of(ctx, MONEY))
    for words in ("Các giá trị trước (2)", "<summary>", "666 đồng", "48 đồng", "bà Tư", "ông Ba", "Lý do: sửa sai",
                  "Lý do: theo quyết toán", "đã duyệt: Lan, ", "ghi chú riêng", "Báo cáo 2020"):  # fmt: skip
        assert words in seen


def test_a_viewer_reads_names_but_no_value_that_never_was_approved(corrected):
    """The value between the two is not among the earlier ones."""
    ctx = context(corrected, "viewer")
    seen = origin_html(ctx, origin_of(ctx, MONEY))
    assert "666" not in seen and "48 đồng" in seen and "ông Ba" in seen and "Các giá trị trước (1)" in seen


def test_the_public_reads_approved_values_and_days_and_nothing_of_people_or_files(corrected):
    """Reasons are left out with the names: people are named in them."""
    ctx = context(corrected)
    seen = origin_html(ctx, origin_of(ctx, MONEY))
    assert "48 đồng" in seen and "đã duyệt, " in seen
    for words in ("666", "bà Tư", "ông Ba", "Lan", "lan", "bi-mat", "Lý do", "ghi chú riêng"):
        assert words not in seen


def test_the_window_asks_few_questions(corrected):
    """It is opened often, and each of its rows needs no question of its own."""
    read = []
    event.listen(corrected.reader, "before_cursor_execute", lambda *a: read.append(a[2]))
    origin_of(context(corrected, "staff"), MONEY)
    assert len([words for words in read if words.startswith("SELECT")]) <= 16
