"""Durations of news prose: a table of cases, a table of bugs caught, properties."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Duration, Qualifier
from kg.times.clock import clock_range, clock_time
from kg.times.durations import duration_at, find_durations, iso, parse_duration

CASES = [
    # words, minutes, lower bound, upper bound, qualifier
    ("more than 7-1/2 hours", 450, 450, None, "more-than"),
    ("7½ hours", 450, 450, 450, "exact"),
    ("an hour and a half", 90, 90, 90, "exact"),
    ("an hour-and-a-half session", 90, 90, 90, "exact"),
    ("one hour and half", 90, 90, 90, "exact"),
    ("an hour and three quarters", 105, 105, 105, "exact"),
    ("three hours and a half", 210, 210, 210, "exact"),
    ("one and one-half hours", 90, 90, 90, "exact"),
    ("two-and-a-half-hour talks", 150, 150, 150, "exact"),
    ("2.5 hours", 150, 150, 150, "exact"),
    ("ninety minutes", 90, 90, 90, "exact"),
    ("half an hour", 30, 30, 30, "exact"),
    ("a half-hour", 30, 30, 30, "exact"),
    ("three quarters of an hour", 45, 45, 45, "exact"),
    ("three-quarter-hour", 45, 45, 45, "exact"),
    ("a quarter of an hour or so", 15, 12.5, 17.5, "about"),
    ("less than ten minutes", 10, None, 10, "less-than"),
    ("not even five minutes", 5, None, 5, "less-than"),
    ("just under two hours", 120, None, 120, "less-than"),
    ("nearly three hours", 180, None, 180, "less-than"),
    ("the better part of an hour", 60, None, 60, "less-than"),
    ("close on two hours", 120, None, 120, "less-than"),
    ("within the hour", 60, None, 60, "less-than"),
    ("no more than 20 minutes", 20, None, 20, "less-than"),
    ("over an hour", 60, 60, None, "more-than"),
    ("Well over an hour", 60, 60, None, "more-than"),
    ("upwards of five hours", 300, 300, None, "more-than"),
    ("three hours and then some", 180, 180, None, "more-than"),
    ("an hour and a half and a bit", 90, 90, None, "more-than"),
    ("a good two hours", 120, 120, None, "more-than"),
    ("two-plus hours", 120, 120, None, "more-than"),
    ("at least four hours", 240, 240, None, "more-than"),
    ("around three hours", 180, 150, 210, "about"),
    ("some 45 minutes", 45, 37.5, 52.5, "about"),
    ("two hours, give or take", 120, 100, 140, "about"),
    ("forty-odd minutes", 40, 33.33, 46.67, "about"),
    ("two to three hours", 150, 120, 180, "about"),
    ("between an hour and 90 minutes", 75, 60, 90, "about"),
    ("35-40 minutes", 37.5, 35, 40, "about"),
    ("1h30", 90, 90, 90, "exact"),
    ("1 hr 15 min", 75, 75, 75, "exact"),
    ("an hour and 50", 110, 110, 110, "exact"),
    ("three hours and twenty-five minutes", 205, 205, 205, "exact"),
    ("two days and four hours", 3120, 3120, 3120, "exact"),
    ("three consecutive days", 4320, 4320, 4320, "exact"),
    ("an hour-long call", 60, 60, 60, "exact"),
    ("from 11:30 until 16:00", 270, 270, 270, "exact"),
    ("between 3 and 5 p.m.", 120, 120, 120, "exact"),
    ("half past seven until eleven", 210, 210, 210, "exact"),
    ("well over three", 180, 180, None, "more-than"),
    ("Twenty-five or so", 25, 20.83, 29.17, "about"),
]

BUGS_CAUGHT = [
    # read as the range "forty to five"
    ("forty-five minutes", 45, "exact"),
    ("roughly twenty-five minutes", 25, "about"),
    # read as the range "one to twenty minutes"
    ("one hour and 20 minutes", 80, "exact"),
    # read as an hour and three minutes
    ("an hour and three quarters", 105, "exact"),
    # the fraction's sign left out of the number
    ("7¼-hour", 435, "exact"),
]

NOT_A_LENGTH = [
    "several hours",
    "a few minutes",
    "for hours",
    "five years",
    "",
    "Tuesday",
    "a long time",
    "0 minutes",
]


@pytest.mark.parametrize(("words", "minutes", "low", "high", "qualifier"), CASES)
def test_case(words: str, minutes: float, low: float | None, high: float | None, qualifier: str) -> None:
    found = parse_duration(words)
    assert found is not None
    assert (found.minutes, found.min_minutes, found.max_minutes) == (minutes, low, high)
    assert found.qualifier.value == qualifier
    assert found.text == words


@pytest.mark.parametrize(("words", "minutes", "qualifier"), BUGS_CAUGHT)
def test_bug_caught(words: str, minutes: float, qualifier: str) -> None:
    found = parse_duration(words)
    assert found is not None
    assert (found.minutes, found.qualifier.value) == (minutes, qualifier)


@pytest.mark.parametrize("words", NOT_A_LENGTH)
def test_no_length(words: str) -> None:
    assert parse_duration(words) is None


def test_number_alone_is_a_length_only_when_asked() -> None:
    assert parse_duration("about three", elliptical=False) is None


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        ("450 minutes", "PT7H30M"),
        ("two days", "P2D"),
        ("39 hours", "PT39H"),
        ("90 seconds", "PT1M30S"),
        ("48 hours", "P2D"),
    ],
)
def test_iso(minutes: str, written: str) -> None:
    found = parse_duration(minutes)
    assert found is not None
    assert iso(found) == written


def test_found_in_text_with_offsets() -> None:
    text = (
        "They talked for about one hour, on his first visit in five years, two hours ago. "
        "A 48-hour ultimatum had passed; a 7½-hour session followed, every two hours a break."
    )
    found = [(text[a:b], d.minutes) for a, b, d in find_durations(text)]
    assert found == [("about one hour", 60), ("7½-hour", 450)]


def test_qualifier_outside_the_mark() -> None:
    text = "The session went on for nearly four hours in all."
    start = text.index("four hours")
    found = duration_at(text, start, start + len("four hours"))
    assert found is not None
    assert found.qualifier is Qualifier.LESS_THAN


RANGES = [
    ("from 11:30 until 16:00", time(11, 30), time(16), 270, True),
    ("between 3 and 5 p.m.", time(15), time(17), 120, True),
    ("11 a.m. until a quarter past one", time(11), time(13, 15), 135, True),
    ("10.00-10.30", time(10), time(10, 30), 30, True),
    ("0900-1130", time(9), time(11, 30), 150, True),
    ("9:15 p.m. to 12:05 a.m.", time(21, 15), time(0, 5), 170, True),
    ("from noon to 2 pm", time(12), time(14), 120, True),
    ("11:30, and it was 16:00", time(11, 30), time(16), 270, True),
    ("half past seven until eleven", time(7, 30), time(11), 210, False),
    ("from 3 to 5", time(3), time(5), 120, False),
]


@pytest.mark.parametrize(("words", "start", "end", "minutes", "sure"), RANGES)
def test_clock_range(words: str, start: time, end: time, minutes: int, sure: bool) -> None:
    found = clock_range(words)
    assert found is not None
    assert (found.start, found.end, found.minutes, found.sure) == (start, end, minutes, sure)


@pytest.mark.parametrize("words", ["2-3", "two to three", "pages 10 to 12 of it", "June 3-5"])
def test_no_clock_range(words: str) -> None:
    assert clock_range(words) is None


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("at 3.15 p.m. on Sunday", time(15, 15)),
        ("14:05", time(14, 5)),
        ("noon", time(12)),
        ("half past three", None),
        ("at seven", None),
    ],
)
def test_clock_time(words: str, at: time | None) -> None:
    assert clock_time(words) == at


WORDS = (
    "about over nearly some between and a an half hour hours minutes min two three 7-1/2 ½ 1h30 "
    "45 - , to or so quarter of the from 11:30 until 16:00 p.m. days seconds 999999 plus PT2H"
)
PIECES = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)))
def test_never_crashes_and_bounds_hold(words: str) -> None:
    found = parse_duration(words)
    clock_range(words)
    clock_time(words)
    for start, end, inside in find_durations(words):
        assert 0 <= start < end <= len(words)
        assert inside.minutes > 0
    if found is not None:
        assert found.minutes > 0
        assert found.min_minutes is None or found.min_minutes <= found.minutes
        assert found.max_minutes is None or found.minutes <= found.max_minutes
        assert iso(found).startswith("P")


@pytest.mark.parametrize(
    ("minutes", "text"), [(450, "PT7H30M"), (45, "PT45M"), (2880, "P2D"), (12.5, "PT12M30S")]
)
def test_iso_of_minutes(minutes: float, text: str) -> None:
    assert iso(Duration(minutes, minutes, minutes, Qualifier.EXACT, "")) == text
