"""The table of every view the screens make, and the wards they are made of: six made by hand, and the bundled ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from app.ui.book import book_of, report_titles, rows_of
from app.ui.context import Context
from app.ui.groups import groups_of
from app.views import awards, budget, compare, culture, indicators, slope
from app.views.award_counts import AwardBook
from app.views.coverage import coverage_view
from app.views.ladder import ladder_views
from app.views.matrix import matrix_view
from app.views.overview import overview
from app.views.peers import comparison
from app.views.strip import apart_view, strip_view
from app.views.view import View
from app.views.waffle import waffle_view
from app.views.words import place_words
from core.catalogue import Catalogue
from core.lineage import lineage
from core.places import Unit
from core.store import across_units, shared_indicators
from core.yearbook import Yearbook
from tests.app.made import NEIGHBOURS, NEW, OLD, award_row, group_list, made_catalogue, tidy_row

LANGS = ("vi", "en")
TODAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Ward:
    """What the screens know of a ward, and the year looked at."""

    catalogue: Catalogue
    unit: Unit
    year: int
    book: Yearbook
    culture: Yearbook
    awards: AwardBook
    groups: pd.DataFrame
    across: Callable[[str], pd.DataFrame]  # an indicator -> what all wards reached in it, this year and the year before
    compared: tuple[str, ...] = ()  # the indicators that wards are compared by

    def place(self, lang: str) -> str:
        """The ward's name as a subtitle gives it."""
        return place_words(self.unit, lang)


def _overview(ward: Ward, lang: str) -> list[View | None]:
    found = overview(ward.book, ward.unit, ward.year, lang, TODAY)
    return [found.bullets if found else None]


def _money(ward: Ward, lang: str) -> list[View | None]:
    return [budget.money_view(ward.book, ward.unit, name, ward.year, lang) for name in budget.SERIES]


def _plans(ward: Ward, lang: str) -> list[View | None]:
    return [budget.plans_view(ward.book, ward.unit, name, ward.year, lang) for name in budget.SERIES]


def _lines(ward: Ward, lang: str) -> list[View | None]:
    return [budget.mix_view(ward.book, ward.unit, flow, ward.year, lang) for flow in ("revenue", "expenditure")]


def _waffle(ward: Ward, lang: str) -> list[View | None]:
    return [waffle_view(ward.culture, ward.groups, ward.year, ward.unit, lang)]


def _matrix(ward: Ward, lang: str) -> list[View | None]:
    return [matrix_view(ward.culture, ward.groups, ward.year, ward.unit, lang)]


def _shares(ward: Ward, lang: str) -> list[View | None]:
    return [culture.share(ward.culture, *names, ward.year, ward.unit, lang) for names in culture.SHARES]


def _ladders(ward: Ward, lang: str) -> list[View | None]:
    return list(ladder_views(ward.awards, ward.year, ward.unit, lang)) or [None]


def _mixes(ward: Ward, lang: str) -> list[View | None]:
    return list(awards.mix_views(ward.awards, ward.year, ward.unit, lang)) or [None]


def _indicators(ward: Ward, lang: str) -> list[View | None]:
    rows = [row for family in ward.catalogue.families for row in indicators.choices(ward.catalogue, family)]
    known = indicators.known_ids(ward.book)
    found = [row for row in rows if row.id in known] or rows[:1]
    if ward.unit.is_sample:  # of those drawn alike one is enough
        found = list({(row.kind, row.unit, row.flow): row for row in found}.values())
    ids = [row.id for row in found]
    return [indicators.indicator_view(ward.book, name, ward.unit, ward.year, lang) for name in ids]


def _families(ward: Ward, lang: str) -> list[View | None]:
    return [indicators.family_view(ward.book, name, ward.unit, ward.year, lang) for name in ward.catalogue.families]


def _wards(ward: Ward, lang: str) -> list[View | None]:
    own = lineage(ward.catalogue, ward.unit.key)
    views: list[View | None] = []
    for name in ward.compared:
        row = ward.catalogue.indicators[name]
        found = comparison(ward.catalogue, row, ward.across(name), own, ward.year)
        views += [strip_view(found, ward.unit, lang), apart_view(found, ward.unit, lang)]
    return views


def _years(ward: Ward, lang: str) -> list[View | None]:
    other = slope.earlier_year(ward.book, ward.year)
    return [slope.slope_view(slope.pair_of(ward.book, other, ward.year), ward.unit, lang)] if other else [None]


def _coverage(ward: Ward, lang: str) -> list[View | None]:
    registered = set(ward.awards.rows["year"])
    return [coverage_view(ward.book, registered, ward.unit, ward.year, TODAY, lang)]


# what a screen asks for -> all views it makes of it; None stands where the screen says that there is nothing
MAKERS: dict[str, Callable[[Ward, str], list[View | None]]] = {
    "overview": _overview,
    "money": _money,
    "plans": _plans,
    "lines of the budget": _lines,
    "waffle": _waffle,
    "matrix": _matrix,
    "shares": _shares,
    "ladders": _ladders,
    "mixes": _mixes,
    "indicators": _indicators,
    "families": _families,
    "wards": _wards,
    "years": _years,
    "coverage": _coverage,
}


def views_of(ward: Ward, lang: str) -> list[View]:
    """Every view of a ward in one language."""
    return [view for make in MAKERS.values() for view in make(ward, lang) if view is not None]


def made_ward(
    rows: Iterable[dict], year: int, *, given: Iterable[dict] = (), names: Iterable[str] = (),
    others: Iterable[dict] = (),
) -> Ward:  # fmt: skip
    """A ward from tidy rows, rows of the register (`given`), the names of its groups and its neighbours' rows."""
    catalogue = made_catalogue()
    rows, given, others = list(rows), list(given), list(others)
    units = (OLD.key, NEW.key)
    columns = list(tidy_row("", 2020, 0))
    stored = pd.DataFrame({"at": [pd.Timestamp(TODAY)]})
    book = Yearbook(catalogue, units, pd.DataFrame(rows, columns=columns), stored)
    told = sorted({row["year"] for row in given}) or [year]
    counted = AwardBook(catalogue, units, pd.DataFrame(given), (told[0], told[-1]))
    unit = NEW if year >= 2026 else OLD
    report = {"scope_unstated": False, "title": "", "url": "", "published": None}
    shared = pd.DataFrame([row | report for row in others])
    found = tuple(dict.fromkeys(row["indicator"] for row in others))
    return Ward(
        catalogue, unit, year, book, book, counted, group_list(list(names)),
        lambda name: shared[shared["indicator"] == name], found,
    )  # fmt: skip


def case(name: str) -> Ward:
    """One of the six wards of CASES."""
    return CASES[name]()


def _empty() -> Ward:
    return made_ward([], 2020)


def _one_year() -> Ward:
    rows = [*_run("budget_revenue", {2020: 9.117e9}, {2020: 9.0e9}),
            *_run("budget_expenditure", {2020: 8.4e9}, {2020: 8.2e9}),
            *_rates({2020: 0}), *_titles([2020], 18)]  # fmt: skip
    return made_ward(rows, 2020, given=_register([2020]), names=_names(18))


def _break() -> Ward:
    years = range(2019, 2025)
    done = {year: 30e9 + (year - 2019) * 3.1e9 for year in years}
    rows = [row for name in budget.SERIES for row in _run(name, done, {year: 31e9 for year in years})]
    for name in budget.SERIES:
        rows += _run(name, {2025: 32.7e9}, {2025: 30.5e9}, period="h1") + _run(
            name, {2025: 41e9}, {2025: 42e9}, period="h2", unit=NEW
        )
    rows += [*_rates(dict.fromkeys(years, 0)), *_titles(years, 30), *_rates({2025: 1}, unit=NEW),
             tidy_row("cultural_groups", 2025, 26, of=30, unit=NEW)]  # fmt: skip
    given = [*_register(years), award_row(2025, "gk_phuong", "ward", 41, unit=NEW)]
    return made_ward(rows, 2025, given=given, names=_names(30))


def _outlier() -> Ward:
    sizes = (9e9, 9.4e9, 10e9, 10.3e9, 66.9e9, 11e9, 11.2e9)
    done = dict(zip(range(2014, 2021), sizes, strict=True))
    plans = dict.fromkeys(done, 11e9)
    rows = [row for name in budget.SERIES for row in _run(name, done, plans)]
    rows += [tidy_row("poor_household_rate", year, value) for year, value in {2018: 0.31, 2019: 0.04, 2020: 0}.items()]
    rows += _run("poor_household_rate", {}, dict.fromkeys((2018, 2019, 2020), 0.05))
    rows += _run("conscripts", {2018: 73}, {2018: 12})
    rows += _titles([2020], 92)
    given = [*_register([2018, 2020]), award_row(2019, "gk_phuong", "ward", 1240)]
    others = [*_attained(2018, (96, 104.5, 101, 99.96, 608, 117)), *_attained(2018, (100,), units=(OLD,))]
    return made_ward(rows, 2018, given=given, names=_names(92), others=others)


def _missing_plan() -> Ward:
    years = (2016, 2018, 2019, 2020)
    rows = [row for name in budget.SERIES for row in _run(name, {year: 4.1e9 + year * 1e6 for year in years}, {})]
    rows += [row for row in _rates(dict.fromkeys(years, 0)) if row["scenario"] != "plan"]
    rows += [tidy_row("cultural_groups", year, 13, of=18) for year in years]
    return made_ward(rows, 2020)


def _full() -> Ward:
    """Everything at once: all states, a missing year, kinds of plan, an estimate, hedges, halves, an outlier."""
    actual = {2011: 19.1, 2012: 19.4, 2013: 22.6, 2015: 28.9, 2016: 34.8, 2017: 36.9, 2018: 42.4, 2019: 43.997,
              2020: 49.1, 2021: 48.1, 2022: 57.7, 2024: 66.1}  # fmt: skip
    plans = {2011: 18.2, 2012: 21, 2013: 21.5, 2015: 26, 2016: 29.5, 2017: 34, 2018: 38.5, 2019: 44, 2020: 48.6,
             2021: 50, 2022: 52, 2023: 56.5, 2024: 60}  # fmt: skip
    rows = []
    for name, size in zip(budget.SERIES, (1e9, 0.3e9, 0.28e9), strict=True):
        rows += _run(name, {y: v * size for y, v in actual.items()}, {y: v * size for y, v in plans.items()})
        rows += _run(name, {2023: 60.3 * size}, {}, scenario="estimate")
        rows += _run(name, {2025: 32.7 * size}, {2025: 30.5 * size}, period="h1")
        rows += _run(name, {2025: 178.4 * size}, {2025: 168 * size}, period="h2", unit=NEW)
    rows += [tidy_row("budget_revenue", 2020, 49.5e9, scenario="plan", basis="council")]
    rows += [
        tidy_row(name, 2020, value * 1e9, member=member)
        for name, lines in (
            ("budget_revenue_line", {"r100": 4.1, "rshared": 5.0, "rtopup_balance": 3.6, "rtopup_target": 1.9}),
            ("budget_expenditure_line", {"edev": 2.9, "ereg": 10.4, "ereserve": 0.33}),
        )
        for member, value in lines.items()
    ]  # fmt: skip
    years = [year for year in range(2011, 2025) if year != 2014]
    rows += [*_rates({year: place % 5 for place, year in enumerate(years)}), *_titles(years, 18)]
    rows += [tidy_row("cultural_groups", year, 13 + year % 3, of=18) for year in years]
    rows += [tidy_row("cultural_groups", year, 14, of=18, scenario="plan", basis="assigned") for year in years]
    rows += [tidy_row("cultural_groups", 2025, 26, of=30, unit=NEW), *_rates({2025: 2}, unit=NEW)]
    given = [*_register(years), award_row(2025, "gk_phuong", "ward", 41, unit=NEW),
             award_row(2025, "bk_thu_tuong", "central", 1, unit=NEW)]  # fmt: skip
    others = [*_attained(2020, (96, 104.5, 101, 99.96)), *_attained(2019, (98, 101, 103)),
              *_attained(2020, (101,), units=(OLD,)),
              *_attained(2020, (88, 117), units=NEIGHBOURS[4:], basis="unstated")]  # fmt: skip
    return made_ward(rows, 2020, given=given, names=_names(18), others=others)


def _few() -> Ward:
    """Only what some reports print: percentages without amounts, a count of groups without names."""
    rows = [tidy_row("budget_revenue_attainment", year, value) for year, value in {2019: 99.96, 2020: 101}.items()]
    rows += [tidy_row("cultural_groups", 2020, 13, of=18), tidy_row("cultural_agencies_rate", 2019, 91.7, of=12),
             tidy_row("cultural_agencies_rate", 2020, 100, of=12)]  # fmt: skip
    return made_ward(rows, 2020)


CASES: dict[str, Callable[[], Ward]] = {
    "empty": _empty,
    "one year": _one_year,
    "break": _break,
    "outlier": _outlier,
    "missing plan": _missing_plan,
    "percentages only": _few,
    "full": _full,
}


def _run(name: str, done: dict[int, float], plans: dict[int, float], **more) -> list[dict]:
    planned = more | {"scenario": "plan", "basis": "assigned"}
    return [
        *(tidy_row(name, year, value, **more) for year, value in done.items()),
        *(tidy_row(name, year, value, **planned) for year, value in plans.items()),
    ]


def _attained(
    year: int, percents: Iterable[float], *, units: Iterable[Unit] = NEIGHBOURS, basis: str = "assigned"
) -> list[dict]:
    """What wards reached of their plans."""
    return [
        tidy_row("budget_revenue_attainment", year, value, unit=each, basis=basis)
        for each, value in zip(units, percents, strict=False)
    ]


def _rates(years: dict[int, int], **more) -> list[dict]:
    """Rates of every kind by year; the number behind a year moves them, so that every state occurs."""
    plans = {"cultural_families_rate": 90, "health_insurance_rate": 90, "poor_household_rate": 0.4,
             "complaints_resolved_rate": 95}  # fmt: skip
    rows = []
    for year, step in years.items():
        values = {"cultural_families_rate": 91.6 - step * 1.9, "health_insurance_rate": 91.2 - step,
                  "poor_household_rate": 0.36 + step * 0.05, "complaints_resolved_rate": 93.3 + step}  # fmt: skip
        for name, value in values.items():
            whole = 15 if name == "complaints_resolved_rate" else None
            rows.append(tidy_row(name, year, value, of=whole, **more))
            rows += _run(name, {}, {year: plans[name]}, **more)
        rows += [tidy_row("cultural_agencies", year, 11, of=12, **more), tidy_row("conscripts", year, 12, **more),
                 tidy_row("cultural_families", year, 2120 + year, of=4600, **more)]  # fmt: skip
    return rows


def _names(count: int) -> list[str]:
    return [f"Tổ dân phố số {number}" for number in range(1, count + 1)]


def _titles(years: Iterable[int], count: int) -> list[dict]:
    return [
        tidy_row("cultural_group_title", year, (place + year) % 5 > 0, member=f"{OLD.code}-{name}")
        for year in years for place, name in enumerate(_names(count))
    ]  # fmt: skip


def _register(years: Iterable[int]) -> list[dict]:
    return [
        award_row(year, honour, level, count + year % 4, recipient)
        for year in years for honour, level, count, recipient in (
            ("gk_phuong", "ward", 20, "collective"), ("gk_huyen", "district", 9, "collective"),
            ("bk_tinh", "province", 4, "collective"), ("bk_thu_tuong", "central", 1, "collective"),
            ("ldtt", "ward", 56, "individual"), ("gk_huyen", "district", 17, "individual"),
            ("cstd_tinh", "province", 0, "individual"), ("gk_phuong", "ward", 7, "household"),
        )
    ]  # fmt: skip


def stored_ward(store, catalogue: Catalogue, unit: Unit, year: int, units: pd.DataFrame) -> Ward:
    """A ward as the screens read it from a store."""
    ctx = Context(store=store, catalogue=catalogue, unit=unit, year=year, units=units)
    book, culture_book = book_of(ctx), book_of(ctx, "tidy_culture")
    register = Yearbook(catalogue, *rows_of(ctx, "tidy_awards"))
    known = [each.years for each in (book, register) if each.years] or [(year, year)]
    years = min(first for first, _ in known), max(last for _, last in known)
    counted = AwardBook(catalogue, register.units, register.frame, years, report_titles(ctx, register.frame))
    shared = shared_indicators(store, year, own=lineage(catalogue, unit.key), sample=unit.is_sample)
    offered = compare.offered(shared, catalogue.indicators)
    return Ward(
        catalogue, unit, year, book, culture_book, counted, groups_of(ctx, culture_book.units),
        lambda name: across_units(store, name, [year - 1, year], sample=unit.is_sample), tuple(offered)[:1],
    )  # fmt: skip


def of_year(ward: Ward, year: int) -> Ward:
    """The same ward in another year."""
    return replace(ward, year=year)
