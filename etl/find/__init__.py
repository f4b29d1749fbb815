"""From a document to candidate figures: our template, tidy tables, official forms, free tables, prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from core.catalogue import Catalogue
from core.errors import Fault
from core.figures import Question, UnitKey
from core.store.profiles import FormProfile
from core.vi.text import fold
from etl.document import Block, Document, Table
from etl.find.awards import find_awards
from etl.find.forms import find_forms
from etl.find.found import Found, GroupName
from etl.find.groups import find_groups
from etl.find.headings import part_in_titles, read_heading
from etl.find.labels import Labels, labels_of
from etl.find.laid_out import laid_out
from etl.find.long import find_tidy
from etl.find.mapped import find_mapped, unknown_part
from etl.find.prose import find_prose
from etl.find.regions import regions
from etl.find.tables import find_wide
from etl.find.template import find_template
from etl.find.turned import turned
from etl.find.unit_names import is_known, known_units, names_ward
from etl.find.values import is_figure
from etl.marks.mark import SHEET

__all__ = ["Found", "GroupName", "find"]

_TEXTS_ABOVE = 12
_POOR_RATE = "poor_household_rate"
_BOTH_SINCE = 2022
_BOTH_KINDS = re.compile(r"\bty le ngheo da chieu\b")
_LAYOUT_ROWS = 8
_SHEETS = ("xlsx", "xls", "ods")  # each sheet stands alone
Finder = Callable[[Table], Found]


def find(
    document: Document,
    catalogue: Catalogue,
    *,
    unit: UnitKey | None = None,
    year: int | None = None,
    profiles: Sequence[FormProfile] = (),
) -> Found:
    """Every figure, award and residential group a document holds, with what must be asked and what cannot be read.

    `unit` and `year` are what the person who brought the file says of it; they win over what the file says of itself,
    but a year in a table's own title or header stays. Our own template is read as a whole and nothing else is looked
    for in it; otherwise each table is offered to one reader after another until one knows it, and the running text
    goes to the prose reader.
    """
    document = _without_list_of_marks(document)
    template = find_template(document, catalogue)
    if template is not None:
        template.faults += _contradicted(template, catalogue, unit, year)
        return _said(template, unit, year)
    above = read_heading(block.text for block in document.blocks[:_TEXTS_ABOVE])
    prose = _find_prose(document, catalogue, year)
    tables = _tables_in_context(document)
    told = _year_of_titles(tables) if prose.is_empty else None  # a form is of its title's year, not of its signature's
    found = Found(unit_name=prose.unit_name or above.unit_name, year=told or prose.year or above.year)
    found.published = prose.published or above.published
    labels, period = labels_of(catalogue).explained(profiles), part_in_titles(above.words) or "year"
    for table in tables:
        found.take(_find_in_table(table, catalogue, labels, year or found.year, period, profiles))
    found.take(prose)
    _ask_of_both_kinds(found)
    if not unit and (not found.unit_name or (names_ward(found.unit_name) and not is_known(found.unit_name, catalogue))):
        found.unit_name = _most_named(document, catalogue) or found.unit_name
    if unit and (named := catalogue.find_units(found.unit_name)) and unit not in [row.key for row in named]:
        params = {"said": found.unit_name, "wanted": catalogue.unit(unit).name}
        found.notices.append(Fault("etl.other_unit", params=params))
    return _said(found, unit, year)


def _ask_of_both_kinds(found: Found) -> None:
    """Ask whether a rate of multidimensional poverty is that of the poor households alone.

    Since 2022 it counts poor and near-poor households together (Thông tư 07/2021/TT-BLĐTBXH); many reports go on
    calling the share of the poor so. "Tỷ lệ hộ nghèo đa chiều" names the households and is theirs.
    """
    doubtful = [
        each for each in found.figures
        if each.indicator == _POOR_RATE and each.year >= _BOTH_SINCE and _BOTH_KINDS.search(fold(each.quote))
    ]  # fmt: skip
    found.figures = [each for each in found.figures if each not in doubtful]
    found.questions += [
        Question("etl.question_both_poor", {"quote": each.quote}, (each,), each.origin, each.quote) for each in doubtful
    ]


def _without_list_of_marks(document: Document) -> Document:
    """The document without the sheet that this program added when it handed the workbook back marked."""
    ours = [part for part in document.tables if part.rows[0][0].text == SHEET]
    return replace(document, parts=tuple(part for part in document.parts if part not in ours)) if ours else document


def _contradicted(template: Found, catalogue: Catalogue, unit: UnitKey | None, year: int | None) -> list[Fault]:
    """What the person says of a form that was made for another unit or year: one of the two is a mistake."""
    pairs = []
    if unit and template.unit and unit != template.unit:
        pairs.append((template.unit_name or template.unit.code, catalogue.unit(unit).name))
    if year and template.year and year != template.year:
        pairs.append((template.year, year))
    return [Fault("etl.template_other", params={"made": made, "wanted": wanted}) for made, wanted in pairs]


def _most_named(document: Document, catalogue: Catalogue) -> str:
    """The unit a report's texts and the first rows of its tables name most, "" where they name none."""
    texts = [block.text for block in document.blocks]
    for table in document.tables:
        texts += table.before
        for row in table.rows[:_LAYOUT_ROWS]:
            texts += dict.fromkeys(cell.text for cell in row)
    named = known_units(" | ".join(texts), catalogue).most_common(1)  # "Chi ngân sách phường | 15" is no ward's name
    return named[0][0] if named else ""


def _said(found: Found, unit: UnitKey | None, year: int | None) -> Found:
    found.unit = unit or found.unit
    found.year = year or found.year
    return found


def _find_in_table(
    table: Table, catalogue: Catalogue, labels: Labels, year: int | None, period: str,
    profiles: Sequence[FormProfile],
) -> Found:  # fmt: skip
    finders: tuple[Finder, ...] = (
        lambda table: find_mapped(table, profiles, catalogue, labels, year),
        lambda table: find_tidy(table, catalogue, labels, year),
        lambda table: find_forms(table, catalogue, labels, year),
        lambda table: find_awards(table, catalogue, year),
        lambda table: find_groups(table, year),
        lambda table: find_wide(turned(table, labels) or table, catalogue, labels, year, period),
    )
    heading = read_heading(table.before, table.rows[:_LAYOUT_ROWS])
    for finder in finders:
        found = finder(table)
        if not found.is_empty or found.notices:
            found.unit_name = found.unit_name or heading.unit_name
            found.published = found.published or heading.published
            return found
    found = Found(unit_name=heading.unit_name, published=heading.published)
    unknown = unknown_part(table)
    if unknown is not None:
        found.unknown.append(unknown)
        found.notices.append(Fault("etl.unknown_table", table.place))
    return found


def _tables_in_context(document: Document) -> list[Table]:
    """The tables, each with the texts since the last one; a small table without figures is a heading laid out.

    A table that follows another without a word between them stands under the same texts: one form in two tables.
    """
    tables, above, texts = [], [], []
    for part in document.parts:
        if isinstance(part, Block):
            above.append(part.text)
            continue
        texts = above[-_TEXTS_ABOVE:] or ([] if document.kind in _SHEETS else texts)
        before = tuple(dict.fromkeys((*texts, *(text for text in part.before if text not in texts))))
        tables.append(replace(part, before=before))
        small = len(part.rows) <= _LAYOUT_ROWS and not any(is_figure(cell) for row in part.rows for cell in row)
        above = above[-_TEXTS_ABOVE:] + [cell.text for row in part.rows for cell in row if cell.text] if small else []
    return tables


def _year_of_titles(tables: Sequence[Table]) -> int | None:
    """The one year that the titles above a document's tables name, None where they name several or none."""
    years = {region.heading.year for table in tables for region in regions(table)} - {None}
    return years.pop() if len(years) == 1 else None


def _find_prose(document: Document, catalogue: Catalogue, year: int | None) -> Found:
    """The prose reader's findings; where it took words for a unit that is none, of the unit most named."""

    def settled(name: str) -> str:
        unknown = names_ward(name) and not is_known(name, catalogue)
        return (_most_named(document, catalogue) if unknown else "") or name

    rows = laid_out(document.blocks)
    known = {id(row) for row in rows}
    blocks = [block for block in document.blocks if id(block) not in known]
    prose = find_prose(blocks, catalogue, year=year, settle_unit=settled)
    count = sum(max(1, sum("\t" in line for line in row.text.splitlines())) for row in rows)
    left_aside = [Fault("etl.laid_out", rows[0].place, {"count": count})] if count > 1 else []
    return Found(
        unit_name=prose.unit_name, year=prose.year, published=prose.published,
        figures=list(prose.figures), questions=list(prose.questions), notices=left_aside,
    )  # fmt: skip
