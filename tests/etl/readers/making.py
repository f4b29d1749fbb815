"""Makes small files, good and hostile, byte by byte."""

import io
import re
import struct
import zipfile
import zlib

import pytest

from core.errors import FaultError
from etl.document import Document, Table
from etl.readers import read_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_DOCUMENT = f"{RELS}/officeDocument"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zip_of(entries: dict[str, bytes | str], stored: bool = False) -> bytes:
    """A zip file with these entries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _named(more: dict[str, str | bytes]) -> dict[str, str | bytes]:
    """Parts by their names: "__" stands for a slash, the last "_" before an ending for its dot."""
    return {re.sub(r"_(xml|bin)$", r".\1", name.replace("__", "/")): part for name, part in more.items()}


def relationships(*targets: tuple[str, str]) -> str:
    """A .rels part with relations rId1, rId2 ... of (type, target)."""
    rows = "".join(f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
                   for number, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def xlsx_entries(rows: str, *, after: str = "", before: str = "", workbook: str = "", **more: str | bytes) -> dict:
    """The parts of a workbook with one sheet "Thu"; `more` are further parts (xl__styles_xml is xl/styles.xml)."""
    entries = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/></Types>',
        "_rels/.rels": relationships((OFFICE_DOCUMENT, "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="Thu" sheetId="1" '
                           f'r:id="rId1"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships((f"{RELS}/worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
                                    "</worksheet>",
    }
    return entries | _named(more)


def xlsx(rows: str, **parts: str) -> bytes:
    """A workbook whose one sheet holds these <row> elements."""
    return zip_of(xlsx_entries(rows, **parts))


def docx(body: str, **more: str | bytes) -> bytes:
    """A Word file whose body holds these elements."""
    entries = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                               f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>',
        "_rels/.rels": relationships((OFFICE_DOCUMENT, "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return zip_of(entries | _named(more))


def paragraph(said: str) -> str:
    """A Word paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def word_cell(said: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(said)}</w:tc>"


def pdf(*contents: bytes, resources: str = "", objects: tuple[bytes, ...] = (), filters: str = "") -> bytes:
    """A PDF with a page for each content stream; further `objects` are numbered from 3 + 2 × pages on."""
    first = 3
    pages = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>",
              f"<< /Type /Pages /Kids [{pages}] /Count {len(contents)} >>".encode()]
    for at, content in enumerate(contents):
        bodies.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * at + 1} 0 R "
                      f"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> "
                      f"{resources} >> >>".encode())
        bodies.append(f"<< /Length {len(content)} {filters} >>\nstream\n".encode() + content + b"\nendstream")
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate([*bodies, *objects], 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return made + (f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(places) + 1} "
                   f"/Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF").encode()


def zeros(megabytes: int) -> bytes:
    """A zlib stream of that many megabytes of zeros, put together without unpacking them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">I", ((megabytes * 2**20) % 65521) << 16 | 1)
    return b"\x78\x9c" + block * megabytes + b"\x03\x00" + checksum


def flate_bomb(megabytes: int = 3_000) -> bytes:
    """A PDF of a few kilobytes whose page unpacks, twice, to gigabytes."""
    return pdf(zlib.compress(zeros(megabytes), 9), filters="/Filter [/FlateDecode /FlateDecode]")


def form_fan_out(levels: int = 12, times: int = 12) -> bytes:
    """A PDF whose page draws a form that draws a form ... each many times."""
    first = 5
    forms = []
    for at in range(levels):
        draw = b"BT /F1 9 Tf (x) Tj ET" if at == levels - 1 else b"/X Do " * times
        inner = "" if at == levels - 1 else f"/XObject << /X {first + at + 1} 0 R >>"
        forms.append(f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {len(draw)} /Resources << /Font "
                     f"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> {inner} >> >>\n".encode()
                     + b"stream\n" + draw + b"\nendstream")
    return pdf(b"/X Do", resources=f"/XObject << /X {first} 0 R >>", objects=tuple(forms))


def ole2(*streams: str) -> bytes:
    """An OLE2 file of three sectors whose directory names these streams, all empty (up to three of them)."""
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
            + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for at, name in enumerate(("Root Entry", *streams)):
        title = name.encode("utf-16-le") + b"\0\0"
        directory += (title.ljust(64, b"\0") + struct.pack("<HBB", len(title), 5 if at == 0 else 2, 1)
                      + struct.pack("<3I", 0xFFFFFFFF, 0xFFFFFFFF, 1 if at == 0 else 0xFFFFFFFF) + bytes(36)
                      + struct.pack("<IQ", 0xFFFFFFFE, 0))
    return head + fat + directory.ljust(512, b"\0")


def code(name: str, content: bytes, **how: str) -> str:
    """The only code a file is refused with, without its area."""
    with pytest.raises(FaultError) as refused:
        read_file(name, content, **how)
    (only,) = refused.value.faults
    return only.code.removeprefix("reading.")


def blocks(document: Document) -> list[str]:
    """The texts of a document's blocks."""
    return [block.text for block in document.blocks]


def texts(table: Table) -> list[list[str]]:
    """The texts of a table's cells."""
    return [[cell.text for cell in row] for row in table.rows]
