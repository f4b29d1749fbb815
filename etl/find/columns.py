"""Headers of tables: where one starts, what its rows say together, and what each column therefore holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.vi.text import fold
from etl.document import Cell, Table

YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
LABEL_WORDS = re.compile(
    r"^(?:ten )?(?:cac )?(?:chi tieu|noi dung|nhiem vu|chi tieu chu yeu|noi dung chi tieu|chi tieu nhiem vu"
    r"|indicator|ten chi tieu|danh muc chi tieu)\b"
)
_NUMBERING_ROW = re.compile(
    r"(?:[a-eđ]|\d{1,2}|\(?\d{1,2}\)?\s*=?\s*\(?[\d=+/\-*x: ]*\)?|\(\w{1,2}\))(?:\s*=.*)?", re.I
)

_ROLES = (  # first match wins; on the folded, flattened header
    ("number", r"^(?:stt|tt|so tt|so thu tu|no)\.?$"),
    ("measure", r"^(?:dvt|don vi tinh|don vi|don vi do|unit(?: of measure)?)\b"),
    (
        "note",
        r"^(?:ghi chu|danh gia|nguon|xep loai|muc do|ket luan|co quan|don vi (?:thuc hien|chu tri|theo doi)|note)",
    ),
    ("against_before", r"\b(?:ke hoach|kh|du toan)\b[^/]*(?:/|so voi)\s*(?:uoc|uth|thuc hien|th)\b"),
    ("against_before", r"cung ky|nam truoc|so (?:voi )?(?:thuc hien |th )?nam|tang|giam|20\d\d\s*/\s*(?:\w+ )*20\d\d"),
    ("against_plan", r"%|ty le|ti le|so sanh|so voi|so kh|dat \(|th\s*/\s*kh|qt\s*/\s*dt|hoan thanh"),
    ("of", r"^(?:trong )?(?:tren )?tong so(?! thu| chi)|mau so|tren tong|^of$"),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_PLAN = re.compile(
    r"\bke hoach\b|\bkh\b|\bdu toan\b|\bdt\b|\bchi tieu (?:duoc )?giao\b|\bgiao\b|\bphan dau\b|\bmuc tieu\b|\bplan\b"
)
_FINAL = re.compile(r"\bquyet toan\b|\bqt\b|\bfinal\b")
_ESTIMATE = re.compile(r"\buoc\b|\buth\b|\bestimate\b")
_ACTUAL = re.compile(r"\bthuc hien\b|\bth\b|\bket qua\b|\bthuc te\b|\bdat\b|\bactual\b")
_BASES = (
    ("adjusted", re.compile(r"dieu chinh|bo sung")),
    ("stretch", re.compile(r"phan dau")),
    ("council", re.compile(r"hdnd|hoi dong nhan dan")),
    (
        "assigned",
        re.compile(r"cap tren|(?:quan|huyen|thi xa|thanh pho|tp|tinh|duoc) giao|ubnd (?:quan|huyen|tp|tinh)"),
    ),
)
_PERIODS = (
    ("9m", re.compile(r"\b0?9 thang\b")),
    ("h2", re.compile(r"\b6 thang cuoi")),
    ("h1", re.compile(r"\b0?6 thang\b")),
    ("11m", re.compile(r"\b11 thang\b")),
    ("10m", re.compile(r"\b10 thang\b")),
    ("q4", re.compile(r"\bquy (?:iv|4)\b")),
    ("q3", re.compile(r"\bquy (?:iii|3)\b")),
    ("q2", re.compile(r"\bquy (?:ii|2)\b")),
    ("q1", re.compile(r"\bquy (?:i|1)\b")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds: `role` is label, number, measure, note, value, against_plan, against_before, of or ""."""

    at: int
    header: str
    role: str
    year: int | None = None
    period: str = "year"
    scenario: str = ""
    basis: str = ""


def basis_in(words: str) -> str:
    """Which plan folded words speak of: assigned, council, adjusted, stretch, or unstated."""
    return next((basis for basis, pattern in _BASES if pattern.search(words)), "unstated")


def period_in(words: str) -> str:
    """The part of a year folded words speak of; "year" where they name none."""
    return next((period for period, pattern in _PERIODS if pattern.search(words)), "year")


def scenario_in(words: str) -> str:
    """plan, final, estimate or actual as folded words say, "" where they say none."""
    if _FINAL.search(words):
        return "final"
    if _ESTIMATE.search(words):
        return "estimate"
    if _PLAN.search(words):
        return "plan"
    return "actual" if _ACTUAL.search(words) else ""


def read_column(at: int, header: str) -> Column:
    """What a flattened header says its column holds."""
    words = " ".join(fold(header).split())
    if LABEL_WORDS.search(words):
        return Column(at, header, "label")
    role = next((role for role, pattern in _ROLE_PATTERNS if pattern.search(words)), "")
    found = YEAR.findall(words)
    year = int(found[0]) if found else None
    scenario = scenario_in(words)
    if role in ("number", "measure", "note", "against_before"):
        return Column(at, header, role)
    if role == "against_plan" and not (re.fullmatch(r"(?:nam )?20\d\d", words)):
        return Column(at, header, role, year, period_in(words), "actual", basis_in(words))
    if role == "of":
        return Column(at, header, role, year)
    if not (scenario or year):
        return Column(at, header, "")
    basis = basis_in(words) if scenario == "plan" else ""
    return Column(at, header, "value", year, period_in(words), scenario or "actual", basis)


def flatten(table: Table, top: int, bottom: int) -> list[str]:
    """One header text a column from the header's rows; the same words above each other count once.

    Where a file keeps no merged cells (csv, pdf), a blank upper cell takes the words on its left.
    """
    width = len(table.rows[top]) if table.rows else 0
    while bottom - 1 > top and is_numbering(table.rows[bottom - 1]):
        bottom -= 1
    lines: list[list[str]] = []
    for row in range(top, bottom):
        if is_numbering(table.rows[row]):
            continue
        texts = [" ".join(cell.text.split()) for cell in table.rows[row]]
        if row < bottom - 1 and not table.merged:
            texts = _carried(texts, [cell.text for cell in table.rows[bottom - 1]])
        lines.append(texts)
    return [" ".join(dict.fromkeys(line[at] for line in lines if line[at])) for at in range(width)]


def _carried(texts: list[str], below: Sequence[str]) -> list[str]:
    carried, last = [], ""
    for at, text in enumerate(texts):
        last = text or (last if below[at].strip() else "")
        carried.append(last)
    return carried


def _is_label_cell(cell: Cell) -> bool:
    return bool(LABEL_WORDS.search(" ".join(fold(cell.text).split())))


def is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3 = 2/1."""
    texts = ["".join(cell.text.split()) for cell in row if cell.text.strip()]  # a narrow cell breaks "6=5/2"
    return len(texts) >= 3 and all(_NUMBERING_ROW.fullmatch(text) for text in texts) and texts[0][0] in "A1aI("


def find_header(table: Table, start: int = 0, is_label=_is_label_cell) -> tuple[int, int, int] | None:
    """The first header from a row on: its first row, the row after its last, and its label column; None if none.

    A header starts where a cell names the label column and goes on while the label column is blank or repeats itself
    and the other cells hold words, years or percent signs, never values.
    """
    for top in range(start, len(table.rows)):
        row = table.rows[top]
        at = next((place for place, cell in enumerate(row) if is_label(cell)), None)
        others = [] if at is None else [cell for cell in row if cell.text.strip() and cell.text != row[at].text]
        if at is None or not others or not all(_is_header_word(cell) for cell in others):
            continue
        top = _upper_row(table, top, at, start)
        bottom = top + 1
        while bottom < len(table.rows) and _continues(table.rows[bottom], table.rows[top], at, is_label):
            bottom += 1
        return top, bottom, at
    return None


def _upper_row(table: Table, top: int, at: int, start: int) -> int:
    """A row of years that stands above the row which names the label column."""
    above = table.rows[top - 1] if top > start else ()
    years = [cell for place, cell in enumerate(above) if place != at and YEAR.search(cell.text) and len(cell.text) < 40]
    blank_label = not above or not above[at].text.strip()
    return top - 1 if len({cell.text for cell in years}) > 1 and blank_label else top


def _continues(row: Sequence[Cell], first: Sequence[Cell], at: int, is_label) -> bool:
    if is_numbering(row):
        return True
    label = row[at].text.strip()
    if label and label != first[at].text.strip() and not is_label(row[at]):
        return False
    others = [cell for place, cell in enumerate(row) if place != at and cell.text.strip()]
    return bool(others) and all(_is_header_word(cell) for cell in others)


def _is_header_word(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(re.fullmatch(r"20[0-4]\d", text)) or (
        cell.number is None and any(letter.isalpha() or letter == "%" for letter in text)
    )
