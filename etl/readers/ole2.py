"""The OLE2 container: of .xls workbooks, and of .xlsx and .docx under a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from etl.readers.parts import refuse


def ole2_streams(content: bytes) -> dict[str, bytes]:
    """The streams and storages of an OLE2 file by name, storages empty; FaultError where its chains are broken."""
    try:
        return _ole2_streams(content)
    except (struct.error, IndexError, ValueError) as error:
        raise refuse("damaged") from error


def _ole2_streams(content: bytes) -> dict[str, bytes]:
    sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if sector_shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sector size")
    size = 1 << sector_shift
    first_directory, = struct.unpack_from("<I", content, 48)
    mini_cutoff, first_mini_fat, _, first_difat, _ = struct.unpack_from("<5I", content, 56)
    numbers = f"<{size // 4}I"

    def sector(at: int) -> bytes:
        start = (at + 1) << sector_shift
        if start >= len(content):
            raise ValueError("sector outside the file")
        return content[start:start + size].ljust(size, b"\0")

    fat_sectors = list(struct.unpack_from("<109I", content, 76))
    while first_difat < 0xFFFFFFFA:
        *more, first_difat = struct.unpack(numbers, sector(first_difat))
        fat_sectors += more
        if len(fat_sectors) > len(content) // 64:
            raise ValueError("difat loops")
    fat: list[int] = []
    for at in fat_sectors:
        if at < 0xFFFFFFFA:
            fat += struct.unpack(numbers, sector(at))

    def chain(at: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while at < 0xFFFFFFFA:
            yield at
            at, seen = table[at], seen + 1
            if seen > len(table):
                raise ValueError("chain loops")

    def stream(at: int) -> bytes:
        return b"".join(sector(number) for number in chain(at, fat))

    directory = stream(first_directory)
    mini_fat = [number for at in chain(first_mini_fat, fat) for number in struct.unpack(numbers, sector(at))]
    found: dict[str, bytes] = {}
    mini = b""
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at:at + 128]
        length, kind = struct.unpack_from("<H", entry, 64)[0], entry[66]
        start, bytes_long = struct.unpack_from("<II", entry, 116)
        title = entry[:max(length - 2, 0)].decode("utf-16-le")
        if kind == 5:
            mini = stream(start)
        elif kind == 1:
            found[title] = b""
        elif kind == 2 and bytes_long < mini_cutoff:
            found[title] = b"".join(mini[to * 64:to * 64 + 64] for to in chain(start, mini_fat))[:bytes_long]
        elif kind == 2:
            found[title] = stream(start)[:bytes_long]
    return found


def check_xls(content: bytes) -> dict[str, bytes]:
    """The streams of an .xls; FaultError where it holds macros, is no workbook, or is an old Word file."""
    streams = ole2_streams(content)
    if "EncryptedPackage" in streams:
        raise refuse("encrypted")
    if "_VBA_PROJECT_CUR" in streams or "_VBA_PROJECT" in streams:
        raise refuse("macros", suffix=".xls")
    if "Workbook" not in streams and "Book" not in streams:
        raise refuse("content_not_name", suffix=".xls",
                     found="Word 97-2003 (.doc)" if "WordDocument" in streams else "OLE2")
    return streams
