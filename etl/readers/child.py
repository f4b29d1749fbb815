"""The child's side of reading: sets its own limits, reads files from its input, answers in lines of JSON.

What is asked is a line {"name", "size", "encoding"} and the file's bytes; with "marks" (lists of Mark's fields) and
"lang" the file is not read but handed back marked, as {"workbook": base64} lines and {"end": true}; with "remarks"
(lists of Remark's fields) a Word file is. Otherwise an answer is either {"faults": [[code, where, params], ...]} or
{"document": [name, kind, sha256, properties]}, then {"block": [text, place]} or {"table": [place, merged, before]}
followed by {"rows": [...]}, then {"end": true}.
A cell is its ref where it is empty, [text, ref], or [text, ref, number, moment, formula_without_value, hidden].
"""

from __future__ import annotations

import base64
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from core.errors import Fault, FaultError
from etl.document import Block, Cell, Document, Table
from etl.readers import read_file

ADDRESS_SPACE = 2**30
PROCESSOR_SECONDS = 20
OPEN_FILES = 64
CELLS_A_LINE = 2_000
BIG = 100_000
PIECE = 3 * 2**20  # bytes of a workbook in a line


def serve(files: int) -> None:
    """Read files until the input ends. The standard output is kept for answers: libraries print elsewhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit(files)
    # Readers make hundreds of thousands of small objects and no rings of them: looking for rings doubles their time.
    gc.disable()
    while head := sys.stdin.buffer.readline():
        asked = json.loads(head)
        content = sys.stdin.buffer.read(asked["size"])
        allow_processor_time()
        for line in _answers(asked, content):
            _write(answers, line)
        answers.flush()
        if len(content) > BIG:
            gc.collect()


def limit(files: int) -> None:
    """Set the limits of this process, as far as the system has them (on Windows the parent's job object does)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, ADDRESS_SPACE), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
                       (resource.RLIMIT_NOFILE, OPEN_FILES)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS * (files + 1)))
    if hasattr(resource, "RLIMIT_NPROC"):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def allow_processor_time() -> None:
    """Give the next file its own share of processor time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    share = int(used.ru_utime + used.ru_stime) + 1 + PROCESSOR_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (min(share, most), most))


def _answers(asked: dict, content: bytes) -> Iterator[dict]:
    if "marks" in asked:
        return answer_marked(asked["name"], content, asked["marks"], asked["lang"])
    if "remarks" in asked:
        return answer_remarked(asked["name"], content, asked["remarks"], asked["lang"])
    return answer(asked["name"], content, asked["encoding"])


def answer(name: str, content: bytes, encoding: str | None) -> Iterator[dict]:
    """The lines that answer one file; whatever goes wrong is an answer too, as long as the process stands."""
    return _guarded(name, lambda: spell(read_file(name, content, encoding=encoding)))


def answer_marked(name: str, content: bytes, marks: list, lang: str) -> Iterator[dict]:
    """The lines that hand a workbook back marked, or say why it cannot be."""

    def make() -> Iterator[dict]:
        from etl.marks.mark import Mark
        from etl.marks.workbook import marked

        return spell_workbook(marked(name, content, [Mark(*each) for each in marks], lang))

    return _guarded(name, make)


def answer_remarked(name: str, content: bytes, remarks: list, lang: str) -> Iterator[dict]:
    """The lines that hand a Word file back with remarks on its numbers, or say why it cannot be."""

    def make() -> Iterator[dict]:
        from etl.marks.remark import Remark
        from etl.marks.word import marked

        return spell_workbook(marked(name, content, [Remark(*each) for each in remarks], lang))

    return _guarded(name, make)


def _guarded(name: str, make: Callable[[], Iterator[dict]]) -> Iterator[dict]:
    try:
        lines = make()
    except FaultError as error:
        yield {"faults": [[fault.code, fault.where, fault.params] for fault in error.faults]}
    except MemoryError:
        yield _stopped("too_large_to_read", name)
    except RecursionError:
        yield _stopped("too_deep", name)
    except BaseException:  # a panic of a parser written in Rust is no Exception
        yield _stopped("reader_stopped", name)
    else:
        yield from lines


def spell_workbook(content: bytes) -> Iterator[dict]:
    """A file's bytes as lines."""
    for start in range(0, len(content), PIECE):
        yield {"workbook": base64.b64encode(content[start : start + PIECE]).decode()}
    yield {"end": True}


def _stopped(code: str, name: str) -> dict:
    fault = Fault(f"reading.{code}", name)
    return {"faults": [[fault.code, fault.where, {}]]}


def spell(document: Document) -> Iterator[dict]:
    """A document as lines."""
    yield {"document": [document.name, document.kind, document.sha256, document.properties]}
    for part in document.parts:
        if isinstance(part, Block):
            yield {"block": [part.text, part.place]}
        else:
            yield {"table": [part.place, part.merged, part.before]}
            yield from _rows(part)
    yield {"end": True}


def _rows(table: Table) -> Iterator[dict]:
    some = max(CELLS_A_LINE // max(len(table.rows[0]), 1), 1) if table.rows else 1
    for start in range(0, len(table.rows), some):
        yield {"rows": [[_cell(cell) for cell in row] for row in table.rows[start:start + some]]}


def _cell(cell: Cell) -> str | list:
    if cell.number is None and cell.moment is None and not cell.formula_without_value and not cell.hidden:
        return [cell.text, cell.ref] if cell.text else cell.ref
    return [cell.text, cell.ref, None if cell.number is None else str(cell.number),
            None if cell.moment is None else cell.moment.isoformat(), cell.formula_without_value, cell.hidden]


def _write(answers: BinaryIO, line: dict) -> None:
    answers.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
