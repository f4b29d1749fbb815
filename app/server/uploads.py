"""What a visitor may upload: how large a file, and how many files and bytes within ten minutes."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, header
from app.server.gate import HEADER
from app.server.routes import UPLOAD

MOST_BYTES = 25 * 2**20  # of one file, as the reader takes them
ENVELOPE = 2**16  # what a browser's form puts around a file
MOST_FILES, MOST_IN_ALL = 10, 100 * 2**20  # of one session within WINDOW
WINDOW = 600.0  # seconds


class TooMuchError(Exception):
    """An upload that has gone over a limit while it was coming in; `status` is what it is answered with."""

    def __init__(self, status: int):
        self.status = status
        super().__init__(status)


class UploadLimits:
    """ASGI middleware behind the gate: refuses uploads that are too large (413) or too many (429) before they are kept.

    `clock` gives seconds. A refused upload is counted with what came of it.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic):
        self.app = app
        self._clock = clock
        self._taken: dict[str, deque[list[float]]] = defaultdict(deque)  # session -> [when, bytes] of each upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is no upload, and uploads within the limits."""
        if scope["type"] != "http" or not scope["path"].startswith(UPLOAD) or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        taken = self._recent(header(scope, HEADER.decode()))
        declared = header(scope, "content-length")
        status = self._refusal(taken, int(declared) if declared.isdecimal() else 0)
        if status:
            await answer(scope, send, status, b"", {"Content-Type": "text/plain"})
            return
        taken.append([self._clock(), 0])
        await self._counted(taken, scope, receive, send)

    def _recent(self, session: str) -> deque[list[float]]:
        since = self._clock() - WINDOW
        for known in [name for name, taken in self._taken.items() if not taken or taken[-1][0] < since]:
            del self._taken[known]
        taken = self._taken[session]
        while taken and taken[0][0] < since:
            taken.popleft()
        return taken

    def _refusal(self, taken: deque[list[float]], size: int) -> int:
        """The status that refuses a further upload of a size, 0 where it may come in."""
        if size > MOST_BYTES + ENVELOPE:
            return 413
        too_many = len(taken) >= MOST_FILES or sum(each[1] for each in taken) + size > MOST_IN_ALL
        return 429 if too_many else 0

    async def _counted(self, taken: deque[list[float]], scope: Scope, receive: Receive, send: Send) -> None:
        upload, refused = taken[-1], False

        async def receive_counted() -> dict:
            nonlocal refused
            message = await receive()
            upload[1] += len(message.get("body", b""))
            over = upload[1] > MOST_BYTES + ENVELOPE
            if over or sum(each[1] for each in taken) > MOST_IN_ALL:
                refused = True
                raise TooMuchError(413 if over else 429)
            return message

        async def send_unless_refused(message: dict) -> None:
            if not refused:
                await send(message)

        try:
            await self.app(scope, receive_counted, send_unless_refused)
        except TooMuchError as error:
            await answer(scope, send, error.status, b"", {"Content-Type": "text/plain", "Connection": "close"})
