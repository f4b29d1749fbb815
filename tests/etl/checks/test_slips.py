"""Over the bundled sample ward, year after year: honest figures pass, slips do not."""

from collections import Counter

import pytest

from core.figures import UnitKey
from core.store import newest_figures, open_store, units_with_figures
from etl.checks import check
from etl.run import Reading
from etl.tidy import Tidy
from tests.bundled import bundled_database
from tools.seed_slips import TODAY, Read, seeded, swapped


@pytest.fixture(scope="module")
def reads(catalogue):
    """Each year of the sample ward as one report, with the years before it as what is known."""
    with open_store(bundled_database()) as store:
        rows = units_with_figures(store)
        unit = next(UnitKey(row.unit_code, row.unit_from) for row in rows.itertuples() if row.unit_code == "MAU01")
        figures = newest_figures(store, [unit], catalogue.indicators)
    found = []
    for year in sorted({figure.year for figure in figures}):
        own = [figure for figure in figures if figure.year == year]
        before = [figure for figure in figures if figure.year < year]
        reading = Reading(str(year), b"", tidy=Tidy(figures=own))
        found.append(Read(reading, before, check(own, [], catalogue, TODAY, before)))
    return found


def caught(reads, slips, catalogue):
    """How many slips were tried and how many made a new finding, by name and kind."""
    tried, seen = Counter(), Counter()
    for read in reads:
        before = {(finding.rule, finding.fault) for finding in read.findings}
        for name, kind, figures in slips(read, catalogue):
            found = check(figures, [], catalogue, TODAY, read.known)
            tried[name, kind] += 1
            seen[name, kind] += any((finding.rule, finding.fault) not in before for finding in found)
    return {slip: seen[slip] / tried[slip] for slip in tried}


def test_honest_years_are_asked_about_once_in_five_hundred_figures_at_most(reads):
    """The one is a surplus a tenth of what it was."""
    figures = sum(len(read.reading.tidy.figures) for read in reads)
    jumps = [finding for read in reads for finding in read.findings if finding.rule == "jump"]
    assert figures > 500 and [finding.item.member for finding in jumps] == ["rsurplus"]


def test_nineteen_slips_of_twenty_are_caught(reads, catalogue):
    """Of unit and digit, wherever a figure has a past; a tenth of a small count is a small count."""
    shares = caught(reads, seeded, catalogue)
    assert len(shares) == 10
    assert {slip for slip, share in shares.items() if share < 0.95} <= {("÷ 10", "count")}
    assert shares["÷ 10", "count"] > 0.9


def test_most_rows_taken_for_each_other_are_caught(reads, catalogue):
    """Where their values differ by more than two and a half times."""
    assert min(caught(reads, swapped, catalogue).values()) > 0.7
