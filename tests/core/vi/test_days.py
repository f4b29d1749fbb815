"""Days are read as Viet Nam writes them, and nothing else is taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from core.vi.days import format_day, read_day

NO_DAYS = ["", "31/2/2023", "12/13/2023", "5/6", "5/6/23", "hôm qua", "12/12/2023 x", "20231212"]


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day_is_named_and_refused(written):
    """A year of two digits too: it may be of two centuries."""
    with pytest.raises(FaultError) as error:
        read_day(written)
    (fault,) = error.value.faults
    assert fault.code == "numbers.not_a_day" and fault.sentence("vi").startswith(f"'{written}'")


@pytest.mark.parametrize("written", ["5/1/2024", "05/01/2024", " 05-01-2024 ", "5.1.2024", "2024-01-05"])
def test_a_day_is_read_in_the_forms_offices_write(written):
    """Day before month."""
    assert read_day(written) == date(2024, 1, 5)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_written_day_reads_back(day):
    """The law of the two functions."""
    assert read_day(format_day(day)) == day
