"""Streamlit's own words in another language: literals of its scripts replaced by a table, under an own address."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

PREFIX = "/scripts/"
TABLES = Path(__file__).resolve().parents[2] / "data" / "streamlit"
_NAME = re.compile(r"(.+)\.[\w-]+\.js")  # what stands before the digest in a script's name


class Replacement(NamedTuple):
    """A literal of a script, what takes its place, and how often it stands there."""

    literal: str
    words: str
    times: int


class Translation:
    """The table of one language and the address below which the translated scripts stand.

    The address carries a digest of Streamlit's version and of the table: a browser keeps no script for another one.
    """

    def __init__(self, lang: str, version: str, table: bytes):
        digest = hashlib.sha256(version.encode() + b"\n" + table).hexdigest()[:12]
        self.address = f"{PREFIX}{lang}-{digest}/"
        self.replacements = {
            name: tuple(_replacement(literal, to) for literal, to in section.items())
            for name, section in tomllib.loads(table.decode("utf-8")).items()
        }

    def changes(self, path: Path) -> bool:
        """Whether the table has anything for the script of this file name."""
        return _stem(path) in self.replacements

    def apply(self, path: Path, source: str) -> str:
        """The source of the script of this file name with its literals replaced."""
        for literal, words, _ in self.replacements[_stem(path)]:
            source = source.replace(literal, words)
        return source

    def misses(self, scripts: Path) -> list[str]:
        """A sentence for each literal that does not stand in the scripts of a folder as often as the table says."""
        found = []
        for name, replacements in self.replacements.items():
            sources = [path.read_text(encoding="utf-8") for path in scripts.glob(f"{name}.*.js") if _stem(path) == name]
            for literal, _, times in replacements:
                count = sum(source.count(literal) for source in sources)
                if count != times:
                    found.append(f"{name}: {literal} stands {count} times in Streamlit's script, expected {times}")
        return found


def translations(version: str, static: Path, tables: Path = TABLES) -> dict[str, Translation]:
    """The translation of each language that has a table, checked against Streamlit's static folder.

    Raises ValueError, naming every literal, where Streamlit's scripts are not those the table was made for.
    """
    found = {path.stem: Translation(path.stem, version, path.read_bytes()) for path in sorted(tables.glob("*.toml"))}
    misses = [miss for translation in found.values() for miss in translation.misses(static / "static" / "js")]
    if misses:
        raise ValueError("\n".join(misses))
    return found


def _replacement(literal: str, to: str | dict) -> Replacement:
    return Replacement(literal, to, 1) if isinstance(to, str) else Replacement(literal, to["to"], to["times"])


def _stem(path: Path) -> str:
    named = _NAME.fullmatch(path.name)
    return named[1] if named else ""
