# mypy: disable-error-code="no-untyped-call"
"""The network page in headless Chromium: what a reader sees, does and gets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from kg.model import Status
from kg.view import ArticleView, GraphView, MeetingView, PartView, PersonView, PlaceView, Quote

if TYPE_CHECKING:
    from conftest import Page  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser
Opened = Callable[..., "Page"]

EVIL = (
    '<img src=x onerror="window.hit=1">',
    "</script><script>window.hit=1</script>",
    "javascript:window.hit=1",
)


def labels(page: Page) -> set[str]:
    return set(page.run("return dipmeet.shown.nodes.map((index) => dipmeet.nodes[index].label)"))


def drawn(page: Page) -> tuple[int, int]:
    """Nodes and lines that vis-network holds."""
    nodes, edges = page.run(
        "const body = dipmeet.network.body.data; return [body.nodes.length, body.edges.length]"
    )
    return nodes, edges


def test_people_and_lines_are_drawn_and_nothing_is_asked_of_the_net(
    page_of: Opened, small_view: GraphView
) -> None:
    page = page_of(small_view)
    assert drawn(page) == (5, 4)
    assert "Qin Gang" in labels(page)
    for name in ("countries", "full", "table", "people"):
        page.click(f"[data-view={name}]")
    time.sleep(0.3)
    assert page.errors() == []
    assert page.requests() == []


def test_the_canvas_shows_colours(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    x, y = page.at("Antony Blinken")
    colour = page.run(
        """const canvas = document.querySelector('#net canvas'); const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        return [...canvas.getContext('2d').getImageData((arguments[0] - box.left) * ratio,
          (arguments[1] - box.top) * ratio, 1, 1).data]""",
        x, y,
    )  # fmt: skip
    assert colour[:3] == [0x3F, 0x76, 0xBD]


def test_hover_gives_the_facts_of_a_meeting(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.pointer(page.middle("Antony Blinken", "Wang Yi"))
    page.wait("return !document.getElementById('tip').hidden")
    tip = page.text("#tip")
    for fact in ("19 Jun 2023", "Diaoyutai state guest house, Beijing, China", "about 3 h", "held"):
        assert fact in tip
    page.pointer(page.middle("Antony Blinken", "Qin Gang"))
    page.wait("return document.getElementById('tip').innerText.includes('7 h 30 min')")
    tip = page.text("#tip")
    assert "more than 7 h 30 min" in tip
    assert "Taiwan" in tip
    assert "“" not in tip.split("7 h 30 min")[0]
    page.pointer(page.at("Wang Yi"))
    page.wait("return document.getElementById('tip').innerText.includes('top diplomat')")


def test_a_click_opens_the_evidence_and_links_to_the_article(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.pointer(page.middle("Antony Blinken", "Wang Yi"), click=True)
    page.wait("return !document.getElementById('panel').hidden")
    panel = page.text("#panel")
    assert "The two shook hands at the Diaoyutai state guest house." in panel
    assert "The meeting with Wang took two hours." in panel
    assert "other articles say otherwise" in panel
    assert "Two days of talks in Beijing, Example News, 2023-06-19" in panel
    link = page.run("const a = document.querySelector('#panel a[href]'); return [a.href, a.rel, a.target]")
    assert link == ["https://news.example/talks", "noopener noreferrer", "_blank"]
    page.pointer(page.at("Xi Jinping"), click=True)
    page.wait("return document.querySelector('#panel h2').innerText === 'Xi Jinping'")
    assert "possible" in page.text("#panel")


def test_search_finds_and_opens(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.run("const q = document.getElementById('q'); q.value = 'wang'; q.dispatchEvent(new Event('input'))")
    assert "Wang Yi" in page.text("#hits")
    assert "Qin Gang" not in page.text("#hits li:first-child")
    page.click("#hits button")
    assert page.text("#panel h2") == "Wang Yi"
    assert "q=wang" in page.run("return location.hash")


def test_filters_leave_what_they_say(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.click("#statuses input[value=planned]")
    assert labels(page) == {"Antony Blinken", "Wang Yi", "Qin Gang", "Xi Jinping"}
    page.click("#statuses input[value=possible]")
    page.click("#statuses input[value=held]")
    assert labels(page) == set()
    assert "Nothing matches" in page.text("#empty")
    page.click("#reset")
    assert len(labels(page)) == 5
    page.run(
        "const t = document.getElementById('topic'); t.value = 'Taiwan'; t.dispatchEvent(new Event('input'))"
    )
    assert labels(page) == {"Antony Blinken", "Qin Gang"}
    page.click("#reset")
    chosen = page.run(
        """const box = document.getElementById('country');
        box.value = [...box.options].find((each) => each.innerText.startsWith('China')).value;
        box.dispatchEvent(new Event('input'));
        return box.selectedOptions[0].innerText"""
    )
    assert chosen == "China (3)"
    assert labels(page) == {"Antony Blinken", "Wang Yi", "Qin Gang", "Xi Jinping"}
    page.click("#reset")
    page.pointer(page.at("Qin Gang"), click=True)
    page.click("#near")
    assert labels(page) == {"Antony Blinken", "Qin Gang"}


def test_hiding_the_isolated(page_of: Opened, small_view: GraphView) -> None:
    lonely = replace(
        small_view, persons={**small_view.persons, "urn:x": PersonView("urn:x", "Nobody's Friend")}
    )
    page = page_of(lonely)
    assert "Nobody's Friend" in labels(page)
    page.click("#linked")
    assert "Nobody's Friend" not in labels(page)
    assert "linked=1" in page.run("return location.hash")


def test_the_period_slider(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.run(
        "const f = document.getElementById('from'); f.value = f.max; f.dispatchEvent(new Event('input'))"
    )
    page.wait("return location.hash.includes('from=')")
    page.wait("return dipmeet.shown.nodes.length === 3")
    assert labels(page) == {"Antony Blinken", "Wang Yi", "Xi Jinping"}
    assert page.text("#fromOut") == "19 Jun 2023"
    assert "left out" in page.text("#periodNote")


def test_the_address_keeps_the_state(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    page.click("[data-view=full]")
    page.click("#statuses input[value=possible]")
    page.pointer(page.at("Beijing"), click=True)
    fragment = page.run("return location.hash")
    seen = labels(page)
    again = page.open(fragment)
    assert labels(again) == seen
    assert again.text("#panel h2") == "Beijing"
    assert again.run("return document.querySelector('[aria-pressed=true]').dataset.view") == "full"
    again.run("location.hash = '#view=countries'")
    again.wait("return dipmeet.nodes.length === 2")
    assert labels(again) == {"United States", "China"}


def test_every_view_has_its_things(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view, "#view=countries")
    assert drawn(page) == (2, 1)
    page.click("[data-view=full]")
    kinds = page.run("return dipmeet.nodes.map((node) => node.kind)")
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "person": 4, "group": 1, "meeting": 4, "visit": 2, "place": 2,
    }  # fmt: skip
    page.click("[data-view=table]")
    rows = page.run("return [...document.querySelectorAll('#table tbody tr')].map((row) => row.innerText)")
    assert len(rows) == 6
    assert "18 Jun 2023" in rows[0]
    page.click("#table tbody button")
    assert "more than 7 h 30 min" in page.text("#panel")


def wait_for(folder: Path, ending: str) -> Path:
    for _ in range(200):
        found = [each for each in folder.iterdir() if each.name.endswith(ending)]
        if found and found[0].stat().st_size:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no {ending} in {[each.name for each in folder.iterdir()]}")


def test_svg_and_png_are_saved(page_of: Opened, small_view: GraphView, downloads: Path) -> None:
    page = page_of(small_view, title="Talks in Beijing")
    page.click("#svg")
    path = wait_for(downloads, ".svg")
    picture = ET.parse(path).getroot()  # noqa: S314  (our own file)
    words = [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Talks in Beijing", "Wang Yi", "planned", "China"} <= set(words)
    page.click("#png")
    path = wait_for(downloads, ".png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert page.errors() == []
    assert page.requests() == []


def test_keyboard_alone(page_of: Opened, small_view: GraphView) -> None:
    from selenium.webdriver.common.keys import Keys

    page = page_of(small_view)
    page.run("document.getElementById('net').focus()")
    net = page.browser.switch_to.active_element
    net.send_keys(Keys.ARROW_DOWN)
    assert "Antony Blinken" in page.text("#summary")
    net.send_keys(Keys.ARROW_UP)
    assert "Antony Blinken" not in page.text("#summary")
    net.send_keys(Keys.ENTER)
    assert page.run("return !document.getElementById('panel').hidden")
    page.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.run("return document.getElementById('panel').hidden")
    named = page.run(
        """const name = (each) => each.innerText || each.getAttribute('aria-label') || each.title
          || each.closest('label')?.innerText || '';
        const all = [...document.querySelectorAll("button, input, select")];
        return all.filter((each) => !name(each).trim()).length"""
    )
    assert named == 0


def test_dark_and_light(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    before = page.run("return getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.run("return getComputedStyle(document.body).backgroundColor") != before
    assert page.errors() == []


def evil_view() -> GraphView:
    """A graph in which every text that an article can bring tries to be a script."""
    people = {f"urn:p{at}": PersonView(f"urn:p{at}", text, aliases=EVIL) for at, text in enumerate(EVIL)}
    articles = {"urn:a": ArticleView("urn:a", EVIL[1], EVIL[2], EVIL[0])}
    meeting = MeetingView(
        id=f"urn:{EVIL[0]}",
        parts=tuple(
            PartView(iri, EVIL[1], f"urn:{EVIL[0]}") if at else PartView(iri, EVIL[0])
            for at, iri in enumerate(people)
        ),
        status=Status.HELD,
        place="urn:place",
        duration_text=EVIL[1],
        topics=EVIL,
        outcomes=EVIL,
        disputed=EVIL,
        articles=("urn:a",),
        quotes=(Quote("urn:a", "\u2028".join(EVIL), 0, EVIL),),
    )
    return GraphView(
        (meeting,), persons=people, articles=articles, places={"urn:place": PlaceView("urn:place", EVIL[0])}
    )


def test_names_that_try_to_be_scripts_do_nothing(page_of: Opened, downloads: Path) -> None:
    page = page_of(evil_view(), title=EVIL[1])
    for name in ("countries", "full", "table", "people"):
        page.click(f"[data-view={name}]")
    page.pointer(page.at(EVIL[0]))
    page.pointer(page.at(EVIL[0]), click=True)
    assert EVIL[0] in page.text("#panel h2")
    page.pointer(page.middle(EVIL[0], EVIL[1]), click=True)
    page.run("const q = document.getElementById('q'); q.value = 'img'; q.dispatchEvent(new Event('input'))")
    page.click("#svg")
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    time.sleep(0.5)
    assert page.run("return window.hit") is None
    assert page.run("return document.querySelectorAll('img').length") == 0
    assert (
        page.run(
            "return [...document.querySelectorAll('a')].filter((a) => a.protocol === 'javascript:').length"
        )
        == 0
    )
    assert page.errors() == []
    assert page.requests() == []


@pytest.mark.parametrize("name", ["people", "countries", "full", "table"])
def test_an_empty_graph_says_so(page_of: Opened, name: str) -> None:
    page = page_of(GraphView(), f"#view={name}")
    if name != "table":
        assert "no meetings in this graph yet" in page.text("#empty")
    assert page.run("return document.getElementById('period').hidden")
    assert page.errors() == []


def test_a_meeting_without_place_and_date(page_of: Opened) -> None:
    people = {iri: PersonView(iri, iri[-1].upper()) for iri in ("urn:x-a", "urn:x-b")}
    view = GraphView((MeetingView("urn:m", tuple(PartView(iri) for iri in people)),), persons=people)
    page = page_of(view)
    assert drawn(page) == (2, 1)
    page.pointer(page.middle("A", "B"), click=True)
    assert "date not told" in page.text("#panel")
    page.click("[data-view=full]")
    assert drawn(page) == (3, 2)
    assert page.errors() == []


def test_springs_rest_within_two_seconds_of_a_drag(
    page_of: Opened, made: Callable[[int, int], GraphView]
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    page = page_of(made(120, 200))
    label = page.run("return dipmeet.nodes[0].label")
    before = page.run("return dipmeet.network.getPositions([0])[0]")
    x, y = page.at(label)
    chain = ActionChains(page.browser)
    chain.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    chain.click_and_hold().move_by_offset(30, 10).move_by_offset(60, 40).release().perform()
    time.sleep(2)
    settled = page.run("return dipmeet.network.getPositions()")
    time.sleep(0.4)
    assert page.run("return dipmeet.network.getPositions()") == settled
    after = settled["0"]
    assert abs(after["x"] - before["x"]) + abs(after["y"] - before["y"]) > 40


@pytest.mark.slow
def test_ten_thousand_people_open_and_answer_a_drag(
    page_of: Opened, made: Callable[[int, int], GraphView]
) -> None:
    page = page_of(made(10_000, 30_000))
    assert page.run("return [dipmeet.nodes.length, dipmeet.shown.edges.length]")[0] == 10_000
    nodes, lines = drawn(page)
    assert 100 < nodes < 600
    assert 100 < lines < 1500
    assert "most linked of 10,000" in page.text("#note")
    from selenium.webdriver.common.action_chains import ActionChains

    before = page.run("return dipmeet.network.getViewPosition()")
    chain = ActionChains(page.browser)
    chain.w3c_actions.pointer_action.move_to_location(400, 200)
    start = time.monotonic()
    chain.click_and_hold().move_by_offset(80, 30).move_by_offset(60, 20).release().perform()
    after = page.run("return dipmeet.network.getViewPosition()")
    assert time.monotonic() - start < 5
    assert abs(after["x"] - before["x"]) > 10
    # a dot that is not in front comes there when asked for
    behind = page.run(
        """const at = dipmeet.shown.nodes.find((each) => !dipmeet.front.has(each));
        return dipmeet.nodes[at].label"""
    )
    page.run(
        "const q = document.getElementById('q'); q.value = arguments[0]; q.dispatchEvent(new Event('input'))",
        behind,
    )
    page.run(
        """[...document.querySelectorAll('#hits button')]
          .find((each) => each.firstChild.textContent === arguments[0]).click()""",
        behind,
    )
    assert page.text("#panel h2") == behind
    assert page.run(
        "return dipmeet.front.has(dipmeet.nodes.findIndex((node) => node.label === arguments[0]))", behind
    )
    assert page.errors() == []


def test_the_page_prints_a_picture(page_of: Opened, small_view: GraphView) -> None:
    page = page_of(small_view)
    data: dict[str, Any] = page.browser.execute_cdp_cmd("Page.printToPDF", {"landscape": True})
    assert len(data["data"]) > 5000
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    assert page.run("return document.querySelectorAll('#print svg text').length") > 5
    assert json.dumps(page.errors()) == "[]"
