"""The budget over the years: revenue on the territory, the ward's own revenue and expenditure, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from app.views import merged, words
from app.views.columns import PHONE_ROWS, columns_view, hover, series_table
from app.views.gaps import bullet_bar
from app.views.said import attained_said, count_said, judged_of, percent_said, sentences, value_said
from app.views.view import Table, View
from core.figures import Ref
from core.places import Unit
from core.sentences import Sentence, joined, listed, sentence
from core.series import Point, Series
from core.status import GOOD, JUDGED, honest_decimals, is_spending
from core.texts import text
from core.vi.format import Scale, format_percent, format_value, pick_scale
from core.yearbook import Yearbook

TERRITORY, OWN, SPENDING = "budget_revenue", "budget_revenue_own", "budget_expenditure"
SERIES = (TERRITORY, OWN, SPENDING)
LINES = {"revenue": "budget_revenue_line", "expenditure": "budget_expenditure_line"}
TOTALS = {"revenue": OWN, "expenditure": SPENDING}
MOST_NAMED = 3


def message_words(book: Yearbook, year: int | None, lang: str) -> tuple[Sentence, Sentence]:
    """The screen's sentence and the one or two under it, made from the figures; empty strings without any."""
    known = [series for series in (book.series(name) for name in SERIES) if series.known]
    if not known:
        return Sentence(), Sentence()
    first = known[0]
    rest = [_sentence(book, series, year, lang) for series in known[1:]]
    if all(point.value is None for series in known for point in series.points):
        rest.append(sentence("budget.only_percent_lead", lang))
    low = _years_named(book, first, lang)
    return _headline(book, first, year, lang), sentences(low, *rest)


def money_view(
    book: Yearbook, unit: Unit, indicator: str, year: int | None, lang: str, *, all_years: bool = False
) -> View | None:
    """Plan and actual of one budget series over the years; None where the ward has no figure of it.

    Where only printed percentages are known, they are drawn as bullets, a year a row.
    """
    series = book.series(indicator)
    title = series_title(series, lang)
    rows = None if all_years else PHONE_ROWS
    drawn = columns_view(series, unit, year, lang, id=f"budget-{indicator}", title=title, rows=rows)
    return drawn or _percent_view(series, unit, lang, title)


def plans_view(book: Yearbook, unit: Unit, indicator: str, year: int, lang: str) -> View | None:
    """Every kind of plan of one year beside what was done; None where no year has two kinds.

    The plans stay apart: an adjusted one never replaces the first. A year without them shows the last before it.
    """
    rows = book.frame[(book.frame["indicator"] == indicator) & (book.frame["scenario"] == "plan")]
    kinds = rows.groupby("year")["basis"].nunique()
    return _nearest(kinds[kinds > 1].index, year, lambda then: _plans_of(book, unit, indicator, then, lang), lang)


def mix_view(book: Yearbook, unit: Unit, flow: str, year: int, lang: str) -> View | None:
    """What one year's own revenue, or expenditure, was made of: ordered bars; None without budget lines.

    A year without lines shows the last before it that has them.
    """
    rows = book.frame[(book.frame["indicator"] == LINES[flow]) & (book.frame["scenario"] != "plan")]
    return _nearest(rows["year"].unique(), year, lambda then: _mix_of(book, unit, flow, then, lang), lang)


def _nearest(years: Iterable[int], chosen: int, made: Callable[[int], View | None], lang: str) -> View | None:
    """The view of the chosen year, else of the newest year before it, which a note says; never of a later year."""
    for year in sorted((int(year) for year in years if year <= chosen), reverse=True):
        view = made(year)
        if view is not None:
            other = () if year == chosen else (text("budget.other_year", lang, year=year, chosen=chosen),)
            return replace(view, notes=other + view.notes)
    return None


def _plans_of(book: Yearbook, unit: Unit, indicator: str, year: int, lang: str) -> View | None:
    point = book.series(indicator).at(year)
    if point is None or point.unit is None:
        return None
    plans = book.plans(indicator, point.unit, year, point.period)
    named = {plan.value for plan in plans if plan.basis != "unstated"}
    # a final account repeats a plan without saying whose it is: the same number is the same plan
    plans = [plan for plan in plans if plan.basis != "unstated" or plan.value not in named]
    if len(plans) < 2:
        return None
    row = book.catalogue.indicators[indicator]
    scale = pick_scale(max([plan.value for plan in plans] + ([point.value] if point.value is not None else [])), "vnd")
    bars = [(text(f"status.long_basis_{plan.basis}", lang), plan.value, plan.basis, "plan") for plan in plans]
    if point.value is not None:
        tone = "estimate" if point.scenario == "estimate" else "spending" if is_spending(row) else ""
        bars.append((merged.scenario_words(point, lang), point.value, "", tone))
    stored = Ref(point.unit, year, indicator, period=point.period)
    refs = [str(stored._replace(scenario="plan", basis=plan.basis)) for plan in plans] + [point.ref(indicator)]
    frame = pd.DataFrame(
        [
            _bar(label, value, tone, scale, lang, _against(point, value, basis, lang), ref)
            for (label, value, basis, tone), ref in zip(bars, refs, strict=False)
        ]
    )
    return View(
        id=f"budget-plans-{indicator}",
        kind="bars",
        lang=lang,
        title=_plans_title(point, plans, year, lang),
        subtitle=text(
            "budget.plans_subtitle", lang, name=row.name(lang), unit=scale.label(lang),
            place=words.place_words(unit, lang), year=words.slot_label(point, lang),
        ),
        frame=frame,
        table=_bars_table(frame, bars, text("budget.plans_caption", lang, year=year, unit=scale.label(lang)), lang),
        alt=text("budget.plans_alt", lang, count=len(plans), name=row.name(lang), year=year),
        source=words.source_words([point], lang),
        detail={"largest": float(frame["value"].max()) * 1.02},
        is_sample=point.is_sample,
    )  # fmt: skip


def _mix_of(book: Yearbook, unit: Unit, flow: str, year: int, lang: str) -> View | None:
    catalogue = book.catalogue
    lines = [line for line in catalogue.lines.values() if line.flow == flow]
    points = {line.id: book.series(LINES[flow], line.id).at(year) for line in lines}
    known = {name: point for name, point in points.items() if point is not None and point.value is not None}
    # a line is shown by its parts where the parts are known, so that nothing is drawn twice
    split = {line.parent for line in lines if line.id in known}
    shown = [line for line in lines if line.id in known and line.id not in split]
    shown = [line for line in shown if known[line.id].value > 0]
    if len(shown) < 2:
        return None
    shown.sort(key=lambda line: known[line.id].value, reverse=True)
    total = sum((known[line.id].value for line in shown), Decimal(0))
    if _too_few(book, flow, year, total):
        return None
    scale = pick_scale(known[shown[0].id].value, "vnd")
    tone = "spending" if flow == "expenditure" else ""
    bars = [(line.name(lang), known[line.id].value, "", tone) for line in shown]
    refs = [known[line.id].ref(LINES[flow], line.id) for line in shown]
    frame = pd.DataFrame(
        [
            _bar(label, value, tone, scale, lang, _share(value, total, lang), ref)
            for (label, value, _, tone), ref in zip(bars, refs, strict=True)
        ]
    )
    some = known[shown[0].id]
    first = shown[0].name(lang)
    return View(
        id=f"budget-mix-{flow}",
        kind="bars",
        lang=lang,
        title=words.fitting([
            text(f"budget.mix_title_{flow}", lang, name=first, share=_share(bars[0][1], total, lang), year=year),
            text(f"budget.mix_brief_{flow}", lang, name=first, share=_share(bars[0][1], total, lang), year=year),
        ]),
        subtitle=text(
            f"budget.mix_subtitle_{flow}", lang, unit=scale.label(lang), place=words.place_words(unit, lang),
            year=words.slot_label(some, lang), scenario=text(f"status.scenario_{some.scenario}", lang).lower(),
        ),
        frame=frame,
        table=_bars_table(frame, bars, text("budget.mix_caption", lang, year=year, unit=scale.label(lang)), lang),
        alt=text(f"budget.mix_alt_{flow}", lang, count=len(shown), year=year, first=first),
        source=words.source_words(known.values(), lang),
        notes=_mix_notes(book, flow, year, total, lang),
        detail={"largest": float(frame["value"].max()) * 1.02},
        is_sample=some.is_sample,
    )  # fmt: skip


def _too_few(book: Yearbook, flow: str, year: int, total: Decimal) -> bool:
    """Whether lines leave so much of the reported total open that no share, and no largest one, can be said."""
    whole = book.series(TOTALS[flow]).at(year)
    return whole is not None and whole.value is not None and total < whole.value * words.NEARLY_ALL


def _mix_notes(book: Yearbook, flow: str, year: int, total: Decimal, lang: str) -> tuple[str, ...]:
    """Where the lines do not add up to the total that was reported, that is said and both stay."""
    whole = book.series(TOTALS[flow]).at(year)
    if whole is None or whole.value is None or whole.hedge or whole.value == total:
        return ()
    parts = [format_value(number, "vnd", lang) for number in (total, whole.value)]
    return (text("budget.mix_differs", lang, lines=parts[0], total=parts[1]),)


def series_title(series: Series, lang: str) -> str:
    """The finding of one budget series: how many years met the plan, the best and the worst of them."""
    row = series.indicator
    name = row.short(lang)
    judged = _judged(series)
    if len(judged) < 2:
        return _single_title(series, lang)
    met = sum(point.status.state in GOOD for point in judged)
    ranked = sorted((p for p in judged if p.status.attainment is not None), key=lambda p: p.status.attainment)
    key = "spending" if is_spending(row) else "revenue"
    params = {"name": name, "met": met, "count": len(judged)}
    if row.unit != "vnd":
        return text("budget.title_target_met", lang, **params)
    if not ranked or len({point.unit for point in judged}) > 1:  # years of two territories are not ranked
        return text(f"budget.title_{key}_met", lang, **params)
    low, high = ranked[0], ranked[-1]
    params |= {
        "high": high.year, "high_percent": words.attained(high.status, row, lang),
        "low": low.year, "low_percent": words.attained(low.status, row, lang),
    }  # fmt: skip
    over = [str(point.year) for point in judged if point.status.state not in GOOD]
    params["years"] = words.listed(over, lang)
    if is_spending(row):
        if not over:
            return text("budget.title_spending_all", lang, **params)
        candidates = (
            ["title_spending_years", "title_spending_met"] if len(over) <= MOST_NAMED else ["title_spending_met"]
        )
    elif not over:
        candidates = ["title_revenue_all", "title_revenue_met"]
    elif met == 0:
        candidates = ["title_revenue_none", "title_revenue_met"]
    else:
        candidates = ["title_revenue_both", "title_revenue_met"]
    return words.fitting(text(f"budget.{candidate}", lang, **params) for candidate in candidates)


def _judged(series: Series) -> list[Point]:
    """The whole years that were held against a plan; halves of a split year count for none."""
    return [point for point in series.known if point.status.state in JUDGED and not point.part]


def _single_title(series: Series, lang: str) -> str:
    """The finding where fewer than two years have a plan: the newest value, and its change where it may be compared."""
    if not series.known:
        return series.indicator.name(lang)
    row, last = series.indicator, series.known[-1]
    params = {
        "name": row.short(lang),
        "year": words.slot_label(last, lang),
        "value": words.value_words(row, last, lang),
    }
    if last.status.attainment is not None:
        name = "title_one" if last.value is not None else "title_percent"
        return text(f"budget.{name}", lang, **params, attained=words.attainment_words(row, last, lang))
    before = series.before(last)
    if before is not None and before.value is not None and last.value is not None and series.comparable(before, last):
        change = last.value - before.value
        key = "budget.title_rise" if change > 0 else "budget.title_fall" if change < 0 else "budget.title_same"
        size = format_value(abs(change), row.unit, lang)
        return text(key, lang, **params, change=size, before=before.year)
    return text("budget.title_value", lang, **params)


def _headline(book: Yearbook, series: Series, year: int | None, lang: str) -> Sentence:
    row = series.indicator
    point = series.at(year) if year is not None else series.known[-1]
    if point is None or not point.known:
        return sentence(merged.none_key(series, year), lang, name=row.short(lang), year=year)
    judged = _judged(series)
    if len(judged) < 2:
        return year_message(book, series, point, lang)
    refs = judged_of(book.catalogue, [(row, each) for each in judged])
    met = count_said(sum(each.status.state in GOOD for each in judged), refs)
    said = sentence("budget.message", lang, name=row.short(lang), met=met, count=count_said(len(judged), refs))
    if point.status.attainment is None:
        return said
    percent = percent_said(book.catalogue, row, point, lang)
    return sentence("budget.message_year", lang, said=said, year=words.slot_label(point, lang), percent=percent)


def year_message(book: Yearbook, series: Series, point: Point, lang: str) -> Sentence:
    """What one year brought of a budget series and what that is of its plan."""
    row = series.indicator
    params = {
        "name": row.short(lang),
        "year": words.slot_label(point, lang),
        "value": value_said(book.catalogue, row, point, lang),
    }
    attained = attained_said(book.catalogue, row, point, lang)
    if point.value is None:
        return sentence("budget.title_one", lang, **params, attained=attained)
    return (
        sentence("budget.title_both", lang, **params, attained=attained)
        if attained
        else sentence("budget.title_value", lang, **params)
    )


def _years_named(book: Yearbook, series: Series, lang: str) -> Sentence:
    """The years that fell short, named where they are few."""
    judged = _judged(series)
    short = [point for point in judged if point.status.state not in GOOD]
    if len(judged) < 2 or not short or len(short) > MOST_NAMED:
        return Sentence()
    named = [
        sentence(
            "budget.year_percent", lang, year=point.year,
            percent=percent_said(book.catalogue, series.indicator, point, lang),
        )
        for point in short
    ]  # fmt: skip
    return sentence("budget.short_years", lang, years=listed(named, lang))


def _sentence(book: Yearbook, series: Series, year: int | None, lang: str) -> Sentence:
    """A further series in one sentence about the chosen year."""
    point = series.at(year) if year is not None else series.known[-1]
    known = point is not None and point.known
    return joined([year_message(book, series, point, lang), "."]) if known else Sentence()


def _percent_view(series: Series, unit: Unit, lang: str, title: str) -> View | None:
    """Printed percentages without a value or a plan: a year a row, each against its own plan."""
    known = [point for point in reversed(series.known) if point.status.attainment is not None]
    if not known:
        return None
    row = series.indicator
    frame = pd.DataFrame([
        {
            "name": words.slot_label(point, lang), "bar": bullet_bar(row, point),
            "near": 100.0 if is_spending(row) else float(row.near),
            "score": float(point.status.score), "printed": words.attained(point.status, row, lang),
            "gap_words": words.gap_words(row, point, lang), "state": point.status.state, "words": "",
            "hover": hover(row, point, lang), "ref": point.ref(row.id),
        }
        for point in known
    ])  # fmt: skip
    notes = dict.fromkeys(words.reported_words(point.status, lang) for point in known)
    return View(
        id=f"budget-{row.id}",
        kind="bullets",
        lang=lang,
        title=title,
        subtitle=text(
            "budget.percent_subtitle", lang, name=row.name(lang), place=words.place_words(unit, lang),
            period=words.period_words(known[-1].year, known[0].year),
        ),
        frame=frame,
        table=series_table(series, lang, Scale(Decimal(1), "vnd")),
        alt=text("budget.percent_alt", lang, name=row.name(lang), place=words.place_words(unit, lang), title=title),
        source=words.source_words(known, lang),
        notes=tuple(words.lead_upper(note) + "." for note in notes if note) + merged.notes_of(series, lang),
        detail={
            "bar_words": text("budget.bar_words", lang), "gap_heading": text("budget.gap_heading", lang),
            "gap_panel": len(known) > 1,
        },
        is_sample=any(point.is_sample for point in known),
    )  # fmt: skip


def _plans_title(point: Point, plans: Sequence, year: int, lang: str) -> str:
    if point.value is None:
        return text("budget.plans_title_count", lang, count=len(plans), year=year)
    met = [plan for plan in plans if point.value >= plan.value]
    return text("budget.plans_title", lang, year=year, met=len(met), count=len(plans))


def _against(point: Point, plan: Decimal, basis: str, lang: str) -> str:
    """How far a plan was met, behind its own bar."""
    known = basis not in ("", "unstated") and point.value is not None and not point.hedge and plan > 0
    if not known:
        return ""
    return text("budget.plan_met", lang, percent=_percent(point.value * 100 / plan, lang))


def _share(value: Decimal, total: Decimal, lang: str) -> str:
    return _percent(value * 100 / total, lang) if total else ""


def _percent(number: Decimal, lang: str) -> str:
    """One decimal in every row of a list, more where it would print as 100 without being it."""
    return format_percent(number, lang, decimals=honest_decimals(number, (Decimal(100),), 1))


def _bar(label: str, value: Decimal, tone: object, scale: Scale, lang: str, behind: str, ref: str) -> dict:
    said = format_value(value, "vnd", lang, scale=scale, decimals=1 if scale.factor > 1 else 0).split(" ")[0]
    printed = f"{said} ({behind})" if behind else said
    lines = [f"<b>{label}</b>", format_value(value, "vnd", lang), behind]
    return {
        "label": label,
        "value": float(scale.number(value)),
        "tone": tone,
        "printed": printed,
        "hover": "<br>".join(line for line in lines if line),
        "ref": ref,
    }


def _bars_table(frame: pd.DataFrame, bars: Sequence[tuple], caption: str, lang: str) -> Table:
    header = (text("budget.column_line", lang), text("budget.column_value", lang))
    rows = tuple((row.label, row.printed) for row in frame.itertuples())
    raw = pd.DataFrame([{"line": label, "value": value, "unit": "vnd"} for label, value, _, _ in bars])
    return Table(caption, header, rows, raw, tuple(("", ref) for ref in frame["ref"]))
