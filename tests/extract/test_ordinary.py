"""What is no diplomacy: meetings of a cabinet, a board, a court, a team."""

from __future__ import annotations

import pytest

from kg.extract.ordinary import is_ordinary, is_sports_page
from kg.extract.text import layout
from kg.model import Article, Span, Tag

ORDINARY = [
    ("The premier was speaking during a weekly cabinet [meeting] in the capital.", True),
    ("She called an emergency cabinet [session] for Friday.", True),
    ("The president [met] with his security cabinet until midnight.", True),
    ("A special [meeting] of ministers from his Labour bench was called.", True),
    ("The [board meeting] lasted an hour, the treasurer said.", True),
    ("He told the inquiry that the two had [met] twice that spring.", True),
    ("The umpire [met] both captains at the pitch before the match.", True),
    ("The two foreign ministers [met] in Oslo on Monday.", False),
    ("The prime minister will [meet] the president at the palace.", False),
    ("The chancellor [received] the chairman of the Military Committee.", False),
    ("After the cabinet had risen the envoy [met] the foreign minister.", False),
]


@pytest.mark.parametrize(("marked", "expected"), ORDINARY)
def test_words_at_a_trigger(marked: str, expected: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    page = layout(Article("x", text, "", "x.txt"))
    assert is_ordinary(page, Span(start, end, Tag.TRIGGER)) is expected


def test_a_page_of_sport_is_told_from_one_of_politics() -> None:
    sport = (
        "The captain left the pitch; the coach said that the squad had the match and the title in its hands."
    )
    politics = (
        "The minister, a keen golfer, said that the race for the title of host was open; goals were set."
    )
    assert is_sports_page(sport)
    assert not is_sports_page(politics)
