"""What holds over all formats: the same text everywhere, a sentence in both languages for every refusal."""

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Fault
from core.texts import LANGUAGES, text
from etl.readers import READERS, read_file
from etl.readers.gate import KINDS
from tests.etl.readers.making import docx, texts, word_cell

ROOT = Path(__file__).parents[3]
FOLDERS = (ROOT / "etl" / "readers", ROOT / "etl" / "marks")
SOURCES = [*(path for folder in FOLDERS for path in folder.glob("*.py")), ROOT / "etl" / "sandbox.py"]
CODES = sorted({code for source in SOURCES for code in re.findall(
    r"""(?:refuse\(|_refused\(name, |_stopped\(|Fault\()f?"(?:reading\.)?(\w+)\"""", source.read_text("utf-8"))} | {
    "too_deep", "damaged", "encrypted", "nul", "utf16_without_bom", "cell_too_long", "csv_quotes", "too_slow",
    "reader_stopped", "empty"})


def table_of(kind: str, said: str) -> list[list[str]]:
    """The cells of a small table around a text, in one format."""
    if kind == "xlsx":
        book, packed = openpyxl.Workbook(), io.BytesIO()
        book.active.append(["Chỉ tiêu", "Năm"])
        book.active.append(["Thu", said])
        book.save(packed)
        content = packed.getvalue()
    elif kind == "csv":
        content = f'Chỉ tiêu;Năm\nThu;"{said}"\n'.encode()
    elif kind == "html":
        content = f"<table><tr><td>Chỉ tiêu</td><td>Năm</td></tr><tr><td>Thu</td><td>{said}</td></tr></table>".encode()
    else:
        rows = "".join(f"<w:tr>{word_cell(left)}{word_cell(right)}</w:tr>"
                       for left, right in (("Chỉ tiêu", "Năm"), ("Thu", said)))
        content = docx(f"<w:tbl>{rows}</w:tbl>")
    return texts(read_file(f"a.{kind}", content).tables[0])


@pytest.mark.parametrize("kind", ["xlsx", "csv", "html", "docx"])
@given(said=st.from_regex(r"[0-9]{1,3}([.][0-9]{3}){0,3}(,[0-9]{1,4})?( %| tỷ đồng|/[0-9]{1,3})?", fullmatch=True))
@settings(max_examples=30, deadline=None)
def test_a_written_number_arrives_as_written(kind, said):
    """ "12,5" is "12,5" from every format: no reader parses numbers."""
    assert table_of(kind, said) == [["Chỉ tiêu", "Năm"], ["Thu", said]]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_is_a_sentence_with_what_to_do(code, lang):
    """In both languages, without the name of a library or an error."""
    names = ("allowed cells columns count declared encoding entry example expected first font found last line "
             "most pages ref rows size suffix")
    said = Fault(f"reading.{code}", "bao-cao.xlsx", dict.fromkeys(names.split(), 1)).sentence(lang)
    assert said.startswith("bao-cao.xlsx: ") and len(said) > 50
    assert not re.search(r"Error|Exception|Traceback|lxml|calamine|pdfium|None", said)
    assert "{" not in said


def test_every_code_of_the_texts_is_used_and_every_place_has_words():
    """A sentence that nobody can meet is dead."""
    import tomllib

    named = tomllib.loads((ROOT / "data" / "texts" / "reading.toml").read_text("utf-8"))
    sources = "".join(source.read_text("utf-8") for source in SOURCES)
    for name in named:
        assert f'"{name.removeprefix("place_")}"' in sources or f'reading.{name}"' in sources, name
    assert len(CODES) > 40
    assert text("reading.place_line", "vi", line=3) == "dòng 3"


def test_a_document_knows_its_hash_and_its_label():
    """The hash is of the bytes as they came."""
    read = read_file("x/y/Báo cáo.txt", b"Thu 101%")
    assert (read.name, read.kind) == ("Báo cáo.txt", "txt")
    assert read.sha256 == hashlib.sha256(b"Thu 101%").hexdigest()


def test_reading_text_loads_no_library_of_another_format():
    """Eighty small text files must not wait for PDF and Excel."""
    code = ("import sys; sys.path.insert(0, sys.argv[1]); from etl.readers import read_file; read_file('a.txt', b'x');"
            "print({'lxml', 'pypdfium2', 'pdfplumber', 'python_calamine', 'pandas'} & set(sys.modules))")
    run = subprocess.run([sys.executable, "-I", "-c", code, str(ROOT)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_every_kind_of_file_has_a_reader():
    """The names the gate lets through and the readers agree."""
    assert set(KINDS.values()) == set(READERS)
