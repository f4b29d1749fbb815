"""Today's boundary: parts add up, rates are weighted, and what cannot be worked out says why; nothing is guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.boundary import MIXED, on_boundary_of, rule_of
from core.catalogue import load_catalogue
from core.figures import Ref
from core.places import Places, Succession, Unit
from core.yearbook import Yearbook

DAY = date(2025, 7, 1)
A, B = (
    Unit(code, date(1900, 1, 1), date(2025, 6, 30), name, "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
    for code, name in (("MAU01", "Phường Mẫu"), ("MAU02", "Phường Gương"))
)
NEW = Unit("MAU03", DAY, None, "Phường Mẫu", "phường", "", "Tỉnh Mẫu", True)
REVENUE, GROUPS, GROUPS_RATE, POOR = "budget_revenue", "cultural_groups", "cultural_groups_rate", "poor_households"
FILES, ON_TIME, INSURED = "onestop_files", "onestop_on_time_rate", "health_insurance_rate"
MONEY = st.integers(0, 10**13).map(Decimal)
COUNTS = st.integers(0, 5000)
UNHURRIED = settings(deadline=None, max_examples=50)  # each example builds frames


def places(*parts):
    """The catalogue with a ward made of these (unit, "full" or "partial")."""
    rows = tuple(Succession(DAY, unit.key, NEW.key, part) for unit, part in parts)
    return replace(load_catalogue(), places=Places((*(unit for unit, _ in parts), NEW), rows))


BOTH = places((A, "full"), (B, "full"))


def row(unit, indicator, value, year=2024, *, of=None, **more):
    """One row of a tidy view."""
    return {
        "unit_code": unit.code, "unit_from": unit.valid_from, "unit_name": unit.name, "year": year, "period": "year",
        "indicator": indicator, "member": "", "scenario": "actual", "basis": "", "value": value, "of": of,
        "of_kind": "total" if of is not None else "", "unit_of_measure": "", "method": "reported", "hedge": "",
        "is_sample": True, "approved": True, "batch": 1, "source": f"{unit.code}.docx",
    } | more  # fmt: skip


def plan(unit, indicator, value, year=2024, *, basis="assigned", **more):
    """A planned value."""
    return row(unit, indicator, value, year, scenario="plan", basis=basis, **more)


def halves(indicator, first, second, rest):
    """The year of the change: the first half of the old wards, the second of the new one."""
    parts = ((A, first, "h1"), (B, second, "h1"), (NEW, rest, "h2"))
    return [row(unit, indicator, number, 2025, period=period) for unit, number, period in parts]


def derived(*rows, catalogue=BOTH, sources=None):
    """What is worked out from these rows, and the rows of it by indicator, year, scenario and basis."""
    found = on_boundary_of(catalogue, NEW.key, pd.DataFrame(list(rows)), sources)
    keys = ("indicator", "year", "period", "scenario", "basis")
    return found, {tuple(each[key] for key in keys): each for each in found.frame.to_dict("records")}


def value(rows, indicator, year=2024, period="year", scenario="actual", basis=""):
    """One value, None where there is none."""
    found = rows.get((indicator, year, period, scenario, basis))
    return None if found is None else found["value"]


def test_a_ward_that_was_made_of_no_other_is_refused():
    """Nothing can be worked out for it, and nothing should be asked."""
    with pytest.raises(ValueError, match="MAU03"):
        on_boundary_of(places(), NEW.key, pd.DataFrame([row(A, REVENUE, 1.0)]))


def test_a_missing_part_gives_no_value_and_is_named():
    """The sum of one ward is not the sum of two, and zero is not assumed for the other."""
    found, rows = derived(row(A, REVENUE, 5.0), row(B, REVENUE, 7.0, 2023))
    assert value(rows, REVENUE) is None and value(rows, REVENUE, 2023) is None
    assert found.reasons[REVENUE, "", 2024].wards == ("Phường Gương",)
    assert found.reasons[REVENUE, "", 2023].wards == ("Phường Mẫu (–30/6/2025)",)


def test_a_partial_predecessor_is_never_used_and_named():
    """How much of it came over is not known."""
    rows_in = (row(A, REVENUE, 5.0), row(B, REVENUE, 7.0))
    found, rows = derived(*rows_in, catalogue=places((A, "full"), (B, "partial")))
    assert value(rows, REVENUE) is None
    reason = found.reasons[REVENUE, "", 2024]
    assert (reason.name, reason.wards) == ("partial", ("Phường Gương",))


def test_hedged_values_are_not_added():
    """About 5 and 7 are about nothing that could be printed as 12."""
    found, rows = derived(row(A, REVENUE, 5.0, hedge="about"), row(B, REVENUE, 7.0))
    assert value(rows, REVENUE) is None
    assert found.reasons[REVENUE, "", 2024].name == "hedged"
    assert found.reasons[REVENUE, "", 2024].wards == ("Phường Mẫu (–30/6/2025)",)


def test_what_the_catalogue_says_cannot_be_merged_says_why_in_its_words():
    """Insurance cover needs populations that no report gives."""
    found, rows = derived(row(A, INSURED, 95.0), row(B, INSURED, 96.0))
    assert value(rows, INSURED) is None
    assert "dân số" in found.reasons[INSURED, "", 2024].said["vi"]


def test_a_rate_without_the_weights_of_all_parts_is_not_worked_out():
    """One ward gives its share but not of how many."""
    count = row(A, GROUPS, 17.0, of=18.0)
    found, rows = derived(count, row(A, GROUPS_RATE, 94.4, method="computed"), row(B, GROUPS_RATE, 90.0))
    assert value(rows, GROUPS_RATE) is None
    reason = found.reasons[GROUPS_RATE, "", 2024]
    assert (reason.name, reason.wards) == ("weights_of", ("Phường Gương",))


def test_a_ward_that_settled_nothing_weighs_nothing_and_nothing_at_all_has_no_mean():
    """The other ward's rate is the rate of both."""
    rates = [row(A, ON_TIME, 100.0), row(B, ON_TIME, 98.0)]
    assert value(derived(*rates, row(A, FILES, 0.0), row(B, FILES, 500.0))[1], ON_TIME) == 98
    found, rows = derived(*rates, row(A, FILES, 0.0), row(B, FILES, 0.0))
    assert value(rows, ON_TIME) is None and found.reasons[ON_TIME, "", 2024].name == "weights"


def test_denominators_of_two_kinds_are_not_added():
    """Groups registered in one ward and groups there are in the other make no whole; the count alone stands."""
    _, rows = derived(row(A, GROUPS, 17.0, of=18.0), row(B, GROUPS, 11.0, of=12.0, of_kind="registered"))
    assert value(rows, GROUPS) == 28
    assert pd.isna(rows[GROUPS, 2024, "year", "actual", ""]["of"])


def test_plans_of_different_givers_are_not_added_and_the_value_stands():
    """The reason is about the plan alone."""
    plans = plan(A, REVENUE, 4.0), plan(B, REVENUE, 6.0, basis="council")
    found, rows = derived(row(A, REVENUE, 5.0), row(B, REVENUE, 7.0), *plans)
    assert value(rows, REVENUE) == 12
    assert found.reasons[REVENUE, "", 2024].name == "plan_bases"
    unnamed = [plan(unit, REVENUE, 4.0, basis="unstated") for unit in (A, B)]
    found, rows = derived(row(A, REVENUE, 5.0), row(B, REVENUE, 7.0), *unnamed)
    assert value(rows, REVENUE, scenario="plan", basis="unstated") is None
    found, rows = derived(row(A, REVENUE, 5.0), row(B, REVENUE, 7.0), plan(A, REVENUE, 4.0))
    assert found.reasons[REVENUE, "", 2024].wards == ("Phường Gương",)


def test_an_attainment_is_worked_out_from_sums_never_averaged():
    """50 of 100 and 9 of 10 are 59 of 110, not 70 %."""
    ins = [row(A, REVENUE, 50.0), row(B, REVENUE, 9.0), plan(A, REVENUE, 100.0), plan(B, REVENUE, 10.0)]
    ins += [row(unit, f"{REVENUE}_attainment", share, basis="assigned", method="computed")
            for unit, share in ((A, 50.0), (B, 90.0))]  # fmt: skip
    _, rows = derived(*ins)
    assert round(value(rows, f"{REVENUE}_attainment", basis="assigned"), 4) == Decimal("53.6364")


def test_an_attainment_that_is_only_printed_says_why_it_is_not_averaged():
    """Two percentages without amounts have no mean."""
    ins = [row(unit, f"{REVENUE}_attainment", 101.0, basis="assigned") for unit in (A, B)]
    found, rows = derived(*ins)
    assert value(rows, f"{REVENUE}_attainment", basis="assigned") is None
    assert "trung bình" in found.reasons[f"{REVENUE}_attainment", "", 2024].said["vi"]


def test_the_year_of_the_change_is_made_of_halves_for_what_happens_over_it():
    """The old wards' first half and the new ward's second."""
    ins = halves(REVENUE, 1.5, 2.0, 10.0)
    found, rows = derived(*ins)
    assert value(rows, REVENUE, 2025) == Decimal("13.5")
    refs = [Ref.parse(word) for word in rows[REVENUE, 2025, "year", "actual", ""]["made_of"].split(" ")]
    assert {(ref.unit, ref.period) for ref in refs} == {(A.key, "h1"), (B.key, "h1"), (NEW.key, "h2")}
    found, rows = derived(*ins[:2])
    assert value(rows, REVENUE, 2025) is None and value(rows, REVENUE, 2025, "h1") == Decimal("3.5")
    assert found.reasons[REVENUE, "", 2025].wards == ("Phường Mẫu",)


def test_what_stands_at_a_years_end_is_the_new_wards_last_value():
    """Poor households of June and of December are not added."""
    ins = halves(POOR, 9.0, 8.0, 16.0)
    _, rows = derived(*ins)
    assert value(rows, POOR, 2025) == 16
    found, rows = derived(*ins[:2])
    assert value(rows, POOR, 2025) is None and found.reasons[POOR, "", 2025].name == "missing"


def test_the_old_wards_plan_for_the_whole_year_is_no_plan_for_their_half():
    """It would be added to half a year's figure."""
    ins = halves(REVENUE, 1.0, 1.0, 1.0)
    plans = [plan(A, REVENUE, 9.0, 2025), plan(B, REVENUE, 9.0, 2025), plan(NEW, REVENUE, 5.0, 2025, period="h2")]
    _, rows = derived(*ins, *plans)
    assert value(rows, REVENUE, 2025) == 3
    assert value(rows, REVENUE, 2025, scenario="plan", basis="assigned") is None


def test_what_the_new_ward_reports_itself_stands():
    """Its own figure of a year is not replaced, whatever the parts add up to."""
    _, rows = derived(row(A, REVENUE, 5.0), row(B, REVENUE, 7.0), row(NEW, REVENUE, 12.4))
    assert (value(rows, REVENUE), rows[REVENUE, 2024, "year", "actual", ""]["method"]) == (12.4, "reported")


def test_a_sum_is_as_sure_as_its_least_sure_part_and_says_that_they_differ():
    """A final account and an actual make an actual; with an estimate among them the sum is an estimate."""
    ins = [row(A, REVENUE, 5.0, scenario="final"), row(B, REVENUE, 7.0)]
    found, rows = derived(*ins, sources=pd.DataFrame([ins[0] | {"flags": ""}]))
    assert value(rows, REVENUE) == 12 and value(rows, REVENUE, scenario="final") is None
    assert set(found.sources["flags"]) == {"", MIXED}
    same = [row(unit, REVENUE, 1.0, scenario=kind) for unit in (A, B) for kind in ("final", "estimate")]
    _, rows = derived(*same)
    assert value(rows, REVENUE, scenario="final") == value(rows, REVENUE, scenario="estimate") == 2


def test_flags_of_the_parts_reach_the_sum():
    """A revenue of unstated scope in one ward leaves the scope of the sum unstated."""
    ins = [row(A, REVENUE, 5.0), row(B, REVENUE, 7.0)]
    sources = pd.DataFrame([ins[1] | {"flags": "scope_unstated"}])
    found, _ = derived(*ins, sources=sources)
    book = Yearbook(BOTH, (NEW.key,), found.frame, found.sources, merger=found.merger, reasons=found.reasons)
    assert book.series(REVENUE).at(2024).flags == ("scope_unstated",)


def test_titles_of_groups_stay_with_their_own_wards():
    """Group 1 of one ward is not group 1 of the other."""
    titles = [row(unit, "cultural_group_title", 1.0, member="g1") for unit in (A, B)]
    found, rows = derived(*titles, row(A, GROUPS, 1.0), row(B, GROUPS, 1.0))
    assert {key[0] for key in rows} == {GROUPS}
    assert not any(key[0] == "cultural_group_title" for key in found.reasons)


def test_a_series_on_todays_boundary_has_no_break_and_its_open_slots_say_why():
    """2023 and 2024 may be compared; 2022 is open, with the ward that lacks it."""
    ins = [row(unit, REVENUE, 1.0, year) for unit in (A, B) for year in (2023, 2024)] + [row(A, REVENUE, 1.0, 2022)]
    found, _ = derived(*ins, row(NEW, REVENUE, 5.0, 2026))
    book = Yearbook(BOTH, (NEW.key,), found.frame, found.sources, (2022, 2026), merger=found.merger,
                    reasons=found.reasons)  # fmt: skip
    series = book.series(REVENUE)
    assert series.breaks == () and series.comparable(series.at(2023), series.at(2026))
    assert [point.method for point in series.points] == ["", "derived", "derived", "", "reported"]
    assert series.at(2022).why.wards == ("Phường Gương",) and series.at(2023).why is None
    assert series.at(2024).ref(REVENUE) == " ".join(str(Ref(unit.key, 2024, REVENUE)) for unit in (B, A))


def test_every_indicator_says_how_it_is_merged():
    """One sentence each, made of what the catalogue holds."""
    catalogue = load_catalogue()
    rules = {id: rule_of(catalogue, each) for id, each in catalogue.indicators.items()}
    assert (rules[REVENUE].name, rules[POOR].name) == ("rule_add_over", "rule_add_end")
    assert (rules[ON_TIME].name, rules[ON_TIME].by) == ("rule_weighted", catalogue.indicators[FILES].names)
    assert rules["cultural_group_title"].name == "rule_groups"
    assert rules[INSURED].said["vi"]


@UNHURRIED
@given(first=MONEY, second=MONEY)
def test_a_sum_equals_its_parts_in_either_order(first, second):
    """To the last đồng, whichever ward is named first."""
    ins = [row(A, REVENUE, first), row(B, REVENUE, second)]
    swapped = places((B, "full"), (A, "full"))
    assert value(derived(*ins)[1], REVENUE) == first + second
    assert derived(*ins)[0].frame.equals(derived(*ins[::-1], catalogue=swapped)[0].frame)


@UNHURRIED
@given(st.data())
def test_a_share_lies_between_those_of_its_parts(data):
    """And is the share of the summed count in the summed whole."""
    parts = []
    for _ in "ab":
        whole = data.draw(st.integers(1, 5000))
        parts.append((data.draw(st.integers(0, whole)), whole))
    ins = [
        each for unit, (count, whole) in zip((A, B), parts, strict=True)
        for each in (row(unit, GROUPS, Decimal(count), of=Decimal(whole)),
                     row(unit, GROUPS_RATE, Decimal(count) * 100 / whole, method="computed"))
    ]  # fmt: skip
    found = value(derived(*ins)[1], GROUPS_RATE)
    shares = [Decimal(count) * 100 / whole for count, whole in parts]
    assert min(shares) <= found <= max(shares)
    assert found == Decimal(sum(count for count, _ in parts) * 100) / sum(whole for _, whole in parts)


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 9999)), min_size=2, max_size=2))
def test_a_weighted_rate_lies_between_those_of_its_parts(parts):
    """Weighted by the files each ward settled."""
    ins = [
        each for unit, (rate, files) in zip((A, B), parts, strict=True)
        for each in (row(unit, ON_TIME, Decimal(rate) / 10), row(unit, FILES, Decimal(files)))
    ]  # fmt: skip
    found = value(derived(*ins)[1], ON_TIME)
    assert min(rate for rate, _ in parts) <= found * 10 <= max(rate for rate, _ in parts)


@UNHURRIED
@given(MONEY, st.sampled_from(["", "about"]), COUNTS)
def test_one_ward_in_full_is_that_ward(money, hedge, insured):
    """Everything it reported, hedges and all, under the new key; a part of another ward's territory changes that."""
    ins = [row(A, REVENUE, money, hedge=hedge), row(A, INSURED, Decimal(insured)), plan(A, REVENUE, money)]
    _, rows = derived(*ins, catalogue=places((A, "full")))
    assert [value(rows, REVENUE), value(rows, INSURED)] == [money, insured]
    kept = rows[REVENUE, 2024, "year", "actual", ""]
    assert (kept["hedge"], kept["method"], kept["unit_code"]) == (hedge, "reported", NEW.code)


@UNHURRIED
@given(st.lists(st.tuples(st.sampled_from([A, B]), MONEY), max_size=6))
def test_a_part_of_a_ward_never_enters_a_figure(parts):
    """Whatever is known of it."""
    ins = [row(unit, REVENUE, money, 2010 + at) for at, (unit, money) in enumerate(parts)]
    found, rows = derived(row(NEW, REVENUE, 1.0, 2026), *ins, catalogue=places((A, "partial"), (B, "full")))
    assert set(rows) == {(REVENUE, 2026, "year", "actual", "")}
    assert {reason.name for reason in found.reasons.values()} <= {"partial"}
