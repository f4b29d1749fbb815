"""What the window behind a number asks of the store, and what it says of a number that nothing is behind."""

from datetime import date

from sqlalchemy import event

from app.ui.context import Context
from app.ui.origin import origin_html, origin_of
from core.catalogue import load_catalogue
from core.figures import Ref
from core.store import store_batch
from tests.core.store.examples import WARD, figure, report

MONEY = Ref(WARD, 2020, "budget_revenue", scenario="actual")


def context(store):
    """A ward looked at."""
    catalogue = load_catalogue()
    return Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD))


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
