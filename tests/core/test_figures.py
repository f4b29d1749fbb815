"""A reference survives its way through a chart or an address."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import Origin, Ref, UnitKey

KEY = UnitKey("00238", date(1900, 1, 1))


@pytest.mark.parametrize("word", ["", "a|b", "00238|1900-01-01|x" + "|" * 8, "00238|yesterday|2020" + "|" * 8])
def test_what_is_no_reference_is_refused(word):
    """An address somebody typed is no reference."""
    with pytest.raises(ValueError):
        Ref.parse(word)


@given(st.text(), st.text(), st.text(), st.integers(1945, 2100))
def test_a_reference_comes_back_as_it_was(indicator, member, level, year):
    """Whatever its parts hold, bars and accents included."""
    ref = Ref(KEY, year, indicator=indicator, member=member, level=level)
    assert Ref.parse(str(ref)) == ref


def test_an_origin_knows_the_document_that_set_a_plan():
    """Typed by hand it is the place itself, in our form it stands behind the cell; a sentence of a report is none."""
    assert Origin("Quyết định số 12/QĐ-UBND ngày 12/12/2023", "").document == "Quyết định số 12/QĐ-UBND ngày 12/12/2023"
    assert Origin("Chỉ tiêu!G7 (Quyết định số 12/QĐ-UBND (lần 2))", "template").document == (
        "Quyết định số 12/QĐ-UBND (lần 2)"
    )
    places = ("Chỉ tiêu!G7", "trang 2, câu 5", "Thu (2)!C14", "")
    assert [Origin(place, "template").document for place in places] == ["", "", "", ""]
