"""Writes the sample ward's reports under data/reports/mau: one or more files a year, in the shapes a ward really has.

Run from the project's root: .venv/bin/python tools/make_sample.py. It needs requirements-dev.txt and LibreOffice, by
which some of the files are saved. What the files say stands in tools/sample_story.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import sample_books, sample_forms, sample_letters
from tools import sample_story as story

FOLDER = Path(__file__).resolve().parents[1] / "data" / "reports" / "mau"


def save_by_office(content: bytes, name: str, kind: str) -> bytes:
    """The same document as LibreOffice saves it in another (or the same) format."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        sys.exit("LibreOffice is needed: some of the sample's files are saved by it")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, name), Path(folder, "saved")
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return next(target.iterdir()).read_bytes()


def files() -> dict[str, bytes]:
    """Every file of the sample by name."""
    made = {
        "bao-cao-2011.xls": save_by_office(sample_books.annex_book(2011), "a.xlsx", "xls"),
        "bao-cao-2012.xlsx": sample_books.annex_book(2012, merged=True, as_text=True, hidden_row=True),
        "bao-cao-2013.ods": save_by_office(sample_books.wide_book(2013, (2012, 2013)), "a.xlsx", "ods"),
        "bao-cao-2015.docx": save_by_office(sample_letters.report(2015), "a.docx", "docx"),
        "bao-cao-2016.docx": sample_letters.report(2016),
        "quyet-toan-2016-bieu-116.xlsx": sample_forms.form_116(2016),
        "bieu-2017.xlsx": sample_books.filled_template(2017),
        "so-lieu-2018.csv": sample_books.tidy_csv(2018),
        "khen-thuong-2018.xlsx": sample_books.register_book(2018),
        "bao-cao-2019.xlsx": save_by_office(sample_books.annex_book(2019, english_style=True), "a.xlsx", "xlsx"),
        "quyet-toan-2019-bieu-117.xlsx": sample_forms.form_117(2019),
        "quyet-toan-2019-bieu-118.xlsx": sample_forms.form_118(2019),
        "bao-cao-2020.docx": save_by_office(sample_letters.report(2020), "a.docx", "docx"),
        "quyet-toan-2020-bieu-117.ods": save_by_office(sample_forms.form_117(2020), "a.xlsx", "ods"),
        "bao-cao-2021.html": sample_letters.web_page(2021),
        "bao-cao-2022.docx": sample_letters.report(2022, estimate=True),
        "quyet-toan-2022-bieu-117.xlsx": sample_forms.form_117(2022),
        "quyet-toan-2022-bieu-118.xlsx": sample_forms.form_118(2022),
        "bieu-2023.xlsx": sample_books.filled_template(2023, estimate=True),
        "quyet-toan-2023-bieu-116.xls": save_by_office(sample_forms.form_116(2023), "a.xlsx", "xls"),
        "bao-cao-2024.docx": sample_letters.report(2024),
        "bao-cao-6-thang-2025.docx": sample_letters.half_year_report("Phường Mẫu"),
        "guong-so-lieu-2022-2024.xlsx": sample_books.mirror_book(),
        "guong-bao-cao-6-thang-2025.pdf": save_by_office(sample_letters.half_year_report("Phường Gương"), "a.docx", "pdf"),
        "bao-cao-2025.docx": sample_letters.merged_report(),
    }
    return made


def main() -> None:
    """Writes all files anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name:40} {len(content):8} bytes")
    print(f"years {story.YEARS[0]}-2025, {len(list(FOLDER.iterdir()))} files")


if __name__ == "__main__":
    main()
