"""Headers of tables: where one starts, what its rows say together, and what each column therefore holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.vi.periods import period_of_months, period_of_quarter
from core.vi.text import fold, nfc
from etl.document import Cell, Table

YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
LABEL_WORDS = re.compile(
    r"^(?:ten )?(?:cac )?(?:chi tieu|chi so|noi dung|nhiem vu|chi tieu chu yeu|noi dung chi tieu|chi tieu nhiem vu"
    r"|indicator|ten chi tieu|danh muc chi tieu)\b"
)
_NUMBERING_ROW = re.compile(
    r"(?:[a-eđ]|\d{1,2}|\(?\d{1,2}\)?\s*=?\s*\(?[\d=+/\-*x: ]*\)?|\(\w{1,2}\))(?:\s*=.*)?", re.I
)

_ROW_NUMBER = re.compile(r"(?:[A-ZĐ]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]?")

_ROLES = (  # first match wins; on the folded, flattened header
    ("number", r"^(?:stt|tt|so tt|so thu tu|no)\.?$"),
    ("measure", r"^(?:dvt|don vi tinh|don vi|don vi do|unit(?: of measure)?)\b"),
    (
        "note",
        r"^(?:ghi chu|danh gia|nguon|xep loai|muc do|ket luan|co quan|don vi (?:thuc hien|chu tri|theo doi)|note)",
    ),
    ("against_before", r"\b(?:ke hoach|kh|du toan)\b[^/]*(?:/|so voi)\s*(?:uoc|uth|thuc hien|th)\b"),
    ("against_before", r"cung ky|so (?:voi )?(?:(?:uoc |uth |thuc hien |th )*(?:nam |20\d\d))|tang|giam"),
    (
        "against_before",
        r"\bso (?:voi )?(?:uoc|uth|thuc hien|th)\b(?!.*\b(?:kh|ke hoach|du toan|dt|nq|nghi quyet)\b)",
    ),
    ("against_plan", r"%|ty le|ti le|so sanh|so voi|so kh|dat \(|th\s*/\s*kh|qt\s*/\s*dt|hoan thanh"),
    ("of", r"^(?:trong )?(?:tren )?tong so(?! thu| chi)|mau so|tren tong|^of$"),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_AGAINST = re.compile(r"\bso (?:mục tiêu|kế hoạch|chỉ tiêu|dự toán|nghị quyết|hđnd|nq)\b", re.I)  # no "số kế hoạch"
_CARRIED_OUT = re.compile(
    r"\b(?:thuc hien|th) (?:cac )?(?:ke hoach|kh|nghi quyet|nq|chi tieu|muc tieu|du toan|nhiem vu)\b"
)
_SCENARIOS = re.compile(
    r"\b(?:(?P<final>quyet toan|qt|final)"
    r"|(?P<estimate>uoc(?: tinh)?(?: thuc hien| th| dat)?|uocth|uth|estimate)"
    r"|(?P<plan>(?:ke hoach|kh|du toan|dt|nghi quyet|nq|chi tieu (?:duoc )?giao|giao|phan dau|muc tieu|plan)"
    r"(?: thuc hien| th)?)"
    r"|(?P<actual>thuc hien|th|ket qua|kq|thuc te|chinh thuc|dat|actual))\b"
)
_BASES = (
    ("adjusted", re.compile(r"dieu chinh|bo sung")),
    ("stretch", re.compile(r"phan dau")),
    ("council", re.compile(r"hdnd|hoi dong nhan dan")),
    (
        "assigned",
        re.compile(r"cap tren|(?:quan|huyen|thi xa|thanh pho|tp|tinh|duoc) giao|ubnd (?:quan|huyen|tp|tinh)"),
    ),
)
_MONTHS = re.compile(
    r"(?<!ngay )\b(?P<count>0?[1-9]|1[0-2]) ?(?:thang|t)\b(?P<last> cuoi)?"
    r"|\b(?P<to>(?:den|het) (?:\w+ )?)?quy (?P<quarter>iv|i{1,3}|[1-4])\b"
    r"|\b(?:den|het) (?:het |cuoi )?thang (?P<month>0?[1-9]|1[0-2])\b"
    r"|\b(?:den|het|tai|thoi diem|cuoi|uoc)(?: het| thoi diem)?(?: ngay)? (?P<day>\d{1,2})[/.-](?P<of>0?[1-9]|1[0-2])\b"
)
_LAST_DAYS = (28, 29, 30, 31)
_ONE_MONTH = re.compile(
    r"\b(?:thang |t)(?:0?[1-9]|1[0-2])\b|(?<!so )(?<![\d./-])(?:0?[1-9]|1[0-2])/20[0-4]\d(?!/)"
    r"|\btrong (?:thang|quy|ky)\b|\b(?:thang|quy|ky) (?:nay|bao cao)\b"
)
_ELSEWHERE = re.compile(  # a part of the ward, a place it belongs to, a ward it was made of
    r"\b(?:tdp|to dan pho|to dan cu|khu pho|thon|khom|ap|khu dan cu)\b"
    r"|(?<!du )(?<!quyet )\btoan (?:huyen|quan|tinh|thi xa|thanh pho|tp)\b"
    r"|^(?:huyen|quan|tinh|thi xa|thanh pho|tp)\b(?!.*\bgiao\b)"
    r"|\(cu\)|\btruoc (?:khi )?(?:sap nhap|sap xep)\b"
)
_STILL_MISSING = re.compile(r"\bcon (?:phai|thieu)\b")
_AT_ITS_BEGINNING = re.compile(r"(?<!thang )(?<!quy )(?<!tu )(?<!\dt )(?<!\d t )\bdau (?:nam|ky)\b")
_BESIDE_THIS_YEAR = ((-1, re.compile(r"\bnam truoc\b")), (1, re.compile(r"\bnam (?:sau|toi|tiep theo|ke tiep)\b")))
_COMPARED = re.compile(r"%|/|\bso (?:voi|sanh|nam)\b|\b(?:cung ky|ty le|ti le|tang|giam|toc do)\b")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](20[0-4]\d)\b")
_REACHED = re.compile(rf"\b(?:den|het|tai|thoi diem|cuoi)(?: het| thoi diem)?(?: ngay)? {_DATE.pattern[2:]}")
_TERM = re.compile(r"\b(?:(?:giai doan|nhiem ky) )?20[0-4]\d\s*[-–]\s*20[0-4]\d\b")
_AVERAGE = re.compile(r"\bbinh quan\b|\bbq\b|\btrung binh\b")
_GLUED = re.compile(r"(?<=[a-z])(?=20[0-4]\d(?!\d))")  # KH2025
_RATIO = re.compile(r"([a-z][a-z ]*(?:20[0-4]\d)?|20[0-4]\d)\s*/\s*([a-z][a-z ]*(?:20[0-4]\d)?|20[0-4]\d)")
_MONTHS_OF = re.compile(  # "6T2024/6T2023" sets years against each other, "quý I/2025" nothing
    r"\b\d{1,2} ?(?:thang|t) ?(?:(?:dau|cuoi) )?(?:nam )?(?=20[0-4]\d|/)|\bquy (?:iv|i{1,3}|[1-4]) ?/ ?(?=20[0-4]\d)"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_UP_TO_SOMETIME = re.compile(r"\bluy ke\b(?!.*\b(?:nam|20[0-4]\d)\b)|\btu dau (?:nam|quy|ky)\b")
_CUMULATED = re.compile(r"\b(?:luy ke|cong don|tong cong)\b|^cong (?=\d)")
_OF_A_TERM = re.compile(r"\b(?:dai hoi|nhiem ky|dh (?:dang|dai bieu)|nq dh|dhdb|giai doan|trung han|5 nam|ca khoa)\b")
_BESIDE_A_YEAR = {
    "nam", "cac", "qua", "so", "lieu", "luong", "gia", "tri", "cuoi", "trong", "cua", "nien", "do",
    "truoc", "sau", "toi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds: `role` is label, number, measure, note, value, against_plan, against_before, of, open
    (values of something that its header does not settle) or "". A `shift` is that of a year told beside the report's
    own: -1 "năm trước", 1 "năm sau".
    """

    at: int
    header: str
    role: str
    year: int | None = None
    period: str = "year"
    scenario: str = ""
    basis: str = ""
    shift: int = 0


def basis_in(words: str) -> str:
    """Which plan folded words speak of: assigned, council, adjusted, stretch, or unstated."""
    return next((basis for basis, pattern in _BASES if pattern.search(words)), "unstated")


def period_in(words: str) -> str:
    """The part of a year folded words speak of first; "year" where they name none, "part" for one without a name."""
    found = _MONTHS.search(words)
    if found is None:
        return "year"
    if found["quarter"]:
        quarter = period_of_quarter(found["quarter"]) or "part"
        return period_of_months(3 * int(quarter[1])) if found["to"] else quarter
    if found["day"] and int(found["day"]) not in _LAST_DAYS:
        return "part"
    months = int(found["count"] or found["month"] or found["of"])
    if found["last"]:
        return {3: "q4", 6: "h2"}.get(months, "part")
    return period_of_months(months)


def names_part(words: str) -> bool:
    """Whether folded words say themselves up to when they count, be it the year's end: "Ước 31/12"."""
    return bool(_MONTHS.search(words))


def scenario_in(words: str) -> str:
    """plan, final, estimate or actual as folded words say, "" where they say none.

    The lowest row of a header decides, its words come last; "thực hiện kế hoạch" is a result.
    """
    bare = _BRACKETS.sub(" ", words)
    for said in (bare, words):
        rest = _CARRIED_OUT.sub(" ", said)
        found = [match.lastgroup for match in _SCENARIOS.finditer(rest)]
        if found or rest != said:
            return found[-1] if found else "actual"
    return ""


def _years_in(words: str) -> list[int]:
    """The years a header is of: not those of a document's day nor of a term, but that of the day reached."""
    years = YEAR.findall(_DATE.sub(" ", _TERM.sub(" ", words)))
    return [int(year) for year in dict.fromkeys(years or _REACHED.findall(words))]


def _ratio_role(words: str) -> str:
    """What two columns set against each other make: "TH/KH" goes against the plan, "TH 2025/TH 2024" does not."""
    for top, bottom in _RATIO.findall(words):
        if all(scenario_in(side) or YEAR.search(side) for side in (top, bottom)):
            planned = scenario_in(bottom) == "plan" and scenario_in(top) != "plan"
            return "against_plan" if planned else "against_before"
    return ""


def read_column(at: int, header: str, *, named: bool = False) -> Column:
    """What a flattened header says its column holds; `named` where the rows' names stand to its left already.

    Numbers of a year, but nobody can tell of what or of which part of it, make the role "open".
    """
    words = _GLUED.sub(" ", " ".join(fold(header).split()))
    dated = _MONTHS.search(words)
    scenario = scenario_in(words) or ("actual" if dated and _CUMULATED.search(words) else "")
    years, period = _years_in(words), period_in(words)
    if LABEL_WORDS.search(words) and not (named and (scenario or years)):
        return Column(at, header, "label")
    scenario = scenario or ("plan" if LABEL_WORDS.search(words) else "")  # "Chỉ tiêu 2025" beside the names
    bare = _MONTHS_OF.sub("", words)
    role = next((role for role, pattern in _ROLE_PATTERNS if pattern.search(bare)), "")
    if role not in ("number", "measure", "note"):
        role = _ratio_role(bare) or role or ("against_plan" if _AGAINST.search(nfc(header)) else "")
    year = years[0] if years else None
    if role in ("number", "measure", "note"):
        return Column(at, header, role)
    shift = 0 if years else next((by for by, said in _BESIDE_THIS_YEAR if said.search(words)), 0)
    if role == "against_before" or (shift and _COMPARED.search(words)):
        return Column(at, header, "against_before")
    begins = scenario != "plan" and _AT_ITS_BEGINNING.search(words)
    if begins or _ELSEWHERE.search(words) or _STILL_MISSING.search(words):
        return Column(at, header, "open")
    unsettled = not dated and (_ONE_MONTH.search(words) or _UP_TO_SOMETIME.search(words))
    if role == "against_plan" and not (re.fullmatch(r"(?:nam )?20\d\d", words)):
        if unsettled or _OF_A_TERM.search(words):
            return Column(at, header, "open")
        return Column(at, header, role, year, period, "actual", basis_in(words))
    if role == "of":
        return Column(at, header, role, year)
    if not (scenario or year or shift) or _AVERAGE.search(words) or (_TERM.search(words) and not years):
        return Column(at, header, "open" if scenario else "")
    if len(years) > 1 or period == "part" or not (scenario or _is_year_alone(words)):
        return Column(at, header, "open")
    if unsettled or (scenario == "plan" and _OF_A_TERM.search(words)):
        return Column(at, header, "open")
    basis = basis_in(words) if scenario == "plan" else ""
    return Column(at, header, "value", year, period, scenario or "actual", basis, shift)


def _is_year_alone(words: str) -> bool:
    """Whether a header says nothing but its year: "2023", "Năm 2023 (hộ)", "Đến 31/12/2023"."""
    rest = YEAR.sub(" ", _TERM.sub(" ", _REACHED.sub(" ", _BRACKETS.sub(" ", words))))
    return set(re.findall(r"[a-z]+", rest)) <= _BESIDE_A_YEAR or period_in(words) != "year"


def flatten(table: Table, top: int, bottom: int) -> list[str]:
    """One header text a column from the header's rows; the same words above each other count once.

    Where a file keeps no merged cells (csv, pdf), a blank upper cell above words takes the words on its left.
    """
    width = len(table.rows[top]) if table.rows else 0
    rows = [row for row in table.rows[top:bottom] if not is_numbering(row)]
    lines = [[" ".join(cell.text.split()) for cell in row] for row in rows]
    if not table.merged:
        lines = [_carried(lines, number) for number in range(len(lines))]
    return [" ".join(dict.fromkeys(line[at] for line in lines if line[at])) for at in range(width)]


def _carried(lines: Sequence[Sequence[str]], number: int) -> list[str]:
    """A header's row with its blanks filled from the left, above words and up to where a row above begins another."""
    carried, last = [], ""
    for at, text in enumerate(lines[number]):
        above = any(line[at] for line in lines[:number])
        below = any(line[at] for line in lines[number + 1 :])
        last = text or (last if below and not above else "")
        carried.append(last)
    return carried


def _is_label_cell(cell: Cell) -> bool:
    return bool(LABEL_WORDS.search(" ".join(fold(cell.text).split())))


def _names_a_row(cell: Cell) -> bool:
    """Whether a cell begins like the header of the names and says more: "Chỉ tiêu giao quân"."""
    said = " ".join(fold(cell.text).split())
    return bool(LABEL_WORDS.search(said)) and not LABEL_WORDS.fullmatch(said)


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
        if at is None or not all(_is_header_word(cell) for cell in others):
            continue
        if all(_ROW_NUMBER.fullmatch(cell.text.strip()) for cell in others):
            continue  # "B | Chỉ tiêu hướng dẫn" heads some rows and no columns
        if _names_a_row(row[at]) and not any(read_column(0, cell.text).role for cell in others):
            continue  # "Chỉ tiêu giao quân | người", without values
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
    if label and label != first[at].text.strip() and (not is_label(row[at]) or _names_a_row(row[at])):
        return False
    others = [cell for place, cell in enumerate(row) if place != at and cell.text.strip()]
    return bool(others) and all(_is_header_word(cell) for cell in others)


def _is_header_word(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(re.fullmatch(r"20[0-4]\d", text)) or (
        cell.number is None and any(letter.isalpha() or letter == "%" for letter in text)
    )
