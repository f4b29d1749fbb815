"""A package from anybody: it goes in whole and freezes to the same hash, or nothing does and it is said why."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

import pytest

from app.exports.package import package_zip
from core.catalogue import load_catalogue
from core.errors import FaultError
from core.store import Note, add_note, store_batch, tidy, undo, verify, withdraw_note
from core.store import package as p
from core.store.audit import audit_log
from core.store.freezes import content_now, freeze_content, hash_of, list_freezes, make_freeze
from core.store.office import choose, office
from tests.app.decks import CONFERENCES, edited, frozen, open_freeze
from tests.core.store.examples import SAMPLE, WARD, figure, report

CATALOGUE = load_catalogue()
LEAST = 2_000_000  # bytes that a small package unpacks to at the most


@cache
def small() -> bytes:
    """The package of a freeze with a single report."""
    return package_zip(frozen("one report"))


def files_of(packed: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files, **how) -> bytes:
    """A package of these members: a mapping, or pairs where a name stands twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, content)
    return made.getvalue()


def with_content(change) -> bytes:
    """The small package with a changed content that is stated as carefully as a program would."""
    files = files_of(small())
    content = json.loads(files[p.FREEZE])
    change(content)
    files[p.FREEZE] = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="surrogatepass"
    )
    return stated(files)


def stated(files: dict[str, bytes]) -> bytes:
    """A package whose description fits its freeze."""
    described = json.loads(files[p.DESCRIPTOR])
    described["freeze"]["hash"] = hash_of(files[p.FREEZE])
    for each in described["resources"]:
        if each["path"] == p.FREEZE:
            each["hash"] = f"sha256:{hash_of(files[p.FREEZE])}"
    return zipped(files | {p.DESCRIPTOR: json.dumps(described).encode()})


def refused(packed: bytes) -> list[str]:
    """The codes of what is wrong with a package, each a sentence in both languages that says what to do."""
    with pytest.raises(FaultError) as error:
        p.open_package(packed)
    assert all(fault.sentence("vi") != fault.sentence("en") and fault.sentence("vi").endswith(".")
               for fault in error.value.faults)  # fmt: skip
    return [fault.code.removeprefix("package.") for fault in error.value.faults]


def changed(name: str, content: bytes | None) -> bytes:
    """The small package with one member another, or without it."""
    files = files_of(small()) | ({} if content is None else {name: content})
    return zipped({each: files[each] for each in files if content is not None or each != name})


def locked() -> bytes:
    """The small package with a member marked as locked by a password."""
    made = bytearray(small())
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def bomb() -> bytes:
    """A package that says of itself that it is small, and unpacks to more than is taken in."""
    made = bytearray(zipped(files_of(small()) | {p.TABLES: b"0" * (LEAST + 1)}))
    at = made.rindex(p.TABLES.encode()) - 46 + 24  # the size in the list of members
    made[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(made)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("packed", "codes"),
    [
        (lambda: b"", ["no_zip"]),
        (lambda: b"PK\x03\x04 nothing", ["no_zip"]),
        (lambda: small()[:-30], ["no_zip"]),
        (lambda: b"0" * (p.MOST_BYTES + 1), ["too_large"]),
        (lambda: zipped({}), ["missing", "public_copy"]),
        (lambda: package_zip(frozen("one report"), whole=False), ["public_copy"]),
        (lambda: changed("../figures.csv", b"x"), ["odd_member"]),
        (lambda: changed("/etc/passwd", b"x"), ["odd_member"]),
        (lambda: zipped([*files_of(small()).items(), (p.FREEZE, b"{}")]), ["twice"]),
        (locked, ["locked"]),
        (lambda: zipped(files_of(small()) | {p.TABLES: b"0" * (LEAST + 1)}), ["unpacked_large"]),
        (bomb, ["damaged"]),
        (lambda: changed(p.DESCRIPTOR, b"{" * 100_000), ["no_json"]),
        (lambda: changed(p.DESCRIPTOR, b"[]"), ["no_json"]),
        (lambda: changed(p.DESCRIPTOR, b"{}"), ["wrong_hash"]),
        (lambda: changed("figures.csv", b"unit_code\r\n"), ["altered"]),
        (lambda: changed("figures.csv", None), ["missing"]),
        (lambda: changed(p.FREEZE, files_of(small())[p.FREEZE] + b" "), ["altered", "wrong_hash"]),
        (lambda: stated(files_of(small()) | {p.FREEZE: b"nothing"}), ["no_json"]),
        (lambda: stated(files_of(small()) | {p.FREEZE: files_of(small())[p.FREEZE] + b" "}), ["not_a_freeze"]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_whole_package_is_refused_with_what_to_do(monkeypatch, packed, codes):
    """Broken, locked, stuffed, swollen or changed: by its name, every reason at once where several can be told."""
    monkeypatch.setattr(p, "MOST_UNPACKED", LEAST)
    assert refused(packed()) == codes


@pytest.mark.parametrize(
    "facts",
    [{"made_at": "9999-12-31T23:59:59-14:00"}, {"made_at": "0001-01-01T00:00:00+14:00"},
     {"made_at": "2020-01-01T00:00"}, {"title": " "}, {"title": 5}, {"title": "x" * 5000},
     {"left_out": -1}, {"left_out": 0.5}],
)  # fmt: skip
def test_a_freeze_told_of_in_a_way_no_program_would_is_refused(facts):
    """A moment beyond the years there are, a name that is none or fills a page: no list could show it."""
    files = files_of(small())
    described = json.loads(files[p.DESCRIPTOR])
    described["freeze"].update(facts)
    assert refused(zipped(files | {p.DESCRIPTOR: json.dumps(described).encode()})) == ["descriptor"]


def set_to(part: str, column: str, value: object):
    """A change of one value of a content."""
    return lambda content: content[part][0].update({column: value})


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda content: content.update(format=3), ["format"]),
        (lambda content: content.update(format=1, left_out=0), ["format"]),
        (lambda content: content.update(extra=[]), ["part"]),
        (lambda content: content.pop("figures"), ["part"]),
        (lambda content: content.update(unit=["00238"], year="2020"), ["part", "part"]),
        (lambda content: content.update(unit=["00238", "yesterday"]), ["part"]),
        (lambda content: content["catalogue"].update({"../../x.toml": ""}), ["part"]),
        (lambda content: content["catalogue"].update({"units.csv": 5}), ["part"]),
        (lambda content: content.update(year=2019), ["part"]),
        (lambda content: content.update(colour="url(x)"), ["part"]),
        (lambda content: content.update(figures={}, awards=[[]]), ["part", "row"]),
        (set_to("figures", "value", "NaN"), ["row"]),
        (set_to("figures", "value", "1E+999999999"), ["row"]),
        (set_to("figures", "value", "1.0"), ["row"]),
        (set_to("figures", "value", 101), ["row"]),
        (set_to("figures", "year", True), ["row"]),
        (set_to("figures", "year", 2**40), ["row"]),
        (set_to("figures", "unit_from", "1900-1-1"), ["row"]),
        (set_to("figures", "at", "2020-01-01T00:00:00"), ["row"]),
        (set_to("figures", "quote", "a\0b"), ["row"]),
        (set_to("figures", "quote", "\ud800"), ["row"]),
        (set_to("figures", "extra", ""), ["row"]),
        (lambda content: content.update(figures=[{}] * 50), ["row"] * p.MOST_FAULTS),
    ],
)  # fmt: skip
def test_a_freeze_of_another_form_is_refused_part_by_part(change, codes):
    """However well its hash is stated: rows are told by part, number and column, and not without end."""
    assert refused(with_content(change)) == codes


@pytest.mark.parametrize(
    "change",
    [
        set_to("figures", "indicator", "no_such"),
        set_to("figures", "unit_code", "99999"),
        set_to("figures", "report", "0" * 64),
        lambda content: content["figures"].append(content["figures"][0]),
        lambda content: content["figures"].reverse(),
        lambda content: content["catalogue"].update({"measures.toml": "vnd = 5"}),
        lambda content: content["catalogue"].update({"measures.toml": "["}),
        lambda content: content["catalogue"].pop("units.csv"),
        lambda content: content.update(year=2020, unit=["99999", "1900-01-01"]),
    ],
)  # fmt: skip
def test_what_does_not_freeze_to_its_own_hash_is_not_loaded(sqlite_store, change):
    """A forged freeze is tried in a store of its own first; the real one is never touched."""
    package = p.open_package(with_content(change))
    with pytest.raises(FaultError):
        p.restore(sqlite_store, CATALOGUE, package, "an")
    assert list_freezes(sqlite_store, [WARD]) == () and audit_log(sqlite_store).empty


@pytest.mark.parametrize("name", CONFERENCES)
def test_a_package_loads_into_an_empty_store_and_freezes_to_the_same_hash(store, name):
    """On both databases; its freeze is there, the store verifies, and the audit log says who."""
    unit, year = CONFERENCES[name]
    origin = frozen(name)
    restored = p.restore(store, CATALOGUE, p.open_package(package_zip(origin)), "an")
    made = make_freeze(store, CATALOGUE, unit, year, "Chốt lại", "an")
    assert restored.differs == () and made.hash == origin.freeze.hash == restored.freeze.hash
    assert freeze_content(store, restored.freeze.id) == origin.content and verify(store) == []
    assert (restored.freeze.title, restored.freeze.at) == (origin.freeze.title, origin.freeze.at)
    assert set(tidy(store, "tidy_indicators", unit=unit)["year"]) >= {year}
    assert {"freeze.loaded", "freeze.made"} <= set(audit_log(store)["what"])


def test_a_store_that_has_anything_of_the_ward_refuses_and_stays_as_it_is(sqlite_store):
    """Figures, or only a note; undone figures and those of another ward are in nobody's way."""
    package = p.open_package(small())
    store_batch(sqlite_store, figures=[figure(unit=SAMPLE)], report=report(unit=SAMPLE), who="an")
    batch = store_batch(sqlite_store, figures=[figure()], report=None, who="an").id
    note = add_note(sqlite_store, Note(WARD, 2020, "Giãn cách xã hội"), "an")
    before = content_now(sqlite_store, CATALOGUE, WARD, 2020)
    with pytest.raises(FaultError) as error:
        p.restore(sqlite_store, CATALOGUE, package, "an")
    assert [(fault.code, fault.params["table"]) for fault in error.value.faults] == [
        ("package.not_empty", "current_figure"), ("package.not_empty", "note")
    ]  # fmt: skip
    assert content_now(sqlite_store, CATALOGUE, WARD, 2020) == before and list_freezes(sqlite_store, [WARD]) == ()
    undo(sqlite_store, batch, "an", "nhầm")
    withdraw_note(sqlite_store, note, "an")
    choose(sqlite_store, "an", unit=SAMPLE)
    restored = p.restore(sqlite_store, CATALOGUE, package, "an")
    assert restored.differs == () and office(sqlite_store).unit == SAMPLE and verify(sqlite_store) == []
    with pytest.raises(FaultError) as error:
        p.restore(sqlite_store, CATALOGUE, package, "an")
    assert {fault.code for fault in error.value.faults} == {"package.not_empty", "package.report_there"}


def test_a_freeze_of_another_catalogue_goes_in_and_opens_by_its_own(sqlite_store):
    """With notes, explanations, sentences and groups, a figure left out; only a freeze made here would be another."""
    origin = open_freeze(edited().store, edited().after)
    restored = p.restore(sqlite_store, CATALOGUE, p.open_package(package_zip(origin)), "an")
    assert restored.differs == ("catalogue",) and verify(sqlite_store) == []
    assert restored.freeze.left_out == origin.freeze.left_out == 1
    kept = open_freeze(sqlite_store, restored.freeze)
    assert kept.content == origin.content
    assert kept.catalogue.indicators["cultural_groups"].name("vi") == "Khu dân cư văn hóa"


def test_a_printed_name_that_another_office_keeps_for_itself_is_told(sqlite_store):
    """The figures go in exactly; only a freeze made there would be another, and it is said of what."""
    choose(sqlite_store, "an", unit=WARD, printed_name="UBND phường khác")
    restored = p.restore(sqlite_store, CATALOGUE, p.open_package(package_zip(frozen("full"))), "an")
    assert restored.differs == ("printed_name",) and office(sqlite_store).printed_name == "UBND phường khác"
    assert verify(sqlite_store) == []
