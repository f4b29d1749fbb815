"""From every mark of every chart to the stored rows behind it, over everything the program ships."""

from __future__ import annotations

import base64
import json
from datetime import date

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.charts import draw
from app.charts.theme import LIGHT
from app.ui.book import book_of
from app.ui.context import Context
from app.views.indicators import choices, family_view, indicator_view
from core.behind import rows_behind
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.store import open_store
from tests.bundled import bundled_database
from tests.pages.conftest import draw_screen

SAMPLE, REAL = UnitKey("MAU01", date(1900, 1, 1)), UnitKey("00238", date(1900, 1, 1))
TODAY = UnitKey("MAU03", date(2025, 7, 1))
SCREENS = ("overview", "budget", "culture", "awards", "compare", "sources")


@pytest.fixture(scope="module")
def store():
    """The bundled store."""
    with open_store(bundled_database()) as opened:
        yield opened


def numbers(column) -> list:
    """A column of a trace as Plotly sends it: a list, or the bytes of an array."""
    if isinstance(column, dict):
        return list(np.frombuffer(base64.b64decode(column["bdata"]), dtype=column["dtype"]))
    return list(column)


def marks(figure: dict) -> list[tuple[str, bool]]:
    """(reference, whether something known is drawn there) of every mark that can be pointed at."""
    found = []
    for trace in figure["data"]:
        if "hovertemplate" not in trace:
            continue
        assert "ids" in trace, "a mark that says something leads somewhere"
        across = trace.get("orientation") == "h"
        sizes = numbers(trace["x" if across else "y"])
        assert len(trace["ids"]) == len(sizes)
        square = trace.get("marker", {}).get("symbol") == "square"  # groups: also years in which nothing is known
        known = [size is not None and size == size and not square for size in sizes]
        found += list(zip(trace["ids"], known, strict=True))
    return found


def check(store, figures: list[dict]) -> int:
    """How many references were followed; fails for a known value without one and for one that leads nowhere."""
    catalogue, followed = load_catalogue(), set()
    for figure in figures:
        drawn = marks(figure)
        assert any(ref for ref, _ in drawn), "a chart of which nothing can be followed"
        assert all(ref for ref, known in drawn if known)
        followed |= {word for ref, _ in drawn for word in ref.split()}
    nowhere = [ref for ref in sorted(followed) if rows_behind(store, catalogue, Ref.parse(ref)).empty]
    assert nowhere == []
    return len(followed)


@pytest.mark.parametrize(
    ("unit", "year", "boundary"),
    [(SAMPLE, 2012, "reported"), (SAMPLE, 2020, "reported"), (SAMPLE, 2024, "reported"), (SAMPLE, 2025, "reported"),
     (TODAY, 2024, "today"), (REAL, 2020, "reported")],
    ids=lambda value: getattr(value, "code", value),
)  # fmt: skip
def test_every_mark_of_every_screen_leads_to_stored_rows(store, unit, year, boundary):
    """At least one row of the store stands behind each reference, and each known value has one."""
    figures = []
    for name in SCREENS:
        app = AppTest.from_function(draw_screen, args=(name, bundled_database(), unit, year, "vi", boundary))
        app.run(timeout=60)
        assert not app.exception
        figures += [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert check(store, figures) >= (2 if unit == REAL else 30)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_every_indicator_leads_to_stored_rows(store, phone):
    """Each indicator's own chart and each family's small multiples."""
    catalogue = load_catalogue()
    context = Context(store=store, catalogue=catalogue, unit=catalogue.unit(SAMPLE), year=2020)
    book = book_of(context)
    views = [
        *(indicator_view(book, row.id, context.unit, 2020, "vi")
          for family in catalogue.families for row in choices(catalogue, family)),
        *(family_view(book, family, context.unit, 2020, "vi") for family in catalogue.families),
    ]  # fmt: skip
    drawn = [draw(view, LIGHT, phone=phone) for view in views if view is not None]
    assert check(store, [json.loads(figure.to_json()) for figure in drawn]) > 200


def test_a_mark_behind_which_nothing_is_stored_is_found(store):
    """The check itself fails for a reference that leads nowhere."""
    nowhere = str(Ref(SAMPLE, 1999, "budget_revenue"))
    trace = {"hovertemplate": "", "x": [0], "y": [1], "ids": [nowhere]}
    with pytest.raises(AssertionError):
        check(store, [{"data": [trace]}])
