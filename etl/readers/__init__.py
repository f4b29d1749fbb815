"""Readers: the bytes of a file become a Document of text blocks and tables; they know no indicator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from core.errors import Fault, FaultError
from etl.document import Document
from etl.readers.gate import ENCODINGS, check, label
from etl.readers.legacy import Letters
from etl.readers.parts import Content, refuse

Reader = Callable[..., Content]


def _reader(module: str) -> Reader:
    def read(content: bytes, letters: Letters) -> Content:
        return import_module(f"etl.readers.{module}").read(content, letters)

    return read


# A format's library is loaded when its first file is read: a batch of text files must not pay for PDF.
READERS: dict[str, Reader] = {kind: _reader(kind) for kind in
                              ("xlsx", "xls", "ods", "csv", "docx", "pdf", "html", "txt")}


def read_file(name: str, content: bytes, *, encoding: str | None = None) -> Document:
    """One file as a Document; `name` is a label only, `encoding` a person's choice of what its text is written in.

    `properties` say "converted" where text was brought to Unicode: from which encodings.

    Raises FaultError (area "reading"), each fault beginning with the file's label. Parsers may hang or abort the
    process on a hostile file: outside tests call etl.sandbox.read_in_child.
    """
    shown = label(name)
    try:
        if encoding is not None and encoding not in ENCODINGS:
            raise refuse("encoding_not_offered", encoding=encoding, allowed=", ".join(ENCODINGS))
        kind = check(name, content)
        letters = Letters(encoding)
        read = READERS[kind](content, letters)
        parts = letters.settle(read.parts)
    except FaultError as error:
        raise FaultError(place_in_file(shown, fault) for fault in error.faults) from error
    converted = {"converted": ", ".join(sorted(letters.converted))} if letters.converted else {}
    return Document(name=shown, kind=kind, sha256=hashlib.sha256(content).hexdigest(), parts=parts,
                    properties=read.properties | converted)


def place_in_file(shown: str, fault: Fault) -> Fault:
    """A fault with the file's label in front of its place."""
    return replace(fault, where=f"{shown}, {fault.where}" if fault.where else shown)
