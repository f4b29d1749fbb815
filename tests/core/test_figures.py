"""A reference survives its way through a chart or an address."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import Ref, UnitKey

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
