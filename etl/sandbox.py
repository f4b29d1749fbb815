"""Reading in a child process with limits: a hostile file may hang or abort the reader, never this process."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from core.errors import Fault, FaultError
from etl.document import Block, Cell, Document, Table
from etl.errands import Errand, turn
from etl.marks.mark import Mark
from etl.marks.remark import Remark
from etl.readers.gate import MAX_BYTES, label

WALL_SECONDS = 30
MAX_ANSWER = 100 * 2**20  # bytes of JSON for one file
MAX_LINE = 16 * 2**20
ROOT = Path(__file__).resolve().parent.parent
_START = "import sys; sys.path[:0] = sys.argv[2:]; from etl.readers.child import serve; serve(int(sys.argv[1]))"
T = TypeVar("T")


def read_in_child(
    files: Sequence[tuple[str, bytes]], *, encoding: str | None = None, errand: Errand | None = None
) -> list[Document | FaultError]:
    """Read files (name, content) in a child process; for each, in order, its Document or why it was refused."""
    return list(read_each_in_child(files, encoding=encoding, errand=errand))


def read_each_in_child(
    files: Sequence[tuple[str, bytes]], *, encoding: str | None = None, errand: Errand | None = None
) -> Iterator[Document | FaultError]:
    """Read files (name, content) in a child process, one answer after the other, each as soon as it is asked for.

    Limits: 1 GB of address space, 20 s of processor time and 30 s of wall time a file, no file written, no process
    started. Files share a child; one that breaks it costs no other file, and its verdict never depends on the files
    before it, because it is tried once more in a child of its own. Files of an `errand` that was called off are
    refused as stopped.
    """
    errand = errand or Errand()
    with turn(errand):
        child: Child | None = None
        try:
            for name, content in files:
                if len(content) > MAX_BYTES:
                    yield _refused(name, "too_big", size=len(content) // 2**20, most=MAX_BYTES // 2**20)
                    continue
                if errand.stopped:
                    yield _refused(name, "stopped")
                    continue
                if child is None or not child.alive:
                    child = Child(len(files))
                    errand.given_to(child)
                shared = child.files_read > 0
                answer = child.read(name, content, encoding)
                if shared and not child.alive and not errand.stopped:
                    child = Child(1)
                    errand.given_to(child)
                    answer = child.read(name, content, encoding)
                yield _refused(name, "stopped") if errand.stopped else answer
        finally:
            if child is not None:
                child.end()


def mark_in_child(name: str, content: bytes, marks: Sequence[Mark], lang: str) -> bytes:
    """The workbook with its marks (etl.marks.workbook.marked), made in a child process under the same limits.

    Raises FaultError where the file cannot be read as a workbook, or would be larger marked than a file may be.
    """
    return _made_in_child(lambda child: child.mark(name, content, marks, lang))


def remark_in_child(name: str, content: bytes, remarks: Sequence[Remark], lang: str) -> bytes:
    """The Word file with remarks on its numbers (etl.marks.word.marked), made under the same limits.

    Raises FaultError where the file cannot be read as a Word file, or would be larger marked than a file may be.
    """
    return _made_in_child(lambda child: child.remark(name, content, remarks, lang))


def _made_in_child(make: Callable[[Child], bytes | FaultError]) -> bytes:
    with turn(Errand()):
        child = Child(1)
        try:
            answer = make(child)
        finally:
            child.end()
    if isinstance(answer, FaultError):
        raise answer
    return answer


def _refused(name: str, code: str, /, **params: object) -> FaultError:
    return FaultError([Fault(f"reading.{code}", label(name), params)])


def _interpreter() -> list[str]:
    """The Python to start; on Windows never a virtual environment's, which would start another one outside the job."""
    return [getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable]


def _libraries() -> list[str]:
    """The folders of libraries to name to an interpreter that does not know the virtual environment."""
    return [folder for folder in sys.path if folder.endswith("site-packages")] if sys.platform == "win32" else []


class Child:
    """A process that reads files, one after the other, until one of them breaks it."""

    def __init__(self, files: int):
        environment = {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}  # Windows needs it
        self.process = subprocess.Popen(
            [*_interpreter(), "-I", "-B", "-X", "utf8", "-c", _START, str(files), str(ROOT), *_libraries()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            cwd=Path(sys.executable).anchor, start_new_session=True)
        self._job = None
        if sys.platform == "win32":
            from etl.job_object import confine
            self._job = confine(self.process, files)
        self.alive = True
        self.files_read = 0
        self._timed_out = False

    def read(self, name: str, content: bytes, encoding: str | None) -> Document | FaultError:
        """One file; afterwards `alive` tells whether the child can read another."""
        return self._ask(name, content, {"encoding": encoding}, _answer)

    def mark(self, name: str, content: bytes, marks: Sequence[Mark], lang: str) -> bytes | FaultError:
        """One workbook with its marks."""
        return self._ask(name, content, {"marks": [astuple(mark) for mark in marks], "lang": lang}, _workbook)

    def remark(self, name: str, content: bytes, remarks: Sequence[Remark], lang: str) -> bytes | FaultError:
        """One Word file with remarks on its numbers."""
        asked = {"remarks": [astuple(remark) for remark in remarks], "lang": lang}
        return self._ask(name, content, asked, _workbook)

    def _ask(
        self, name: str, content: bytes, asked: dict, understood: Callable[[Iterator[dict]], T | FaultError]
    ) -> T | FaultError:
        watch = threading.Timer(WALL_SECONDS, self._out_of_time)
        watch.daemon = True
        watch.start()
        try:
            head = json.dumps({"name": label(name), "size": len(content), **asked})
            self.process.stdin.write(head.encode() + b"\n" + content)
            self.process.stdin.flush()
            answer = understood(self._lines(name))
            self.files_read += 1
        except (OSError, EOFError):
            return self._broken(name)
        except (ValueError, KeyError, TypeError, ArithmeticError):
            # The child said something that is no answer: it is not itself any more.
            self.kill()
            self.end()
            return _refused(name, "reader_stopped")
        except FaultError as error:
            self.kill()
            self.end()
            return error
        finally:
            watch.cancel()
        # Out of memory is told politely, but what the child still holds would be held against the next file.
        if isinstance(answer, FaultError) and any(f.code == "reading.too_large_to_read" for f in answer.faults):
            self.end()
        return answer

    def _lines(self, name: str) -> Iterator[dict]:
        taken = 0
        while True:
            line = self.process.stdout.readline(MAX_LINE)
            taken += len(line)
            if taken > MAX_ANSWER or len(line) == MAX_LINE:
                raise _refused(name, "too_large_to_read")
            if not line.endswith(b"\n"):
                raise EOFError
            yield json.loads(line)

    def _broken(self, name: str) -> FaultError:
        """Why the child fell silent: out of time, or stopped by the file."""
        self.end()
        out_of_processor = sys.platform != "win32" and self.process.returncode == -signal.SIGXCPU
        return _refused(name, "too_slow" if self._timed_out or out_of_processor else "reader_stopped")

    def _out_of_time(self) -> None:
        self._timed_out = True
        self.kill()

    def kill(self) -> None:
        """End the child at once."""
        if self.process.poll() is not None:
            return
        if sys.platform == "win32":
            self.process.kill()
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:  # it ended between the two lines
            return

    def end(self) -> None:
        """End the child: politely where it waits for the next file, at once where it is busy."""
        if not self.alive:
            return
        self.alive = False
        try:
            self.process.stdin.close()
        except OSError:  # the pipe is gone with the child
            self.kill()
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
        self.process.stdout.close()
        if self._job is not None:
            self._job.close()


def _answer(lines: Iterator[dict]) -> Document | FaultError:
    """The document or the refusal that the child's lines spell."""
    head: Document | None = None
    parts: list[Block | Table] = []
    rows: list[tuple[Cell, ...]] = []

    def close_table() -> None:
        if rows:
            parts[-1] = replace(parts[-1], rows=tuple(rows))
            rows.clear()

    for line in lines:
        if "rows" in line:
            rows += [_row(row) for row in line["rows"]]
            continue
        close_table()
        if "faults" in line:
            return _faults(line)
        if "document" in line:
            name, kind, digest, properties = line["document"]
            head = Document(str(name), str(kind), str(digest),
                            properties={str(key): str(said) for key, said in properties.items()})
        elif "block" in line:
            parts.append(Block(*(str(said) for said in line["block"])))
        elif "table" in line:
            where, merged, before = line["table"]
            ranges = tuple(tuple(int(edge) for edge in area) for area in merged)
            parts.append(Table(str(where), (), ranges, tuple(str(said) for said in before)))
        elif "end" in line and head is not None:
            return replace(head, parts=tuple(parts))
        else:
            raise ValueError("not an answer")
    raise EOFError


def _workbook(lines: Iterator[dict]) -> bytes | FaultError:
    """The workbook or the refusal that the child's lines spell."""
    pieces: list[bytes] = []
    for line in lines:
        if "faults" in line:
            return _faults(line)
        if "end" in line:
            return b"".join(pieces)
        pieces.append(base64.b64decode(line["workbook"], validate=True))
    raise EOFError


def _faults(line: dict) -> FaultError:
    return FaultError(Fault(_code(code), str(where), _params(params)) for code, where, params in line["faults"])


def _code(code: object) -> str:
    if not isinstance(code, str) or not code.startswith("reading."):
        raise ValueError("not a code of reading")
    return code


def _params(params: dict) -> dict[str, object]:
    return {str(key): said if isinstance(said, int) else str(said) for key, said in params.items()}


def _row(row: list) -> tuple[Cell, ...]:
    return tuple(_cell(cell) for cell in row)


def _cell(cell: str | list) -> Cell:
    if isinstance(cell, str):
        return Cell("", cell)
    if len(cell) == 2:
        return Cell(str(cell[0]), str(cell[1]))
    said, ref, number, moment, formula_without_value, hidden = cell
    return Cell(str(said), str(ref), None if number is None else Decimal(number),
                None if moment is None else date.fromisoformat(moment), bool(formula_without_value), bool(hidden))
