"""The whole life of a ward's year in a real browser: from the report on a desk to the history of its figures."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page

from app.server.passwords import hash_password
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import open_store
from core.store.accounts import create_account, set_password
from core.texts import text
from etl.template import form_of
from tests.browser.conftest import DRAWN
from tests.browser.test_signin import PASSWORD, sign_in
from tests.bundled import own_copy
from tests.running import RunningProgram

WARD, YEAR = UnitKey("00238", date(1900, 1, 1)), 2023
HERE = f"?tinh={quote('Thành phố Hà Nội')}&phuong={quote('Phường Khương Thượng (–30/6/2025)')}&nam={YEAR}"
PEOPLE = (("quan", "Trần Quản", "admin"), ("an", "Lê An", "approver"), ("lan", "Nguyễn Lan", "staff"),
          ("chu", "Vũ Chủ", "viewer"))  # fmt: skip
REPORT = (
    "ỦY BAN NHÂN DÂN PHƯỜNG KHƯƠNG THƯỢNG, QUẬN ĐỐNG ĐA", "BÁO CÁO", "Kết quả thực hiện nhiệm vụ năm 2023",
    "Thu ngân sách nhà nước trên địa bàn năm 2023 đạt 40,2 tỷ đồng/50 tỷ đồng kế hoạch quận giao.",
    "Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
    "Trong năm có 17/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
    "Đến cuối năm toàn phường còn 5 hộ nghèo.", "Cuối năm, phường còn 6 hộ nghèo.",
)  # fmt: skip
SLIPS = {"health_insurance_rate": ("chín mươi", 93.5), "conscripts": (-3, 14)}  # of the form: typed first, then mended


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store of its own with somebody of each role."""
    url, now = own_copy(tmp_path_factory.mktemp("year")), datetime.now(UTC)
    with open_store(url) as store:
        for name, full_name, role in PEOPLE:
            create_account(store, name, full_name, role, by="test", at=now)
            set_password(store, name, hash_password(PASSWORD), by="test", at=now)
    return url


@pytest.fixture(scope="module")
def program(database):
    """The real program over it."""
    running = RunningProgram(database)
    yield running
    running.stop()


@pytest.fixture
def seat(browser, program):
    """A person at a computer of their own, signed in: seat("lan") -> Page."""
    contexts = []

    def taken(name: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, f"{program.url}/dang-nhap?next=/tong-quan", name)
        return page

    yield taken
    for context in contexts:
        context.close()


def report() -> bytes:
    """The ward's report as its office wrote it, with two things said twice."""
    paper, out = Document(), io.BytesIO()
    for said in REPORT:
        paper.add_paragraph(said)
    paper.save(out)
    return out.getvalue()


def form(database: str, *, right: bool) -> bytes:
    """The ward's form of the year, filled in with slips or without."""
    with open_store(database) as store:
        book = openpyxl.load_workbook(io.BytesIO(form_of(store, WARD, YEAR, load_catalogue())))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "id")
    result = next(place for place, cell in enumerate(head) if cell.value == f"Kết quả {YEAR}")
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        if row[0].value in SLIPS:
            row[result].value = SLIPS[row[0].value][right]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def go(page: Page, program, screen: str, here: str = HERE) -> None:
    """Open a screen of the ward's year and wait until it stands."""
    page.goto(f"{program.url}/{screen}{here}")
    still(page)


def still(page: Page) -> None:
    """Wait until the run is over and something is drawn."""
    page.wait_for_function(DRAWN, timeout=60_000)


def press(page: Page, key: str, then: str) -> None:
    """Press a button by the beginning of its key, and wait until the screen says what it did."""
    page.locator(f"[class*='st-key-{key}'] button:enabled").first.click()
    says(page, then)


def says(page: Page, words: str) -> None:
    """Wait until the screen says something, in its words or in its charts."""
    page.wait_for_function(
        "words => document.querySelector('[data-testid=stMain]').textContent.replace(/\\s+/g, ' ').includes(words)",
        arg=words, timeout=60_000,
    )  # fmt: skip
    still(page)


def title(state: str) -> str:
    """How the review screen says where the year stands."""
    return text("approve.title", "vi", year=YEAR, state=text(f"review.{state}", "vi"))


def write(page: Page, key: str, words: str) -> None:
    """Type into a field by its key."""
    field = page.locator(f"[class*='st-key-{key}']").locator("input, textarea").first
    field.fill(words)
    field.press("Tab")
    still(page)


def upload(page: Page, program, name: str, content: bytes) -> None:
    """Give the upload screen a file and wait until it was read."""
    go(page, program, "nap-bao-cao")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("heading", name=name).first.wait_for(timeout=60_000)
    still(page)


def explain(page: Page, indicator: str) -> None:
    """Write why a plan was missed, what is done, who answers and by when."""
    place = f"[class*='st-key-shortfall-{indicator}-{YEAR}-new-"
    folded = page.locator(f"{place}open'] details")
    folded.wait_for()
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    page.locator(f"{place}cause'] textarea").fill("Hai doanh nghiệp lớn chuyển trụ sở sang quận khác")
    page.locator(f"{place}remedy'] textarea").fill("Rà soát hộ kinh doanh, phối hợp chi cục thuế")
    page.locator(f"{place}person'] input").fill("Phó Chủ tịch phụ trách kinh tế")
    page.locator(f"{place}due'] [role=spinbutton]").first.click()
    page.keyboard.type("30062024", delay=40)
    press(page, f"shortfall-{indicator}-{YEAR}-new-save", "Phó Chủ tịch phụ trách kinh tế, hạn 30/6/2024")


def printed(page: Page) -> str:
    """Everything on the screen, its charts too, with plain spaces."""
    return re.sub(r"\s+", " ", page.locator("[data-testid=stMain]").text_content())


def seen_by_the_leader(page: Page, program) -> str:
    """What the budget says to somebody who may only look."""
    go(page, program, "ngan-sach")
    return printed(page)


def test_the_whole_life_of_a_year(seat, program, database):
    """Uploaded, marked, mended, asked, submitted, returned, explained, approved, corrected, undone; all of it told."""
    clerk, chair, leader = seat("lan"), seat("an"), seat("chu")

    # the report: two questions are answered by a click, then one confirmation
    upload(clerk, program, "bao-cao-2023.docx", report())
    questions = clerk.locator("[class*='st-key-question-']")
    assert questions.count() == 2
    for number, answer in enumerate(("17/18", "6 hộ")):
        questions.nth(number).locator("label", has_text=answer).click()
    says(clerk, text("upload.added", "vi", count=4))
    press(clerk, "store-", "Đã lưu bao-cao-2023.docx")

    # the form: refused, taken back with its cells marked, mended, stored
    upload(clerk, program, "bieu-2023.xlsx", form(database, right=False))
    says(clerk, text("upload.refused", "vi"))
    with clerk.expect_download() as handed:
        clerk.locator("[class*='st-key-marked-'] button").click()
    marked = openpyxl.load_workbook(io.BytesIO(Path(handed.value.path()).read_bytes()))
    sheet = marked["Chỉ tiêu"]
    notes = [cell.comment for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(notes) == len(SLIPS)
    upload(clerk, program, "bieu-2023.xlsx", form(database, right=True))
    press(clerk, "store-", "Đã lưu bieu-2023.xlsx")

    # the leader sees nothing yet; the approver returns it once
    assert "40,2" not in seen_by_the_leader(leader, program)
    go(chair, program, "duyet")
    says(chair, title("submitted"))
    write(chair, f"reason-{YEAR}", "thiếu nguyên nhân hụt thu")
    press(chair, "step-give_back", title("returned"))

    # the missed plan is explained and the year submitted again
    go(clerk, program, "duyet")
    says(clerk, "thiếu nguyên nhân hụt thu")
    explain(clerk, "budget_revenue")
    press(clerk, "step-submit", title("submitted"))

    # approved: the leader sees the charts, with the cause beside them
    go(chair, program, "duyet")
    press(chair, "step-approve", title("approved"))
    go(leader, program, "ngan-sach")
    says(leader, "40,2")
    says(leader, "Hai doanh nghiệp lớn")

    # a correction needs the year unlocked and a reason; until it is approved the leader sees the old figure
    write(chair, f"reason-{YEAR}", "có số quyết toán thuế")
    press(chair, "step-unlock", title("unlocked"))
    go(clerk, program, "nhap-so-lieu")
    clerk.locator("[class*='st-key-entry-one-by-one'] label").first.click()
    field = clerk.locator("[class*='st-key-entry-value-'] input").first
    field.fill("41300")
    field.press("Tab")
    clerk.locator("[class*='st-key-entry-reason'] input").wait_for()
    write(clerk, "entry-reason", "chi cục thuế gửi số chính thức")
    press(clerk, "entry-store", text("entry.to_review", "vi", year=YEAR))
    go(leader, program, "ngan-sach")
    says(leader, "40,2")
    assert "41,3" not in printed(leader)
    go(chair, program, "duyet")
    press(chair, "step-approve", title("approved"))
    go(leader, program, "ngan-sach")
    says(leader, "41,3")

    # the batch is undone, which the leader sees once that is approved too
    write(chair, f"reason-{YEAR}", "nhầm đơn vị")
    press(chair, "step-unlock", title("unlocked"))
    go(clerk, program, "nap-bao-cao")
    picker = clerk.locator("[class*='st-key-batch-to-undo'] input").first
    picker.focus()
    clerk.keyboard.type("nhập tay")
    clerk.get_by_role("option").first.wait_for()
    clerk.keyboard.press("Enter")
    write(clerk, "reason-to-undo", "số của quận, không phải của phường")
    clerk.get_by_role("button", name=re.compile("^Hoàn tác")).click()
    says(clerk, "Đã hoàn tác lô")
    go(leader, program, "ngan-sach")
    says(leader, "40,2")

    # all of it is in the history
    go(chair, program, "lich-su")
    for said in ("Nguyễn Lan", "Lê An", "bao-cao-2023.docx", "bieu-2023.xlsx", "thiếu nguyên nhân hụt thu",
                 "chi cục thuế gửi số chính thức", "số của quận, không phải của phường"):  # fmt: skip
        says(chair, said)
