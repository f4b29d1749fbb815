"""Which cells of a workbook are marked: those its reading names as wrong or asks about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.errors import Fault
from core.texts import parts
from etl.find.values import cell_in
from etl.marks.mark import Mark
from etl.run import Reading

KIND = "xlsx"  # the only kind of file that is handed back
MOST = 2_000  # marks in one workbook; what is beyond them is found again when it is sent once more


def marks_of(reading: Reading, lang: str = "vi") -> list[Mark]:
    """What keeps a reading out of the store, then what is asked about it, each once; notices are not marked."""
    errors = [finding.fault for finding in reading.findings if finding.severity == "error"]
    open_rules = [finding.fault for finding in reading.findings if finding.severity == "question"]
    marks = [_mark(fault, lang) for fault in (*reading.refused, *reading.tidy.faults, *errors)]
    marks += _asked(reading, lang)
    marks += [_mark(fault, lang, is_question=True) for fault in open_rules]
    return list(dict.fromkeys(marks))[:MOST]


def can_be_marked(reading: Reading) -> bool:
    """Whether a file can come back marked: a workbook that could be opened, with something to mark."""
    return reading.kind == KIND and bool(marks_of(reading))


def _mark(fault: Fault, lang: str, is_question: bool = False) -> Mark:
    why, advice = parts(fault.code, lang, **fault.params)
    return _placed(fault.where, why, advice, is_question)


def _asked(reading: Reading, lang: str) -> Iterator[Mark]:
    for question in reading.tidy.questions:
        why, advice = parts(question.code, lang, **question.params)
        origins = [question.origin, *(figure.origin for figure in question.candidates)]
        places: Iterable[str] = dict.fromkeys(origin.place for origin in origins if origin) or [""]
        for place in places:
            yield _placed(place, why, advice, True)


def _placed(place: str, why: str, advice: str, is_question: bool) -> Mark:
    found = cell_in(place)
    sheet, ref = found or ("", "")
    said = why if found or not place else f"{place}: {why}"
    return Mark(sheet, ref, said[:1].upper() + said[1:], advice, is_question)
