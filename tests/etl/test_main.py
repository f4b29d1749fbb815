"""The command line, from a report to the store and back."""

import io
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from app.exports.package import package_zip
from core.store import batches, open_store, tidy
from core.store.profiles import FormColumn, FormProfile, keep_profile
from core.store.review import locked_years
from core.vi.format import format_moment
from core.vi.text import fold
from etl.__main__ import COMMANDS, main
from tests.app.decks import frozen
from tests.bundled import bundled_database
from tests.core.store.examples import WARD, add_account
from tests.core.vi.old_letters import in_tcvn3, in_vni

ROOT = Path(__file__).resolve().parents[2]
REPORT = """UBND Phường Khương Thượng tổng kết công tác năm 2020
Ngày đăng 28/01/2021

Sáng ngày 28/01/2021, UBND phường Khương Thượng tổng kết năm 2020. Các chỉ tiêu thu ngân sách trên địa bàn đạt 101%; \
100% các công trình xây dựng đều có phép. Về văn hóa, có 13/18 Tổ dân phố đạt Danh hiệu TDP Văn hóa.
"""
BAD = "UBND PHƯỜNG KHƯƠNG THƯỢNG;;\nNĂM 2020;;\nChỉ tiêu;ĐVT;Thực hiện\nHộ nghèo;hộ;năm\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, sqlite_template):
    """Runs a command on a store of its own; gives exit code, output and errors."""
    (tmp_path / "ward.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'ward.db'}")
    monkeypatch.chdir(tmp_path)

    def command(*arguments, answer=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def report(tmp_path):
    """A ward's report as a text file."""
    path = tmp_path / "bao-cao-2020.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def figures(tmp_path):
    """The stored reported figures as (indicator, value, of)."""

    def now():
        with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
            frame = tidy(store, "tidy_indicators")
        frame = frame[frame["method"] == "reported"]
        return {
            (row.indicator, row.year, row.value, None if row.of != row.of else row.of) for row in frame.itertuples()
        }

    return now


SEED = {
    ("budget_revenue_attainment", 2020, 101.0, None),
    ("construction_permit_rate", 2020, 100.0, None),
    ("cultural_groups", 2020, 13.0, 18.0),
}


def test_a_file_that_is_not_there_is_said_on_stderr(run):
    """Exit code 1, nothing on stdout."""
    code, out, err = run("read", "khong-co.xlsx")
    assert (code, out) == (1, "")
    assert "khong-co.xlsx" in err


def test_check_ends_with_1_where_something_is_wrong_and_says_where(run, tmp_path):
    """With the cell."""
    (tmp_path / "sai.csv").write_text(BAD, encoding="utf-8")
    code, out, _ = run("check", "sai.csv")
    assert code == 1
    assert "C4" in out and "'năm' không phải là số" in out


def test_check_of_a_good_file_ends_with_0(run, report):
    """A plan or percentage that nobody gave is no fault."""
    assert run("check", report)[0] == 0


def test_check_and_load_hold_a_file_against_what_is_stored(run, tmp_path):
    """A thousandfold of last year is asked about by both, in words and as JSON; nothing is refused."""
    head = "UBND PHƯỜNG KHƯƠNG THƯỢNG;;\nNĂM {year};;\nChỉ tiêu;ĐVT;Thực hiện\n"
    row = "Thu ngân sách nhà nước trên địa bàn;triệu đồng;{value}\n"
    for year, value in ((2019, 8400), (2020, 8756500)):
        (tmp_path / f"{year}.csv").write_text(head.format(year=year) + row.format(value=value), encoding="utf-8")
    assert run("load", "--yes", "2019.csv")[0] == 0
    code, out, _ = run("check", "2020.csv")
    assert code == 1 and "gấp khoảng 1.000 lần mức các năm gần nhất (8,4 tỷ đồng năm 2019)" in out
    broken = json.loads(run("check", "--json", "2020.csv")[1])["broken_rules"]
    assert [rule["rule"] for rule in broken] == ["jump"]
    code, out, _ = run("load", "--yes", "2020.csv")
    assert code == 0 and "gấp khoảng 1.000 lần" in out


def test_check_makes_no_database(run, report, tmp_path):
    """Whoever only looks at a file leaves none behind."""
    (tmp_path / "ward.db").unlink()
    assert run("check", report)[0] == 0
    assert not (tmp_path / "ward.db").exists()


def test_read_prints_one_json_object_a_file_and_nothing_else(run, report, tmp_path):
    """Refused files too, in the order of the files."""
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04")
    code, out, _ = run("read", "--json", "hong.xlsx", report)
    broken, good = (json.loads(line) for line in out.splitlines())
    assert (code, broken["file"], broken["figures"]) == (1, "hong.xlsx", [])
    assert broken["faults"]
    assert (good["unit"], good["year"]) == ("Phường Khương Thượng", 2020)
    assert {(f["indicator"], f["year"], float(f["value"]), f["of"]) for f in good["figures"]} == {
        (indicator, year, value, int(of) if of else None) for indicator, year, value, of in SEED
    }
    assert all(f["quote"] in REPORT for f in good["figures"])


def test_a_read_figure_tells_its_rule_and_whether_it_was_said_or_concluded(run, tmp_path):
    """A share that goes on with the amount before it is concluded from it."""
    said = "Phường Khương Thượng\nNăm 2020 tổng thu ngân sách nhà nước trên địa bàn đạt 9 tỷ đồng, đạt 104%."
    (tmp_path / "a.txt").write_text(said, encoding="utf-8")
    found = json.loads(run("read", "--json", "a.txt")[1])["figures"]
    assert {(f["indicator"], f["rule"], f["sure"]) for f in found} == {
        ("budget_revenue", "prose.name", "said"), ("budget_revenue_attainment", "prose.chain", "concluded"),
    }  # fmt: skip


def test_load_shows_the_figures_with_their_sentences_and_stores_them_on_yes_only(run, report, figures):
    """Dry run, no, yes, and the same file again."""
    code, out, _ = run("load", "--dry-run", report)
    assert code == 0
    assert "101%" in out and "13/18 tổ" in out and "“thu ngân sách trên địa bàn đạt 101%”" in out
    assert figures() == set()
    assert run("load", report, answer="k\n")[0] == 1
    assert run("load", report)[0] == 1  # no answer is no
    assert figures() == set()
    assert run("load", report, answer="c\n")[0] == 0
    assert figures() == SEED
    code, out, _ = run("load", "--yes", report)
    assert code == 0
    assert "đã được lưu" in out
    assert figures() == SEED


def test_a_refused_file_stores_nothing(run, tmp_path, figures):
    """Every reason is printed."""
    (tmp_path / "sai.csv").write_text(BAD, encoding="utf-8")
    code, out, _ = run("load", "--yes", "sai.csv")
    assert code == 1
    assert "Tệp bị từ chối" in out
    assert figures() == set()


def test_a_file_in_an_old_encoding_is_read_by_an_option(run, tmp_path):
    """Before that the refusal says what was recognised, with a sample and the option."""
    (tmp_path / "cu.txt").write_bytes(in_vni(REPORT).encode("latin-1"))
    code, out, _ = run("read", "cu.txt")
    assert code == 1 and "VNI" in out and "--encoding vni" in out
    code, out, _ = run("read", "--encoding", "vni", "cu.txt")
    assert code == 0 and "--encoding" not in out


def test_a_table_nobody_knows_is_read_once_it_was_explained(run, tmp_path):
    """Until then the line says where to explain it; then load reads it without a question."""
    path = tmp_path / "bang.csv"
    path.write_text("UBND PHƯỜNG MẪU;\nNĂM 2020;\nHạng mục;Số làm được\nHộ nghèo;9\nHộ cận nghèo;7\n", encoding="utf-8")
    code, out, _ = run("load", "--dry-run", "--unit", WARD.code, path)
    assert code == 1 and "Nạp báo cáo" in out
    columns = tuple(FormColumn(fold(words), use) for words, use in (("Hạng mục", "label"), ("Số làm được", "actual")))
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
        keep_profile(store, FormProfile(WARD, 2020, "Bảng", columns), "an")
    code, out, _ = run("load", "--dry-run", "--unit", WARD.code, path)
    assert code == 0 and "Hộ nghèo, 2020, Thực hiện: 9 hộ" in out


def test_show_export_and_undo(run, report, figures, tmp_path):
    """What is stored can be seen, taken out, put back and undone."""
    run("load", "--yes", report)
    assert "Phường Khương Thượng" in run("show")[1]
    assert "13/18 tổ" in run("show", "--unit", "Khương Thượng", "--year", 2020)[1]
    assert run("export", "--table", "tidy_indicators", "--output", "so-lieu.csv")[0] == 0
    assert "giữ nguyên 3" in run("load", "--dry-run", "so-lieu.csv")[1]
    assert run("export", "--format", "xlsx", "--table", "tidy_culture")[0] == 0
    assert (tmp_path / "tidy_culture.xlsx").exists()
    assert run("verify")[0] == 0
    assert run("undo", 1)[0] == 0
    assert figures() == set()
    assert run("undo", 99)[0] == 1


def test_the_form_is_made_for_a_unit_with_last_year_in_it(run, report, tmp_path):
    """Ready to be filled in."""
    run("load", "--yes", report)
    assert run("template", "--year", 2021, "--unit", "00238", "--output", "bieu.xlsx")[0] == 0
    page = openpyxl.load_workbook(tmp_path / "bieu.xlsx")["Chỉ tiêu"]
    assert "13/18 tổ" in {page.cell(row, 5).value for row in range(1, page.max_row + 1)}
    assert run("template", "--year", 2021, "--unit", "Nơi Nào")[0] == 1


def test_english_on_demand(run, report):
    """Vietnamese is the default."""
    assert "Dry run, nothing stored." in run("load", "--dry-run", "--lang", "en", report)[1]


def test_the_moments_of_batches_are_those_of_viet_nam(run, report, tmp_path):
    """As on the screen, wherever the computer stands."""
    run("load", "--yes", report)
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
        stored = batches(store).iloc[0]["at"]
    assert format_moment(stored) in run("show")[1]


def test_a_batch_can_be_undone_by_the_number_show_gives(run, report, tmp_path):
    """Of all, and of one unit; taken back once more it is there again, and says so."""
    assert "Các lần nhập" not in run("show")[1]
    run("load", "--yes", report)
    run("load", "--yes", "--unit", "Phường Mẫu, Tỉnh Mẫu", "--year", 2019, _copy(report, tmp_path / "mau.txt"))
    assert "  1  " in run("show")[1] and "mau.txt" in run("show")[1]
    run("undo", 1)
    of_unit = run("show", "--unit", "00238")[1]
    assert "bao-cao-2020.txt" in of_unit and "mau.txt" not in of_unit
    assert "đã rút" in of_unit and "rút lần nhập 1" in of_unit
    run("undo", 3)
    assert "13/18 tổ" in run("show", "--unit", "00238")[1]


def _copy(report, path):
    path.write_text(report.read_text(encoding="utf-8").replace("Khương Thượng", "Mẫu"), encoding="utf-8")
    return path


def test_an_approved_year_is_locked_on_the_command_line_too(run, report, figures, tmp_path):
    """A corrected report and an undo are refused with what to do; what was stored stays."""
    run("load", "--yes", report)
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:
        add_account(store)
        assert [year for _, year in locked_years(store, [(WARD, 2020), (WARD, 2021)])] == [2020]
    report.write_text(REPORT.replace("13/18", "14/18"), encoding="utf-8")
    for arguments in (("load", "--yes", report), ("undo", "1")):
        code, out, err = run(*arguments)
        assert code == 1 and "năm 2020" in out + err and "đã duyệt nên đang khóa" in out + err
        assert figures() == SEED


def test_show_names_budget_lines_and_rounds_nothing_away(run, tmp_path):
    """As they were typed."""
    rows = "Chỉ tiêu;ĐVT;Thực hiện\nChi ngân sách phường;triệu đồng;3.876,5\nChi thường xuyên;triệu đồng;3.000,25\n"
    (tmp_path / "chi.csv").write_text(f"UBND PHƯỜNG KHƯƠNG THƯỢNG;;\nNĂM 2016;;\n{rows}", encoding="utf-8")
    run("load", "--yes", "chi.csv")
    out = run("show", "--unit", "00238")[1]
    assert "3,8765 tỷ đồng" in out
    assert "Chi thường xuyên, 2016, Thực hiện: 3,00025 tỷ đồng" in out


@pytest.mark.parametrize("command", [("template", "--year", 2025, "--unit", "00238"), ("export",)])
def test_a_place_that_cannot_be_written_is_named(run, tmp_path, command):
    """A folder that is not there, and a folder where a file should be."""
    for place in (tmp_path / "khong-co" / "a.xlsx", tmp_path):
        code, _, err = run(*command, "--output", place)
        assert code == 1
        assert err.startswith(f"{place}: không ghi được tệp này")


def test_files_that_cannot_be_opened_or_are_far_too_large_are_named_together(run, report, tmp_path):
    """Before anything is read; a file of gigabytes is never taken into memory."""
    with (tmp_path / "lon.csv").open("wb") as file:
        file.truncate(6 * 2**30)
    code, out, err = run("read", "a" * 300 + ".csv", "lon.csv", report)
    assert (code, out) == (1, "")
    assert "không mở được tệp này" in err and "6144 MB" in err


def _started(tmp_path, *arguments, **options):
    """The real program on a store of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, arguments)], text=True, encoding="utf-8", cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'ward.db'}"}, stderr=subprocess.PIPE, **options,
    )  # fmt: skip


def test_a_reader_that_leaves_early_is_no_error_to_speak_of(run, report, tmp_path):
    """As with "| head"."""
    run("load", "--yes", report)
    for command in (("show",), ("export",), ("read", report)):
        reader, writer = os.pipe()
        os.close(reader)
        process = _started(tmp_path, *command, stdout=writer)
        os.close(writer)
        assert process.communicate()[1] == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console")
def test_ctrl_c_at_the_question_stores_nothing_and_says_so(run, report, figures, tmp_path):
    """In one sentence; a test run in the background hands its children a Ctrl-C they ignore, a console does not."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = _started(tmp_path, "load", report, preexec_fn=heard, **pipes)
    said = ""
    while "Lưu?" not in said and (letter := process.stdout.read(1)):
        said += letter
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert err.strip().startswith("Đã dừng giữa chừng") and len(err.strip().splitlines()) == 1
    assert figures() == set()


@pytest.mark.parametrize("year", [-3, 0, 20, 99999])
def test_a_year_that_is_none_is_refused_before_anything_is_done(run, report, tmp_path, year):
    """By every command that takes one."""
    for command in (("template", "--unit", "00238", "--output", "a.xlsx"), ("load", "--yes", report), ("show",)):
        code, out, err = run(*command, "--year", year)
        assert (code, out) == (1, "")
        assert "bốn chữ số" in err
    assert not (tmp_path / "a.xlsx").exists()


def test_whatever_goes_wrong_is_one_sentence_and_the_details_stand_in_a_file(run, monkeypatch):
    """No traceback, no name of an error; who installed the program gets them."""
    monkeypatch.setitem(COMMANDS, "verify", lambda args, catalogue: 1 // 0)
    code, out, err = run("verify")
    assert (code, out) == (1, "")
    assert "Traceback" not in err and "ZeroDivision" not in err
    details = Path(err.partition("Chi tiết ở ")[2].partition(": ")[0])
    assert "ZeroDivisionError" in details.read_text(encoding="utf-8")
    details.unlink()


def test_a_form_made_for_another_unit_or_year_is_refused(run):
    """One of the two is a mistake; empty it is refused too, and says why."""
    run("template", "--year", 2021, "--unit", "00238", "--output", "bieu.xlsx")
    assert "chưa điền ô nào" in run("check", "bieu.xlsx")[1]
    out = run("check", "--unit", "Cát Linh, Đống Đa", "--year", 2020, "bieu.xlsx")[1]
    assert "lập cho 'Phường Khương Thượng', không phải 'Phường Cát Linh'" in out
    assert "lập cho '2021', không phải '2020'" in out


def test_figures_that_go_to_another_unit_than_the_file_names_are_noticed(run, report):
    """The one who brings the report decides; nobody overlooks it."""
    notice = "tệp ghi 'Phường Khương Thượng', nhưng số liệu sẽ lưu cho 'Phường Cát Linh'"
    assert notice in run("check", "--unit", "Cát Linh, Đống Đa", report)[1]
    assert "tệp ghi" not in run("check", "--unit", "00238", report)[1]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows always has a name")
def test_a_user_without_a_name_is_known_by_number(run, report, monkeypatch):
    """As in a container started with a number; only root could become such a user here."""

    def nameless():
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert run("load", "--yes", report)[0] == 0
    assert run("undo", 1)[0] == 0


def test_an_exported_award_register_changes_nothing_when_it_is_loaded_back(run, tmp_path):
    """Its rows are sums over decisions: as figures they would stand beside the register."""
    rows = "TT;Hình thức khen thưởng;Cấp;Tập thể;Cá nhân\n1;Giấy khen của Chủ tịch UBND phường;Phường;12;45\n"
    said = f"UBND PHƯỜNG KHƯƠNG THƯỢNG\nTỔNG HỢP KHEN THƯỞNG NĂM 2020\n{rows}"
    (tmp_path / "khen.csv").write_text(said, encoding="utf-8")
    assert "Đã lưu 2" in run("load", "--yes", "khen.csv")[1]
    run("export", "--table", "tidy_awards", "--output", "ra.csv")
    code, out, _ = run("load", "--yes", "ra.csv")
    assert code == 1 and "không đọc lại" in out and "Thêm" not in out


def test_a_draft_is_compared_and_written_back_with_its_marks(monkeypatch, tmp_path, capsys):
    """Each number with its mark, the stored figure and its source; as JSON too; exit code 1 where one differs."""
    monkeypatch.setenv("DATABASE_URL", bundled_database())
    draft, marked = tmp_path / "du-thao.txt", tmp_path / "ra.html"
    draft.write_text(
        "UBND PHƯỜNG KHƯƠNG THƯỢNG\nTổng kết năm 2020\nCó 13/18 tổ dân phố đạt danh hiệu tổ dân phố văn hóa.\n"
        "Thu ngân sách trên địa bàn đạt 100% kế hoạch.\n"
    )
    assert main(["compare", str(draft), "--output", str(marked)]) == 1
    said = capsys.readouterr().out
    assert "[Khớp] 13 (" in said and "[Khác] 100% (" in said and "101%" in said and "khuong-thuong-2020.docx" in said
    assert '<mark class="differs"' in marked.read_text(encoding="utf-8")
    assert main(["compare", str(draft), "--json", "--lang", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["mark"] for each in told["numbers"]] == ["agrees", "agrees", "differs"]
    assert told["numbers"][2]["store"][0]["value"] == 101
    draft.write_text("Có 13/18 tổ dân phố đạt danh hiệu tổ dân phố văn hóa năm 2020.")
    assert main(["compare", str(draft)]) == 1 and "--unit" in capsys.readouterr().err
    assert main(["compare", str(draft), "--unit", "00238@1900-01-01"]) == 0
    draft.write_bytes(in_tcvn3(draft.read_text(encoding="utf-8")).encode("latin-1"))
    assert main(["compare", str(draft), "--unit", "00238@1900-01-01"]) == 1
    assert "--encoding tcvn3" in capsys.readouterr().err
    assert main(["compare", str(draft), "--unit", "00238@1900-01-01", "--encoding", "tcvn3"]) == 0


def test_a_package_of_a_freeze_is_loaded_on_yes_into_a_store_without_its_ward(run, tmp_path):
    """It says what it holds and whether a freeze made here has the same hash; a second time, or broken, it says why."""
    (tmp_path / "goi.zip").write_bytes(package_zip(frozen("one report")))
    mark = frozen("one report").freeze.hash[:10]
    assert run("load-package", "goi.zip", "--dry-run")[0] == 0
    code, said, _ = run("load-package", "goi.zip", answer="k\n")
    assert code == 1 and mark in said and "Không lưu" in said
    code, said, _ = run("load-package", "goi.zip", "--yes", "--lang", "en")
    assert code == 0 and "Loaded 3 figures and awards" in said and "has the same hash" in said
    assert "Phường Khương Thượng" in run("show")[1] and run("verify")[0] == 0
    code, _, wrong = run("load-package", "goi.zip", "--yes")
    assert code == 1 and "kho số liệu đã có dữ liệu của đơn vị 00238" in wrong
    (tmp_path / "goi.zip").write_bytes(b"PK")
    code, _, wrong = run("load-package", "goi.zip")
    assert code == 1 and "Tải lại gói số liệu" in wrong
