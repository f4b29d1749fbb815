"""Every rule as its row in data/rules.toml shows it: broken by each failing example, kept by each passing one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.figures import Figure, Origin, UnitKey
from core.texts import LANGUAGES
from etl.checks import all_rules, check

UNIT = UnitKey("00238", date(1900, 1, 1))
TODAY = date(2026, 1, 5)
RULES = all_rules()


def examples(kind):
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), start=1)
    ]


def found(example, catalogue):
    return check(example.figures, example.awards, catalogue, TODAY, example.history)


def figure(indicator, value, year=2020, unit=UNIT, place="Thu!C3", rule="table.wide", **more):
    return Figure(indicator, year, Decimal(value), unit, origin=Origin(place, rule), **more)


def plan(indicator, value, basis="council", **more):
    return figure(indicator, value, scenario="plan", basis=basis, **more)


@pytest.mark.parametrize(("rule", "example"), examples("fails"))
def test_a_failing_example_breaks_its_rule_and_is_told_in_both_languages(rule, example, catalogue):
    """With the place of the report's own figure, and no place of the sentence left open."""
    findings = [finding for finding in found(example, catalogue) if finding.rule == rule.id]
    assert findings
    for finding in findings:
        assert finding.severity == rule.severity
        assert finding.item in (*example.figures, *example.awards)
        assert finding.fault.where == finding.item.origin.place
        for lang in LANGUAGES:
            assert not set("{}") & set(finding.fault.sentence(lang))


@pytest.mark.parametrize(("rule", "example"), examples("keeps"))
def test_a_passing_example_keeps_its_rule(rule, example, catalogue):
    """What is right is not complained about."""
    assert rule.id not in {finding.rule for finding in found(example, catalogue)}


@pytest.mark.parametrize(("rule", "example"), examples("fails"))
def test_what_is_stored_already_is_not_complained_about_again(rule, example, catalogue):
    """A file that says nothing new raises nothing, however wrong the store is."""
    stored = (*example.figures, *example.awards, *example.history)
    assert check([], [], catalogue, TODAY, stored) == []


def test_a_report_stands_in_the_place_of_what_is_stored_under_the_same_key(catalogue):
    """A corrected plan is compared, not the one it corrects."""
    printed = figure("budget_revenue_attainment", "104.2", basis="council")
    value = figure("budget_revenue", "8756500000")
    wrong, right = plan("budget_revenue", "9400000000"), plan("budget_revenue", "8400000000")
    told = [finding.rule for finding in check([printed, value], [], catalogue, TODAY, [wrong])]
    assert told == ["attainment"]
    assert check([printed, value, right], [], catalogue, TODAY, [wrong]) == []


def test_a_remark_stands_beside_the_report_s_own_figure_where_the_printed_one_is_stored(catalogue):
    """The stored percentage has a place in another file."""
    stored = [
        figure("budget_revenue_attainment", "110", basis="council", place="Cũ!A1"),
        figure("budget_revenue", "8756500000", place="Cũ!A2"),
    ]
    new = plan("budget_revenue", "8400000000", place="Mới!B7")
    (finding,) = check([new], [], catalogue, TODAY, stored)
    assert (finding.fault.where, finding.item) == ("Mới!B7", new)
    assert "so với kế hoạch (HĐND quyết định, đã lưu)' năm 2020 ghi 110%" in finding.fault.sentence("vi")


def test_the_worst_is_said_first(catalogue):
    """Errors, then questions, then notices."""
    items = [plan("poor_households", 4, basis="unstated"), figure("budget_revenue", 8756), figure("complaints", "1.5")]
    assert [finding.severity for finding in check(items, [], catalogue, TODAY)] == ["error", "question", "notice"]


def test_names_and_numbers_of_a_remark_are_in_the_reader_s_language(catalogue):
    """The plan, the half year and the budget line are named."""
    line = figure("budget_revenue_line", -5, member="rsurplus", scenario="final")
    half = plan("onestop_files", "4.5", period="h1")
    said = {lang: [f.fault.sentence(lang) for f in check([line, half], [], catalogue, TODAY)] for lang in LANGUAGES}
    assert "(kế hoạch, HĐND quyết định)' 6 tháng đầu năm 2020 ghi 4,5 hồ sơ" in said["vi"][0]
    assert "(plan, Council)' first half of 2020 is 4.5 files" in said["en"][0]
    assert "Kết dư ngân sách năm trước" in said["vi"][1] and "(quyết toán)" in said["vi"][1]


def test_a_unit_has_no_figures_of_years_in_which_it_did_not_exist(catalogue):
    """Khương Thượng ended in June 2025."""
    findings = check([figure("poor_households", 4, year=2026)], [], catalogue, TODAY)
    assert [finding.fault.code for finding in findings] == ["checks.unit_dates"]
    assert "đến 30/06/2025" in findings[0].fault.sentence("vi")


def test_figures_of_no_unit_yet_are_checked_as_far_as_they_can_be(catalogue):
    """A report that does not say whose it is: the person is asked later."""
    lost = [replace(figure("poor_households", "4.5"), unit=None)]
    assert [finding.rule for finding in check(lost, [], catalogue, TODAY)] == ["whole"]
