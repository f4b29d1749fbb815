"""The reader of year-end prose: sentences in, figures with their quotes out, questions where it is unsure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from core.catalogue import Catalogue
from core.figures import Figure, Origin, Question
from core.vi.text import nfc
from etl.document import Block
from etl.find.prose_agree import is_intake, most_exact, repeats, trims
from etl.find.prose_awards import read_awards
from etl.find.prose_clause import proposed_places
from etl.find.prose_lexicon import Lexicon, lexicon_of
from etl.find.prose_period import names_whole_year
from etl.find.prose_reading import Reading
from etl.find.prose_report import (
    default_period,
    find_published,
    report_year,
    sums_up_half_term,
    sums_up_term,
    year_ahead,
)
from etl.find.prose_rules import Sentence
from etl.find.prose_when import Moment, When, after_sentence, opening_times, when
from etl.find.prose_where import find_unit, level_of, names_own_council, other_unit, part_of_unit, turns_to
from etl.find.prose_words import Item, read_items, split_sentences, tokenize

_LARGE = Decimal(10) ** 12  # a ward's budget before July 2025 never reached a thousand tỷ
_LARGEST = Decimal(10) ** 13  # nor did any ward's since
_NEW_WARDS = 2025
_ONE_CITY_LEVEL = date(2025, 7, 1)  # cities below a province ended
_FULL_STOPS = (".", "!", "?", "…")  # a short sentence that ends in one is no heading
_MOST_SAID = 50  # figures of one key that a headline is set against: bounds the work of a hostile text


@dataclass(slots=True)
class Prose:
    """What a report's running text says: its unit, year and day of posting, figures, and what must be asked."""

    unit_name: str = ""
    year: int | None = None
    published: date | None = None
    figures: list[Figure] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


_LABEL = 3  # items of "Phần I." and "1.", which stand before a heading without being sentences


@dataclass(slots=True)
class Line:
    """One sentence: its block, its items, whether it is a heading, and the moment that holds where it names none."""

    block: Block
    text: str
    items: list[Item]
    heading: bool
    carried: Moment | None = None
    elsewhere: str = ""  # the other ward to which the sentences before it turned


@dataclass(frozen=True, slots=True)
class Statement:
    """One number of a sentence as the rules read it, and when that holds."""

    line: Line
    reading: Reading
    moment: When


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one statement may mean: figures, and what is asked where they are doubtful ("" where nothing is)."""

    figures: list[Figure]
    doubt: str = ""
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statements:
    """A text's sentences, what they state, and the moment of the whole."""

    lines: list[Line]
    statements: list[Statement]
    report: Moment
    collected: _Collected


def find_prose(
    blocks: Sequence[Block],
    catalogue: Catalogue,
    *,
    year: int | None = None,
    published: date | None = None,
    unit_name: str = "",
    settle_unit: Callable[[str], str] = str,
) -> Prose:
    """Read running text: every figure of a catalogue indicator that a sentence states, with its quote and rule.

    `year`, `published` and `unit_name` are what is already known and win over the text; `settle_unit` may put another
    name in the place of the unit read. A form with two readings, a year nobody states, another unit's figure and two
    values for one key become questions: nothing is guessed. One figure a key; the same figure said twice is given once.
    """
    known = {"year": year, "published": published, "unit_name": unit_name, "settle_unit": settle_unit}
    said = read_statements(blocks, catalogue, **known)
    for statement in said.statements:
        said.collected.add(statement)
    said.collected.settle()
    return said.collected.found


def read_statements(
    blocks: Sequence[Block],
    catalogue: Catalogue,
    *,
    year: int | None = None,
    published: date | None = None,
    unit_name: str = "",
    settle_unit: Callable[[str], str] = str,
    by_paragraph: bool = False,
) -> Statements:
    """Every statement of running text in order, none weighed against another: what find_prose makes figures of.

    With `by_paragraph` a year that a sentence names holds to the end of its paragraph only; that of a heading goes on.
    """
    lexicon = lexicon_of(catalogue)
    lines = _lines(blocks, lexicon)
    sentences = [line.items for line in lines]
    published = published or find_published(sentences)
    found = Prose(
        unit_name or settle_unit(find_unit(sentences, [line.text for line in lines])),
        year or report_year(sentences, published),
        published,
    )
    ahead = year_ahead(sentences, published, found.year)
    report = Moment(found.year, default_period(sentences, published), ahead=ahead)
    term, half_term = sums_up_term(sentences), sums_up_half_term(sentences)
    carried = section = report
    statements = []
    spoken: frozenset[str] = frozenset()
    for line, before in zip(lines, [None, *lines], strict=False):
        if by_paragraph and before and line.block is not before.block:
            carried = section
        if before and carried.cut and line.block is not before.block and not _opens(before):
            carried = replace(carried, period=report.period, cut=False)  # a closing day holds for its own paragraph
        line.carried = carried
        turned = turns_to(line.items, line.text, found.unit_name)
        goes_on = before is not None and line.block is before.block
        line.elsewhere = turned if turned is not None else before.elsewhere if goes_on else ""
        spoken, readings = _readings(line, lexicon, spoken if goes_on else frozenset())
        if goes_on and _names_papers(line) and _proposes(before):
            readings = [reading for reading in readings if reading.slot != "award"]
        told, opening = [], opening_times(line.items)
        for reading in readings:
            flow = reading.slot in ("amount", "attainment", "award") or reading.topic.family == "administration"
            moment = when(line.items, reading.place, reading.last, carried, report, flow=flow, opening=opening)
            if reading.slot == "award" and moment.plan and not moment.stated:  # thanked today, whatever comes next year
                moment = replace(moment, year=report.year, period=report.period, plan=False)
            over_years = (half_term and flow and not moment.plan) or (term and reading.slot == "award")
            if over_years and moment.period == "year" and not moment.stated:
                moment = replace(moment, period="term")
            announced = reading.scenario == "plan" and reading.rule == "name" and not _has_result(reading, readings)
            if announced and not moment.stated:
                moment = replace(moment, year=report.ahead or moment.year)
            told.append(Statement(line, reading, moment))
        statements += [_dated(statement, told, report) for statement in told]
        titled = line.heading and line.items[-1].text not in _FULL_STOPS
        ends = titled and line.items[-1].text != ":"  # a title ends what the sentences before it said of their year
        carried = after_sentence(section if ends else carried, line.items, report, line.heading)
        section = carried if titled else section
    return Statements(lines, statements, report, _Collected(catalogue, found, report))


def _has_result(plan: Reading, readings: Sequence[Reading]) -> bool:
    """Whether a plan's own result stands in its sentence: then it is of that year, "KH 3,5%, thực hiện 3,2%"."""
    return any(said.topic is plan.topic and said.slot == plan.slot and said.scenario != "plan" for said in readings)


def _dated(plan: Statement, told: Sequence[Statement], report: Moment) -> Statement:
    """A plan of no named year with its result beside it is of the report's: "kế hoạch: 17/18 tổ; thực hiện: 16/18"."""
    if plan.moment.year is not None or not plan.moment.plan:
        return plan
    same = (other for other in told if other.reading.topic is plan.reading.topic and not other.moment.plan)
    if not any(other.reading.slot == plan.reading.slot and other.moment.year == report.year for other in same):
        return plan
    return replace(plan, moment=replace(plan.moment, year=report.year))


def _proposes(line: Line) -> bool:
    """Whether a sentence ends in prizes that are only proposed: "Đề nghị tặng ...: bằng khen ... cho 89 cá nhân."."""
    return max(proposed_places(line.items)[1], default=-1) >= len(line.items) - _LABEL


def _names_papers(line: Line) -> bool:
    """Whether a sentence goes on with papers and gives none itself: "Bằng khen của Thủ tướng cho 7 cá nhân."."""
    return line.items[0].text.startswith(("bằng khen", "giấy khen", "cờ thi đua", "huân chương", "danh hiệu"))


def _names_quarter(line: Line) -> bool:
    """Whether a sentence names a quận beside a city: only centrally run cities have them, so the city is a province."""
    return any(item.has("district_giver") and "quận" in item.text.split() for item in line.items)


def _opens(line: Line) -> bool:
    """Whether what follows a sentence belongs to it: a heading, or words before a list."""
    return line.heading or line.items[-1].text == ":"


def _lines(blocks: Sequence[Block], lexicon: Lexicon) -> list[Line]:
    lines = []
    for block in blocks:
        text = nfc(block.text)
        sentences = split_sentences(text, tokenize(text))
        alone = sum(len(tokens) > _LABEL for tokens in sentences) <= 1
        for tokens in sentences:
            items = lexicon.mark(read_items(tokens))
            short = len(items) <= 25 and not any(item.quantity for item in items)
            heading = short and (alone or items[-1].text == ":")
            lines.append(Line(block, text, items, heading))
    return lines


def _readings(line: Line, lexicon: Lexicon, before: frozenset[str]) -> tuple[frozenset[str], list[Reading]]:
    """The topics a line speaks of and what it says of them; `before` are the topics of the line it goes on from."""
    if not any(item.quantity or item.entries for item in line.items):
        return frozenset(), []
    readings = Sentence(line.items, lexicon, before).read()
    taken = {reading.place for reading in readings}
    topics = frozenset(reading.topic.name for reading in readings)
    return topics, readings + read_awards(line.items, lexicon, taken)


class _Collected:
    """Figures by key as they come in; says what contradicts and what is open."""

    def __init__(self, catalogue: Catalogue, found: Prose, report: Moment):
        self.catalogue = catalogue
        self.report = report
        self.found = found
        self.level = level_of(found.unit_name)
        self.figures: dict[tuple, list[tuple[Figure, bool, int]]] = {}

    def add(self, statement: Statement) -> None:
        """Take in one statement as a figure, a question, or not at all."""
        weighed = self.weigh(statement)
        if weighed is None:
            return
        if weighed.doubt:
            first = weighed.figures[0]
            self._ask(weighed.doubt, weighed.figures, first.origin, first.quote, **weighed.params)
        else:
            self._keep(weighed.figures, statement.moment, statement.line)

    def weigh(self, statement: Statement) -> Weighed | None:
        """The figures one statement may mean, with what is doubtful about them; None where it means none."""
        line, reading, moment = statement.line, statement.reading, statement.moment
        indicator, *others = self._indicators(reading, line) or [None]
        if indicator is None or any(part_of_unit(line.items, at) for at in {reading.place, reading.first}):
            return None
        if moment.plan and not self.catalogue.indicators[indicator].plan_allowed:
            return None
        first, last = line.items[reading.first], line.items[reading.last]
        start, end = min(first.start, line.items[reading.place].start), max(last.end, line.items[reading.place].end)
        quote = line.text[start:end]
        origin = Origin(line.block.place, f"prose.{reading.rule}", start, end)
        scenario = "plan" if moment.plan else reading.scenario
        basis = reading.basis
        if basis == ("assigned",) and names_own_council(line.items, reading.place, self.level):
            basis = ("council",)
        plan_basis = (
            basis if scenario == "plan" and basis != ("",) else ("unstated",) if scenario == "plan" else basis
        )
        period = "year" if scenario == "plan" and moment.period != "term" else moment.period
        candidates = [
            Figure(
                indicator, moment.year or 0, value, period=period, scenario=scenario, basis=basis, of=reading.of,
                of_kind=reading.of_kind, hedge=reading.hedge, flags=reading.flags, origin=origin, quote=quote,
            )
            for basis in plan_basis
            for value in reading.values
        ]  # fmt: skip
        given_above = reading.slot == "award" and reading.level not in ("", "ward")  # "UBND huyện ... tặng giấy khen"
        other = not given_above and other_unit(line.items, reading.first, line.text, self.found.unit_name)
        other = other or (not given_above and line.elsewhere)
        if other:
            return Weighed(candidates, "other_unit", {"unit": other})
        part = self.report.period not in ("year", "term") and not names_whole_year(line.items, reading.place)
        if moment.plan and moment.year == self.report.year and part:
            return Weighed(candidates, "target_period")
        if moment.year is not None and self.report.year and moment.year < self.report.year - 1:
            return Weighed(candidates, "old_year", {"year": moment.year})
        if moment.period == "average":
            return Weighed([replace(figure, period="year") for figure in candidates], "average")
        if moment.year is None:
            return Weighed(candidates, "year_unstated")
        if reading.slot == "award" and moment.period == "term" and moment.stated:
            return Weighed(candidates, "term_award")
        if others:
            either = [replace(figure, indicator=name) for name in (indicator, *others) for figure in candidates]
            return Weighed(either, "level_open")
        if len(reading.values) > 1:
            likely = self._likely(reading, moment)
            if likely is None:
                return Weighed(candidates, "two_readings")
            return Weighed([replace(figure, value=likely) for figure in candidates[:: len(reading.values)]])
        return Weighed(candidates)

    def _keep(self, figures: Sequence[Figure], moment: When, line: Line) -> None:
        for figure in figures:
            self.figures.setdefault(figure.key, []).append((figure, moment.stated, id(line)))

    def _likely(self, reading: Reading, moment: When) -> Decimal | None:
        """The reading that the size of budgets allows: "3.550 tỷ" of a new ward or of a district is thousands of tỷ."""
        if reading.slot != "amount" or reading.doubt:
            return None
        large = self.level in ("district", "city", "province") or (moment.year or 0) >= _NEW_WARDS
        if self.level == "ward" and reading.values[0] > _LARGEST:  # "269.505 tỷ" of a commune is a misprint
            return None
        return reading.values[0] if reading.values[0] < _LARGE or large else None

    def _indicators(self, reading: Reading, line: Line) -> list[str]:
        """The indicator a reading fills; two where a giver's level is open."""
        if reading.slot != "award":
            indicator = getattr(reading.topic, reading.slot)
            return [indicator.id] if indicator else []
        levels = ("province",) if reading.level == "city" and _names_quarter(line) else self._levels(reading.level)
        return [
            indicator.id
            for indicator in self.catalogue.indicators.values()
            if indicator.recipient == reading.topic.recipient and not indicator.honour and indicator.level in levels
        ]

    def _levels(self, level: str) -> tuple[str, ...]:
        """The catalogue's level of a giver; "thành phố" is the province's in a centrally run city, else the district's.

        A district lies in no city but a centrally run one, and since July 2025 there are no others. Both levels where
        neither the report's unit nor its day tells.
        """
        if level != "city":
            return (level,)
        since = self.found.published or date(self.report.year or 1, 1, 1)
        if self.level == "district" or since >= _ONE_CITY_LEVEL:
            return ("province",)
        units = self.catalogue.find_units(self.found.unit_name) if self.found.unit_name else ()
        central = {unit.province.lower().startswith("thành phố") for unit in units}
        return {(True,): ("province",), (False,): ("district",)}.get(tuple(central), ("district", "province"))

    def _ask(self, name: str, candidates: Sequence[Figure], origin: Origin, quote: str, **params: object) -> None:
        said = {"quote": quote, **params}
        self.found.questions.append(Question(f"prose.{name}", said, tuple(candidates), origin, quote))

    def _repeated(self, figure: Figure, sure: dict[tuple, list[Figure]]) -> bool:
        """Whether a figure without a year of its own says one again whose year is stated."""
        return any(repeats(figure, other) for other in sure[figure.indicator, figure.period, figure.basis][:_MOST_SAID])

    def _estimated(self, figure: Figure) -> bool:
        """Whether a result only says again what the text calls an estimate: a headline and its sentence."""
        told = self.figures.get(replace(figure, scenario="estimate").key, ()) if figure.scenario == "actual" else ()
        return any(trims(figure, estimate) for estimate, _, _ in told[:_MOST_SAID])

    def settle(self) -> None:
        """One figure a key: the same value once, two values as a question."""
        sure: dict[tuple, list[Figure]] = defaultdict(list)
        for said in self.figures.values():
            for figure, stated, _ in said:
                if stated:
                    sure[figure.indicator, figure.period, figure.basis].append(figure)
        for said in self.figures.values():
            if all(not stated and self._repeated(figure, sure) for figure, stated, _ in said):
                continue
            if all(self._estimated(figure) for figure, _, _ in said):
                continue
            said = [one for one in said if not is_intake(one[0])] or said
            values = {figure.value for figure, _, _ in said}
            best = max(said, key=lambda pair: (pair[0].of is not None, pair[1], not pair[0].hedge))[0]
            if len(values) == 1:
                self.found.figures.append(best)
                continue
            stated = [figure for figure, stated, _ in said if stated]
            sentences = {sentence for _, _, sentence in said}
            exact = most_exact([figure for figure, _, _ in said])
            if exact:
                self.found.figures.append(exact)
            elif len({figure.value for figure in stated}) == 1 and len(stated) < len(said) and len(sentences) > 1:
                self.found.figures.append(stated[0])
            else:
                told = [figure for figure, _, _ in said]
                self._ask(
                    "two_values", [*self._together(told), *told], best.origin, best.quote, indicator=best.indicator
                )

    def _together(self, told: Sequence[Figure]) -> list[Figure]:
        """The sum of counts of commended that may be of several papers: "1 tập thể ... Cờ thi đua; 5 ... Bằng khen"."""
        if self.catalogue.indicators[told[0].indicator].family != "awards" or len({one.value for one in told}) != 2:
            return []
        values = list(dict.fromkeys(one.value for one in told))
        return [replace(told[0], value=sum(values, Decimal(0)), quote=" … ".join(dict.fromkeys(o.quote for o in told)))]
