"""A conference as a workbook: a sheet a family of indicators, a sheet a slide with its table and native chart."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.exports.book_charts import insert_chart
from app.exports.chart_data import NATIVE, chart_data
from app.exports.slides import footer_words
from app.exports.workbook import WHOLE, cells, decimals, missing, number_format, write_cell
from app.story.deck import Deck, Result, Slide
from app.views.view import Table
from app.views.words import source_line
from core.catalogue import load_catalogue
from core.texts import text

NUMBERS = ("plan", "value", "of", "attainment")  # columns of a printed table that stand beside it as real numbers
A4, LONGEST_NAME, LONGEST_FOOT = 9, 31, 255
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_PLACES = re.compile(r"[.,](\d+)%$")
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F4"},
    "words": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "link": {"font_color": "#0B5394", "underline": 1},
}


@dataclass
class _Book:
    """A workbook being written: the deck, the formats by name, the names of sheets that are taken."""

    made: xlsxwriter.Workbook
    deck: Deck
    formats: dict[str, Format] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def words(self, name: str, **params: object) -> str:
        """A text of the book in the deck's language."""
        return text(f"exports.book_{name}", self.deck.lang, **params)

    def style(self, name: str) -> Format:
        """A format by name, or by the form of its numbers; each is made once."""
        if name not in self.formats:
            wanted = FORMATS.get(name, {"num_format": name, "valign": "top"})
            self.formats[name] = self.made.add_format(wanted)
        return self.formats[name]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, A4 across, its freeze in the footer; its name as near to the wanted one as Excel allows."""
        sheet = self.made.add_worksheet(sheet_name(name, self.taken))
        self.taken.add(sheet.name.casefold())
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        pages = f"&R{self.words('page')} &P/&N"
        said = footer_words(self.deck).replace("&", "&&")[: LONGEST_FOOT - len(pages) - 2]
        sheet.set_footer(f"&L{said}{pages}")
        return sheet


def deck_xlsx(deck: Deck) -> bytes:
    """A deck as .xlsx: what it is, a sheet a family with the year's results, a sheet a slide.

    Numbers are the freeze's own with forms that every Excel prints as its country does; text stays text, also where it
    looks like a formula; a figure that is not known is an empty cell. The same deck gives the same bytes.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as made:
        made.set_properties({
            "title": deck.name, "author": deck.ward, "company": deck.place, "comments": footer_words(deck),
            "created": deck.freeze.at.replace(tzinfo=None),
        })  # fmt: skip
        book = _Book(made, deck)
        about = book.sheet(book.words("about"))
        told = [(_family(book, family), family) for family in dict.fromkeys(row.family for row in deck.results)]
        told += [(_slide(book, slide, number), slide.title) for number, slide in enumerate(deck.slides, start=1)]
        _about(book, about, told)
    return out.getvalue()


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that Excel allows and no sheet has: 31 signs without []:*?/\\' and without signs nobody sees."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" and ord(sign) < 0x10000 else " " for sign in wanted)
    plain = " ".join(_NO_NAME.sub(" ", seen).split())
    used = {"", "history", *taken}
    name, number = plain[:LONGEST_NAME].strip(), 1
    while name.casefold() in used:
        number += 1
        name = f"{plain[: LONGEST_NAME - 4]} {number}".strip()
    return name


def _about(book: _Book, sheet: Worksheet, told: Sequence[tuple[str, str]]) -> None:
    """What the book is, what it rests on, and the way to every sheet."""
    deck = book.deck
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, deck.name, book.style("title"))
    facts = [("ward", deck.ward), ("place", deck.place), ("year", str(deck.year)), ("freeze", footer_words(deck))]
    facts += [("left_out", text("exports.left_out", deck.lang, count=deck.left_out))] if deck.left_out else []
    facts += [("sample", text("ui.sample_mark", deck.lang))] if deck.is_sample else []
    facts += [("source", said) for said in dict.fromkeys(slide.source for slide in deck.slides if slide.source)]
    for line, (name, said) in enumerate(facts, start=2):
        sheet.write_string(line, 0, book.words(name), book.style("bold"))
        sheet.write_string(line, 1, said, book.style("words"))
    for line, (name, title) in enumerate(told, start=len(facts) + 3):
        sheet.write_string(line, 0, book.words("sheet"), book.style("bold"))
        sheet.write_url(line, 1, f"internal:'{name}'!A1", book.style("link"), title)


def _family(book: _Book, family: str) -> str:
    """The results of a family: real numbers, and beside them what is printed on paper."""
    sheet = book.sheet(family)
    sheet.write_string(0, 0, f"{family}, {book.deck.year}", book.style("title"))
    sheet.write_string(1, 0, footer_words(book.deck))
    names = ("number", "name", "unit", "plan", "value", "attainment", "judged", "planned", "done")
    for place, (name, width) in enumerate(zip(names, (5, 46, 14, 20, 20, 12, 16, 22, 26), strict=True)):
        sheet.write_string(3, place, book.words(name), book.style("head"))
        sheet.set_column(place, place, width)
    rows = [row for row in book.deck.results if row.family == family]
    for number, row in enumerate(rows, start=1):
        _result(book, sheet, 3 + number, number, row)
    _fixed(sheet, 4, 2)
    return sheet.name


def _result(book: _Book, sheet: Worksheet, line: int, number: int, row: Result) -> None:
    sheet.write_number(line, 0, number, book.style("0"))
    for place, said in ((1, row.name), (2, row.unit), (6, row.judged), (7, row.planned), (8, row.done)):
        sheet.write_string(line, place, said, book.style("words"))
    # a plan in per cent of a count has its sign in the form: the row's unit is not its own
    own = '"%"' if row.planned.endswith("%") and row.unit != "%" else ""
    for place, said, sign in ((3, row.plan, own), (4, row.value, "")):
        if said:
            value = Decimal(said)
            write_cell(sheet, line, place, value, book.style(_amount(value) + sign))
    if row.attainment:
        write_cell(sheet, line, 5, Decimal(row.attainment), book.style(_percent(row.percent)))


def _amount(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return WHOLE if whole else f"{WHOLE}." + "0" * decimals([value], most=2)


def _percent(printed: str) -> str:
    """The form that prints a percent with as many decimals as it has on paper, where they keep it off a limit."""
    places = _PLACES.search(printed)
    return '0"%"' if places is None else f'0.{"0" * len(places[1])}"%"'


def _slide(book: _Book, slide: Slide, number: int) -> str:
    sheet = book.sheet(f"{number} {slide.title.partition(':')[0]}")
    sheet.write_string(0, 0, slide.title, book.style("title"))
    sheet.write_string(1, 0, slide.sentence)
    line = 3
    if slide.view is None:
        sheet.set_column(0, 0, 120, book.style("words"))
    else:
        line = _table(book, sheet, slide.view.table, line) + 1
    said = [*slide.points, *([source_line(slide.source, book.deck.lang)] if slide.source else [])]
    said += [f"{at}. {note}" for at, note in enumerate(slide.view.notes, start=1)] if slide.view else []
    for at, words in enumerate(said, start=line):
        sheet.write_string(at, 0, words)
    if slide.view is not None and slide.view.kind in NATIVE:
        _chart(book, sheet, slide, line + len(said) + 1)
    return sheet.name


def _table(book: _Book, sheet: Worksheet, table: Table, line: int) -> int:
    """The slide's table with its real numbers from a line on; gives the line after it."""
    header, rows = _columns(book, table)
    for place, name in enumerate(header):
        column = [row[place] for row in rows]
        style = book.style(number_format(column))
        sheet.write_string(line, place, name, book.style("head"))
        for at, value in enumerate(column, start=line + 1):
            write_cell(sheet, at, place, value, style)
        longest = max((len(str(value)) for value in column if not missing(value)), default=0)
        sheet.set_column(place, place, min(44, max(12, longest + 3)))
    _fixed(sheet, line + 1, 1)
    return line + 1 + len(rows)


def _columns(book: _Book, table: Table) -> tuple[list[str], list[tuple]]:
    """The table as printed and, where its numbers have columns of another name, those beside it with their unit."""
    header, rows = cells(table)
    if table.raw is None or tuple(header) == table.header:
        return header, rows
    raw = table.raw
    extra = [name for name in NUMBERS if name in raw and not all(map(missing, raw[name]))]
    names = [*table.header, *(book.words(f"exact_{name}") for name in extra)]
    beside = [[None if missing(value) else value for value in raw[name]] for name in extra]
    if "unit" in raw and extra:
        names.append(book.words("unit"))
        beside.append([_unit(unit, book.deck.lang) for unit in raw["unit"]])
    return names, [(*row, *more) for row, more in zip(table.rows, zip(*beside, strict=True), strict=True)]


def _unit(unit: str, lang: str) -> str:
    measure = load_catalogue().measures.get(unit)
    return unit if measure is None else measure.short(lang)


def _fixed(sheet: Worksheet, line: int, columns: int) -> None:
    """Keep what stands above a line in sight, on the screen and on every printed page."""
    sheet.freeze_panes(line, columns)
    sheet.repeat_rows(line - 1)


def _chart(book: _Book, sheet: Worksheet, slide: Slide, line: int) -> None:
    """The numbers the chart stands on, and the chart beside them."""
    names, series = chart_data(slide.view)
    sheet.write_string(line, 0, book.words("chart"), book.style("head"))
    for place, (name, values) in enumerate(series.items(), start=1):
        sheet.write_string(line, place, name, book.style("head"))
        style = book.style(number_format(values))
        for at, value in enumerate(values, start=line + 1):
            write_cell(sheet, at, place, value, style)
    for at, name in enumerate(names, start=line + 1):
        sheet.write_string(at, 0, name.replace("\n", " · "))
    insert_chart(book.made, sheet, slide.view, (line, len(names), len(series)))
