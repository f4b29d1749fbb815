"""Every value can be followed back to its report, place and sentence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core.figures import Origin, UnitKey
from core.store import award_register, batches, flags, history, reports, sources, store_batch, undo
from tests.core.store.examples import WARD, award, figure, plan, report


@pytest.fixture
def filled(store):
    """One report with two figures and an award, and a correction by hand."""
    taken = report(title="Báo cáo 2020", url="https://example.invalid/bc", published=date(2020, 12, 30))
    figures = [
        figure("cultural_groups", "13", of="18", quote="13/18 tổ", origin=Origin("trang 2, câu 5", "prose.ratio", 3)),
        plan(value="8400", origin=Origin("Thu!C14", "template")),
    ]
    given = award(count=2, decision_no="12/QĐ", decision_date=date(2020, 12, 1), quote="02 tập thể")
    store_batch(store, figures=figures, awards=[given], report=taken, who="an", note="cuối năm")
    store_batch(store, figures=[plan(value="8500")], report=None, who="bình")
    return store


def test_sources_say_where_each_current_value_stood(filled):
    """Report, place, quote and rule for what was read; nothing of it for what was entered by hand."""
    frame = sources(filled, WARD)
    assert list(frame.columns) == [
        "unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis", "value", "of", "hedge",
        "flags", "report", "place", "quote", "rule", "batch", "who", "at", "is_sample", "url", "published", "honour",
        "class", "level", "recipient",
    ]  # fmt: skip
    by = frame.set_index(frame.indicator + frame.honour)
    groups = by.loc["cultural_groups"]
    assert groups[["report", "place", "quote", "rule", "who", "batch"]].tolist() == [
        "bao-cao-2020.docx", "trang 2, câu 5", "13/18 tổ", "prose.ratio", "an", 1
    ]  # fmt: skip
    assert (groups.value, groups.of, groups.url) == (13, 18, "https://example.invalid/bc")
    assert groups.published == date(2020, 12, 30)
    assert abs(datetime.now(UTC) - groups["at"]) < timedelta(hours=1)
    assert by.loc["budget_revenue", ["value", "report", "place", "who"]].tolist() == [8500, "", "", "bình"]
    entry = by.loc["gk_phuong", ["value", "level", "recipient", "quote"]]
    assert entry.tolist() == [2, "ward", "collective", "02 tập thể"]
    assert sources(filled, WARD, years=[2019]).empty


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"indicators": ["nothing"]}, []),
        ({"indicators": ["cultural_groups"], "member": "TDP01"}, []),
        ({"indicators": ["cultural_groups"]}, ["cultural_groups"]),
        ({"indicators": [""]}, ["gk_phuong"]),
        ({"indicators": ["", "budget_revenue"], "member": ""}, ["budget_revenue", "gk_phuong"]),
    ],
)
def test_sources_of_some_figures_leave_out_all_others(filled, asked, found):
    """An indicator, a part of one, or the award register alone."""
    frame = sources(filled, WARD, [2020], **asked)
    assert sorted(frame.indicator + frame.honour) == sorted(found)


def test_several_wards_are_read_together_and_no_other(filled):
    """Each row under the key of its own ward; a code alone is none: the later ward's was another's before."""
    later = UnitKey("00235", date(2025, 7, 1))
    others = [figure(unit=later, year=2026), figure(unit=UnitKey("00235", WARD.valid_from))]
    store_batch(filled, figures=others, awards=[award(unit=later, year=2026)], report=None, who="an")
    for read in (sources, award_register, flags):
        both = read(filled, [WARD, later])
        apart = [len(read(filled, key)) for key in (WARD, later)]
        assert min(apart) > 0 and len(both) == sum(apart)
    assert set(zip(both["unit_code"], both["unit_from"], strict=True)) == {WARD, later}


def test_flags_and_the_day_of_storing_are_read_without_the_rest(store):
    """Of the indicators asked for, with nothing of a report's text."""
    store_batch(store, figures=[figure(flags=("scope_unstated",)), figure("conscripts")], report=None, who="an")
    frame = flags(store, WARD, indicators=["budget_revenue"])
    assert frame[["indicator", "year", "flags"]].to_numpy().tolist() == [["budget_revenue", 2020, "scope_unstated"]]
    assert abs(datetime.now(UTC) - frame.loc[0, "at"]) < timedelta(hours=1)
    assert flags(store, WARD, indicators=["complaints"]).empty


def test_the_register_is_read_with_its_decisions(filled):
    """One row an entry, with decision and day."""
    (row,) = award_register(filled, WARD, years=[2020]).to_dict("records")
    assert (row["honour"], row["count"], row["decision_no"]) == ("gk_phuong", 2, "12/QĐ")
    assert row["decision_date"] == date(2020, 12, 1)
    assert row["report"] == "bao-cao-2020.docx"


def test_reports_and_batches_list_what_was_taken_in_and_undone(filled):
    """The newest first; an undone report stays on the list, marked."""
    undo(filled, 1, "an", "nhầm phường")
    (taken,) = reports(filled).to_dict("records")
    assert (taken["name"], taken["year"], taken["batch"], taken["state"]) == ("bao-cao-2020.docx", 2020, 1, "undone")
    assert taken["published"] == date(2020, 12, 30)
    frame = batches(filled).set_index("batch")
    assert frame.index.tolist() == [3, 2, 1]
    assert frame.state.to_dict() == {3: "live", 2: "live", 1: "undone"}
    assert frame.rows.to_dict() == {3: 0, 2: 1, 1: 3}
    assert frame.note.to_dict() == {3: "nhầm phường", 2: "", 1: "cuối năm"}
    assert frame.undoes.fillna(0).to_dict() == {3: 1, 2: 0, 1: 0}
    assert frame.report.to_dict() == {3: "", 2: "", 1: "bao-cao-2020.docx"}


def test_the_reports_of_some_batches_are_read_alone(filled):
    """A batch by hand has none."""
    assert list(reports(filled, [1, 2])["title"]) == ["Báo cáo 2020"]
    assert reports(filled, [2]).empty and reports(filled, []).empty


def test_the_order_of_history_does_not_follow_the_clock(store, monkeypatch):
    """With the clock a day back the later value is still the current one."""
    import core.store.write as write

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=1)

    store_batch(store, figures=[figure(value="1")], report=None, who="an")
    monkeypatch.setattr(write, "datetime", Yesterday)
    store_batch(store, figures=[figure(value="2")], report=None, who="an")
    past = history(store, figure().key)
    assert past.value.tolist() == [1, 2]
    assert past.current.tolist() == [False, True]
    assert past["at"].is_monotonic_decreasing


def test_a_key_without_figures_has_no_history(store):
    """An empty frame with the same columns."""
    empty = history(store, figure(value=str(Decimal(1))).key)
    assert empty.empty
    assert "reason" in empty.columns
