"""The catalogue is read and checked as a whole."""

import shutil
from datetime import date

import pytest

from core.catalogue import CATALOGUE, FAMILIES, load_catalogue
from core.errors import FaultError
from core.figures import UnitKey

READER_IDS = {
    "budget_revenue",
    "budget_revenue_own",
    "budget_expenditure",
    "budget_revenue_attainment",
    "budget_revenue_own_attainment",
    "budget_expenditure_attainment",
    "cultural_groups",
    "cultural_groups_rate",
    "cultural_families",
    "cultural_families_rate",
    "cultural_agencies",
    "award_collectives",
    "award_collectives_ward",
    "award_collectives_district",
    "award_collectives_city",
    "award_collectives_central",
    "award_individuals",
    "award_individuals_ward",
    "award_individuals_district",
    "award_individuals_city",
    "award_individuals_central",
    "award_households",
    "award_households_ward",
    "award_households_district",
    "award_households_city",
    "award_households_central",
    "title_collectives_ttldtt",
    "title_collectives_ttldxs",
    "title_individuals_ldtt",
    "title_individuals_cstdcs",
    "construction_permit_rate",
    "conscripts",
    "conscription_rate",
    "poor_households",
    "near_poor_households",
    "poor_household_rate",
    "health_insurance_rate",
    "onestop_files",
    "onestop_on_time_rate",
    "complaints_resolved_rate",
}


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def broken(tmp_path):
    """A copy of the catalogue in which one piece of text is replaced by another."""
    copy = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, copy)

    def replace(file, old, new):
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return replace


def faults_of(folder, lang="vi"):
    with pytest.raises(FaultError) as raised:
        load_catalogue(folder)
    return [fault.sentence(lang) for fault in raised.value.faults]


def test_every_fault_is_named_at_once_with_file_and_entry(broken):
    """Three mistakes in three files give three sentences, each with its place."""
    broken("indicators/welfare.toml", 'polarity = "lower"', 'polarity = "down"')
    broken("honours.toml", 'kind = "form"', 'kind = "medal"')
    folder = broken("indicators/order.toml", 'due = "12-15"', 'due = "15/12"')
    said = faults_of(folder)
    assert any("welfare.toml [poor_households]" in line and "down" in line for line in said)
    assert any("honours.toml [hc_sao_vang]" in line and "medal" in line for line in said)
    assert any("order.toml" in line and "15/12" in line for line in said)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('of_kinds = ["total", "unstated"]', 'of_kinds = ["all"]', "all"),
        ('rate_of = "poor_households"', 'rate_of = "rich_households"', "rich_households"),
        ("overview_rank = 6", "overview_rank = 1", "1"),
        ("overview_rank = 6", "overview_rang = 6", "overview_rang"),
        ('measured = "end"', 'measured = "sometimes"', "measured"),
        ('measured = "end"\n', "", "measured"),
        ("[poor_households]\n", '[poor_households]\nwas = ["near_poor_households"]\n', "near_poor_households"),
        ('short = { vi = "Hộ nghèo", en = "Poor households" }', 'short = { vi = "Hộ nghèo", en = "" }', "short"),
        ('definition = { vi = "Số hộ nghèo còn lại', 'meaning = { vi = "Số hộ nghèo còn lại', "definition"),
    ],
)
def test_a_wrong_entry_is_refused_in_both_languages(broken, old, new, word):
    """An unknown value, reference or field, a rank given twice and a missing language each stop the load."""
    folder = broken("indicators/welfare.toml", old, new)
    for lang in ("vi", "en"):
        assert any(word in line for line in faults_of(folder, lang))


def test_an_indicator_is_known_by_the_ids_it_had_before(broken):
    """A form made from an older catalogue still names it so; no two indicators may claim one earlier id."""
    folder = broken("indicators/welfare.toml", "[poor_households]\n", '[poor_households]\nwas = ["poor_families"]\n')
    catalogue = load_catalogue(folder)
    assert [catalogue.renamed(id) for id in ("poor_families", "poor_households", "unheard_of")] == [
        "poor_households", "poor_households", "unheard_of",
    ]  # fmt: skip
    folder = broken("indicators/welfare.toml", "[near_poor_households]\n",
                    '[near_poor_households]\nwas = ["poor_families"]\n')  # fmt: skip
    load_catalogue.cache_clear()
    assert all("poor_families" in line for line in faults_of(folder))


def test_a_sample_unit_may_not_carry_an_official_code(broken):
    """Sample codes begin with MAU, so that they meet no real ward."""
    folder = broken("budget_lines.toml", "[r100]", "[r100]")
    header = "code,name,kind,district,province,valid_from,valid_to\n"
    row = "00001,Phường Mẫu,Phường,,Tỉnh Mẫu,1900-01-01,\n"
    (folder / "units_sample.csv").write_text(header + row, encoding="utf-8")
    assert any("MAU" in line for line in faults_of(folder))


def test_every_indicator_of_the_readers_contract_is_in_the_catalogue(catalogue):
    """The ids in which reports are read all have a row."""
    assert READER_IDS - set(catalogue.indicators) == set()


def test_the_catalogue_walked_as_a_whole_is_complete(catalogue):
    """Each row has names, definition and owner in both languages, a legal basis and an aggregation with its reason."""
    for row in catalogue.indicators.values():
        for lang in ("vi", "en"):
            assert row.name(lang) and row.short(lang) and row.owner(lang) and row.definition(lang).endswith(".")
        assert len(row.short("vi")) <= 32, row.id
        assert row.legal and all(isinstance(law["from"], date) for law in row.legal), row.id
        if row.kind in ("share", "percent"):
            assert row.aggregation["rule"] != "add", f"{row.id}: percentages are never added"
        if row.aggregation["rule"] == "none":
            assert row.aggregation["why"]["vi"]
    assert set(catalogue.families) == set(FAMILIES)


def test_a_rate_is_measured_as_what_it_is_a_rate_of(catalogue):
    """Money and files happen over the year, poverty and titles are as they stand at its end; a share follows."""
    for row in catalogue.indicators.values():
        of = row.rate_of or row.attainment_of or str(row.aggregation.get("by", ""))
        assert not of or row.measured == catalogue.indicators[of].measured, row.id
    measured = {id: catalogue.indicators[id].measured for id in ("budget_revenue", "poor_households", "onestop_files")}
    assert measured == {"budget_revenue": "over", "poor_households": "end", "onestop_files": "over"}


def test_revenue_on_the_territory_and_the_wards_own_are_two_indicators(catalogue):
    """They differ in scope and each has its own attainment."""
    territory, own = catalogue.indicators["budget_revenue"], catalogue.indicators["budget_revenue_own"]
    assert (territory.scope, own.scope) == ("territory", "own")
    assert catalogue.attainment_of("budget_revenue") != catalogue.attainment_of("budget_revenue_own")


def test_honours_follow_the_change_of_competence_in_2025(catalogue):
    """The grassroots title was the district's to give until June 2025 and is the ward's since."""
    grantors = {row["level"]: row for row in catalogue.honours["cstdcs"].grantors}
    assert grantors["district"]["to"] == date(2025, 6, 30)
    assert grantors["ward"]["from"] == date(2025, 7, 1)


def test_units_are_found_without_accents_and_by_district_and_kind(catalogue):
    """A name alone may be many wards; district, kind and day narrow it; a wrong kind finds none."""
    (khuong_thuong,) = catalogue.find_units("phuong khuong thuong", "Đống Đa", "Hà Nội")
    assert khuong_thuong.key == UnitKey("00238", date(1900, 1, 1))
    assert len(catalogue.find_units("Phường 8")) > 5
    assert len(catalogue.find_units("Phường 8", "Quận 11", "TP. Hồ Chí Minh")) == 1
    assert catalogue.find_units("Xã Khương Thượng") == ()
    assert catalogue.find_units("Khương Thượng", on=date(2025, 7, 1)) == ()


def test_one_code_can_be_two_territories(catalogue):
    """Code 00229 is the old and the new Kim Liên: only code and first day make a key."""
    both = [unit for unit in catalogue.units if unit.code == "00229"]
    assert len(both) == 2 and len({unit.key for unit in both}) == 2


def test_khuong_thuong_went_whole_into_the_new_kim_lien(catalogue):
    """The succession of July 2025 is known by key."""
    rows = catalogue.places.successors(UnitKey("00238", date(1900, 1, 1)))
    assert [(row.new, row.part) for row in rows] == [(UnitKey("00229", date(2025, 7, 1)), "full")]


def test_a_due_date_in_the_first_half_belongs_to_the_year_after():
    """Budget years close on 31 January after them; cultural titles are judged before 25 November of their own year."""
    indicators = load_catalogue().indicators
    assert indicators["budget_revenue"].due_on(2025) == date(2026, 1, 31)
    assert indicators["cultural_groups"].due_on(2025) == date(2025, 11, 25)
