"""The command line makes and changes accounts, in the asked language, with every reason for a refusal."""

from __future__ import annotations

import io

import pytest

from app.server.__main__ import main
from core.store import accounts as a
from core.store import store_batch
from core.store.people import names_of
from tests.core.store.examples import WARD, award

PASSWORD = "bốn cái ghế xanh bên sông"


@pytest.fixture
def run(sqlite_store, monkeypatch, capsys):
    """run(*words, typed=()) -> exit code, printed, complained."""

    def once(*words, typed=()):
        answers = iter(typed)
        monkeypatch.setenv("DATABASE_URL", sqlite_store.url.render_as_string())
        monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return once


def test_a_weak_password_makes_no_account(run, sqlite_store):
    """Everything that is wrong is printed."""
    words = ("account", "create", "an", "--full-name", "Lê An", "--role", "admin")
    code, _, complained = run(*words, typed=["an an an"])
    assert code == 1 and "cần ít nhất 15" in complained
    code, _, complained = run(*words, typed=[PASSWORD, "other"])
    assert code == 1 and "không giống nhau" in complained
    assert not a.has_accounts(sqlite_store)


def test_an_unknown_name_and_the_last_administrator_are_refused(run):
    """With the sentence of the refusal, in English where asked."""
    assert "there is no account" in run("account", "off", "ma", "--lang", "en")[2]
    run("account", "create", "an", "--full-name", "Lê An", "--role", "admin", typed=[PASSWORD, PASSWORD])
    assert "quản trị cuối cùng" in run("account", "off", "an")[2]


def test_the_first_administrator_is_made_and_helps_others_in(run, sqlite_store):
    """Create with a password, create with a link, change the role, switch off and on, list."""
    assert run("account", "create", "an", "--full-name", "Lê An", "--role", "admin", typed=[PASSWORD, PASSWORD])[0] == 0
    _, printed, _ = run("account", "create", "lan", "--full-name", "Nguyễn Lan", "--role", "staff", "--link")
    assert "/mat-khau?ma=" in printed and a.account_named(sqlite_store, "lan").password == ""
    assert run("account", "role", "lan", "approver")[1].strip() == "lan nay là người duyệt."
    run("account", "off", "lan")
    assert "lan\tngười duyệt\tNguyễn Lan (đã khóa)" in run("account", "list")[1]
    run("account", "on", "lan")
    assert "(đã khóa)" not in run("account", "list")[1]


def kept(store) -> list[str]:
    """The names beside the register of Khương Thượng."""
    return names_of(store, WARD, approved=False)["name"].tolist()


@pytest.fixture
def with_names(sqlite_store):
    """A store with a name beside an award."""
    store_batch(sqlite_store, figures=[], awards=[award()], report=None, who="an", names={award().key: ["Lò Văn Pịa"]})
    return sqlite_store


@pytest.mark.parametrize("unit", ["00238", "00238@2026-01-01", "Khương Thượng"])
def test_a_purge_of_a_ward_that_is_not_named_by_code_and_day_is_refused(run, with_names, unit):
    """A code alone is no key; the refusal names the keys there are."""
    code, _, complained = run("purge-names", "--reason", "cũ", "--unit", unit, "--yes")
    assert code == 1 and "00238@1900-01-01" in complained
    assert kept(with_names) == ["Lò Văn Pịa"]


@pytest.mark.parametrize("answer", ["", "k\n", "không\n"])
def test_a_purge_that_is_not_agreed_to_takes_nothing_away(run, with_names, monkeypatch, answer):
    """It says first what it would take and that backups keep it."""
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    code, printed, _ = run("purge-names", "--reason", "cũ")
    assert code == 0 and "Đang giữ 1 tên người" in printed and "Bản sao lưu" in printed and "Không xóa gì" in printed
    assert kept(with_names) == ["Lò Văn Pịa"]


@pytest.mark.parametrize(
    ("words", "left"),
    [((), []), (("--unit", "00238@1900-01-01"), []), (("--unit", "MAU01@1900-01-01"), ["Lò Văn Pịa"])],
)
def test_a_purge_takes_the_names_of_all_wards_or_of_one(run, with_names, words, left):
    """And says so in the asked language."""
    code, printed, _ = run("purge-names", "--reason", "cũ", "--yes", "--lang", "en", *words)
    assert code == 0 and f"Purged {1 - len(left)} " in printed and "written anew" in printed
    assert kept(with_names) == left
