"""What every screen is made of: message, chart with its table twin, tiles, counts, empty states; one look for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from app.charts import draw, ref_at
from app.charts.glyphs import glyph_uri, state_colour
from app.charts.sparkline import HEIGHT, WIDTH, sparkline_uri
from app.charts.theme import Theme
from app.ui.context import Context
from app.ui.links import address, source_links
from app.ui.noted import noted
from app.ui.origin import show_origin
from app.ui.tables import table_html
from app.ui.take import take_menu
from app.views.view import View
from app.views.words import source_line
from core.figures import Ref
from core.sentences import Said, Sentence

PLOTLY = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
# A number and its unit, and "điểm %", stay on one line: Vietnamese words are several syllables.
_GLUE = re.compile(
    r"(?<=\d) (?=(?:nghìn|triệu|tỷ|đồng|điểm|tổ|hộ|lượt|năm|người|billion|million|points?|groups?|households?)\b)"
    r"|(?<=điểm) (?=%)|(?<=tổ) (?=dân phố)|(?<=tỷ) (?=đồng)|(?<=triệu) (?=đồng)"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure, every string as printed.

    `state` is one of core.status.STATES, `state_word` the word beside its shape, `sum` how it was worked out, shown
    under the pointer; `spark` one value a year in order, None for a missing year, `spark_chosen` the index of the
    chosen year in it, `spark_alt` what it says in words; `ref` the word of core.figures.Ref behind the value.
    """

    name: str
    value: str
    unit: str = ""
    plan: str = ""
    gap: str = ""
    state: str = ""
    state_word: str = ""
    sum: str = ""
    note: str = ""
    spark: tuple[float | None, ...] = ()
    spark_chosen: int | None = None
    spark_alt: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many indicators are in a state, with the rule that puts them there ("từ 102% kế hoạch")."""

    state: str
    number: str
    word: str
    rule: str = ""


def html(body: str) -> None:
    """Draw ready HTML inside the one wrapper class our styles hang on; text in it must be escaped already."""
    st.html(f'<div class="ward">{body}</div>')


def printed(words: str) -> str:
    """Text ready for HTML: escaped, with numbers glued to their units."""
    return _GLUE.sub("\N{NO-BREAK SPACE}", escape(words))


def status_glyph(state: str, theme: Theme, word: str = "", size: int = 14) -> str:
    """The shape of a state as an <img>; `word` is read aloud where no word stands beside it."""
    return f'<img class="w-glyph" src="{glyph_uri(state, theme)}" width="{size}" height="{size}" alt="{escape(word)}">'


def linked(ctx: Context, words: str) -> str:
    """Text ready for HTML; each number of a Sentence leads to the rows behind it on the sources screen."""
    if not isinstance(words, Sentence):
        return printed(words)
    glued, made, at, link = _GLUE.sub("\N{NO-BREAK SPACE}", words), [], 0, source_links(ctx)
    for part in words.parts:
        own = escape(glued[at : at + len(str(part))])
        at += len(str(part))
        if isinstance(part, Said) and part.refs:
            where = escape(link(" ".join(map(str, part.refs))))
            name = escape(ctx.t("notes.source_of", words=part.words))
            own = f'<a class="w-said" href="{where}" aria-label="{name}">{own}</a>'
        made.append(own)
    return "".join(made)


def ask_for_name(ctx: Context, who: str) -> None:
    """Beside a button that waits for somebody's name: that it does; nothing once the name is there."""
    if not who:
        html(f'<p class="w-small">{printed(ctx.t("notes.need_name"))}</p>')


def message(ctx: Context, title: str, lead: str = "", eyebrow: str = "") -> None:
    """The screen's message (its only h1) and the sentence or two under it, the numbers of Sentences linked.

    `eyebrow` replaces the line that the frame prints beside the year picker.
    """
    if eyebrow:
        above(ctx, eyebrow)
    lead_html = f'<p class="w-lead">{linked(ctx, lead)}</p>' if lead else ""
    html(f'<h1 class="w-message">{linked(ctx, title)}</h1>{lead_html}')


def above(ctx: Context, words: str, under: str = "") -> None:
    """The line above the message: unit, what and year, with the sample mark where the unit is an invented one.

    `under` is a second line in ready HTML.
    """
    badge = "" if not ctx.unit.is_sample else f' <span class="w-badge">{escape(ctx.t("ui.sample_mark"))}</span>'
    second = f'<p class="w-small">{under}</p>' if under else ""
    line = f'<div class="ward"><p class="w-eyebrow">{printed(words)}{badge}</p>{second}</div>'
    (ctx.head or st).html(line)


def heading(title: str, subtitle: str = "") -> None:
    """A section's finding (h2) with unit, place and period under it."""
    under = f'<p class="w-subtitle">{printed(subtitle)}</p>' if subtitle else ""
    html(f'<h2 class="w-title">{printed(title)}</h2>{under}')


def show(ctx: Context, view: View) -> None:
    """A view whole: finding, subtitle, chart, notes, source, and its table with the download."""
    view = noted(ctx, view)
    show_chart(ctx, view)
    table_twin(ctx, view)


def show_chart(ctx: Context, view: View) -> None:
    """A view as it is, without its table and files: finding, subtitle, chart, its own notes, source."""
    heading(view.title, view.subtitle)
    _chart(ctx, view)
    notes(view.notes)
    source(ctx, view.source, is_sample=view.is_sample)


@st.fragment
def _chart(ctx: Context, view: View) -> None:
    """The figure of a view; a click on a mark opens the window with its source, without drawing the screen again."""
    figure = draw(view, ctx.theme, phone=ctx.phone)
    st.plotly_chart(
        figure, theme=None, width="stretch", alt=view.alt, key=view.id, config=PLOTLY, selection_mode="points",
        on_select=lambda: _note_click(view.id),
    )  # fmt: skip
    clicked = st.session_state.pop(f"{view.id}-clicked", None)
    refs = ref_at(figure, *clicked).split() if clicked else []
    if refs:
        show_origin(ctx, [Ref.parse(ref) for ref in refs])


def _note_click(chart: str) -> None:
    """Keep which mark was clicked until the chart is drawn: (curve, point).

    A second click on the same mark takes its selection back, which Plotly reports as an empty one.
    """
    points = st.session_state[chart]["selection"]["points"]
    if points:
        st.session_state[f"{chart}-mark"] = (points[0]["curve_number"], points[0]["point_index"])
    st.session_state[f"{chart}-clicked"] = st.session_state.get(f"{chart}-mark")


def notes(lines: Sequence[str]) -> None:
    """Numbered notes under a chart; nothing where there are none."""
    if lines:
        html('<ol class="w-notes">' + "".join(f"<li>{printed(line)}</li>" for line in lines) + "</ol>")


def source(ctx: Context, words: str, *, is_sample: bool) -> None:
    """The source line under its hairline, with the sample mark where figures are invented."""
    said = source_line(words, ctx.lang)
    mark = f' · <strong class="w-sample">{escape(ctx.t("ui.sample_mark"))}</strong>' if is_sample else ""
    html(f'<p class="w-source">{printed(said)}{mark}</p>')


@st.fragment
def table_twin(ctx: Context, view: View) -> None:
    """The same figures as a real table whose numbers lead to their sources, and the menu of files to take away.

    While it is closed no row of it is made; opening it draws this part of the screen alone.
    """
    with st.container(key=f"{view.id}-foot"):
        with st.container(key=f"{view.id}-files"):
            take_menu(ctx, view)
        table = st.expander(ctx.t("ui.table"), key=f"{view.id}-table", type="compact", on_change="rerun")
        if table.open:
            chosen = "" if ctx.year is None else str(ctx.year)
            with table:
                html(table_html(view.table, chosen=chosen, words=view.table.worded, link=source_links(ctx)))


def counts(ctx: Context, items: Sequence[Count]) -> None:
    """How many indicators stand in each state, under one strong rule."""
    cells = "".join(
        f"<li>{status_glyph(item.state, ctx.theme, size=22)}<b>{escape(item.number)}</b>"
        f"<span>{printed(item.word)}<small>{printed(item.rule)}</small></span></li>"
        for item in items
    )
    html(f'<ul class="w-counts" aria-label="{escape(ctx.t("ui.states_label"))}">{cells}</ul>')


def tiles(ctx: Context, items: Sequence[Tile]) -> None:
    """Headline figures in rows of four (two under 1000 px, one under 640): name, state, value, plan, gap, past."""
    link = source_links(ctx)
    html('<div class="w-tiles">' + "".join(_tile_html(item, ctx.theme, link) for item in items) + "</div>")


def _tile_html(item: Tile, theme: Theme, link: Callable[[str], str]) -> str:
    state = ""
    if item.state:
        colour = state_colour(item.state, theme)
        glyph = status_glyph(item.state, theme, size=14)
        state = f'<span class="w-state" style="color:{colour}">{glyph} {escape(item.state_word)}</span>'
    said = f' title="{escape(item.sum)}"' if item.sum else ""
    unit = f" <small>{escape(item.unit)}</small>" if item.unit else ""
    spark = sparkline_uri(item.spark, item.spark_chosen, theme)
    image = (
        f'<img class="w-spark" src="{spark}" width="{WIDTH}" height="{HEIGHT}" alt="{escape(item.spark_alt)}">'
        if spark
        else ""
    )
    value = escape(item.value)
    if item.ref:
        value = f'<a class="w-number" href="{escape(link(item.ref))}">{value}</a>'
    lines = "".join(
        f'<p class="{name}">{printed(words)}</p>'
        for name, words in (("w-plan", item.plan), ("w-gap", item.gap), ("w-plan", item.note))
        if words
    )
    return (
        f'<section{said}><div class="w-top"><h2>{printed(item.name)}</h2>{state}</div>'
        f'<p class="w-value">{value}{unit}</p>{image}<div class="w-under">{lines}</div></section>'
    )


def empty(ctx: Context, what: str) -> None:
    """What stands where a chart would: there are no figures on `what`, and how they come to be here."""
    load = ""
    if ctx.may_edit:
        there = escape(address(ctx, "nap-bao-cao"))
        load = f'<p class="w-small"><a href="{there}" target="_self">{printed(ctx.t("ui.empty_load"))}</a></p>'
    html(
        f'<div class="w-empty"><p class="w-title">{printed(ctx.t("ui.empty_what", what=what))}</p>'
        f'<p class="w-subtitle">{printed(ctx.t("ui.empty_how"))}</p>{load}</div>'
    )
