"""Dates of news prose: tables of cases, a table of bugs caught, properties, agreement with the corpus."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DateSpan
from kg.times.dates import (
    date_at,
    dateline,
    find_dates,
    full_date,
    guess_tense,
    reference_before,
    resolve_date,
    section_day,
    writing_day,
)

MONDAY = date(2023, 6, 19)

# words, tense, EDTF, earliest, latest; read on Monday 19 June 2023
CASES = [
    ("Sunday", "past", "2023-06-18", "2023-06-18", "2023-06-18"),
    ("Sunday", "future", "2023-06-25", "2023-06-25", "2023-06-25"),
    ("Monday", "past", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("Monday", "future", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("Thursday", None, "2023-06-15", "2023-06-15", "2023-06-15"),
    ("Thursday", "open", "2023-06-22", "2023-06-22", "2023-06-22"),
    ("Friday", "open", "2023-06-16", "2023-06-16", "2023-06-16"),
    ("earlier on Monday", "past", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("Tuesday night", "past", "2023-06-13", "2023-06-13", "2023-06-13"),
    ("at 1 p.m. on Tuesday", "future", "2023-06-20", "2023-06-20", "2023-06-20"),
    ("Four o'clock on Tuesday afternoon", "past", "2023-06-13", "2023-06-13", "2023-06-13"),
    ("last Monday", "past", "2023-06-12", "2023-06-12", "2023-06-12"),
    ("next Tuesday", "future", "2023-06-27", "2023-06-27", "2023-06-27"),
    ("next Friday", "future", "2023-06-23", "2023-06-23", "2023-06-23"),
    ("Monday next", "future", "2023-06-26", "2023-06-26", "2023-06-26"),
    ("Monday week", "future", "2023-07-03", "2023-07-03", "2023-07-03"),
    ("a week from Tuesday", "future", "2023-06-27", "2023-06-27", "2023-06-27"),
    ("Thursday of last week", "past", "2023-06-15", "2023-06-15", "2023-06-15"),
    ("Monday last week", "past", "2023-06-12", "2023-06-12", "2023-06-12"),
    ("Wednesday to Friday of next week", "future", "2023-06-28", "2023-06-28", "2023-06-30"),
    ("Monday and Tuesday", "future", "2023-06-19", "2023-06-19", "2023-06-20"),
    ("Saturday, Sunday and Monday", "past", "2023-06-17", "2023-06-17", "2023-06-19"),
    ("Monday or Tuesday", "future", "2023-06", "2023-06-19", "2023-06-20"),
    ("today", "past", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("to-day", "past", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("yesterday evening", "past", "2023-06-18", "2023-06-18", "2023-06-18"),
    ("last night", "past", "2023-06-18", "2023-06-18", "2023-06-18"),
    ("tomorrow", "future", "2023-06-20", "2023-06-20", "2023-06-20"),
    ("the day after tomorrow", "future", "2023-06-21", "2023-06-21", "2023-06-21"),
    ("the day before yesterday", "past", "2023-06-17", "2023-06-17", "2023-06-17"),
    ("this afternoon", "past", "2023-06-19", "2023-06-19", "2023-06-19"),
    ("overnight", "past", "2023-06", "2023-06-18", "2023-06-19"),
    ("either tonight or early tomorrow", "future", "2023-06", "2023-06-19", "2023-06-20"),
    ("June 19, 2023", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("19 June 2023", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("2023 June 19", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("19th of June, 2023", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("the fourteenth of March, 1957", None, "1957-03-14", "1957-03-14", "1957-03-14"),
    ("October the ninth", "past", "2022-10-09", "2022-10-09", "2022-10-09"),
    ("Aug. 25", "past", "2022-08-25", "2022-08-25", "2022-08-25"),
    ("Aug. 25", "future", "2023-08-25", "2023-08-25", "2023-08-25"),
    ("November 3rd", "past", "2022-11-03", "2022-11-03", "2022-11-03"),
    ("March 3-5", "past", "2023-03-03", "2023-03-03", "2023-03-05"),
    ("between 3 and 5 May", "past", "2023-05-03", "2023-05-03", "2023-05-05"),
    ("from July 25 to 28", "future", "2023-07-25", "2023-07-25", "2023-07-28"),
    ("October 11 and 12, 1986", None, "1986-10-11", "1986-10-11", "1986-10-12"),
    ("9 or 10 March", "past", "2023-03", "2023-03-09", "2023-03-10"),
    ("30 March - 2 April", "past", "2023-03-30", "2023-03-30", "2023-04-02"),
    ("December 30-January 2", "past", "2022-12-30", "2022-12-30", "2023-01-02"),
    ("yesterday, June 18", "past", "2023-06-18", "2023-06-18", "2023-06-18"),
    ("Saturday December 1, 2018", None, "2018-12-01", "2018-12-01", "2018-12-01"),
    ("Thursday, 13 May", "past", "2021-05-13", "2021-05-13", "2021-05-13"),
    ("19/6/2023", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("6/19/2023", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("12/6/2023", None, "2023-06-12", "2023-06-12", "2023-06-12"),
    ("5/9/2022", None, "2022", "2022-05-09", "2022-09-05"),
    ("03.07.2017", None, "2017-07-03", "2017-07-03", "2017-07-03"),
    ("17.II.48", None, "1948-02-17", "1948-02-17", "1948-02-17"),
    ("2023-06-19", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("20230619", None, "2023-06-19", "2023-06-19", "2023-06-19"),
    ("Tuesday (20/6)", None, "2023-06-20", "2023-06-20", "2023-06-20"),
    ("l9 Jnne 1958", None, "1958-06-19", "1958-06-19", "1958-06-19"),
    ("0ctober 3, 1961", None, "1961-10-03", "1961-10-03", "1961-10-03"),
    ("the 5th", "past", "2023-06-05", "2023-06-05", "2023-06-05"),
    ("the 5th", "future", "2023-07-05", "2023-07-05", "2023-07-05"),
    ("Friday the 16th", "past", "2023-06-16", "2023-06-16", "2023-06-16"),
    ("Mon. 12", "past", "2023-06-12", "2023-06-12", "2023-06-12"),
    ("Tuesday (20)", "future", "2023-06-20", "2023-06-20", "2023-06-20"),
    ("Christmas Eve", "past", "2022-12-24", "2022-12-24", "2022-12-24"),
    ("before Christmas", "past", "2022", "2022-10-01", "2022-12-31"),
    ("twelve days ago", "past", "2023-06-07", "2023-06-07", "2023-06-07"),
    ("ten days ago", "past", "2023-06", "2023-06-07", "2023-06-11"),
    ("two weeks ago", "past", "2023-06", "2023-06-01", "2023-06-09"),
    ("nearly a month ago", "past", "2023-05", "2023-05-01", "2023-05-31"),
    ("forty years ago today", "past", "1983-06-19", "1983-06-19", "1983-06-19"),
    ("in three days", "future", "2023-06-22", "2023-06-22", "2023-06-22"),
    ("in two weeks' time", "future", "2023-07", "2023-06-29", "2023-07-07"),
    ("in June", "past", "2023-06", "2023-06-01", "2023-06-19"),
    ("May", "past", "2023-05", "2023-05-01", "2023-05-31"),
    ("in March", "future", "2024-03", "2024-03-01", "2024-03-31"),
    ("late last month", "past", "2023-05", "2023-05-20", "2023-05-31"),
    ("mid-May", "past", "2023-05", "2023-05-10", "2023-05-20"),
    ("last November", "past", "2022-11", "2022-11-01", "2022-11-30"),
    ("last June", "past", "2022-06", "2022-06-01", "2022-06-30"),
    ("September of last year", "past", "2022-09", "2022-09-01", "2022-09-30"),
    ("May of 1939", None, "1939-05", "1939-05-01", "1939-05-31"),
    ("the second half of May", "past", "2023-05", "2023-05-15", "2023-05-31"),
    ("first ten days of July", "future", "2023-07", "2023-07-01", "2023-07-10"),
    ("September and October", "past", "2022-09", "2022-09-01", "2022-10-31"),
    ("later this month", "future", "2023-06", "2023-06-19", "2023-06-30"),
    ("before the month is out", "future", "2023-06", "2023-06-19", "2023-06-30"),
    ("last week", "past", "2023-06", "2023-06-12", "2023-06-18"),
    ("over the weekend", "past", "2023-06", "2023-06-17", "2023-06-18"),
    ("this weekend", "future", "2023-06", "2023-06-24", "2023-06-25"),
    ("the week of June 5", "past", "2023-06", "2023-06-05", "2023-06-11"),
    ("next year", "future", "2024", "2024-01-01", "2024-12-31"),
    ("spring", "past", "2023", "2023-03-01", "2023-05-31"),
    ("early 2019", None, "2019", "2019-01-01", "2019-04-30"),
    ("the last days of 2016", None, "2016-12", "2016-12-20", "2016-12-31"),
    ("2019", None, "2019", "2019-01-01", "2019-12-31"),
]

# words counted from what was last spoken of (10 June 2023) or from the visit's first day (12 June)
FROM_EVENT = [
    ("the next day", "2023-06-11"),
    ("a day later", "2023-06-11"),
    ("the following morning", "2023-06-11"),
    ("the same day", "2023-06-10"),
    ("that evening", "2023-06-10"),
    ("later that day", "2023-06-10"),
    ("the day before", "2023-06-09"),
    ("the previous day", "2023-06-09"),
    ("on the eve", "2023-06-09"),
    ("two days earlier", "2023-06-08"),
    ("hours later", "2023-06-10"),
    ("on the second day of her visit", "2023-06-13"),
    ("that Saturday", "2023-06-10"),
    ("the Friday before", "2023-06-09"),
    ("that month", "2023-06"),
    ("two months later", "2023-08"),
    ("a year later", "2024"),
    ("the next day, Sunday", "2023-06-11"),
]

NO_DATE = [
    "",
    "may",
    "march",
    "sat",
    "soon",
    "recently",
    "the 1990s",
    "the second round",
    "in the past two days",
    "at 5 pm sharp then",
]

BUGS_CAUGHT = [
    # "next day" was counted from a day that was not the Thursday named beside it
    (
        "the next day, Thursday",
        {"anchor": date(2023, 6, 19), "reference": date(2023, 6, 10), "tense": "future"},
        "2023-06-22",
    ),
    # "afternoon" lost its "noon" to the clock times
    ("this afternoon", {"anchor": MONDAY}, "2023-06-19"),
    # "in the day" was read as a coming day
    ("earlier in the day", {"anchor": MONDAY, "reference": date(2023, 6, 18)}, "2023-06-18"),
    # a reference far from the day of writing is not the day of "in the day"
    ("earlier in the day", {"anchor": MONDAY, "reference": date(2023, 3, 1)}, "2023-06-19"),
    # the 31st day of a month of 30 days became the 31st of another month
    ("June 31st", {"anchor": MONDAY, "tense": "past"}, "2023-06"),
    # the year after an abbreviated month's full stop was not seen
    ("25 Feb. 2010", {"anchor": None}, "2010-02-25"),
    # "the day after tomorrow" was counted from the event
    ("the day after tomorrow", {"anchor": MONDAY, "reference": date(2023, 6, 1)}, "2023-06-21"),
    # a vague reference gives a vague answer
    (
        "hours later",
        {"anchor": MONDAY, "reference": DateSpan(date(2023, 2, 20), date(2023, 2, 28), "2023-02", "")},
        "2023-02",
    ),
]


@pytest.mark.parametrize(("words", "tense", "edtf", "earliest", "latest"), CASES)
def test_case(words: str, tense: str | None, edtf: str, earliest: str, latest: str) -> None:
    found = resolve_date(words, anchor=MONDAY, tense=tense)
    assert found is not None
    assert (found.edtf, found.earliest.isoformat(), found.latest.isoformat()) == (edtf, earliest, latest)
    assert found.text == words


@pytest.mark.parametrize(("words", "edtf"), FROM_EVENT)
def test_from_event(words: str, edtf: str) -> None:
    found = resolve_date(
        words, anchor=MONDAY, tense="past", reference=date(2023, 6, 10), visit_start=date(2023, 6, 12)
    )
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "words", ["the next day", "that evening", "two days earlier", "on the second day", "that month"]
)
def test_event_without_reference_is_not_guessed(words: str) -> None:
    assert resolve_date(words, anchor=MONDAY, tense="past") is None


@pytest.mark.parametrize("words", ["Thursday", "June 19", "today", "last month", "the 5th"])
def test_nothing_without_a_day_of_writing(words: str) -> None:
    assert resolve_date(words, anchor=None) is None


@pytest.mark.parametrize("words", NO_DATE)
def test_no_date(words: str) -> None:
    assert resolve_date(words, anchor=MONDAY) is None


@pytest.mark.parametrize(("words", "known", "edtf"), BUGS_CAUGHT)
def test_bug_caught(words: str, known: dict[str, date | None], edtf: str) -> None:
    found = resolve_date(words, **known)  # type: ignore[arg-type]
    assert found is not None
    assert found.edtf == edtf


DATELINES = [
    ("BEIJING, June 19 (Reuters) - Talks began", "BEIJING", "2023-06-19"),
    ("MOSCOW/KYIV, June 4 -- An envoy", "MOSCOW/KYIV", "2023-06-04"),
    ("Geneva, 3 May 2021 – The parties", "Geneva", "2021-05-03"),
    ("NEW DELHI, January 9. Over the fruit", "NEW DELHI", "2023-01-09"),
    ("St. Petersburg, June 9 (Interfax) - The", "St. Petersburg", "2023-06-09"),
    ("(From our Correspondent) PARIS, June 8.", "PARIS", "2023-06-08"),
    ("NEW YORK, Friday night -- On the thirty-eighth floor", "NEW YORK", "2023-06-16"),
    ("Ankara, Monday, 12 June (AA) - The", "Ankara", "2023-06-12"),
    ("WASHINGTON (AP) — The secretary", "WASHINGTON", None),
    ("RIO DE JANEIRO, Brazil (AP) — The", "RIO DE JANEIRO, Brazil", None),
    ("Kabul (Pajhwok News): The", "Kabul", None),
]


@pytest.mark.parametrize(("line", "city", "edtf"), DATELINES)
def test_dateline(line: str, city: str, edtf: str | None) -> None:
    found = dateline(line, anchor=MONDAY)
    assert found is not None
    assert found[0] == city
    assert (found[1].edtf if found[1] else None) == edtf


@pytest.mark.parametrize(
    "line",
    [
        "The two met - and parted",
        "QUESTION: Has he called?",
        "Monday - he said no",
        "Published: 2023-06-19",
        "",
        "2023",
        "Beijing: the view",
    ],
)
def test_no_dateline(line: str) -> None:
    assert dateline(line, anchor=MONDAY) is None


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("The two will meet in Geneva on Monday", "future"),
        ("They met in Geneva on Monday", "past"),
        ("He was to have met her on Monday", "open"),
        ("On Monday, she is due in Rome", "future"),
        ("Geneva, Monday", None),
    ],
)
def test_guess_tense(sentence: str, tense: str | None) -> None:
    assert guess_tense(sentence, "Monday") == tense


def test_find_dates_in_order() -> None:
    text = "It may rain. On May 3 they met in Bonn; the next day, in May 2019 or on Monday, nobody sat down."
    found = [(text[a:b], d.edtf) for a, b, d in find_dates(text, anchor=MONDAY)]
    assert found == [
        ("May 3", "2023-05-03"),
        ("the next day", "2023-05-04"),
        ("May 2019", "2019-05"),
        ("Monday", "2023-06-19"),
    ]


def test_full_date_and_reference() -> None:
    assert full_date("no date here, 10 June at most") is None
    found = full_date("Posted 9 August 2011 by staff, 3 May 2010")
    assert found is not None
    assert found[2].edtf == "2011-08-09"
    story = "He arrived on June 12. She had left in 2008. That day they met."
    last = reference_before(story, story.index("That day"), anchor=MONDAY, tense="past")
    assert last is not None
    assert last.edtf == "2023-06-12"


def test_date_at_reads_the_words_beside_the_mark() -> None:
    story = "They had met twice. It was a Tuesday, the 13th, when she came."
    start = story.index("Tuesday")
    found = date_at(story, start, start + 7, anchor=MONDAY, tense="past")
    assert found is not None
    assert (found.edtf, found.text) == ("2023-06-13", "Tuesday")


def test_days_of_a_diary_count_from_their_headings() -> None:
    diary = (
        "Pacific diary\n\nFRIDAY 16 JUNE, SAMOA\nNothing today.\n\nTHURSDAY 15 JUNE, NIUE\nThey met today.\n"
    )
    at = diary.rindex("today")
    assert section_day(diary, at, MONDAY) == date(2023, 6, 15)
    found = date_at(diary, at, at + 5, anchor=MONDAY, tense="past")
    assert found is not None
    assert found.edtf == "2023-06-15"


def test_writing_day() -> None:
    assert writing_day("BEIJING, June 18 (Reuters) - Talks", MONDAY) == date(2023, 6, 18)
    assert writing_day("BEIJING, March 18 (Reuters) - Talks", MONDAY) == MONDAY
    assert writing_day("(Arctic desk, 25 Feb. 2010)", None) == date(2010, 2, 25)
    assert writing_day("No date at all", None) is None


WORDS = (
    "next last this the day week month year two 3 31 99 June May march Monday Tue of ago later "
    "before after and or - , . 19/6/2023 2023 1999 0 9999 early mid- late tomorrow night at 5 "
    "pm 's the 5th second weekend years half in"
)
PIECES = st.sampled_from(WORDS.split())
DAYS = st.one_of(st.none(), st.dates())
TENSES = st.sampled_from([None, "past", "future", "open"])


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)), DAYS, DAYS, TENSES)
def test_never_crashes_and_bounds_hold(
    words: str, anchor: date | None, reference: date | None, tense: str | None
) -> None:
    found = resolve_date(words, anchor=anchor, reference=reference, tense=tense)
    if found is None:
        return
    assert found.earliest <= found.latest
    assert len(found.edtf) in (4, 7, 10)
    # the EDTF's period meets the bounds, and a known day is the first of them
    assert found.earliest.isoformat()[: len(found.edtf)] <= found.edtf <= found.latest.isoformat()
    if len(found.edtf) == 10:
        assert found.edtf == found.earliest.isoformat()


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map(" ".join), DAYS)
def test_finding_never_crashes(text: str, anchor: date | None) -> None:
    last = 0
    for start, end, _ in find_dates(text, anchor=anchor):
        assert last <= start < end <= len(text)
        last = end
    dateline(text, anchor=anchor)
    if text:
        date_at(text, 0, min(5, len(text)), anchor=anchor)
