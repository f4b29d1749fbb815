"""The Excel form a ward fills in, made from the catalogue: one for each unit and year."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from core.catalogue import Catalogue, Indicator, Unit
from core.catalogue.form import form_rows, surest_results
from core.figures import BASES, MODES, RECIPIENTS, Figure
from core.texts import text
from core.vi.format import format_value
from etl.find.template import COLUMNS, MARK, META, SCENARIOS, VERSION, cell_id

GROUP_ROWS = 80
AWARD_ROWS = 120
MONEY = ("đồng", "nghìn đồng", "triệu đồng", "tỷ đồng")
_WIDTHS = (2, 5, 52, 13, 20, 16, 16, 16, 16, 14, 16)


def _said(name: str, **params: object) -> str:
    return text(f"etl.{name}", "vi", **params)


def template(
    year: int, unit: Unit, catalogue: Catalogue, last_year: Iterable[Figure] = (), groups: Sequence[str] = ()
) -> bytes:
    """An .xlsx form for one unit and year.

    `last_year` are figures of the year before, shown in grey (the best known of each); `groups` the names of the
    residential groups to start with. Only the cells to fill in are unlocked; lists, bounds and messages in Vietnamese
    guard them. A hidden sheet holds version, catalogue digest, unit and year: read back, it gives what was typed.
    """
    bytes_out = io.BytesIO()
    book = xlsxwriter.Workbook(bytes_out, {"in_memory": True})
    book.set_properties({"title": _said("template_title", year=year), "created": datetime(year, 1, 1)})
    _Form(book, year, unit, catalogue, last_year, groups).write()
    book.close()
    return bytes_out.getvalue()


class _Form:
    """Writes the sheets of one form."""

    def __init__(
        self, book, year: int, unit: Unit, catalogue: Catalogue, last_year: Iterable[Figure], groups: Sequence[str]
    ):
        self.book, self.year, self.unit, self.catalogue, self.groups = book, year, unit, catalogue, groups
        self.last_year = surest_results(last_year)
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        grid = {**base, "border": 1, "border_color": "#9AA3AD"}
        self.plain = book.add_format({**base, "text_wrap": False})
        self.title = book.add_format({**base, "bold": True, "font_size": 15})
        self.head = book.add_format({**grid, "bold": True, "bg_color": "#DCE6F0", "text_wrap": True, "align": "center"})
        self.family = book.add_format({**grid, "bold": True, "bg_color": "#F1F4F7"})
        self.fixed = book.add_format({**grid, "text_wrap": True})
        self.grey = book.add_format({**grid, "font_color": "#6B7580", "bg_color": "#F1F4F7", "align": "right"})
        self.closed = book.add_format({**grid, "bg_color": "#E3E7EB"})
        self.word = book.add_format({**grid, "locked": False, "bg_color": "#FFF9E0"})
        self.day = book.add_format({**grid, "locked": False, "bg_color": "#FFF9E0", "num_format": "dd/mm/yyyy"})
        self.written = book.add_format({**grid, "locked": False, "bg_color": "#FFF9E0", "num_format": "@"})
        self.count = book.add_format({**grid, "locked": False, "bg_color": "#FFF9E0", "num_format": "#,##0"})
        self.number = book.add_format({**grid, "locked": False, "bg_color": "#FFF9E0", "num_format": "#,##0.######"})

    def write(self) -> None:
        """All sheets; the first is the one that opens."""
        sheets = [self.book.add_worksheet(_said(f"sheet_{name}")) for name in ("indicators", "groups", "awards")]
        self._write_lists(self.book.add_worksheet("_mau"))
        self._write_indicators(sheets[0])
        self._write_groups(sheets[1])
        self._write_awards(sheets[2])
        for sheet in sheets:
            sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)

    def _write_lists(self, sheet) -> None:
        """The hidden sheet: what the form is for, and the words of the drop-down lists."""
        said = (VERSION, self.catalogue.digest, self.unit.code, self.unit.valid_from.isoformat(), str(self.year))
        sheet.write_string(0, 0, MARK)
        for row, (name, value) in enumerate(zip(META, said, strict=True), start=1):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        self.lists = {}
        words = {
            "honour": [honour.name("vi") for honour in self.catalogue.honours.values()],
            "level": [level["vi"] for level in self.catalogue.levels.values()],
            "group": [_said("group_reached"), _said("group_missed")],
            "recipient": [_said(f"recipient_{id}") for id in RECIPIENTS],
            "mode": [_said(f"mode_{id}") for id in MODES],
            "basis": [_said(f"basis_{id}") for id in BASES],
            "scenario": [_said(f"scenario_{id}") for id in SCENARIOS],
            "grade": ["Nhất", "Nhì", "Ba"],
            "money": list(MONEY),
        }
        for column, (name, values) in enumerate(words.items(), start=3):
            sheet.write_column(0, column, values)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            self.lists[name] = f"=_mau!${letter}$1:${letter}${len(values)}"
        sheet.hide()
        sheet.protect()

    def _heading(self, sheet, hint: str, first: int = 1) -> None:
        sheet.write(0, first, _said("template_title", year=self.year), self.title)
        place = ", ".join(filter(None, (self.unit.name, self.unit.district, self.unit.province)))
        sheet.write(1, first, place, self.plain)
        sheet.write(2, first, _said(hint), self.plain)

    def _list(self, sheet, row: int, column: int, name: str, last: int | None = None) -> None:
        sheet.data_validation(row, column, last or row, column, {
            "validate": "list", "source": self.lists[name],
            "error_title": _said("invalid_title"), "error_message": _said("invalid_list"),
        })  # fmt: skip

    def _bounds(self, sheet, row: int, column: int, indicator: Indicator, last: int | None = None) -> None:
        low, high = indicator.bounds
        whole = indicator.unit not in ("vnd", "percent")
        message = "invalid_percent" if indicator.unit == "percent" else "invalid_count" if whole else "invalid_amount"
        limits = {"criteria": ">=", "value": float(low or 0)}
        if high is not None:
            limits = {"criteria": "between", "minimum": float(low or 0), "maximum": float(high)}
        sheet.data_validation(row, column, last or row, column, {
            "validate": "integer" if whole else "decimal", **limits, "ignore_blank": True,
            "error_title": _said("invalid_title"), "error_message": _said(message),
        })  # fmt: skip

    def _write_indicators(self, sheet) -> None:
        self._heading(sheet, "template_hint")
        header = [_said(f"column_{name}", year=self.year, before=self.year - 1) for name in COLUMNS]
        sheet.write(4, 0, "id")
        for at, words in enumerate(header[1:], start=1):
            sheet.write(4, at, words, self.head)
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width, None, {"hidden": at == 0})
        sheet.freeze_panes(5, 3)
        row, family = 5, ""
        for number, (indicator, member) in enumerate(form_rows(self.catalogue), start=1):
            if indicator.family != family:
                family = indicator.family
                sheet.merge_range(row, 1, row, len(COLUMNS) - 1, self.catalogue.families[family]["vi"], self.family)
                row += 1
            self._write_indicator(sheet, row, number, indicator, member)
            row += 1

    def _write_indicator(self, sheet, row: int, number: int, indicator: Indicator, member: str) -> None:
        at = {name: place for place, name in enumerate(COLUMNS)}
        line = self.catalogue.lines[member] if member else None
        money, share = indicator.unit == "vnd", indicator.unit == "percent"
        name = f"{'   ' if line.parent else ''}– {line.name('vi')}" if line else indicator.name("vi")
        cells = self.number if money or share else self.count
        sheet.write_string(row, at["id"], cell_id(indicator.id, member))
        sheet.write_number(row, at["number"], number, self.fixed)
        sheet.write_string(row, at["indicator"], name, self.fixed)
        sheet.write_string(
            row, at["measure"], "triệu đồng" if money else indicator.unit_name("vi"), self.word if money else self.fixed
        )
        sheet.write_string(row, at["last_year"], self._last(indicator, member), self.grey)
        sheet.write_blank(row, at["plan"], None, cells if indicator.plan_allowed else self.closed)
        sheet.write_blank(row, at["basis"], None, self.word if indicator.plan_allowed else self.closed)
        sheet.write_blank(row, at["scenario"], None, self.word)
        sheet.write_blank(row, at["value"], None, cells)
        has_of = bool(indicator.of_kinds)
        sheet.write_blank(row, at["of"], None, self.count if has_of and not share else self.closed)
        sheet.write_blank(row, at["of_kind"], None, self.word if has_of else self.closed)
        if money:
            self._list(sheet, row, at["measure"], "money")
        if indicator.plan_allowed:
            self._bounds(sheet, row, at["plan"], indicator)
            self._list(sheet, row, at["basis"], "basis")
        self._list(sheet, row, at["scenario"], "scenario")
        self._bounds(sheet, row, at["value"], indicator)
        if has_of:
            kinds = [_said(f"of_kind_{kind}") for kind in indicator.of_kinds]
            sheet.data_validation(row, at["of_kind"], row, at["of_kind"], {
                "validate": "list", "source": kinds,
                "error_title": _said("invalid_title"), "error_message": _said("invalid_list"),
            })  # fmt: skip
            if not share:
                self._bounds(sheet, row, at["of"], indicator)

    def _last(self, indicator: Indicator, member: str) -> str:
        figure = self.last_year.get((indicator.id, member))
        return format_value(figure.value, indicator.unit, "vi", of=figure.of, hedge=figure.hedge) if figure else ""

    def _write_groups(self, sheet) -> None:
        self._heading(sheet, "template_groups_hint", first=0)
        for at, (name, width) in enumerate((("number", 6), ("group", 44), ("group_result", 22))):
            sheet.set_column(at, at, width)
            sheet.write(4, at, _said(f"column_{name}", year=self.year), self.head)
        sheet.freeze_panes(5, 0)
        for number in range(GROUP_ROWS):
            sheet.write_number(5 + number, 0, number + 1, self.fixed)
            known = number < len(self.groups)
            sheet.write_string(5 + number, 1, self.groups[number] if known else "", self.written)
            sheet.write_blank(5 + number, 2, None, self.word)
        self._list(sheet, 5, 2, "group", 4 + GROUP_ROWS)

    def _write_awards(self, sheet) -> None:
        self._heading(sheet, "template_awards_hint", first=0)
        columns = (
            ("number", 6, self.fixed), ("honour", 46, self.word), ("grade", 9, self.word), ("level", 22, self.word),
            ("recipient", 16, self.word), ("count", 11, self.count), ("mode", 16, self.word),
            ("decision_no", 22, self.written), ("decision_date", 16, self.day), ("giver", 30, self.written),
        )  # fmt: skip
        for at, (name, width, _) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write(4, at, _said(f"column_{name}", year=self.year), self.head)
        sheet.freeze_panes(5, 2)
        for number in range(AWARD_ROWS):
            sheet.write_number(5 + number, 0, number + 1, self.fixed)
            for at, (_, _, cells) in enumerate(columns[1:], start=1):
                sheet.write_blank(5 + number, at, None, cells)
        last = 4 + AWARD_ROWS
        for at, (name, _, _) in enumerate(columns):
            if name in self.lists:
                self._list(sheet, 5, at, name, last)
        sheet.data_validation(5, 5, last, 5, {
            "validate": "integer", "criteria": ">=", "value": 1,
            "error_title": _said("invalid_title"), "error_message": _said("invalid_count"),
        })  # fmt: skip
        sheet.data_validation(5, 8, last, 8, {
            "validate": "date", "criteria": "between",
            "minimum": datetime(self.year - 1, 1, 1), "maximum": datetime(self.year + 1, 12, 31),
            "error_title": _said("invalid_title"), "error_message": _said("invalid_day"),
        })  # fmt: skip
