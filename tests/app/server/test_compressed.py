"""Streamlit's scripts go out compressed, and nothing but them."""

from __future__ import annotations

import gzip

import pytest

from app.server.compressed import CompressedFiles, CompressedStatic


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
