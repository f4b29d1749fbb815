"""A conference as the annex of a report: what stands on paper and in which order, before it is a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.exports.lettering import width_of
from app.story.deck import Deck, Result, Slide
from app.views.view import View
from app.views.words import dash, day_words
from core.texts import text
from core.vi.format import day_here
from core.vi.text import fold, nfc

NO_BREAK = "\u00a0"
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
# a judgement's shape: all four stand in Times New Roman and differ without colour
SIGNS = {"exceeded": "▲", "reached": "●", "near": "◊", "missed": "▼"}
COLUMNS = ("number", "name", "unit", "planned", "done", "percent", "judged")
PAGE = {"page_width": 210, "page_height": 297, "top_margin": 20, "bottom_margin": 20, "left_margin": 30,
        "right_margin": 15, "header_distance": 10, "footer_distance": 8}  # millimetres  # fmt: skip
WIDTH = PAGE["page_width"] - PAGE["left_margin"] - PAGE["right_margin"]
BODY, CELL, FOOT = 13, 10, 9  # points
HALVES = (0.42, 0.58)  # of the width: the office, the nation
PADDING = 1.9  # millimetres on each side of a cell's words
SEAL = 4  # empty lines for signature and seal
WHOLE = 12  # rows up to which a table stands on one page
ENDS = 3  # rows of a longer one that are never fewer at its begin and its end
LONGEST = 300  # characters of a cell: a row is never higher than its page
OWN_PART = ("shortfalls", "next_year")  # slides whose lines have a heading of their own
REPEATED = "bullets"  # a chart whose rows are those of the results table

_COMMITTEE = ("ubnd ", "uy ban nhan dan ")
_KINDS = ("phuong ", "xa ", "thi tran ", "dac khu ")
# control characters, signs that turn the direction of reading, halves of pairs: no file may hold them, no reader sees
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_NUMERALS = {50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_UNIT = COLUMNS.index("unit")
_UNIT_WIDEST = 22  # millimetres: a long unit is broken before the name of its indicator is
_LONGEST_WARD = 120  # characters of its name in the foot of every page
_ROUNDING = 0.6  # millimetres a column is wider than its words, so that no program breaks the last of them
# a number and the word it counts stay on one line; a year is no such number
_COUNTED = re.compile(r"(?<![\w.,/])(?!(?:19|20)\d\d )([+−-]?\d[\d.,/]*%?) (?=[^\W\d_])")
_AMOUNT = re.compile(r"([+−-]?\d[\d.,/]*) ([^\W\d_].*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph; `style` is "body", "point" for a line of a list, "note" for small print, "caption" over a table."""

    words: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a line; a family's line has its number and one cell over the rest."""

    cells: tuple[str, ...]
    is_family: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `name` says what it is, `widths` are parts of the page's width, `sides` each column's L, C or R."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    sides: str

    @property
    def is_whole(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return len(self.rows) <= WHOLE

    def is_kept(self, place: int) -> bool:
        """Whether a row (from 0) stays on the page of the next one."""
        last = len(self.rows) - 1
        at_end = place < ENDS - 1 or place > last - ENDS
        return place < last and (self.is_whole or at_end or self.rows[place].is_family)


@dataclass(frozen=True, slots=True)
class Annex:
    """The parts of the paper from top to bottom, every string clean and in its language.

    `office` and `nation` are the two heads, the last line of each over its rule; `gloss` the nation's English; `day`
    place and date; `attached` the line under the title; `foot` stands on every page.
    """

    lang: str
    author: str
    office: tuple[str, ...]
    number: str
    nation: tuple[str, str]
    gloss: tuple[str, ...]
    day: str
    annex: str
    title: str
    attached: str
    blocks: tuple[Heading | Said | Grid, ...]
    recipients: tuple[str, ...]
    signatory: tuple[str, ...]
    foot: str


def annex_of(deck: Deck) -> Annex:
    """A deck as it stands on paper."""
    lang = deck.lang

    def said(name: str, /, **params: object) -> str:
        return clean(text(f"exports.paper_{name}", lang, **params))

    nation = tuple(text(f"exports.paper_{name}", "vi") for name in ("nation", "motto"))
    return Annex(
        lang=lang, author=clean(deck.ward), office=_office(deck), number=said("number"), nation=nation,
        gloss=() if lang == "vi" else (said("nation"), said("motto")),
        day=f"{_seat(_cell(deck.place))}, {said('day').replace(' ', NO_BREAK)}", annex=said("annex"),
        title=said("title", year=deck.year), attached=said("attached"),
        blocks=tuple(_blocks(deck)), recipients=(said("recipients"), said("recipient"), said("archive")),
        signatory=(said("on_behalf"), said("chair")), foot=_foot(deck),
    )  # fmt: skip


def clean(words: str) -> str:
    """Words as paper can hold them: composed letters, and a space for what cannot be printed."""
    return _UNPRINTABLE.sub(" ", nfc(str(words))).strip()


def kept(words: str) -> str:
    """Clean words of running text whose numbers stand on one line with what they count."""
    return _COUNTED.sub(rf"\1{NO_BREAK}", clean(words))


def roman(number: int) -> str:
    """A number from 1 to 89 as headings are numbered."""
    said = ""
    for value, sign in _NUMERALS.items():
        said, number = said + sign * (number // value), number % value
    return said


def _office(deck: Deck) -> tuple[str, ...]:
    """Who issues: the committee and its ward, or the name that was chosen where it is no ward's."""
    ward, place = _cell(deck.ward), _cell(deck.place)
    own = next((ward[len(begin) :].strip() for begin in _COMMITTEE if fold(ward).startswith(begin)), ward)
    if fold(own) in fold(place):
        own = place
    if not fold(own).startswith(_KINDS):
        return (ward.upper(),)
    return (text("exports.paper_committee", deck.lang).upper(), own.upper())


def _seat(place: str) -> str:
    """The ward in front of the date: its bare name, or all of it where it is called by a number."""
    bare = next((place[len(kind) :].strip() for kind in _KINDS if fold(place).startswith(kind)), place)
    return place if bare[:1].isdigit() else bare


def _foot(deck: Deck) -> str:
    ward = clean(deck.ward)[:_LONGEST_WARD]
    parts = [ward, text("exports.frozen", deck.lang, mark=deck.mark, day=day_words(day_here(deck.freeze.at)))]
    return " · ".join(map(clean, parts + ([text("ui.sample_mark", deck.lang)] if deck.is_sample else [])))


def _blocks(deck: Deck) -> Iterator[Heading | Said | Grid]:
    """The parts under their headings, numbered in Roman as a report's are; empty parts are left out."""
    own = {slide.id: slide for slide in deck.slides}
    told = [slide for slide in deck.slides if slide.id not in OWN_PART]
    parts = {
        "results": _results(deck),
        "story": [block for number, slide in enumerate(told, start=1) for block in _message(slide, number, deck.lang)],
        "shortfalls": _lines(own.get("shortfalls"), deck.lang),
        "next_year": _lines(own.get("next_year"), deck.lang),
        "notes": [
            Said(kept(note), "point") for note in _once(note for each in told if each.view for note in each.view.notes)
        ],
        "sources": _sources(deck),
    }
    filled = [(name, blocks) for name, blocks in parts.items() if blocks]
    for number, (name, blocks) in enumerate(filled, start=1):
        year = deck.year + 1 if name == "next_year" else deck.year
        yield Heading(f"{roman(number)}. {text(f'exports.paper_{name}', deck.lang, year=year)}")
        yield from blocks


def _results(deck: Deck) -> list[Said | Grid]:
    if not deck.results:
        return [Said(text("exports.paper_no_results", deck.lang, year=deck.year))]
    rows, number = [], 0
    for family, (name, members) in enumerate(groupby(deck.results, lambda result: result.family), start=1):
        rows.append(Row((roman(family), _cell(name)), is_family=True))
        for result in members:
            number += 1
            rows.append(Row((str(number), *_cells(result, deck.lang))))
    header = tuple(text(f"exports.paper_head_{name}", deck.lang) for name in COLUMNS)
    name = text("exports.paper_title", deck.lang, year=deck.year)
    note = Said(text("exports.paper_empty", deck.lang, dash=dash(deck.lang)), "note")
    return [Grid(name, header, tuple(rows), _shares(header, rows, narrow=(_UNIT,)), "CLCRRRL"), note]


def _cells(result: Result, lang: str) -> tuple[str, ...]:
    """A row as printed; the judgement's word has its shape before it."""
    unit, planned, done = _measured(_cell(result.unit), _cell(result.planned), _cell(result.done))
    judged = _cell(f"{SIGNS[result.state]} {result.judged}") if result.state else ""
    return tuple(words or dash(lang) for words in (_cell(result.name), unit, planned, done, result.percent, judged))


def _measured(unit: str, *amounts: str) -> tuple[str, ...]:
    """A unit and amounts of it without its name: "48,6 tỷ đồng" is 48,6 in the column of "tỷ đồng".

    Amounts that are printed in two units keep them, as does one with words before its number.
    """
    parted = [_AMOUNT.fullmatch(amount) for amount in amounts]
    units = {found[2] for found in parted if found}
    if len(units) != 1:
        return (unit, *amounts)
    bare = (found[1] if found else amount for found, amount in zip(parted, amounts, strict=True))
    return (units.pop(), *bare)


def _message(slide: Slide, number: int, lang: str) -> Iterator[Heading | Said | Grid]:
    """A slide: its message, what stands under it, and the numbers its chart is drawn from."""
    yield Heading(f"{number}. {kept(slide.title)}", 2)
    view = slide.view
    is_drawn = view is not None and view.kind != REPEATED and bool(view.table.rows)
    # unit and period stand over the table
    sentence = kept(slide.sentence).removesuffix(kept(view.subtitle)).strip() if is_drawn else kept(slide.sentence)
    if sentence:
        yield Said(sentence)
    yield from _points(slide)
    if is_drawn:
        yield Said(kept(view.subtitle.partition(";")[0]), "caption")
        yield _grid(view, dash(lang))


def _grid(view: View, empty: str) -> Grid:
    """A chart's numbers; a column in which no row says anything is left out."""
    lines = [tuple(map(_cell, row)) for row in view.table.rows]
    told = [place for place in range(len(view.table.header)) if not place or any(row[place] != empty for row in lines)]
    header = tuple(_cell(view.table.header[place]) for place in told)
    rows = tuple(Row(tuple(row[place] or empty for place in told)) for row in lines)
    return Grid(clean(view.title), header, rows, _shares(header, rows), "L" + "C" * (len(header) - 1))


def _lines(slide: Slide | None, lang: str) -> list[Said | Grid]:
    if slide is None:
        return []
    said = [Said(words) for words in (kept(slide.title), kept(slide.sentence)) if words]
    return [*said, *_points(slide), *([_grid(slide.view, dash(lang))] if slide.view else [])]


def _points(slide: Slide) -> Iterator[Said]:
    return (Said(kept(point), "point") for point in slide.points)


def _sources(deck: Deck) -> list[Said]:
    """Every report once, then which freeze it was and what that leaves out."""
    lang, day = deck.lang, day_words(day_here(deck.freeze.at))
    named = {source: set(source.split(" · ")) for source in _once(slide.source for slide in deck.slides)}
    lines = [Said(source, "point") for source, parts in named.items()
             if not any(parts < others for others in named.values())]  # fmt: skip
    lines.append(Said(clean(text("exports.paper_frozen", lang, mark=deck.mark, day=day))))
    if deck.left_out:
        lines.append(Said(text("exports.paper_left_out", lang, count=deck.left_out)))
    if deck.is_sample:
        lines.append(Said(text("exports.paper_sample", lang)))
    return lines


def _once(words: Iterable[str]) -> list[str]:
    return [each for each in dict.fromkeys(map(clean, words)) if each]


def _cell(words: str) -> str:
    said = clean(words)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _shares(header: Sequence[str], rows: Sequence[Row], narrow: tuple[int, ...] = ()) -> tuple[float, ...]:
    """Parts of the page's width: each column as its longest cell where all fit, else the widest give way first.

    No word is broken as long as the longest words of all columns fit beside each other. Columns of `narrow`
    hold a unit.
    """
    lines = [row.cells for row in rows if not row.is_family]
    longest, least = [], []
    for name, cells in zip(header, zip(*lines, strict=True), strict=True):
        room = 2 * PADDING + _ROUNDING
        whole = room + max(width_of(name, CELL, bold=True), *(width_of(cell, CELL) for cell in cells))
        longest.append(min(whole, _UNIT_WIDEST) if len(longest) in narrow else whole)
        words = [width_of(word, CELL, bold=True) for word in name.split()]
        words += [width_of(word, CELL) for cell in cells for word in cell.split()]
        if not longest[1:]:  # the numerals of families are wider than the numbers of their rows
            words += [width_of(row.cells[0], CELL, bold=True) for row in rows if row.is_family]
            longest[0] = max(longest[0], room + max(words))
        least.append(min(room + max(words, default=0), longest[-1], WIDTH / len(header)))
    widths = longest if sum(longest) <= WIDTH else _lowered(longest, least)
    return tuple(width / sum(widths) for width in widths)


def _lowered(longest: list[float], least: list[float]) -> list[float]:
    """Widths under one limit, the highest with which all fit, none under its least."""
    low, high = 0.0, float(WIDTH)
    for _ in range(30):
        limit = (low + high) / 2
        widths = [min(wide, max(narrow, limit)) for wide, narrow in zip(longest, least, strict=True)]
        low, high = (limit, high) if sum(widths) <= WIDTH else (low, limit)
    return widths
