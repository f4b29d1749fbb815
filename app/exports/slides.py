"""A conference as PowerPoint: charts that open their data sheet, shapes that can be moved, speaker notes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from app.exports.slide_charts import add_bars, add_line, add_plan_actual
from app.exports.slide_shapes import add_bullets, add_ladder, add_table, add_waffle
from app.story.deck import Deck, Slide
from app.views.view import View
from app.views.words import day_words, source_line
from core.texts import text

TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "templates" / "deck.pptx"
COVER, CHART, POINTS = range(3)  # the template's layouts
BOX = tuple(Inches(value) for value in (0.6, 2.12, 12.13, 4.28))  # where a slide's chart stands
SOURCE = tuple(Inches(value) for value in (0.6, 6.45, 12.13, 0.45))
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
LONGEST_PROPERTY = 255  # characters that Office keeps of a file's title, author and comment
MOST_POINTS = 10  # lines of a slide; more go on to a second one

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
    _cover(made, deck)
    for slide in deck.slides:
        for number, part in enumerate(_parts(slide)):
            _page(made, deck, part, more=number > 0)
    for page in made.slides:
        _speak(page, LANGUAGES[deck.lang])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def footer_words(deck: Deck) -> str:
    """What every page says of the figures it rests on."""
    said = text("exports.frozen", deck.lang, mark=deck.mark, day=day_words(deck.freeze.at.date()))
    return " · ".join([deck.ward, said, *([text("ui.sample_mark", deck.lang)] if deck.is_sample else [])])


def _cover(made: Presentation, deck: Deck) -> None:
    page = made.slides.add_slide(made.slide_layouts[COVER])
    page.shapes.title.text = deck.name
    lines = [deck.ward, footer_words(deck).removeprefix(f"{deck.ward} · ")]
    if deck.left_out:
        lines.append(text("exports.left_out", deck.lang, count=deck.left_out))
    page.placeholders[1].text = "\n".join(lines)


def _parts(slide: Slide) -> list[Slide]:
    """A slide of many lines as several."""
    if len(slide.points) <= MOST_POINTS:
        return [slide]
    return [
        Slide(slide.id, slide.title, slide.sentence, None, slide.points[at : at + MOST_POINTS], slide.notes,
              slide.source, slide.is_sample)
        for at in range(0, len(slide.points), MOST_POINTS)
    ]  # fmt: skip


def _page(made: Presentation, deck: Deck, slide: Slide, *, more: bool) -> None:
    page = made.slides.add_slide(made.slide_layouts[CHART if slide.view else POINTS])
    page.shapes.title.text = slide.title + (f" ({text('exports.slides_more', deck.lang)})" if more else "")
    if slide.sentence:
        page.placeholders[1].text = slide.sentence
    else:
        page.placeholders[1]._element.getparent().remove(page.placeholders[1]._element)
    if slide.view:
        _draw(page, slide.view)
    else:
        page.placeholders[2].text = "\n".join(slide.points)
    if slide.source:
        _line(page, SOURCE, source_line(slide.source, deck.lang))
    _foot(page, footer_words(deck))
    page.notes_slide.notes_text_frame.text = notes_words(slide, deck.lang)


def _draw(page: Page, view: View) -> None:
    frame = DRAWN.get(view.kind, add_table)(page, view, BOX)
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", view.id)
    properties.set("descr", view.alt)


def _line(page: Page, box: tuple, words: str) -> None:
    frame = page.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.text = words
    frame.paragraphs[0].runs[0].font.size = Pt(12)


def _foot(page: Page, words: str) -> None:
    """The layout's footer and number as this page's own: the library leaves them on the layout, where none shows."""
    for shape in page.slide_layout.placeholders:
        kind = shape._element.find(f".//{qn('p:ph')}").get("type", "")
        if kind in ("ftr", "sldNum"):
            page.shapes.clone_placeholder(shape)
            own = page.shapes[-1]
            if kind == "ftr":
                own.text_frame.text = words
                run = own.text_frame.paragraphs[0].runs[0]
                run.font.size, run.font.name = Pt(12), "+mn-lt"
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
    """Say the language of every text, so that spelling and voices know it."""
    for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for found in page._element.iter(qn(name)):
            found.set("lang", language)
    for run in page._element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", language)
