"""The one HTML document: Streamlit's, with our language, title and icon."""

from __future__ import annotations

import gzip
import re

import pytest

from app.server.document import Document, early_scripts, rewrite
from app.server.translated import Translation

PAGES = ("tong-quan", "ngan-sach")


@pytest.fixture
def document(inner, streamlit_static) -> Document:
    """Our document in front of an app."""
    return Document(inner, static=streamlit_static, pages=PAGES)


def test_a_document_that_streamlit_changed_is_refused(streamlit_static):
    """A piece to be replaced that is missing, or there twice, stops the start instead of serving half of it."""
    original = (streamlit_static / "index.html").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="expected 1"):
        rewrite(original.replace('<html lang="en">', '<html lang="fr">'), "vi")
    with pytest.raises(ValueError, match="expected 1"):
        rewrite(original + "<title>Streamlit</title>", "vi")


def test_scripts_that_streamlit_renamed_are_missed(tmp_path):
    """A folder without the chart's script stops the start."""
    (tmp_path / "static" / "js").mkdir(parents=True)
    with pytest.raises(ValueError, match="PlotlyChart"):
        early_scripts(tmp_path)


@pytest.mark.parametrize("query", ["", "lang=klingon", "lang=", "nam=2020"])
def test_the_document_is_vietnamese_unless_english_is_asked_for(call, document, query):
    """An unknown language is no error."""
    assert b'<html lang="vi">' in call(document, "/", query=query).body


def test_english_is_asked_for_in_the_address(call, document):
    """The same words that the language switch puts there."""
    assert b'<html lang="en">' in call(document, "/ngan-sach", query="nam=2020&lang=English").body


def test_each_language_gets_its_scripts(call, inner, streamlit_static):
    """What the Vietnamese document names stands under its table's address, in English under Streamlit's own."""
    translation = Translation("vi", "1.0", b"")
    app = Document(inner, static=streamlit_static, pages=PAGES, translations={"vi": translation})
    vi, en = (call(app, "/", query=query).body.decode() for query in ("", "lang=English"))
    assert "./static/" not in vi and "/scripts/" not in en
    assert vi.count(f'"{translation.address}js/') == en.count('"./static/js/') > 50
    assert f'"{translation.address}css/' in vi


def test_the_document_asks_nobody_else_for_anything(call, document):
    """No address of another host, no word of Streamlit's, no pointer to the closed agent interface."""
    body = call(document, "/").body.decode()
    assert re.findall(r"""(?:href|src)="(?!\.?/)[^"]*""", body) == []
    assert "Streamlit app" not in body and "agent" not in body and "SourceSans" not in body


def test_the_chart_script_and_the_fonts_are_fetched_early(call, document):
    """The largest script and the fonts of the first lines are named in the document."""
    body = call(document, "/").body.decode()
    assert re.search(r'rel="modulepreload"[^>]*static/js/PlotlyChart\.', body)
    assert body.count('rel="preload"') == 4 and "be-vietnam-pro-vietnamese-400" in body


def test_the_first_page_lives_at_the_root_only(call, document):
    """Its own address leads there and keeps the choices."""
    got = call(document, "/tong-quan", query="nam=2020")
    assert got.status == 307 and got.headers["location"] == "/?nam=2020"


def test_compressed_and_plain_are_the_same_document(call, document):
    """A browser that reads gzip gets fewer bytes of the same text."""
    plain, squeezed = call(document, "/"), call(document, "/", accept_encoding="gzip")
    assert gzip.decompress(squeezed.body) == plain.body and len(squeezed.body) < len(plain.body) / 2


def test_other_addresses_and_methods_are_left_to_the_app(call, document):
    """An unknown page and a POST are none of the document's."""
    assert call(document, "/khac").body == b"inner /khac"
    assert call(document, "/", method="POST").body == b"inner /"
