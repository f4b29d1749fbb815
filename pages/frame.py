"""The frame around every screen: look, menu, choices in the address, and the screen that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from app.charts.theme import LIGHT, THEMES, Theme
from app.server.files import STATIC
from app.server.opened import current_store
from app.ui import choices
from app.ui.book import years_today
from app.ui.boundary import choose_boundary, lineage_line, may_switch
from app.ui.context import Context
from app.ui.elements import above, html, printed
from app.ui.logged import log_refusal
from app.ui.style import style_html
from app.ui.visitor import show_visitor, turned_away, visitor
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.lineage import lineage
from core.rights import Person
from core.store import Store, batch_count, units_with_figures, years_known
from core.store.office import Office, office
from core.store.unshown import for_public
from core.texts import text
from pages import (
    accounts,
    audit,
    awards,
    budget,
    compare,
    conference,
    culture,
    draft,
    entry,
    history,
    indicators,
    names,
    overview,
    review,
    search,
    sources,
    start,
    upload,
)


class Screen(NamedTuple):
    """A screen: its address, the name of its title in data/texts/frame.toml, what draws it, and the right it takes."""

    path: str
    title: str
    render: Callable[[Context], None]
    right: str


START = Screen(start.PATH, "start", start.render, "enter")
REVIEW = Screen("duyet", "review", review.render, "enter")
SCREENS = (
    Screen("tong-quan", "overview", overview.render, "look"),
    Screen("ngan-sach", "budget", budget.render, "look"),
    Screen("van-hoa", "culture", culture.render, "look"),
    Screen("thi-dua-khen-thuong", "awards", awards.render, "look"),
    Screen("chi-tieu", "indicators", indicators.render, "look"),
    Screen("so-sanh", "compare", compare.render, "look"),
    Screen("nguon-so-lieu", "sources", sources.render, "look"),
    Screen(search.PATH, "search", search.render, "look"),
    Screen(conference.SCREEN, "conference", conference.render, "present"),
    Screen("lich-su", "history", history.render, "trace"),
    Screen("nap-bao-cao", "upload", upload.render, "enter"),
    Screen("nhap-so-lieu", "entry", entry.render, "enter"),
    REVIEW,
    Screen(draft.PATH, "draft", draft.render, "enter"),
    START,
    Screen("tai-khoan", "accounts", accounts.render, "accounts"),
    Screen("nhat-ky", "audit", audit.render, "audit"),
    Screen("ten-nguoi", "names", names.render, "purge"),
)
OF_A_WARD = ("look", "trace", "present", "enter", "approve")  # rights of screens that speak of a ward
PAGES = {screen.path: screen.right for screen in SCREENS}


@st.cache_resource(show_spinner=False, max_entries=2)
def current_units(_store: Store, address: str, batches: int, withheld: tuple) -> pd.DataFrame:
    """What units_with_figures gives, counted anew only after another batch: it looks at every figure of the store.

    All visitors who may see the same share the frame, which nobody changes.
    """
    return units_with_figures(_store)


def main() -> None:
    """Draw the frame for whoever the gate says is there."""
    draw(visitor(current_store()))


def draw(person: Person) -> None:
    """Draw the frame for a person and, inside it, the screen of the address."""
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    theme = THEMES.get(st.context.theme.type or "", LIGHT)
    store = current_store() if person.may("trace") else for_public(current_store())
    units = current_units(store, str(store.url), batch_count(store), tuple(sorted(store.withheld)))
    with st.sidebar:
        find, where = st.container(), st.container()
        lang = choices.choose_language()
        show_visitor(person, lang)
    _look(theme, lang)
    if not person.may("look"):
        turned_away(lang)
        return
    catalogue, own = load_catalogue(), office(store)
    first = _first_path(person, own)
    with where:
        unit = choices.choose_unit(units, catalogue, lang, own.unit)
    if unit is None and not person.may("enter"):
        _nothing(lang)
        return
    context = Context(
        store=store, catalogue=catalogue, unit=unit, lang=lang, theme=theme, phone=is_phone(), units=units,
        person=person, office=own,
    )
    pages = {
        screen: st.Page(
            lambda screen=screen: _render(screen, context),  # the context as it is when the screen is drawn
            title=text(f"frame.{screen.title}", lang), url_path=screen.path, default=screen.path == first,
        )
        for screen in SCREENS if _is_offered(screen, context)
    }  # fmt: skip
    chosen = st.navigation(_menu(context, pages), position="top")
    of_a_year = unit is not None and chosen is not pages.get(START)
    if of_a_year:
        context = _with_year(context, reviewing=chosen is pages.get(REVIEW))
    if unit is not None:
        with find:
            search.field(context)
    chosen.run()
    if of_a_year and unit.is_sample:
        html(f'<p class="w-source">{printed(context.t("frame.sample_note"))}</p>')


def is_phone() -> bool:
    """Whether the browser says that it is a phone's; the server knows no width."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _is_offered(screen: Screen, context: Context) -> bool:
    """Whether a screen is for this person: once the first run is over, its screen is for who may change the office."""
    right = "office" if screen is START and context.office.started else screen.right
    return context.person.may(right)


def _menu(context: Context, pages: Mapping[Screen, st.Page]) -> dict[str, list[st.Page]]:
    """The screens for looking side by side; those for staff, and with them history, folded into one word."""
    beside = ("look",) if context.person.may("enter") else ("look", "trace")
    for_all = [page for screen, page in pages.items() if screen.right in beside]
    for_staff = [page for screen, page in pages.items() if screen.right not in beside]
    return {"": for_all} | ({context.t("frame.work"): for_staff} if for_staff else {})


def _render(screen: Screen, context: Context) -> None:
    """Draw a screen for somebody with the right to it; without any ward there is nothing to draw but the first run."""
    try:
        context.person.require(screen.right)
        (START if context.unit is None and screen.right in OF_A_WARD else screen).render(context)
    except FaultError as refused:
        log_refusal(context, screen.path, refused)
        raise


def _first_path(person: Person, own: Office) -> str:
    """The screen of the bare address: until the first run is over that, for whoever may do it."""
    due = not own.started and person.may("enter") and choices.UNIT not in st.query_params
    return START.path if due else SCREENS[0].path


def _with_year(context: Context, *, reviewing: bool) -> Context:
    """The context with the year of the picker and the line at its left, the same on every screen.

    Where years are reviewed the picker has those with nothing but plans too, for they wait for approval like any other.
    Drawn here and not by the screens, because Streamlit forgets the choices of a screen that is left.
    """
    line, switch, picker = _head(may_switch(context))
    if switch is not None:
        with switch:
            context = replace(context, boundary=choose_boundary(context))
    years = years_of(context)
    with picker:
        offered = _to_review(context, years) if reviewing else years
        first = years[-1] if reviewing and years else _newest_seen(context, years)
        year = choices.choose_year(offered, context.lang, first)
    context = replace(context, year=year, head=line.empty())
    if year is not None:
        above(context, context.t("frame.eyebrow", unit=context.unit_name, year=year), lineage_line(context))
    else:
        above(context, context.unit_name)
    return context


def _head(switch: bool) -> tuple:
    """The places of the line above the message, of the switch between boundaries (None without one), of the picker."""
    if switch:
        return tuple(st.columns([3, 1.9, 2.1], vertical_alignment="center"))
    line, picker = st.columns([3, 2], vertical_alignment="center")
    return line, None, picker


def years_of(context: Context) -> list[int]:
    """From the first to the last year in which the ward has a figure that is more than a plan, none left out.

    A ward with nothing but plans has the years of those.

    Years before and after a change of its boundaries are the same ward's: the screens show both sides. On today's
    boundary the years that can be worked out. Who enters figures can also choose a year that nobody has approved yet.
    """
    if context.boundary == "today":
        return years_today(context)
    units = lineage(context.catalogue, context.unit.key)
    known = years_known(context.store, units, approved=not context.person.may("enter"))
    known = known[known["period"] == "year"]
    done = known.loc[known["scenario"] != "plan", "year"]
    years = done if len(done) else known["year"]
    return list(range(int(years.min()), int(years.max()) + 1)) if len(years) else []


def _newest_seen(context: Context, years: list[int]) -> int | None:
    """The newest year that everybody sees, so that nobody's screens open on one that only waits for approval."""
    if not years or context.boundary == "today" or not context.person.may("enter"):
        return years[-1] if years else None
    known = years_known(context.store, lineage(context.catalogue, context.unit.key), approved=True)
    done = known.loc[(known["period"] == "year") & (known["scenario"] != "plan"), "year"]
    return min(int(done.max()), years[-1]) if len(done) else years[-1]


def _to_review(context: Context, years: list[int]) -> list[int]:
    """The years with those of which anything at all is stored."""
    known = years_known(context.store, lineage(context.catalogue, context.unit.key), approved=False)["year"]
    every = {*years, *map(int, known)}
    return list(range(min(every), max(every) + 1)) if every else []


def _look(theme: Theme, lang: str) -> None:
    st.html(style_html(theme, text("frame.open_choices", lang), text("frame.open_menu", lang)))
    st.logo(str(STATIC / f"logo-{theme.name}.svg"), size="medium")


def _nothing(lang: str) -> None:
    """What a visitor meets before the first report is loaded."""
    title, lead = text("frame.nothing_title", lang), text("frame.nothing_lead", lang)
    html(f'<h1 class="w-message">{printed(title)}</h1><p class="w-lead">{printed(lead)}</p>')


if __name__ == "__main__":
    main()
