"""What a page reads of a ward costs the same in a store of one ward and in a province's."""

import re
from datetime import date

import pytest
from sqlalchemy import event

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import (
    TIDY_COLUMNS,
    award_register,
    flags,
    newest_awards,
    newest_figures,
    residential_groups,
    sources,
    store_batch,
    tidy,
    years_known,
)
from tests.core.store.examples import WARD, award, figure, plan
from tests.core.store.test_tidy import explain

TODAY = UnitKey("00235", date(2025, 7, 1))  # into which WARD went
LINEAGE = (WARD, TODAY)
READS = {
    **{name: lambda store, name=name: tidy(store, name, unit=LINEAGE, period=None) for name in TIDY_COLUMNS},
    "tidy of years": lambda store: tidy(store, "tidy_indicators", unit=LINEAGE, years=[2020, 2025]),
    "tidy of indicators": lambda store: tidy(store, "tidy_indicators", unit=LINEAGE, indicators=["conscripts"]),
    "sources": lambda store: sources(store, LINEAGE),
    "sources of a year": lambda store: sources(store, LINEAGE, [2020]),
    "sources of a year of one ward": lambda store: sources(store, WARD, [2020]),
    "register of a year": lambda store: award_register(store, LINEAGE, [2020]),
    "flags": lambda store: flags(store, LINEAGE),
    "newest figures": lambda store: newest_figures(store, LINEAGE, ["budget_revenue"]),
    "newest awards": lambda store: newest_awards(store, LINEAGE, [2020]),
    "years": lambda store: years_known(store, LINEAGE),
    "groups": lambda store: residential_groups(store, LINEAGE),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_of_a_lineage_goes_by_the_key_of_its_wards(store, name):
    """Each table of facts is entered by ward, never whole and never by a year of all wards."""
    seen = []
    event.listen(store.reader, "before_cursor_execute", lambda *a: seen.append((a[2], a[3])))
    READS[name](store)
    asked = [(statement, values) for statement, values in seen if statement.startswith("SELECT")]
    assert asked
    for statement, values in asked:
        how = explain(store, statement, values)
        assert not re.search(r"(Seq Scan on|SCAN) (current_|residential_)?(figure|award|group|c|f|a|g)\b", how), how
        assert not re.search(r"current_figure_of_year \(year=\? ?(AND indicator=\?)?\)", how), how


def test_other_wards_add_no_row_to_what_a_page_reads(store):
    """Thirty more of them, with every year and indicator of the one looked at."""
    own = [figure(year=year) for year in (2019, 2020)] + [plan(), figure(unit=TODAY, year=2026)]
    store_batch(store, figures=own, awards=[award()], report=None, who="an")
    before = {name: len(read(store)) for name, read in READS.items()}
    keys = [unit.key for unit in load_catalogue().places.units if unit.valid_to is None and unit.key != TODAY][:30]
    others = [figure(unit=key, year=year) for key in keys for year in (2019, 2020, 2026)]
    store_batch(store, figures=others, awards=[award(unit=key) for key in keys], report=None, who="an")
    assert before == {name: len(read(store)) for name, read in READS.items()}
    assert all(count for name, count in before.items() if name not in ("tidy of indicators", "tidy_culture", "groups"))
