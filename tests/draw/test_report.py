"""A person or country on one page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kg.draw.report import find_subject, report
from kg.errors import KgError
from kg.model import Status
from kg.view import ArticleView, GraphView, MeetingView, PartView, PersonView, Quote

EVIL = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("name", "label", "country"),
    [
        ("Antony Blinken", "Antony Blinken", False),
        ("blinken", "Antony Blinken", False),
        ("wang-yi", "Wang Yi", False),
        ("CN", "China", True),
        ("united states", "United States", True),
    ],
)
def test_names_aliases_codes_and_slugs(view: GraphView, name: str, label: str, country: bool) -> None:
    subject = find_subject(view, name)
    assert (subject.label, subject.country) == (label, country)


def test_nobody_and_several(view: GraphView) -> None:
    with pytest.raises(KgError, match="perhaps Wang Yi"):
        find_subject(view, "Wang Yee")
    twins = GraphView(
        persons={iri: PersonView(iri, "John Smith") for iri in ("urn:x/john-1", "urn:x/john-2")}
    )
    with pytest.raises(KgError, match="john-1, john-2"):
        find_subject(twins, "John Smith")


def test_a_person(view: GraphView) -> None:
    page = report(view, "Antony Blinken")
    for words in (
        "Secretary of State, United States (2023)",
        "<td>Wang Yi</td>",
        "more than 7 h 30 min (“more than 7-1/2 hours”)",
        "The two shook hands at the Diaoyutai state guest house.",
        '<a href="https://news.example/talks" rel="noopener noreferrer">Two days of talks in Beijing</a>',
        "(other articles say otherwise)",
        "Articles disagree on: minutes",
        "Taiwan",
    ):
        assert words in page
    assert page.count('<article class="meeting">') == 4
    assert "10 h 30 min" in page


def test_a_country(view: GraphView) -> None:
    page = report(view, "CN")
    assert "<h1>China</h1>" in page
    assert "<td>United States</td>" in page
    assert page.count('<article class="meeting">') == 3


def test_figures_count_what_took_place_across_a_table() -> None:
    people = {iri: PersonView(iri, iri[4:]) for iri in ("urn:me", "urn:aide", "urn:them", "urn:later")}
    me, aide = PartView("urn:me", party="urn:us"), PartView("urn:aide", party="urn:us")
    them, later = (PartView(iri, party="urn:they") for iri in ("urn:them", "urn:later"))
    meetings = (
        MeetingView("urn:1", (me, aide, them), articles=("urn:a",)),
        MeetingView("urn:2", (me, later), Status.PLANNED, articles=("urn:b",)),
    )
    page = report(GraphView(meetings, persons=people), "me")
    figures = re.findall(r"<li><b>([^<]*)</b>([^<]*)</li>", page)
    assert figures == [
        ("2", "meetings"), ("1", "took place"), ("–", "told duration"), ("1", "person met"), ("0", "places"),
        ("2", "articles"),
    ]  # fmt: skip
    assert "<td>them</td>" in page
    assert "<td>later</td>" in page
    assert "<td>aide</td>" not in page


class Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "iframe"} or any(name.startswith("on") for name, _ in attrs):
            self.bad.append(tag)
        if any((value or "").startswith("javascript:") for _, value in attrs):
            self.bad.append("javascript:")


def test_texts_stay_texts() -> None:
    people = {f"urn:{at}": PersonView(f"urn:{at}", EVIL + str(at), aliases=(EVIL,)) for at in range(2)}
    meeting = MeetingView(
        "urn:m",
        tuple(PartView(iri, EVIL, EVIL) for iri in people),
        Status.HELD,
        place=EVIL,
        duration_text=EVIL,
        topics=(EVIL,),
        outcomes=(EVIL,),
        disputed=(EVIL,),
        articles=("urn:a",),
        quotes=(Quote("urn:a", EVIL),),
    )
    articles = {"urn:a": ArticleView("urn:a", EVIL, "javascript:alert(1)", EVIL)}
    page = report(GraphView((meeting,), persons=people, articles=articles), f"{EVIL}0")
    parser = Scripts()
    parser.feed(page)
    assert parser.bad == []
    assert "script-src 'none'" in page
