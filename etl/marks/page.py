"""A draft as a page of its own with its marks: for files that cannot be marked themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from etl.document import Block, Document, Table
from etl.marks.remark import Remark

STYLE = """
body{font:18px/1.6 "Times New Roman",serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#1a1a1a;background:#fff}
mark{padding:0 .15em;color:#1a1a1a}
mark.agrees{background:#cdeccd}
mark.differs{background:#f7c6d4;text-decoration:underline wavy #9b1c3a}
mark.unknown{background:#fff0a8;text-decoration:underline dotted #6b5900}
sup{font:600 .68em/1 sans-serif}sup a{color:inherit;text-decoration:none}
table{border-collapse:collapse;margin:1rem 0}td{border:1px solid #999;padding:.2rem .5rem;vertical-align:top}
ol{padding-left:2.5rem}li{margin:.6rem 0}li p{margin:.1rem 0}
"""


def marked_page(document: Document, remarks: Sequence[Remark], heading: str, notes: Sequence[str], lang: str) -> bytes:
    """The text of a document as HTML, each number marked in colour, in shape and with a word, all said in a list below.

    `heading` and `notes` stand above it. Nothing of the document's own layout or scripts is taken over.
    """
    body = [f"<h1>{escape(heading)}</h1>", *(f"<p>{escape(note)}</p>" for note in notes), "<hr>"]
    body += [marked_body(document.parts, remarks, linked=True)]
    body += ["<hr>", "<ol>", *(_item(number, remark) for number, remark in enumerate(remarks, start=1)), "</ol>"]
    head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(heading)}</title>'
    return f"{head}<style>{STYLE}</style></head><body>{''.join(body)}</body></html>".encode()


def marked_body(parts: Sequence[Block | Table], remarks: Sequence[Remark], *, linked: bool = False) -> str:
    """Paragraphs and tables as HTML, each number in a <mark> of its class with a word behind it.

    `linked` leads each number to its line of the list below.
    """
    at_home: dict[tuple, list[tuple[int, Remark]]] = defaultdict(list)
    for number, remark in enumerate(remarks, start=1):
        at_home[remark.place, remark.row, remark.column].append((number, remark))
    body = []
    for part in parts:
        if isinstance(part, Block):
            body.append(f"<p>{_said(part.text, at_home[part.place, -1, -1], linked)}</p>")
        else:
            body.append(_table(part, at_home, linked))
    return "".join(body)


def _said(said: str, remarks: Sequence[tuple[int, Remark]], linked: bool) -> str:
    """A text with its numbers marked; line breaks kept."""
    made, at = [], 0
    for number, remark in sorted(remarks, key=lambda pair: pair[1].start):
        if remark.start < at:
            continue
        word, name = escape(remark.lines[0]), ""
        if linked:
            word, name = f'<a href="#so-{number}">[{number} {word}]</a>', f' id="o-{number}"'
        marked = escape(said[remark.start : remark.end])
        made += [escape(said[at : remark.start]), f'<mark class="{remark.mark}"{name}>{marked}</mark><sup>{word}</sup>']
        at = remark.end
    return "".join([*made, escape(said[at:])]).replace("\n", "<br>")


def _table(table: Table, at_home: dict, linked: bool) -> str:
    rows = []
    for row, cells in enumerate(table.rows):
        made = (
            f"<td>{_said(cell.text, at_home[table.place, row, column], linked)}</td>"
            for column, cell in enumerate(cells)
        )
        rows.append(f"<tr>{''.join(made)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _item(number: int, remark: Remark) -> str:
    first, *rest = remark.lines
    lines = "".join(f"<p>{escape(line)}</p>" for line in rest)
    return f'<li id="so-{number}"><p><a href="#o-{number}"><strong>{escape(first)}</strong></a></p>{lines}</li>'
