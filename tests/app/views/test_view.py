"""What a table knows of its own columns."""

from __future__ import annotations

import pytest

from app.views.view import Table


@pytest.mark.parametrize("rows", [(), (("2020", "–"), ("2021", "–")), (("2020", "1,5"), ("2021", "chưa có"))])
def test_a_column_without_words_stands_as_numbers_do(rows):
    """No rows, only dashes, or words for one missing number among numbers."""
    assert Table("", ("Năm", "Thu"), rows).worded == ()


def test_a_column_of_words_is_known_though_cells_are_missing_in_it():
    """The first column heads its rows and is none of them; a year as head holds figures, whatever stands in it."""
    rows = (("A", "1", "Vượt", "đạt"), ("B", "2", "–", "không"))
    assert Table("", ("Tổ", "Thu", "Đánh giá", "2020"), rows).worded == (2,)
