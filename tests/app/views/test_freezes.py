"""What differs between two freezes, sentence by sentence: every change told or counted, nobody named."""

from __future__ import annotations

import re

import pytest

from app.ui.freezes import teller_of
from app.views.freezes import MOST, Pair, message, sections
from core.store.freeze_diff import KEYS, TERMS, FreezeDiff, diff, without_withheld
from core.store.freezes import freeze_content
from core.store.unshown import for_public
from tests.app.decks import edited


def told(lang: str):
    """The message and the sentences by part between the two freezes of a ward that was edited in every way."""
    made = edited()
    both = (made.before, made.after)
    found, left_out = without_withheld(
        diff(*(freeze_content(made.store, each.id) for each in both)), for_public(made.store)
    )
    pair = Pair(*(teller_of(made.store, each, lang) for each in both))
    return message(found, *both, lang), sections(found, pair, left_out)


@pytest.fixture(scope="module")
def vietnamese():
    """Every sentence in Vietnamese, and those under them."""
    title, parts = told("vi")
    return title, [each.words for part in parts for each in part.told], parts


@pytest.mark.parametrize(
    "said",
    ["Bản sau có thêm năm 2031",
     "Thu ngân sách nhà nước trên địa bàn (quyết toán) năm 2020: từ 49,086 tỷ đồng thành 49,5 tỷ đồng "
     "(lý do: quyết toán thêm)",
     "Công dân nhập ngũ năm 2031: 77 người, bản trước chưa có",
     "Giấy khen của phường, xã (phường, xã, tập thể) năm 2020: 5 lượt, bản trước chưa có",
     "Thêm Tổ dân phố 99",
     "Ghi chú năm 2020 từ “Giãn cách xã hội tháng 4” thành “Giãn cách xã hội hai tháng”",
     "Không còn ghi chú năm 2019: “Chợ đóng cửa hai tháng”",
     "Câu trên màn hình năm 2020 từ “Cả phường làm được 8 chỉ tiêu.” thành “Nay cả phường làm được 8 chỉ tiêu.”",
     "Tên in của đơn vị: từ “UBND phường Mẫu” thành “Ủy ban phường Mẫu”",
     "Màu trang trình chiếu: từ xanh ngọc thành đỏ",
     "“Tổ dân phố văn hóa” nay gọi là “Khu dân cư văn hóa”"],
)  # fmt: skip
def test_each_change_is_a_sentence(vietnamese, said):
    """Figures with both values, awards, groups, notes, sentences, the name, terms."""
    assert said in vietnamese[1]


def test_the_message_counts_the_figures_and_what_is_withheld_is_only_counted(vietnamese):
    """Its value is in no sentence, nor is anybody's name."""
    title, _, parts = vietnamese
    assert title.endswith(": 3 số khác nhau") and "“Bản thứ hai”" in title
    everything = str(parts)
    assert "38 hộ" not in everything and "ận nghèo" not in everything and "Bà Lan" not in everything
    assert parts[-1].told[0].words.endswith("vì nói về số liệu không trình chiếu")


def test_nothing_a_freeze_holds_is_left_out_of_the_comparison():
    """But its form; and which ward and year it is for is told too."""
    made = edited()
    content = freeze_content(made.store, made.after.id)
    assert set(content) == {*KEYS, "catalogue", "format", "unit", "year", "printed_name", "colour"}
    other = content | {"year": 2021, "unit": ["MAU03", "2025-07-01"]}
    pair = Pair(*(teller_of(made.store, made.after, "vi"),) * 2)
    (part,) = sections(diff(content, other), pair)
    assert [each.words for each in part.told] == [
        "Bản trước chốt cho Phường Mẫu, bản sau cho Phường Mẫu (từ 1/7/2025)",
        "Bản trước chốt cho hội nghị năm 2020, bản sau cho năm 2021",
    ]


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [("figures", {"of_kind": "assessed"}, "vẫn 13/18 tổ, mẫu số từ “không nêu” thành “số được xét”"),
     ("figures", {"value": "12", "of_kind": "total"}, "13/18 tổ thành 12/18 tổ, mẫu số từ “không nêu” thành “tổng số”"),
     ("figures", {"of": None, "of_kind": ""}, "từ 13/18 tổ thành 13 tổ"),
     ("figures", {"flags": "hidden"}, "vẫn 13/18 tổ, dấu hiệu cần lưu ý đã đổi"),
     ("awards", {"decision_date": None}, "2020” thành “không ghi”")],
)  # fmt: skip
def test_what_a_printed_value_does_not_tell_is_said_beside_it(part, change, said):
    """A denominator of another kind, the day of a decision, a mark: no value goes from one thing to the very same."""
    content = freeze_content(edited().store, edited().before.id)
    row = next(row for row in content[part] if row["year"] == 2020 and row.get("member") in (None, "")
               and row.get("indicator", "cultural_groups") == "cultural_groups" and row.get("scenario") != "plan"
               )  # fmt: skip
    other = content | {part: [each if each is not row else row | change for each in content[part]]}
    for lang in ("vi", "en"):
        pair = Pair(*(teller_of(edited().store, edited().before, lang),) * 2)
        (line,) = [each.words for section in sections(diff(content, other), pair) for each in section.told]
        assert lang == "en" or line.endswith(said)
        assert len(set(re.split("từ | thành |from | to ", line.partition(",")[0])[1:])) != 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [("budget_lines.toml", "in_attainment = false", "in_attainment = true", "cách tính hoặc cách đánh giá"),
     ("indicators/culture.toml", "decimals = 1", "near = 90\ndecimals = 1", "cách tính hoặc cách đánh giá"),
     ("measures.toml", 'short = { vi = "tổ"', 'short = { vi = "nhóm"', "tên ngắn từ “tổ” thành “nhóm”")],
)  # fmt: skip
def test_a_term_that_is_judged_or_printed_otherwise_is_told_by_name(file, old, new, said):
    """A threshold, a line that no longer counts towards the plan, what stands behind a number."""
    content = freeze_content(edited().store, edited().before.id)
    texts = content["catalogue"]
    assert old in texts[file]
    other = content | {"catalogue": texts | {file: texts[file].replace(old, new, 1)}}
    pair = Pair(*(teller_of(edited().store, edited().before, "vi"),) * 2)
    (line,) = [each.words for section in sections(diff(content, other), pair) for each in section.told]
    assert line.endswith(said)


def test_it_is_told_in_english_too():
    """The same parts."""
    title, parts = told("en")
    assert title.endswith(": 3 figures differ") and len(parts) == len(told("vi")[1])
    everything = {each.words for part in parts for each in part.told}
    said = "State budget revenue in the ward (final account), 2020: from 49.086 billion VND to 49.5 billion VND"
    assert f"{said} (reason: quyết toán thêm)" in everything


def test_freezes_that_say_the_same_are_alike_and_many_changes_are_folded():
    """A difference of hundreds of figures is one line with all of them under it."""
    made = edited()
    assert "giống hệt nhau" in message(FreezeDiff(), made.before, made.after, "vi")
    content = freeze_content(made.store, made.before.id)
    bare = content | {name: [] for name in KEYS} | {"catalogue": {}, "printed_name": ""}
    pair = Pair(*(teller_of(made.store, made.before, "vi"),) * 2)
    for found in (diff(bare, content), diff(content, bare)):
        rows = sections(found, pair)
        assert all(len(part.told) <= 4 * MOST for part in rows)
        lines = sum(len(each.details) or 1 for part in rows[:2] for each in part.told)
        years = len(found.years_new or found.years_gone) > 0
        assert lines == len(found.figures) + len(found.awards) + years
        assert getattr(found, TERMS)
