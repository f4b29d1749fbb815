"""Our fonts and icons stand under the digest of their bytes."""

from __future__ import annotations

import gzip
import tomllib

import pytest

from app.server.files import STATIC, OwnFiles, address
from core.settings import ROOT


@pytest.mark.parametrize("path", ["/own/", "/own/000000000000/icon.svg", "/own/../core/settings.py", "/own/x/../../a"])
def test_an_address_with_another_digest_or_no_file_is_not_found(call, inner, path):
    """A 404, also for a file that exists under another digest."""
    assert call(OwnFiles(inner), path).status == 404


def test_a_request_that_would_change_something_is_not_found(call, inner):
    """Only GET and HEAD are answered."""
    assert call(OwnFiles(inner), address(STATIC / "icon.svg"), method="POST").status == 404


def test_a_font_is_served_under_its_digest_for_good(call, inner):
    """The bytes are the file's, the type is that of a font, the keeping is for good."""
    font = STATIC / "fonts" / "be-vietnam-pro-vietnamese-400-normal.woff2"
    got = call(OwnFiles(inner), address(font))
    assert got.body == font.read_bytes() and got.headers["content-type"] == "font/woff2"
    assert "immutable" in got.headers["cache-control"]


def test_a_large_script_from_elsewhere_is_served_under_its_own_name_and_compressed(call, inner, tmp_path):
    """Under the digest of its bytes; as it is for a browser that reads no gzip."""
    script = tmp_path / "large.js"
    script.write_bytes(b"// words\n" * 20_000)
    served, path = OwnFiles(inner, further=(script,)), address(script, tmp_path)
    assert path.startswith("/own/") and path.endswith("/large.js")
    assert call(served, path).body == script.read_bytes()
    got = call(served, path, accept_encoding="gzip")
    assert got.headers["content-encoding"] == "gzip" and gzip.decompress(got.body) == script.read_bytes()
    assert call(OwnFiles(inner), path).status == 404


def test_other_addresses_are_left_to_the_app(call, inner):
    """/owner is no /own/."""
    assert call(OwnFiles(inner), "/owner").body == b"inner /owner"


def test_the_theme_names_each_font_file_by_its_present_digest():
    """Twelve faces in the settings, each address that of its file: a changed font must change its address."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        faces = tomllib.load(file)["theme"]["fontFaces"]
    assert {face["url"] for face in faces} == {address(path) for path in (STATIC / "fonts").glob("*.woff2")}
    assert len(faces) == 12 and all(face["unicodeRange"] for face in faces)


def test_the_licence_stands_beside_the_fonts():
    """The SIL Open Font License asks to go with the files."""
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
