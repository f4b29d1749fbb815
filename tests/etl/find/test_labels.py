"""Row labels find their indicator by the catalogue's names and phrases."""

import pytest

from etl.find.labels import is_child, plain_label


@pytest.mark.parametrize("label", ["Trồng cây phân tán", "Tổng số tổ dân phố", "Số hộ", "Kinh tế", ""])
def test_labels_of_other_things_find_nothing(labels, label):
    """Better unread than wrong."""
    assert labels.find(label) is None


@pytest.mark.parametrize(
    ("label", "unit", "indicator"),
    [
        ("1. Tổng thu NSNN trên địa bàn", "vnd", "budget_revenue"),
        ("Thu ngân sách xã (triệu đồng)", "", "budget_revenue_own"),
        ("Tổng chi ngân sách", "", "budget_expenditure"),
        ("TDP đạt danh hiệu văn hoá", "group", "cultural_groups"),
        ("Gia đình văn hóa", "household", "cultural_families"),
        ("Gia đình văn hóa", "percent", "cultural_families_rate"),
        ("Tỷ lệ hộ gia đình đạt danh hiệu văn hóa", "", "cultural_families_rate"),
        ("HỘ NGHÈO", "household", "poor_households"),
        ("Tỉ lệ hộ nghèo", "", "poor_household_rate"),
        ("Tỷ lệ bao phủ BHYT", "percent", "health_insurance_rate"),
        ("Hồ sơ giải quyết đúng hạn", "percent", "onestop_on_time_rate"),
        ("Thu ngân sách", "percent", "budget_revenue_attainment"),
        ("budget_revenue", "", "budget_revenue"),
    ],
)
def test_names_short_names_and_phrases_find_the_indicator(labels, label, unit, indicator):
    """Accents, case, numbering, abbreviations and empty words do not matter; the unit of measure decides."""
    assert labels.find(label, unit).id == indicator


def test_every_name_and_short_name_of_the_catalogue_finds_its_own_row(catalogue, labels):
    """A new indicator is read from tables without another line of code."""
    lost = []
    for row in catalogue.indicators.values():
        for label in (row.name("vi"), row.name("en")) if not row.member_kind else ():
            found = labels.find(label, row.unit)
            lost += [(row.id, label, found and found.id)] if found is None or found.id != row.id else []
    assert lost == []


def test_every_label_of_a_budget_line_finds_its_line(catalogue, labels):
    """The form's wordings, with "xã" and "phường" as one."""
    for line in catalogue.lines.values():
        for label in line.labels:
            assert labels.find_line(label.replace("xã", "phường")).id == line.id


def test_revenue_without_a_scope_is_known_as_such(labels):
    """The figure is kept under the territory's revenue with a flag."""
    assert labels.is_unscoped("Tổng thu ngân sách")
    assert not labels.is_unscoped("Thu ngân sách trên địa bàn")


def test_children_are_told_by_their_dash_or_their_heading():
    """They are never added to the total again."""
    assert is_child("- Bổ sung cân đối") and is_child("Trong đó: thuế") and not is_child("Thu bổ sung")


def test_a_label_is_compared_without_numbering_brackets_and_accents():
    """One key for "II. Thu NSNN (tr.đ)" and "thu ngân sách nhà nước"."""
    assert plain_label("II. Thu NSNN (tr.đ)") == plain_label("thu ngân sách nhà nước")
