"""What was done, in sentences: each change told once, with both values, who, why and from which file."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from app.views.history import Teller, history_days, message, net_table, told_of
from core.catalogue import load_catalogue
from core.figures import Ref
from core.sentences import Said, bind
from core.store import Group, Note, add_note, store_batch, undo, withdraw_note
from core.store.review import approve_submitted, give_back, unlock
from core.store.shortfalls import Shortfall, withdraw_shortfall, write_shortfall
from core.store.timeline import Deed, timeline
from core.store.unshown import Unshown, mark_unshown, withdraw_unshown
from core.store.wordings import Slot, withdraw_wording, wording_of, write_wording
from tests.core.store.examples import WARD, add_account, award, figure, plan, report
from tests.core.store.test_timeline import OTHER, do

REVENUE = "thu ngân sách nhà nước trên địa bàn"


def teller(lang: str = "vi") -> Teller:
    """Words for Khương Thượng; of people the full name of one is known."""
    names = {"lan": "Nguyễn Lan"}
    return Teller(load_catalogue(), WARD, {"TDP01": "Tổ 1"}, lambda who: names.get(who, who), lang)


def said(store, lang: str = "vi", **asked) -> list[str]:
    """Every sentence about the ward, oldest first."""
    return [told.words for deed in timeline(store, [WARD], **asked) for told in told_of(deed, teller(lang))]


def last(store, lang: str = "vi", **asked) -> str:
    """The newest sentence."""
    return said(store, lang, **asked)[-1]


@pytest.fixture
def begun(sqlite_store):
    """A file with one figure, stored by Nguyễn Lan before anybody had to approve."""
    paper = report(name="bao-cao-2020.docx")
    store_batch(sqlite_store, figures=[figure(value="48600000000")], report=paper, who="lan")
    return sqlite_store


def test_a_correction_says_both_values_the_reason_and_the_file(begun):
    """And while it waits for approval it says that too."""
    quote = report("quyết toán", name="quyet-toan.docx")
    add_account(begun)
    unlock(begun, WARD, 2020, "chủ tịch", "có quyết toán")
    assert last(begun) == "Mở khóa năm 2020 (lý do: có quyết toán)"
    store_batch(begun, figures=[figure(value="49090000000", reason="theo quyết toán")], report=quote, who="lan")
    assert last(begun) == (
        f"Sửa {REVENUE} năm 2020 từ 48,6 tỷ đồng thành 49,09 tỷ đồng "
        "(lý do: theo quyết toán; báo cáo quyet-toan.docx; chờ duyệt)"
    )
    assert last(begun, "en").startswith(
        "Changed state budget revenue in the ward, 2020 from 48.6 billion VND to 49.09 billion VND (reason: "
    )
    give_back(begun, WARD, 2020, "chủ tịch", "thiếu căn cứ")
    assert last(begun) == "Trả lại năm 2020 để sửa (lý do: thiếu căn cứ)"


def test_the_reason_of_the_whole_load_stands_where_the_figure_has_none(begun):
    """Typed by hand it names no file."""
    store_batch(begun, figures=[figure(value="49000000000")], report=None, who="lan", note="sửa theo công văn")
    assert last(begun) == f"Sửa {REVENUE} năm 2020 từ 48,6 tỷ đồng thành 49 tỷ đồng (lý do: sửa theo công văn)"


def test_new_figures_are_counted_and_each_is_named_below(begun):
    """One alone is told in the sentence itself, with what kind of figure it is."""
    assert said(begun) == [f"Nhập mới {REVENUE} năm 2020: 48,6 tỷ đồng (báo cáo bao-cao-2020.docx)"]
    figures = [plan(value="48000000000"), figure("cultural_groups", "13", of="18", year=2019)]
    store_batch(begun, figures=figures, awards=[award(count=3)], report=None, who="lan")
    (told,) = told_of(timeline(begun, [WARD])[-1], teller())
    assert told.words == "Nhập mới 3 số của năm 2019–2020"
    assert told.details == (
        f"{REVENUE} (kế hoạch, cấp trên giao) năm 2020: 48 tỷ đồng", "tổ dân phố văn hóa năm 2019: 13/18 tổ",
        "giấy khen của phường, xã (phường, xã, tập thể) năm 2020: 3 lượt",
    )  # fmt: skip


def test_an_undoing_says_what_every_figure_came_back_to_and_what_is_gone(begun):
    """And the undoing of it says what it brought back."""
    figures = [figure(value="49000000000"), figure("conscripts", "21")]
    store_batch(begun, figures=figures, report=None, who="lan")
    undo(begun, 2, "an", "nhầm phường")
    (told,) = told_of(timeline(begun, [WARD])[-1], teller())
    assert told.words == "Hoàn tác lần nạp 2 (lý do: nhầm phường)"
    assert told.details == (
        "bỏ công dân nhập ngũ năm 2020 (đang là 21 người)", f"{REVENUE} năm 2020 từ 49 tỷ đồng thành 48,6 tỷ đồng"
    )  # fmt: skip
    undo(begun, 3, "lan")
    (told,) = told_of(timeline(begun, [WARD])[-1], teller())
    assert told.words == "Lấy lại lần nạp 2 đã hoàn tác"
    assert told.details == (
        "công dân nhập ngũ năm 2020: 21 người", f"{REVENUE} năm 2020 từ 48,6 tỷ đồng thành 49 tỷ đồng"
    )  # fmt: skip


def test_an_approval_says_what_it_lets_everybody_see(begun):
    """To whoever reads approved values: the approver's deed changed them."""
    add_account(begun)
    unlock(begun, WARD, 2020, "chủ tịch", "có quyết toán")
    store_batch(begun, figures=[figure(value="49090000000")], report=None, who="lan")
    approve_submitted(begun, WARD, 2020, "chủ tịch")
    (told,) = told_of(timeline(begun, [WARD], approved=True)[-1], teller())
    assert told.words == "Duyệt năm 2020"
    assert told.details == (f"{REVENUE} năm 2020 từ 48,6 tỷ đồng thành 49,09 tỷ đồng",)
    assert last(begun) == "Duyệt năm 2020"


def test_a_change_that_prints_alike_says_that_only_the_writing_changed(begun):
    """Such as a figure that is no longer said to be about that much of something else."""
    store_batch(begun, figures=[figure(value="48600000000", flags=("scope_unstated",))], report=None, who="lan")
    assert last(begun) == f"Sửa {REVENUE} năm 2020: giá trị vẫn là 48,6 tỷ đồng, cách ghi khác"


def test_groups_and_a_file_without_news_are_told(begun):
    """Each deed has a sentence, also one that changed no figure."""
    groups = [Group(f"TDP0{number}", WARD, f"Tổ {number}", "to_dan_pho") for number in (1, 2)]
    store_batch(begun, figures=[], groups=groups, report=None, who="lan", note="danh sách mới")
    assert last(begun) == "Ghi danh sách 2 tổ dân phố, thôn (lý do: danh sách mới)"
    again = report("cùng số", name="lan-hai.docx")
    store_batch(begun, figures=[figure(value="48600000000")], groups=groups, report=again, who="lan")
    # the file names no new group either: it belongs to no ward's past
    assert len(said(begun)) == 2


def test_a_figure_of_a_ward_that_went_into_this_one_names_its_ward(begun):
    """The history of a ward holds those it was made of."""
    store_batch(begun, figures=[figure(value="1000000000", unit=OTHER)], report=None, who="lan")
    (deed,) = timeline(begun, [OTHER])
    (told,) = told_of(deed, teller())
    place = load_catalogue().unit(OTHER).name
    assert told.words == f"Nhập mới {REVENUE} năm 2020, {place}: 1 tỷ đồng"


def test_what_people_write_is_told_with_what_it_was_before(begun):
    """Notes, sentences, reasons of a missed plan, marks: written, changed, taken back."""
    first = add_note(begun, Note(WARD, 2020, "chợ đóng cửa"), "lan")
    second = add_note(begun, Note(WARD, 2020, "chợ đóng hai tháng", replaces=first), "lan")
    withdraw_note(begun, second, "lan")
    mark = mark_unshown(begun, Unshown(WARD, 2020, "conscripts", "chưa công bố"), "lan")
    withdraw_unshown(begun, mark, "lan")
    assert said(begun)[-5:] == [
        "Ghi chú cho năm 2020: “chợ đóng cửa”",
        "Sửa ghi chú năm 2020 từ “chợ đóng cửa” thành “chợ đóng hai tháng”",
        "Rút ghi chú năm 2020: “chợ đóng hai tháng”",
        "Đánh dấu không trình chiếu công dân nhập ngũ năm 2020 (lý do: chưa công bố)",
        "Cho trình chiếu lại công dân nhập ngũ năm 2020 (trước đó: chưa công bố)",
    ]


def test_a_sentence_is_told_with_its_numbers_in_their_places(begun):
    """Not with the places they are kept in."""
    slot = Slot("overview", WARD, 2020, "vi")
    ref = Ref(WARD, 2020, "budget_revenue")
    sentence = "Thu đạt 48,6 tỷ đồng, vượt xa năm trước"
    bound, numbers = bind(sentence, [Said("48,6 tỷ đồng", (ref,), "48600000000")], "vi")
    write_wording(begun, slot, bound, numbers, "lan", generated="Thu 48,6 tỷ đồng", replaces=None)
    withdraw_wording(begun, wording_of(begun, slot), "lan")
    assert said(begun)[-2:] == [
        f"Viết lại câu trên màn hình năm 2020: “{sentence}”",
        f"Dùng lại câu do máy viết, năm 2020; bỏ câu “{sentence}”",
    ]


def test_reasons_of_a_missed_plan_are_told_and_kept_from_others_until_approved(begun):
    """Cause, remedy, person and day."""
    store_batch(begun, figures=[plan(value="50000000000")], report=None, who="lan")
    add_account(begun)
    unlock(begun, WARD, 2020, "chủ tịch", "ghi nguyên nhân")
    promise = Shortfall(WARD, 2020, "budget_revenue", "chợ đóng", "mở lại chợ", "Ban quản lý chợ", date(2021, 6, 30))
    number = write_shortfall(begun, promise, "lan")
    withdraw_shortfall(begun, number, "lan")
    words = f"{REVENUE} năm 2020 chưa đạt: chợ đóng; khắc phục: mở lại chợ; phụ trách: Ban quản lý chợ, hạn 30/6/2021"
    assert said(begun)[-2:] == [f"Ghi nguyên nhân {words}", f"Rút nguyên nhân {words}"]
    assert not any("nguyên nhân thu" in each for each in said(begun, approved=True))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_change_is_told_by_one_sentence_and_named_in_it_or_below(sqlite_store, seed, lang):
    """Whatever was done; no place of a text stays open."""
    dice = random.Random(seed)
    kinds = [("store", 3, "lan"), ("undo", 1, "an"), ("approve", 2020, "chủ tịch"), ("unlock", 2020, "chủ tịch")]
    do(sqlite_store, ("store", 3, "lan"))
    for _ in range(12):
        what, number, who = dice.choice([*kinds, ("account", 0, "")])
        do(sqlite_store, (what, dice.randint(1, 4) if what in ("store", "undo") else number, who))
    for approved in (False, True):
        for deed in timeline(sqlite_store, [WARD], approved=approved):
            sentences = told_of(deed, teller(lang))
            assert sentences
            told = Counter(id(change) for each in sentences for change in each.changes)
            assert told == Counter(id(change) for change in deed.changes)
            for each in sentences:
                assert each.words[0].isupper() and "{" not in each.words + "".join(each.details)
                assert len(each.details) == len(each.changes) or (len(each.changes) == 1 and not each.details)


def test_days_are_those_of_viet_nam_the_latest_first_and_people_have_full_names(begun):
    """A deed late in the evening in London is the next day's in Ha Noi."""
    evening = datetime(2026, 11, 11, 18, 30, tzinfo=UTC)
    morning = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
    deeds = [Deed("approved", "an", morning, WARD, 2020), Deed("unlocked", "lan", evening, WARD, 2020, reason="sửa"),
             Deed("approved", "an", evening, WARD, 2020)]  # fmt: skip
    days = history_days(deeds, teller())
    assert [(day.title, [(each.at, each.words) for each in day.told]) for day in days] == [
        ("Ngày 12/11/2026, Nguyễn Lan", [("01:30", "Mở khóa năm 2020 (lý do: sửa)")]),
        ("Ngày 12/11/2026, an", [("01:30", "Duyệt năm 2020")]),
        ("Ngày 11/11/2026, an", [("09:00", "Duyệt năm 2020")]),
    ]


def test_the_table_of_differences_has_both_values_and_the_last_hand(begun):
    """What came and went between the two days is not in it."""
    since = datetime.now(UTC)
    store_batch(begun, figures=[figure(value="49000000000"), figure("conscripts", "21")], report=None, who="an")
    store_batch(begun, figures=[figure(value="49090000000", reason="quyết toán")], report=None, who="lan")
    undo(begun, 2, "an", "nhầm")
    deeds = timeline(begun, [WARD], since)
    days = date(2026, 10, 1), date(2026, 11, 1)
    table = net_table(deeds, *days, "Phường Khương Thượng", teller())
    assert table.header[:3] == ("Số liệu", "Ngày 1/10/2026", "Ngày 1/11/2026")
    ((name, old, new, who, _, why, file),) = table.rows
    assert (name, old, new) == (f"Thu{REVENUE[3:]} năm 2020", "48,6 tỷ đồng", "49,09 tỷ đồng")
    assert (who, why, file) == ("Nguyễn Lan", "quyết toán", "–")
    assert message(deeds, *days, "Phường A", "vi")[0] == "Từ 1/10/2026 đến 1/11/2026: 1 số khác đi"
    assert message((), *days, "Phường A", "en")[0] == "1/10/2026 to 1/11/2026: no figure differs"
