"""One ward is found among all there are and were by what a clerk would type."""

from __future__ import annotations

import pytest

from app.views.wards import MOST, find_wards, ward_under
from core.catalogue import load_catalogue


def names(query: str) -> list[str]:
    """The wards a query finds, with their provinces."""
    return [f"{unit.name}, {unit.province}" for unit in find_wards(load_catalogue(), query).found]


@pytest.mark.parametrize("query", ["", "  ", "phường", "không có nơi này", "láng zzz", "MAU03"])
def test_nothing_is_found_for_what_names_no_real_ward(query):
    """A bare kind names none, and an invented ward is nobody's own."""
    assert find_wards(load_catalogue(), query).found == ()


@pytest.mark.parametrize(
    "query", ["láng", "LANG ha noi", "phuong lang", "Phường Láng, Thành phố Hà Nội", "lang hanoi"[:4], "00199"]
)
def test_the_ward_of_today_stands_first(query):
    """With or without accents, kind and province, or by its code, which an older ward had too."""
    first = find_wards(load_catalogue(), query).found[0]
    assert (first.name, first.code, first.valid_to) == ("Phường Láng", "00199", None)


def test_a_ward_that_is_no_more_is_found_by_name_and_district():
    """With its last day and where it went."""
    (unit, *_) = find_wards(load_catalogue(), "khương thượng đống đa").found
    said = ward_under(load_catalogue(), unit, "vi")
    assert said.startswith("Quận Đống Đa, Thành phố Hà Nội · mã 00238 · đến hết ngày 30/6/2025, nay thuộc")


def test_a_ward_says_what_it_was_made_of():
    """In full and in part, in either language."""
    unit = find_wards(load_catalogue(), "00199").found[0]
    said = ward_under(load_catalogue(), unit, "vi")
    assert "lập ngày 1/7/2025 từ Phường Láng Thượng, một phần Phường Láng Hạ" in said
    assert "part of Phường Láng Hạ" in ward_under(load_catalogue(), unit, "en")


def test_a_name_that_many_bear_offers_some_and_counts_the_rest():
    """Those of the whole name before those that begin with it, a kind in front leaves out the others."""
    found = find_wards(load_catalogue(), "tân")
    assert len(found.found) == MOST and found.more > 100
    assert all(unit.kind == "Xã" for unit in find_wards(load_catalogue(), "xã tân an").found)


@pytest.mark.parametrize("code", ["00199", "00238", "08980"])
def test_every_ward_is_found_by_its_code(code):
    """Old and new ones that share it."""
    assert {unit.code for unit in find_wards(load_catalogue(), code).found} == {code}
