"""The queue before the reading process: one works at a time, the others know their place and may leave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Works(Protocol):
    """What works on an errand: it can be killed."""

    def kill(self) -> None:
        """End it at once."""


class Errand:
    """What somebody asked of a child, as they see it: how many stand before them, and a way to call it off."""

    def __init__(self):
        self.ahead = 0
        self.stopped = False
        self._child: Works | None = None

    def stop(self) -> None:
        """Call it off, from any thread: the child at work is killed, what is not begun is not begun."""
        self.stopped = True
        with _turns:
            if self._child is not None:
                self._child.kill()
            _turns.notify_all()

    def given_to(self, child: Works) -> None:
        """A child has begun to work on it."""
        with _turns:
            self._child = child
            if self.stopped:
                child.kill()

    def done(self) -> None:
        """Nobody works on it any more."""
        self._child = None


# One at a time: a ward's PC has 4 GB, and a child may take one of them.
_turns = threading.Condition()
_queue: list[Errand] = []


@contextmanager
def turn(errand: Errand) -> Iterator[None]:
    """Wait in the queue until it is one's turn, or until the errand is called off."""
    with _turns:
        _queue.append(errand)
    try:
        with _turns:
            while not errand.stopped and (place := _queue.index(errand)):
                errand.ahead = place
                _turns.wait()
            errand.ahead = 0
        yield
    finally:
        with _turns:
            errand.done()
            _queue.remove(errand)
            _turns.notify_all()
