"""Where a report prints a number that its own figures do not give: both, the difference, and what rounding allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from app.views import words
from app.views.arithmetic import quotient_words
from app.views.groups import GROUPS, TITLE
from app.views.view import Table
from core.catalogue import Catalogue, Indicator
from core.quotients import agreeing, step_of
from core.series import exact
from core.texts import text
from core.vi.format import format_gap, format_percent, format_value


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed number and what it should be, every string as printed; `link` is the report's address or empty."""

    name: str
    said: str
    report: str
    place: str
    link: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """The differences of a ward, newest first, and how many printed numbers were compared."""

    found: tuple[Difference, ...]
    checked: int


def differences(frame: pd.DataFrame, catalogue: Catalogue, titles: Mapping[int, str], lang: str) -> Differences:
    """Every printed percentage and count of groups held against the figures it is made of.

    `frame` has the columns of core.store.sources; `titles` the title of a batch's report. A hedged side is compared
    with nothing. The rule of rounding is the one by which reports are read (core.quotients).
    """
    rows = [row for row in frame.to_dict("records") if row["indicator"]]
    slots = {_slot(row): row for row in rows}
    found: list[tuple[int, Difference]] = []
    checked = 0
    for row in rows:
        for pair in _made_of(row, slots, catalogue):
            checked += 1
            told = _percent(row, *pair, catalogue, lang)
            if told is not None:
                found.append((row["year"], _difference(row, *told, catalogue, titles, lang)))
    for row, named in _named_groups(rows):
        checked += 1
        told = _groups(row, named, lang)
        if told is not None:
            found.append((row["year"], _difference(row, *told, catalogue, titles, lang)))
    found.sort(key=lambda pair: -pair[0])
    return Differences(tuple(difference for _, difference in found), checked)


def differences_table(found: Differences, place: str, lang: str) -> Table:
    """The same as a table to take away."""
    names = ("figure", "printed", "computed", "gap", "allowed", "report", "place")
    header = tuple(text(f"sources.column_{name}", lang) for name in names)
    rows = tuple((row.name, *row.cells, row.report, row.place) for row in found.found)
    return Table(text("sources.differences_caption", lang, place=place), header, rows)


def _slot(row: Mapping, **other: str) -> tuple:
    names = ("unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis")
    return tuple(str(other.get(name, row[name])) for name in names)


def _made_of(row: Mapping, slots: Mapping[tuple, Mapping], catalogue: Catalogue) -> Iterator[tuple]:
    """Unit, top and bottom of a printed percentage, each with its step of rounding; nothing where one is missing."""
    indicator = catalogue.indicators[row["indicator"]]
    if row["hedge"] or row["scenario"] == "plan":
        return
    if indicator.attainment_of:
        value = slots.get(_slot(row, indicator=indicator.attainment_of, basis=""))
        plan = slots.get(_slot(row, indicator=indicator.attainment_of, scenario="plan"))
        if value and plan and not (value["hedge"] or plan["hedge"]):
            unit = catalogue.indicators[indicator.attainment_of].unit
            sides = [(exact(side["value"]), side["rule"], side["quote"]) for side in (value, plan)]
            yield unit, *((number, step_of(number, unit, rule, quote)) for number, rule, quote in sides)
    elif indicator.rate_of:
        count = slots.get(_slot(row, indicator=indicator.rate_of))
        if count and exact(count["of"]) is not None and not count["hedge"]:
            yield "", *((exact(count[name]), Decimal(0)) for name in ("value", "of"))


def _percent(
    row: Mapping, unit: str, top: tuple[Decimal, Decimal], bottom: tuple[Decimal, Decimal], catalogue: Catalogue,
    lang: str,
) -> tuple[str, tuple[str, ...]] | None:  # fmt: skip
    """The sentence and the cells of a percentage that does not agree; None where it does."""
    printed = exact(row["value"])
    allowed = agreeing(printed, top[0], bottom[0], top_step=top[1], bottom_step=bottom[1])
    if allowed is None or allowed.holds(printed):
        return None
    computed = top[0] * 100 / bottom[0]
    whole = "/".join(words.format_plain(number, lang) for number, _ in (top, bottom))
    pair = quotient_words(top[0], bottom[0], unit, lang) if unit else whole
    gap = format_gap(printed - computed, "percent", lang, decimals=1)
    low, high = (format_percent(end, lang, decimals=2) for end in allowed)
    said = text(
        "sources.difference_percent", lang, printed=format_percent(printed, lang),
        computed=format_percent(computed, lang), sum=pair, gap=gap, low=low, high=high,
    )  # fmt: skip
    cells = (format_percent(printed, lang), format_percent(computed, lang, decimals=2), gap, f"{low}–{high}")
    return said, cells


def _named_groups(rows: list[dict]) -> Iterator[tuple[Mapping, list[Decimal]]]:
    """The reported count of groups of a year, with the titles group by group where all groups have one."""
    named: dict[tuple, list[Decimal]] = {}
    for row in rows:
        if row["indicator"] == TITLE and row["scenario"] != "plan":
            named.setdefault((row["unit_code"], str(row["unit_from"]), row["year"]), []).append(exact(row["value"]))
    for row in rows:
        titles = named.get((row["unit_code"], str(row["unit_from"]), row["year"]), [])
        if row["indicator"] == GROUPS and row["scenario"] != "plan" and row["period"] == "year" and titles:
            of = exact(row["of"])
            if of is None or len(titles) >= of or sum(titles) > exact(row["value"]):
                yield row, titles


def _groups(row: Mapping, titles: list[Decimal], lang: str) -> tuple[str, tuple[str, ...]] | None:
    value, of, reached = exact(row["value"]), exact(row["of"]), Decimal(sum(titles))
    if reached == value and (of is None or of == len(titles)):
        return None
    printed, computed = format_value(value, "group", lang, of=of), format_value(reached, "group", lang, of=len(titles))
    gap = format_gap(value - reached, "group", lang)
    said = text("sources.difference_groups", lang, printed=printed, computed=computed, gap=gap)
    return said, (printed, computed, gap, words.dash(lang))


def _difference(
    row: Mapping, said: str, cells: tuple[str, ...], catalogue: Catalogue, titles: Mapping[int, str], lang: str
) -> Difference:
    indicator: Indicator = catalogue.indicators[row["indicator"]]
    name = "difference_basis" if row["basis"] else "difference_name"
    basis = words.basis_word(row["basis"], lang) if row["basis"] else ""
    return Difference(
        name=text(f"sources.{name}", lang, name=indicator.name(lang), year=row["year"], basis=basis),
        said=said,
        report=titles.get(row["batch"]) or row["report"] or text("sources.by_hand", lang),
        place=row["place"],
        link=row["url"] if str(row["url"]).startswith(("https://", "http://")) else "",
        cells=cells,
    )
