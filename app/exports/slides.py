"""A conference as PowerPoint: charts that open their data sheet, shapes that can be moved, speaker notes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from app.charts.theme import ACCENTS
from app.exports.packed import repacked
from app.exports.slide_charts import LANGUAGES, add_bars, add_line, add_plan_actual
from app.exports.slide_drawings import (
    MOST_BARS,
    MOST_ROWS,
    add_bullets,
    add_ladder,
    add_number,
    add_table,
    add_waffle,
    is_number,
    sentence_of,
)
from app.exports.slide_shapes import say
from app.exports.slide_words import SIZE, high_of, letters, lines_of, size_for
from app.story.deck import Deck, Slide
from app.views.view import View
from app.views.words import day_words, source_line, wrapped
from core.texts import text
from core.vi.format import day_here

TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "templates" / "deck.pptx"
COVER, CHART, POINTS, COLUMNS = range(4)  # the template's layouts
LEFT, WIDTH, BOTTOM = 0.6, 12.13, 6.72  # inches of what stands between the edges of a slide, and where the source ends
TITLE, SENTENCE, GAP = (0.28, 1.06), 1.38, 0.2  # where the title stands and how high, where the sentence begins
TITLE_SIZES = (28, 24, 20, SIZE)
COLUMN = 5.9  # inches of one of two columns
SOURCE_INDEX = 13  # of the template's place for the source
LONGEST_FOOT = 90  # letters that stand in one line before the number of the page
LONGEST_PROPERTY = 255  # characters that Office keeps of a file's title, author and comment
POINT_SIZES, COLUMN_SIZES = (32, 28, 24, 20), (24, 20, SIZE)
ROOMY = 4  # lines of points that may be set in the largest size
BETWEEN = 8 / 72  # inches above each point
LEAST = 2.5  # inches a drawing needs: remarks that would leave it less stand in the notes alone

# kind of a view -> what draws it; any other kind stands as its table
DRAWN: dict[str, Callable] = {
    "bars": add_bars,
    "bullets": add_bullets,
    "ladder": add_ladder,
    "line": add_line,
    "plan_actual": add_plan_actual,
    "waffle": add_waffle,
}


def deck_pptx(deck: Deck) -> bytes:
    """A deck as .pptx, 16:9, made without a browser.

    Charts are native: a double click opens their sheet, whose numbers are those of the freeze. Each has an alternative
    text, its source below and the freeze in the footer; every text carries its language.
    """
    made = Presentation(TEMPLATE)
    properties = made.core_properties
    said = [words[:LONGEST_PROPERTY] for words in (deck.name, deck.ward, footer_words(deck))]
    properties.title, properties.author, properties.comments = said
    properties.language, properties.created = LANGUAGES[deck.lang], deck.freeze.at.replace(tzinfo=None)
    properties.last_modified_by, properties.modified = properties.author, deck.freeze.at.replace(tzinfo=None)
    _dress(made, ACCENTS[deck.colour])
    _cover(made, deck)
    for slide in deck.slides:
        for number, part in enumerate(_parts(slide)):
            _page(made, deck, part, more=number > 0)
    for page in made.slides:
        _speak(page, LANGUAGES[deck.lang])
    out = io.BytesIO()
    made.save(out)
    return repacked(out.getvalue(), _made_at(deck.freeze.at))


def _made_at(at: datetime) -> Callable[[str, bytes], bytes]:
    """Puts the moment of the freeze into the sheets behind the charts in place of that of their making."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    def settled(name: str, part: bytes) -> bytes:
        if name.endswith(".xlsx"):
            return repacked(part, settled)
        if name == "docProps/core.xml":
            return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, part)
        return part

    return settled


def footer_words(deck: Deck) -> str:
    """What every page says of the figures it rests on."""
    said = text("exports.frozen", deck.lang, mark=deck.mark, day=day_words(day_here(deck.freeze.at)))
    return " · ".join([deck.ward, said, *([text("ui.sample_mark", deck.lang)] if deck.is_sample else [])])


def _dress(made: Presentation, accent: str) -> None:
    """The ward's colour as the theme's first, in which the template draws bands, cover and bullets."""
    part = next(part for part in made.part.package.iter_parts() if "/theme/" in part.partname)
    theme = part.blob.decode("utf-8")
    own = f'<a:accent1><a:srgbClr val="{accent.lstrip("#")}"/></a:accent1>'
    part._blob = re.sub("<a:accent1>.*?</a:accent1>", own, theme, count=1, flags=re.DOTALL).encode("utf-8")


def _foot_words(deck: Deck) -> str:
    """The footer in one line: of a name that is too long its beginning, of the freeze all."""
    words = footer_words(deck)
    rest = words.removeprefix(deck.ward)
    room = LONGEST_FOOT - len(rest)
    return words if len(deck.ward) <= room else f"{deck.ward[: room - 1].rstrip()}…{rest}"


def _cover(made: Presentation, deck: Deck) -> None:
    page = made.slides.add_slide(made.slide_layouts[COVER])
    page.shapes.title.text = deck.name
    _sized(page.shapes.title, size_for(deck.name, 11.4, 2.9, (44, 36, 28), bold=True), 44)
    lines = [*whose(deck), footer_words(deck).removeprefix(f"{deck.ward} · ")]
    if deck.left_out:
        lines.append(text("exports.left_out", deck.lang, count=deck.left_out))
    page.placeholders[1].text = "\n".join(lines)
    _sized(page.placeholders[1], size_for("\n".join(lines), 11.4, 2.5, (24, 20, SIZE), bold=True), 24)
    page.placeholders[1].text_frame.paragraphs[0].runs[0].font.bold = True


def whose(deck: Deck) -> list[str]:
    """The ward as it is printed, and where it lies unless its name says so."""
    return [deck.ward] if deck.place.casefold() in deck.ward.casefold() else [deck.ward, deck.place]


def _parts(slide: Slide) -> list[Slide]:
    """A slide of more rows or lines than the last row of a hall can read as several of about the same length."""
    view = slide.view
    top, bottom = _edges(slide)
    high = bottom - top
    if view is None:
        return [replace(slide, points=points) for points in _by_room(slide.points, high)]
    most = min(MOST_BARS, int(high / (high_of(1) + 0.02)) - 1)
    if view.kind == "bullets" and len(view.frame) > most:
        frames = [view.frame.iloc[at].reset_index(drop=True) for at in _shares(len(view.frame), most)]
        return [replace(slide, view=replace(view, frame=frame)) for frame in frames]
    most = min(MOST_ROWS, int(high / (high_of(1) + 0.1)) - 1)
    if view.kind not in DRAWN and len(view.table.rows) > most:
        tables = [replace(view.table, rows=view.table.rows[at]) for at in _shares(len(view.table.rows), most)]
        return [replace(slide, view=replace(view, table=table)) for table in tables]
    return [slide]


def _shares(count: int, most: int) -> list[slice]:
    """Rows in as few parts of at most `most` as there can be, all about as long."""
    of = -(-count // most)
    each = -(-count // of)
    return [slice(at, at + each) for at in range(0, count, each)]


def _by_room(points: Sequence[str], high: float) -> list[tuple[str, ...]]:
    """Points in slides that hold them; one that is longer than a slide goes on as a further point."""
    most = int((high - BETWEEN) / high_of(1))
    pieces: list[str] = []
    for point in points:
        lines = wrapped(point, letters(COLUMN - 0.4) * 2 - 4)
        pieces += [" ".join(lines[at : at + most]) for at in range(0, len(lines), most)]
    for of in range(1, len(pieces) + 1):
        parts = [tuple(pieces[at]) for at in _shares(len(pieces), -(-len(pieces) // of))]
        if all(_set(part, high) is not None for part in parts):
            return parts
    return [()]


def _set(points: Sequence[str], high: float) -> tuple[float, int] | None:
    """The size in which points fit a slide, and how many of them stand in the first of two columns (all in one)."""
    sizes = POINT_SIZES if len(points) <= ROOMY else POINT_SIZES[1:]
    for size in sizes:
        if _high(points, WIDTH, size) <= high:
            return size, len(points)
    for size in COLUMN_SIZES if len(points) > 1 else ():
        half = -(-len(points) // 2)
        if max(_high(points[:half], COLUMN, size), _high(points[half:], COLUMN, size)) <= high:
            return size, half
    return (SIZE, len(points)) if _high(points, WIDTH, SIZE) <= high else None


def _high(points: Sequence[str], wide: float, size: float) -> float:
    return sum(high_of(lines_of(point, wide - 0.4, size), size) + BETWEEN for point in points)


def _edges(slide: Slide) -> tuple[float, float]:
    """Where the room between a slide's sentence and its source begins and ends, in inches."""
    lines = lines_of(slide.sentence, WIDTH) if slide.sentence else 0
    top = SENTENCE + (high_of(lines) if lines else 0) + GAP
    foot = high_of(_source_lines(slide)) + GAP if slide.source else 0
    remarks = _remarks_high(slide)
    beside = remarks + GAP if remarks and BOTTOM - foot - top - remarks - GAP >= LEAST else 0
    return top, BOTTOM - foot - beside


def _remarks_high(slide: Slide) -> float:
    return sum(high_of(lines_of(remark, WIDTH)) for remark in slide.remarks)


def _source_lines(slide: Slide) -> int:
    return lines_of(source_line(slide.source, slide.view.lang if slide.view else "vi"), WIDTH)


def _page(made: Presentation, deck: Deck, slide: Slide, *, more: bool) -> None:
    top, bottom = _edges(slide)
    size, first = (SIZE, 0) if slide.view else _set(slide.points, bottom - top) or (SIZE, len(slide.points))
    layout = CHART if slide.view or not slide.points else COLUMNS if first < len(slide.points) else POINTS
    page = made.slides.add_slide(made.slide_layouts[layout])
    title = slide.title + (f" ({text('exports.slides_more', deck.lang)})" if more else "")
    page.shapes.title.text = title.replace(" %", "\u00a0%")  # no line begins with the sign of its points
    _sized(page.shapes.title, size_for(title, WIDTH, TITLE[1], TITLE_SIZES, bold=True), TITLE_SIZES[0])
    sentence = sentence_of(slide)
    _fill(page, 1, sentence, SENTENCE, high_of(lines_of(sentence, WIDTH)))
    if slide.view:
        _draw(page, slide.view, (LEFT, top, WIDTH, bottom - top))
    elif slide.points:
        _columns(page, slide.points, (top, bottom - top), size, first)
    source = source_line(slide.source, deck.lang) if slide.source else ""
    foot = high_of(_source_lines(slide)) if source else 0
    _fill(page, SOURCE_INDEX, source, BOTTOM - foot, foot)
    if slide.remarks and BOTTOM - foot - bottom > GAP + 0.01:
        _remarks(page, slide, bottom + GAP)
    _foot(page, _foot_words(deck))
    page.notes_slide.notes_text_frame.text = notes_words(slide, deck.lang)


def _remarks(page: Page, slide: Slide, top: float) -> None:
    """What people wrote of the years a slide shows, between it and its source."""
    box = page.shapes.add_textbox(*(Inches(each) for each in (LEFT, top, WIDTH, _remarks_high(slide))))
    say(box, "\n".join(slide.remarks), align=PP_ALIGN.LEFT)


def _fill(page: Page, index: int, words: str, top: float, high: float) -> None:
    """Words into a place of the layout, which grows with more words than usual and goes where there are none."""
    place = page.placeholders[index]
    if not words:
        place._element.getparent().remove(place._element)
        return
    place.text = words
    if Inches(high) > place.height:
        place.left, place.top, place.width, place.height = (Inches(each) for each in (LEFT, top, WIDTH, high))


def _columns(page: Page, points: Sequence[str], room: tuple[float, float], size: float, first: int) -> None:
    """Points in one column or two; few stand in the upper half, large."""
    top, high = room
    parts = {2: points} if first == len(points) else {2: points[:first], 4: points[first:]}
    for index, part in parts.items():
        place = page.placeholders[index]
        left, wide = place.left, place.width
        place.text = "\n".join(part)
        place.left, place.top, place.width, place.height = left, Inches(top), wide, Inches(high)
        _sized(place, size, 24)


def _sized(shape, size: float, usual: float) -> None:
    """The size of a text where it is not the layout's own."""
    for paragraph in shape.text_frame.paragraphs if size != usual else ():
        for run in paragraph.runs:
            run.font.size = Pt(size)


def _draw(page: Page, view: View, box: tuple[float, float, float, float]) -> None:
    draw = add_number if is_number(view) else DRAWN.get(view.kind, add_table)
    frame = draw(page, view, box)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", view.id)
    properties.set("descr", view.alt)


def _foot(page: Page, words: str) -> None:
    """The layout's footer and number as this page's own: the library leaves them on the layout, where none shows."""
    for shape in page.slide_layout.placeholders:
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "")
        if kind in ("ftr", "sldNum"):
            page.shapes.clone_placeholder(shape)
            own = page.shapes[-1]
            if kind == "ftr":
                own.text_frame.text = words
                own.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
            else:
                _number(own)


def _number(shape) -> None:
    """The page's own number, which PowerPoint counts."""
    paragraph = shape.text_frame.paragraphs[0]._p
    field = paragraph.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    run = field.makeelement(qn("a:rPr"), {})
    said = field.makeelement(qn("a:t"), {})
    said.text = "‹#›"
    field.extend([run, said])
    paragraph.insert(0, field)


def notes_words(slide: Slide, lang: str) -> str:
    """What the speaker has before them: their own words, then what the chart shows and what stands under it."""
    lines = [slide.notes]
    if slide.view:
        lines += [slide.view.alt, *(f"{number}. {note}" for number, note in enumerate(slide.view.notes, start=1))]
    lines.append(source_line(slide.source, lang) if slide.source else "")
    return "\n".join(line for line in lines if line)


def _speak(page: Page, language: str) -> None:
    """Say the language of every text, the speaker's too, so that spelling and voices know it."""
    for part in (page._element, *([page.notes_slide._element] if page.has_notes_slide else [])):
        for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
            for found in part.iter(qn(name)):
                found.set("lang", language)
        for run in part.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", language)
