"""The open tabs of every session, so that signing out closes them at once and not at their next click."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress


class Tab:
    """One open websocket: told to leave from any thread, waited for in its own loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._leave = asyncio.Event()

    def leave(self) -> None:
        """Tell the tab to close; harmless once its loop has ended."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave.set)

    async def told_to_leave(self) -> None:
        """Wait until it is."""
        await self._leave.wait()


class Tabs:
    """Open tabs by session; `used` collects the sessions somebody has clicked in since it was last asked."""

    def __init__(self) -> None:
        self._open: dict[str, set[Tab]] = defaultdict(set)
        self._used: set[str] = set()
        self._lock = threading.Lock()
        self._watch: Tab | None = None
        self._look = False  # somebody has asked since the watch began its last look

    def add(self, session: str, tab: Tab) -> None:
        """A tab has opened."""
        with self._lock:
            self._open[session].add(tab)

    def remove(self, session: str, tab: Tab) -> None:
        """A tab has closed."""
        with self._lock:
            self._open[session].discard(tab)
            if not self._open[session]:
                del self._open[session]

    def use(self, session: str) -> None:
        """Somebody has done something in a session."""
        with self._lock:
            self._used.add(session)

    def take_used(self) -> set[str]:
        """The sessions used since the last call."""
        with self._lock:
            used, self._used = self._used, set()
            return used

    def sessions(self) -> set[str]:
        """The sessions that have a tab open."""
        with self._lock:
            return set(self._open)

    def look_now(self) -> None:
        """Have the watch look at every session now: an account was changed in this process."""
        with self._lock:
            self._look, watch = True, self._watch
        if watch is not None:
            watch.leave()

    async def next_look(self, seconds: float) -> None:
        """Wait until the watch should look again: so many seconds, or until somebody asks."""
        asked = Tab()
        with self._lock:
            self._watch, due = asked, self._look
        if not due:
            with suppress(TimeoutError):
                await asyncio.wait_for(asked.told_to_leave(), seconds)
        with self._lock:
            self._look = False

    def close(self, sessions: Iterable[str]) -> None:
        """Close every tab of some sessions."""
        with self._lock:
            tabs = [tab for session in sessions for tab in self._open.get(session, ())]
        for tab in tabs:
            tab.leave()


TABS = Tabs()
