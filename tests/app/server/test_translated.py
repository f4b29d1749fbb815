"""Streamlit's words in Vietnamese: every literal of the table is where it was, and only words change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from app.server.translated import TABLES, Translation, translations

TABLE = """
[index]
'`Stop`' = '`Dừng`'
'`Clear ${n}`' = { to = '`Xóa ${n}`', times = 2 }
"""


def a_static(tmp_path: Path, **scripts: str) -> Path:
    """A static folder with these scripts, named as Streamlit names them."""
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    for name, source in scripts.items():
        (folder / f"{name}.D1ge-st_.js").write_text(source, encoding="utf-8")
    return tmp_path


def a_table(tmp_path: Path, table: str = TABLE) -> Path:
    """A folder with one table for Vietnamese."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "vi.toml").write_text(table, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a(`Clear ${n}`,`Clear ${n}`)", "index: `Stop` stands 0 times in Streamlit's script, expected 1"),
        ("a(`Stop`,`Stop`,`Clear ${n}`,`Clear ${n}`)", "`Stop` stands 2 times"),
        ("a(`Stop`,`Clear ${n}`)", "`Clear ${n}` stands 1 times in Streamlit's script, expected 2"),
        ("a(`Stopped`,`Clear ${n}`,`Clear ${n}`)", "`Stop` stands 0 times"),
    ],
)
def test_a_word_that_streamlit_moved_stops_the_start(tmp_path, source, complaint):
    """A literal that is gone, or there more or less often than the table says, is named."""
    with pytest.raises(ValueError, match=re.escape(complaint)):
        translations("1.0", a_static(tmp_path, index=source), a_table(tmp_path))


def test_a_script_that_streamlit_renamed_stops_the_start(tmp_path):
    """Its literals are missed, a script whose name only begins alike is not taken for it."""
    with pytest.raises(ValueError, match="stands 0 times"):
        translations("1.0", a_static(tmp_path, **{"index.esm": "a(`Stop`)"}), a_table(tmp_path))


def test_whole_literals_are_replaced_and_nothing_else(tmp_path):
    """A name in the code that reads like the word stays, and so do the places inside a literal."""
    source = "Stop=`Stop`;f(`stop`,`Clear ${n}`,'Stop',`Clear ${n}`)"
    made = translations("1.0", a_static(tmp_path, index=source), a_table(tmp_path))["vi"]
    assert made.apply(Path("index.x.js"), source) == "Stop=`Dừng`;f(`stop`,`Xóa ${n}`,'Stop',`Xóa ${n}`)"
    assert made.changes(Path("index.x.js")) and not made.changes(Path("index.esm.x.js"))


def test_another_version_or_another_word_is_another_address():
    """A browser that keeps scripts for good never takes old ones for new."""
    addresses = {
        Translation("vi", version, table.encode()).address
        for version, table in (("1.0", TABLE), ("1.1", TABLE), ("1.0", TABLE.replace("Dừng", "Ngừng")))
    }
    assert len(addresses) == 3


def test_every_word_of_the_table_stands_in_the_installed_streamlit(streamlit_static):
    """An upgrade that moves, renames or doubles one fails here; English gets Streamlit's own scripts."""
    assert set(translations(streamlit.__version__, streamlit_static)) == {"vi"}


_VARIABLE = re.compile(r"\$\{([\w.]+)")


@pytest.fixture(scope="module")
def vietnamese() -> Translation:
    """The table that is shipped."""
    return Translation("vi", "1.0", (TABLES / "vi.toml").read_bytes())


def test_a_replacement_keeps_the_code_of_its_literal(vietnamese):
    """It brings no variable of its own, opens and closes as many brackets and texts: it stays the same program."""
    for name, replacements in vietnamese.replacements.items():
        for literal, words, _ in replacements:
            assert set(_VARIABLE.findall(words)) <= set(_VARIABLE.findall(literal)), (name, literal)
            assert words.count("`") % 2 == literal.count("`") % 2, (name, literal)
            for opening, closing in ("()", "[]", "{}"):
                left_open = [part.count(opening) - part.count(closing) for part in (literal, words)]
                assert left_open[0] == left_open[1], (name, literal)


def test_no_replacement_makes_or_breaks_another_one(vietnamese):
    """Within a script no literal is part of another or of another's replacement, so their order does not matter."""
    for name, replacements in vietnamese.replacements.items():
        for one in replacements:
            for other in replacements:
                if one is not other:
                    assert one.literal not in other.literal and one.literal not in other.words, (name, one.literal)
