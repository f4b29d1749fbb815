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
