"""The real program on a free port: what a browser gets before Streamlit's page has run."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest

from app.server.compressed import CompressedFiles
from core.store.accounts import create_account
from tests.running import ROOT, RunningProgram, free_port


def fetch(url: str, **headers: str):
    """Status, headers and body of a GET, errors included."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=fields)) as got:
            return got.status, dict(got.headers), got.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


CLOSED = ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/auth/login", "/khac", "/static/../x")


@pytest.mark.parametrize("path", CLOSED)
def test_closed_addresses_are_not_found(program, path):
    """Streamlit would have answered each of them; a way out of a folder it calls a bad request itself."""
    assert fetch(program.url + path)[0] == (400 if ".." in path else 404)


def handshake(program, host: str) -> int:
    """The status a websocket gets that names a host, its origin alike."""
    connection = http.client.HTTPConnection("127.0.0.1", program.port)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    fields = {"Host": host, "Origin": f"http://{host}", "Connection": "Upgrade", "Upgrade": "websocket"}
    fields |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGVzdHRlc3R0ZXN0dGVzdA=="}
    for name, value in fields.items():
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_websocket_is_refused_to_a_foreign_name(program):
    """A host that the settings do not list (DNS rebinding) gets no stream; the computer's own name does."""
    assert handshake(program, "evil.example") == 403
    assert handshake(program, f"localhost:{program.port}") == 101


def test_every_page_is_served_with_the_security_headers(program):
    """The document of each page, in Vietnamese, not to be kept."""
    for page in ("", "ngan-sach", "van-hoa", "thi-dua-khen-thuong", "chi-tieu", "nguon-so-lieu"):
        status, headers, body = fetch(f"{program.url}/{page}")
        assert status == 200 and b'<html lang="vi">' in body, page
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"


def test_every_script_the_document_names_comes_compressed(program, streamlit_static):
    """Each is there and may be kept for good; in English it unpacks to Streamlit's own bytes."""
    for query, address in (("?lang=English", "./static/"), ("", "/scripts/")):
        document = fetch(f"{program.url}/{query}")[2].decode()
        names = re.findall(rf'(?:href|src)="({re.escape(address)}[^"]+)"', document)
        assert len(names) > 50
        for name in names:
            status, headers, body = fetch(
                f"{program.url}/{name.removeprefix('./').lstrip('/')}", Accept_Encoding="gzip"
            )
            assert status == 200 and headers["content-encoding"] == "gzip" and "immutable" in headers["cache-control"]
            script = gzip.decompress(body)
            assert query == "" or script == (streamlit_static / name).read_bytes()


def test_fonts_beside_translated_scripts_are_served(program, streamlit_static):
    """The style sheet names them beside itself, whatever the language."""
    sheet = re.search(r'href="(/scripts/[^"]+)css/index', fetch(program.url + "/")[2].decode())
    icons = next((streamlit_static / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2"))
    status, headers, body = fetch(f"{program.url}{sheet[1]}media/{icons.name}")
    assert status == 200 and body == icons.read_bytes() and "immutable" in headers["cache-control"]


def test_the_first_visit_is_a_third_of_what_streamlit_sends(streamlit_static):
    """Over all scripts and styles; measured on bytes, not on time."""
    files = CompressedFiles(streamlit_static)
    plain = sum((streamlit_static / path.lstrip("/")).stat().st_size for path in files.paths)
    assert sum(len(files.body(path)) for path in files.paths) < plain / 2.5


def test_our_fonts_are_served(program):
    """Every address of the document under /own/ is there."""
    own = re.findall(r'"(/own/[^"]+)"', fetch(program.url + "/")[2].decode())
    assert len(own) == 6
    assert all(fetch(program.url + path)[0] == 200 for path in own)


def test_starting_asks_nobody_for_anything(program):
    """Streamlit looks up its own address on the internet unless told where it is: no such line in what it printed."""
    assert not [line for line in program.lines if "External URL" in line or "checkip" in line or "Network URL" in line]


def test_without_tls_the_program_does_not_listen_to_other_computers(sqlite_template):
    """It ends with the reason in both languages, however it was told to listen there, and nobody can have come in."""
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port())]
    here = os.environ | {"DATABASE_URL": f"sqlite:///{sqlite_template}"}
    for words, env in ((["--server.address", "0.0.0.0"], here), ([], here | {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"})):
        ended = subprocess.run([*command, *words], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=60)
        said = ended.stdout + ended.stderr
        assert ended.returncode == 1, said
        assert "mật khẩu sẽ lộ trên mạng" in said and "passwords would pass in the clear" in said


@pytest.mark.parametrize(("setting", "address"), [("", "/"), ("on", "/"), ("off", "/dang-nhap")])
def test_on_this_computer_approved_figures_are_open_unless_the_setting_says_otherwise(
    sqlite_store, monkeypatch, setting, address
):
    """To a visitor without an account, where accounts exist; what staff do leads to the sign-in page in any case."""
    create_account(sqlite_store, "an", "Lê An", "admin", by="test", at=datetime.now(UTC))
    monkeypatch.setenv("WARD_PUBLIC_VIEWING", setting)
    running = RunningProgram(sqlite_store.url.render_as_string())
    for wanted, reached in (("/", address), ("/nap-bao-cao", "/dang-nhap"), ("/nhat-ky", "/dang-nhap")):
        asked = urllib.request.Request(running.url + wanted, headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked) as got:
            assert got.url.removeprefix(running.url).split("?")[0] == reached
    running.stop()
