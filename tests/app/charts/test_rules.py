"""The rules of figures, held over all that the screens can draw, and each shown to fail on a figure that breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache

import pytest

from app.charts import CHARTS
from app.charts.theme import DARK, LIGHT
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.settings import ROOT
from core.store import open_store, units_with_figures
from tests.app.charts.drawing import Drawing
from tests.app.charts.rules import RULES, faults, same_colour
from tests.app.charts.wards import CASES, LANGS, MAKERS, case, of_year, stored_ward, views_of
from tests.bundled import bundled_database


@cache
def drawn(name: str) -> tuple[Drawing, ...]:
    """Every view of a case in both languages and themes, for a screen and for a phone."""
    ward = case(name)
    return tuple(
        Drawing.of(view, theme, phone, ward.place(lang))
        for lang in LANGS for view in views_of(ward, lang) for theme in (LIGHT, DARK) for phone in (False, True)
    )  # fmt: skip


def told(drawing: Drawing) -> str:
    """Which drawing it is."""
    return f"{drawing.view.id} {drawing.view.lang} {drawing.theme.name} {'phone' if drawing.phone else 'screen'}"


@pytest.mark.parametrize("maker", MAKERS)
def test_where_nothing_is_known_nothing_is_drawn(maker):
    """Each view says None, which the screens answer with words; a chart of noughts would be a lie."""
    ward = case("empty")
    assert [view for lang in LANGS for view in MAKERS[maker](ward, lang) if view is not None] == []


@pytest.mark.parametrize("name", [name for name in CASES if name != "empty"])
def test_every_figure_keeps_every_rule(name):
    """Both themes, both languages, both forms; the year looked at is the case's."""
    assert {told(drawing): found for drawing in drawn(name) if (found := faults(drawing))} == {}


@pytest.mark.parametrize("name", ["break", "full"])
def test_an_indicator_has_one_colour_on_all_pages(name):
    """Spending is never the blue of revenue, on whichever page."""
    assert list(same_colour(drawn(name))) == []


def test_every_kind_of_chart_stands_in_the_table():
    """A new kind must be drawn by a case before it may be on a screen."""
    assert {drawing.view.kind for name in CASES for drawing in drawn(name)} == set(CHARTS)


def made_in_views() -> set[tuple[str, str]]:
    """(kind or "", pattern of the id) of every view the code makes, read from its source."""
    found = set()
    for file in sorted((ROOT / "app" / "views").glob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)):
            given = {word.arg: word.value for word in call.keywords}
            id_ = given.get("id")
            if isinstance(id_, ast.JoinedStr | ast.Constant) and getattr(call.func, "id", "").lower().endswith("view"):
                kind = given["kind"].value if isinstance(given.get("kind"), ast.Constant) else ""
                parts = id_.values if isinstance(id_, ast.JoinedStr) else [id_]
                shape = "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts)
                found.add((kind, shape))
    return found


@pytest.mark.parametrize(("kind", "shape"), sorted(made_in_views()))
def test_every_view_the_code_makes_stands_in_the_table(kind, shape):
    """Read from the source, so that a view nobody added to the table fails here."""
    views = [drawing.view for name in CASES for drawing in drawn(name)]
    assert any(re.fullmatch(shape, view.id) and kind in ("", view.kind) for view in views)


@pytest.fixture(scope="module")
def store():
    """Everything the program ships."""
    with open_store(bundled_database()) as opened:
        yield opened


def test_every_bundled_ward_keeps_the_rules_in_its_newest_year(store):
    """Real reports are more awkward than any case made up; the two languages and the two forms in turn."""
    catalogue, units, found = load_catalogue(), units_with_figures(store), {}
    for turn, row in enumerate(units.itertuples()):
        unit = catalogue.unit(UnitKey(row.unit_code, row.unit_from))
        ward = stored_ward(store, catalogue, unit, int(row.last_year), units)
        for place, view in enumerate(views_of(ward, LANGS[turn % 2])):
            drawing = Drawing.of(view, LIGHT, bool((turn // 2 + place) % 2), ward.place(view.lang))
            if wrong := faults(drawing):
                found[f"{unit.name} {told(drawing)}"] = wrong
    assert found == {}


@pytest.mark.parametrize("year", [2014, 2024, 2025])
def test_the_sample_ward_keeps_the_rules_in_every_kind_of_year(store, year):
    """A missing one, the last before the merger and the split one."""
    catalogue, units = load_catalogue(), units_with_figures(store)
    row = next(row for row in units.itertuples() if row.is_sample)
    unit = catalogue.unit(UnitKey(row.unit_code, row.unit_from))
    ward = of_year(stored_ward(store, catalogue, unit, year, units), year)
    shown = [
        Drawing.of(view, LIGHT, bool((place + year) % 2), ward.place("vi"))
        for place, view in enumerate(views_of(ward, "vi"))
    ]
    assert {told(drawing): found for drawing in shown if (found := faults(drawing))} == {}


# What breaks a rule: each takes the JSON and the view of a good drawing and spoils one of them.


def _said(**words) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        drawing.view = replace(drawing.view, **words)

    return spoil


def _note(**words) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        note = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "text": "một", "showarrow": False}
        drawing.layout["annotations"].append(note | words)

    return spoil


def _layout(name: str, **words) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        drawing.layout[name] = drawing.layout.get(name, {}) | words

    return spoil


def _trace(place: int, name: str, value: object) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        drawing.traces[place][name] = value

    return spoil


def _marker(**words) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        for trace in drawing.traces:
            trace["marker"] = trace.get("marker", {}) | words

    return spoil


def _frame(**columns) -> Callable[[Drawing], None]:
    def spoil(drawing: Drawing) -> None:
        drawing.view = replace(drawing.view, frame=drawing.view.frame.assign(**columns))

    return spoil


def _no_shapes(drawing: Drawing) -> None:
    drawing.layout["shapes"] = []


def _a_slot_too_few(drawing: Drawing) -> None:
    slots = [label for label in drawing.view.detail["slots"] if label != "2014"]
    drawing.view = replace(drawing.view, detail=drawing.view.detail | {"slots": slots})


def _rainbow(drawing: Drawing) -> None:
    colours = ["#12436D", "#C4500A", "#1D7A72", "#801650", "#5F8FBF"]
    bars = drawing.traces[1]
    bars["marker"]["color"] = [colours[place % 5] for place in range(len(bars["x"]))]


def _all_solid(drawing: Drawing) -> None:
    for trace in drawing.traces:
        if trace["type"] == "bar" and trace["marker"]["color"] == drawing.theme.bg:
            trace["marker"]["color"] = drawing.theme.orange
    drawing.traces[:] = [trace for trace in drawing.traces if trace.get("hoverinfo") != "skip"]


def _bridge(drawing: Drawing) -> None:
    line = next(trace for trace in drawing.traces if trace.get("mode") == "lines" and "dash" not in trace["line"])
    line["x"], line["y"] = [0, 5], [90, 91]


def _noughts(drawing: Drawing) -> None:
    bars = next(trace for trace in drawing.traces if trace["type"] == "bar" and "hovertemplate" in trace)
    bars["y"] = [0 if y is None or y != y else y for y in bars["y"]]


def _solid_estimates(drawing: Drawing) -> None:
    for trace in drawing.traces:
        trace.get("marker", {}).pop("pattern", None)


def _attained(drawing: Drawing) -> None:
    drawing.view = replace(drawing.view, frame=drawing.view.frame.assign(attained="100,0%", state="missed"))


def _doubled(drawing: Drawing) -> None:
    note = next(note for note in drawing.layout["annotations"] if note["text"] == "2016")
    drawing.layout["annotations"].append(note | {"text": "chồng chữ"})


def _break_through_words(drawing: Drawing) -> None:
    note = next(note for note in drawing.layout["annotations"] if note["text"].strip("<b>/").startswith("49"))
    drawing.layout["shapes"].append(
        {"type": "line", "x0": note["x"], "x1": note["x"], "y0": 0, "y1": 1, "yref": "paper",
         "line": {"width": 1, "color": drawing.theme.no_data, "dash": "dot"}}
    )  # fmt: skip


MONEY, BULLETS, LINE, COUNTS, AGENCIES = (
    ("full", "budget-budget_revenue"), ("full", "overview-bullets"), ("full", "culture-cultural_families_rate"),
    ("outlier", "overview-bullets"), ("percentages only", "culture-cultural_agencies_rate"),
)  # fmt: skip
# rule -> (the good drawing, what spoils it)
SPOILED: dict[str, tuple[tuple[str, str], Callable[[Drawing], None]]] = {
    "finding": (MONEY, _said(title="Thu ngân sách của phường trên địa bàn")),
    "where_and_when": (MONEY, _said(subtitle="Thu ngân sách, tỷ đồng, 2011–2025")),
    "bars_from_zero": (MONEY, _layout("yaxis", range=[10, 80])),
    "one_axis": (MONEY, _layout("yaxis3", overlaying="y", side="right")),
    "plain_charts": (MONEY, _trace(0, "type", "pie")),
    "years_in_order": (MONEY, _a_slot_too_few),
    "few_colours": (MONEY, _rainbow),
    "labelled": (MONEY, _frame(foot="12,34")),
    "marks_stand_out": (MONEY, _marker(color="#B9CFE2", line={"width": 1, "color": "#B9CFE2"})),
    "words_stand_out": (MONEY, _note(font={"color": "#C9D1D9", "size": 14}, x=0.05)),
    "theme_colours": (MONEY, _note(font={"color": "#FF0000", "size": 14})),
    "states_in_words": (BULLETS, _frame(hover="<b>Thu</b>")),
    "states_in_grey": (BULLETS, _all_solid),
    "readable": (MONEY, _note(font={"size": 11})),
    "horizontal": (MONEY, _note(textangle=-90)),
    "numbers_of_the_language": (MONEY, _note(text="49.1")),
    "fraction_with_percent": (AGENCIES, _note(text="91,7%")),
    "honest_rounding": (MONEY, _attained),
    "sourced": (MONEY, _said(source=" ")),
    "broken_series": (LINE, _bridge),
    "nothing_for_missing": (MONEY, _noughts),
    "cut_bars_are_marked": (COUNTS, _no_shapes),
    "told_aloud": (MONEY, _said(alt="Một. Hai. Ba.")),
    "table_twin": (MONEY, lambda drawing: _said(table=replace(drawing.view.table, rows=()))(drawing)),
    "provisional": (MONEY, _solid_estimates),
    "no_nothings": (MONEY, _note(text="nan%")),
    "hovers": (MONEY, _trace(1, "customdata", [["" for _ in range(1)] for _ in range(16)])),
    "words_apart": (MONEY, _doubled),
    "lines_beside_words": (MONEY, _break_through_words),
}


def test_every_rule_has_a_figure_that_breaks_it():
    """A rule that cannot fail would hold nothing."""
    assert set(SPOILED) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_the_figure_that_breaks_it_and_no_other(rule):
    """The good drawing passes, the same drawing spoiled in one point does not."""
    (name, id_), spoil = SPOILED[rule.__name__]
    good = next(each for each in drawn(name) if each.view.id == id_ and each.theme is LIGHT and not each.phone)
    bad = Drawing(good.view, good.theme, good.phone, good.place, deepcopy(good.json))
    spoil(bad)
    assert list(rule(good)) == []
    assert list(rule(bad)) != []


def test_two_colours_of_one_indicator_are_found():
    """On two pages, in the same theme."""
    columns = next(each for each in drawn("full") if each.view.id == "budget-budget_revenue" and not each.phone)
    other = Drawing(columns.view, columns.theme, False, columns.place, deepcopy(columns.json))
    _marker(color=other.theme.slate)(other)
    assert list(same_colour([columns])) == []
    assert list(same_colour([columns, other])) != []
