"""The Excel form a ward fills in, made from the catalogue: one for each unit and year."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from core.catalogue import Catalogue, Indicator, Unit
from core.catalogue.form import form_rows, surest_results
from core.figures import BASES, MODES, RECIPIENTS, Figure, UnitKey
from core.lineage import lineage
from core.store import Store, residential_groups, tidy
from core.store.shortfalls import Shortfall, list_shortfalls
from core.texts import text
from core.vi.days import format_day
from core.vi.format import format_value
from core.vi.numbers import round_half_up
from etl.find.template import COLUMNS, MARK, META, SCENARIOS, VERSION, cell_id
from etl.guards import amiss, guard

GROUP_ROWS = 80
AWARD_ROWS = 120
MONEY = ("đồng", "nghìn đồng", "triệu đồng", "tỷ đồng")
_WIDTHS = {
    "id": 2, "number": 5, "indicator": 46, "measure": 13, "last_year": 18, "basis": 17, "plan": 14, "document": 26,
    "document_date": 13, "scenario": 15, "value": 14, "of": 11, "of_kind": 14, "amiss": 27, "promise": 44,
}  # fmt: skip
_LINE = 16  # points of one line of words
_FIRST = 5  # the first row below the headings


def figures_of_year(store: Store, unit: UnitKey, year: int) -> list[Figure]:
    """The approved, reported figures of a unit's year."""
    frame = tidy(store, "tidy_indicators", unit=unit, years=[year])
    return [tidy_figure(row, unit) for row in frame[frame["method"] == "reported"].itertuples()]


def tidy_figure(row, unit: UnitKey, decimals: int | None = None) -> Figure:
    """A row of a tidy table as a figure; `decimals` rounds, without it every stored digit stays."""
    value = Decimal(repr(row.value))
    return Figure(
        row.indicator, row.year, value if decimals is None else round_half_up(value, decimals), unit, row.member,
        row.period, row.scenario, row.basis, of=None if row.of != row.of else Decimal(repr(row.of)), hedge=row.hedge,
    )  # fmt: skip


def _said(name: str, **params: object) -> str:
    return text(f"etl.{name}", "vi", **params)


def form_of(store: Store, unit: UnitKey, year: int, catalogue: Catalogue) -> bytes:
    """The form of a unit's year with what the store knows of the year before: approved figures, groups, promises.

    Promises are those of the ward over all its boundaries: a merger releases nobody.
    """
    groups = [str(name) for name in residential_groups(store, unit)["name"]]
    promises = list_shortfalls(store, lineage(catalogue, unit), [year - 1])
    return template(year, catalogue.unit(unit), catalogue, figures_of_year(store, unit, year - 1), groups, promises)


def template(
    year: int, unit: Unit, catalogue: Catalogue, last_year: Iterable[Figure] = (), groups: Sequence[str] = (),
    promises: Iterable[Shortfall] = (),
) -> bytes:
    """An .xlsx form for one unit and year.

    `last_year` are figures of the year before, shown in grey (the surest of each); `groups` the names of the
    residential groups to start with; `promises` what was promised for the plans missed then, in grey too. Only the
    cells to fill in are unlocked; lists, formulas (etl.guards) and messages in Vietnamese guard them. A hidden sheet
    holds version, catalogue digest, unit and year: read back, it gives what was typed.
    """
    bytes_out = io.BytesIO()
    book = xlsxwriter.Workbook(bytes_out, {"in_memory": True})
    book.set_properties({"title": _said("template_title", year=year), "created": datetime(year, 1, 1)})
    form = _Form(book, year, unit, catalogue, last_year, groups)
    form.promises = {each.indicator: _promise(each) for each in promises}
    form.write()
    book.close()
    return bytes_out.getvalue()


def _promise(said: Shortfall) -> str:
    due = "" if said.due is None else format_day(said.due)
    return _said("template_promise", remedy=said.remedy, person=said.person, due=due)


class _Form:
    """Writes the sheets of one form."""

    def __init__(
        self, book, year: int, unit: Unit, catalogue: Catalogue, last_year: Iterable[Figure], groups: Sequence[str]
    ):
        self.book, self.year, self.unit, self.catalogue, self.groups = book, year, unit, catalogue, groups
        self.last_year = surest_results(last_year)
        self.promises: Mapping[str, str] = {}
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        grid = {**base, "border": 1, "border_color": "#9AA3AD"}
        self.plain = book.add_format({**base, "text_wrap": False})
        self.title = book.add_format({**base, "bold": True, "font_size": 15})
        self.head = book.add_format({**grid, "bold": True, "bg_color": "#DCE6F0", "text_wrap": True, "align": "center"})
        self.family = book.add_format({**grid, "bold": True, "bg_color": "#F1F4F7"})
        self.fixed = book.add_format({**grid, "text_wrap": True})
        shaded = {**grid, "font_color": "#6B7580", "bg_color": "#F1F4F7"}
        self.grey = book.add_format({**shaded, "align": "right"})
        self.promise = book.add_format({**shaded, "text_wrap": True, "font_size": 11})
        self.amiss = book.add_format({**grid, "font_color": "#C00000", "bold": True, "text_wrap": True})
        self.wrong = book.add_format({"bg_color": "#FBD5D5"})
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

    def _write_indicators(self, sheet) -> None:
        self._heading(sheet, "template_hint")
        header = [_said(f"column_{name}", year=self.year, before=self.year - 1) for name in COLUMNS]
        sheet.write(4, 0, "id")
        for at, words in enumerate(header[1:], start=1):
            sheet.write(4, at, words, self.head)
        for at, name in enumerate(COLUMNS):
            hidden = name == "id" or (name == "promise" and not self.promises)
            sheet.set_column(at, at, _WIDTHS[name], None, {"hidden": hidden})
        sheet.freeze_panes(_FIRST, 3)
        row, family = _FIRST, ""
        for number, (indicator, member) in enumerate(form_rows(self.catalogue), start=1):
            if indicator.family != family:
                family = indicator.family
                sheet.merge_range(row, 1, row, len(COLUMNS) - 1, self.catalogue.families[family]["vi"], self.family)
                row += 1
            self._write_indicator(sheet, row, number, indicator, member)
            row += 1
        self._show_wrong(sheet, row - 1)

    def _show_wrong(self, sheet, last: int) -> None:
        """Colour what was pasted past the guards: a plan without its basis, a part larger than its whole."""
        for condition, columns in (('AND({plan}<>"",{basis}="")', ("basis",)),
                                   ('AND({amiss}="' + _said("amiss_part") + '")', ("value", "of"))):  # fmt: skip
            cells = {name: f"${letter(name)}{_FIRST + 1}" for name in ("plan", "basis", "amiss")}
            for name in columns:
                at = COLUMNS.index(name)
                rule = {"type": "formula", "criteria": f"={condition.format(**cells)}", "format": self.wrong}
                sheet.conditional_format(_FIRST, at, last, at, rule)

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
        planned, has_of = indicator.plan_allowed, bool(indicator.of_kinds)
        open_cells = {
            "basis": self.word if planned else None, "plan": cells if planned else None,
            "document": self.written if planned else None, "document_date": self.day if planned else None,
            "scenario": self.word, "value": cells, "of": self.count if has_of and not share else None,
            "of_kind": self.word if has_of else None,
        }  # fmt: skip
        for column, look in open_cells.items():
            sheet.write_blank(row, at[column], None, look or self.closed)
        promised = "" if member else self.promises.get(indicator.id, "")
        sheet.write_string(row, at["promise"], promised, self.promise)
        if promised:
            sheet.set_row(row, _LINE * (len(promised) // _WIDTHS["promise"] + 1))
        here = {column: f"${letter(column)}${row + 1}" for column, look in open_cells.items() if look}
        self._guard(sheet, row, indicator, {**here, "measure": f"${letter('measure')}${row + 1}"})

    def _guard(self, sheet, row: int, indicator: Indicator, cells: Mapping[str, str]) -> None:
        """The drop-down lists of a row, what may be typed into it, and what it says is amiss."""
        at = {name: place for place, name in enumerate(COLUMNS)}
        lists = {"measure": "money" if indicator.unit == "vnd" else "", "basis": "basis", "scenario": "scenario"}
        for column, name in lists.items():
            if name and column in cells:
                self._list(sheet, row, at[column], name)
        if "of_kind" in cells:
            kinds = [_said(f"of_kind_{kind}") for kind in indicator.of_kinds]
            sheet.data_validation(row, at["of_kind"], row, at["of_kind"], {
                "validate": "list", "source": kinds,
                "error_title": _said("invalid_title"), "error_message": _said("invalid_list"),
            })  # fmt: skip
        for column in ("plan", "value", "of"):
            if column in cells:
                rule = guard(column, indicator, cells, self.catalogue)
                # "Ignore blank" would let everything pass while a cell the formula names is empty.
                sheet.data_validation(row, at[column], row, at[column], {
                    "validate": "custom", "value": rule.formula, "ignore_blank": False,
                    "error_title": _said("invalid_title"), "error_message": rule.message,
                })  # fmt: skip
        if "document_date" in cells:
            self._day(sheet, row, at["document_date"], "invalid_document_day", self.year - 5)
        groups = f"'{_said('sheet_groups')}'!$C${_FIRST + 1}:$C${_FIRST + GROUP_ROWS}"
        counted = groups if indicator.id == "cultural_groups" else ""
        sheet.write_formula(row, at["amiss"], amiss(indicator, cells, self.catalogue, counted), self.amiss, "")

    def _day(self, sheet, row: int, column: int, message: str, first: int, last: int | None = None) -> None:
        sheet.data_validation(row, column, last or row, column, {
            "validate": "date", "criteria": "between",
            "minimum": datetime(first, 1, 1), "maximum": datetime(self.year + 1, 12, 31),
            "error_title": _said("invalid_title"), "error_message": _said(message),
        })  # fmt: skip

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
        self._day(sheet, 5, 8, "invalid_day", self.year - 1, last)


def letter(column: str) -> str:
    """The letters of a column of the first sheet."""
    return xlsxwriter.utility.xl_col_to_name(COLUMNS.index(column))
