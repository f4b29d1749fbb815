"""The scenes a conference can have: each makes its slide from a freeze, or none where that knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from app.story.deck import Slide
from app.ui.book import book_of, report_titles, rows_of
from app.ui.context import Context
from app.ui.groups import groups_of
from app.ui.noted import edited, explained_groups, noted, shortfalls_of
from app.views import awards, budget, culture, words
from app.views.award_counts import AwardBook
from app.views.indicators import indicator_view
from app.views.ladder import ladder_views
from app.views.lines import series_message
from app.views.matrix import matrix_view
from app.views.overview import overview
from app.views.view import TABLE, Table, View
from app.views.waffle import waffle_view
from core.missed import missed_plans
from core.sentences import Sentence, joined
from core.series import Series
from core.store.shortfalls import Shortfall, list_shortfalls
from core.texts import text
from core.vi.format import format_gap
from core.vi.numbers import MINUS
from core.yearbook import Yearbook

SPAN = 5  # years of a slide's chart: more cannot be read from the last row of a hall
REMARKS, REMARK_ROOM = 2, 200  # lines under a slide's chart, and the signs of all of them
INDICATORS = 4  # headline indicators with a slide of their own, beside money and culture


@dataclass(frozen=True)
class Look:
    """One freeze as the scenes read it, each part once."""

    ctx: Context

    @cached_property
    def book(self) -> Yearbook:
        """Every figure of the ward over all its years."""
        return book_of(self.ctx)

    @cached_property
    def recent(self) -> Yearbook:
        """The last years up to the freeze's own, as the charts of a hall show them."""
        first = self.year - SPAN + 1
        frame = self.book.frame
        kept = frame[(frame["year"] >= first) & (frame["year"] <= self.year)]
        known = max(first, int(kept["year"].min())) if len(kept) else first
        return self.book.over(kept, (known, self.year))

    @cached_property
    def awards(self) -> AwardBook:
        """The awards over the same years."""
        units, frame = rows_of(self.ctx, "tidy_awards")
        first, last = self.recent.years or (self.year, self.year)
        frame = frame[frame["year"].between(first, last)]
        return AwardBook(self.ctx.catalogue, units, frame, (first, last), report_titles(self.ctx, frame))

    @cached_property
    def groups(self) -> pd.DataFrame:
        """The residential groups."""
        return groups_of(self.ctx, self.book.units)

    @property
    def year(self) -> int:
        """The conference's year."""
        return self.ctx.year

    def shortfalls(self) -> dict[str, Shortfall]:
        """What was said of the year's missed plans when it was approved, by indicator."""
        found = list_shortfalls(self.ctx.store, self.book.units, [self.year], approved=True)
        return {each.indicator: each for each in found}


Maker = Callable[[Look], Slide | None]


def _slide(look: Look, id: str, view: View | None, *, sentence: str = "", title: str = "") -> Slide | None:
    """A slide of a chart with the notes it has on the screens."""
    if view is None:
        return None
    full = noted(look.ctx, view)
    own = [note for note in full.notes if note not in view.notes]
    return Slide(id, title or view.title, sentence or view.subtitle, full, source=view.source, is_sample=view.is_sample,
                 remarks=_remarks(own, look.year))  # fmt: skip


def _remarks(notes: Sequence[str], year: int) -> tuple[str, ...]:
    """Of what was written beside a chart that of the conference's year, then of the latest, as far as there is room."""
    kept: list[str] = []
    for note in sorted(notes, key=lambda note: (str(year) not in note.partition(":")[0], notes.index(note) * -1)):
        if len(kept) < REMARKS and sum(map(len, (*kept, note))) <= REMARK_ROOM:
            kept.append(note)
    return tuple(sorted(kept, key=notes.index))


def _written(look: Look, screen: str) -> Sentence:
    """The sentence somebody wrote for a screen, as long as all its figures stand; empty where there is none."""
    found = edited(look.ctx, screen)
    return Sentence() if found is None or found.changed else found.wording.sentence


def _over(written: Sentence, subtitle: str) -> str:
    """What somebody wrote, and after it unit and period, without which no chart stands."""
    return joined([written, subtitle], " ") if written else subtitle


def _targets(look: Look) -> Slide | None:
    ctx = look.ctx
    found = overview(look.book, ctx.unit, look.year, ctx.lang, ctx.today, shortfalls_of(ctx))
    if found is None or not found.headlines:
        return None
    lead = _written(look, "overview") or joined([found.lead, _drawn(found.bullets, ctx.lang)], " ")
    return Slide("targets", found.title, lead, found.bullets, source=found.source, is_sample=found.is_sample,
                 points=() if found.bullets else tuple(_told(row) for row in found.headlines))  # fmt: skip


def _drawn(bullets: View | None, lang: str) -> str:
    """How many of the judged indicators a list draws, where it leaves some out: a title counts all of them."""
    drawn, judged = (len(bullets.frame), len(bullets.table.rows)) if bullets else (0, 0)
    return text("story.drawn", lang, drawn=drawn, count=judged) if drawn < judged else ""


def _told(row) -> str:
    return f"{row.name}: {row.value} {row.unit}".strip() + (f"; {words.lead_lower(row.plan)}" if row.plan else "")


def _money(indicator: str) -> Maker:
    def made(look: Look) -> Slide | None:
        if not _told_of(look, indicator):
            return None
        view = budget.money_view(look.recent, look.ctx.unit, indicator, look.year, look.ctx.lang, all_years=True)
        if view is None:
            return None
        view = _with_star(view)
        first = next(name for name in budget.SERIES if _told_of(look, name))
        written = _written(look, "budget") if indicator == first else Sentence()
        series = look.recent.series(indicator)
        title, point = Sentence(), series.at(look.year)
        if point.value is not None:  # the year is the message, the course of the years stands under it
            title = budget.year_message(look.recent, series, point, look.ctx.lang)
            course = len(series.known) > 1 and view.title != title
            written = written or (joined([view.title, "."]) if course else Sentence())
        return _slide(look, indicator, view, title=title, sentence=_over(written, view.subtitle))

    return made


def _with_star(view: View) -> View:
    """Columns whose subtitle says what a star beside a percent means: on a wall no note stands under a chart."""
    above = [*view.frame["attained"], *view.frame["words"]] if view.kind == "plan_actual" else []
    if not any("*" in said for said in above):
        return view
    return replace(view, subtitle=f"{view.subtitle}; {text('budget.starred', view.lang)}")


def _told_of(look: Look, indicator: str) -> bool:
    """Whether a series has anything of the freeze's own year: another year's is no message of this conference."""
    point = look.book.series(indicator).at(look.year)
    return point is not None and point.known


def _mix(flow: str) -> Maker:
    def made(look: Look) -> Slide | None:
        frame = look.book.frame
        if not ((frame["indicator"] == budget.LINES[flow]) & (frame["year"] == look.year)).any():
            return None  # the view would show an earlier year's, which is no message of this conference
        return _slide(look, f"{flow}_mix", budget.mix_view(look.book, look.ctx.unit, flow, look.year, look.ctx.lang))

    return made


def _groups(look: Look) -> Slide | None:
    title, lead = culture.message(look.book, look.groups, look.year, look.ctx.lang)
    view = waffle_view(look.book, look.groups, look.year, look.ctx.unit, look.ctx.lang)
    if view is None:
        return None
    view = replace(view, notes=(*explained_groups(look.ctx, look.year), *view.notes))
    return _slide(look, "groups", view, title=title, sentence=_written(look, "culture") or lead)


def _streaks(look: Look) -> Slide | None:
    return _slide(look, "streaks", matrix_view(look.recent, look.groups, look.year, look.ctx.unit, look.ctx.lang))


def _share(number: int) -> Maker:
    names = culture.SHARES[number]

    def made(look: Look) -> Slide | None:
        return _slide(look, names[1], culture.share(look.recent, *names, look.year, look.ctx.unit, look.ctx.lang))

    return made


def _awards(number: int, id: str) -> Maker:
    def made(look: Look) -> Slide | None:
        book, ctx = look.awards, look.ctx
        if book.years is None or awards.is_silent(book, look.year):
            return None
        views = ladder_views(book, look.year, ctx.unit, ctx.lang)
        if number >= len(views):
            return None
        written = Sentence() if number else _written(look, "awards")
        return _slide(look, id, views[number], sentence=_over(written, views[number].subtitle))

    return made


def indicator_scene(indicator: str) -> Maker:
    """The scene of one indicator: what became of its plan, and its course over the last years."""

    def made(look: Look) -> Slide | None:
        ctx, book = look.ctx, look.recent
        if not _told_of(look, indicator):
            return None
        view = indicator_view(book, indicator, ctx.unit, look.year, ctx.lang, all_years=True)
        series = book.series(indicator)
        title = _against_plan(look, series) or series_message(book, series, look.year, ctx.lang)
        return _slide(look, f"indicator-{indicator}", view, title=title)

    return made


def _against_plan(look: Look, series: Series) -> str:
    """A rate of the year and how far from its plan it is; empty where it has none in points of percent."""
    row, point, lang = series.indicator, series.at(look.year), look.ctx.lang
    status = point.status
    if status.gap is None or status.gap_unit != "point" or point.value is None:
        return ""
    gap = format_gap(abs(status.gap), "percent", lang, decimals=words.gap_places(point, "percent", None))
    side = "met" if status.gap == 0 else "above" if status.gap > 0 else "below"
    return look.ctx.t(f"story.rate_{side}", name=row.short(lang), year=words.slot_label(point, lang),
                      value=words.value_words(row, point, lang), gap=gap.lstrip("+"))  # fmt: skip


def _shortfalls(look: Look) -> Slide | None:
    """The plans that were missed, each with its gap, why, and what is promised; nobody is named on a wall."""
    lang, said = look.ctx.lang, look.shortfalls()
    missed = [plan for unit in look.book.units for plan in missed_plans(look.book, unit, look.year)]
    if not missed:
        return None
    t = look.ctx.t
    points = []
    for row, point in missed:
        plan = words.lead_lower(words.plan_words(row, point, lang, with_basis=False))
        gap = words.gap_words(row, point, lang)
        if gap.startswith(MINUS) and "(" not in gap:
            gap = t("story.short", gap=gap.removeprefix(MINUS))
        gap = t("story.missed", name=row.short(lang), value=words.value_words(row, point, lang), plan=plan, gap=gap)
        why = said.get(row.id)
        points.append(gap if why is None else t("story.explained", gap=gap, cause=why.cause, remedy=why.remedy,
                                                due=words.day_words(why.due)))  # fmt: skip
    source = words.source_words([point for _, point in missed], lang)
    return Slide("shortfalls", t("story.shortfalls_title", count=len(missed), year=look.year), points=tuple(points),
                 source=source, is_sample=any(point.is_sample for _, point in missed))  # fmt: skip


def _next_year(look: Look) -> Slide | None:
    """The plans of the year to come that the freeze knows, each beside what this year brought."""
    t, lang, year = look.ctx.t, look.ctx.lang, look.year + 1
    rows, known = [], []
    for row in look.book.catalogue.indicators.values():
        plans = [] if row.member_kind else [plan for unit in look.book.units for plan in
                                            look.book.plans(row.id, unit, year)]  # fmt: skip
        if plans:
            point = look.book.series(row.id).at(look.year)
            done = point is not None and point.value is not None
            known += [point] if done else []
            rows.append((row.short(lang), words.value_words(row, point, lang) if done else words.dash(lang),
                         words.plan_value(row, plans[0], lang)))  # fmt: skip
    if not rows:
        return None
    title = t("story.next_title", year=year, count=len(rows))
    header = (t("story.next_name"), t("story.next_done", year=look.year), t("story.next_plan", year=year))
    source, is_sample = words.source_words(known, lang), any(point.is_sample for point in known)
    view = View(id="next_year", kind=TABLE, lang=lang, title=title, subtitle="", frame=pd.DataFrame(),
                table=Table(title, header, tuple(rows)), alt=t("story.next_alt", year=year, count=len(rows)),
                source=source, is_sample=is_sample)  # fmt: skip
    return Slide("next_year", title, view=view, source=source, is_sample=is_sample)


SCENES: dict[str, Maker] = {
    "targets": _targets,
    "budget_revenue": _money(budget.TERRITORY),
    "budget_revenue_own": _money(budget.OWN),
    "budget_expenditure": _money(budget.SPENDING),
    "revenue_mix": _mix("revenue"),
    "expenditure_mix": _mix("expenditure"),
    "groups": _groups,
    "streaks": _streaks,
    "cultural_families": _share(0),
    "cultural_agencies": _share(1),
    "awards": _awards(0, "awards"),
    "awards_individuals": _awards(1, "awards_individuals"),
    "shortfalls": _shortfalls,
    "next_year": _next_year,
}
INDICATOR = "indicator-"
SHOWN_ELSEWHERE = ("budget", "culture", "awards")  # families with scenes of their own


def maker_of(kind: str) -> Maker | None:
    """What makes the slide of a scene, None for a scene there is not."""
    if kind.startswith(INDICATOR):
        return indicator_scene(kind.removeprefix(INDICATOR))
    return SCENES.get(kind)


def headline_scenes(look: Look) -> list[str]:
    """The scenes of the first headline indicators outside money, culture and awards that the year has a figure of."""
    rows = [row for row in look.book.catalogue.headline() if row.family not in SHOWN_ELSEWHERE]
    return [f"{INDICATOR}{row.id}" for row in rows if _told_of(look, row.id)][:INDICATORS]


def every_scene(look: Look) -> list[str]:
    """Every scene the freeze has something for, in the order of the catalogue of scenes, indicators last."""
    rows = [f"{INDICATOR}{row.id}" for row in look.book.catalogue.indicators.values()
            if row.family not in SHOWN_ELSEWHERE and not row.member_kind and not row.attainment_of]  # fmt: skip
    return [kind for kind in (*SCENES, *rows) if maker_of(kind)(look) is not None]
