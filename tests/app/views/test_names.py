"""What is said of people's names: beside which rows they stand, and how many are kept of which ward."""

from __future__ import annotations

from datetime import date

import pandas as pd

from app.views.names import kept_table, names_beside, ward_words
from core.catalogue import load_catalogue
from core.figures import UnitKey

CATALOGUE = load_catalogue()
SINCE = date(1900, 1, 1)
ROW = {"year": 2021, "honour": "gk_phuong", "class": "", "level": "ward", "recipient": "individual", "mode": "regular",
       "giver": "", "decision_no": "7/QĐ"}  # fmt: skip


def test_names_stand_under_their_row_in_the_order_they_were_written():
    """Rows that differ only in their decision are two."""
    known = pd.DataFrame([ROW | {"name": "B"}, ROW | {"name": "A"}, ROW | {"decision_no": "", "name": "C"}])
    said = names_beside(known, CATALOGUE, CATALOGUE.unit(UnitKey("00238", SINCE)), "vi")
    assert said == [
        ("Giấy khen của phường, xã · Cá nhân · Phường · 7/QĐ", ["B", "A"]),
        ("Giấy khen của phường, xã · Cá nhân · Phường", ["C"]),
    ]


def test_wards_with_most_names_come_first_and_files_of_many_are_no_ward():
    """A ward is named with where it lies and until when it was there."""
    known = pd.DataFrame(
        [["", None, 0, 2], ["00238", SINCE, 12, 1]], columns=["unit_code", "unit_from", "names", "files"]
    )
    table = kept_table(known, CATALOGUE, "vi")
    assert table.rows == (
        ("Phường Khương Thượng (–30/6/2025), Quận Đống Đa, Thành phố Hà Nội", "12", "1"),
        ("tệp của nhiều phường, xã", "0", "2"),
    )


def test_no_two_wards_are_named_the_same():
    """What a picker offers must be told apart."""
    words = [ward_words(unit) for unit in CATALOGUE.units]
    assert len(set(words)) == len(words)
