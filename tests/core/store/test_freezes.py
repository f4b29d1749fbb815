"""Freezes: what was approved at a moment, the same for ever, with nothing in it that is not for the hall."""

import itertools
import json
import re
import shutil
import sqlite3
import zlib
from contextlib import closing
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from core.catalogue import load_catalogue
from core.errors import FaultError
from core.figures import UnitKey
from core.lineage import lineage
from core.store import Group, Note, add_note, award_register, list_notes, open_store, store_batch, tables, tidy, verify
from core.store import freezes as f
from core.store.audit import audit_log
from core.store.engine import reading
from core.store.office import choose, office
from core.store.replay import replay
from core.store.shortfalls import Shortfall, list_shortfalls, write_shortfall
from core.store.unshown import Unshown, mark_unshown, withdraw_unshown
from tests.core.store.examples import WARD, add_account, approve, award, figure, plan, report

CATALOGUE = load_catalogue()
MARKS = st.frozensets(
    st.tuples(st.sampled_from([2019, 2020]),
              st.sampled_from(["budget_revenue", "cultural_groups", "award_individuals", "award_individuals_ward"])),
)  # fmt: skip


@pytest.fixture
def filled(store):
    """A ward with two years, a note, its printed name and awards with the names of people beside them."""
    chairman = award("gk_phuong", 2, recipient="individual")
    store_batch(
        store,
        figures=[figure(value="49090000000", quote="thu 49,09 tỷ"), plan(value="48600000000"),
                 figure("cultural_groups", "13", of="18", of_kind="total"), figure(value="45000000000", year=2019),
                 figure("award_individuals", "2", quote="khen thưởng ông Nguyễn Văn Tám")],
        awards=[chairman],
        report=report("thu 49,09 tỷ", title="Báo cáo năm 2020"),
        who="Trần Thị Nhập",
        names={chairman.key: ["Nguyễn Văn Tám", "Lê Thị Chín"]},
    )  # fmt: skip
    add_note(store, Note(WARD, 2020, "Giãn cách xã hội", day=date(2020, 4, 1)), "Trần Thị Nhập")
    write_shortfall(store, Shortfall(WARD, 2019, "conscripts", "Vắng", "Đo lại từng hộ", "Phạm Thị Hứa",
                                     date(2020, 6, 30)), "an")  # fmt: skip
    choose(store, "Trần Thị Nhập", unit=WARD, printed_name="UBND phường Khương Thượng", colour="plum")
    return store


@pytest.fixture
def freeze(filled):
    """Its freeze of 2020."""
    return f.make_freeze(filled, CATALOGUE, WARD, 2020, " Hội nghị  tổng kết ", "an")


def read_again(store) -> list:
    """What screens ask of a store, as plain values."""
    units = lineage(CATALOGUE, WARD)
    frame = tidy(store, "tidy_indicators", unit=units, period=None).drop(columns=["batch"])
    register = award_register(store, units).drop(columns=["batch", "who"])
    notes = [(note.year, note.text, note.day) for note in list_notes(store, units)]
    rows = [str(row) for each in (frame, register) for row in each.to_dict("records")]
    return [*rows, notes, office(store).printed_name, office(store).colour]


def test_a_year_of_which_nothing_is_approved_cannot_be_frozen_nor_a_freeze_without_a_name(store):
    """Both are said at once, and nothing is stored."""
    add_account(store)
    store_batch(store, figures=[figure()], report=None, who="lan")
    with pytest.raises(FaultError) as refused:
        f.make_freeze(store, CATALOGUE, WARD, 2020, " ", "an")
    assert [fault.code for fault in refused.value.faults] == ["freeze.no_title", "freeze.nothing_approved"]
    assert f.list_freezes(store, [WARD]) == () and "freeze.made" not in set(audit_log(store)["what"])


def test_a_freeze_that_is_not_there_is_named(store):
    """By its number."""
    with pytest.raises(FaultError) as refused:
        f.freeze_content(store, 7)
    assert refused.value.faults[0].code == "freeze.unknown" and "7" in refused.value.faults[0].sentence("vi")


def test_a_freeze_cannot_be_changed_by_the_program_and_a_changed_one_is_found(filled, freeze):
    """By the database itself, by whoever opens it, and by verify."""
    with pytest.raises(Exception, match="append-only"), filled.writer.begin() as connection:
        connection.execute(text("UPDATE frozen SET title = 'khác'"))
    content = f.freeze_content(filled, freeze.id)
    content["figures"][0]["value"] = "1"
    forged = zlib.compress(f.packed_content(content))
    for bad in (forged, forged[:-4], b"nothing of the kind"):
        tamper(filled, bad)
        with pytest.raises(FaultError) as refused:
            f.freeze_content(filled, freeze.id)
        assert refused.value.faults[0].code == "freeze.changed"
        assert [fault.code for fault in verify(filled)] == ["freeze.changed"]


def tamper(store, content: bytes) -> None:
    """Change a freeze behind the program's back."""
    with store.writer.begin() as connection:
        if store.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER IF EXISTS frozen_no_update"))
        else:
            connection.execute(text("ALTER TABLE frozen DISABLE TRIGGER frozen_no_update"))
        connection.execute(text("UPDATE frozen SET content = :content"), {"content": content})


def test_a_freeze_answers_as_on_its_day_whatever_is_stored_later(filled, freeze, tmp_path):
    """A correction, a new note, another name on the door: the freeze knows none of it."""
    before = read_again(filled)
    store_batch(filled, figures=[figure(value="1"), figure("conscripts", "9")], awards=[award(count=8)], report=None,
                who="an")  # fmt: skip
    add_note(filled, Note(WARD, 2020, "Một điều khác"), "an")
    choose(filled, "an", printed_name="Tên khác", colour="red")
    assert read_again(filled) != before
    store, catalogue = replay(f.freeze_content(filled, freeze.id), tmp_path)
    with store:
        assert read_again(store) == before
    assert catalogue.indicators["budget_revenue"].name("vi") == CATALOGUE.indicators["budget_revenue"].name("vi")


def test_a_freeze_loaded_into_an_empty_store_has_the_same_hash_again(filled, tmp_path):
    """So that a copy can be told from the original by nobody; how many figures were left out is the original's own."""
    mark_unshown(filled, Unshown(WARD, 2020, "cultural_groups", "chưa công bố"), "an")
    freeze = f.make_freeze(filled, CATALOGUE, WARD, 2020, "Hội nghị", "an")
    store, catalogue = replay(f.freeze_content(filled, freeze.id), tmp_path)
    with store:
        assert verify(store) == []
        again = f.make_freeze(store, catalogue, WARD, 2020, "Chốt lại", "an")
    assert (again.hash, again.left_out, freeze.left_out) == (freeze.hash, 0, 1)


def test_whatever_is_marked_a_replayed_freeze_freezes_to_the_same_hash(filled, tmp_path):
    """The law behind it, whichever figures are kept back: all of a year, awards, what an explanation speaks of."""
    numbers = itertools.count()

    @given(MARKS)
    @example(frozenset({(2019, "budget_revenue")}))  # the year is approved, and only its explanation is left
    @settings(max_examples=6, deadline=None)
    def law(marks):
        kept = [mark_unshown(filled, Unshown(WARD, *mark, "chưa công bố"), "an") for mark in marks]
        content = f.content_now(filled, CATALOGUE, WARD, 2020)
        for number in kept:
            withdraw_unshown(filled, number, "an")
        assert not [row for row in content["figures"] if (row["year"], row["indicator"]) in marks]
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        store, catalogue = replay(content, folder)
        with store:
            assert f.content_now(store, catalogue, WARD, 2020) == content

    law()


def test_a_freeze_of_the_first_form_opens_and_says_how_many_it_left_out(filled, freeze, tmp_path):
    """The count it held inside is taken over by the migration; it names who answers for a plan to nobody any more."""
    old = f.freeze_content(filled, freeze.id) | {"format": 1, "left_out": 3}
    old["shortfalls"] = [row | {"person": "Phạm Thị Hứa"} for row in old["shortfalls"]]
    packed = f.packed_content(old)
    row = {"unit_code": WARD.code, "unit_from": WARD.valid_from, "year": 2020, "title": "Cũ", "who": "an",
           "at": freeze.at, "hash": f.hash_of(packed), "content": zlib.compress(packed)}  # fmt: skip
    with filled.writer.begin() as connection:
        connection.execute(text("ALTER TABLE frozen DROP COLUMN left_out"))
        connection.execute(insert(tables.frozen).values(row))
        with Operations.context(MigrationContext.configure(connection)):
            import_module("core.store.migrations.versions.0008_left_out").upgrade()
    newest, before = f.list_freezes(filled, [WARD])
    assert (newest.title, newest.left_out, before.left_out) == ("Cũ", 3, 0) and verify(filled) == []
    store, catalogue = replay(f.freeze_content(filled, newest.id), tmp_path)
    with store:
        assert [each.person for each in list_shortfalls(store, [WARD])] == [""]
        assert f.content_now(store, catalogue, WARD, 2020) == f.freeze_content(filled, freeze.id)
    with pytest.raises(Exception, match="append-only"), filled.writer.begin() as connection:
        connection.execute(text("UPDATE frozen SET left_out = 0"))


def test_two_freezes_of_the_same_have_one_hash_and_a_changed_figure_has_another(filled, freeze):
    """Title, person and moment are no part of it."""
    same = f.make_freeze(filled, CATALOGUE, WARD, 2020, "Bản khác", "binh")
    store_batch(filled, figures=[figure(value="49090000001")], report=None, who="an")
    other = f.make_freeze(filled, CATALOGUE, WARD, 2020, "Bản khác", "binh")
    assert same.hash == freeze.hash != other.hash
    assert [each.id for each in f.list_freezes(filled, [WARD])] == [other.id, same.id, freeze.id]
    assert f.list_freezes(filled, [UnitKey("00235", WARD.valid_from)]) == ()


def test_a_database_that_sorts_words_otherwise_gives_the_same_freeze(sqlite_template, tmp_path):
    """As PostgreSQL does by the language it was set up in: a package of it would load nowhere else."""
    shutil.copy(sqlite_template, tmp_path / "ward.db")
    with closing(sqlite3.connect(tmp_path / "ward.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        for name in ("award", "residential_group"):
            words = re.sub(r"(?m)^(\s*\w+ (?:TEXT|VARCHAR)\b)", r"\1 COLLATE NOCASE", _sql_of(raw, name))
            raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (words, name))
        raw.execute("PRAGMA writable_schema = RESET")
        raw.execute("REINDEX")
    numbers = ["B4", "E1", "a3", "Đ2"]
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
        store_batch(store, report=None, who="an", figures=[figure()],
                    awards=[award(decision_no=number) for number in reversed(numbers)],
                    groups=[Group(number, WARD, f"Tổ {number}", "tổ dân phố") for number in numbers])  # fmt: skip
        with reading(store) as connection:
            query = select(tables.award.c.decision_no).order_by(tables.award.c.decision_no)
            assert connection.scalars(query).all() != numbers
        content = f.content_now(store, CATALOGUE, WARD, 2020)
    assert [row["decision_no"] for row in content["awards"]] == [row["id"] for row in content["groups"]] == numbers


def _sql_of(raw: sqlite3.Connection, table: str) -> str:
    return raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]


def test_what_is_not_yet_approved_is_in_no_freeze(filled):
    """The approved value is, while a correction waits."""
    add_account(filled)
    store_batch(filled, figures=[figure("conscripts", "9", year=2021), figure(value="7", year=2022)], report=None,
                who="lan")  # fmt: skip
    approve(filled, 2022)
    content = f.content_now(filled, CATALOGUE, WARD, 2020)
    found = {(row["indicator"], row["year"]): Decimal(row["value"]) for row in content["figures"]}
    assert ("conscripts", 2021) not in found and found["budget_revenue", 2022] == 7


def test_a_freeze_names_nobody_and_holds_no_figure_that_is_not_for_projection(filled):
    """Neither people of the register, nor sentences that name them, nor whoever stored what; what is left out is
    counted."""
    told = json.dumps(f.content_now(filled, CATALOGUE, WARD, 2020), ensure_ascii=False)
    assert "thu 49,09 tỷ" in told, "where a figure came from may be shown"
    mark_unshown(filled, Unshown(WARD, 2020, "cultural_groups", "chưa công bố"), "an")
    freeze = f.make_freeze(filled, CATALOGUE, WARD, 2020, "Hội nghị", "an")
    content = f.freeze_content(filled, freeze.id)
    said = json.dumps(content, ensure_ascii=False)
    names = ("Nguyễn Văn Tám", "Lê Thị Chín", "Trần Thị Nhập", "Phạm Thị Hứa")
    assert not [name for name in names if name in told or name in said] and "Đo lại từng hộ" in said
    assert "cultural_groups" not in {row["indicator"] for row in content["figures"]} and freeze.left_out == 1
    assert "thu 49,09 tỷ" not in said, "a report that tells it is not quoted"


def test_making_a_freeze_is_in_the_audit_log_by_its_hash(filled, freeze):
    """With the year and the name it was given."""
    entry = audit_log(filled).iloc[0]
    assert (entry["what"], entry["who"], entry["target"]) == ("freeze.made", "an", WARD.code)
    assert json.loads(entry["detail"]) == {"year": 2020, "title": "Hội nghị tổng kết", "hash": freeze.hash}
