"""What stands behind a number: the number found in its sentence, the sums, the rows, and what waits for approval."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.origin import approval_words, marked, origin
from core.behind import indicators_behind, rows_behind, units_behind
from core.catalogue import load_catalogue
from core.figures import Origin, Ref, UnitKey
from core.store import reports, store_batch, tidy, undo
from core.store.review import approve_submitted, give_back, reviews, unlock
from core.store.timeline import timeline
from core.vi.numbers import format_number
from core.yearbook import Yearbook
from tests.core.store.examples import WARD, add_account, award, figure, plan, report


@pytest.mark.parametrize(
    ("quote", "value", "number"),
    [
        ("không có số nào", "3", ""),
        ("đạt 102% kế hoạch", "101", ""),
        ("", "1", ""),
        ("Thực hiện năm 2020: 49.086", "49086000000", "49.086"),
        ("thu 49,09 tỷ đồng năm 2020", "49090000000", "49,09"),
        ("13/18 tổ dân phố", "13", "13"),
        ("SO SÁNH (%): 100.9", "100.9", "100.9"),
        ("năm 13 có 13 tổ", "13", "13"),
    ],
)
def test_the_number_is_found_in_its_sentence_or_nothing_is_marked(quote, value, number):
    """By both habits of writing it, in đồng, nghìn, triệu or tỷ; of two alike the last."""
    before, found, after = marked(quote, Decimal(value))
    assert (found, before + found + after) == (number, quote)
    assert before == (quote[: quote.rindex(number)] if number else quote)


def test_a_value_that_is_no_number_marks_nothing():
    """The sentence stays whole."""
    assert marked("có 3 tổ", None) == ("có 3 tổ", "", "")


@given(number=st.integers(0, 10**7), places=st.integers(0, 2), before=st.sampled_from(["thu ", "năm 2020: ", "("]))
def test_a_printed_number_is_always_found_again(number, places, before):
    """Whatever the formatter prints is recognised in a sentence."""
    value = Decimal(number).scaleb(-places)
    printed = format_number(value, places, "vi")
    assert marked(f"{before}{printed} tỷ đồng", value)[1] == printed


@pytest.fixture
def filled(store):
    """A value with its plan and sentence, two awards of one level and one of another, and a correction not approved."""
    taken = report(title="Báo cáo 2020", url="https://example.invalid/bc")
    figures = [
        figure(value="49090", quote="thu 49.090 đồng", origin=Origin("trang 2", "prose.name")),
        plan(value="48600"),
        figure("budget_revenue_attainment", "101", basis="assigned"),
        figure("cultural_groups", "13", of="18"),
    ]
    given_awards = [award(), award("gk_huyen", 2, level="district"), award("gk_phuong", 9, recipient="individual")]
    store_batch(store, figures=figures, awards=given_awards, report=taken, who="an")
    add_account(store)
    unlock(store, WARD, 2020, "chủ tịch", "sửa sau quyết toán")
    store_batch(store, figures=[figure(value="49100")], report=None, who="bình")
    return store


def seen(store, ref: Ref, lang: str = "vi"):
    """The origin of a reference, asked for as the screen does."""
    catalogue = load_catalogue()
    frame = tidy(store, "tidy_indicators", unit=ref.unit, years=[ref.year], period=None)
    return origin(
        ref, rows_behind(store, catalogue, ref), rows_behind(store, catalogue, ref, approved=False),
        Yearbook(catalogue, [ref.unit], frame, years=(ref.year, ref.year)), pd.DataFrame(), reports(store),
        timeline(store, [ref.unit], years=[ref.year], indicators=indicators_behind(catalogue, ref)),
        reviews(store, ref.unit), lang,
    )  # fmt: skip


def test_behind_a_value_stand_its_plan_its_attainment_and_the_sum(filled):
    """The value's own sentence with the number marked; what is newer and not approved is there and says so."""
    found = seen(filled, Ref(WARD, 2020, "budget_revenue"))
    assert found.title == "Thu ngân sách nhà nước trên địa bàn – Phường Khương Thượng, năm 2020"
    assert len(found.sums) == 1 and "101,0" in found.sums[0] and "48" in found.sums[0]
    assert [(row.entry.kind, row.approved) for row in found.rows] == [
        ("Thực hiện", True), ("Kế hoạch, cấp trên giao", True), ("Thực hiện, cấp trên giao", True),
        ("Thực hiện", False),
    ]  # fmt: skip
    first = found.rows[0]
    assert first.quote == ("thu ", "49.090", " đồng")
    assert (first.entry.report, first.entry.place) == ("Báo cáo 2020", "trang 2")
    assert "an" in first.entry.stored and first.entry.link == "https://example.invalid/bc"


def test_a_reference_to_a_plan_leads_to_that_plan_alone(filled):
    """Scenario and basis leave out the rest."""
    found = rows_behind(filled, load_catalogue(), Ref(WARD, 2020, "budget_revenue", scenario="plan", basis="assigned"))
    assert found["value"].tolist() == [48600]
    nothing = Ref(WARD, 2020, "budget_revenue", scenario="plan", basis="council")
    assert rows_behind(filled, load_catalogue(), nothing).empty


def test_a_share_shows_its_count_and_its_base(filled):
    """The rate is a quotient of two stored numbers."""
    found = seen(filled, Ref(WARD, 2020, "cultural_groups_rate"))
    assert [row.entry.value for row in found.rows] == ["13/18 tổ"]
    assert any(said.startswith("13") and "72,2" in said for said in found.sums)


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({"level": "central"}, []),
        ({"level": "ward", "recipient": "collective"}, [3]),
        ({"recipient": "collective"}, [3, 2]),
        ({"honour": "gk_phuong"}, [3, 9]),
    ],
)
def test_behind_a_count_of_awards_stand_its_rows_of_the_register(filled, asked, counts):
    """Narrowed by level, recipient and honour as far as they are asked for."""
    found = rows_behind(filled, load_catalogue(), Ref(WARD, 2020, **asked))
    assert sorted(found["value"]) == sorted(counts)


def test_a_year_before_a_ward_existed_leads_to_those_it_was_made_of():
    """Today's ward has no rows of 2020; the wards that went into it have."""
    catalogue = load_catalogue()
    (new, *_) = [row.new for row in catalogue.places.successors(WARD)]
    assert WARD in units_behind(catalogue, Ref(new, 2020))
    assert units_behind(catalogue, Ref(WARD, 2020)) == (WARD,)


def test_each_indicator_of_the_catalogue_stands_behind_itself():
    """And its share or attainment points to what it is worked out from."""
    catalogue, unit = load_catalogue(), UnitKey("MAU01", WARD.valid_from)
    for name, row in catalogue.indicators.items():
        behind = indicators_behind(catalogue, Ref(unit, 2020, name))
        assert behind[0] == name and {row.attainment_of, row.rate_of} - {""} <= set(behind)


def test_each_row_says_why_and_by_whose_approval_it_stands(filled):
    """What nobody approved says where its year stands, with the reason it was returned for."""
    give_back(filled, WARD, 2020, "chủ tịch", "thiếu căn cứ")
    found = seen(filled, Ref(WARD, 2020, "budget_revenue"))
    assert found.rows[0].approval == "đã duyệt tự động, khi chưa có tài khoản"
    assert found.rows[-1].approval.startswith("trả lại để sửa: chủ tịch, ")
    assert found.rows[-1].approval.endswith(". Lý do: thiếu căn cứ")
    corrected = figure(value="49200", reason="theo quyết toán")
    store_batch(filled, figures=[corrected], report=None, who="bình", note="sửa cả lô")
    approve_submitted(filled, WARD, 2020, "chủ tịch")
    row = seen(filled, Ref(WARD, 2020, "budget_revenue", scenario="actual")).rows[0]
    assert row.why == "theo quyết toán" and row.approval.startswith("đã duyệt: chủ tịch, ")
    store_batch_without_reason = seen(filled, Ref(WARD, 2020, "cultural_groups")).rows[0]
    assert store_batch_without_reason.why == ""


def test_every_value_a_figure_had_stands_behind_it_with_how_it_ended(filled):
    """The newest first; a value that was taken back says so with its reason; other figures have none."""
    undo(filled, 2, "bình", "nhầm phường")
    store_batch(filled, figures=[figure(value="49300")], report=None, who="bình", note="theo công văn")
    found = seen(filled, Ref(WARD, 2020, "budget_revenue"))
    approved, waiting = found.rows[0], found.rows[-1]
    assert waiting.entry.value == "49,3 nghìn đồng" and waiting.why == "theo công văn" and waiting.former == ()
    (former,) = approved.former
    assert (former.entry.value, former.entry.report) == ("49,1 nghìn đồng", "nhập tay")
    assert former.ended.startswith("đã hoàn tác lúc ") and former.ended.endswith("người làm: bình. Lý do: nhầm phường")
    approve_submitted(filled, WARD, 2020, "chủ tịch")
    first, *others = seen(filled, Ref(WARD, 2020, "budget_revenue")).rows
    assert [each.entry.value for each in first.former] == ["49,1 nghìn đồng", "49,09 nghìn đồng"]
    assert first.former[1].ended.startswith("đã thay bằng số khác lúc ")
    assert all(row.former == () for row in others)


def test_two_decisions_on_one_honour_have_each_a_past_of_their_own(store):
    """The number of the decision tells them apart, although both rows print alike."""
    one, two = (award(count=count, decision_no=number) for count, number in ((1, "1/QĐ"), (2, "2/QĐ")))
    store_batch(store, figures=[], awards=[one, two], report=None, who="an")
    store_batch(store, figures=[], awards=[award(count=5, decision_no="2/QĐ")], report=None, who="an")
    rows = seen(store, Ref(WARD, 2020, level="ward", recipient="collective")).rows
    assert sorted((row.entry.value, [each.entry.value for each in row.former]) for row in rows) == [
        ("1 lượt", []), ("5 lượt", ["2 lượt"])
    ]  # fmt: skip


def test_a_year_without_steps_is_approved_or_not_and_no_more_is_said():
    """No name is made up."""
    assert approval_words(pd.DataFrame(), 2020, "vi", approved=True) == "đã duyệt"
    assert approval_words(pd.DataFrame(), 2020, "en", approved=False) == "not yet approved"
