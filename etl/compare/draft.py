"""A draft's numbers in reading order, each with what it claims: sentences by the prose reader, cells by the tables'."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.vi.text import spelling_key
from etl.compare.bullets import under_heads
from etl.compare.cells import in_table
from etl.compare.changes import Changes, Spoken
from etl.compare.claims import Claim
from etl.compare.doubts import Plans, after_start, doubt_of, foreign_lines
from etl.compare.numbers import Number, digits_of, is_no_figure, numbers_of
from etl.document import Block, Document
from etl.find import find
from etl.find.laid_out import laid_out
from etl.find.prose import Line, Statement, Statements, Weighed, read_statements
from etl.find.prose_lexicon import lexicon_of
from etl.find.prose_reading import Reading
from etl.run import Wanted, words_of
from etl.tidy import moved, tidy

NOBODY = Wanted()  # nothing is said of a draft beside what it says itself
_PAPER = re.compile(r"(?:giấy|bằng) khen")
_NEXT = re.compile(r"năm (?:sau|tới)|phấn đấu|mục tiêu|dự kiến|phương hướng")  # what lies ahead has no result beside it
_OUT_OF = frozenset(("trong", "trong số", "trong tổng số", "trên tổng số"))
_ACCEPTED = ("", "old_year", "two_readings")  # doubts of the reader that a comparison with the store settles


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a draft: in which part of the document (and cell of a table), and what it claims.

    `claim` is None where nobody can tell what it speaks of.
    """

    part: int
    number: Number
    claim: Claim | None = None
    row: int = -1
    column: int = -1


@dataclass
class Draft:
    """A draft as far as it is understood: whose it is, of which year, its numbers in order, what else is to be said."""

    document: Document
    unit: UnitKey
    year: int | None
    stated: list[Stated] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def read_draft(document: Document, catalogue: Catalogue, wanted: Wanted = NOBODY) -> Draft:
    """Every number of a document with what it claims; FaultError where nobody says which unit it speaks of."""
    blocks = [part for part in document.parts if isinstance(part, Block)]
    found = find(document, catalogue, unit=wanted.unit, year=wanted.year, profiles=wanted.profiles)
    if wanted.unit_name and not found.unit:
        found.unit_name = wanted.unit_name
    understood = tidy(found, catalogue, words_of(document))
    if understood.unit is None:
        raise FaultError([Fault("etl.question_unit_missing", document.name)])
    notices = [notice for notice in found.notices if notice.code == "etl.other_unit"]
    draft = Draft(document, understood.unit, found.year, notices=notices)
    unit = catalogue.unit(draft.unit)
    lists = under_heads(blocks)
    said = read_statements(
        [each.block for each in lists], catalogue,
        year=wanted.year, published=found.published, unit_name=unit.name, by_paragraph=True,
    )  # fmt: skip
    reader = _Reader(said, catalogue, draft.unit)
    rows = {id(block) for block in laid_out(blocks)}
    reader.rows = {id(each.block) for each in lists if id(each.own) in rows}
    reader.beside = {id(each.block) for each in lists if each.result_beside}
    read_as = iter(lists)
    for number, part in enumerate(document.parts):
        if isinstance(part, Block):
            under = next(read_as)
            own = (_moved_back(each, number, under.begin) for each in reader.of_block(under.block))
            draft.stated += [each for each in own if each.number.start >= 0]  # the rest is the head's
        else:
            cells = in_table(part, found.figures, catalogue, draft.unit)
            draft.stated += [Stated(number, each.number, each.claim, each.row, each.column) for each in cells]
    draft.stated.sort(key=lambda each: (each.part, each.row, each.column, each.number.start))
    return draft


def _moved_back(stated: Stated, part: int, begin: int) -> Stated:
    """A number found behind its head, where it stands in its own paragraph."""
    number = replace(stated.number, start=stated.number.start + begin, end=stated.number.end + begin)
    claim = stated.claim and replace(stated.claim, number=number)
    return replace(stated, part=part, number=number, claim=claim)


class _Reader:
    """The sentences of a draft with what the prose reader made of them."""

    def __init__(self, said: Statements, catalogue: Catalogue, unit: UnitKey):
        self.said, self.catalogue, self.unit = said, catalogue, unit
        self.lexicon, self.own = lexicon_of(catalogue), catalogue.unit(unit).name
        self.last: Spoken | None = None  # what the sentence before told last
        self.beside: set[int] = set()  # blocks of a list that tells the year's result too
        self.rows: set[int] = set()  # blocks that are rows of a table in plain lines: their numbers have no column
        self.lines: dict[int, list[Line]] = defaultdict(list)
        self.statements: dict[int, list[Statement]] = defaultdict(list)
        for line in said.lines:
            self.lines[id(line.block)].append(line)
        for statement in said.statements:
            self.statements[id(statement.line)].append(statement)

    def of_block(self, block: Block) -> list[Stated]:
        """The numbers of a paragraph."""
        lines = self.lines[id(block)]
        foreign = foreign_lines(lines, self.own)
        return [stated for line in lines for stated in self._of_line(line, id(line) in foreign)]

    def _of_line(self, line: Line, foreign: bool) -> list[Stated]:
        loose = id(line.block) in self.rows
        claims, spoken = ({}, []) if loose else self._claims(line, foreign)
        changes = Changes(line, self.lexicon, self.catalogue, self.said, spoken, None if foreign else self.last)
        if line.items:
            self.last = spoken[-1] if spoken and not foreign else None
        stated, covered = [], set()
        for place, item in enumerate(line.items):
            numbers = _numbers(line, place)
            for which, number in enumerate(numbers):
                covered.update(range(number.start, number.end))
                claim = claims.get((place, which))
                if len(numbers) == 1 and (claim is None or claim.kind == "value"):
                    compares = changes.read(place, number) if claim is None else changes.instead(place, number, claim)
                    claim = (compares and self._settled(compares, "other_unit" if foreign else "")) or claim
                opens = place == 0 or (place == 1 and line.items[0].kind == "punct")
                if claim and self._is_result(claim) and changes.plan_before(place) is not None:
                    claim = replace(claim, doubt=claim.doubt or "narrowed")  # "hộ nghèo: kế hoạch 22 hộ"
                if claim or not is_no_figure(line.text, number.start, number.end, item.kind, opens=opens):
                    stated.append(Stated(0, number, claim))
        return [*stated, *_zeros(line, claims), *_left_over(line, covered)]

    def _claims(self, line: Line, foreign: bool) -> tuple[dict[tuple[int, int], Claim], list[Spoken]]:
        """What the reader makes of a sentence's quantities, by item and which of a pair; and what was spoken of."""
        claims: dict[tuple[int, int], Claim] = {}
        spoken = []
        for statement in self.statements[id(line)]:
            reading = statement.reading
            weighed = self.said.collected.weigh(statement)
            if weighed is None or not weighed.figures:
                continue
            doubt = "" if weighed.doubt in _ACCEPTED else weighed.doubt
            doubt = "other_unit" if foreign else doubt or doubt_of(line, statement)
            numbers = _numbers(line, reading.place) or [_phrase(line, statement)]
            which = 1 if reading.rule == "pair" and len(numbers) > 1 else 0
            if after_start(line, statement) and self.said.report.year:
                figures = [replace(each, year=self.said.report.year) for each in weighed.figures]
                weighed = replace(weighed, figures=figures)
            weighed = self._of_plan(line, statement, weighed)
            if all(each.scenario == "plan" for each in weighed.figures) and self._is_this_years(line, statement):
                figures = [replace(each, year=self.said.report.year) for each in weighed.figures]
                weighed = replace(weighed, figures=figures)
            values = tuple(dict.fromkeys(figure.value for figure in weighed.figures))
            figures = tuple({figure.key: figure for figure in weighed.figures}.values())
            paper = _PAPER.search(spelling_key(line.text)) is not None
            kind = "of" if reading.of is None and _is_whole(line, reading.place) else "value"
            claim = Claim(kind, figures, values, numbers[which], reading.hedge, paper=paper)
            claims.setdefault((reading.place, which), self._settled(claim, doubt))
            if which == 1 or kind == "of":
                continue
            spoken.append(Spoken(reading.place, reading.last, reading.topic, reading.slot, weighed))
            if reading.of is not None and (at := _whole_at(line, reading, len(numbers))) is not None:
                whole = Claim("of", figures, (reading.of,), _numbers(line, at[0])[at[1]])
                claims.setdefault(at, self._settled(whole, doubt))
        return claims, spoken

    def _is_result(self, claim: Claim) -> bool:
        """Whether a claim is a result that a plan's word before its number would make none."""
        attained = self.catalogue.indicators[claim.figure.indicator].attainment_of
        return claim.kind == "value" and claim.figure.scenario != "plan" and not attained

    def _is_this_years(self, line: Line, plan: Statement) -> bool:
        """Whether a plan of no named year has its result behind it: "dự toán 11,9 tỷ; thực hiện 12,38 tỷ"."""
        report, section = self.said.report, line.carried
        if plan.moment.stated or section.plan or section.year != report.year or _NEXT.search(spelling_key(line.text)):
            return False
        return id(line.block) in self.beside or any(
            each.reading.place > plan.reading.place and each.reading.topic is plan.reading.topic
            and each.reading.scenario != "plan" and not each.moment.plan and not each.moment.stated
            for each in self.statements[id(line)]
        )  # fmt: skip

    def _of_plan(self, line: Line, statement: Statement, weighed: Weighed) -> Weighed:
        """The same with the plan that stands before the name: "dự toán quận giao tổng thu ngân sách là ..."."""
        plans = Plans(line.items, self.lexicon)
        figures = list(weighed.figures)
        if bases := plans.as_plan(statement):
            figures = [replace(each, scenario="plan", basis=basis) for each in figures for basis in bases]
        if any(each.basis == "unstated" for each in figures):
            figures = [replace(each, basis=basis) for each in figures for basis in plans.named_before(statement)]
        return replace(weighed, figures=figures)

    def _settled(self, claim: Claim, doubt: str) -> Claim:
        """A claim whose figures belong to the unit that existed in their year."""
        figures = tuple(
            replace(figure, unit=moved(self.unit, figure.year, self.catalogue)) for figure in claim.figures
        )
        return replace(claim, figures=figures, doubt=doubt or claim.doubt)


def _is_whole(line: Line, place: int) -> bool:
    """Whether a count is said as what another is a part of: "3.907 hộ trong tổng số 4.360 hộ", "trong 16 chỉ tiêu"."""
    before = line.items[place - 1].text if place else ""
    return line.items[place].quantity is not None and not line.items[place].quantity.unit and before in _OUT_OF


def _whole_at(line: Line, reading: Reading, written: int) -> tuple[int, int] | None:
    """Where the whole of a count stands: in its pair, else behind it ("4.040 gia đình ... trên tổng số 4.410 hộ")."""
    if written > 1:
        return reading.place, 1
    for at in range(reading.place + 1, min(len(line.items), reading.last + 1)):
        if _is_whole(line, at) and line.items[at].quantity.readings[0] == reading.of:
            return at, 0
    return None


def _numbers(line: Line, place: int) -> list[Number]:
    """The numbers an item of a sentence writes."""
    item = line.items[place]
    if item.quantity is not None:
        return numbers_of(item, line.text)
    if item.kind != "label":
        return []
    return [Number(item.start, item.end, line.text[item.start : item.end])]


def _phrase(line: Line, statement: Statement) -> Number:
    """The words that say none: "không còn hộ nghèo"."""
    reading = statement.reading
    start, end = line.items[reading.first].start, line.items[reading.last].end
    return Number(start, end, line.text[start:end], reading.values)


def _zeros(line: Line, claims: dict[tuple[int, int], Claim]) -> list[Stated]:
    return [
        Stated(0, claim.number, claim)
        for (place, _), claim in claims.items()
        if line.items[place].quantity is None and line.items[place].kind == "word"
    ]


def _left_over(line: Line, covered: set[int]) -> list[Stated]:
    """Digits of a sentence that its items passed over: numbers all the same, unless they name or date something."""
    if not line.items:
        return []
    found = []
    begin, end = line.items[0].start, line.items[-1].end
    for item in line.items:
        if item.kind not in ("word", "punct"):
            covered.update(range(item.start, item.end))
    for start, stop in digits_of(line.text[begin:end]):
        start, stop = begin + start, begin + stop
        if start not in covered and not is_no_figure(line.text, start, stop, "", opens=start == begin):
            found.append(Stated(0, Number(start, stop, line.text[start:stop])))
    return found
