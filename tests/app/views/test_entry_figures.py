"""The figures sheet: what cannot be read is named beside its line, what is stored stays, only differences come out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.entry_figures import CELLS, MONEY, Notation, differences, last_year, lines, merged, read, shown, typed
from core.catalogue import load_catalogue
from core.catalogue.form import form_rows
from core.figures import Figure, Origin
from tests.core.store.examples import WARD, figure, plan

CATALOGUE = load_catalogue()
VI = Notation("vi")
DOCUMENT = Origin("Quyết định số 5525/QĐ-UBND ngày 12/12/2023", "")
EMPTY = lines(CATALOGUE, [])


def line_of(id: str, known=EMPTY):
    """The first line of an indicator without a budget line, or of one with it ("indicator/line")."""
    name, _, member = id.partition("/")
    return next(line for line in known if (line.indicator.id, line.member) == (name, member))


def sheet(cells: dict[str, str], id="budget_revenue", known=EMPTY, notation=VI):
    """What comes of typing some cells of one line."""
    line = line_of(id, known)
    now = merged(line, {}) | {name: read(line, name, said, notation) for name, said in cells.items()}
    return typed(known, differences([line], {line.id: now}), WARD, 2020, notation)


@pytest.mark.parametrize(
    ("cells", "id", "code"),
    [
        ({"value": "abc"}, "budget_revenue", "numbers.not_a_number"),
        ({"value": "12,5,3"}, "budget_revenue", "numbers.not_a_number"),
        ({"plan": "13 tổ"}, "cultural_groups", "numbers.not_a_number"),
        ({"value": "=5+3"}, "cultural_groups", "numbers.not_a_number"),
        ({"value": "13/18"}, "cultural_groups", "entry.fraction"),
        ({"value": "96%"}, "cultural_groups", "entry.other_unit"),
        ({"value": "5 tỷ"}, "cultural_groups", "entry.other_unit"),
        ({"value": "5 triệu đồng"}, "poor_household_rate", "entry.other_unit"),
        ({"plan": "11"}, "targets_met", "entry.no_plan"),
        ({"value": "11", "of": "12"}, "budget_revenue", "entry.no_of"),
        ({"value": "13", "of": "18", "of_kind": "assessed"}, "poor_households", "entry.no_of_kind"),
        ({"of": "18"}, "cultural_groups", "entry.of_alone"),
        ({"document": "QĐ 1"}, "budget_revenue", "entry.document_alone"),
        ({"day": "1/2/2023"}, "budget_revenue", "entry.day_alone"),
        ({"plan": "5", "day": "1/2/2023"}, "budget_revenue", "entry.day_without_document"),
        ({"plan": "5", "document": "QĐ 1", "day": "31/2/2023"}, "budget_revenue", "numbers.not_a_day"),
        ({"plan": "5", "document": "dài " * 60}, "budget_revenue", "entry.long_document"),
    ],
)
def test_what_cannot_be_taken_is_named_on_its_line(cells, id, code):
    """In both languages; the line is the one that was typed into."""
    found = sheet(cells, id)
    ((where, faults),) = found.faults.items()
    assert where == line_of(id).id and code in [fault.code for fault in faults]
    for fault in faults:
        assert fault.sentence("vi") != fault.sentence("en")


def test_a_figure_typed_in_two_lines_is_named_and_taken_once():
    """One line for each giver and each kind."""
    known = lines(CATALOGUE, [], ["budget_revenue/"])
    first, second = (line for line in known if line.indicator.id == "budget_revenue")
    draft = {line.id: {"value": "1000000"} for line in (first, second)}
    found = typed(known, draft, WARD, 2020, VI)
    assert len(found.figures) == 1 and [fault.code for fault in found.faults[second.id]] == ["entry.twice"]


def test_a_draft_of_a_line_that_is_gone_is_said():
    """Nothing of a draft is dropped without a word."""
    found = typed(EMPTY, {"no_such///": {"value": "1"}}, WARD, 2020, VI)
    assert found.figures == [] and found.faults["no_such///"][0].code == "entry.lost_line"


def test_an_emptied_cell_deletes_nothing_and_says_so():
    """Figures are undone in batches."""
    found = sheet({"value": ""}, known=lines(CATALOGUE, [figure()]))
    assert found.figures == [] and found.faults == {}
    assert [fault.code for faults in found.notices.values() for fault in faults] == ["entry.emptied"]


@pytest.mark.parametrize(
    ("said", "notation", "value"),
    [
        ("12,5", VI, "12500000"),
        ("48.600", VI, "48600000000"),
        ("5 tỷ 137 triệu", VI, "5137000000"),
        ("0", VI, "0"),
        ("−5", VI, "-5000000"),
        ("1.234", Notation("vi", Decimal(1)), "1234"),
        ("1.234", Notation("en", Decimal(1)), "1.234"),
        ("48,600", Notation("en"), "48600000000"),
        ("2,5", Notation("vi", Decimal(10) ** 9), "2500000000"),
    ],
)
def test_amounts_are_read_by_our_own_rule_in_the_unit_of_the_sheet(said, notation, value):
    """A unit written with the number stands instead of the sheet's."""
    (found,) = sheet({"value": said}, notation=notation).figures
    assert found == figure(value=value, year=2020)


def test_a_plan_comes_with_its_giver_and_its_document():
    """The document is where a plan typed by hand stood; without a giver it is unstated."""
    cells = {"plan": "48.600", "basis": "council", "document": " Quyết định số  5525/QĐ-UBND", "day": "12/12/2023"}
    assert sheet(cells).figures == [plan(value="48600000000", basis="council", origin=DOCUMENT)]
    assert sheet({"plan": "1"}).figures == [plan(value="1000000", basis="unstated")]


def test_a_result_comes_with_its_total():
    """Without a kind of total it is unstated; without a kind of result actual."""
    assert sheet({"value": "13", "of": "18"}, "cultural_groups").figures == [
        figure("cultural_groups", "13", of="18", of_kind="unstated")
    ]
    cells = {"value": "96,46", "scenario": "final"}
    assert sheet(cells, "health_insurance_rate").figures == [figure("health_insurance_rate", "96.46", scenario="final")]


def test_only_what_differs_from_the_store_comes_out():
    """A corrected plan leaves the result beside it alone; its own value typed again is no change."""
    stored = [plan(value="5000000", origin=DOCUMENT), figure(value="6000000", hedge="about")]
    known = lines(CATALOGUE, stored)
    assert sheet({"plan": "5", "value": "6,0"}, known=known).figures == []
    assert sheet({"plan": "5,5"}, known=known).figures == [plan(value="5500000", origin=DOCUMENT)]
    (newer,) = sheet({"document": "QĐ 1", "day": ""}, known=known).figures
    assert newer == plan(value="5000000", origin=Origin("QĐ 1", ""))


def test_an_estimate_and_its_final_account_stand_on_a_line_each():
    """Choosing another kind adds a figure and leaves the estimate as it is."""
    estimate = figure(value="48000000", scenario="estimate")
    known = lines(CATALOGUE, [estimate])
    (final,) = sheet({"value": "49", "scenario": "final"}, known=known).figures
    assert final == figure(value="49000000", scenario="final")
    both = [line for line in lines(CATALOGUE, [estimate, final]) if line.indicator.id == "budget_revenue"]
    assert [line.result for line in both] == [final, estimate]


def test_parts_of_a_year_are_not_on_the_sheet():
    """It is a sheet of whole years."""
    assert lines(CATALOGUE, [figure(period="h1")]) == EMPTY


def test_a_document_of_a_report_is_not_shown_as_the_plans():
    """Where a plan was read from a report, its place there is no document."""
    read_plan = plan(origin=Origin("trang 2, câu 5 ngày 01/01/2020", "prose"))
    assert [line_of("budget_revenue", lines(CATALOGUE, [each])).cells["document"] for each in (
        read_plan, plan(origin=DOCUMENT), plan(origin=Origin("QĐ 1", "")))] == [
        "", "Quyết định số 5525/QĐ-UBND", "QĐ 1"]  # fmt: skip


NUMBER = st.decimals(0, 10**12, places=3, allow_nan=False)
ROWS = [line for line in EMPTY if line.indicator.plan_allowed]


@given(st.sampled_from(ROWS), NUMBER, st.sampled_from(["vi", "en"]), st.sampled_from(MONEY))
def test_what_stands_in_a_cell_reads_back_as_it_is_stored(line, value, lang, factor):
    """In every notation: opening a sheet and leaving it changes nothing."""
    notation = Notation(lang, factor)
    stored = Figure(line.indicator.id, 2020, value, WARD, member=line.member, scenario="plan", basis="assigned")
    (own,) = (each for each in lines(CATALOGUE, [stored]) if each.plan)
    now = {name: read(own, name, shown(own, name, own.cells[name], notation), notation) for name in CELLS}
    assert now == own.cells and differences([own], {own.id: now}) == {}


@given(st.lists(st.sampled_from([(row.id, member) for row, member in form_rows(CATALOGUE)]), max_size=5))
def test_every_indicator_has_a_line_and_every_line_its_own_id(extra):
    """However many lines were added."""
    known = lines(CATALOGUE, [figure(), plan()], ["/".join(each) for each in extra])
    assert len({line.id for line in known}) == len(known) == len(form_rows(CATALOGUE)) + len(extra)


def test_last_year_is_what_it_came_to_in_the_notation_of_the_sheet():
    """To be compared with what is typed beside it; the final account before an estimate."""
    budget = [figure(scenario="estimate"), figure(value="8255500000", scenario="final", hedge="about")]
    groups = figure("cultural_groups", "13", of="18")
    found = last_year([*budget, groups], CATALOGUE, VI)
    assert found == {("budget_revenue", ""): "khoảng 8.255,5", ("cultural_groups", ""): "13/18"}
