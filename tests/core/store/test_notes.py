"""Notes on years: refused where they say too little, corrected and withdrawn by new rows, never lost."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from core.errors import FaultError
from core.store import add_note, list_notes, remove_sample, store_batch, verify, withdraw_note
from core.store import tables as t
from core.store.notes import LONGEST, Note, was_ever_noted
from tests.core.store.examples import SAMPLE, WARD, figure

FLU = Note(WARD, 2020, "Dịch bệnh, nhiều hộ kinh doanh tạm nghỉ", day=date(2020, 4, 1), basis="Chỉ thị của cấp trên")


@pytest.mark.parametrize(
    ("note", "who", "code"),
    [
        (replace(FLU, text="  "), "an", "notes.no_text"),
        (replace(FLU, text="dài " * LONGEST), "an", "notes.too_long"),
        (replace(FLU, kind="rumour"), "an", "store.unknown_word"),
        (replace(FLU, year=20), "an", "notes.no_year"),
        (replace(FLU, year=2019), "an", "notes.other_year"),
        (replace(FLU, indicator="no_such"), "an", "store.unknown_indicator"),
        (replace(FLU, unit=WARD._replace(code="99999")), "an", "store.unknown_unit"),
        (replace(FLU, replaces=7), "an", "notes.unknown"),
        (FLU, " ", "notes.no_who"),
    ],
)
def test_a_note_that_cannot_stand_is_refused_with_a_sentence(store, note, who, code):
    """In both languages, and nothing is stored."""
    with pytest.raises(FaultError) as error:
        add_note(store, note, who)
    (fault,) = error.value.faults
    assert fault.code == code and fault.sentence("vi") != fault.sentence("en")
    assert list_notes(store, [WARD]) == ()


def test_notes_stand_in_the_order_of_their_days(store):
    """Within a year those without a day last; other years and units are left out where they are not asked for."""
    for note in (replace(FLU, day=None, text="cả năm"), FLU, replace(FLU, year=2012, day=None, text="suy giảm")):
        add_note(store, note, "an")
    add_note(store, replace(FLU, unit=SAMPLE), "an")
    found = list_notes(store, [WARD])
    assert [note.text for note in found] == ["suy giảm", FLU.text, "cả năm"]
    assert (found[1].who, found[1].basis, found[1].day) == ("an", FLU.basis, FLU.day)
    assert [note.text for note in list_notes(store, [WARD], [2012])] == ["suy giảm"]
    assert len(list_notes(store, [WARD, SAMPLE])) == 4


def test_a_corrected_note_stands_alone_and_the_old_row_stays(store):
    """A correction is a row that names the old one."""
    first = add_note(store, FLU, "an")
    second = add_note(store, replace(FLU, text="đã sửa", replaces=first), "bình")
    (found,) = list_notes(store, [WARD])
    assert (found.id, found.text, found.who, found.replaces) == (second, "đã sửa", "bình", first)
    with store.reader.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(t.note)) == 2


def test_of_two_who_correct_one_note_the_second_is_told(store):
    """Nobody's correction is lost unseen; a withdrawn note cannot be corrected or withdrawn again."""
    first = add_note(store, FLU, "an")
    second = add_note(store, replace(FLU, text="của an", replaces=first), "an")
    with pytest.raises(FaultError) as error:
        add_note(store, replace(FLU, text="của bình", replaces=first), "bình")
    assert error.value.faults[0].code == "notes.replaced"
    withdraw_note(store, second, "an")
    for number in (first, second):
        with pytest.raises(FaultError) as error:
            withdraw_note(store, number, "an")
        assert error.value.faults[0].code == "notes.unknown"
    assert list_notes(store, [WARD]) == () and verify(store) == []


def test_notes_on_an_invented_ward_go_with_it(store):
    """Those on a real one stay; the store still knows that it once had them."""
    add_note(store, FLU, "bundled")
    add_note(store, replace(FLU, unit=SAMPLE), "bundled")
    store_batch(store, figures=[figure(unit=SAMPLE)], report=None, who="an")
    remove_sample(store, "an")
    assert [note.unit for note in list_notes(store, [WARD, SAMPLE])] == [WARD]
    assert was_ever_noted(store, replace(FLU, unit=SAMPLE), "bundled")
    assert not was_ever_noted(store, replace(FLU, unit=SAMPLE), "an")
