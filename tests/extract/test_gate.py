"""The gate lets through what may tell of a meeting, and stops much that cannot."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.extract.gate import may_tell_of_meeting
from kg.model import Article
from training.corpus import load

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"


def passes(text: str) -> bool:
    return may_tell_of_meeting(Article("x", text, "", "x.txt"))


@pytest.mark.parametrize(
    "text",
    [
        "US Secretary of State Antony Blinken met with China's top diplomat Wang Yi.",
        "The two presidents spoke by phone for an hour.",
        "PUTIN RECEIVES ERDOGAN\n\nThe president's guest stayed for dinner.",
        "An envoy of the Taliban sat across from the Norwegian mediator.",
    ],
)
def test_passes(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Scientists have found a beetle that lives for ninety years.",
        "Australia were 211 for four at stumps. Rain stopped play. The openers met with no trouble.",
        "Two people were hurt when a truck hit a tree near Goulburn. The road was shut until noon.",
        "Shares rose 1.2 per cent; the dollar fell. Copper was flat after a strike in Chile ended.",
        "😀" * 500,
        "\x00" * 1000,
    ],
)
def test_stops(text: str) -> None:
    assert not passes(text)


def test_marked_texts_with_meetings_pass() -> None:
    told = [a for a in load(CORPUS) if a.meetings]
    stopped = [a.name for a in told if not may_tell_of_meeting(a.article())]
    assert len(stopped) <= 0.02 * len(told), stopped


@pytest.mark.parametrize("text", ["a" * 5_000_000, "met " * 1_000_000, "minister" * 600_000])
def test_linear(text: str) -> None:
    began = time.perf_counter()
    passes(text)
    assert time.perf_counter() - began < 5
