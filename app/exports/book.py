"""A conference as a workbook: a sheet a family of indicators, a sheet a slide with its table and native chart."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from numbers import Number

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.exports.book_charts import insert_chart
from app.exports.chart_data import NATIVE, Series, chart_data
from app.exports.slides import footer_words
from app.exports.workbook import WHOLE, cells, decimals, missing, number_format, write_cell
from app.story.deck import Deck, Result, Slide
from app.views.view import Table
from app.views.words import lead_lower, source_line
from core.texts import text

# how a view's table heads a column -> the column of its exact numbers; of years only those that are no half
HEADS = {name: column for area in ("budget", "overview") for name, column in (
    (f"{area}.column_plan", "plan"), (f"{area}.column_value", "value"), (f"{area}.column_gap", "gap"))}  # fmt: skip
HEADS |= {"budget.column_attained": "attainment", "budget.column_year": "year"}
LOCALES = {"vi": "[$-42A]", "en": "[$-409]"}  # before the form of a number: programs that heed it print its language
A4, LONGEST_NAME, LONGEST_FOOT = 9, 31, 255
NARROW, USUAL, WIDEST, LINE = 9, 8.43, 44, 15.0  # characters of a column, points of a line
WHOLE_WIDTH = 110  # characters of a sheet without a table
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_PLACES = re.compile(r"[.,](\d+)(?:\D*)$")
_ONLY = re.compile(r"[+\u2212-]?\d[\d.,]*%?(?: [^\d(]*)?")  # what is printed says no more than a number and its unit
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F4"}
FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "head": {**_HEAD, "align": "left", "indent": 1},
    "head_number": {**_HEAD, "align": "right"},
    "words": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "line": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "0", "valign": "top", "align": "center"},
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

    def words(self, name: str, /, **params: object) -> str:
        """A text of the book in the deck's language."""
        return text(f"exports.book_{name}", self.deck.lang, **params)

    def style(self, name: str) -> Format:
        """A format by name, or by the form of its numbers in the deck's language; each is made once."""
        if name not in self.formats:
            wanted = FORMATS.get(name, {"num_format": LOCALES[self.deck.lang] + name, "valign": "top"})
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
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, WHOLE_WIDTH)
    sheet.write_string(0, 0, deck.name, book.style("title"))
    facts = [("ward", deck.ward), ("place", deck.place), ("year", str(deck.year)), ("freeze", footer_words(deck))]
    facts += [("left_out", text("exports.left_out", deck.lang, count=deck.left_out))] if deck.left_out else []
    facts += [("sample", text("ui.sample_mark", deck.lang))] if deck.is_sample else []
    facts += [("source", said) for said in dict.fromkeys(slide.source for slide in deck.slides if slide.source)]
    named: set[str] = set()
    for line, (name, said) in enumerate(facts, start=2):
        sheet.write_string(line, 0, "" if name in named else book.words(name), book.style("bold"))
        sheet.write_string(line, 1, said, book.style("line"))
        sheet.set_row(line, _high(said, WHOLE_WIDTH))
        named.add(name)
    first = len(facts) + 3
    sheet.write_string(first, 0, book.words("sheet"), book.style("bold"))
    for line, (name, title) in enumerate(told, start=first):
        sheet.write_url(line, 1, f"internal:'{name}'!A1", book.style("link"), title)


def _family(book: _Book, family: str) -> str:
    """The results of a family: real numbers, and beside them what is printed on paper."""
    sheet = book.sheet(family)
    sheet.write_string(0, 0, f"{family}, {book.deck.year}", book.style("title"))
    sheet.write_string(1, 0, footer_words(book.deck))
    names = ("number", "name", "unit", "plan", "value", "attainment", "judged", "planned", "done")
    widths = (5, 46, 12, 19, 19, 12, 18, 20, 24)
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        head = "head_number" if name in ("plan", "value", "attainment") else "head"
        sheet.write_string(3, place, book.words(name), book.style(head))
        sheet.set_column(place, place, width)
    for number, row in enumerate((row for row in book.deck.results if row.family == family), start=1):
        _result(book, sheet, 3 + number, number, row)
        said = ("", row.name, row.unit, "", "", "", row.judged, row.planned, row.done)
        sheet.set_row(3 + number, _tallest(said, widths))
    _fixed(sheet, 4, 2)
    return sheet.name


def _result(book: _Book, sheet: Worksheet, line: int, number: int, row: Result) -> None:
    sheet.write_number(line, 0, number, book.style("number"))
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
    columns = [] if slide.view is None else _columns(book, slide.view.table)
    native = slide.view is not None and slide.view.kind in NATIVE
    names, series = chart_data(slide.view) if native else ([], {})
    names = [name.replace("\n", " · ") for name in names]
    widths = [max(column.width, *(min(WIDEST, len(name) + 2) for name in (*names, ""))) if place == 0 else column.width
              for place, column in enumerate(columns)] or [WHOLE_WIDTH]  # fmt: skip
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    wide = max(sum(widths), WHOLE_WIDTH)
    over = len(widths) + ceil((wide - sum(widths)) / USUAL)
    _words(book, sheet, 1, over, wide, slide.sentence)
    line = 3 if not columns else _table(book, sheet, columns, widths, 3) + 1
    said = [*slide.points, *([source_line(slide.source, book.deck.lang)] if slide.source else [])]
    said += [f"{at}. {note}" for at, note in enumerate(slide.view.notes, start=1)] if slide.view else []
    for at, words in enumerate(said, start=line):
        _words(book, sheet, at, over, wide, words)
    if native:
        _chart(book, sheet, slide, line + len(said) + 1, (names, series), widths)
    return sheet.name


def _words(book: _Book, sheet: Worksheet, line: int, columns: int, wide: float, words: str) -> None:
    """A line of words over some columns that are together so wide, as high as it needs."""
    if not words:
        return
    if columns > 1:
        sheet.merge_range(line, 0, line, columns - 1, "", book.style("line"))
    sheet.write_string(line, 0, words, book.style("line"))
    sheet.set_row(line, _high(words, wide))


@dataclass(frozen=True)
class _Column:
    """A column of a slide's table: its head, each cell as number or words, the form of each number."""

    head: str
    cells: Sequence[object]
    forms: Sequence[str]

    @property
    def is_number(self) -> bool:
        """Whether numbers stand in it, so that its head stands over their last sign."""
        return any(isinstance(cell, (Number, Decimal)) for cell in self.cells)

    @property
    def width(self) -> float:
        """As wide as its longest number or words, and as the longest word of its head."""
        longest = max((_signs(cell, form) for cell, form in zip(self.cells, self.forms, strict=True)), default=0)
        return min(WIDEST, max(NARROW, longest + 3, *(len(word) + 2 for word in self.head.split())))


def _signs(cell: object, form: str) -> int:
    if missing(cell):
        return 0
    if isinstance(cell, (Number, Decimal)):
        places = len(form.partition(".")[2].partition('"')[0])
        return len(f"{float(cell):,.{places}f}") + form.count("%")
    return len(str(cell))


def _table(book: _Book, sheet: Worksheet, columns: Sequence[_Column], widths: Sequence[float], line: int) -> int:
    """The slide's table with its real numbers from a line on; gives the line after it."""
    for place, column in enumerate(columns):
        sheet.write_string(line, place, column.head, book.style("head_number" if column.is_number else "head"))
    sheet.set_row(line, _tallest([column.head for column in columns], widths))
    rows = len(columns[0].cells)
    for at in range(rows):
        for place, column in enumerate(columns):
            number = isinstance(column.cells[at], (Number, Decimal)) and not missing(column.cells[at])
            style = book.style(column.forms[at] if number else "words")
            if number:
                write_cell(sheet, line + 1 + at, place, column.cells[at], style)
            elif not missing(column.cells[at]):
                sheet.write_string(line + 1 + at, place, str(column.cells[at]), style)
        sheet.set_row(line + 1 + at, _tallest([column.cells[at] for column in columns], widths))
    _fixed(sheet, line + 1, 1)
    return line + 1 + rows


def _columns(book: _Book, table: Table) -> list[_Column]:
    """A table with exact numbers in place of printed ones, their unit, and what was printed where it said more."""
    header, rows = cells(table)
    if table.raw is None or tuple(header) == table.header:
        return [_plain(name, [row[place] for row in rows]) for place, name in enumerate(header)]
    lang, raw = book.deck.lang, table.raw
    known = {text(name, lang): column for name, column in HEADS.items() if column in raw}
    units = list(raw["unit"]) if "unit" in raw else [""] * len(raw)
    found, printed = [], []
    for place, name in enumerate(table.header):
        said = [row[place] for row in table.rows]
        column = known.get(name)
        if column is None or (column == "year" and not all(map(str.isdigit, said))):
            found.append(_plain(name, said))
            continue
        exact = [None if missing(value) else value for value in raw[column]]
        found.append(_exact(name, column, exact, said, units))
        if column == "value" and "of" in raw and not all(map(missing, raw["of"])):
            of = [None if missing(value) else Decimal(str(value)) for value in raw["of"]]
            found.append(_Column(book.words("exact_of"), of, [WHOLE] * len(of)))
        if any(value and not _ONLY.fullmatch(words) for value, words in zip(exact, said, strict=True)):
            printed.append(_plain(book.words("as_printed", name=name), said))
    if "unit" in raw:
        printed.insert(0, _plain(book.words("unit"), [book.deck.measures.get(unit, unit) for unit in units]))
    return found + printed


def _plain(name: str, said: Sequence[object]) -> _Column:
    form = number_format(said)
    return _Column(name, said, [form] * len(said))


def _exact(name: str, column: str, exact: Sequence[object], said: Sequence[str], units: Sequence[str]) -> _Column:
    """Exact numbers, each in the form it was printed in; what is not known keeps the words for it."""
    values = [words if value is None and any(map(str.isalpha, words)) else value
              for value, words in zip(exact, said, strict=True)]  # fmt: skip
    forms = [_form(column, value, words, unit) for value, words, unit in zip(values, said, units, strict=True)]
    return _Column(name, values, forms)


def _form(column: str, value: object, printed: str, unit: str) -> str:
    if column == "year" or missing(value) or isinstance(value, str):
        return "0"
    printed = printed.partition(" (")[0]
    if column == "attainment":
        return _percent(printed)
    if column == "gap":
        places = _PLACES.search(printed) if unit == "percent" else None
        form = "0." + "0" * len(places[1]) if places else _amount(Decimal(str(value)))
        return f"+{form};-{form};0"
    if unit == "percent" or printed.rstrip().endswith("%"):
        places = _PLACES.search(printed)
        return ("0" if places is None else "0." + "0" * len(places[1])) + ('"%"' if printed.endswith("%") else "")
    return _amount(Decimal(str(value)))


def _tallest(cells: Sequence[object], widths: Sequence[float]) -> float:
    """Points of a row: its words wrap in their columns, a number stands on one line."""
    return max([LINE, *(_high(cell, width - 2) for cell, width in zip(cells, widths, strict=True)
                        if isinstance(cell, str))])  # fmt: skip


def _high(words: object, width: float) -> float:
    """Points that words need in a column of so many characters."""
    lines = sum(max(1, -(-len(line) // max(1, int(width)))) for line in str(words).split("\n"))
    return LINE * lines


def _fixed(sheet: Worksheet, line: int, columns: int) -> None:
    """Keep what stands above a line in sight, on the screen and on every printed page."""
    sheet.freeze_panes(line, columns)
    sheet.repeat_rows(line - 1)


def _chart(
    book: _Book, sheet: Worksheet, slide: Slide, line: int, data: tuple[list[str], Series], widths: Sequence[float]
) -> None:
    """The numbers the chart stands on, and the chart beside them."""
    names, series = data
    unit = str(slide.view.detail.get("unit", ""))
    head = ", ".join(filter(None, (book.words("chart"), lead_lower(unit))))
    sheet.write_string(line, 0, head, book.style("head"))
    sheet.set_row(line, _tallest([head, *series], widths[: 1 + len(series)]))
    for place, (name, values) in enumerate(series.items(), start=1):
        sheet.write_string(line, place, name, book.style("head_number"))
        known = [Decimal(str(value)) for value in values if not missing(value)]
        whole = all(value == value.to_integral_value() for value in known)
        style = book.style(WHOLE if whole else f"{WHOLE}." + "0" * decimals(known, most=2))
        for at, value in enumerate(values, start=line + 1):
            write_cell(sheet, at, place, value, style)
    for at, name in enumerate(names, start=line + 1):
        sheet.write_string(at, 0, name, book.style("words"))
    insert_chart(book.made, sheet, slide.view, (line, len(names), len(series)), LOCALES[book.deck.lang])
