"""Uploads below Streamlit's widget: 25 MB a file, ten files and 100 MB a session within ten minutes."""

from __future__ import annotations

import asyncio

import pytest

from app.server.gate import HEADER
from app.server.routes import UPLOAD
from app.server.uploads import ENVELOPE, MOST_BYTES, MOST_FILES, MOST_IN_ALL, WINDOW, UploadLimits

MEGABYTE = 2**20


class Uploads:
    """An app behind the limits that reads whatever comes, by a clock that is set by hand."""

    def __init__(self):
        self.now, self.read = 0.0, 0
        self.limits = UploadLimits(self.app, clock=lambda: self.now)

    async def app(self, scope, receive, send) -> None:
        """Read the whole body, then say that it was kept."""
        more = scope["method"] == "PUT"
        while more:
            message = await receive()
            self.read += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def put(self, size, *, session="a", declared=None, method="PUT", path=UPLOAD + "s/f") -> int:
        """Upload so many bytes and give the status; `declared` is the Content-Length, "" for none."""
        declared = str(size) if declared is None else declared
        headers = [(HEADER, session.encode())] + ([(b"content-length", declared.encode())] if declared else [])
        left, sent = [size], []

        async def receive() -> dict:
            chunk = min(left[0], MEGABYTE)
            left[0] -= chunk
            return {"type": "http.request", "body": b"x" * chunk, "more_body": left[0] > 0}

        async def send(message) -> None:
            sent.append(message)

        asyncio.run(self.limits({"type": "http", "method": method, "path": path, "headers": headers}, receive, send))
        assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
        return sent[0]["status"]


@pytest.fixture
def uploads() -> Uploads:
    """A server that has taken nothing in yet."""
    return Uploads()


def test_a_file_that_says_it_is_too_large_is_refused_unread(uploads):
    """By what its request declares."""
    assert uploads.put(MOST_BYTES + ENVELOPE + 1) == 413 and uploads.read == 0


@pytest.mark.parametrize("declared", ["", "5", "-1", "many"])
def test_a_file_that_hides_its_size_is_refused_while_it_comes_in(uploads, declared):
    """And is not read to its end."""
    assert uploads.put(60 * MEGABYTE, declared=declared) == 413
    assert uploads.read <= MOST_BYTES + ENVELOPE


def test_the_largest_file_allowed_is_kept(uploads):
    """With what a browser's form puts around it."""
    assert uploads.put(MOST_BYTES + ENVELOPE) == 204


def test_the_eleventh_file_of_ten_minutes_is_refused_unread(uploads):
    """Whatever became of the ten before it; ten minutes later there is room again."""
    assert [uploads.put(10) for _ in range(MOST_FILES)] == [204] * MOST_FILES
    assert uploads.put(10) == 429 and uploads.read == 10 * MOST_FILES
    uploads.now = WINDOW + 1
    assert uploads.put(10) == 204


def test_a_hundred_megabytes_of_ten_minutes_are_the_most(uploads):
    """Declared or not."""
    whole = MOST_IN_ALL // (20 * MEGABYTE)
    assert [uploads.put(20 * MEGABYTE) for _ in range(whole)] == [204] * whole
    assert uploads.put(1) == 429 and uploads.put(2 * MEGABYTE, declared="") == 429


def test_one_session_takes_nothing_from_another(uploads):
    """Each has its own ten files."""
    for _ in range(MOST_FILES):
        uploads.put(1, session="a")
    assert (uploads.put(1, session="a"), uploads.put(1, session="b")) == (429, 204)


def test_removing_a_file_and_every_other_address_are_not_counted(uploads):
    """Only uploads are."""
    for _ in range(MOST_FILES):
        uploads.put(1)
    assert uploads.put(0, method="DELETE") == 204 and uploads.put(0, method="GET", path="/tong-quan") == 204


def test_what_ended_long_ago_is_not_kept_in_mind(uploads):
    """Sessions come and go; the table of them does not grow."""
    for number in range(50):
        uploads.put(1, session=str(number))
        uploads.now += WINDOW + 1
    assert len(uploads.limits._taken) <= 2
