"""Any row of the catalogue: what it is, and everything that is known of it over the years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from app.views import words
from app.views.arithmetic import arithmetic
from app.views.budget import series_title
from app.views.columns import column_scale, columns_view, table_money
from app.views.lines import line_view, multiples_view
from app.views.merged import rule_words
from app.views.view import Table, View
from core.catalogue import Catalogue, Indicator
from core.figures import PERIODS, Ref, UnitKey
from core.places import Unit
from core.series import PLAN_ORDER, Point, Series, exact
from core.status import JUDGED, is_ceiling
from core.texts import text
from core.vi.format import Scale, format_percent, format_value
from core.yearbook import Yearbook

BASES = ("", *PLAN_ORDER)
KINDS = ("plan", "estimate", "actual", "final")
AS_COLUMNS = ("amount", "count")
_ANY_YEAR = 2000  # a due date is the same in every year


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the catalogue in words: (term, words) pairs in the order read."""

    name: str
    definition: str
    facts: tuple[tuple[str, str], ...]


def choices(catalogue: Catalogue, family: str) -> tuple[Indicator, ...]:
    """The indicators of a family that stand for the ward as a whole; its parts have screens of their own."""
    return tuple(row for row in catalogue.family(family) if not row.member_kind)


def known_ids(book: Yearbook) -> set[str]:
    """Indicators of which the book holds at least one value or plan."""
    return set(book.frame["indicator"]) if len(book.frame) else set()


def indicator_view(
    book: Yearbook, indicator: str, unit: Unit, year: int | None, lang: str, *, all_years: bool = False
) -> View | None:
    """An indicator over the years: columns for amounts and counts, a line for rates; None where nothing is known."""
    series = book.series(indicator)
    id = f"indicator-{indicator}"
    if series.indicator.kind in AS_COLUMNS:
        rows = None if all_years else 5
        return columns_view(series, unit, year, lang, id=id, title=_columns_title(series, year, lang), rows=rows)
    return line_view(series, unit, year, lang, id=id)


def family_view(book: Yearbook, family: str, unit: Unit, year: int | None, lang: str) -> View | None:
    """Small multiples of a family; attainments are left out, they stand on their own indicator's chart."""
    rows = [row for row in choices(book.catalogue, family) if not row.attainment_of]
    return multiples_view(book, rows, unit, year, lang, family=family)


def entry(catalogue: Catalogue, indicator: str, lang: str) -> Entry:
    """What a row of the catalogue says of itself, in words."""
    row = catalogue.indicators[indicator]
    facts = [
        (text("indicators.unit", lang), row.measure.name(lang)),
        (text("indicators.good", lang), _good_side(row, lang)),
        (text("indicators.limits_name", lang), _limits(row, lang)),
        (text("indicators.method", lang), _method(catalogue, row, lang)),
        (text("indicators.year_rule", lang), text(f"indicators.year_{row.year_rule}", lang)),
        (text("indicators.adding", lang), rule_words(catalogue, row.id, lang)),
        (
            text("indicators.owner", lang),
            text("indicators.owner_due", lang, owner=row.owner(lang), due=_due(row, lang)),
        ),
        (text("indicators.legal", lang), "; ".join(_act(entry, lang) for entry in row.legal)),
        (text("indicators.breaks", lang), "; ".join(_break(entry, lang) for entry in row.breaks)),
    ]
    return Entry(row.name(lang), row.definition(lang), tuple((term, said) for term, said in facts if said))


def judged_words(book: Yearbook, indicator: str, year: int | None, lang: str) -> tuple[str, str] | None:
    """How the chosen year's (else the newest) state was worked out, as a term and its words; None without a plan."""
    series = book.series(indicator)
    point = series.at(year) if year is not None else next(reversed(series.known), None)
    said = arithmetic(series.indicator, point, lang) if point is not None else ""
    return (text("indicators.judged", lang, year=words.slot_label(point, lang)), said) if said else None


def scenarios(book: Yearbook, indicator: str, lang: str) -> Table | None:
    """Every value of an indicator, years down, across: plans by who set them, estimate, actual, final account.

    Reported and computed values have columns of their own. None where nothing is known. Nothing is chosen or left
    out here; charts choose.
    """
    row = book.catalogue.indicators[indicator]
    frame = book.frame[(book.frame["indicator"] == indicator) & (book.frame["member"] == "")]
    if not len(frame):
        return None
    scale = column_scale(book.series(indicator))
    cells: dict[tuple, dict[tuple, str]] = {}
    behind: dict[tuple, dict[tuple, str]] = {}
    for found in frame.to_dict("records"):
        when = (int(found["year"]), PERIODS.index(found["period"]) if found["period"] in PERIODS else -1,
                str(found["unit_from"]), found["period"])  # fmt: skip
        what = (KINDS.index(found["scenario"]), BASES.index(found["basis"]), found["method"])
        cells.setdefault(when, {})[what] = _cell(row, found, scale, lang)
        behind.setdefault(when, {})[what] = _behind(found)
    kinds = sorted({what for values in cells.values() for what in values})
    header = (text("indicators.column_year", lang), *(_kind(what, lang) for what in kinds))
    rows = tuple(
        (_when(book, when, cells, lang), *(cells[when].get(what, words.dash(lang)) for what in kinds))
        for when in sorted(cells)
    )
    names = ["year", "period", "unit_code", "scenario", "basis", "value", "of", "method", "hedge", "source"]
    caption = text("indicators.scenarios_caption", lang, name=row.name(lang), unit=scale.label(lang))
    refs = tuple(("", *(behind[when].get(what, "") for what in kinds)) for when in sorted(cells))
    return Table(caption, header, rows, _plain(frame[names]).assign(indicator=indicator), refs)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows for a file: the reports of a worked-out value in one cell."""
    return frame.assign(source=frame["source"].str.replace("\n", "; "))


def _behind(found: dict) -> str:
    """The reference of one value; a computed one is followed to everything it was worked out from."""
    made_of = found.get("made_of")
    if isinstance(made_of, str) and made_of:
        return made_of
    unit = UnitKey(found["unit_code"], found["unit_from"])
    ref = Ref(unit, int(found["year"]), found["indicator"], period=found["period"])
    own = ref._replace(scenario=found["scenario"], basis=found["basis"])
    return str(ref if found["method"] != "reported" else own)


def _kind(what: tuple[int, int, str], lang: str) -> str:
    said = text(f"status.scenario_{KINDS[what[0]]}", lang)
    if BASES[what[1]]:
        said = text("indicators.kind_basis", lang, kind=said, basis=words.basis_word(BASES[what[1]], lang))
    if what[2] == "computed":
        said = text("indicators.kind_computed", lang, kind=said)
    elif what[2] == "derived":
        said = text("boundary.scenario", lang, scenario=said)
    return said


def _cell(row: Indicator, found: dict, scale: Scale, lang: str) -> str:
    value, of = exact(found["value"]), exact(found["of"])
    if row.unit == "vnd":
        said = table_money(value, scale, lang)
        return text(f"numbers.hedge_{found['hedge']}", lang, value=said) if found["hedge"] else said
    if row.unit != "percent":
        return format_value(value, row.unit, lang, of=of, hedge=found["hedge"])
    said = words.rate_words(value, lang)
    return text(f"numbers.hedge_{found['hedge']}", lang, value=said) if found["hedge"] else said


def _when(book: Yearbook, when: tuple, cells: dict, lang: str) -> str:
    """The year of a row, with its part; of a year in which the unit changed, the unit's days."""
    year, _, since, period = when
    if period != "year":
        return f"{year} ({_period(period, lang)})"
    twice = [other for other in cells if other[0] == year and other[3] == "year"]
    if len(twice) < 2:
        return str(year)
    return words.slot_label(Point(year, "h1" if since == min(other[2] for other in twice) else "h2", None), lang)


def _period(period: str, lang: str) -> str:
    if period[:-1].isdigit() and period.endswith("m"):
        return text("indicators.period_months", lang, months=period[:-1])
    return text(f"indicators.period_{period}", lang)


def _columns_title(series: Series, year: int | None, lang: str) -> str:
    if series.indicator.family == "budget" and series.known:
        return series_title(series, lang)
    known = [point for point in series.points if point.value is not None]
    if not known:
        return series.indicator.name(lang)
    judged = [point for point in series.known if point.status.state in JUDGED and not point.part]
    if len(judged) > 1:
        return series_title(series, lang)
    chosen = series.at(year) if year is not None else None
    row, last = series.indicator, chosen if chosen in known else known[-1]
    return text(
        "indicators.title_value", lang, name=row.short(lang), year=words.slot_label(last, lang),
        value=words.value_words(row, last, lang, column_scale(series) if row.unit == "vnd" else None),
    )  # fmt: skip


def _good_side(row: Indicator, lang: str) -> str:
    if row.polarity == "neutral":
        return text("indicators.side_neutral", lang)
    if row.flow == "expenditure":
        return text("indicators.side_spending", lang)
    operator = {">=": "least", "<=": "most", "=": "exact", "maintain": "maintain"}[row.operator]
    return text(f"indicators.side_{'lower' if is_ceiling(row) else 'higher'}_{operator}", lang)


def _limits(row: Indicator, lang: str) -> str:
    if row.polarity == "neutral" or not row.plan_allowed:
        return ""
    near, exceeded = (format_percent(limit, lang) for limit in (row.near, row.exceeded))
    if row.flow == "expenditure":
        return text("indicators.limits_spending", lang)
    if row.operator in ("=", "maintain"):
        return text("indicators.limits_exact", lang)
    name = "limits_lower" if is_ceiling(row) else "limits"
    return text(f"indicators.{name}", lang, near=near, over=format_percent(200 - row.near, lang), exceeded=exceeded)


def _method(catalogue: Catalogue, row: Indicator, lang: str) -> str:
    """The formula with the indicators' own names in place of their ids."""
    if not row.formula:
        return ""
    said = row.formula
    for id in sorted(row.inputs, key=len, reverse=True):
        said = said.replace(id, words.lead_lower(catalogue.indicators[id].name(lang)))
    for word in ("plan", "of"):
        said = " ".join(text(f"indicators.formula_{word}", lang) if part == word else part for part in said.split(" "))
    return words.lead_upper(said.replace("/", "÷"))


def _due(row: Indicator, lang: str) -> str:
    """The day and month, with the year after said where it is that."""
    due = row.due_on(_ANY_YEAR)
    return text(f"indicators.{'day_after' if due.year > _ANY_YEAR else 'day'}", lang, day=due.day, month=due.month)


def _act(entry: dict, lang: str) -> str:
    said = f"{entry['act']}, {entry['article']}" if entry.get("article") else str(entry["act"])
    first = words.day_words(_day(entry["from"]))
    if entry.get("to"):
        return text("indicators.act_until", lang, act=said, first=first, last=words.day_words(_day(entry["to"])))
    return text("indicators.act_since", lang, act=said, first=first)


def _break(entry: dict, lang: str) -> str:
    return text("indicators.break_on", lang, day=words.day_words(_day(entry["date"])), reason=entry["reason"][lang])


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
