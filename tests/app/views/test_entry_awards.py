"""The sheet of the award register: fields become rows, stored rows are corrected and never removed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.entry_awards import (
    Sheet,
    add_row,
    award_of,
    award_words,
    change_row,
    drop_row,
    fields_of,
    honours_by_rank,
    is_begun,
    names_by_key,
    read_draft,
    refuse_known,
    take_back,
    typed_names,
    write_draft,
)
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.figures import MODES, Award, UnitKey
from core.store.people import DRAFTED

WARD = UnitKey("00238", date(1900, 1, 1))
FIELDS = {"honour": "gk_phuong", "level": "ward", "recipient": "individual", "count": 3}
CATALOGUE = load_catalogue()


def award(**other) -> Award:
    """A ward's certificate to three people."""
    return replace(award_of(FIELDS, WARD, 2021, CATALOGUE), **other)


def codes(call, *given) -> list[str]:
    with pytest.raises(FaultError) as error:
        call(*given)
    return [fault.code.removeprefix("entry_awards.") for fault in error.value.faults]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["no_honour"]),
        ({"honour": "gk_phuong"}, ["no_level", "no_recipient", "no_count"]),
        ({**FIELDS, "level": "central"}, ["no_level"]),
        ({**FIELDS, "count": 0}, ["no_count"]),
        ({**FIELDS, "grade": "Nhất"}, ["no_grade"]),
        ({"honour": "hc_lao_dong", "level": "central", "recipient": "collective", "count": 1}, ["no_grade"]),
        ({"honour": "ldtt", "level": "ward", "recipient": "household", "count": 1}, ["no_recipient"]),
    ],
)
def test_a_row_that_is_not_complete_or_does_not_fit_its_honour_is_refused(fields, wrong):
    """Everything that is wrong with it at once."""
    assert codes(award_of, fields, WARD, 2021, CATALOGUE) == wrong


def test_the_same_row_twice_is_refused():
    """A second row of one key would silently replace the number of the first; another decision is another row."""
    assert codes(refuse_known, award(count=9), [award()]) == ["twice"]
    refuse_known(award(decision_no="12/QĐ"), [award()])


def test_a_stored_row_cannot_be_brought_to_nought():
    """Nothing is deleted from the register: its batch is undone."""
    assert codes(change_row, Sheet(), award(), 0, None, [], []) == ["no_removal"]
    assert codes(change_row, Sheet(), award(), None, None, [], []) == ["no_removal"]


def test_filled_in_fields_are_an_award():
    """Spaces single, the usual mode where none is chosen."""
    made = award_of({**FIELDS, "decision_no": " 12 /  QĐ ", "decision_date": "2021-11-05"}, WARD, 2021, CATALOGUE)
    assert made == award(decision_no="12 / QĐ", decision_date=date(2021, 11, 5))
    assert made.mode == "regular"


def test_the_next_row_starts_with_what_one_decision_has_in_common():
    """Level, mode, office, number and day; not the honour, the recipient or the number of awards."""
    made = award(decision_no="12/QĐ", giver="Chủ tịch UBND phường")
    sheet = add_row(Sheet(form=fields_of(made), form_names=("Lò Văn Pịa",)), made, ["Lò Văn Pịa"])
    assert {name: value for name, value in sheet.form.items() if value} == {
        "level": "ward", "mode": "regular", "giver": "Chủ tịch UBND phường", "decision_no": "12/QĐ",
    }  # fmt: skip
    assert (sheet.added, sheet.names, sheet.form_names) == ((made,), {made.key: ("Lò Văn Pịa",)}, ())


def test_an_untouched_form_is_no_draft_and_a_begun_one_is():
    """What stands in it from the start or from the row before is nothing typed."""
    assert write_draft(Sheet(form={"mode": "regular", "giver": "", "count": None})) == {}
    assert not is_begun(add_row(Sheet(), award(decision_no="12/QĐ"), []))
    assert is_begun(Sheet(form={"count": 2}))
    assert is_begun(Sheet(form_names=("Lò Văn Pịa",)))


def test_a_new_row_goes_back_into_the_form_with_its_names():
    """To be mended there; the sheet has it no more."""
    sheet = take_back(add_row(Sheet(), award(), ["Lò Văn Pịa"]), award())
    assert (sheet.added, dict(sheet.names)) == ((), {})
    assert (award_of(sheet.form, WARD, 2021, CATALOGUE), sheet.form_names) == (award(), ("Lò Văn Pịa",))


def test_a_stored_row_is_drafted_only_where_something_differs():
    """Number or day make a changed row, names alone none; as stored again, nothing is left of it."""
    day, kept = date(2021, 11, 5), ["Lò Văn Pịa"]
    sheet = change_row(Sheet(), award(), 4, day, kept, kept)
    assert (sheet.changed, dict(sheet.names)) == ((award(count=4, decision_date=day),), {})
    sheet = change_row(sheet, award(), 3, None, [], kept)
    assert (sheet.changed, dict(sheet.names)) == ((), {award().key: ()})
    assert change_row(sheet, award(), 3, None, kept, kept) == Sheet()


def test_a_row_is_said_in_a_line():
    """Honour, recipient, level, mode, number, decision."""
    decided = award(decision_no="12/QĐ", decision_date=date(2021, 11, 5))
    said = award_words(decided, CATALOGUE, CATALOGUE.unit(WARD), "vi")
    assert said == "Giấy khen của phường, xã · Cá nhân · Phường · thường xuyên · 3 lượt · số 12/QĐ · 05/11/2021"


def test_honours_stand_by_rank_and_without_titles_counted_elsewhere():
    """Cultural families and groups have figures of their own."""
    honours = honours_by_rank(CATALOGUE)
    assert honours[0] == "hc_sao_vang"
    assert not {"tdp_van_hoa", "gia_dinh_van_hoa"} & set(honours)


def test_names_are_read_a_line_each():
    """Empty lines are none."""
    assert typed_names(" Lò  Văn Pịa \n\n Hồ Thị Nhớ\n") == ["Lò Văn Pịa", "Hồ Thị Nhớ"]


def test_kept_names_are_found_by_the_key_of_their_row():
    """As names_of reads them."""
    row = {"year": 2021, "honour": "gk_phuong", "class": "", "level": "ward", "recipient": "individual",
           "mode": "regular", "giver": "", "decision_no": ""}  # fmt: skip
    known = pd.DataFrame([row | {"name": name} for name in ("B", "A")])
    assert names_by_key(known, WARD) == {award().key: ["B", "A"]}


ROWS = st.lists(
    st.builds(
        award, count=st.integers(1, 99), mode=st.sampled_from(MODES), decision_no=st.sampled_from(["", "1/QĐ", 'a"b'])
    ),
    max_size=4, unique_by=lambda row: row.key,
)  # fmt: skip
NAMES = st.lists(st.sampled_from(["Lò Văn Pịa", "Hồ Thị Nhớ"]), max_size=2)


@given(ROWS, NAMES)
def test_a_sheet_comes_back_from_its_draft_and_a_purged_draft_only_lacks_names(rows, names):
    """Through JSON; what has no names has none to lose, and a row dropped takes its names with it."""
    sheet = Sheet()
    for row in rows:
        sheet = add_row(sheet, row, names)
    sheet = replace(sheet, form_names=tuple(names))
    draft = json.loads(json.dumps(write_draft(sheet)))
    assert write_draft(read_draft(draft, WARD, 2021)) == draft
    assert read_draft(draft, WARD, 2021).added == tuple(rows)
    draft.pop(DRAFTED, None)
    purged = read_draft(draft, WARD, 2021)
    assert (purged.added, dict(purged.names), purged.form_names) == (tuple(rows), {}, ())
    for row in rows:
        sheet = drop_row(sheet, row.key)
    assert (sheet.added, dict(sheet.names)) == ((), {})
