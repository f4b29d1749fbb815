"""What the command line says of a reading: figures, questions and changes, as lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.catalogue import Catalogue
from core.errors import Fault
from core.figures import Award, Figure, Question
from core.store import Changes
from core.texts import text
from etl.run import Reading
from etl.said import NO_NAMES, figure_name, period_words, said, value_words

_QUOTE = 160
_CONCLUDED = ("chain", "again")  # rules of the prose reader that read a number by the one before it


def stored_words(figure: Figure, unit_id: str, lang: str) -> str:
    """A value as it will be stored, with its hedge."""
    words = value_words(figure.value, unit_id, lang, figure.of)
    return text(f"numbers.hedge_{figure.hedge}", lang, value=words) if figure.hedge else words


def figure_words(figure: Figure, catalogue: Catalogue, lang: str, groups: Mapping[str, str] | None = None) -> str:
    """A figure in one line: what, which part, when, which kind, how much; `groups` are names of groups by id."""
    row = catalogue.indicators[figure.indicator]
    kind = said(f"scenario_{figure.scenario}", lang)
    if figure.basis:
        kind += f" ({said(f'basis_{figure.basis}', lang)})"
    value = stored_words(figure, row.unit, lang)
    if row.member_kind == "residential_group":
        value = said("group_reached" if figure.value else "group_missed", lang)
    name = figure_name(figure, catalogue, lang, groups or NO_NAMES)
    return f"{name}, {period_words(figure.period, figure.year, lang)}, {kind}: {value}"


def award_words(award: Award, catalogue: Catalogue, lang: str) -> str:
    """A row of the register in one line."""
    name = " ".join(filter(None, (catalogue.honours[award.honour].name(lang), award.grade)))
    level, recipient = catalogue.levels[award.level][lang], said(f"recipient_{award.recipient}", lang)
    return f"{name}, {award.year}, {level}, {recipient}: {award.count} {award.decision_no}".rstrip()


def question_words(question: Question, catalogue: Catalogue, lang: str) -> Iterator[str]:
    """A question and its candidates."""
    yield text(question.code, lang, **question.params)
    for number, candidate in enumerate(question.candidates, start=1):
        yield f"  {number}) {figure_words(candidate, catalogue, lang)}"
    if question.quote:
        yield f"  {_quoted(question.quote)}"


def _quoted(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words[:_QUOTE]}{'…' if len(words) > _QUOTE else ''}”"


def reading_lines(reading: Reading, catalogue: Catalogue, lang: str, checked: bool) -> Iterator[str]:
    """A reading for people: its figures with their sentences, then questions, faults, broken rules and notices."""
    result = reading.tidy
    unit = result.unit_name or said("unit_unsaid", lang)
    year = str(result.year) if result.year else said("year_unsaid", lang)
    yield said("reading_head", lang, file=reading.name, unit=unit, year=year)
    groups = {group.id: group.name for group in result.groups}
    for figure in result.figures:
        yield f"  {figure_words(figure, catalogue, lang, groups)}"
        yield f"      {_quoted(figure.quote)} ({figure.origin.place if figure.origin else ''})"
    for award in result.awards:
        yield f"  {award_words(award, catalogue, lang)}"
    yield from _section("questions", (list(question_words(item, catalogue, lang)) for item in result.questions), lang)
    yield from _section("faults", ([fault.sentence(lang)] for fault in (*reading.refused, *result.faults)), lang)
    if checked:
        for severity in ("error", "question", "notice"):
            broken = [[f.fault.sentence(lang)] for f in reading.findings if f.severity == severity]
            yield from _section(f"rules_{severity}", broken, lang)
    yield from _section("notices", ([notice.sentence(lang)] for notice in result.notices), lang)


def _section(name: str, items, lang: str) -> Iterator[str]:
    items = list(items)
    if items:
        yield f"  {said(f'head_{name}', lang, count=len(items))}"
    for lines in items:
        yield f"    - {lines[0]}"
        yield from (f"      {line}" for line in lines[1:])


def change_lines(changes: Changes, catalogue: Catalogue, lang: str) -> Iterator[str]:
    """What storing would change, in full; what stays the same as a number."""
    for figure in changes.added:
        yield f"  + {figure_words(figure, catalogue, lang)}"
        yield f"      {_quoted(figure.quote)}"
    for old, new in changes.changed:
        row = catalogue.indicators[old.indicator]
        was = stored_words(old, row.unit, lang)
        yield f"  ~ {figure_words(new, catalogue, lang)} ({said('was', lang, value=was)})"
        yield f"      {_quoted(new.quote)}"
    for award in changes.awards_added:
        yield f"  + {award_words(award, catalogue, lang)}"
    for old, new in changes.awards_changed:
        yield f"  ~ {award_words(new, catalogue, lang)} ({said('was', lang, value=old.count)})"
    counts = {
        "added": len(changes.added) + len(changes.awards_added),
        "changed": len(changes.changed) + len(changes.awards_changed),
        "same": len(changes.same) + len(changes.awards_same),
    }
    yield said("changes", lang, **counts)


def reading_json(reading: Reading, catalogue: Catalogue, lang: str) -> dict[str, object]:
    """A reading as the one JSON object of its file."""
    result = reading.tidy
    return {
        "file": reading.name,
        "unit": result.unit_name or None,
        "unit_code": f"{result.unit.code}@{result.unit.valid_from}" if result.unit else None,
        "year": result.year,
        "published": result.published.isoformat() if result.published else None,
        "figures": [figure_json(figure, catalogue) for figure in result.figures],
        "awards": [_award_json(award) for award in result.awards],
        "questions": [
            {
                "question": text(question.code, lang, **question.params),
                "quote": question.quote,
                "place": question.origin.place if question.origin else None,
                "candidates": [figure_json(candidate, catalogue) for candidate in question.candidates],
            }
            for question in result.questions
        ],
        "faults": _sentences((*reading.refused, *result.faults), lang),
        "broken_rules": [
            {"rule": f.rule, "severity": f.severity, "sentence": f.fault.sentence(lang)} for f in reading.findings
        ],
        "notices": _sentences(result.notices, lang),
    }


def _sentences(faults, lang: str) -> list[str]:
    return [fault.sentence(lang) for fault in faults]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def figure_json(figure: Figure, catalogue: Catalogue) -> dict[str, object]:
    """A figure as JSON; `unit` is its unit of measure, values are in that base unit.

    `sure` is "said" where words beside the number say it, "concluded" where it goes on with the number before it or
    carries a flag; what is less sure than that is a question.
    """
    rule = figure.origin.rule if figure.origin else None
    return {
        "indicator": figure.indicator, "member": figure.member, "year": figure.year, "period": figure.period,
        "scenario": figure.scenario, "basis": figure.basis, "value": _number(figure.value), "of": _number(figure.of),
        "of_kind": figure.of_kind, "hedge": figure.hedge, "flags": list(figure.flags),
        "unit": catalogue.indicators[figure.indicator].unit, "quote": figure.quote,
        "place": figure.origin.place if figure.origin else None, "rule": rule,
        "sure": "concluded" if figure.flags or (rule or "").removeprefix("prose.") in _CONCLUDED else "said",
    }  # fmt: skip


def _award_json(award: Award) -> dict[str, object]:
    return {
        "year": award.year, "honour": award.honour, "grade": award.grade, "level": award.level,
        "recipient": award.recipient, "count": award.count, "mode": award.mode, "giver": award.giver,
        "decision_no": award.decision_no,
        "decision_date": award.decision_date.isoformat() if award.decision_date else None,
        "quote": award.quote, "place": award.origin.place if award.origin else None,
    }  # fmt: skip


def refusal_lines(faults: list[Fault], lang: str) -> Iterator[str]:
    """Why a file was refused, every reason."""
    yield said("refused", lang)
    yield from (f"  - {fault.sentence(lang)}" for fault in faults)
