"""What each page costs: CPU time of the server, time to drawn charts, bytes; beside an empty page of the same server.

The empty page (one small chart, the same Streamlit) is the floor: times on another machine differ, the ratios to the
floor hold.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from core.rights import LOCAL, Person
from core.store import migrate, open_store
from core.store.office import choose
from etl.bundled import load_bundled
from pages.frame import SCREENS
from tests.browser.conftest import DRAWN, FLAGS
from tests.bundled import OWN
from tests.conftest import find_chromium
from tests.running import ROOT, RunningProgram

# the server of the measurement has no accounts: its visitor is the computer's own user
PATHS = tuple(screen.path for screen in SCREENS if Person(LOCAL).may(screen.right))
RESULT = ROOT / "build" / "bench" / "pages.json"
VISITS = 3  # of the warm kind; their median counts
STEP = ".st-key-frame-year_before button"
QUIET = 0.4  # seconds without work after which a run is over
# What tells a page that was drawn anew from the one still there after a click: the line with the year above its message.
MARK = "() => { window.before = document.querySelector('.w-eyebrow')?.textContent; }"
NEW = "() => !window.before || document.querySelector('.w-eyebrow')?.textContent !== window.before"
FLOOR = "empty page"
FLOOR_SCRIPT = """import plotly.graph_objects as go
import streamlit as st
st.html('<div class="ward"><h1>floor</h1></div>')
st.plotly_chart(go.Figure(go.Bar(x=["a", "b"], y=[1, 2])), theme=None)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the server, seconds until everything is drawn, requests and kilobytes, of one visit or choice."""

    cpu: float
    drawn: float
    requests: int
    kilobytes: float


@dataclass(frozen=True, slots=True)
class Costs:
    """A page at a server just started with a new browser, once more, after a choice; `memory` the server's MB then."""

    page: str
    cold: Cost
    warm: Cost
    choice: Cost | None
    memory: float


def measure() -> None:
    """Measure every page and the floor, print the table and write build/bench/pages.json (Linux only)."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = f"sqlite:///{Path(folder) / 'ward.db'}"
        with open_store(database) as store:
            migrate(store)
            load_bundled(store, progress=False)
            choose(store, "bench", unit=OWN, sample="kept", started=True)  # else the bare address is the first run
        empty = Path(folder) / "empty.py"
        empty.write_text(FLOOR_SCRIPT, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found = [_page(browser, RunningProgram(database, empty), "", FLOOR)]
        found += [_page(browser, RunningProgram(database), path, path) for path in PATHS]
        browser.close()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) for row in found], indent=1), encoding="utf-8")
    print(table(found))


def table(found: list[Costs]) -> str:
    """The costs as lines, the floor first; beside each time how many times the floor's it is."""
    floor = found[0]
    lines = [f"{'':22}{'server CPU, s':^39}{'drawn, s':^39}{'requests, KB':>16}{'MB':>6}"]
    lines += [f"{'':22}" + f"{'cold':>13}{'warm':>13}{'choice':>13}" * 2 + f"{'cold':>16}"]
    for row in found:
        cpu = [_beside(row.cold.cpu, floor.cold.cpu), _beside(row.warm.cpu, floor.warm.cpu)]
        cpu += [_beside(row.choice.cpu, floor.warm.cpu)] if row.choice else [""]
        drawn = [_beside(row.cold.drawn, floor.cold.drawn), _beside(row.warm.drawn, floor.warm.drawn)]
        drawn += [_beside(row.choice.drawn, floor.warm.drawn)] if row.choice else [""]
        sent = f"{row.cold.requests}, {row.cold.kilobytes:.0f}"
        cells = "".join(f"{cell:>13}" for cell in (*cpu, *drawn))
        lines.append(f"{row.page:22}{cells}{sent:>16}{row.memory:6.0f}")
    return "\n".join(lines)


def _beside(value: float, floor: float) -> str:
    return f"{value:.2f} ×{value / floor:.1f}"


def _page(browser: Browser, program: RunningProgram, path: str, name: str) -> Costs:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    try:
        address, page = f"{program.url}/{path}", context.new_page()
        cold = _cost(page, program, lambda: page.goto(address))
        visits = [_cost(page, program, lambda: page.goto(address)) for _ in range(VISITS)]
        warm = sorted(visits, key=lambda cost: cost.cpu)[len(visits) // 2]
        steps = [_cost(page, program, lambda: page.click(STEP)) for _ in range(VISITS * page.locator(STEP).count())]
        choice = Cost(*(median(getattr(cost, part) for cost in steps) for part in Cost.__slots__)) if steps else None
        return Costs(name, cold, warm, choice, _memory(program.pid))
    finally:
        context.close()
        program.stop()


def _cost(page: Page, program: RunningProgram, act: Callable[[], object]) -> Cost:
    """What an act costs until a page other than before is drawn and the server rests."""
    sizes: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    frames: list[int] = []
    client.on("Network.webSocketFrameReceived", lambda event: frames.append(len(event["response"]["payloadData"])))
    _rest(program.pid)
    page.evaluate(MARK)
    before, start = _cpu(program.pid), time.monotonic()
    act()
    page.wait_for_function(f"() => ({NEW})() && ({DRAWN})()", timeout=60_000)
    drawn = time.monotonic() - start
    _rest(program.pid)
    client.detach()
    # frames of the socket are binary and reported in base64
    return Cost(_cpu(program.pid) - before, drawn, len(sizes), (sum(sizes) + sum(frames) * 3 / 4) / 1024)


def _rest(pid: int) -> None:
    """Wait until the server does nothing any more."""
    last, since = _cpu(pid), time.monotonic()
    while time.monotonic() - since < QUIET:
        time.sleep(QUIET / 4)
        now = _cpu(pid)
        if now > last:
            last, since = now, time.monotonic()


def _cpu(pid: int) -> float:
    """User and system seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
