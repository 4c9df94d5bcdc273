# mypy: disable-error-code="no-untyped-call"
"""Headless Chromium, Debian's own, driven by selenium. Without it the tests are skipped and say why."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.draw import draw
from kg.view import GraphView, read_view, select_from

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

VIEWS = Path(__file__).parent.parent / "view"


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def chrome(downloads: Path) -> Iterator[Chrome]:
    """One browser for all tests; every request that it makes is in its performance log."""
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no chromium and chromedriver here: apt-get install chromium chromium-driver")
    if importlib.util.find_spec("selenium") is None:
        pytest.skip("selenium is not installed: pip install selenium")
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = binary
    for each in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--force-prefers-reduced-motion", "--window-size=1400,900",
    ):  # fmt: skip
        options.add_argument(each)
    prefs = {
        "download.default_directory": str(downloads),
        "profile.default_content_setting_values.automatic_downloads": 1,  # two files of one page
    }
    options.add_experimental_option("prefs", prefs)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options=options, service=Service(driver))
    browser.set_script_timeout(20)
    yield browser
    with contextlib.suppress(OSError):
        browser.quit()


READY = "return document.documentElement.dataset.ready === '1'"


class Page:
    """A page opened in the browser, and what it did meanwhile."""

    def __init__(self, browser: Chrome, path: Path) -> None:
        self.browser = browser
        self.path = path
        self.logs: list[dict[str, Any]] = []

    def open(self, fragment: str = "", ready: str = READY) -> Page:
        self.browser.get("about:blank")
        self.browser.get_log("browser")
        self.browser.get_log("performance")
        self.browser.get(self.path.as_uri() + fragment)
        self.wait(ready)
        return self

    def wait(self, script: str, seconds: float = 20) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.browser, seconds, poll_frequency=0.05).until(
            lambda browser: browser.execute_script(script), message=script
        )

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def text(self, css: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).innerText", css))

    def click(self, css: str) -> None:
        self.run("document.querySelector(arguments[0]).click()", css)

    def at(self, label: str) -> tuple[float, float]:
        """Where on the page the node of that label is."""
        x, y = self.run(
            """const index = dipmeet.nodes.findIndex((node) => node.label === arguments[0]);
            const at = dipmeet.network.canvasToDOM(dipmeet.network.getPositions([index])[index]);
            const box = document.getElementById('net').getBoundingClientRect();
            return [box.left + at.x, box.top + at.y]""",
            label,
        )
        return x, y

    def middle(self, one: str, other: str) -> tuple[float, float]:
        """The middle of the line between two nodes."""
        first, second = self.at(one), self.at(other)
        return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2

    def pointer(self, at: tuple[float, float], *, click: bool = False) -> None:
        """Move the pointer there, by way of a point beside it, and click if asked."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        actions = ActionBuilder(self.browser)
        actions.pointer_action.move_to_location(int(at[0]) - 9, int(at[1]) - 5)
        actions.pointer_action.move_to_location(round(at[0]), round(at[1]))
        if click:
            actions.pointer_action.click()
        actions.perform()
        ActionChains(self.browser).pause(0.3).perform()

    def errors(self) -> list[str]:
        return [each["message"] for each in self.browser.get_log("browser") if each["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """Addresses asked for since the page was opened, itself and its own data left out."""
        events = [json.loads(each["message"])["message"] for each in self.browser.get_log("performance")]
        asked = [
            each["params"]["request"]["url"]
            for each in events
            if each["method"] == "Network.requestWillBeSent"
        ]
        own = self.path.as_uri()
        return [url for url in asked if not url.startswith((own, "data:", "blob:", "about:"))]


@pytest.fixture(scope="session")
def small_view() -> GraphView:
    store = ox.Store()
    store.load(path=str(VIEWS / "small.trig"), format=ox.RdfFormat.TRIG)
    return read_view(select_from(store))


@pytest.fixture(scope="session")
def made() -> Callable[[int, int], GraphView]:
    spec = importlib.util.spec_from_file_location("made", VIEWS / "made.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.made  # type: ignore[no-any-return]


@pytest.fixture
def page_of(chrome: Chrome, tmp_path: Path) -> Callable[..., Page]:
    """A view as a page in the browser."""

    def open_page(view: GraphView, fragment: str = "", **options: Any) -> Page:
        path = tmp_path / "network.html"
        path.write_text(draw(view, **options), encoding="utf-8")
        return Page(chrome, path).open(fragment)

    return open_page


@pytest.fixture
def open_file(chrome: Chrome) -> Callable[[Path], Page]:
    """Any page of ours in the browser."""
    ready = f"{READY} || document.readyState === 'complete' && !document.scripts.length"
    return lambda path: Page(chrome, path).open(ready=ready)
