"""The real program on a free port with a store of its own, as a person starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RunningProgram:
    """`streamlit run dashboard.py` (or another script) against a database, until `stop`.

    `lines` is what it has printed so far, `pid` the number of its process.
    """

    def __init__(self, database_url: str, script: Path = ROOT / "dashboard.py", port: int | None = None):
        """Start it and wait until it says where it listens; RuntimeError with its words where it ends instead."""
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1", "HOME": tempfile.gettempdir()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.pid = self._process.pid
        for line in self._process.stdout:
            self.lines.append(line)
            if "URL:" in line:
                break
        else:
            raise RuntimeError("the program ended:\n" + "".join(self.lines))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        self.lines.extend(self._process.stdout)

    def stop(self) -> None:
        """End it and wait for its end."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
