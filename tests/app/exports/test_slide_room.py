"""Whatever a ward and a presenter write, nothing overlaps on a slide, leaves it or is set too small for the hall."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from fpdf import FPDF
from pptx import Presentation
from pptx.util import Inches, Length, Pt

from app.exports.slides import deck_pptx
from app.story.deck import Slide
from app.views.view import Table
from tests.app.decks import CONFERENCES, deck, pptx

LONG = "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng và trước hạn tại bộ phận một cửa của phường"
NAN = float("nan")
TOUCH = Inches(0.03)  # edges may meet


@cache
def base():
    """The conference whose slides the hostile ones are made of."""
    return deck("full", "vi")


def slide(like, **changes):
    """The first slide of a kind with some of its view changed."""
    found = next(each for each in base().slides if each.view and each.view.kind == like)
    detail = found.view.detail | changes.pop("detail", {})
    return replace(found, view=replace(found.view, detail=detail, **changes))


def bullets(count):
    """A bullet list of `count` indicators with long names, every state among them, some beyond their plan."""
    states = ("missed", "near", "reached", "exceeded", "no_data")
    rows = [{"name": LONG, "bar": NAN if number % 5 == 4 else 40.0 * (number % 5), "near": 95.0, "score": 0.0,
             "printed": "1.234.567 tỷ đồng (12/12)", "gap_words": "thấp hơn 12,34 điểm % so với kế hoạch giao",
             "state": states[number % 5], "words": "kế hoạch bằng 0"} for number in range(count)]  # fmt: skip
    return slide("bullets", frame=pd.DataFrame(rows))


def groups(count, form, name="Tổ dân phố khu tập thể Nhà máy Cơ khí số {number}"):
    """A waffle of `count` groups."""
    states = ("reached", "missed", "unassessed")
    rows = [{"place": number, "name": "" if form == "unnamed" else name.format(number=number + 1),
             "note": "✓ mới đạt lại sau 12 năm", "state": states[number % 3]} for number in range(count)]  # fmt: skip
    detail = {"form": form, "of": count, "reached": count // 3, "words": "" if form == "named" else f"{LONG} · {LONG}"}
    return slide("waffle", frame=pd.DataFrame(rows), detail=detail)


def course(count, **columns):
    """A line over `count` years with the breaks and columns that are asked for."""
    rows = [{"place": place, "run": 1, "split": False, "label": str(2011 + place), "value": 50.0 + 7 * (place % 3),
             "plan": 52.0, "printed": "1.234,5% (12/12)", "plan_printed": "52%", "state": "missed", "estimate": False}
            | {name: values[place] for name, values in columns.items()} for place in range(count)]  # fmt: skip
    detail = {"slots": [str(2011 + place) for place in range(count)], "chosen": count - 1, "breaks": [], "missing": {},
              "low": 0.0, "high": 60.0}  # fmt: skip
    return slide("line", frame=pd.DataFrame(rows), detail=detail)


def columns(count, **changed):
    """Plan and result over `count` years."""
    rows = [{"place": place, "label": str(2011 + place), "plan": 1000.0, "actual": 1.0 + 400 * place, "gap": 0.0,
             "foot": f"{1 + 400 * place}", "attained": "1.234,5%", "gap_words": "−1", "state": "missed",
             "estimate": False, "split": False, "words": ""} | changed for place in range(count)]  # fmt: skip
    detail = {"slots": [f"{2011 + place}<br>nửa<br>cuối" for place in range(count)], "chosen": count - 1, "breaks": []}
    return slide("plan_actual", frame=pd.DataFrame(rows), detail=detail)


def ladder(levels, years, count):
    """A ladder of awards."""
    rows = [{"row": row, "slot": year, "count": count * (row + 1) or NAN, "state": "given" if count else "none",
             "printed": str(count * (row + 1))} for row in range(levels) for year in range(years)]  # fmt: skip
    detail = {"slots": tuple(str(2011 + year) for year in range(years)), "chosen": 0, "total_head": "Tổng số lượt",
              "totals": ["12.345"] * years,
              "levels": tuple((LONG[: 10 + 9 * row], min(row, 4)) for row in range(levels)),
              "scale_counts": tuple((float(count * (row + 1)),) * years for row in range(levels))}  # fmt: skip
    return slide("ladder", frame=pd.DataFrame(rows), detail=detail)


def table(rows, wide):
    """A view that no drawing knows, as its table."""
    cells = tuple(tuple(f"{LONG[:30]} {row}" for _ in range(wide)) for row in range(rows))
    return slide("bars", kind="slope", table=Table("bảng", tuple(LONG[:40] for _ in range(wide)), cells))


MERGED = {"breaks": [(2, "Sáp nhập 1/7/2025:<br>không so với trước"), (4.5, "Từ 2022 dùng chuẩn nghèo<br>mới")]}
HOSTILE = {
    "12 indicators": lambda: bullets(12),
    "25 indicators": lambda: bullets(25),
    "one indicator": lambda: bullets(1),
    "24 named groups": lambda: groups(24, "named"),
    "30 groups": lambda: groups(30, "unnamed"),
    "60 groups": lambda: groups(60, "numbered", "{number}"),
    "200 groups": lambda: groups(200, "share"),
    "one year": lambda: course(1),
    "one year without a plan": lambda: course(1, plan=[NAN]),
    "two years": lambda: course(2),
    "ten years": lambda: course(10),
    "years with breaks": lambda: replace_detail(course(7, run=[1, 1, 2, 2, 2, 3, 3]), **MERGED),
    "estimates and gaps": lambda: replace_detail(
        course(5, value=[50, NAN, 50, 51, 50], estimate=[True] * 5), missing={1: "chưa có<br>số liệu"}
    ),
    "plans and results": lambda: columns(5),
    "results without a plan": lambda: columns(5, plan=NAN, attained="", state="no_plan"),
    "nothing but noughts": lambda: columns(3, plan=0.0, actual=0.0, foot="0"),
    "one column": lambda: columns(1),
    "years in halves": lambda: replace_detail(columns(7), **MERGED),
    "estimates": lambda: columns(5, estimate=True),
    "missing years": lambda: columns(5, plan=NAN, actual=NAN, attained="", state="no_data", words="chưa có<br>số liệu"),
    "many parts": lambda: slide("bars", frame=pd.DataFrame(
        [{"label": LONG, "value": 1.0 + part, "tone": ("plan", "estimate", "spending", "")[part % 4],
          "printed": "1.234 (12,3%)"} for part in range(9)])),
    "many awards": lambda: ladder(6, 6, 900),
    "no award": lambda: ladder(4, 5, 0),
    "one award": lambda: ladder(1, 1, 1),
    "a long table": lambda: table(40, 3),
    "a wide table": lambda: table(3, 14),
    "many points": lambda: Slide("x", LONG, "", points=tuple(f"{LONG} {number}" for number in range(40))),
    "a long point": lambda: Slide("x", LONG, LONG, points=(LONG * 20,), source=LONG),
    "short points": lambda: Slide("x", "Tiêu đề", points=tuple(map(str, range(30))), source="a"),
    "a title alone": lambda: Slide("x", "Phần hai"),
    "a long word": lambda: Slide("x", "á" * 160, "á" * 300, points=("á" * 500,)),
}  # fmt: skip


def replace_detail(found, **detail):
    """A slide with more in its view's detail."""
    return replace(found, view=replace(found.view, detail=found.view.detail | detail))


def wordy(found):
    """A slide as a presenter may fill it: the longest title, sentence, source and remarks that are stored."""
    title, sentence = (LONG * 4)[:160], (LONG * 5)[:400]
    return replace(found, title=title, sentence=sentence, source=LONG, remarks=(LONG,))


@cache
def pages(name):
    """The pages of a hostile slide, plain and as a wordy presenter has it, in the deck of a ward with a long name."""
    found = HOSTILE[name]()
    made = replace(base(), ward=LONG[:90], name=LONG[:80], slides=(found, wordy(found)))
    return Presentation(io.BytesIO(deck_pptx(made)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_slide_keeps_its_room(name):
    """Inside the page, over nothing else, every word in its box in letters for the hall."""
    for number, page in enumerate(pages(name).slides, start=1):
        assert faults(pages(name), page) == [], f"page {number}"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", CONFERENCES)
def test_a_conference_keeps_its_room(name, lang):
    """The same of every slide of the wards the program ships."""
    file = Presentation(io.BytesIO(pptx(name, lang)))
    for number, page in enumerate(file.slides, start=1):
        assert faults(file, page) == [], f"page {number}"


def test_names_of_one_beginning_are_told_apart_by_their_ends():
    """A square too small for a long name keeps its number."""
    said = [shape.text_frame.text for shape in leaves(pages("24 named groups").slides[1].shapes)
            if shape.has_text_frame and "…" in shape.text_frame.text and not shape.is_placeholder]  # fmt: skip
    assert len(said) == len(set(said)) == 24 and all(words.split()[-1].isdigit() for words in said)


def test_the_check_finds_what_it_looks_for():
    """Words beside the page, over others, over a chart, longer than their box."""
    file = Presentation(io.BytesIO(pptx("full", "vi")))
    page = next(page for page in file.slides if any(shape.has_chart for shape in page.shapes))
    for words, left, top, wide in (("ngoài", 13, 2, 1), ("trên biểu đồ", 5, 4, 2), (LONG * 3, 0.6, 0.2, 2)):
        box = page.shapes.add_textbox(*map(Inches, (left, top, wide, 0.3)))
        box.text_frame.text = words
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(18)
    found = faults(file, page)
    assert len(found) >= 4 and "ngoài leaves the page" in found


def faults(file, page) -> list[str]:
    """What is wrong with where things stand on a page, in words."""
    shapes = [shape for shape in leaves(page.shapes) if shape.width]
    boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in shapes]
    wide, high = file.slide_width, file.slide_height
    found = [f"{label(shape)} leaves the page" for shape, (left, top, right, bottom) in zip(shapes, boxes, strict=True)
             if min(left, top) < 0 or right > wide or bottom > high]  # fmt: skip
    said = [shape.has_text_frame and bool(shape.text_frame.text.strip()) for shape in shapes]
    found += [f"{label(shape)} is longer than its box" for shape, words in zip(shapes, said, strict=True)
              if words and not fits(shape)]  # fmt: skip
    solid = [(shape, box) for shape, words, box in zip(shapes, said, boxes, strict=True)
             if words or shape.has_chart or shape.has_table]  # fmt: skip
    found += [f"{label(one)} stands over {label(other)}" for place, (one, box) in enumerate(solid)
              for other, second in solid[place + 1 :] if meet(box, second)]  # fmt: skip
    for shape in shapes:
        if shape.has_table:
            found += [f"{cell.text} is longer than its cell" for cell in overfull(shape)]
    return found


def leaves(shapes):
    """Shapes and those inside groups, without the groups."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from leaves(shape.shapes)
        else:
            yield shape


def label(shape) -> str:
    return (shape.text_frame.text if shape.has_text_frame else shape.name)[:40]


def meet(one, other) -> bool:
    """Whether two boxes (left, top, right, bottom) share more than an edge."""
    return all(one[side] + TOUCH < other[side + 2] and other[side] + TOUCH < one[side + 2] for side in (0, 1))


def fits(shape) -> bool:
    """Whether the words of a shape, set in Arial, take no more lines than its height has."""
    high = 0.0
    for paragraph in shape.text_frame.paragraphs:
        run = next(iter(paragraph.runs), None)
        size, bold = looks(shape, run)
        indent = Inches(0.375) if bulleted(shape) else 0
        high += broken(paragraph.text, Length(shape.width - indent).pt, size, bold) * size * 1.2
        high += 8 if bulleted(shape) else 0
    return high <= Length(shape.height).pt + 3


def looks(shape, run) -> tuple[float, bool]:
    """The size and weight of a run, its layout's where it has none of its own."""
    size, bold = (run.font.size, run.font.bold) if run is not None else (None, None)
    if shape.is_placeholder and (size is None or bold is None):
        index = shape.placeholder_format.idx
        layout = next(each for each in shape.part.slide_layout.placeholders if each.placeholder_format.idx == index)
        usual = layout._element.xpath(".//a:lvl1pPr/a:defRPr")[0]
        size = size or Pt(int(usual.get("sz")) / 100)
        bold = usual.get("b") == "1" if bold is None else bold
    return Length(size).pt, bool(bold)


def bulleted(shape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.idx in (2, 4)


@cache
def width_of(words: str, size: float, bold: bool) -> float:
    """Points of words in the metrics of Arial, whose letters with marks are as wide as those without."""
    bare = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(each if ord(each) < 256 else "M" for each in bare if not unicodedata.combining(each))
    measure.set_font("helvetica", "B" if bold else "", size)
    return measure.get_string_width(letters)


measure = FPDF(unit="pt")


def broken(words: str, wide: float, size: float, bold: bool) -> int:
    """Lines of words in a box, broken at spaces and inside a word that is longer than a line."""
    lines, line = 1, ""
    for word in words.split(" "):
        longer = f"{line} {word}".strip()
        if width_of(longer, size, bold) <= wide:
            line = longer
            continue
        lines += bool(line) + int(width_of(word, size, bold) // wide)
        line = word if width_of(word, size, bold) <= wide else ""
    return lines


def overfull(shape) -> list:
    """The cells of a table whose words take more than their row has."""
    cells = [(cell, column.width, row.height) for row in shape.table.rows
             for column, cell in zip(shape.table.columns, row.cells, strict=True)]  # fmt: skip
    return [cell for cell, wide, high in cells
            if broken(cell.text, Length(wide - Inches(0.2)).pt, 18, True) * 21.6 > Length(high).pt + 3]  # fmt: skip


def test_a_year_alone_stands_in_the_middle_of_its_slide():
    """Its one column stood in the left quarter of an empty slide."""
    page = Presentation(io.BytesIO(deck_pptx(replace(base(), slides=(columns(1),))))).slides[1]
    chart = next(shape for shape in page.shapes if shape.has_chart)
    middle = chart.left + chart.width / 2
    assert abs(middle - Inches(13.33) / 2) < Inches(0.05) and chart.width < Inches(4)
