"""Streamlit's scripts go out compressed, and nothing but them."""

from __future__ import annotations

import gzip

import pytest

from app.server.compressed import CompressedFiles, CompressedStatic
from app.server.translated import Translation


@pytest.fixture
def files(tmp_path) -> CompressedFiles:
    """A static folder with a script, a picture and a secret beside it."""
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "a.1.js").write_text("let a = 1;" * 100)
    (tmp_path / "static" / "b.png").write_bytes(b"png")
    (tmp_path / "secret.js").write_text("secret")
    return CompressedFiles(tmp_path)


WAYS_OUT = ("/static/../secret.js", "/static/js/../../secret.js", "/static/none.js", "/static/b.png")


@pytest.mark.parametrize("path", WAYS_OUT)
def test_a_path_that_is_no_script_of_the_folder_is_left_to_the_app(call, inner, files, path):
    """Neither a way out of the folder nor an unknown or already compressed file is answered here."""
    assert call(CompressedStatic(inner, files), path, accept_encoding="gzip").body.startswith(b"inner")


def test_a_browser_without_gzip_gets_what_streamlit_sends(call, inner, files):
    """Also where gzip is refused by a weight of zero."""
    app = CompressedStatic(inner, files)
    assert call(app, "/static/js/a.1.js").body.startswith(b"inner")
    assert call(app, "/static/js/a.1.js", accept_encoding="gzip;q=0, br").body.startswith(b"inner")


def test_a_script_is_handed_out_compressed_and_may_be_kept_for_good(call, inner, files):
    """The bytes unpack to the file's own; the headers name encoding, type and a year's keeping."""
    got = call(CompressedStatic(inner, files), "/static/js/a.1.js", accept_encoding="br, gzip")
    assert gzip.decompress(got.body) == b"let a = 1;" * 100
    assert got.headers["content-encoding"] == "gzip" and got.headers["vary"] == "Accept-Encoding"
    assert got.headers["content-type"].startswith("text/javascript") and "immutable" in got.headers["cache-control"]
    assert int(got.headers["content-length"]) == len(got.body)


def test_a_head_request_gets_the_headers_alone(call, inner, files):
    """The length is that of the body a GET would get."""
    got = call(CompressedStatic(inner, files), "/static/js/a.1.js", method="HEAD", accept_encoding="gzip")
    assert got.body == b"" and int(got.headers["content-length"]) > 0


def test_preparing_compresses_every_file_once(files):
    """After it each address has its body, and asking again gives the very same bytes object."""
    files.prepare(first=["/static/js/a.1.js"])
    assert files.paths == ("/static/js/a.1.js",)
    assert files.body("/static/js/a.1.js") is files.body("/static/js/a.1.js")


@pytest.fixture
def translation() -> Translation:
    """A table with one word for the script of the folder."""
    return Translation("vi", "1.0", b"[a]\n'let a' = 'let b'")


@pytest.fixture
def translated(files, tmp_path, translation) -> CompressedFiles:
    """The same folder in two languages."""
    (tmp_path / "static" / "js" / "c.1.js").write_text("let c = 1;")
    return CompressedFiles(tmp_path, [translation])


@pytest.mark.parametrize("path", ["/scripts/", "/scripts/vi-000000000000/js/a.1.js", "/scripts/js/a.1.js"])
def test_an_address_of_another_table_is_not_found(call, inner, translated, path):
    """A page that was opened before an upgrade gets no script that does not go with its own."""
    assert call(CompressedStatic(inner, translated), path, accept_encoding="gzip").status == 404


def test_a_translated_script_stands_beside_the_original(call, inner, translated, translation):
    """Each under its own address, for good, also for a browser without gzip."""
    app = CompressedStatic(inner, translated)
    got = call(app, f"{translation.address}js/a.1.js", accept_encoding="gzip")
    assert gzip.decompress(got.body).decode() == "let b = 1;" * 100 and "immutable" in got.headers["cache-control"]
    plain = call(app, f"{translation.address}js/a.1.js")
    assert plain.body.decode() == "let b = 1;" * 100 and "content-encoding" not in plain.headers
    original = call(app, "/static/js/a.1.js", accept_encoding="gzip")
    assert gzip.decompress(original.body).decode() == "let a = 1;" * 100


def test_what_the_table_leaves_alone_is_the_original(call, inner, translated, translation):
    """A script without words is compressed once for all languages; a picture the app answers for."""
    assert translated.body(f"{translation.address}js/c.1.js") is translated.body("/static/js/c.1.js")
    assert call(CompressedStatic(inner, translated), f"{translation.address}b.png").body == b"inner /static/b.png"


def test_the_first_files_are_those_of_every_language(translated, translation):
    """Those of the translation first, because its language is the first."""
    assert translated.everywhere(["/static/js/a.1.js"]) == [f"{translation.address}js/a.1.js", "/static/js/a.1.js"]
