"""A conference as the annex of a report: what stands on paper and in which order, before it is a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from app.story.deck import Deck, Result, Slide
from app.views.view import View
from app.views.words import dash, day_words
from core.texts import text
from core.vi.text import fold, nfc

LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
# a judgement's shape: all four stand in Times New Roman and differ without colour
SIGNS = {"exceeded": "▲", "reached": "●", "near": "◊", "missed": "▼"}
COLUMNS = {"number": 10, "name": 46, "unit": 18, "planned": 25, "done": 27, "percent": 16, "judged": 23}  # millimetres
LONGEST = 300  # characters of a cell: a row is never higher than its page
OWN_PART = ("shortfalls", "next_year")  # slides whose lines have a heading of their own
REPEATED = "bullets"  # a chart whose rows are those of the results table

_COMMITTEE = ("ubnd ", "uy ban nhan dan ")
_KINDS = ("phuong ", "xa ", "thi tran ", "dac khu ")
# control characters, signs that turn the direction of reading, halves of pairs: no file may hold them, no reader sees
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_WIDEST = 30  # characters after which a column of a small table grows no further


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph; `style` is "body", "point" for a line of a list, "note" for small print."""

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


@dataclass(frozen=True, slots=True)
class Annex:
    """The parts of the paper from top to bottom, every string clean and in its language.

    `office` and `nation` are the two heads, the last line of `nation` before `gloss` underlined; `gloss` its English;
    `day` place and date; `attached` the line under the title; `foot` stands on every page.
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
        gloss=() if lang == "vi" else (said("nation"), said("motto")), day=said("day", place=_seat(clean(deck.place))),
        annex=said("annex"), title=said("title", year=deck.year), attached=said("attached", year=deck.year),
        blocks=tuple(_blocks(deck)), recipients=(said("recipients"), said("recipient"), said("archive")),
        signatory=(said("on_behalf"), said("chair")), foot=_foot(deck),
    )  # fmt: skip


def clean(words: str) -> str:
    """Words as paper can hold them: composed letters, and a space for what cannot be printed."""
    return _UNPRINTABLE.sub(" ", nfc(str(words))).strip()


def _office(deck: Deck) -> tuple[str, ...]:
    """Who issues: the committee and its ward, or the name that was chosen where it is no ward's."""
    ward, place = clean(deck.ward), clean(deck.place)
    own = next((ward[len(begin) :].strip() for begin in _COMMITTEE if fold(ward).startswith(begin)), ward)
    if fold(own) in fold(place):
        own = place
    if not fold(own).startswith(_KINDS):
        return (ward.upper(),)
    return (text("exports.paper_committee", deck.lang), own.upper())


def _seat(place: str) -> str:
    """The ward in front of the date: its bare name, or all of it where it is called by a number."""
    bare = next((place[len(kind) :].strip() for kind in _KINDS if fold(place).startswith(kind)), place)
    return place if bare[:1].isdigit() else bare


def _foot(deck: Deck) -> str:
    parts = [deck.ward, text("exports.frozen", deck.lang, mark=deck.mark, day=day_words(deck.freeze.at.date()))]
    return " · ".join(map(clean, parts + ([text("ui.sample_mark", deck.lang)] if deck.is_sample else [])))


def _blocks(deck: Deck) -> Iterator[Heading | Said | Grid]:
    """The parts under their headings, numbered in Roman as a report's are; empty parts are left out."""
    own = {slide.id: slide for slide in deck.slides}
    told = [slide for slide in deck.slides if slide.id not in OWN_PART]
    parts = {
        "results": _results(deck),
        "story": [block for number, slide in enumerate(told, start=1) for block in _message(slide, number)],
        "shortfalls": _lines(own.get("shortfalls")),
        "next_year": _lines(own.get("next_year")),
        "notes": [
            Said(note, "point") for note in _once(note for each in told if each.view for note in each.view.notes)
        ],
        "sources": _sources(deck),
    }
    kept = [(name, blocks) for name, blocks in parts.items() if blocks]
    for roman, (name, blocks) in zip(_ROMAN, kept, strict=False):
        year = deck.year + 1 if name == "next_year" else deck.year
        yield Heading(f"{roman}. {text(f'exports.paper_{name}', deck.lang, year=year)}")
        yield from blocks


def _results(deck: Deck) -> list[Said | Grid]:
    if not deck.results:
        return [Said(text("exports.paper_no_results", deck.lang, year=deck.year))]
    rows, number = [], 0
    for roman, (family, members) in zip(_ROMAN, groupby(deck.results, lambda result: result.family), strict=False):
        rows.append(Row((roman, clean(family)), is_family=True))
        for result in members:
            number += 1
            rows.append(Row((str(number), *_cells(result, deck.lang))))
    header = tuple(text(f"exports.paper_head_{name}", deck.lang) for name in COLUMNS)
    name = text("exports.paper_title", deck.lang, year=deck.year)
    note = Said(text("exports.paper_empty", deck.lang, dash=dash(deck.lang)), "note")
    return [Grid(name, header, tuple(rows), _shares(COLUMNS.values()), "CLCRRRL"), note]


def _cells(result: Result, lang: str) -> tuple[str, ...]:
    """A row as printed; the judgement's word has its shape before it."""
    judged = f"{SIGNS[result.state]} {result.judged}" if result.state else ""
    cells = (result.name, result.unit, result.planned, result.done, result.percent, judged)
    return tuple(_cell(words) or dash(lang) for words in cells)


def _message(slide: Slide, number: int) -> Iterator[Heading | Said | Grid]:
    """A slide: its message, what stands under it, and the numbers its chart is drawn from."""
    yield Heading(f"{number}. {clean(slide.title)}", 2)
    view = slide.view
    if slide.sentence and not (view and slide.sentence == view.subtitle):
        yield Said(clean(slide.sentence))
    yield from _points(slide)
    if view and view.kind != REPEATED and view.table.rows:
        yield Said(clean(view.subtitle.partition(";")[0]), "note")
        yield _grid(view)


def _grid(view: View) -> Grid:
    header = tuple(map(_cell, view.table.header))
    rows = tuple(Row(tuple(map(_cell, row))) for row in view.table.rows)
    longest = (max(map(len, column)) for column in zip(header, *(row.cells for row in rows), strict=True))
    widths = _shares(min(max(width, len("Thực hiện")), _WIDEST) for width in longest)
    return Grid(clean(view.title), header, rows, widths, "L" + "C" * (len(header) - 1))


def _lines(slide: Slide | None) -> list[Said]:
    if slide is None:
        return []
    return [Said(words) for words in (clean(slide.title), clean(slide.sentence)) if words] + list(_points(slide))


def _points(slide: Slide) -> Iterator[Said]:
    return (Said(clean(point), "point") for point in slide.points)


def _sources(deck: Deck) -> list[Said]:
    """Every report once, then which freeze it was and what that leaves out."""
    lang, day = deck.lang, day_words(deck.freeze.at.date())
    lines = [Said(source, "point") for source in _once(slide.source for slide in deck.slides)]
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


def _shares(widths: Iterable[float]) -> tuple[float, ...]:
    known = tuple(widths)
    return tuple(width / sum(known) for width in known)
