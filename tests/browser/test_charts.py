"""Timeline, map and report in headless Chromium: they draw, ask for nothing, and run nothing foreign."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.draw.report import report
from kg.draw.timeline import timeline
from kg.draw.worldmap import world_map
from kg.model import Status
from kg.view import ArticleView, GraphView, MeetingView, PartView, PersonView, PlaceView, Quote

if TYPE_CHECKING:
    from conftest import Page  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser

EVIL = '</script><img src=x onerror="window.hit=1"><script>window.hit=1</script>'
EVIL_VIEW = GraphView(
    (
        MeetingView(
            "urn:m",
            (PartView("urn:a", EVIL, "urn:p"), PartView("urn:b", EVIL)),
            Status.HELD,
            place="urn:place",
            earliest=date(2020, 1, 1),
            latest=date(2020, 1, 1),
            duration_text=EVIL,
            topics=(EVIL,),
            articles=("urn:x",),
            quotes=(Quote("urn:x", EVIL),),
        ),
    ),
    persons={"urn:a": PersonView("urn:a", EVIL), "urn:b": PersonView("urn:b", "B")},
    places={"urn:place": PlaceView("urn:place", EVIL, lat=10.0, long=10.0)},
    articles={"urn:x": ArticleView("urn:x", EVIL, "javascript:window.hit=1")},
)


def page_with(open_file: Callable[[Path], Page], path: Path, content: bytes) -> Page:
    path.write_bytes(content)
    return open_file(path)


@pytest.mark.parametrize("kind", ["timeline", "map"])
@pytest.mark.parametrize("odd", [False, True])
def test_charts_draw_and_ask_for_nothing(
    open_file: Callable[[Path], Page], tmp_path: Path, small_view: GraphView, kind: str, odd: bool
) -> None:
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    view = EVIL_VIEW if odd else small_view
    chart = timeline(view) if kind == "timeline" else world_map(view)
    page = page_with(open_file, tmp_path / "chart.html", chart.render("html"))
    assert page.run("return document.querySelectorAll('#chart svg path').length") > 2
    box = page.run(
        """const mark = document.querySelector('#chart .mark-symbol path, #chart .mark-rect path');
        const box = mark.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2]"""
    )
    page.pointer((box[0], box[1]))
    time.sleep(0.3)
    assert page.run("return window.hit") is None
    assert page.run("return document.querySelectorAll('img').length") == 0
    assert page.errors() == []
    assert page.requests() == []


def test_reports_show_what_they_say(
    open_file: Callable[[Path], Page], tmp_path: Path, small_view: GraphView
) -> None:
    page = page_with(open_file, tmp_path / "r.html", report(small_view, "Wang Yi").encode())
    assert page.text("h1") == "Wang Yi"
    assert page.run("return getComputedStyle(document.querySelector('.figures li')).borderRadius") == "9px"
    page = page_with(open_file, tmp_path / "e.html", report(EVIL_VIEW, "B").encode())
    assert page.run("return window.hit") is None
    assert page.run("return document.querySelectorAll('img, script').length") == 0
    assert page.errors() == []
    assert page.requests() == []
