"""Two years of one ward side by side: the headline indicators that may be compared, and why the others may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from app.views import words
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import Unit
from core.series import Break, Point, Series
from core.status import is_ceiling, is_spending
from core.texts import text
from core.vi.format import format_gap
from core.vi.numbers import round_half_up
from core.yearbook import Yearbook

MOST_LINES = 10
PANELS = ("plan", "rate", "low_rate")


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in two years, both numbers in percent: of the plan, or of a whole (`panel`)."""

    indicator: Indicator
    panel: str
    old: Point
    new: Point
    start: Decimal
    end: Decimal

    @property
    def change(self) -> Decimal:
        """In điểm %."""
        return self.end - self.start

    @property
    def verdict(self) -> str:
        """ "better", "worse", or "" where neither can be said."""
        row = self.indicator
        if not self.change or row.polarity == "neutral" or is_spending(row):
            return ""
        return "better" if (self.change > 0) != is_ceiling(row) else "worse"


class LeftOut(NamedTuple):
    """An indicator that is not drawn, and why: a name in data/texts/slope.toml, for "break" the break itself."""

    indicator: Indicator
    reason: str
    gap: Break | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two years: the lines that can be drawn, and the indicators known in both that cannot."""

    old: int
    new: int
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]


def pair_of(book: Yearbook, old: int, new: int) -> Pair:
    """The headline indicators known in both years, those that cannot be compared with the reason."""
    lines, left_out = [], []
    for row in book.catalogue.headline():
        series = book.series(row.id)
        before, after = series.at(old), series.at(new)
        if before is None or after is None or not (before.known and after.known):
            continue
        found = _line(series, before, after)
        if isinstance(found, Line):
            lines.append(found)
        else:
            left_out.append(LeftOut(row, found, _gap(series, before, after) if found == "break" else None))
    left_out += [LeftOut(line.indicator, "many") for line in lines[MOST_LINES:]]
    return Pair(old, new, tuple(lines[:MOST_LINES]), tuple(left_out))


def years_of(book: Yearbook) -> list[int]:
    """The years in which some headline indicator is known, oldest first."""
    return sorted({point.year for row in book.catalogue.headline() for point in book.series(row.id).known})


def earlier_year(book: Yearbook, year: int) -> int | None:
    """The last year before this one with which something can be compared; without one the last that is known."""
    before = [other for other in years_of(book) if other < year]
    usable = [other for other in before if pair_of(book, other, year).lines]
    return next(iter(reversed(usable or before)), None)


def nearest_pair(book: Yearbook, year: int) -> tuple[int, int] | None:
    """The two years nearest to this one, the nearer ending first, that can be compared; None where there are none."""
    years = years_of(book)
    pairs = [
        (abs(new - year), new - old, old, new)
        for place, new in enumerate(years)
        for old in years[:place]
        if pair_of(book, old, new).lines
    ]
    return min(pairs)[2:] if pairs else None


def slope_view(pair: Pair, unit: Unit, lang: str) -> View | None:
    """A view of kind "slope"; None where no indicator of the two years can be compared."""
    if not pair.lines:
        return None
    bold = _highlighted(pair.lines)
    panels = [name for name in PANELS if any(line.panel == name for line in pair.lines)]
    lines = sorted(pair.lines, key=lambda line: PANELS.index(line.panel))
    title = _title(pair, bold, lang)
    return View(
        id="compare-years",
        kind="slope",
        lang=lang,
        title=title,
        subtitle=text("slope.subtitle", lang, place=words.place_words(unit, lang), old=pair.old, new=pair.new),
        frame=pd.DataFrame([_mark(line, line in bold, lang) for line in lines]),
        table=_table(pair, lines, unit, lang),
        alt=text("slope.alt", lang, count=len(lines), place=words.place_words(unit, lang), old=pair.old, new=pair.new,
                 title=title),
        source=words.source_words([point for line in lines for point in (line.new, line.old)], lang),
        notes=_notes(pair, lang),
        detail={
            "panels": [(name, text(f"slope.panel_{name}", lang)) for name in panels],
            "years": (str(pair.old), str(pair.new)),
        },
        is_sample=any(line.new.is_sample for line in lines),
    )  # fmt: skip


def withheld_words(pair: Pair, lang: str) -> str:
    """Why nothing of two years is held against each other, in a sentence."""
    if not pair.left_out:
        return text("slope.withheld_nothing", lang, old=pair.old, new=pair.new)
    reasons = dict.fromkeys(_because(each, lang) for each in pair.left_out)
    return text("slope.withheld", lang, old=pair.old, new=pair.new, reasons="; ".join(reasons))


def _because(left: LeftOut, lang: str) -> str:
    if left.gap is None:
        return text(f"slope.because_{left.reason}", lang)
    if left.gap.kind == "boundary":
        return text("slope.because_boundary", lang, day=words.day_words(left.gap.on))
    return words.lead_lower(left.gap.reason[lang])


def _gap(series: Series, old: Point, new: Point) -> Break | None:
    """The break between two points: a boundary before a change of rules; None for parts of a year."""
    first, last = sorted((series.points.index(old), series.points.index(new)))
    between = [entry for entry in series.breaks if first < entry.at <= last and entry.kind != "half"]
    return min(between, key=lambda entry: entry.kind != "boundary", default=None)


def _line(series: Series, old: Point, new: Point) -> Line | str:
    """The line of an indicator, or the name of the reason why there is none."""
    row = series.indicator
    if not series.comparable(old, new):
        return "break"
    if (old.scenario == "estimate") != (new.scenario == "estimate"):
        return "estimate"
    start, end = _measure(row, old), _measure(row, new)
    if start is None or end is None or start[0] != end[0]:
        return "percent"
    if start[0] == "plan" and (old.status.basis, "scope_unstated" in old.flags) != (
        new.status.basis, "scope_unstated" in new.flags
    ):  # fmt: skip
        return "basis"
    if start[0] != "plan" and (old.of_kind or "unstated") != (new.of_kind or "unstated"):
        return "of"
    return Line(row, start[0], old, new, start[1], end[1])


def _measure(row: Indicator, point: Point) -> tuple[str, Decimal] | None:
    """A point in percent, and of what: a rate as it is, a count in percent of its whole, an amount of its plan."""
    if row.unit == "percent" and point.value is not None and not point.hedge:
        return ("low_rate" if is_ceiling(row) else "rate"), point.value
    if point.rate is not None:
        return "rate", point.rate
    if point.status.attainment is not None and not point.attainment_hedge:
        return "plan", point.status.attainment
    return None


def _highlighted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The largest rise and the largest fall."""
    rise = max(lines, key=lambda line: line.change)
    fall = min(lines, key=lambda line: line.change)
    return tuple(line for line, holds in ((rise, rise.change > 0), (fall, fall.change < 0)) if holds)


def _mark(line: Line, bold: bool, lang: str) -> dict:
    row = line.indicator
    return {
        "panel": line.panel,
        "name": row.short(lang),
        "old": float(line.start),
        "new": float(line.end),
        "old_printed": _printed(line, line.old, lang),
        "new_printed": _printed(line, line.new, lang),
        "change": _changed(line, lang),
        "bold": bold,
        "verdict": line.verdict,
        "hover": _hover(line, lang),
        "old_ref": line.old.ref(row.id),
        "ref": line.new.ref(row.id),
    }


def _printed(line: Line, point: Point, lang: str) -> str:
    """The number at an end of a line; of a small whole the fraction, as everywhere."""
    row = line.indicator
    if line.panel == "plan":
        return words.attained(point.status, row, lang)
    if row.unit != "percent":
        count = f"{words.format_plain(point.value, lang)}/{words.format_plain(point.of, lang)}"
        return f"{count} ({words.rate_words(point.rate, lang)})"
    return words.value_words(row, point, lang)


def _changed(line: Line, lang: str) -> str:
    """ "+1,4 điểm %", with a second decimal for rates under 1 % and where one would print as none; "không đổi"."""
    if not line.change:
        return text("slope.unchanged", lang)
    small = any(0 < abs(value) < 1 for value in (line.start, line.end)) or not round_half_up(line.change, 1)
    return format_gap(line.change, "percent", lang, decimals=2 if small else 1)


def _hover(line: Line, lang: str) -> str:
    row = line.indicator
    said = [f"<b>{row.name(lang)}</b>"]
    for point in (line.old, line.new):
        number = _printed(line, point, lang)
        value = words.value_words(row, point, lang)
        said.append(f"{words.slot_label(point, lang)}: {number}" + (f" ({value})" if value != number else ""))
    return "<br>".join([*said, _changed(line, lang)])


def _title(pair: Pair, bold: Sequence[Line], lang: str) -> str:
    rise = next((line for line in bold if line.change > 0), None)
    fall = next((line for line in bold if line.change < 0), None)
    up, down = (sum((line.change > 0) is side and line.change != 0 for line in pair.lines) for side in (True, False))
    params: dict[str, object] = {"old": pair.old, "new": pair.new, "up": up, "down": down, "count": len(pair.lines)}
    candidates = []
    for line, name in ((rise, "rise"), (fall, "fall")):
        if line is not None:
            short = words.lead_lower(line.indicator.short(lang))
            params[name] = text("slope.of_plan", lang, name=short) if line.panel == "plan" else short
            params[f"{name}_by"] = _changed(line, lang).lstrip("+−")
    if rise and fall:
        candidates.append(text("slope.title_both", lang, **params))
    elif rise or fall:
        candidates.append(text("slope.title_rise" if rise else "slope.title_fall", lang, **params))
    return words.fitting([*candidates, text("slope.title_count", lang, **params)])


def _notes(pair: Pair, lang: str) -> tuple[str, ...]:
    left: dict[str, list[str]] = {}
    for each in pair.left_out:
        left.setdefault(_because(each, lang), []).append(each.indicator.short(lang))
    notes = [text("slope.left_out", lang, names=words.listed(names, lang), because=why) for why, names in left.items()]
    accounts = [line for line in pair.lines if {line.old.scenario, line.new.scenario} == {"actual", "final"}]
    if accounts:
        names = words.listed([line.indicator.short(lang) for line in accounts], lang)
        notes.append(text("slope.note_accounts", lang, names=names))
    if any(line.old.scenario == "estimate" for line in pair.lines):
        names = words.listed([x.indicator.short(lang) for x in pair.lines if x.old.scenario == "estimate"], lang)
        notes.append(text("slope.note_estimates", lang, names=names))
    if any(is_spending(line.indicator) for line in pair.lines):
        notes.append(text("slope.note_spending", lang))
    return tuple(notes)


def _table(pair: Pair, lines: Sequence[Line], unit: Unit, lang: str) -> Table:
    header = (text("slope.column_indicator", lang), text("slope.column_measure", lang), str(pair.old), str(pair.new),
              text("slope.column_change", lang))  # fmt: skip
    rows = tuple(
        (line.indicator.short(lang), text(f"slope.panel_{line.panel}", lang), _printed(line, line.old, lang),
         _printed(line, line.new, lang), _changed(line, lang))
        for line in lines
    )  # fmt: skip
    raw = pd.DataFrame([
        {"indicator": line.indicator.id, "measure": line.panel, str(pair.old): line.start, str(pair.new): line.end,
         "change": line.change}
        for line in lines
    ])  # fmt: skip
    caption = text("slope.caption", lang, place=words.place_words(unit, lang), old=pair.old, new=pair.new)
    refs = tuple(
        ("", "", line.old.ref(line.indicator.id), line.new.ref(line.indicator.id), "") for line in lines
    )
    return Table(caption, header, rows, raw, refs)
