"""Web pages: content without menus and scripts; tables as browsers lay them out."""

import pytest

from etl.readers import read_file
from tests.etl.readers.making import blocks, code, texts


def page(body: str, head: str = ""):
    """A page with this body."""
    return read_file("a.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(("said", "expected"), [
    ("<div>" * 300_000, "too_deep"),
    ("<div>" * 501 + "x", "too_deep"),
    ("<p " + "a=b " * 30_000 + ">x</p>", "html_tag"),
    ("<p " + "x" * 200_000, "html_tag"),
    ("<table><tr><td colspan=2000000000>a</td><td>b</td></tr></table>", "span"),
    ("<table><tr><td rowspan=2000000000>a</td><td>b</td></tr></table>", "span"),
    ("<table><tr>" + "<td colspan=1000>a</td>" * 2 + "</tr></table>", "too_many_columns"),
    ('<meta charset="windows-1258"><p>Chỉ tiêu</p>', "html_charset"),
    ("   ", "empty"),
])
def test_a_hostile_page_is_refused(said, expected):
    """Nesting, attributes and spans without end; a page that names another encoding."""
    assert code("a.html", said.encode()) == expected


def test_menus_scripts_forms_and_footers_are_left_out():
    """By their tags, roles, class names, hidden styles, or by being lists of links."""
    read = page("<nav><a>Trang chủ</a></nav><div class='main-menu'><a>Liên hệ</a></div><script>var x = '12,5';</script>"
                "<ul><li><a>A</a></li><li><a>B</a></li><li><a>C</a></li></ul><div role='banner'>Cổng</div>"
                "<p style='display: none'>ẩn</p><form>Tìm kiếm</form>"
                "<article><h1>Tổng kết năm 2020</h1><p>Thu ngân sách đạt 12,5 tỷ đồng, bằng 101% kế hoạch được giao, "
                "cao hơn cùng kỳ năm trước.</p><ul><li>Văn hóa: 13/18 tổ</li></ul></article><footer>Bản quyền</footer>")
    assert blocks(read) == ["Tổng kết năm 2020", "Thu ngân sách đạt 12,5 tỷ đồng, bằng 101% kế hoạch được giao, "
                            "cao hơn cùng kỳ năm trước.", "Văn hóa: 13/18 tổ"]


def test_a_page_that_calls_all_of_itself_a_menu_is_still_read():
    """The class names of old sites mean little."""
    assert blocks(page("<div id='menu'><p>Thu ngân sách đạt 101%</p></div>")) == ["Thu ngân sách đạt 101%"]


def test_line_breaks_divide_and_source_line_ends_do_not():
    """<br> is a line, two of them a paragraph, inline tags are nothing."""
    assert blocks(page("<div>Thu ngân\nsách <b>đạt</b> 12<span>,5</span> tỷ<br>Chi 3 tỷ<br><br>Kết</div>")) == [
        "Thu ngân sách đạt 12,5 tỷ\nChi 3 tỷ", "Kết"]


def test_spans_are_laid_out_as_browsers_do():
    """Row spans push later cells to the right; merged cells are repeated."""
    table = page("<h2>Thu</h2><table><tr><th rowspan=2>Chỉ tiêu</th><th colspan=2>Năm 2020</th></tr>"
                 "<tr><th>KH</th><th>TH</th></tr><tr><td>Thu</td><td>12,5</td><td>1.234,5</td></tr></table>").tables[0]
    assert texts(table) == [["Chỉ tiêu", "Năm 2020", "Năm 2020"], ["Chỉ tiêu", "KH", "TH"], ["Thu", "12,5", "1.234,5"]]
    assert set(table.merged) == {(0, 0, 1, 0), (0, 1, 0, 2)} and table.before == ("Thu",)
    assert table.rows[2][1].number is None


def test_tables_that_only_lay_out_the_page_are_text():
    """A table around the whole page, or of one column, is no table of figures."""
    read = page("<table><tr><td><p>Thu đạt 101%</p><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>")
    assert blocks(read) == ["Thu đạt 101%"] and texts(read.tables[0]) == [["a", "b"]]


def test_a_title_is_a_property_and_entities_are_letters():
    """The reader of dates and places may look at the title."""
    read = page("<p>Thu&nbsp;ng&acirc;n s&aacute;ch &lt;12,5&gt;</p>", head="<title>Báo cáo\n2020</title>")
    assert read.properties == {"title": "Báo cáo 2020"} and blocks(read) == ["Thu ngân sách <12,5>"]


def test_a_script_full_of_signs_is_no_tag():
    """Comparisons and strings of tags inside scripts are not counted as nesting."""
    script = "<script>" + "if (a < b) document.write('<div>');" * 5_000 + "</script>"
    assert blocks(page(script + "<p>Thu đạt 101%</p>")) == ["Thu đạt 101%"]


REPORT = [
    "BÁO CÁO tình hình kinh tế - xã hội năm 2023 của phường Mẫu",
    "Thực hiện Nghị quyết số 12/NQ-HĐND, thu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng, bằng 104% dự toán giao.",
    "I. VĂN HÓA",
    "Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa; 97% gia đình đạt Gia đình văn hóa.",
]
FIGURES = "<table border=1><tr><th>Chỉ tiêu</th><th>Thực hiện</th></tr><tr><td>Hộ nghèo</td><td>13</td></tr>" \
          "<tr><td><a href=x>Thu ngân sách</a></td><td>51,2</td></tr></table>"
OTHER = [f"Phường {name} thu ngân sách đạt {number}% dự toán năm" for name, number in
         (("Đông", 131), ("Tây", 99), ("Nam", 87), ("Bắc", 120))]


def news(tag: str) -> str:
    """Other news as sites list them: a title that is a link, a first line, a date."""
    more = "<p>Trong năm qua phường đã có nhiều cố gắng.</p><i>01/02/2023</i>"
    return "".join(f"<{tag}><a href=#>{said}</a>{more}</{tag}>" for said in OTHER)


PAGES = {
    "a portal of portlets": f"""
        <div id=banner><div class=logo>CỔNG THÔNG TIN ĐIỆN TỬ PHƯỜNG MẪU</div></div>
        <div id=navigation-wrapper><a>Trang chủ</a><a>Giới thiệu</a></div>
        <div id=content><div class=columns-2><div class="portlet-column first"><div class=journal-content-article>
        <h1>{REPORT[0]}</h1><p>Thực hiện <a href=#>Nghị quyết số 12/NQ-HĐND</a>,{REPORT[1].split(",", 1)[1]}</p>
        <p><b>{REPORT[2]}</b></p><p>{REPORT[3]}</p>{FIGURES}</div><div class=asset-links>{news("div")}</div></div>
        <div class="portlet-column last"><div class=thongKeTruyCap>Đang truy cập: 12 Hôm nay: 345
        </div></div></div></div>
        <div id=cookieConsent>Trang này dùng cookie để phục vụ bạn tốt hơn. <button>Đồng ý</button></div>
        <div class=footer-wrap>Bản quyền thuộc UBND phường Mẫu. Điện thoại: 024 1234 5678</div>""",
    "an old site laid out by a table": f"""
        <table width=1000><tr><td class=trai><ul><li><a>Trang chủ</a></li><li><a>Tin tức</a></li><li><a>Văn bản</a></li>
        </ul></td><td class=giua><h1>{REPORT[0]}</h1>{"<br><br>".join(REPORT[1:])}{FIGURES}</td>
        <td class=phai>{news("div")}</td></tr></table>""",
    "an old site without headings": f"""
        <table width=1000><tr><td><a>Trang chủ</a><br><a>Tin tức</a><br><a>Văn bản</a></td>
        <td><p>{"</p><p>".join(REPORT)}</p><p>{"Phường tiếp tục thực hiện tốt nhiệm vụ. " * 40}</p></td>
        <td><a>Bộ Nội vụ</a> <a>Sở Nội vụ</a> <a>Quận Mẫu</a></td></tr></table>{FIGURES}""",
    "a site of today": f"""
        <header class=site-header><a>Logo</a><a>Đăng nhập</a><a>Tìm kiếm</a></header><main><article>
        <h1>{REPORT[0]}</h1><div class=share-buttons>Chia sẻ</div><p>{"</p><p>".join(REPORT[1:])}</p>
        <figure>{FIGURES}</figure></article>
        <section class=tinLienQuan><h3>Tin liên quan</h3>{OTHER[0]} (02/2023)</section>
        <section><h3>Đọc nhiều</h3>{news("article")}</section></main><aside>{news("p")}</aside>
        <footer>© 2023</footer>""",
}


@pytest.mark.parametrize("site", PAGES)
def test_of_a_page_saved_from_a_site_the_article_and_its_tables_are_read(site):
    """What other wards reached stands in the titles of other news: it is not this ward's."""
    read = page(PAGES[site])
    said = " ".join(blocks(read))
    assert [line for line in REPORT if line not in said] == []
    others = ("Đông", "Tây", "Nam thu", "Bắc", "cookie", "truy cập", "Tin tức", "Sở Nội vụ")
    assert [name for name in others if name in said] == []
    assert [texts(table) for table in read.tables] == [
        [["Chỉ tiêu", "Thực hiện"], ["Hộ nghèo", "13"], ["Thu ngân sách", "51,2"]]]


def test_laws_cited_by_links_are_words_of_their_sentence():
    """Law libraries make a link of every number of a decree."""
    said = "Căn cứ <a>Luật Ngân sách</a>, <a>Nghị định 163</a> và <a>Thông tư 343</a>, phường thu ngân sách đạt 51 tỷ."
    filler = "<p>Phường tiếp tục thực hiện tốt các nhiệm vụ được giao trong năm, nhất là thu ngân sách.</p>" * 9
    assert "Căn cứ Luật Ngân sách, Nghị định 163" in blocks(page(f"{filler}<div><div>{said}</div></div>"))[-1]
