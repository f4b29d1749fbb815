"""Sentences made of figures: numbers keep their figures through templates, joining, editing and back."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from core.figures import Ref, UnitKey
from core.sentences import Said, Sentence, bind, capital, joined, sentence, unbind
from core.texts import text

WARD = UnitKey("00238", date(1900, 1, 1))


def said(words, year=2020):
    """A number of one figure."""
    return Said(words, (Ref(WARD, year, "budget_revenue", scenario="actual"),), words)


MONEY, RATE, FRACTION = said("49,09 tỷ đồng"), said("101,0%"), said("13/18")


@pytest.mark.parametrize(
    "typed",
    [
        "thu 48 tỷ đồng", "thu 49,09 triệu", "thu 149,09 tỷ đồng", "đạt 101,05%", "đạt 101%", "13/180 tổ", "113/18 tổ",
        "đạt 49,09%", "còn 2020 999", "13/18,5",
    ],
)  # fmt: skip
def test_a_number_typed_by_hand_is_refused_by_name(typed):
    """Nearly the known number, its digits with another unit, part of a longer one: none is bound, each is named."""
    with pytest.raises(FaultError) as error:
        bind(typed, [MONEY, RATE, FRACTION], "vi")
    (fault, *_) = error.value.faults
    assert fault.code == "notes.stray_number"
    assert fault.params["number"] in typed and "49,09 tỷ đồng" in fault.sentence("vi")


def test_all_strange_numbers_are_named_at_once():
    """Nobody corrects a sentence number by number."""
    with pytest.raises(FaultError) as error:
        bind("thu 48 tỷ, chi 47 tỷ", [MONEY], "vi")
    assert [fault.params["number"] for fault in error.value.faults] == ["48", "47"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("Năm 2020 là năm khó khăn", []),
        ("Từ 1/7/2025 theo địa giới mới, giai đoạn 2011–2025", []),
        ("Thu đạt 49,09 tỷ đồng, bằng 101,0% dự toán.", ["49,09 tỷ đồng", "101,0%"]),
        ("Thu đạt 49,09\N{NO-BREAK SPACE}tỷ, vượt dự toán (101,0%).", ["49,09 tỷ", "101,0%"]),
        ("13/18 tổ, vẫn 13/18 như năm trước", ["13/18", "13/18"]),
    ],
)
def test_words_around_numbers_are_free_and_known_numbers_are_bound(typed, numbers):
    """Years and days are no figures; a known number may stand twice, money without its last word."""
    bound, used = bind(typed, [MONEY, RATE, FRACTION], "vi")
    assert [each.words for each in used] == numbers
    assert not any(each.words in bound for each in used)
    assert str(unbind(bound, used)) == typed.replace("\N{NO-BREAK SPACE}", " ")


def test_braces_are_words_and_no_places():
    """A brace somebody types fills nothing."""
    bound, used = bind("thu {x}", [MONEY], "vi")
    assert (str(unbind(bound, used)), used) == ("thu (x)", ())


def test_a_template_keeps_the_figures_of_its_numbers():
    """And prints what core.texts prints from the same words."""
    rest = {"name": "Thu", "year": 2020, "attained": "101% dự toán"}
    made = sentence("budget.title_both", "vi", value=MONEY, **rest)
    assert str(made) == text("budget.title_both", "vi", value=str(MONEY), **rest)
    assert made.said == (MONEY,)


def test_sentences_are_joined_without_empty_ones():
    """Plain neighbours become one part; a capital begins the whole."""
    made = capital(joined(["", "thu ", "ngân sách", MONEY, Sentence(), joined([RATE])], " "))
    assert str(made) == "Thu  ngân sách 49,09 tỷ đồng 101,0%"
    assert (len(made), bool(Sentence())) == (len(str(made)), False)
    assert made.said == (MONEY, RATE)


words = st.text(alphabet=string.ascii_letters + " ,.;đạt", max_size=20)
numbers = st.integers(1, 9_999_999).map(lambda n: said(f"{n:,}".replace(",", ".") + " hộ"))


@given(st.lists(st.tuples(words, numbers), min_size=1, max_size=5), words)
def test_a_generated_sentence_handed_back_unchanged_is_bound_whole(parts, tail):
    """What the editor offers may be saved as it is: the same text, every number with its own figures."""
    whole = joined([*(part for piece, number in parts for part in (piece, " ", number, "; ")), tail])
    bound, used = bind(str(whole), whole.said, "vi")
    assert str(unbind(bound, used)) == str(whole)
    assert [each.words for each in used] == [each.words for each in whole.said]


def test_one_is_said_in_the_singular():
    """With and without a sign; 11 and 1.001 are many."""
    for count, word in (("1", "group"), ("+1", "group"), ("−1", "group"), ("11", "groups"), ("13/18", "groups")):
        assert text("numbers.unit_group", "en", count=count) == word
