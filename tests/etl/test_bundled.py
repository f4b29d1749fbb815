"""The bundled reports: loaded whole and once, and the store says what a person reads in the files."""

import csv
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import (
    award_register,
    batches,
    history,
    open_store,
    remove_sample,
    reports,
    residential_groups,
    sources,
    tidy,
    undo,
    units_with_figures,
)
from etl.bundled import REPORTS, bundled_reports, load_bundled
from etl.sandbox import read_in_child
from tests.bundled import bundled_database
from tools.match_published import match

EXPECTED = Path(__file__).resolve().parents[1] / "data" / "expected_figures.csv"
MAU = UnitKey("MAU01", date(1900, 1, 1))
MAU_MERGED = UnitKey("MAU03", date(2025, 7, 1))
WITHOUT_ADDRESS = ("Phường Vạn Phúc",)  # its five figures came to us without the page's address
KHUONG_THUONG = UnitKey("00238", date(1900, 1, 1))


@pytest.fixture(scope="module")
def shipped():
    """The store with everything shipped; only read."""
    with open_store(bundled_database()) as store:
        yield store


@pytest.fixture
def fresh(tmp_path):
    """A copy of that store, to change."""
    source = Path(bundled_database().removeprefix("sqlite:///"))
    copy = tmp_path / "ward.db"
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as target:
        original.backup(target)
    with open_store(f"sqlite:///{copy}") as store:
        yield store


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sixty_figures_read_by_eye_stand_in_the_store(shipped):
    """Each row of the hand-written table is in the store with its value, its denominator and the file it came from."""
    expected = read_csv(EXPECTED)
    assert len(expected) == 60
    units = {UnitKey(row["unit"], _first_day(row["unit"])) for row in expected}
    held = {entry: said for unit in units for entry, said in _held(shipped, unit).items()}
    wrong = []
    for row in expected:
        named = tuple(row[name] for name in NAMED_BY)
        value, of, report = held.get(named, (None, None, ""))
        same_of = not row["of"] or of == float(row["of"])
        if value != float(row["value"]) or not same_of or not report.startswith(row["file"].split(".")[0]):
            wrong.append((named, row["value"], row["of"], value, of, report))
    assert wrong == []


NAMED_BY = (
    "unit", "year", "indicator", "member", "period", "scenario", "basis", "honour", "level", "recipient", "decision_no",
)  # fmt: skip


def _held(store, unit):
    """What the store holds of a unit, figures and award register, as (value, of, report) by NAMED_BY."""
    held = {}
    for row in sources(store, unit).query("indicator != ''").itertuples():
        key = (row.indicator, row.member, row.period, row.scenario, row.basis, "", "", "", "")
        held[(unit.code, str(row.year), *key)] = (row.value, row.of, row.report)
    for row in award_register(store, unit).itertuples():
        key = ("", "", "year", "", "", row.honour, row.level, row.recipient, row.decision_no)
        held[(unit.code, str(row.year), *key)] = (row.count, None, row.report)
    return held


def _first_day(code):
    return date(2025, 7, 1) if code == "MAU03" else date(1900, 1, 1)


def test_a_second_start_loads_nothing(fresh):
    """Every digest is known, so nothing is read and no batch is added."""
    before = len(batches(fresh))
    assert load_bundled(fresh, progress=False) == 0
    assert len(batches(fresh)) == before


def test_what_was_undone_is_not_loaded_again_at_the_next_start(fresh):
    """A person who took a report back keeps it out."""
    undo(fresh, int(batches(fresh)["batch"].min()), "người dùng")
    assert load_bundled(fresh, progress=False) == 0


def test_removing_the_sample_takes_its_wards_off_the_list_and_keeps_real_figures(fresh):
    """One action: no sample unit, no sample figure, the real units as before."""
    before = units_with_figures(fresh)
    remove_sample(fresh, "người dùng")
    after = units_with_figures(fresh)
    assert before["is_sample"].sum() == 3
    assert not after["is_sample"].any()
    assert len(after) == len(before) - 3
    assert len(tidy(fresh, "tidy_indicators", unit=MAU)) == 0
    assert len(tidy(fresh, "tidy_indicators", unit=KHUONG_THUONG)) > 0
    assert load_bundled(fresh, progress=False) == 0


def test_nothing_is_invented_for_khuong_thuong(shipped):
    """Three figures, no group name, no award count: the thirteen certificates are no awards."""
    held = sources(shipped, KHUONG_THUONG)
    assert sorted(held["indicator"]) == ["budget_revenue_attainment", "construction_permit_rate", "cultural_groups"]
    assert len(residential_groups(shipped, KHUONG_THUONG)) == 0
    assert len(award_register(shipped, KHUONG_THUONG)) == 0
    assert len(tidy(shipped, "tidy_awards", unit=KHUONG_THUONG)) == 0


def test_the_sample_has_its_missing_year_its_two_tellings_and_its_merger(shipped):
    """2014 is empty; an estimate and its final account both stand; the new ward's revenue is of another size."""
    figures = tidy(shipped, "tidy_indicators", unit=MAU, period=None)
    assert set(range(2011, 2026)) - set(figures["year"]) == {2014}
    revenue = figures[(figures["indicator"] == "budget_revenue") & (figures["year"] == 2022)]
    assert {"estimate", "final"} <= set(revenue["scenario"])
    merged = tidy(shipped, "tidy_budget", unit=MAU_MERGED, period="h2")
    assert merged["value"].max() > 2 * figures["value"].max()
    assert figures["is_sample"].all()


def test_a_later_report_restates_an_earlier_year_and_both_are_kept(shipped):
    """The near-poor of 2012 were told as 61 and restated as 64 a year later."""
    key = (MAU, "near_poor_households", "", 2012, "year", "actual", "")
    assert [float(value) for value in history(shipped, key)["value"]] in ([61.0, 64.0], [64.0, 61.0])


def test_the_register_counts_every_level_until_the_district_ends(shipped):
    """2020 has 43 awards to collectives and 91 to individuals; 2025 has none of the district."""
    register = award_register(shipped, MAU, [2020])
    by_recipient = register.groupby("recipient")["count"].sum().to_dict()
    assert (by_recipient["collective"], by_recipient["individual"]) == (43, 91)
    assert set(register["level"]) == {"central", "province", "district", "ward"}
    assert "district" not in set(award_register(shipped, MAU_MERGED, [2025])["level"])


def test_every_published_row_has_exactly_one_unit_and_its_page(shipped):
    """159 rows, none skipped, each matched by name with district or province, never by name alone."""
    rows = read_csv(REPORTS / "published" / "published_figures.csv")
    catalogue = load_catalogue()
    assert len(rows) == 159
    for row in rows:
        (unit,) = match({"unit": row["unit_name"], **row}, catalogue)
        assert (unit.code, unit.valid_from.isoformat()) == (row["unit_code"], row["unit_from"])
        assert row["source_url"].startswith("http") or row["unit_name"] in WITHOUT_ADDRESS
    stored = set()
    for unit in {UnitKey(row["unit_code"], date.fromisoformat(row["unit_from"])) for row in rows}:
        stored |= {(unit.code, row.indicator, row.year, row.scenario) for row in sources(shipped, unit).itertuples()}
    assert {(row["unit_code"], row["indicator"], int(row["year"]), row["scenario"]) for row in rows} <= stored


def test_a_formula_that_was_never_calculated_is_seen_and_gives_no_figure(shipped):
    """The workbook of 2012 has one beside the first row; nothing was stored from its column."""
    path = REPORTS / "mau" / "bao-cao-2012.xlsx"
    (document,) = read_in_child([(path.name, path.read_bytes())])
    cells = [cell for table in document.tables for row in table.rows for cell in row]
    assert [cell.ref for cell in cells if cell.formula_without_value] == ["G6"]
    places = set(sources(shipped, MAU, [2012])["place"])
    assert "Chi tieu!E6" in places
    assert not any(place.startswith("Chi tieu!G") for place in places)


def test_all_bundled_files_together_stay_small_and_each_is_a_file_of_its_kind():
    """Under three megabytes; the shapes a ward has: nine kinds of file."""
    files = [path for path in REPORTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert {".xls", ".xlsx", ".ods", ".csv", ".docx", ".pdf", ".html"} <= {path.suffix for path in files}


def test_every_report_of_the_manifest_is_in_the_store_with_its_title(shipped):
    """Titles and addresses reach the list of sources."""
    held = reports(shipped)
    assert set(held["sha256"]) == {report.sha256 for report in bundled_reports()}
    assert held["title"].str.len().min() > 0


def test_published_pages_are_told_apart_by_their_titles():
    """Each names its publisher's address, and no two are called the same."""
    pages = [report for report in bundled_reports() if report.title.startswith("Số liệu trên mạng")]
    assert len({report.title for report in pages}) == len(pages) > 50
    assert "Số liệu trên mạng: cualo.vn, Phường Nghi Thu, 2018" in {report.title for report in pages}
    assert [report.title for report in pages if not report.url] == ["Số liệu trên mạng, Phường Vạn Phúc, 2016"]


def test_the_day_of_publication_is_the_manifests_and_not_one_met_in_the_text(shipped):
    """The report of 2025 speaks of the merger of 1 July; it came out in December."""
    known = reports(shipped).set_index("name")
    assert known.loc["bao-cao-2025.docx", "published"] == date(2025, 12, 22)
