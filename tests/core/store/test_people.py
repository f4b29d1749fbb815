"""Names of people stand apart from the register: nobody exports them, and a purge leaves nothing of them."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text

from core.errors import FaultError
from core.store import TIDY_COLUMNS, award_register, batches, dump, reports, sources, store_batch, tables, undo, verify
from core.store.audit import audit_log
from core.store.drafts import draft_of, keep_draft
from core.store.dump import FORMATS
from core.store.engine import reading
from core.store.people import names_kept, names_of, purge_names
from core.store.review import unlock
from tests.core.store.examples import SAMPLE, WARD, add_account, approve, award, figure, report

NAMES = ("Nguyễn Thị Hồng Hạnh", "Lò Văn Pịa")
OTHER = "Hoàng Thị Kỳ Lạ"


def keep(store, names=NAMES, given=None, who="an"):
    """Store an award with names beside it."""
    given = given or award()
    return store_batch(store, figures=[], awards=[given], report=None, who=who, names={given.key: names})


def names(store, **rest) -> list[str]:
    """The names beside the newest register of the ward."""
    return names_of(store, WARD, **{"approved": False, **rest})["name"].tolist()


def codes(error) -> set[str]:
    return {fault.code for fault in error.value.faults}


def rows(store, table) -> int:
    with reading(store) as connection:
        return len(connection.execute(select(table)).all())


def files_with(store, words: str) -> list[str]:
    """Which of SQLite's own files hold some words, deleted or not."""
    beside = (store.path.with_name(store.path.name + end) for end in ("", "-wal", "-shm", "-journal"))
    return [file.name for file in beside if file.exists() and words.encode() in file.read_bytes()]


@pytest.mark.parametrize(
    ("given", "names", "code"),
    [
        (award("bk_tinh", level="province"), ["An"], "names.no_award"),
        (award(year=2019), ["An"], "names.no_award"),
        (award(), ["An " * 100], "names.too_long"),
    ],
)
def test_names_without_their_row_and_whole_lists_are_refused(store, given, names, code):
    """A name belongs to a row of the register; nothing of the batch is stored."""
    with pytest.raises(FaultError) as error:
        store_batch(store, figures=[figure()], awards=[award()], report=None, who="an", names={given.key: names})
    assert codes(error) == {code}
    assert batches(store).empty


@pytest.mark.parametrize(("who", "reason", "code"), [(" ", "cũ", "notes.no_who"), ("an", " ", "names.no_reason")])
def test_a_purge_needs_a_person_and_a_reason(store, who, reason, code):
    """Otherwise nothing is deleted."""
    keep(store)
    with pytest.raises(FaultError) as error:
        purge_names(store, who, reason)
    assert codes(error) == {code}
    assert names(store) == list(NAMES)


def test_an_approved_year_takes_no_names_either(store):
    """It is locked against entry; unlocked with a reason it takes them."""
    add_account(store)
    store_batch(store, figures=[figure()], awards=[award()], report=None, who="an")
    approve(store)
    with pytest.raises(FaultError) as error:
        keep(store)
    assert codes(error) == {"review.locked"}
    unlock(store, WARD, 2020, "bình", "thiếu tên")
    assert keep(store).names == 1


def test_names_are_read_back_beside_their_row(store):
    """In the order they were written, spaces single, empty lines left out, accents composed."""
    other = award("ldtt", level="district", recipient="individual", count=1)
    keep(store, ["  Lò   Văn Pịa ", "", "Nguyễn Thị Hồng Hạnh"])
    keep(store, ["Đỗ Ân"], other)
    found = names_of(store, WARD)
    assert found["name"].tolist() == ["Lò Văn Pịa", "Nguyễn Thị Hồng Hạnh", "Đỗ Ân"]
    assert found["honour"].tolist() == ["gk_phuong", "gk_phuong", "ldtt"]
    assert names(store, years=[2021]) == []
    assert names_of(store, SAMPLE).empty


def test_a_list_without_names_takes_them_away(store):
    """Written again the same, nothing is done; names alone make no batch, and the audit log counts them."""
    first = keep(store)
    assert keep(store) == type(first)(None, 0)
    assert keep(store, [OTHER]) == type(first)(None, 0, names=1)
    assert names(store) == [OTHER]
    keep(store, [])
    assert names(store) == []
    assert len(batches(store)) == 1
    log = audit_log(store, what="names.written")
    assert [json.loads(each) for each in log["detail"]] == [{"names": n, "year": 2020} for n in (0, 1, 2)]


def test_names_stay_where_the_number_of_a_row_is_corrected_and_undone(store):
    """They belong to the row and not to one of its versions."""
    keep(store)
    second = store_batch(store, figures=[], awards=[award(count=5)], report=None, who="an")
    assert names(store) == list(NAMES)
    undo(store, second.id, "an")
    assert names(store) == list(NAMES)
    assert verify(store) == []


def test_names_written_with_a_correction_replace_all_earlier_ones(store):
    """No version of the row keeps a name that was taken away."""
    keep(store)
    keep(store, [OTHER], award(count=5))
    assert rows(store, tables.person_name) == 1
    undo(store, 2, "an")
    assert names(store) == [OTHER]


def test_names_of_an_undone_row_are_not_shown_and_come_back_with_it(store):
    """As the row itself."""
    stored = keep(store)
    by = undo(store, stored.id, "an")
    assert names(store) == []
    undo(store, by, "an")
    assert names(store) == list(NAMES)


def test_names_of_a_row_that_is_not_approved_are_not_among_the_approved(store):
    """They appear with their row."""
    add_account(store)
    keep(store)
    assert names(store, approved=True) == []
    approve(store)
    assert names(store, approved=True) == list(NAMES)


def test_no_export_view_audit_entry_or_checksum_holds_a_name(store):
    """Workbook, CSV, JSON, tidy views, register, sources, batches, reports and the audit log; verify never saw them."""
    store_batch(
        store, figures=[figure()], awards=[award()], report=report(), who="an", names={award().key: NAMES}
    )
    with reading(store) as connection:
        plain = connection.execute(text("SELECT checksum FROM batch")).scalar_one()
    said = [plain]
    for table in TIDY_COLUMNS:
        for form in FORMATS:
            file = io.BytesIO()
            dump(store, table, form, file)
            said.append(_unpacked(file.getvalue()) if form == "xlsx" else file.getvalue().decode())
    for frame in (award_register(store, WARD), sources(store, WARD), batches(store), reports(store), audit_log(store)):
        said.append(frame.to_csv())
    assert not [name for name in NAMES for words in said if name in words]
    purge_names(store, "an", "hết hạn lưu")
    assert verify(store) == []


def _unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_a_purge_leaves_figures_digests_and_an_entry_with_counts(store):
    """Names and files go; verify passes, undoing works, the same file is known again."""
    taken = report(" ".join(NAMES))
    stored = store_batch(
        store, figures=[figure()], awards=[award()], report=taken, who="an", names={award().key: NAMES}
    )
    assert names_kept(store)[["names", "files"]].values.tolist() == [[2, 1]]
    done = purge_names(store, "an", "hết hạn lưu")
    assert (done.names, done.files, done.drafts, done.wiped) == (2, 1, 0, True)
    assert names(store) == []
    assert names_kept(store).empty
    assert reports(store)["sha256"].tolist() == [taken.sha256]
    assert award_register(store, WARD)["count"].tolist() == [3]
    assert verify(store) == []
    again = store_batch(store, figures=[figure(value="7")], report=taken, who="bình")
    assert again.duplicate_of == stored.id
    undo(store, stored.id, "an")
    assert store_batch(store, figures=[figure()], report=taken, who="an").id is not None
    assert verify(store) == []
    (entry,) = audit_log(store, what="names.purged").to_dict("records")
    assert json.loads(entry["detail"]) == {"names": 2, "files": 1, "drafts": 0, "reason": "hết hạn lưu"}


def test_a_purge_of_one_ward_leaves_the_others(store):
    """With the ward's own files go those of many wards that something of it was read from."""
    kept = award(unit=SAMPLE)
    keep(store)
    keep(store, [OTHER], kept)
    store_batch(store, figures=[figure()], report=report("của phường"), who="an")
    many = report("của nhiều phường", name="bang.xlsx", unit=None, year=None)
    store_batch(store, figures=[figure(year=2018), figure(year=2018, unit=SAMPLE)], report=many, who="an")
    store_batch(store, figures=[figure(unit=SAMPLE)], report=report("mẫu", unit=SAMPLE), who="an")
    done = purge_names(store, "an", "theo yêu cầu", WARD)
    assert (done.names, done.files) == (2, 2)
    assert names_of(store, SAMPLE)["name"].tolist() == [OTHER]
    left = names_kept(store)
    assert left[["unit_code", "names", "files"]].values.tolist() == [[SAMPLE.code, 1, 1]]
    assert audit_log(store, what="names.purged")["target"].tolist() == [WARD.code]
    assert verify(store) == []


def test_a_purge_takes_names_out_of_drafts_and_leaves_the_rest(store):
    """What somebody is still typing is not lost, the names in it are."""
    drafts = store_drafts(store)
    assert purge_names(store, "an", "theo yêu cầu", WARD).drafts == 1
    assert drafts() == [{"names": {"1": [OTHER]}}, {"rows": [{"count": "3"}]}]
    assert purge_names(store, "an", "theo yêu cầu").drafts == 1
    assert drafts() == [{}, {"rows": [{"count": "3"}]}]


def store_drafts(store):
    """Two drafts with names, of two wards; gives what reads them, in order of their text."""
    keep_draft(store, WARD, 2020, "an", "awards", {"rows": [{"count": "3"}], "names": {"1": list(NAMES)}})
    keep_draft(store, SAMPLE, 2020, "an", "awards", {"names": {"1": [OTHER]}})
    return lambda: [draft_of(store, unit, 2020, "an", "awards") for unit in (SAMPLE, WARD)]


def test_nothing_of_a_purged_name_is_left_in_the_files_of_sqlite(sqlite_store):
    """Not in the database, not in its log, not where rows, drafts and files had stood before."""
    store_drafts(sqlite_store)
    taken = report("\n".join(NAMES) * 5000)
    store_batch(
        sqlite_store, figures=[figure()], awards=[award()], report=taken, who="an", names={award().key: NAMES}
    )
    keep(sqlite_store, [NAMES[0]], award(count=4))
    assert all(files_with(sqlite_store, name) for name in NAMES)
    assert purge_names(sqlite_store, "an", "hết hạn lưu").wiped
    assert [files_with(sqlite_store, name) for name in (*NAMES, OTHER)] == [[], [], []]
    assert verify(sqlite_store) == []


def test_a_purge_beside_a_reader_says_that_the_file_is_not_yet_wiped(sqlite_store):
    """The names are deleted for everybody; a second purge, when nobody reads, wipes the file."""
    keep(sqlite_store)
    sqlite_store.writer.dispose()
    with sqlite_store.reader.connect() as connection:
        connection.execute(select(tables.person_name)).all()
        with _impatient(sqlite_store):
            assert not purge_names(sqlite_store, "an", "hết hạn lưu").wiped
    assert names(sqlite_store) == []
    assert purge_names(sqlite_store, "an", "hết hạn lưu").wiped
    assert files_with(sqlite_store, NAMES[0]) == []


@contextmanager
def _impatient(store):
    """Connections that do not wait half a minute for a reader."""

    def hurry(connection, _):
        connection.execute("PRAGMA busy_timeout = 50")

    event.listen(store.writer, "connect", hurry)
    yield
    event.remove(store.writer, "connect", hurry)
    store.writer.dispose()


def test_nothing_of_a_purged_name_is_left_in_the_tables_of_postgresql(postgres_store, postgres_server):
    """The tables are written anew; PostgreSQL's own log, like a backup, keeps what it holds until it is recycled."""
    keep(postgres_store)
    with reading(postgres_store) as connection:
        database = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    folder = postgres_server.folder / "data" / "base" / str(database)

    def found() -> list[str]:
        postgres_server.execute("CHECKPOINT")
        return [file.name for file in folder.iterdir() if NAMES[0].encode() in file.read_bytes()]

    assert found()
    assert purge_names(postgres_store, "an", "hết hạn lưu").wiped
    assert found() == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("names"), st.lists(st.sampled_from((*NAMES, OTHER)), max_size=3)),
        st.tuples(st.just("count"), st.integers(1, 9)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("purge"), st.none()),
    ),
    max_size=8,
)


@settings(max_examples=20, deadline=None)
@given(STEPS)
def test_whatever_was_done_before_the_store_stays_whole_and_a_purge_leaves_no_name(new_store, steps):
    """Names, corrections, undoings and purges in any order: a model of one row's names agrees, and verify passes."""
    with new_store("sqlite") as store:
        keep(store, [])
        expected: list[str] = []
        for step, value in steps:
            if step == "names":
                register = award_register(store, WARD, approved=False)
                if register.empty:
                    continue
                keep(store, value, award(count=int(register["count"].iloc[0])))
                expected = value
            elif step == "count":
                store_batch(store, figures=[], awards=[award(count=value)], report=None, who="an")
            elif step == "undo":
                live = batches(store).query("state == 'live'")["batch"].tolist()
                undo(store, live[value % len(live)], "an")
            else:
                purge_names(store, "an", "hết hạn lưu")
                expected = []
            shown = [] if award_register(store, WARD, approved=False).empty else expected
            assert names(store) == shown
        purge_names(store, "an", "hết hạn lưu")
        assert not [name for name in (*NAMES, OTHER) if files_with(store, name)]
        assert verify(store) == []
