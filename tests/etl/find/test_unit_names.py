"""Only names the catalogue knows are names of a unit."""

from etl.find.unit_names import known_units, names_ward


def test_capitals_that_begin_a_sentence_make_no_unit(catalogue):
    """ "Phường Chỉ đạo ..." is a menu of a web page."""
    assert known_units("Chỉ đạo điều hành của Phường Chỉ đạo điều hành", catalogue) == {}
    assert not names_ward("Quận Đống Đa")


def test_the_longest_name_counts_whatever_its_capitals(catalogue):
    """ "Phường Khương Thượng tổ chức" names Khương Thượng."""
    named = known_units("UBND PHƯỜNG KHƯƠNG THƯỢNG. UBND phường Khương Thượng tổ chức họp.", catalogue)
    assert named == {"Phường Khương Thượng": 2}
