"""How often honest figures are asked about, and how many seeded slips are caught: python tools/seed_slips.py.

The bundled reports are loaded one after another into a store of their own, each held against what was there before it.
Then, in the sample wards' reports, one figure at a time is made wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from core.catalogue import Catalogue, load_catalogue
from core.figures import Figure
from core.store import Store, migrate, open_store
from etl.bundled import bundled_reports
from etl.checks import Finding, check
from etl.checks.case import Item
from etl.run import Reading, Wanted, load, parse_unit, read_reports, standing

TODAY = date(2026, 11, 22)
SLIPS = {"× 1000": Decimal(1000), "÷ 1000": Decimal("0.001"), "× 10": Decimal(10), "÷ 10": Decimal("0.1")}


@dataclass(frozen=True, slots=True)
class Read:
    """A bundled report with what was stored before it, and what is found in it as it is."""

    reading: Reading
    known: list[Item]
    findings: list[Finding]


def read_all(store: Store, catalogue: Catalogue) -> Iterator[Read]:
    """The bundled reports in their order, each stored after it is given."""
    for report in bundled_reports():
        unit = parse_unit(report.unit, catalogue, report.year).unit if report.unit else None
        (reading,) = read_reports([(report.name, report.content)], catalogue, Wanted(unit, year=report.year), TODAY)
        figures, awards = reading.tidy.figures, reading.tidy.awards
        known = standing(store, figures, awards, catalogue)
        yield Read(reading, known, check(figures, awards, catalogue, TODAY, known))
        load(store, reading, catalogue, "bundled")


def seeded(read: Read, catalogue: Catalogue) -> Iterator[tuple[str, str, list[Figure]]]:
    """The report's figures with one slip, the slip's name, and what kind of figure it befell."""
    figures = read.reading.tidy.figures
    past = {(item.indicator, item.member, item.period) for item in read.known if isinstance(item, Figure)}
    for at, figure in enumerate(figures):
        if not figure.value or (figure.indicator, figure.member, figure.period) not in past:
            continue
        if figure.indicator == "cultural_group_title" or figure.period in ("part", "term"):
            continue
        kind = catalogue.indicators[figure.indicator].kind
        for name, factor in SLIPS.items():
            if kind == "amount" or "1000" not in name:
                value = figure.value * factor
                slipped = replace(figure, value=Decimal(int(value)) if kind == "count" else value)
                yield name, kind, [*figures[:at], slipped, *figures[at + 1 :]]


def swapped(read: Read, catalogue: Catalogue) -> Iterator[tuple[str, str, list[Figure]]]:
    """The report's figures with the values of two indicators of one kind taken for each other."""
    figures = read.reading.tidy.figures
    for one, other in combinations([figure for figure in figures if not figure.member], 2):
        kind = catalogue.indicators[one.indicator].kind
        same = (one.unit, one.year, one.period, one.scenario) == (other.unit, other.year, other.period, other.scenario)
        if same and kind == catalogue.indicators[other.indicator].kind and one.indicator != other.indicator:
            low, high = sorted((one.value, other.value))
            if low and high / low > Decimal("2.5"):
                change = {one.key: replace(one, value=other.value), other.key: replace(other, value=one.value)}
                yield "swapped", kind, [change.get(figure.key, figure) for figure in figures]


def measure(store: Store, catalogue: Catalogue) -> tuple[Counter, Counter, Counter]:
    """Findings in honest reports by severity and rule; slips tried and slips caught by name and kind."""
    honest, tried, caught = Counter(), Counter(), Counter()
    for read in read_all(store, catalogue):
        honest["reports", ""] += 1
        honest["figures", ""] += len(read.reading.tidy.figures)
        honest.update((finding.severity, finding.rule) for finding in read.findings)
        before = {(finding.rule, finding.fault) for finding in read.findings}
        for name, kind, figures in (*seeded(read, catalogue), *swapped(read, catalogue)):
            found = check(figures, read.reading.tidy.awards, catalogue, TODAY, read.known)
            tried[name, kind] += 1
            caught[name, kind] += any((finding.rule, finding.fault) not in before for finding in found)
    return honest, tried, caught


def main() -> None:
    """Print both rates."""
    catalogue = load_catalogue()
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/ward.db") as store:
        migrate(store, catalogue)
        honest, tried, caught = measure(store, catalogue)
    for (severity, rule), count in sorted(honest.items()):
        print("honest", severity, rule, count)
    for name, kind in sorted(tried):
        print("slip", name, kind, f"{caught[name, kind]} of {tried[name, kind]} caught")


if __name__ == "__main__":
    main()
