"""Tables of residential groups: which group reached the cultural title in which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Fault
from core.figures import Figure, Origin
from core.groups import KINDS, full_name, group_id
from core.vi.text import fold
from etl.document import Cell, Table
from etl.find.columns import YEAR, find_header, flatten
from etl.find.found import Found, GroupName
from etl.find.headings import read_heading
from etl.find.values import place_in

RULE = "table.groups"
_KIND_WORDS = "|".join(("tdp", "kdc", "to", *(fold(kind) for kind in KINDS)))
_LABEL = re.compile(rf"(?:ten )?(?:cac )?(?:{_KIND_WORDS})(?:[ ,/]+(?:{_KIND_WORDS}))*(?: so)?|ten to|ten thon")
_STATUS = re.compile(r"\bdat\b|danh hieu|van hoa|ket qua|binh xet|cong nhan|xep loai")
_OTHER = re.compile(r"so ho|gia dinh|ty le|%|ghi chu|so quyet dinh|to truong|nhan khau|dan so")
_YES = re.compile(
    r"(?:dat|co|x|v|✓|✔|☑|1|dat (?:tdp|danh hieu|chuan).*|giu vung.*|duoc cong nhan.*|cong nhan|tdp van hoa)"
)
_NO = re.compile(r"(?:khong|0|k|ko|khong dat.*|chua dat.*|chua|khong cong nhan.*|khong duoc.*)")
_SUM = re.compile(r"(?:tong|cong|tong cong|tong so)\b.*")
_OF = re.compile(r"(\d+)\s*/\s*(\d+)")


@dataclass(frozen=True, slots=True)
class _Status:
    """One column of results: `value` is 1 or 0 where the header itself says which ("Đạt", "Không đạt"), else None."""

    at: int
    header: str
    year: int | None
    value: int | None


def group_name(words: str, kind: str = KINDS[0]) -> GroupName:
    """A group's name and kind as it is called: "TDP số 5" and "5" are "Tổ dân phố số 5"."""
    return GroupName(*full_name(words, kind))


def _is_label(cell: Cell) -> bool:
    return bool(_LABEL.fullmatch(" ".join(re.sub(r"[^\w ,/]", " ", fold(cell.text)).split())))


def find_groups(table: Table, year: int | None) -> Found:
    """The titles of groups in a table with one group a row and "Đạt / Không đạt" or a tick in one or more columns.

    A blank is no figure: the group was not assessed. A row "Tổng cộng" with 13/18 gives `cultural_groups`; where no
    total is printed and every group has a result, they are counted.
    """
    header = find_header(table, is_label=_is_label)
    if not header:
        return Found()
    top, bottom, label = header
    heading = read_heading(table.before, table.rows[:top])
    statuses = _statuses(flatten(table, top, bottom), label)
    if not statuses:
        return Found()
    words = fold(flatten(table, top, bottom)[label])
    kind = next((name for name in KINDS if fold(name) in words), "tổ dân phố")
    found = Found(unit_name=heading.unit_name, year=heading.year)
    for status in statuses:
        _read_status(table, table.rows[bottom:], label, status, kind, status.year or heading.year or year, found)
    return found


def _statuses(headers: Sequence[str], label: int) -> list[_Status]:
    statuses = []
    for at, header in enumerate(headers):
        words = " ".join(fold(header).split())
        year = YEAR.search(words)
        if at == label or _OTHER.search(words) or not (_STATUS.search(words) or year):
            continue
        value = 0 if re.match(r"(?:khong|chua) dat\b", words) else 1 if re.fullmatch(r"dat", words) else None
        statuses.append(_Status(at, header, int(year.group()) if year else None, value))
    return statuses


def _result(cell: Cell, status: _Status) -> int | None:
    said = fold(cell.text).strip(" .")
    if status.value == 0:
        return 0 if _YES.fullmatch(said) else None
    if _NO.fullmatch(said):
        return 0
    return 1 if _YES.fullmatch(said) else None


def _read_status(table: Table, rows, label: int, status: _Status, kind: str, year: int | None, found: Found) -> None:
    if year is None:
        return
    results: list[int | None] = []
    silent: list[Fault] = []
    total: Figure | None = None
    for row in rows:
        name, cell = row[label].text.strip(), row[status.at]
        if not name and not cell.text.strip():
            continue
        if any(_SUM.fullmatch(fold(before.text).strip()) for before in row[: label + 1]):
            if status.value != 0:  # the sum of "Không đạt" is not how many reached the title
                total = _total(table, row, label, status, year) or total
        elif name and (_KIND_START.match(fold(name)) or _result(cell, status) is not None):
            group = group_name(name, kind)
            if group not in found.groups:
                found.groups.append(group)
            result = _result(cell, status)
            results.append(result)
            if result is None and status.value is None:
                silent.append(Fault("etl.group_without_result", place_in(table, cell.ref), {"name": group.name}))
            if result is not None:
                found.figures.append(
                    _figure("cultural_group_title", result, year, table, row, label, status, group_id(group.name))
                )
    if len(silent) < len(results):  # a sheet on which nobody began says nothing
        found.notices += silent
    reached = sum(filter(None, results))
    if total is None and results and None not in results and status.value is None:
        total = Figure(
            "cultural_groups", year, Decimal(reached), of=Decimal(len(results)), of_kind="assessed",
            origin=Origin(table.place, f"{RULE}.counted"), quote=f"{status.header}: {reached}/{len(results)}",
        )  # fmt: skip
    if total is not None:
        found.figures.append(total)


_KIND_START = re.compile(rf"(?:{_KIND_WORDS})\b")


def _total(table: Table, row: Sequence[Cell], label: int, status: _Status, year: int) -> Figure | None:
    cell = row[status.at]
    pair = _OF.search(cell.text)
    if pair:
        of, value = Decimal(pair.group(2)), Decimal(pair.group(1))
    elif cell.text.strip().isdigit():
        of, value = None, Decimal(cell.text.strip())
    else:
        return None
    figure = _figure("cultural_groups", value, year, table, row, label, status)
    return Figure(
        figure.indicator, year, value, of=of, of_kind="unstated" if of is not None else "",
        origin=figure.origin, quote=figure.quote,
    )  # fmt: skip


def _figure(
    indicator: str,
    value: int | Decimal,
    year: int,
    table: Table,
    row: Sequence[Cell],
    label: int,
    status: _Status,
    member: str = "",
) -> Figure:
    cell = row[status.at]
    return Figure(
        indicator, year, Decimal(value), member=member, flags=("hidden",) if cell.hidden else (),
        origin=Origin(place_in(table, cell.ref), RULE),
        quote=f"{row[label].text.strip()} | {status.header}: {cell.text.strip()}",
    )  # fmt: skip
