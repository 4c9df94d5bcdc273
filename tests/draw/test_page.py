"""The page as text: self-contained, closed by its own policy, safe against what articles say."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyvis.network import Network

from kg.draw import draw
from kg.draw.page import safe_json, vis_library
from kg.draw.scene import build_scene, to_pyvis
from kg.draw.style import DATA_SHAPES
from kg.view import GraphView, MeetingView, PartView, PersonView, ViewFilter, read_view, select_from
from kg.view.networks import people_network

SMALL = Path(__file__).parent.parent / "view" / "small.trig"
EVIL = "</script><script>alert(1)</script><!--\u2028"


@pytest.fixture(scope="module")
def view() -> GraphView:
    store = ox.Store()
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return read_view(select_from(store))


class Tags(html.parser.HTMLParser):
    """Elements with their attributes and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attrs = self.found[-1] if self.found else ("", {})
        if tag in {"script", "style"} and data.strip():
            self.blocks.append((tag, attrs, data))


def data_of(page: str) -> dict[str, object]:
    (block,) = [text for _, attrs, text in Tags(page).blocks if attrs.get("type") == "application/json"]
    return json.loads(block)  # type: ignore[no-any-return]


def test_nothing_is_fetched(view: GraphView) -> None:
    tags = Tags(draw(view)).found
    addresses = [
        value for _, attrs in tags for name, value in attrs.items() if name in {"src", "href", "srcset"}
    ]
    assert set(addresses) <= {"data:,", "#view=table"}
    assert "@import" not in draw(view).split("</style>")[0]


def test_the_policy_lets_exactly_our_scripts_run(view: GraphView) -> None:
    tags = Tags(draw(view))
    policy = next(
        str(attrs["content"]) for tag, attrs in tags.found if tag == "meta" and "http-equiv" in attrs
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, attrs, text in tags.blocks:
        if attrs.get("type") == "application/json":
            continue
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy, tag
    assert not any(name.startswith("on") for _, attrs in tags.found for name in attrs)
    assert not any("style" in attrs for _, attrs in tags.found)


def test_the_script_of_vis_network_is_the_one_in_pyvis(view: GraphView) -> None:
    assert "vis-network" in vis_library()[:200]
    assert "sourceMappingURL" not in vis_library()
    assert vis_library() in draw(view)


def test_texts_cannot_leave_the_data_block() -> None:
    people = {"urn:a": PersonView("urn:a", EVIL), "urn:b": PersonView("urn:b", "B")}
    view = GraphView((MeetingView("urn:m", (PartView("urn:a", EVIL), PartView("urn:b"))),), persons=people)
    page = draw(view, title=EVIL)
    assert "<script>alert" not in page
    assert len([1 for tag, _ in Tags(page).found if tag == "script"]) == 3
    persons = data_of(page)["persons"]
    assert isinstance(persons, list)
    assert persons[0]["label"] == EVIL


def test_safe_json_is_still_the_same_json() -> None:
    value = {"a": EVIL, "b": ["&amp;", "\u2029"]}
    text = safe_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)


def test_pyvis_holds_the_network(view: GraphView) -> None:
    graph = people_network(view)
    extras: dict[str, dict[str, object]] = {iri: {} for iri in graph}
    net = to_pyvis(graph, extras)
    assert isinstance(net, Network)
    nodes, edges, *_, options = net.get_network_data()
    assert [node["label"] for node in nodes] == [graph.nodes[iri]["label"] for iri in graph]
    assert len(edges) == graph.number_of_edges()
    assert json.loads(options)["physics"]["enabled"] is False
    assert net.num_nodes() == len(graph)
    assert {node["shape"] for node in nodes} <= set(DATA_SHAPES.values())


def test_the_same_graph_gives_the_same_bytes_in_another_process(view: GraphView) -> None:
    program = (
        "import sys, hashlib, pyoxigraph as ox\n"
        "from kg.draw import draw\n"
        "from kg.view import read_view, select_from\n"
        "store = ox.Store()\n"
        "store.load(path=sys.argv[1], format=ox.RdfFormat.TRIG)\n"
        "print(hashlib.sha256(draw(read_view(select_from(store))).encode()).hexdigest())\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(SMALL)], check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == hashlib.sha256(draw(view).encode()).hexdigest()


def test_filters_narrow_what_the_page_holds(view: GraphView) -> None:
    data = data_of(draw(view, wanted=ViewFilter(persons=("Xi Jinping",))))
    assert [event["title"] for event in data["events"]] == ["Antony Blinken – Xi Jinping"]  # type: ignore[attr-defined]


def test_events_tell_the_facts_in_words(view: GraphView) -> None:
    events = build_scene(view, title="x").data["events"]
    qin, wang, xi, business, trip, plan = events
    assert (qin["date"], qin["long"]) == ("18 Jun 2023", "more than 7 h 30 min (“more than 7-1/2 hours”)")
    assert (wang["date"], wang["long"]) == ("19 Jun 2023", "about 3 h (“around three hours”)")
    assert wang["within"] == "visit of Antony Blinken to Beijing"
    assert "date" not in business
    assert (xi["status"], plan["status"]) == ("possible", "planned")
    assert trip["kind"] == "visit"


def test_unknown_views_are_refused(view: GraphView) -> None:
    with pytest.raises(ValueError, match="countries"):
        draw(view, start="map")


@pytest.mark.parametrize("start", ["people", "countries", "full", "table"])
def test_an_empty_graph_makes_a_page(start: str) -> None:
    page = draw(GraphView(), start=start)
    assert data_of(page)["events"] == []
