"""What residential groups are called, and their ids."""

import pytest

from core.groups import full_name, group_id


@pytest.mark.parametrize("words", ["TDP số 05", "Tổ dân phố 5", "5", "Số 5", "tổ dân phố  số 5"])
def test_one_group_has_one_id_however_it_is_written(words):
    """Otherwise every year would bring new groups."""
    assert group_id(full_name(words)[0]) == "to-dan-pho-5"


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("5", "khu phố", ("Khu phố số 5", "khu phố")),
        ("Thôn Đông", "tổ dân phố", ("Thôn Đông", "thôn")),
        ("Hòa Bình", "ấp", ("Hòa Bình", "ấp")),
    ],
)
def test_a_name_says_its_kind_or_takes_the_one_given(words, kind, name):
    """A number alone is called after the kind."""
    assert full_name(words, kind) == name
