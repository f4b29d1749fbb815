"""The gate: what a file's bytes must satisfy before any library looks at them.

The limits are those measured against hostile files: each stands at or above what a real report needs and below what
makes a parser hang or abort.
"""

from __future__ import annotations

import codecs
import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from core.vi.encodings import NAMES
from etl.readers.legacy import Letters
from etl.readers.ole2 import ole2_streams
from etl.readers.parts import INVISIBLE, refuse

MAX_BYTES = 25 * 2**20
MAX_TEXT_BYTES = 5 * 2**20
MAX_NAME = 200
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 2**20
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", *NAMES, "tcvn3+vni")

KINDS = {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv", ".docx": "docx", ".pdf": "pdf",
         ".html": "html", ".htm": "html", ".txt": "txt"}
_OLD_TEXT = {".doc", ".dot", ".rtf", ".odt", ".wps"}
_MACROS = {".xlsm", ".xlsb", ".xltm", ".xlam", ".docm", ".dotm"}
_IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic"}
_TEXT_KINDS = {"csv", "html", "txt"}
_ZIP, _OLE2, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"


def label(name: str) -> str:
    """A file's name as a label: last path component, NFC, without control and bidirectional characters, ≤ 200."""
    shown = re.split(r"[/\\]", unicodedata.normalize("NFC", INVISIBLE.sub("", name.replace("\n", " "))))[-1]
    return " ".join(shown.split())[:MAX_NAME] or "?"


def check(name: str, content: bytes) -> str:
    """The kind of a file whose name and bytes agree; FaultError names what to do instead where it is refused."""
    suffix = PurePosixPath(label(name)).suffix.lower()
    if not content:
        raise refuse("empty")
    if len(content) > MAX_BYTES:
        raise refuse("too_big", size=_megabytes(len(content)), most=_megabytes(MAX_BYTES))
    if suffix in _OLD_TEXT:
        raise refuse("old_word", suffix=suffix)
    if suffix in _MACROS:
        raise refuse("macros", suffix=suffix)
    if suffix in _IMAGES:
        raise refuse("image", suffix=suffix)
    kind = KINDS.get(suffix)
    if kind is None:
        raise refuse("kind_unknown", suffix=suffix or "-", allowed=" ".join(KINDS))
    _check_content(kind, suffix, content)
    return kind


def _check_content(kind: str, suffix: str, content: bytes) -> None:
    found = _content(content)
    if found == "OLE2" and kind != "xls":
        found = _ole2_content(content)
    expected = {"xls": "OLE2", "pdf": "PDF", "xlsx": "ZIP", "ods": "ZIP", "docx": "ZIP"}.get(kind, "TEXT")
    if found != expected:
        raise refuse("content_not_name", suffix=suffix, found=found)
    if kind in _TEXT_KINDS and kind != "csv" and len(content) > MAX_TEXT_BYTES:
        raise refuse("too_big", size=_megabytes(len(content)), most=_megabytes(MAX_TEXT_BYTES))


def _content(content: bytes) -> str:
    for signature, found in ((_ZIP, "ZIP"), (b"PK\x05\x06", "ZIP"), (_OLE2, "OLE2"), (_PDF, "PDF"),
                             (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"Rar!", "RAR"),
                             (b"7z\xbc\xaf", "7-Zip"), (b"\x1f\x8b", "GZIP"), (b"{\\rtf", "RTF"), (b"MZ\x90", "EXE")):
        if content.startswith(signature):
            return found
    return "TEXT"


def _ole2_content(content: bytes) -> str:
    streams = set(ole2_streams(content))
    if "EncryptedPackage" in streams:
        raise refuse("encrypted")
    return "Word 97-2003 (.doc)" if "WordDocument" in streams else "Excel 97-2003 (.xls)"


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f}" if size >= 2**20 else f"{size / 2**20:.2f}"


# --- zip: .xlsx, .docx, .ods -----------------------------------------------------------------------------------------

def unpack(content: bytes, wanted: Callable[[str], object]) -> dict[str, bytes]:
    """The wanted parts of an office file, everything else unpacked only to count it.

    FaultError where an entry breaks a rule: entries twice, links, encrypted, overlapping, outside the folder, more
    than 2,000 of them or 200 MB unpacked, or bytes before, between or behind them that no office program writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive, content)
            return _unpack(archive, wanted)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, struct.error, UnicodeDecodeError) as error:
        raise refuse("damaged") from error


def _check_entries(archive: zipfile.ZipFile, content: bytes) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise refuse("zip_entries", count=len(entries), most=MAX_ENTRIES)
    names = [unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise refuse("zip_twice", entry=label(twice))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refuse("encrypted")
    for entry in entries:
        path = entry.orig_filename
        if ".." in re.split(r"[/\\]", path) or path.startswith(("/", "\\")) or ":" in path or "\0" in path:
            raise refuse("zip_path", entry=label(path))
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refuse("zip_path", entry=label(path))
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends or (ends == 0 and entry.header_offset != 0):
            raise refuse("zip_hidden")
        name_length, extra_length = struct.unpack_from("<HH", content, entry.header_offset + 26)
        ends = entry.header_offset + 30 + name_length + extra_length + entry.compress_size
    # 16 + 8 bytes of data descriptor are all that may stand behind an entry; the archive must end with its directory.
    if ends > archive.start_dir or archive.start_dir - ends > 24 or archive.comment or not _ends_here(content):
        raise refuse("zip_hidden")


def _ends_here(content: bytes) -> bool:
    return content[-22:-18] == b"PK\x05\x06"


def _unpack(archive: zipfile.ZipFile, wanted: Callable[[str], object]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    unpacked = 0
    for entry in archive.infolist():
        chunks = []
        with archive.open(entry) as stream:
            while chunk := stream.read(2**20):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED:
                    raise refuse("zip_bomb", most=_megabytes(MAX_UNPACKED))
                if wanted(entry.filename):
                    chunks.append(chunk)
        if wanted(entry.filename):
            parts[entry.filename] = b"".join(chunks)
    return parts


_DECLARED = re.compile(rb"""\A<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]*)["']""")


def check_xml(part: bytes) -> bytes:
    """An XML part without its byte order mark; FaultError where it declares a DTD or is not UTF-8."""
    part = part.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED.match(part)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise refuse("xml_encoding")
    if b"\0" in part[:200]:
        raise refuse("xml_encoding")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise refuse("dtd")
    return part


# --- text: .csv, .html, .txt -----------------------------------------------------------------------------------------

def decode(content: bytes, letters: Letters) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, or an encoding chosen by a person; never a guess.

    FaultError where it is none of them, naming the old encoding in which its words can be read.
    """
    encoding = letters.of_bytes
    if encoding is None and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif encoding is None and b"\0" in content:
        halves = content[:2000:2].count(0), content[1:2000:2].count(0)
        raise refuse("utf16_without_bom" if max(halves) > 20 * (1 + min(halves)) else "nul")
    try:
        said = content.decode("utf-8-sig" if encoding in (None, "utf-8") else encoding)
    except UnicodeDecodeError as error:
        said = letters.of_western(content) if encoding is None else None
        if said is None:
            raise refuse("encoding_unknown", line=content.count(b"\n", 0, error.start) + 1) from error
    if "\0" in said:
        raise refuse("nul")
    return said.removeprefix("\ufeff")
