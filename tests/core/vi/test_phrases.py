"""The shape of a catalogue entry's phrases."""

import pytest

from core.catalogue import load_catalogue
from core.vi.phrases import check_phrases, expand_phrase


@pytest.mark.parametrize("phrase", ["[tổng thu", "thu (a|b", "thu ]", "a [b (c)]", "(a|b)" * 11])
def test_a_phrase_whose_brackets_do_not_close_or_that_has_too_many_forms_is_refused(phrase):
    """Nothing is guessed about a broken phrase."""
    with pytest.raises(ValueError):
        expand_phrase(phrase)


def test_every_fault_of_an_entry_is_told_at_once():
    """Unknown roles, texts that are no lists, broken phrases: with the place of each."""
    faults = check_phrases("x", {"noun": ["a"], "subject": "thu", "whole": ["[a", "b", ""]})
    assert [(fault.code, fault.where) for fault in faults] == [
        ("prose.unknown_role", "x, phrases.noun"),
        ("prose.no_list", "x, phrases.subject"),
        ("prose.bad_phrase", "x, phrases.whole"),
        ("prose.bad_phrase", "x, phrases.whole"),
    ]
    assert all(fault.sentence("vi") and fault.sentence("en") for fault in faults)


def test_optional_and_alternative_words_are_spelled_out():
    """[x] may be left out, (a|b) is one of several; tone places and spellings do not matter."""
    assert set(expand_phrase("[tổng] thu (ngân sách|NS)")) == {
        ("tổng", "thu", "ngân", "sách"), ("tổng", "thu", "ns"), ("thu", "ngân", "sách"), ("thu", "ns"),
    }  # fmt: skip
    assert expand_phrase("Văn hoá, tỉ lệ") == (("văn", "hóa", "tỷ", "lệ"),)


def test_the_catalogues_phrases_are_sound():
    """Every entry of the catalogue."""
    faults = [
        fault
        for indicator in load_catalogue().indicators.values()
        for fault in check_phrases(indicator.id, indicator.phrases)
    ]
    assert faults == []
