"""Award registers in tables: honour, level, recipient, number, decision and its date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.catalogue import Catalogue, Honour
from core.errors import Fault
from core.figures import Award, Origin
from core.vi.text import fold, spelling_key
from etl.document import Cell, Table
from etl.find.columns import YEAR, find_header, flatten
from etl.find.found import Found
from etl.find.headings import read_heading
from etl.find.labels import plain_label
from etl.find.values import is_nothing, place_in

RULE = "table.awards"
LEVELS = (  # as spelling_key gives them; the first that fits names the level
    (
        "party_union",
        r"đảng ủy|đảng bộ|đảng uỷ|mặt trận|mttq|đoàn thể|công đoàn|đoàn thanh niên|hội phụ nữ|đảng, đoàn thể",
    ),
    ("central", r"thủ tướng|chính phủ|chủ tịch nước|nhà nước|trung ương"),
    ("district", r"quận|huyện|thị xã"),
    ("ministry", r"\bbộ\b|ban ngành"),
    ("province", r"\btỉnh\b|thành phố|\btp\b"),
    ("ward", r"phường|xã|thị trấn"),
)
RECIPIENTS = (  # "ho" alone or before a word of its own: Hồ is a surname too
    ("household", r"^(?:cac |so )?ho$|ho (?:gia dinh|dan|ngheo)|gia dinh"),
    ("collective", r"tap the|don vi|to chuc"),
    ("individual", r"ca nhan|nguoi"),
)
_ONLY_RECIPIENT = re.compile(
    r"(?:cac |so )?(?:ho(?: gia dinh| dan| ngheo)?|gia dinh|tap the|don vi|to chuc|ca nhan|nguoi)"
)
_MODES = (("ad_hoc", r"dot xuat"), ("campaign", r"chuyen de"), ("regular", r"thuong xuyen"))
_GRADE = re.compile(r"\bhạng\s+(nhất|nhì|ba)\b")
_LEVEL_WORDS = re.compile(
    r"\b(?:cua|chu tich|thu tuong|chinh phu|ubnd|uy ban nhan dan|phuong|quan|huyen|thi xa|tinh|thanh pho|bo|ban nganh"
    r"|so|nganh"
    r"|dang uy|mat tran|doan the|cap|tp|mttq|hang|nhat|nhi|ba)\b"
)
_COLUMNS = (
    ("honour", r"danh hieu|hinh thuc khen|hinh thuc(?! (?:to chuc|hop))|^honour"),
    ("grade", r"^hang\b|^class"),
    ("level", r"^cap\b|cap (?:khen|quyet dinh|tang|cong nhan)|co quan khen|^level"),
    ("recipient", r"doi tuong|loai hinh|^recipient"),
    ("mode", r"phuong thuc|loai khen|^mode"),
    ("decision_no", r"so (?:quyet dinh|qd|van ban)|quyet dinh so|^qd|^quyet dinh|^decision_no"),
    ("decision_date", r"ngay|^decision_date"),
    ("giver", r"nguoi ky|noi cap|co quan ban hanh|^giver"),
    ("collective", r"^(?:so )?tap the$|^so luong tap the|^so (?:luong )?tap the"),
    ("individual", r"^(?:so )?ca nhan$|^so luong ca nhan"),
    ("household", r"^(?:so )?(?:ho|ho gia dinh|gia dinh)$|^so luong ho"),
    ("count", r"so luong|tong so|^so luot|^sl\b|^count|^so khen"),
    ("year", r"^nam\b|^year"),
)  # fmt: skip
_QUOTED = (
    "honour", "grade", "level", "mode", "decision_no", "decision_date", "collective", "individual", "household",
    "count", "year",
)  # fmt: skip
# who decided is an office; a signature alone is a person's name and is not kept
_OFFICE = re.compile(
    r"chủ tịch|chủ nhiệm|bí thư|trưởng|giám đốc|thủ tướng|chính phủ|nhà nước|ubnd|ủy ban|hđnd|hội đồng|đảng ủy"
    r"|đảng bộ|mttq|mặt trận|công đoàn|liên đoàn|đoàn thanh niên|hội (?:liên hiệp|phụ nữ|nông dân|cựu chiến binh)"
    r"|\b(?:quận|huyện|thành phố|tỉnh|phường|xã|thị trấn|sở|cục)\b"
)
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](20\d\d)|(20\d\d)-(\d\d)-(\d\d)")


def find_honour(words: str, catalogue: Catalogue, level: str = "") -> tuple[Honour | None, str, str]:
    """The honour, class and level some words name; the honour is None where they fit none or several.

    "Giấy khen" of the ward level is the ward's certificate, "Bằng khen" of the province level the province's.
    """
    spelled = spelling_key(words)
    graded = _GRADE.search(spelled)
    grade = graded.group(1).capitalize() if graded else ""
    level = level or level_in(spelled)
    plain = plain_label(words)
    for honour in catalogue.honours.values():
        if plain in (plain_label(honour.names["vi"]), fold(honour.id)) or fold(words).strip() == fold(
            honour.names["en"]
        ):
            return honour, grade, level or _only(honour.levels)
    core = _core(plain)
    fitting = [row for row in catalogue.honours.values() if _core(plain_label(row.names["vi"])) == core]
    if len(fitting) > 1 and level:
        fitting = [row for row in fitting if level in row.levels]
    if len(fitting) != 1:
        return None, grade, level
    return fitting[0], grade, level if level in fitting[0].levels else level or _only(fitting[0].levels)


def _only(levels: Sequence[str]) -> str:
    return levels[0] if len(levels) == 1 else ""


def _core(plain: str) -> frozenset[str]:
    return frozenset(_LEVEL_WORDS.sub(" ", plain).split())


def level_in(words: str) -> str:
    """The level some words name, "" where they name none."""
    spelled = spelling_key(words)
    return next((level for level, pattern in LEVELS if re.search(pattern, spelled)), "")


def _recipient(words: str) -> str:
    said = fold(words).strip()
    if said in ("collective", "individual", "household"):
        return said
    return next((id for id, pattern in RECIPIENTS if re.search(rf"\b(?:{pattern})\b", said)), "")


def read_day(cell: Cell) -> date | None:
    """A date cell: a stored date, or dd/mm/yyyy as Vietnam writes it."""
    if cell.moment is not None:
        return cell.moment
    found = _DATE.search(cell.text)
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    day, month, year = parts if found.group(1) else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def emulation_year(day: date) -> int:
    """The emulation year of a day: 1 December to 30 November."""
    return day.year + (day.month == 12)


def _is_label(cell: Cell) -> bool:
    words = " ".join(fold(cell.text).split())
    return len(words) < 60 and bool(
        re.search(r"^danh hieu|^hinh thuc khen|^ten danh hieu|^honour$|danh hieu.*hinh thuc", words)
    )


def find_awards(table: Table, catalogue: Catalogue, year: int | None, own: bool = False) -> Found:
    """The rows of an award register in a table; empty where the table is none.

    Numbers stand in one column with the recipient beside them, or in a column each for collectives, individuals and
    households. People's names are neither read nor quoted. A row whose honour, level or recipient is open is a fault
    that names it.
    """
    header = find_header(table, is_label=_is_label)
    if not header:
        return Found()
    top, bottom, _ = header
    columns = _columns(flatten(table, top, bottom))
    if "honour" not in columns or not {"count", "collective", "individual", "household"} & set(columns):
        return Found()
    heading = read_heading(table.before, table.rows[:top])
    found = Found(unit_name=heading.unit_name, year=heading.year)
    for row in table.rows[bottom:]:
        words = row[columns["honour"]].text.strip()
        if words and not re.match(r"(?:tong|cong)\b", fold(words)):
            _read_row(table, row, columns, catalogue, heading.year or year, found)
            _check_day(table, row, columns, own, found)
    return found


def _check_day(table: Table, row: Sequence[Cell], columns: Mapping[str, int], own: bool, found: Found) -> None:
    cell = row[columns["decision_date"]] if "decision_date" in columns else None
    if cell is None or is_nothing(cell) or read_day(cell) is not None:
        return
    if own or _DATE.search(cell.text):
        found.faults.append(Fault("etl.not_a_day", place_in(table, cell.ref), {"text": cell.text}))


def _columns(headers: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, header in enumerate(headers):
        words = " ".join(fold(header).split())
        for role, pattern in _COLUMNS:
            if role not in columns and re.search(pattern, words):
                columns[role] = at
                break
    return columns


def _read_row(
    table: Table, row: Sequence[Cell], columns: Mapping[str, int], catalogue: Catalogue, year: int | None, found: Found
) -> None:
    def said(role: str) -> str:
        return row[columns[role]].text.strip() if role in columns else ""

    place = place_in(table, row[columns["honour"]].ref)
    counts = _counts(row, columns, said("recipient"))
    if not counts:
        return
    stated = said("level")
    honour, grade, level = find_honour(
        said("honour"), catalogue, stated if stated in catalogue.levels else level_in(stated)
    )
    if honour is None:
        found.faults.append(Fault("etl.honour_unknown", place, {"text": said("honour")}))
        return
    day = read_day(row[columns["decision_date"]]) if "decision_date" in columns else None
    stated_year = YEAR.search(said("year"))
    of_year = int(stated_year.group()) if stated_year else year or (emulation_year(day) if day else None)
    level = level or _granted(honour, day or (date(of_year, 11, 30) if of_year else None))
    for name, known in (("year", of_year), ("level", level)):
        if not known:
            found.faults.append(Fault(f"etl.award_{name}_missing", place, {"text": said("honour")}))
    if of_year is None or not level:
        return
    giver = said("giver") if _OFFICE.search(spelling_key(said("giver"))) else ""
    quote = _quote(row, columns, giver)
    for recipient, cell in counts:
        recipient = recipient or _only(honour.recipients)
        if not recipient:
            found.faults.append(Fault("etl.award_recipient_missing", place, {"text": said("honour")}))
        elif (count := _count(cell)) is None:
            found.faults.append(Fault("etl.award_count", place_in(table, cell.ref), {"text": cell.text}))
        elif count:
            found.awards.append(
                Award(
                    of_year, honour.id, level, recipient, count,
                    grade=said("grade").capitalize() or grade, giver=giver, mode=_mode(said("mode")),
                    decision_no=said("decision_no"), decision_date=day, origin=Origin(place, RULE), quote=quote,
                )
            )  # fmt: skip


def _quote(row: Sequence[Cell], columns: Mapping[str, int], giver: str) -> str:
    """The cells that were read, as they stood: rows are kept for good, so that no other column may stand in them."""
    read = {columns[role] for role in _QUOTED if role in columns}
    if "recipient" in columns and _ONLY_RECIPIENT.fullmatch(fold(row[columns["recipient"]].text).strip()):
        read.add(columns["recipient"])
    if giver:
        read.add(columns["giver"])
    said = (row[place].text.strip() for place in sorted(read))
    return " | ".join(dict.fromkeys(filter(None, said)))


def _counts(row: Sequence[Cell], columns: Mapping[str, int], recipient: str) -> list[tuple[str, Cell]]:
    each = [(role, row[columns[role]]) for role in ("collective", "individual", "household") if role in columns]
    if not each:
        each = [(_recipient(recipient), row[columns["count"]])]
    return [(role, cell) for role, cell in each if not is_nothing(cell)]


def _count(cell: Cell) -> int | None:
    if cell.formula_without_value:
        return None
    if cell.number is not None:
        return int(cell.number) if cell.number % 1 == 0 and cell.number >= 0 else None
    digits = cell.text.strip()
    return int(digits) if digits.isdigit() else None


def _granted(honour: Honour, day: date | None) -> str:
    """The one level that could give an honour on a day, "" where several could or the day is open."""
    if day is None:
        return ""
    open_then = [
        row["level"] for row in honour.grantors if row["from"] <= day and (row.get("to") is None or day <= row["to"])
    ]
    return _only(open_then)


def _mode(words: str) -> str:
    said = fold(words)
    return next((mode for mode, pattern in _MODES if mode == said or re.search(pattern, said)), "regular")


def merged(awards: Sequence[Award]) -> list[Award]:
    """Rows of one register with the same key, added up: a decision may list one honour on several rows."""
    by_key: dict[tuple, Award] = {}
    for award in awards:
        known = by_key.get(award.key)
        by_key[award.key] = replace(known, count=known.count + award.count) if known else award
    return list(by_key.values())
