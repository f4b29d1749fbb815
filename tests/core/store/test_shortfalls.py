"""What is said of missed plans: refused until it is whole, corrected by new rows, shown as it was approved."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from core.errors import FaultError
from core.store import remove_sample, store_batch, verify
from core.store import tables as t
from core.store.office import choose
from core.store.review import review_of, reviews, unlock
from core.store.shortfalls import LONGEST, Shortfall, list_shortfalls, withdraw_shortfall, write_shortfall
from tests.core.store.examples import SAMPLE, WARD, add_account, approve, figure

SAID = Shortfall(
    WARD, 2020, "cultural_groups", "Ba tổ có đơn thư kéo dài", "Giao công an phường hòa giải từng vụ",
    "Phó Chủ tịch phụ trách văn hóa", date(2021, 6, 30),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "who", "codes"),
    [
        (replace(SAID, cause=" ", remedy="", person="\t", due=None), "an",
         ["shortfalls.no_cause", "shortfalls.no_remedy", "shortfalls.no_person", "shortfalls.no_due"]),
        (replace(SAID, cause="dài " * LONGEST["cause"]), "an", ["shortfalls.long_cause"]),
        (replace(SAID, due=date(2019, 12, 31)), "an", ["shortfalls.far_due"]),
        (replace(SAID, due=date(2062, 6, 30)), "an", ["shortfalls.far_due"]),
        (replace(SAID, year=20), "an", ["notes.no_year"]),
        (replace(SAID, indicator="no_such"), "an", ["store.unknown_indicator"]),
        (replace(SAID, unit=WARD._replace(code="99999")), "an", ["store.unknown_unit"]),
        (replace(SAID, replaces=7), "an", ["notes.unknown"]),
        (SAID, " ", ["notes.no_who"]),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused_with_a_sentence_for_each_part(store, said, who, codes):
    """In both languages, and nothing is stored."""
    with pytest.raises(FaultError) as refused:
        write_shortfall(store, said, who)
    assert [fault.code for fault in refused.value.faults] == codes
    assert all(fault.sentence("vi") != fault.sentence("en") for fault in refused.value.faults)
    assert list_shortfalls(store, [WARD]) == ()


def test_what_is_said_stands_by_unit_and_year(store):
    """Oldest year first; other years and units are left out where they are not asked for."""
    write_shortfall(store, SAID, "an")
    write_shortfall(store, replace(SAID, year=2019, due=date(2019, 12, 31), cause=" hai \n dòng "), "an")
    write_shortfall(store, replace(SAID, unit=SAMPLE), "an")
    first, second = list_shortfalls(store, [WARD])
    assert (first.year, first.cause, second.who, second.due) == (2019, "hai dòng", "an", SAID.due)
    assert [each.year for each in list_shortfalls(store, [WARD], [2020])] == [2020]
    assert len(list_shortfalls(store, [WARD, SAMPLE])) == 3 and list_shortfalls(store, []) == ()


def test_a_correction_names_what_it_corrects_and_the_old_row_stays(store):
    """A second one for the same plan is refused: of two who write at once the second is told whose stands."""
    first = write_shortfall(store, SAID, "an")
    with pytest.raises(FaultError) as refused:
        write_shortfall(store, SAID, "bình")
    assert [fault.code for fault in refused.value.faults] == ["shortfalls.stands"]
    second = write_shortfall(store, replace(SAID, cause="Đã rõ", replaces=first), "bình")
    (found,) = list_shortfalls(store, [WARD])
    assert (found.id, found.cause, found.who, found.replaces) == (second, "Đã rõ", "bình", first)
    withdraw_shortfall(store, second, "an")
    for number in (first, second):
        with pytest.raises(FaultError) as refused:
            withdraw_shortfall(store, number, "an")
        assert [fault.code for fault in refused.value.faults] == ["notes.unknown"]
    assert list_shortfalls(store, [WARD]) == () and verify(store) == []
    with store.reader.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(t.shortfall)) == 3


def test_what_is_said_of_an_approved_year_is_locked_with_it(store):
    """Neither written nor taken back until it is unlocked; viewers see what was approved, not what is written since."""
    add_account(store)
    store_batch(store, figures=[figure()], report=None, who="an")
    first = write_shortfall(store, SAID, "an")
    assert list_shortfalls(store, [WARD], approved=True) == ()
    approve(store)
    assert [each.id for each in list_shortfalls(store, [WARD], approved=True)] == [first]
    for change in (
        lambda: write_shortfall(store, replace(SAID, replaces=first), "an"),
        lambda: withdraw_shortfall(store, first, "an"),
    ):
        with pytest.raises(FaultError) as refused:
            change()
        assert [fault.code for fault in refused.value.faults] == ["review.locked"]
    unlock(store, WARD, 2020, "chủ tịch", "sửa sau quyết toán")
    second = write_shortfall(store, replace(SAID, cause="Nguyên nhân khác", replaces=first), "an")
    assert [each.id for each in list_shortfalls(store, [WARD])] == [second]
    assert [each.cause for each in list_shortfalls(store, [WARD], approved=True)] == [SAID.cause]


@pytest.mark.parametrize("accounts", [False, True])
def test_where_nobody_reviews_what_is_said_is_seen_at_once(store, accounts):
    """Without accounts, or with review switched off: the year's approval then covers it, and still does later."""
    if accounts:
        add_account(store)
        choose(store, "an", review=False)
    store_batch(store, figures=[figure()], report=None, who="an")
    write_shortfall(store, SAID, "an")
    assert len(list_shortfalls(store, [WARD], approved=True)) == 1
    assert set(reviews(store, WARD)["reason"]) == {"review_off" if accounts else "automatic"}
    assert review_of(store, WARD, 2020).state == "approved"


def test_what_is_withheld_is_not_spoken_of(store):
    """A figure that is not to be projected has no promise beside it either."""
    write_shortfall(store, SAID, "an")
    hidden = replace(store, withheld=frozenset({(WARD, 2020, SAID.indicator)}))
    assert list_shortfalls(hidden, [WARD]) == () and len(list_shortfalls(store, [WARD])) == 1


def test_what_is_said_of_an_invented_ward_goes_with_it(store):
    """That of a real one stays."""
    write_shortfall(store, SAID, "an")
    write_shortfall(store, replace(SAID, unit=SAMPLE), "an")
    store_batch(store, figures=[figure(unit=SAMPLE)], report=None, who="an")
    remove_sample(store, "an")
    assert [each.unit for each in list_shortfalls(store, [WARD, SAMPLE])] == [WARD]
