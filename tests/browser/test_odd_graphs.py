# mypy: disable-error-code="no-untyped-call"
"""Every picture of nothing, of one meeting, and of a meeting without place and date; and of hostile names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.draw import draw
from kg.draw.report import report
from kg.draw.timeline import timeline
from kg.draw.worldmap import world_map
from kg.view import GraphView, MeetingView, PartView, PersonView, ViewFilter
from kg.view.filters import filtered

if TYPE_CHECKING:
    from conftest import Page  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser

EVIL = ("<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>")
NAMES = ("Ann Example", "Bo Sample")


def bare(names: tuple[str, str] = NAMES) -> GraphView:
    """One meeting of two people: no place, no date, no party, no article."""
    people = {f"urn:p{at}": PersonView(f"urn:p{at}", name) for at, name in enumerate(names)}
    return GraphView((MeetingView("urn:m", tuple(map(PartView, people))),), persons=people)


def pictures(view: GraphView, person: str, title: str = "Talks") -> dict[str, bytes]:
    """Every kind of page; no report where there is nobody to report on."""
    made = {
        "network": draw(view, title=title).encode(),
        "timeline": timeline(view, title=title).render("html"),
        "countries over time": timeline(view, title=title, by="country").render("html"),
        "map": world_map(view, title=title).render("html"),
    }
    return made | ({"report": report(view, person).encode()} if view.persons else {})


def opened(open_file: Callable[[Path], Page], path: Path, content: bytes) -> Page:
    path.write_bytes(content)
    return open_file(path)


def words_of(open_file: Callable[[Path], Page], folder: Path, view: GraphView, person: str) -> dict[str, str]:
    """What each kind of page says; none has an error or asks the net for anything."""
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    said = {}
    for kind, content in pictures(view, person).items():
        page = opened(open_file, folder / "page.html", content)
        said[kind] = page.run("return document.body.innerText + document.body.textContent")
        assert (kind, page.errors(), page.requests()) == (kind, [], [])
        assert "undefined" not in page.text("body")
        assert "NaN" not in page.text("body")
    return said


def test_nothing(open_file: Callable[[Path], Page], tmp_path: Path) -> None:
    said = words_of(open_file, tmp_path, GraphView(), "")
    assert "no meetings in this graph yet" in said["network"]
    assert "No meeting with a date." in said["timeline"]
    assert "No meeting with a date." in said["countries over time"]
    assert "No meeting has a place with coordinates." in said["map"]


def test_one_meeting(open_file: Callable[[Path], Page], tmp_path: Path, small_view: GraphView) -> None:
    one = filtered(replace(small_view, meetings=small_view.meetings[:1], visits=()), ViewFilter())
    said = words_of(open_file, tmp_path, one, "Qin Gang")
    assert "2 people, 1 line" in said["network"]
    assert "Qin Gang" in said["timeline"]
    assert "China" in said["countries over time"]
    assert "Beijing" in said["map"]
    assert "more than 7 h 30 min" in said["report"]


def test_a_meeting_without_place_and_date(open_file: Callable[[Path], Page], tmp_path: Path) -> None:
    said = words_of(open_file, tmp_path, bare(), NAMES[0])
    assert "2 people, 1 line" in said["network"]
    assert "No meeting with a date." in said["timeline"]
    assert "No meeting with a date." in said["countries over time"]
    assert "No meeting has a place with coordinates." in said["map"]
    assert NAMES[1] in said["report"]
    assert "date not told" in said["report"]


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_names_and_titles_do_nothing(
    open_file: Callable[[Path], Page], tmp_path: Path, evil: str
) -> None:
    """An alert would end the test with an error of the driver."""
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    for kind, content in pictures(bare((evil, NAMES[1])), evil, evil).items():
        page = opened(open_file, tmp_path / "page.html", content)
        assert evil in page.run("return document.body.textContent"), kind
        assert page.run("return document.title").count(evil) == 1, kind
        assert page.run("return document.querySelectorAll('img').length") == 0
        if kind == "network":
            page.pointer(page.at(evil))
            page.wait("return !document.getElementById('tip').hidden")
            assert evil in page.text("#tip")
        assert (kind, page.errors(), page.requests()) == (kind, [], [])
