"""The rows of a ward's form and last year's results beside them, the same in the workbook and on the screen."""

from core.catalogue import load_catalogue
from core.catalogue.form import form_rows, surest_results
from tests.core.store.examples import figure, plan

CATALOGUE = load_catalogue()


def test_plans_and_parts_of_a_year_are_no_results_of_it():
    """Half a year says nothing of the whole, a plan nothing of what was reached."""
    assert surest_results([plan(), figure(period="h1"), figure(period="9m")]) == {}


def test_the_final_account_stands_before_an_estimate_in_any_order():
    """Each indicator and member by itself."""
    final, estimate = figure(value="97", scenario="final"), figure(value="100", scenario="estimate")
    other = figure("budget_revenue_line", "5", member="r100", scenario="estimate")
    for figures in ([final, estimate, other], [other, estimate, final]):
        assert surest_results(figures) == {("budget_revenue", ""): final, ("budget_revenue_line", "r100"): other}


def test_the_form_asks_for_what_people_know_and_the_store_cannot_work_out():
    """No attainments, no awards and no residential groups; every budget line of its own flow."""
    rows = form_rows(CATALOGUE)
    assert len(rows) == len({(row.id, member) for row, member in rows})
    assert not any(row.attainment_of or row.family == "awards" for row, _ in rows)
    assert {member for row, member in rows if row.flow == "revenue" and member} == {
        line.id for line in CATALOGUE.lines.values() if line.flow == "revenue"
    }
