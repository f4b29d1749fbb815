"""The package of Office Open XML files (.xlsx, .docx): parts, relations, properties, safe parsing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from lxml import etree

from etl.readers.gate import check_xml, unpack
from etl.readers.parts import clean, refuse

_MAIN_TYPES = {"xlsx": "spreadsheetml.sheet.main+xml", "docx": "wordprocessingml.document.main+xml"}


def office_parts(kind: str, content: bytes, wanted: Callable[[str], object]) -> dict[str, bytes]:
    """The wanted XML parts of an .xlsx or .docx that is one and holds no macros; FaultError otherwise."""
    types = "[Content_Types].xml"
    macros: list[str] = []

    def take(name: str) -> object:
        if re.search(r"vbaproject|/macrosheets/", name, re.IGNORECASE):
            macros.append(name)
        return name == types or name.endswith(".rels") or wanted(name)

    parts = {name: check_xml(part) for name, part in unpack(content, take).items()}
    listed = parts.get(types, b"")
    if macros or b"macroEnabled" in listed or b"vbaProject" in listed:
        raise refuse("macros", suffix=f".{kind}")
    if _MAIN_TYPES[kind].encode() not in listed:
        found = next((f".{other}" for other, main in _MAIN_TYPES.items() if main.encode() in listed), "ZIP")
        raise refuse("content_not_name", suffix=f".{kind}", found=found)
    return parts


@contextmanager
def parsing() -> Iterator[None]:
    """Turn the parser's errors inside the block into refusals (area "reading")."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise refuse("too_deep" if "depth" in str(error).lower() else "damaged") from error


def tree(part: bytes) -> etree._Element:
    """A part as a tree; the parser neither replaces entities nor opens other files."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def main_part(parts: dict[str, bytes]) -> str:
    """The name of the workbook or document part; FaultError where the package names none it holds."""
    main = next((target for kind, target in relations(parts, "").values() if kind.endswith("/officeDocument")), "")
    if main not in parts:
        raise refuse("damaged")
    return main


def folder(part: str) -> str:
    """The folder a part stands in, with its slash."""
    return part.rpartition("/")[0] + "/" if "/" in part else ""


def relations(parts: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (type, part) as the .rels beside a part gives them."""
    base = folder(part)
    rels = parts.get(f"{base}_rels/{part[len(base):]}.rels")
    found = {}
    for element in tree(rels).iter("{*}Relationship") if rels else ():
        target = element.get("Target", "")
        target = target[1:] if target.startswith("/") else posixpath.normpath(base + target)
        found[element.get("Id", "")] = (element.get("Type", ""), target)
    return found


def core_properties(parts: dict[str, bytes]) -> dict[str, str]:
    """Title and dates an office file states of itself (docProps/core.xml); people's names are left where they are."""
    part = parts.get("docProps/core.xml")
    if not part:
        return {}
    wanted = {"title": "title", "subject": "subject", "created": "created", "modified": "modified"}
    return {wanted[name]: clean(element.text) for element in tree(part).iter("{*}*")
            if (name := etree.QName(element).localname) in wanted and element.text and element.text.strip()}


def elements(part: bytes, *tags: str) -> Iterator[etree._Element]:
    """Finished elements of a part, each emptied after use so that memory stays small."""
    for _, element in etree.iterparse(BytesIO(part), tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False,
                                      no_network=True):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
