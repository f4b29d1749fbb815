"""A conference as one page that needs nothing else: the presentation mode, for the hall, a USB stick and a kiosk."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape

from app.charts import draw
from app.charts.glyphs import glyph_uri
from app.charts.picture import FIXED, PLOTLY_JS
from app.charts.theme import ACCENTS, LIGHT
from app.exports.slide_drawings import is_number, only_number, sentence_of
from app.exports.slides import footer_words, notes_words, whose
from app.server.files import STATIC
from app.story.deck import Deck, Slide
from app.views.view import Table, View
from app.views.words import day_words, source_line, wrapped
from core.settings import ROOT
from core.status import JUDGED
from core.texts import text
from core.vi.format import day_here

WEIGHTS = ("400", "600", "700")
MOST_ROWS = 5  # rows of a bullet list on a slide; more go on to another one
LINE, MOST_LINES = 50, 8  # characters on a line of points, and lines on a slide
SHAPES = {"wide": (706, 300), "square": (557, 315)}  # shape of a screen -> px of a figure under a title of two lines
SHAPE_OF = {"open": "missed", "half": "near"}  # the key of a bar of the second tier -> that of the state's shape
DRAWN = ("bars", "bullets", "ladder", "line", "plan_actual", "waffle")  # any other kind stands as its table
MOST_CELLS = 7  # rows of a table on a slide
LEAST_SLOTS = 4  # a single year is a column of ordinary width in the middle, not a wall
LONG_VALUE = 9  # characters
WORDY = 260  # characters of title and sentence from which a slide has room for fewer rows
LONG = 90  # characters of a title from which it is set smaller
# Plotly reads a few tags in what it prints: those the charts write themselves stay, any other is shown as text.
_NO_TAG = re.compile(r'<(?!/?b>|/?extra>|br>|span style="color:#[0-9A-Fa-f]{6}">|/span>)')


def deck_html(deck: Deck, back: str = "") -> bytes:
    """A deck as one .html without a single request: script, Plotly, fonts and figures are in it.

    `back` is the address that leads back to the program from a page that is served. Nothing in a deck can run: words
    are escaped, figures are data, and the page's policy lets only its own two scripts run.
    """
    slides = [part for slide in (*deck.slides, _last(deck)) for part in parts(slide, deck.lang)]
    count, foot = len(slides) + 1, footer_words(deck)
    pages = [_cover(deck, _foot("", foot, 1, count))]
    charts: dict[str, dict] = {}
    for number, slide in enumerate(slides, start=2):
        if slide.view is not None and slide.view.kind in DRAWN and not is_number(slide.view):
            charts[str(number)] = _chart(slide)
        source = source_line(slide.source, deck.lang) if slide.source else ""
        pages.append(_slide(slide, deck.lang, number, _foot(source, foot, number, count)))
    return _page(deck, "".join(pages), _data(charts), back).encode()


def parts(slide: Slide, lang: str) -> list[Slide]:
    """A slide of more rows or lines than the last row of a hall can read, as several."""
    view = slide.view
    most = MOST_ROWS if len(slide.title) + len(slide.sentence) < WORDY else MOST_ROWS - 2
    if view is not None and view.kind == "bullets" and len(view.frame) > most:
        of = -(-len(view.frame) // most)
        each = -(-len(view.frame) // of)
        made = [replace(slide, view=replace(view, frame=view.frame.iloc[at : at + each].reset_index(drop=True)))
                for at in range(0, len(view.frame), each)]  # fmt: skip
    elif view is not None and view.kind not in DRAWN:
        rows = view.table.rows
        made = [replace(slide, view=replace(view, table=replace(view.table, rows=rows[at : at + MOST_CELLS])))
                for at in range(0, len(rows), MOST_CELLS)] or [slide]  # fmt: skip
    elif slide.points:
        made = [replace(slide, points=points) for points in _by_lines(slide.points)]
    else:
        return [slide]
    more = text("exports.slides_more", lang)
    return made[:1] + [replace(part, title=f"{part.title} ({more})") for part in made[1:]]


def policy() -> str:
    """The page's Content-Security-Policy: its own two scripts and nothing else, no request to anywhere."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
                      for script in _scripts())  # fmt: skip
    return (f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; font-src data:; img-src data:; "
            "base-uri 'none'; form-action 'none'")  # fmt: skip


def _by_lines(points: Sequence[str]) -> list[tuple[str, ...]]:
    """Points in slides of about as many lines, MOST_LINES at most; what is longer alone goes on as a further point."""
    pieces: list[list[str]] = []
    for point in points:
        lines = wrapped(point, LINE)
        pieces += [lines[at : at + MOST_LINES] for at in range(0, len(lines), MOST_LINES)]
    total = sum(map(len, pieces))
    share = -(-total // -(-total // MOST_LINES))
    slides: list[tuple[str, ...]] = [()]
    high = 0
    for lines in pieces:
        if slides[-1] and (high + len(lines) > MOST_LINES or high >= share):
            slides.append(())
            high = 0
        slides[-1] += (" ".join(lines),)
        high += len(lines)
    return slides


def _cover(deck: Deck, foot: str) -> str:
    ward, *place = map(escape, whose(deck))
    lead = f"<p>{ward}</p>" + "".join(f'<p class="place">{each}</p>' for each in place)
    return _section("cover", f'<div class="body"><h1>{escape(deck.name)}</h1>{lead}</div>', foot)


def _slide(slide: Slide, lang: str, number: int, foot: str) -> str:
    title, sentence = str(slide.title), sentence_of(slide)
    lead = f'<p class="lead">{escape(sentence)}</p>' if sentence else ""
    if slide.view is not None and slide.view.kind not in DRAWN:
        shown = f'<div class="body">{_table(slide.view.table)}</div>'
    elif is_number(slide.view):
        shown = _number(slide.view)
    elif slide.view is not None:
        alt = escape(slide.view.alt, quote=True)
        shown = f'<figure aria-label="{alt}"><div class="plot" data-chart="{number}"></div></figure>'
    else:
        shown = f'<div class="body"><ul>{"".join(f"<li>{escape(point)}</li>" for point in slide.points)}</ul></div>'
    talk = f'<aside class="talk" hidden>{escape(notes_words(slide, lang))}</aside>'
    beside = "".join(f'<p class="remark">{escape(remark)}</p>' for remark in slide.remarks)
    inside = f"<h1>{escape(title)}</h1>{lead}{shown}{beside}"
    return _section("long" if len(title) > LONG else "", inside, foot + talk)


def _number(view: View) -> str:
    """The value of the only year there is, with its state and its plan under it."""
    row, state, said = only_number(view)
    about = text("budget.key_estimate", view.lang) if row.estimate else ""
    sign = f'<img src="{glyph_uri(state, LIGHT)}" alt="">' if state in JUDGED else ""
    return (f'<div class="body number" role="img" aria-label="{escape(view.alt, quote=True)}">'
            f"<p><b>{escape(row.printed)}</b> {escape(about)}</p><p>{sign}{escape(said)}</p></div>")  # fmt: skip


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    return f'<table><caption class="unseen">{escape(table.caption)}</caption><tr>{head}</tr>{rows}</table>'


def _last(deck: Deck) -> Slide:
    """What the figures rest on: the freeze, what it left out, the reports."""
    lang = deck.lang
    said = [text("exports.offline_freeze", lang, mark=deck.mark, day=day_words(day_here(deck.freeze.at)))]
    if deck.left_out:
        said.append(text("exports.left_out", lang, count=deck.left_out))
    said += dict.fromkeys(slide.source for slide in deck.slides if slide.source)
    return Slide("sources", text("exports.offline_sources", lang), points=tuple(said))


def _section(kind: str, inside: str, foot: str) -> str:
    return f'<section class="slide {kind}" hidden>{inside}{foot}</section>'


def _foot(source: str, words: str, number: int, count: int) -> str:
    return f'<p class="foot"><span>{escape(source)}</span><span>{escape(words)} <b>{number}/{count}</b></span></p>'


def hall_view(view: View) -> View:
    """A view as it stands on a wall: without the marks of notes, which the speaker has, and without a second tier.

    What the tier said by its bars of the years that fell short, their columns then say by the shape of the state.
    """
    if view.kind != "plan_actual":
        return replace(view, events=())
    keys = [(SHAPE_OF.get(mark, mark), words) for mark, words in view.detail["keys"]]
    detail = view.detail | {"wall": True, "keys": keys}
    return replace(view, frame=view.frame.assign(gap=float("nan")), events=(), detail=detail)


def _chart(slide: Slide) -> dict:
    """The two forms of a figure: for a wide and for a nearly square screen."""
    view = hall_view(slide.view)
    return {shape: _form(view, shape) for shape in SHAPES} | {"fixed": view.kind in FIXED}


def _is_wordy(view: View) -> bool:
    """Whether the values of a bullet list are too long to stand between its two panels."""
    return max(len(printed.split(" (")[0]) for printed in view.frame["printed"]) > LONG_VALUE


def _form(view: View, shape: str) -> dict:
    fitting = replace(view, detail=view.detail | dict(zip(("width", "height"), SHAPES[shape], strict=True)))
    figure = draw(fitting, LIGHT, phone=view.kind == "bullets" and (shape == "square" or _is_wordy(view)))
    if view.kind == "plan_actual":
        edge = max(0.0, 1 - len(view.detail["slots"]) / LEAST_SLOTS) / 2
        figure.update_xaxes(domain=[edge, 1 - edge])
    made = json.loads(figure.to_json())
    return {"data": made["data"], "layout": made["layout"]}


def _data(charts: dict[str, dict]) -> str:
    """The figures as JSON that no browser takes for markup."""
    return json.dumps(_tagless(charts), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _tagless(value: object) -> object:
    if isinstance(value, dict):
        return {name: _tagless(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [_tagless(inside) for inside in value]
    return _NO_TAG.sub("&lt;", value) if isinstance(value, str) else value


def _page(deck: Deck, slides: str, charts: str, back: str) -> str:
    lang = deck.lang
    plotly, own = _scripts()
    buttons = "".join(
        f'<button type="button" data-deed="{deed}">{_said(deed, lang)} <kbd>{key}</kbd></button>'
        for deed, key in (("previous", "←"), ("next", "→"), ("screen", "F"), ("notes", "N"), ("kiosk", "K"))
    )
    way = f'<a id="back" href="{escape(back, quote=True)}">{_said("back", lang)}</a>' if back else ""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(f'{deck.name} · {deck.ward}')}</title>"
        f"<style>{_style()}:root{{--own:{ACCENTS[deck.colour]}}}</style></head><body>"
        f"<noscript><p>{_said('noscript', lang)}</p></noscript>"
        f'<main id="stage">{slides}</main><nav id="bar">{buttons}{way}</nav>'
        f'<p id="told" class="unseen" aria-live="polite"></p>'
        f'<script type="application/json" id="charts">{charts}</script>'
        f"<script>{plotly}</script><script>{own}</script></body></html>"
    )


def _said(name: str, lang: str) -> str:
    return escape(text(f"exports.offline_{name}", lang))


@cache
def _scripts() -> tuple[str, str]:
    return PLOTLY_JS.read_text(encoding="utf-8"), (STATIC / "present.js").read_text(encoding="utf-8")


@cache
def _style() -> str:
    """The faces the screens have, their files inside, and the page's own rules."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        faces = [face for face in tomllib.load(file)["theme"]["fontFaces"] if face["weight"] in WEIGHTS]
    return "".join(map(_face, faces)) + (STATIC / "present.css").read_text(encoding="utf-8")


def _face(face: dict[str, str]) -> str:
    font = base64.b64encode((STATIC / "fonts" / face["url"].rsplit("/", 1)[1]).read_bytes()).decode()
    return (
        f"@font-face{{font-family:'{face['family']}';font-weight:{face['weight']};"
        f"src:url(data:font/woff2;base64,{font}) format('woff2');unicode-range:{face['unicodeRange']}}}"
    )
