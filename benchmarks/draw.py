# mypy: disable-error-code="no-untyped-call"
"""From opening the page to the first drag that it answers: our page against plain pyvis.

The same graph, in the same run, in the same headless Chromium. Needs chromium, chromedriver
and selenium. `python benchmarks/draw.py [--sizes 50,500] [--write]`; with `--write` the table
goes to `benchmarks/draw.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import platform
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyvis.network import Network
from selenium.common.exceptions import JavascriptException, WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from urllib3.exceptions import HTTPError

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from kg.draw import draw  # noqa: E402
from kg.view import GraphView  # noqa: E402
from kg.view.networks import people_network  # noqa: E402

GIVE_UP = 120.0
"""Seconds after which a page counts as one that does not answer."""
OURS = "window.dipmeet && dipmeet.network"
PLAIN = "typeof network !== 'undefined' && network"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: seconds to make it, its size in bytes, seconds until a drag moved the picture."""

    made: float
    size: int
    drag: float | None


def main() -> None:
    """Measure each size and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="50,500,2000,10000")
    options.add_argument("--runs", type=int, default=3, help="openings a page; the median counts")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            view = _made()(size, size * 3)
            graph = people_network(view)
            ours = _measure(
                Path(folder) / f"ours-{size}.html", lambda at, v=view: _ours(v, at), OURS, given.runs
            )
            plain = _measure(
                Path(folder) / f"plain-{size}.html", lambda at, g=graph: _plain(g, at), PLAIN, given.runs
            )
            rows.append((size, graph.number_of_edges(), ours, plain))
            print(_row(*rows[-1]), flush=True)
    table = "\n".join([HEAD, *(_row(*row) for row in rows)])
    print("\n" + table)
    if given.write:
        (HERE / "draw.md").write_text(_page(table), encoding="utf-8")


def _made() -> Any:
    spec = importlib.util.spec_from_file_location("made", HERE.parent / "tests" / "view" / "made.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.made


def _ours(view: GraphView, path: Path) -> None:
    path.write_text(draw(view), encoding="utf-8")


def _plain(graph: Any, path: Path) -> None:
    """As pyvis makes it by itself, all in the file; handed over at once, for `add_edge` is quadratic."""
    net = Network(height="800px", cdn_resources="in_line")
    number = {iri: at for at, iri in enumerate(graph)}
    net.nodes = [
        {"id": at, "label": graph.nodes[iri]["label"], "shape": "dot", "color": "#97c2fc"}
        for iri, at in number.items()
    ]
    net.edges = [{"from": number[one], "to": number[other]} for one, other in graph.edges()]
    path.write_text(net.generate_html(), encoding="utf-8")


def _measure(path: Path, make: Any, ready: str, runs: int) -> Measured:
    start = time.perf_counter()
    make(path)
    made = time.perf_counter() - start
    found = []
    for _ in range(runs):
        taken = _open(path, ready)
        if taken is None:
            return Measured(made, path.stat().st_size, None)
        found.append(taken)
        if taken > 60:
            break
    return Measured(made, path.stat().st_size, sorted(found)[len(found) // 2])


def _open(path: Path, ready: str) -> float | None:
    """Seconds until a drag of the background has moved the view; None when it never does."""
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    options.page_load_strategy = "none"
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--window-size=1400,900", "--disable-background-networking",
                 "--host-resolver-rules=MAP * ~NOTFOUND"):  # fmt: skip
        options.add_argument(each)
    browser = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    browser.set_script_timeout(GIVE_UP)
    try:
        browser.get("about:blank")
        return _first_drag(browser, path, ready)
    except (
        WebDriverException,
        HTTPError,
    ):  # the page holds the browser for so long that nothing gets through
        return None
    finally:
        with contextlib.suppress(WebDriverException, HTTPError):
            browser.quit()


def _first_drag(browser: Chrome, path: Path, ready: str) -> float | None:
    start = time.perf_counter()
    browser.get(path.as_uri())
    while time.perf_counter() - start < GIVE_UP:
        try:
            before = browser.execute_script(f"const n = {ready}; return n ? n.getViewPosition() : null")
            if before:
                _drag(browser)
                if browser.execute_script(f"const n = {ready}; return n.getViewPosition()") != before:
                    return time.perf_counter() - start
        except JavascriptException:  # the page is not there yet
            pass
        time.sleep(0.02)
    return None


def _drag(browser: Chrome) -> None:
    actions = ActionBuilder(browser, duration=20)
    pointer = actions.pointer_action
    pointer.move_to_location(330, 130)
    pointer.pointer_down()
    for step in range(1, 4):
        pointer.move_to_location(330 + 15 * step, 130 + 8 * step)
    pointer.pointer_up()
    actions.perform()


HEAD = """| nodes | lines | first drag, ours | plain pyvis | times faster | file, ours | plain | made in |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def _row(size: int, lines: int, ours: Measured, plain: Measured) -> str:
    def seconds(value: float | None) -> str:
        return f"> {GIVE_UP:.0f} s" if value is None else f"{value:.2f} s"

    faster = "–"
    if ours.drag:
        faster = f"{plain.drag / ours.drag:.1f}" if plain.drag else f"> {GIVE_UP / ours.drag:.0f}"
    return (
        f"| {size:,} | {lines:,} | {seconds(ours.drag)} | {seconds(plain.drag)} | {faster} "
        f"| {ours.size / 1e6:.1f} MB | {plain.size / 1e6:.1f} MB | {ours.made:.1f} s |"
    )


def _page(table: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores ({platform.machine()})"
    return f"""# Opening the network page

`python benchmarks/draw.py --write`, last run {day} on {machine} shared with other work, headless Chromium
without a GPU. Seconds from opening the file to the first drag of the background that moves the picture
(median of three), the same made-up graph for both. Ours holds the meetings, their sentences and three
views besides; plain pyvis 0.3.2 holds names and lines alone.

{table}
"""


if __name__ == "__main__":
    main()
