"""Open data: every table says what the freeze says, figure by figure, and validates by the rules it comes with."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import pytest
from frictionless import Package

from app.exports.package import package_zip, tables_json
from core.store.freezes import packed_content
from core.store.package import EXCEL, FREEZE, KNOWN, METADATA, README, SHEETS, TABLES
from core.texts import LANGUAGES, text
from tests.app.decks import edited, frozen, open_freeze

WARDS = ("full", "one report")
FOLDERS = {"": (",", "."), EXCEL: (";", ",")}  # folder -> delimiter and decimal point
NUMBERS = ("value", "of")


@cache
def files(name: str) -> dict[str, bytes]:
    """The members of a ward's package."""
    return members(package_zip(frozen(name)))


def members(packed: bytes) -> dict[str, bytes]:
    """The files of a .zip."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def rows_of(content: bytes, delimiter: str) -> list[dict[str, str]]:
    """A CSV read as a spreadsheet would."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def said(row: dict, columns) -> dict[str, str]:
    """The values of a row of a freeze as text, missing ones empty."""
    return {name: "" if row[name] is None else str(row[name]) for name in columns}


def validated(packed: bytes, tmp_path) -> list[str]:
    """What the real library has against a package."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert len(report.tasks) == 2 * len(SHEETS) + sum(name in archive.namelist() for name in (TABLES, FREEZE))
    return [error.type for error in report.errors] + [error.type for task in report.tasks for error in task.errors]


@pytest.mark.parametrize("name", WARDS)
@pytest.mark.parametrize("whole", [True, False])
def test_a_package_validates_without_a_fault(name, whole, tmp_path):
    """By the real library: types, keys, foreign keys, constraints, sizes and hashes."""
    assert validated(package_zip(frozen(name), whole=whole), tmp_path) == []


def test_the_rules_of_a_package_would_find_what_is_wrong(tmp_path):
    """A value that is no number, a word that is none, a key twice, an indicator nobody knows."""
    content = json.loads(packed_content(frozen("one report").content))
    row = content["figures"][0]
    content["figures"] += [row, row | {"scenario": "maybe"}, row | {"period": "13m"}]
    found = validated(package_zip(replace(frozen("one report"), content=content), whole=False), tmp_path)
    assert set(found) == {"primary-key", "constraint-error"} and len(found) == 6


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", WARDS)
def test_each_table_says_what_the_freeze_says(name, folder):
    """Figure by figure, award by award, group by group, exactly; names in both languages."""
    delimiter, point = FOLDERS[folder]
    told, content, catalogue = frozen(name), frozen(name).content, frozen(name).catalogue
    tables = {sheet: rows_of(files(name)[f"{folder}{sheet}.csv"], delimiter) for sheet in SHEETS}
    for part, own in (("figures", "indicators"), ("awards", "honours"), ("groups", None), ("reports", None)):
        assert len(tables[part]) == len(content[part])
        for row, kept in zip(tables[part], content[part], strict=True):
            plain = said(kept, row.keys() & kept.keys() - {"is_sample"})
            plain |= {key: plain[key].replace(".", point) for key in NUMBERS if key in plain}
            assert {key: row[key].removeprefix("'") if key == "quote" else row[key] for key in plain} == plain
            for lang in LANGUAGES if own else ():
                entry = getattr(catalogue, own)[kept["indicator" if own == "indicators" else "honour"]]
                assert row[f"name_{lang}"] == entry.name(lang)
    assert {(row["code"], row["valid_from"]) for row in tables["units"]} == {
        (unit.code, str(unit.valid_from)) for unit in catalogue.units
    }
    assert [row["id"] for row in tables["indicators"]] == list(catalogue.indicators)
    assert {row["is_sample"] for row in tables["figures"]} == {"true" if name == "full" else "false"}
    assert told.freeze.hash in files(name)["datapackage.json"].decode()


@pytest.mark.parametrize("name", WARDS)
def test_the_json_has_every_table_with_exact_numbers(name):
    """The same rows as the CSV files; a missing value is null, and the freeze says what it is."""
    content, freeze = frozen(name).content, frozen(name).freeze
    found = json.loads(files(name)[TABLES], parse_float=Decimal, parse_int=Decimal)
    assert files(name)[TABLES] == tables_json(frozen(name)) and set(found) == {"freeze", *SHEETS}
    for row, kept in zip(found["figures"], content["figures"], strict=True):
        assert (row["value"], row["of"]) == tuple(None if kept[each] is None else Decimal(kept[each])
                                                  for each in ("value", "of"))  # fmt: skip
        assert row["quote"] == (kept["quote"] or None) and row["year"] == kept["year"]
    assert [row["count"] for row in found["awards"]] == [row["count"] for row in content["awards"]]
    assert (found["freeze"]["hash"], found["freeze"]["left_out"]) == (freeze.hash, freeze.left_out)


def test_a_package_is_the_same_bytes_every_time_and_holds_the_freeze_as_it_is():
    """Nothing in it tells when or where it was packed; every file is one that loading knows."""
    packed = package_zip(frozen("full"))
    assert packed == package_zip(frozen("full")) and set(members(packed)) == KNOWN - {EXCEL}
    assert members(packed)[FREEZE] == packed_content(frozen("full").content)


def test_text_that_begins_like_a_formula_stays_text_and_still_validates(tmp_path):
    """In the CSV files behind an apostrophe, a negative number as it is; the JSON has the text itself."""
    content = json.loads(packed_content(frozen("one report").content))
    content["figures"][0] |= {"quote": "=HYPERLINK(1)", "place": '@x;\r\n"y", z', "value": "-1.5"}
    made = replace(frozen("one report"), content=content)
    assert validated(package_zip(made), tmp_path) == []
    for folder, (delimiter, point) in FOLDERS.items():
        row = rows_of(members(package_zip(made))[f"{folder}figures.csv"], delimiter)[0]
        assert (row["quote"], row["place"]) == ("'=HYPERLINK(1)", '\'@x;\r\n"y", z')
        assert row["value"] == f"-1{point}5"
    assert json.loads(tables_json(made))["figures"][0]["quote"] == "=HYPERLINK(1)"


def test_the_public_copy_knows_no_file_no_reason_and_nobody():
    """Of a ward written about and corrected by hand; the whole package names nobody either, and grants no licence."""
    kept = open_freeze(edited().store, edited().before)
    content = json.loads(packed_content(kept.content))
    content["figures"][0]["reason"] = "ông Tám báo lại"
    public, whole = (members(package_zip(replace(kept, content=content), whole=each)) for each in (False, True))
    everything = b"\n".join(public.values()).decode()
    assert FREEZE not in public and "ông Tám báo lại" not in everything and "Bà Lan" not in everything
    assert not [row["name"] for row in content["reports"] if row["name"] in everything]
    assert "Bà Lan" not in b"\n".join(whole.values()).decode()
    assert not {"licenses", "license"} & set(json.loads(whole["datapackage.json"]))
    for lang in LANGUAGES:
        assert text("package.public", lang) in public[README].decode("utf-8-sig")
        for said_there in ("licence", "load", "guard", "sample"):
            assert text(f"package.{said_there}", lang) in whole[README].decode("utf-8-sig")


def test_a_freeze_of_the_first_form_is_given_as_tables_only():
    """It names who answers for a missed plan; the package says why it cannot be loaded back."""
    kept = open_freeze(edited().store, edited().before)
    content = kept.content | {"format": 1, "left_out": 0, "shortfalls": [{"person": "Bà Lan"}]}
    found = members(package_zip(replace(kept, content=content)))
    assert FREEZE not in found and "Bà Lan" not in b"\n".join(found.values()).decode()
    assert all(text("package.of_old", lang) in found[README].decode("utf-8-sig") for lang in LANGUAGES)


@pytest.mark.parametrize("folder", FOLDERS)
def test_csvw_describes_every_column_and_every_cell_is_of_its_type(folder):
    """As a W3C validator would: titles are the headers in order, datatypes and formats hold, keys and links are met."""
    delimiter, point = FOLDERS[folder]
    group = json.loads(files("full")[f"{folder}{METADATA}"])
    assert group["@context"] == "http://www.w3.org/ns/csvw" and group["dialect"]["delimiter"] == delimiter
    assert group["dialect"]["encoding"] == "utf-8" and group["dialect"]["header"] is True
    tables = {table["url"]: table["tableSchema"] for table in group["tables"]}
    read = {url: rows_of(files("full")[f"{folder}{url}"], delimiter) for url in tables}
    assert set(tables) == {f"{sheet}.csv" for sheet in SHEETS}
    for url, schema in tables.items():
        header = files("full")[f"{folder}{url}"].decode("utf-8-sig").splitlines()[0].split(delimiter)
        assert [column["titles"] for column in schema["columns"]] == header
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column["name"]) for column in schema["columns"])
        for column in schema["columns"]:
            assert {said_in["@language"] for said_in in column["dc:description"]} == set(LANGUAGES)
            cells = [row[column["name"]] for row in read[url]]
            assert not column["required"] or all(cells)
            assert all(is_of(cell, column["datatype"], point) for cell in cells if cell != column["null"])
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in read[url]]
        assert len(set(keys)) == len(keys)
        for link in schema.get("foreignKeys", ()):
            there = {tuple(row[name] for name in link["reference"]["columnReference"])
                     for row in read[link["reference"]["resource"]]}  # fmt: skip
            here = {tuple(row[name] for name in link["columnReference"]) for row in read[url]}
            assert {each for each in here if all(each)} <= there


def is_of(cell: str, datatype: dict, point: str) -> bool:
    """Whether a cell is of a CSVW datatype, in the spelling of XML Schema unless a format says otherwise."""
    base, form = datatype["base"], datatype.get("format")
    if base == "string":
        return form is None or re.fullmatch(form, cell) is not None
    if base == "decimal":
        assert (form or {}).get("decimalChar", ".") == point
        return re.fullmatch(rf"-?[0-9]+({re.escape(point)}[0-9]+)?", cell) is not None
    if base == "integer":
        return re.fullmatch(r"-?[0-9]+", cell) is not None
    if base == "boolean":
        return cell in ("true", "false")
    return bool({"date": date, "dateTime": datetime}[base].fromisoformat(cell))
