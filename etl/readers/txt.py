"""Plain text (.txt): each paragraph a block; lines wrapped by a program are put together again."""

from __future__ import annotations

from etl.readers.gate import decode
from etl.readers.legacy import Letters
from etl.readers.parts import Content, Flow, clean, joins, place


def read(content: bytes, letters: Letters) -> Content:
    """The lines of a text file as blocks; the place names the line a block begins on."""
    flow = Flow()
    said, start = "", 0
    for number, raw in enumerate(decode(content, letters).splitlines(), 1):
        line = clean(raw)
        if said and line and joins(said.rpartition("\n")[2], line):
            said = f"{said}\n{line}"
            continue
        flow.add_block(" ".join(said.split("\n")), place("line", line=start))
        said, start = line, number
    flow.add_block(" ".join(said.split("\n")), place("line", line=start))
    return flow.content({})
