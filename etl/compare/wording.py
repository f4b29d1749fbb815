"""What is said of a draft's numbers: the mark in a word, why, what the store has and where that stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from core.catalogue import Catalogue
from core.figures import Figure
from core.texts import text
from core.vi.format import format_gap, format_percent
from core.vi.numbers import as_decimal
from etl.compare.claims import Claim
from etl.compare.judge import AGREES, DIFFERS, Verdict
from etl.compare.known import Evidence
from etl.compare.run import Comparison, Marked
from etl.said import NO_NAMES, figure_name, period_words, said
from etl.wording import figure_json, figure_words

_MOST = 3  # stored values told beside one number
_QUOTE = 160
_DECIMALS = 2  # of a percentage worked out anew


def mark_word(verdict: Verdict, lang: str) -> str:
    """The mark in a word."""
    return text(f"draft.mark_{verdict.mark}", lang)


def explanation(marked: Marked, catalogue: Catalogue, lang: str, groups: Mapping[str, str] = NO_NAMES) -> list[str]:
    """Why a number has its mark: a reason where there is one, then what the store says and where that stood."""
    verdict, claim = marked.verdict, marked.stated.claim
    lines = [_sentence(text(f"draft.why_{verdict.reason}", lang))] if verdict.reason else []
    if claim is None:
        return lines
    told = _distinct(verdict.evidence)
    most = 1 if verdict.mark == AGREES else _MOST
    for evidence in told[:most]:
        words = text("draft.stored", lang, said=_evidence_words(claim, verdict, evidence, catalogue, lang, groups))
        lines += [words, text("draft.source", lang, where=_where(evidence, lang))]
    if len(told) > _MOST and verdict.mark != AGREES:
        lines.append(_sentence(text("draft.and_more", lang, count=len(told) - _MOST)))
    return lines


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def _distinct(found: tuple[Evidence, ...]) -> list[Evidence]:
    """The evidence without values told twice: once printed and once worked out, or of two reports that say the same."""
    seen: dict[tuple, Evidence] = {}
    for each in found:
        basis = "" if each.figure.basis == "unstated" else each.figure.basis
        seen.setdefault((each.figure.year, basis, each.value), each)
    return list(seen.values())


def _evidence_words(
    claim: Claim, verdict: Verdict, evidence: Evidence, catalogue: Catalogue, lang: str, groups: Mapping[str, str]
) -> str:
    figure = evidence.figure
    kind = "gap" if claim.kind == "excess" and verdict.reason == "points" else claim.kind
    kind = "change" if claim.kind == "growth" and verdict.reason == "points" else kind
    if not evidence.computed:
        return figure_words(figure, catalogue, lang, groups)
    row = catalogue.indicators[figure.indicator]
    name = "said_attainment" if kind == "value" and row.attainment_of else f"said_{'value' if kind == 'of' else kind}"
    words = text(
        f"draft.{name}", lang, name=figure_name(figure, catalogue, lang, groups),
        year=period_words(figure.period, figure.year, lang), against=claim.against or "",
        basis=said(f"basis_{figure.basis}", lang) if figure.basis else "",
        value=_value_words(kind, evidence.value, row.unit, lang),
    )  # fmt: skip
    parts = "; ".join(dict.fromkeys(figure_words(each, catalogue, lang, groups) for each, _ in evidence.rows))
    return text("draft.worked_out", lang, said=words, parts=parts)


def _value_words(kind: str, value: Fraction, unit: str, lang: str) -> str:
    exact = as_decimal(float(value))
    if kind in ("growth", "excess"):
        sign = "+" if value > 0 else ""
        return sign + format_percent(exact, lang, decimals=_DECIMALS)
    if kind in ("change", "gap"):
        return format_gap(exact, unit, lang, decimals=_DECIMALS if unit == "percent" else None)
    return format_percent(exact, lang, decimals=_DECIMALS)


def _where(evidence: Evidence, lang: str) -> str:
    """The reports and places behind a value, with what stood there."""
    return "; ".join(dict.fromkeys(_one_source(figure, report, lang) for figure, report in evidence.rows))


def _one_source(figure: Figure, report: str, lang: str) -> str:
    place = figure.origin.place if figure.origin else ""
    quote = " ".join(figure.quote.split())
    quote = f"“{quote[:_QUOTE]}{'…' if len(quote) > _QUOTE else ''}”" if quote else ""
    return ", ".join(filter(None, (report or text("draft.by_hand", lang), place, quote)))


def comparison_lines(
    comparison: Comparison, catalogue: Catalogue, lang: str, groups: Mapping[str, str] = NO_NAMES
) -> Iterator[str]:
    """A draft's numbers for people: how many agree, then each with its mark, its sentence and what the store says."""
    draft = comparison.draft
    unit = catalogue.unit(draft.unit).name
    year = str(draft.year) if draft.year else text("draft.no_year", lang)
    yield text("draft.head", lang, file=draft.document.name, unit=unit, year=year)
    yield from (f"  ! {notice.sentence(lang)}" for notice in draft.notices)
    if not comparison.marks:
        yield text("draft.no_numbers", lang)
        return
    for marked in comparison.marks:
        said_there = f"{marked.stated.number.written} ({place_of(comparison, marked)}): {around(comparison, marked)}"
        yield f"  [{mark_word(marked.verdict, lang)}] {said_there}"
        yield from (f"      {line}" for line in explanation(marked, catalogue, lang, groups))
    yield text("draft.counted", lang, count=len(comparison.marks), **comparison.counts)


def place_of(comparison: Comparison, marked: Marked) -> str:
    """Where a number stands in its draft."""
    stated = marked.stated
    part = comparison.draft.document.parts[stated.part]
    return part.place if stated.row < 0 else f"{part.place}, {part.rows[stated.row][stated.column].ref}"


def text_of(comparison: Comparison, marked: Marked) -> str:
    """The paragraph or the cell a number stands in."""
    stated = marked.stated
    part = comparison.draft.document.parts[stated.part]
    return part.text if stated.row < 0 else part.rows[stated.row][stated.column].text


def around(comparison: Comparison, marked: Marked, reach: int = 60) -> str:
    """The words beside a number, cut at whole words."""
    said_there, number = text_of(comparison, marked), marked.stated.number
    start, end = max(0, number.start - reach), min(len(said_there), number.end + reach)
    start = said_there.find(" ", start, number.start) + 1 if start else 0
    if end < len(said_there):
        cut = said_there.rfind(" ", number.end, end)
        end = cut if cut > 0 else end
    before, after = "…" if start else "", "…" if end < len(said_there) else ""
    return f"“{before}{' '.join(said_there[start:end].split())}{after}”"


def comparison_json(comparison: Comparison, catalogue: Catalogue, lang: str) -> dict[str, object]:
    """A draft's numbers as one JSON object."""
    draft = comparison.draft
    return {
        "file": draft.document.name,
        "unit": catalogue.unit(draft.unit).name,
        "unit_code": f"{draft.unit.code}@{draft.unit.valid_from}",
        "year": draft.year,
        **comparison.counts,
        "numbers": [_number_json(comparison, marked, catalogue, lang) for marked in comparison.marks],
    }


def _number_json(comparison: Comparison, marked: Marked, catalogue: Catalogue, lang: str) -> dict[str, object]:
    stated, claim = marked.stated, marked.stated.claim
    return {
        "number": stated.number.written, "mark": marked.verdict.mark, "reason": marked.verdict.reason or None,
        "place": place_of(comparison, marked), "start": stated.number.start, "end": stated.number.end,
        "text": around(comparison, marked), "says": claim.kind if claim else None,
        "of": None if claim is None else figure_json(claim.figure, catalogue),
        "store": [
            {"value": float(each.value), "computed": each.computed,
             "rows": [{**figure_json(figure, catalogue), "report": report} for figure, report in each.rows]}
            for each in _distinct(marked.verdict.evidence)
        ],
        "explanation": explanation(marked, catalogue, lang),
    }  # fmt: skip


def has_differences(comparison: Comparison) -> bool:
    """Whether any number of a draft differs from the store."""
    return comparison.counts[DIFFERS] > 0
