"""The package of an office file as it is changed: parts, their relations and content types; the rest as it was."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile

from lxml import etree

from etl.readers.gate import unpack
from etl.readers.office import folder, main_part, office_parts, relations, tree
from etl.readers.parts import refuse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LISTED = "[Content_Types].xml"
_KINDS = {  # the folder of a kind's own parts, and what its main part begins with
    "xlsx": ("xl", f"{{{MAIN}}}workbook"),
    "docx": ("word", f"{{{WORD}}}document"),
}


def tag(name: str) -> str:
    """A spreadsheet element's name with its namespace."""
    return f"{{{MAIN}}}{name}"


class Package:
    """The parts of one .xlsx or .docx; one is read into a tree when it is first asked for, written back at the end."""

    def __init__(self, content: bytes, kind: str = "xlsx"):
        own, first = _KINDS[kind]
        checked = office_parts(kind, content, re.compile(rf"({own}|docProps)/.*\.xml").fullmatch)
        self.parts = unpack(content, lambda name: True) | checked
        self.main = main_part(self.parts)
        self._trees: dict[str, etree._Element] = {}
        if self.tree(self.main).tag != first:  # "strict" files speak of everything by other names
            raise refuse("marks_strict")

    def tree(self, part: str) -> etree._Element:
        """A part as a tree that may be changed."""
        if part not in self._trees:
            self._trees[part] = tree(self.parts[part])
        return self._trees[part]

    def is_open(self, part: str) -> bool:
        """Whether a part was read into a tree."""
        return part in self._trees

    def replace(self, part: str, content: bytes) -> None:
        """Put another content in the place of a part's."""
        self._trees.pop(part, None)
        self.parts[part] = content

    def related(self, part: str, kind: str) -> str | None:
        """The first part that a part relates to in this way ("styles", "comments"), None where there is none."""
        found = (target for type, target in relations(self._written(part), part).values() if type.endswith(f"/{kind}"))
        return next((target for target in found if target in self.parts), None)

    def target(self, part: str, id: str) -> str | None:
        """The part that a relation of a part leads to, None where there is none."""
        _, target = relations(self._written(part), part).get(id, ("", ""))
        return target if target in self.parts else None

    def _written(self, part: str) -> dict[str, bytes]:
        rels = _rels(part)
        return {rels: self._bytes(rels)} if rels in self.parts else {}

    def add(self, near: str, name: str, content: bytes, kind: str, content_type: str) -> tuple[str, str]:
        """A new part in a folder of the package, related to `near`; its name and the relation's id."""
        tried = itertools.chain([""], itertools.count(2))
        part = next(part for each in tried if (part := f"{folder(self.main)}{name.format(each)}") not in self.parts)
        self.parts[part] = content
        self._list(part, content_type)
        return part, self._relate(near, part, kind)

    def _list(self, part: str, content_type: str) -> None:
        types = self.tree(_LISTED)
        if part.endswith(".xml"):
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
            return
        suffix = part.rpartition(".")[2]
        if not any(each.get("Extension", "").lower() == suffix for each in types):
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=suffix, ContentType=content_type))

    def _relate(self, near: str, part: str, kind: str) -> str:
        rels = _rels(near)
        if rels not in self.parts:
            self.parts[rels] = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        known = {each.get("Id") for each in self.tree(rels)}
        id = next(id for number in range(1, len(known) + 2) if (id := f"rIdMark{number}") not in known)
        target = posixpath.relpath(part, folder(near) or ".")
        etree.SubElement(
            self.tree(rels), f"{{{_RELATIONS}}}Relationship", Id=id, Type=f"{RELATION}/{kind}", Target=target
        )
        return id

    def _bytes(self, part: str) -> bytes:
        if part not in self._trees:
            return self.parts[part]
        return etree.tostring(self._trees[part], xml_declaration=True, encoding="UTF-8", standalone=True)

    def content(self) -> bytes:
        """The file as bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in self.parts:
                archive.writestr(zipfile.ZipInfo(part), self._bytes(part), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _rels(part: str) -> str:
    base = folder(part)
    return f"{base}_rels/{part[len(base):]}.rels"
