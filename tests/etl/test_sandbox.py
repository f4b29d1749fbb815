"""Reading in a child: the right verdict for every hostile file, and no other file or process is harmed."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.errors import FaultError
from etl import sandbox
from etl.document import Document
from etl.errands import Errand, turn
from etl.marks.mark import Mark
from etl.readers import read_file
from etl.readers.child import spell
from etl.sandbox import Child, mark_in_child, read_in_child
from tests.etl.readers.making import (
    docx,
    flate_bomb,
    form_fan_out,
    ole2,
    paragraph,
    pdf,
    texts,
    word_cell,
    xlsx,
    xlsx_entries,
    zip_of,
)

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "readers"
GOOD = ("tốt.txt", "Thu ngân sách đạt 101%.".encode())
ROW = '<row r="1"><c r="A1"><v>12.5</v></c></row>'
DTD = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
SPAN = '<w:gridSpan w:val="2000000000"/>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

HOSTILE = {
    "empty": ("a.xlsx", b""),
    "too_big": ("a.csv", b"x" * (25 * 2**20 + 1)),
    "old_word": ("a.doc", (FIXTURES / "bao-cao.doc").read_bytes()),
    "macros": ("a.xlsx", xlsx(ROW, xl__vbaProject_bin=b"x")),
    "image": ("a.png", b"\x89PNG"),
    "kind_unknown": ("a.zip", zip_of({"a": "b"})),
    "content_not_name": ("a.xlsx", pdf(b"x") + xlsx(ROW)),
    "encrypted": ("a.xlsx", ole2("EncryptionInfo", "EncryptedPackage")),
    "damaged": ("a.docx", docx(paragraph("x"))[:-40]),
    "zip_path": ("a.docx", docx(paragraph("x"), **{"..__evil": "x"})),
    "zip_hidden": ("a.xlsx", xlsx(ROW) + b"tail"),
    "zip_bomb": ("a.xlsx", zip_of({**xlsx_entries(ROW), "xl/media/1.bin": bytes(201 * 2**20)})),
    "too_sparse": ("a.xlsx", xlsx(FAR)),
    "outside_grid": ("a.xlsx", xlsx('<row r="1"><c r="ZZZZZZ4294967295"><v>1</v></c></row>')),
    "dtd": ("a.xlsx", zip_of(xlsx_entries(ROW) | {"xl/workbook.xml": DTD})),
    "span": ("a.docx", docx(f"<w:tbl><w:tr>{word_cell('x', SPAN)}</w:tr></w:tbl>")),
    "too_deep": ("a.html", b"<div>" * 300_000),
    "html_tag": ("a.html", b"<p " + b"a=b " * 500_000 + b">x</p>"),
    "nul": ("a.csv", b"a;b\n1;\x002\n"),
    "encoding_unknown": ("a.txt", b"\xcc;\xfe\xff"),
    "legacy_bytes": ("a.txt", b"B\xb6o Th\xbeng"),
    "csv_too_large": ("a.csv", b"x;" * 1_000_000),
    "scanned": ("a.pdf", pdf(b"0 0 100 100 re f")),
    "pdf_pages": ("a.pdf", pdf(*[b""] * 400)),
    "reader_stopped": ("a.pdf", flate_bomb()),
}


def verdict(answer: Document | FaultError) -> str:
    """"read", or the first code a file was refused with."""
    return answer.faults[0].code.removeprefix("reading.") if isinstance(answer, FaultError) else "read"


def test_every_hostile_file_gets_its_verdict_and_the_files_between_them_are_read():
    """One call: a good file before, between and after; one hostile file aborts the child's process."""
    files = [GOOD]
    for name, content in HOSTILE.values():
        files += [(name, content), GOOD]
    answers = read_in_child(files)
    assert [verdict(answer) for answer in answers[1::2]] == list(HOSTILE)
    assert all(answer.blocks[0].text == "Thu ngân sách đạt 101%." for answer in answers[0::2])
    for answer, (name, _) in zip(answers[1::2], HOSTILE.values(), strict=True):
        for lang in ("vi", "en"):
            assert all(fault.sentence(lang).startswith(name) for fault in answer.faults)


def test_a_child_that_hangs_is_stopped_by_the_clock(monkeypatch):
    """It may neither take its input nor answer: a file larger than a pipe holds is waiting to be written."""
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.2)
    monkeypatch.setattr(sandbox, "_START", "while True: pass")
    assert verdict(read_in_child([("a.txt", b"x" * 2**20)])[0]) == "too_slow"
    assert verdict(read_in_child([GOOD])[0]) == "too_slow"


def test_a_file_that_keeps_its_reader_busy_is_stopped_by_a_limit():
    """Forms drawing forms: which limit is met first depends on the machine; the next file is read by a new child."""
    stopped, read = read_in_child([("a.pdf", form_fan_out()), GOOD])
    assert verdict(stopped) in ("too_slow", "reader_stopped", "too_large_to_read")
    assert verdict(read) == "read"


def test_a_file_that_needs_too_much_memory_says_so():
    """Seventy megabytes of one cell after another fit no ward's report."""
    rows = "<row>" + "<c><v>1</v></c>" * 5_000_000 + "</row>"
    assert verdict(read_in_child([("a.xlsx", xlsx(rows))])[0]) == "too_large_to_read"


def test_a_child_that_dies_between_files_costs_no_file():
    """Whatever kills it, the file at hand is tried again by another."""
    child = Child(2)
    assert verdict(child.read(*GOOD, None)) == "read"
    child.process.kill()
    child.process.wait()
    assert verdict(child.read(*GOOD, None)) == "reader_stopped" and not child.alive
    child.end()


def test_answers_carry_everything_a_document_holds():
    """Numbers, dates, hidden cells, merges, properties: the same as read without a child."""
    files = [(path.name, path.read_bytes()) for path in sorted(FIXTURES.iterdir())
             if path.suffix in (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html") and path.stem != "co-mat-khau"]
    assert len(files) == 7
    assert read_in_child(files) == [read_file(name, content) for name, content in files]


def test_a_chosen_encoding_reaches_the_child():
    """A person may say what a file is written in."""
    (read,) = read_in_child([("a.csv", "Chi\u0309 tiêu;1\nThu;2".encode("cp1258"))], encoding="windows-1258")
    assert texts(read.tables[0])[0][0] == "Chỉ tiêu"


def test_no_files_start_no_child():
    """Nothing to do is nothing done."""
    assert read_in_child([]) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits; a job object stands for them")
def test_the_child_cannot_write_start_or_hold_much():
    """Its limits are in force before the first byte of a file arrives."""
    code = ("import sys; sys.path.insert(0, sys.argv[1]); from etl.readers.child import limit; limit(1); "
            "import resource; print([resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0] "
            "for name in ('AS', 'CPU', 'FSIZE', 'NOFILE', 'NPROC', 'CORE')])")
    run = subprocess.run([sys.executable, "-I", "-c", code, str(ROOT)], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [2**30, 20, 0, 64, 0, 0]


def test_the_child_sees_nothing_of_this_process():
    """Neither the environment, nor the working folder, nor other open files."""
    os.environ["WARD_SECRET"] = "x"
    try:
        child = Child(1)
        if Path("/proc").exists():
            assert b"WARD_SECRET" not in Path(f"/proc/{child.process.pid}/environ").read_bytes()
            assert os.readlink(f"/proc/{child.process.pid}/cwd") == "/"
    finally:
        del os.environ["WARD_SECRET"]
        child.end()


@pytest.mark.parametrize("line", [
    b"not json\n", b"[]\n", b'{"block": ["a"]}\n{"end": true}\n', b'{"faults": [["os.system", "", {}]]}\n',
    b'{"end": true}\n',
    b'{"document": ["a", "txt", "0", {}]}\n{"table": ["S", [], []]}\n{"rows": [[["x", "A1", "1!", null, 0, 0]]]}\n',
])
def test_an_answer_that_is_none_is_a_refusal(line, monkeypatch):
    """A child whose process was taken over can send bytes, and nothing else."""
    said = f"import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write({line!r})"
    monkeypatch.setattr(sandbox, "_START", said)
    assert verdict(read_in_child([GOOD])[0]) == "reader_stopped"


def test_an_answer_without_end_is_cut_off(monkeypatch):
    """The parent reads so many bytes and no more."""
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 10_000)
    endless = "import sys\nwhile True: sys.stdout.buffer.write(b'{\"block\": [\"a\", \"b\"]}\\n')"
    monkeypatch.setattr(sandbox, "_START", endless)
    assert verdict(read_in_child([GOOD])[0]) == "too_large_to_read"


def test_lines_spell_a_document_compactly():
    """An empty cell is its reference, a text cell a pair: a sheet of a million cells stays small."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Thu</t></is></c><c r="C1"><v>1</v></c></row>'
    document = read_file("a.xlsx", xlsx(row))
    rows = next(line["rows"] for line in spell(document) if "rows" in line)
    assert rows == [[["Thu", "A1"], "B1", ["1", "C1", "1", None, False, False]]]


def test_an_errand_called_off_kills_the_child_at_work(monkeypatch):
    """From another thread, without waiting for a limit; the files after it are not begun."""
    begun = threading.Event()

    class Told(Child):
        def read(self, *asked):
            begun.set()
            return super().read(*asked)

    monkeypatch.setattr(sandbox, "_START", "while True: pass")
    monkeypatch.setattr(sandbox, "Child", Told)
    errand, answers = Errand(), []
    reader = threading.Thread(target=lambda: answers.extend(read_in_child([GOOD, GOOD], errand=errand)))
    reader.start()
    assert begun.wait(30)
    errand.stop()
    reader.join(sandbox.WALL_SECONDS / 2)
    assert not reader.is_alive() and [verdict(answer) for answer in answers] == ["stopped", "stopped"]


def test_an_errand_waits_for_its_turn_and_knows_its_place(monkeypatch):
    """Called off while it waits, it leaves the queue; those behind move up."""
    first, second, third = Errand(), Errand(), Errand()
    answers = {}
    with turn(first):
        waiting = []
        for errand in (second, third):
            waiting.append(threading.Thread(
                target=lambda errand=errand: answers.update({errand: read_in_child([GOOD], errand=errand)})))
            waiting[-1].start()
            while errand.ahead == 0:
                waiting[-1].join(0.01)
        assert (first.ahead, second.ahead, third.ahead) == (0, 1, 2)
        second.stop()
        waiting[0].join(30)
        assert verdict(answers[second][0]) == "stopped" and third not in answers
    waiting[1].join(30)
    assert verdict(answers[third][0]) == "read"


@pytest.mark.parametrize("line", [b'{"workbook": "not base64!"}\n', b'{"workbook": 3}\n{"end": true}\n', b'{"x": 1}\n'])
def test_a_marked_workbook_that_is_none_is_a_refusal(line, monkeypatch):
    """The child's answer is looked at here too."""
    said = f"import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write({line!r})"
    monkeypatch.setattr(sandbox, "_START", said)
    with pytest.raises(FaultError) as refused:
        mark_in_child("a.xlsx", xlsx(ROW), [Mark("Thu", "A1", "a", "b")], "vi")
    assert refused.value.faults[0].code == "reading.reader_stopped"
