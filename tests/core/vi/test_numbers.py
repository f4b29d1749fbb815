"""The number rule: what is read, what is asked, what is refused, and that printing and reading agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from core.vi.numbers import DECIMAL_MARK, as_decimal, format_number, parse_number

NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "abc", "khoảng 12", "12 hộ", "1.000.0000", "1.2.3", "1.234,567.8", "12.,5", ".5", "5.", "12/5", "--5",
     "3 tỷ lệ", "5 tỷ 137", "5 triệu 3 tỷ", "5 tỷ 3 tỷ", "12%%", "%", "#DIV/0!", "٣", "²", "⅓", "1 2", "1,2345.6x"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_the_text_itself(text):
    """Nothing is dropped or changed to make a number of it."""
    with pytest.raises(FaultError) as caught:
        parse_number(text)
    assert caught.value.faults[0].code == "numbers.not_a_number"
    assert f"'{text}'" in caught.value.faults[0].sentence("vi")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1234", "1.234")),
        ("1.234%", ("1234", "1.234")),
        ("1. 357 tỷ", ("1357000000000", "1357000000")),
        ("1.234 triệu", ("1234000000", "1234000")),
    ],
)
def test_a_form_with_two_readings_gives_both_and_no_value(text, readings):
    """One separator before three digits: thousands or decimals, the form cannot say."""
    parsed = parse_number(text)
    assert parsed.ambiguous
    assert parsed.candidates == tuple(Decimal(reading) for reading in readings)
    with pytest.raises(FaultError) as caught:
        _ = parsed.value
    assert caught.value.faults[0].code == "numbers.ambiguous"


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("1.234", ",", "1234"), ("1.234", ".", "1.234"), ("1,234", ",", "1.234"), ("1. 357 tỷ", ",", "1357000000000"),
     ("545,991 tỷ đồng", ",", "545991000000"), ("96.46%", ",", "96.46")],
)  # fmt: skip
def test_the_decimal_mark_of_the_surroundings_settles_only_ambiguous_forms(text, decimal, value):
    """ "96.46%" stays 96.46 in a text with decimal commas: its shape leaves one reading."""
    assert parse_number(text, decimal=decimal).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.234.567,8", "1234567.8", ""), ("1,234,567.8", "1234567.8", ""), ("1 234 567", "1234567", ""),
        ("1\u00a0234\u00a0567,5", "1234567.5", ""), ("8.254,817 triệu đồng", "8254817000", "vnd"),
        ("5 tỷ 137 triệu", "5137000000", ""), ("3 triệu 500 nghìn đồng", "3500000", "vnd"), 
        ("8tỷđ", "8000000000", "vnd"),
        ("60trđ", "60000000", "vnd"), ("5 tr.đ", "5000000", "vnd"), ("1.332,5 tỉ", "1332500000000", ""),
        ("17 nghìn tỷ", "17000000000000", ""), ("10.000.000 đồng", "10000000", "vnd"), ("96.46%", "96.46", "percent"),
        ("91.5 %", "91.5", "percent"), ("681,8%", "681.8", "percent"), ("¾", "0.75", ""), ("1 ½", "1.5", ""),
        ("05", "5", ""), ("0,123", "0.123", ""), ("１２，５", "12.5", ""), ("-5", "-5", ""), ("−5,5", "-5.5", ""),
        ("–5", "-5", ""), ("(5)", "-5", ""), ("(1.234,5)", "-1234.5", ""), ("+7", "7", ""), ("2013", "2013", ""),
        ("1234.567", "1234.567", ""), ("0", "0", ""),
    ],
)  # fmt: skip
def test_written_forms_are_read_exactly(text, value, unit):
    """The forms that reports and cells really use."""
    parsed = parse_number(text)
    assert (parsed.value, parsed.unit) == (Decimal(value), unit)


@given(NUMBERS, st.sampled_from(["vi", "en"]))
def test_reading_undoes_printing(number, lang):
    """parse(format(x)) == x, in both languages."""
    assert parse_number(format_number(number, lang=lang), decimal=DECIMAL_MARK[lang]).value == number


@given(NUMBERS, st.sampled_from(["vi", "en"]))
def test_a_printed_number_never_loses_its_true_reading(number, lang):
    """Without knowing the language the true number is still among the readings."""
    assert number in parse_number(format_number(number, lang=lang)).candidates


@given(st.text(alphabet="0123456789.,-()% tỷriệđnghìồ¾", max_size=30))
def test_any_text_is_read_or_refused(text):
    """No text breaks the parser, and what it reads is finite."""
    try:
        parsed = parse_number(text)
    except FaultError:
        return
    assert all(candidate.is_finite() for candidate in parsed.candidates)


def test_rounding_goes_half_up_and_keeps_its_zeros():
    """Halves go away from zero, and no minus stands before a zero."""
    assert format_number(Decimal("2.345"), 2, "vi") == "2,35"
    assert format_number(Decimal("-2.5"), 0, "vi") == "−3"
    assert format_number(Decimal("9.1"), 2, "en") == "9.10"
    assert format_number(Decimal("-0.001"), 1, "vi") == "0,0"


def test_floats_lose_their_dust_only():
    """0.1 + 0.2 is three tenths; twelve digits are kept."""
    assert as_decimal(0.1 + 0.2) == Decimal("0.3")
    assert as_decimal(8254817000.25) == Decimal("8254817000.25")
