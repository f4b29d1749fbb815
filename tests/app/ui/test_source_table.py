"""The table of origins: whatever a report holds stays text, and an invented report of a real ward is marked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.ui.source_table import entries_csv, entries_html
from app.views.sources import Entry
from core.texts import text

ENTRY = Entry(
    2020, "culture", "Tổ dân phố văn hóa", "Thực hiện", "13/18 tổ", "Báo cáo <b>2020</b>", "", "câu 9",
    '<script>alert("x")</script>', "prose", "lần nạp 1", True,
)  # fmt: skip


@pytest.fixture
def ctx():
    """What the table needs of a context: words, and whether the ward is an invented one."""
    return lambda sample: SimpleNamespace(
        unit=SimpleNamespace(is_sample=sample), t=lambda key, **params: text(key, "vi", **params)
    )


def test_markup_in_a_report_is_shown_as_text(ctx):
    """Quotes, titles and addresses come from files of others."""
    drawn = entries_html([replace(ENTRY, link='https://a.vn/"onclick="x')], "Nguồn", ctx(True))
    assert "<script>" not in drawn and "<b>" not in drawn
    assert 'href="https://a.vn/&quot;onclick=&quot;x"' in drawn


def test_only_a_sample_report_of_a_real_ward_carries_its_own_mark(ctx):
    """An invented ward has it above the message already."""
    assert "số liệu minh họa" in entries_html([ENTRY], "Nguồn", ctx(False))
    assert "số liệu minh họa" not in entries_html([ENTRY], "Nguồn", ctx(True))


def test_the_file_has_a_column_for_every_part(ctx):
    """Address included, nothing of it as a formula."""
    lines = entries_csv([replace(ENTRY, quote="=1+1")], ctx(True)).decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[-1] == "Địa chỉ"
    assert "'=1+1" in lines[1]
