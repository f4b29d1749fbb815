"""The sheet of the award register on the entry screen: rows typed one by one, stored rows corrected, names apart."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.store import award_register, batches, open_store, verify
from core.store.drafts import draft_of
from core.store.newest import newest_awards
from core.store.people import names_of, purge_names
from tests.bundled import own_copy
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
YEAR, EMPTY = 2020, 2025  # a year with a register, and one without
NAME = "Lò Văn Pịa"


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


def screen(database, year=EMPTY, role="local", lang="vi") -> AppTest:
    """The sheet of a year as somebody with a role sees it."""
    app = AppTest.from_function(draw_screen, args=("entry", database, WARD, year, lang, "reported", role))
    app.run(timeout=60)
    return app.radio(key="entry-sheet").set_value("awards").run(timeout=60)


def field(app: AppTest, name: str):
    """A field of the form by its name."""
    kinds = (app.selectbox, app.number_input, app.text_input, app.text_area, app.date_input)
    (found,) = (each for kind in kinds for each in kind if "-form-" in each.key and each.key.endswith(f"-{name}"))
    return found


def element(app: AppTest, kind: str, end: str):
    """A widget outside the form by the end of its key."""
    (found,) = (each for each in getattr(app, kind) if each.key.endswith(end))
    return found


def typed(app: AppTest, **fields) -> AppTest:
    """Fill fields in; the honour first, because it decides what the others offer."""
    for name, value in fields.items():
        field(app, name).set_value(value)
        app.run(timeout=60)
    return app


def add(app: AppTest) -> AppTest:
    return element(app, "button", "-add").click().run(timeout=60)


def words(app: AppTest) -> str:
    """Everything printed."""
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def store_it(app: AppTest, reason: str = "") -> AppTest:
    """Sign, give a reason where one is asked for, press the button."""
    app.text_input(key="writer-asked").input("Lan")
    if reason:
        app.text_input(key="entry-reason").input(reason)
    app.run(timeout=60)
    return app.button(key="entry-store").click().run(timeout=60)


def rows(database, year=EMPTY) -> list[tuple]:
    """The newest register of a year."""
    with open_store(database) as store:
        known = newest_awards(store, [WARD], [year])
    return [(row.honour, row.level, row.recipient, row.count, row.decision_no, row.decision_date) for row in known]


def names(database, year=EMPTY) -> list[str]:
    with open_store(database) as store:
        return names_of(store, WARD, [year], approved=False)["name"].tolist()


def test_a_row_without_what_it_needs_is_refused_with_every_reason(database):
    """And so is none at all; nothing goes into the sheet."""
    app = add(screen(database))
    assert "Chưa chọn danh hiệu" in app.error[0].value
    app = add(typed(app, honour="hc_lao_dong"))
    assert [each.value.split(" chưa rõ ")[-1].split(".")[0] for each in app.error[:2]] == ["đối tượng", "hạng"]
    assert "chưa có số lượt" in app.error[2].value
    assert "Dòng mới, chưa lưu" not in words(app)


def test_a_row_that_is_being_typed_keeps_the_button_closed(database):
    """Else storing would throw it away; clearing the fields opens it."""
    app = add(typed(screen(database), honour="gk_phuong", recipient="collective", count=3))
    app = typed(app, honour="ldtt")
    app.text_input(key="writer-asked").input("Lan").run(timeout=60)
    assert "òng đang gõ chưa nằm trong sổ" in words(app)
    assert app.button(key="entry-store").disabled
    app = element(app, "button", "-clear").click().run(timeout=60)
    assert not app.button(key="entry-store").disabled
    assert field(app, "honour").value is None


def test_the_same_row_twice_is_refused(database):
    """The second would replace the number of the first."""
    app = add(typed(screen(database), honour="gk_phuong", recipient="collective", count=3))
    app = add(typed(app, honour="gk_phuong", recipient="collective", count=5))
    assert "đã có dòng giống hệt, với 3 lượt" in app.error[0].value


def test_an_honour_offers_only_levels_recipients_and_classes_it_has(database):
    """One that only one level gives has it filled in."""
    app = typed(screen(database), honour="gk_phuong")
    assert field(app, "level").value == "ward"
    assert [each.key for each in app.selectbox if each.key.endswith("-grade")] == []
    app = typed(app, honour="hc_lao_dong")
    assert field(app, "level").value == "central"
    assert field(app, "grade").options == ["Nhất", "Nhì", "Ba"]


def test_rows_of_one_decision_are_typed_and_stored_with_their_names(database):
    """What they have in common stays in the form; names stand apart from the batch."""
    day = date(2025, 6, 5)
    app = typed(screen(database), honour="gk_phuong", recipient="individual", count=2, decision_no="12/QĐ-UBND",
                date=day, names=f"{NAME}\n\nHồ Thị Nhớ")  # fmt: skip
    app = add(app)
    assert (field(app, "decision_no").value, field(app, "date").value) == ("12/QĐ-UBND", day)
    assert (field(app, "honour").value, field(app, "count").value, field(app, "names").value) == (None, None, "")
    app = add(typed(app, honour="gk_phuong", recipient="collective", count=4))
    assert "2 lượt · số 12/QĐ-UBND · 05/06/2025 – 2 tên" in words(app)
    app = store_it(app)
    assert not app.exception
    assert rows(database) == [
        ("gk_phuong", "ward", "individual", 2, "12/QĐ-UBND", day),
        ("gk_phuong", "ward", "collective", 4, "12/QĐ-UBND", day),
    ]
    assert names(database) == [NAME, "Hồ Thị Nhớ"]
    with open_store(database) as store:
        assert batches(store)["rows"].iloc[0] == 2
        assert draft_of(store, WARD, EMPTY, "", "awards") is None
        assert verify(store) == []


def test_more_names_than_awards_are_remarked_upon(database):
    """Beside the row, and stored all the same: a name may be a collective's."""
    app = typed(screen(database), honour="gk_phuong", recipient="individual", count=1, names=f"{NAME}\nHồ Thị Nhớ")
    assert "2 tên cho 1 lượt" in words(add(app))


def test_what_the_rules_say_stands_beside_its_row(database):
    """A day on which another level was competent is asked about."""
    app = typed(screen(database), honour="cstdcs", level="district", recipient="individual", count=1,
                date=date(2025, 8, 1))  # fmt: skip
    said = words(add(app))
    assert said.count("01/08/2025") >= 3  # the row, what is said beside it, the list at the end
    assert "Chiến sĩ thi đua cơ sở" in said


def test_a_draft_is_there_again_in_another_browser_and_a_purge_takes_only_its_names(database):
    """Rows that were added and the row being typed."""
    app = add(typed(screen(database), honour="gk_phuong", recipient="individual", count=1, names=NAME))
    typed(app, honour="ldtt", count=7, names="Hồ Thị Nhớ")
    again = screen(database)
    assert "1 lượt – 1 tên" in words(again)
    assert (field(again, "honour").value, field(again, "count").value) == ("ldtt", 7)
    assert field(again, "names").value == "Hồ Thị Nhớ"
    with open_store(database) as store:
        assert purge_names(store, "an", "theo yêu cầu").drafts == 1
    again = screen(database)
    assert "1 lượt" in words(again) and "1 tên" not in words(again)
    assert (field(again, "honour").value, field(again, "names").value) == ("ldtt", "")


def test_a_new_row_goes_back_into_the_form_or_away(database):
    """Edit and drop, before it is stored."""
    app = add(typed(screen(database), honour="gk_phuong", recipient="individual", count=1, names=NAME))
    (mend,) = (each for each in app.button if "-mend-" in each.key)
    app = mend.click().run(timeout=60)
    assert (field(app, "count").value, field(app, "names").value) == (1, NAME)
    app = add(typed(app, count=2))
    assert "2 lượt – 1 tên" in words(app)
    (drop,) = (each for each in app.button if "-drop-" in each.key)
    app = drop.click().run(timeout=60)
    assert "Dòng mới" not in words(app)


def test_a_stored_row_is_corrected_with_a_reason_and_not_removed(database):
    """Number and day; to nought it cannot be brought, and the batch that would have to be undone is named."""
    before = rows(database, YEAR)
    app = screen(database, YEAR)
    element(app, "selectbox", "-which").set_value(0).run(timeout=60)
    with open_store(database) as store:
        batch = int(award_register(store, WARD, [YEAR], approved=False)["batch"].iloc[0])
    assert f"do lần nhập số {batch} lưu" in words(app)
    (count,) = (each for each in app.number_input if "-change-" in each.key)
    app = count.set_value(0).run(timeout=60)
    app = element(app, "button", "-change").click().run(timeout=60)
    assert "phải có số lượt từ 1" in app.error[0].value
    (count,) = (each for each in app.number_input if "-change-" in each.key)
    app = count.set_value(before[0][3] + 1).run(timeout=60)
    app = element(app, "button", "-change").click().run(timeout=60)
    assert "Dòng đã lưu sẽ sửa" in words(app)
    app.text_input(key="writer-asked").input("Lan").run(timeout=60)
    assert app.button(key="entry-store").disabled
    app = store_it(app, "sai số lượt")
    assert not app.exception
    after = rows(database, YEAR)
    assert sorted(after) == sorted([(*before[0][:3], before[0][3] + 1, *before[0][4:]), *before[1:]])


def test_names_alone_are_stored_without_a_batch_and_taken_away_again(database):
    """Beside a row that was stored long ago."""
    with open_store(database) as store:
        known = len(batches(store))
    for said in (NAME, ""):
        app = screen(database, YEAR)
        element(app, "selectbox", "-which").set_value(0).run(timeout=60)
        (box,) = (each for each in app.text_area if "-change-" in each.key)
        box.set_value(said).run(timeout=60)
        app = element(app, "button", "-change").click().run(timeout=60)
        app = store_it(app)
        assert not app.exception
        assert names(database, YEAR) == [said] * bool(said)
    with open_store(database) as store:
        assert len(batches(store)) == known
        assert verify(store) == []


def test_the_sheet_speaks_english_too(database):
    """Words of the form and of its refusal."""
    app = add(screen(database, lang="en"))
    assert field(app, "count").label == "Number"
    assert "Choose one from the list" in app.error[0].value
