"""Notes from the command line, and those that come with the program."""

from __future__ import annotations

import io

import pytest

from core.catalogue import load_catalogue
from core.store import list_notes, migrate, open_store, remove_sample
from etl.__main__ import main
from etl.bundled import REPORTS, bundled_notes, load_bundled

WARD = "00238@1900-01-01"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, sqlite_template):
    """Runs a command on a store of its own; gives exit code, output and errors."""
    (tmp_path / "ward.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'ward.db'}")

    def command(*arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO())
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "--unit", WARD, "--year", 2020, " "), "ghi chú đang trống"),
        (("add", "--unit", WARD, "--year", 2020, "dịch", "--day", "1/4/2020"), "không phải là ngày"),
        (("add", "--unit", WARD, "--year", 2020, "dịch", "--day", "2019-04-01"), "không thuộc năm 2020"),
        (("add", "--unit", WARD, "--year", 20, "dịch"), "--year 20"),
        (("add", "--unit", WARD, "--year", 2020, "dịch", "--indicator", "x"), "không có trong danh mục"),
        (("add", "--unit", "Phường Không Có", "--year", 2020, "dịch"), "Phường Không Có"),
        (("withdraw", 7), "không có dòng số 7"),
    ],
)
def test_a_bad_note_is_refused_in_a_sentence(run, arguments, says):
    """With exit code 1 and nothing on the standard output."""
    code, out, err = run("note", *arguments)
    assert (code, out) == (1, "") and says in err


def test_a_note_is_added_corrected_listed_and_taken_back(run):
    """Each command says what it did."""
    text = "Dịch bệnh, chợ tạm đóng"
    assert run("note", "add", "--unit", WARD, "--year", 2020, "--day", "2020-04-01", text)[:2] == (
        0,
        "Đã ghi chú số 1.\n",
    )
    assert run("note", "add", "--unit", WARD, "--year", 2020, "--replaces", 1, "Dịch bệnh")[1] == "Đã ghi chú số 2.\n"
    _, out, _ = run("note", "list", "--unit", WARD)
    assert out.startswith("2  2020  Sự kiện  Dịch bệnh") and text not in out
    assert run("note", "withdraw", 2)[1] == "Đã rút lại ghi chú số 2.\n"
    assert run("note", "list", "--unit", WARD, "--lang", "en")[1] == "There are no notes.\n"


def test_the_sample_comes_with_notes_that_are_loaded_once_and_go_with_it(tmp_path):
    """The next start brings back neither what was taken back nor a second copy."""
    folder = tmp_path / "reports"
    folder.mkdir()
    manifest = (REPORTS / "manifest.toml").read_text(encoding="utf-8")
    notes = manifest[manifest.index("[[note]]") : manifest.rindex("[[report]]")]
    (folder / "manifest.toml").write_text("report = []\n" + notes, encoding="utf-8")
    known = bundled_notes(load_catalogue(), folder)
    assert len(known) >= 3 and {note.unit.code for note in known} == {"MAU01"}
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
        migrate(store)
        for _ in range(2):
            load_bundled(store, progress=False, folder=folder)
            assert len(list_notes(store, [known[0].unit])) == len(known)
        remove_sample(store, "an")
        load_bundled(store, progress=False, folder=folder)
        assert list_notes(store, [known[0].unit]) == ()
