"""The command line makes and changes accounts, in the asked language, with every reason for a refusal."""

from __future__ import annotations

import pytest

from app.server.__main__ import main
from core.store import accounts as a

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
