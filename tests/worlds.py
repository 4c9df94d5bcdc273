"""A small made-up world of articles with records, so that the pipeline is tested without a model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from kg.model import (
    Article,
    DateSpan,
    Evidence,
    MeetingMention,
    ParticipantKind,
    ParticipantMention,
    PublishedFrom,
    Record,
    Sourced,
    Status,
    VisitMention,
)

__all__ = ["Told", "articles", "tell"]

PEOPLE = (
    ("Antony Blinken", "US", "Secretary of State"),
    ("Wang Yi", "CN", "Foreign Minister"),
    ("Sergey Lavrov", "RU", "Foreign Minister"),
    ("Carla Reyes", "PH", "foreign secretary"),
    ("Ingvild Aasland", "NO", "prime minister"),
)
CITIES = (("Geneva", "CH"), ("Vienna", "AT"), (None, None))
FIRST = date(2022, 3, 1)


@dataclass(frozen=True)
class Told:
    """One meeting as one article tells it."""

    who: tuple[int, int]
    day: int
    status: Status
    city: int
    topic: str


def tell(name: str, told: list[Told]) -> tuple[Article, Record]:
    """An article whose sentences say just that, and its record, offsets exact."""
    published = FIRST + timedelta(days=max((t.day for t in told), default=0) + 1)
    text = f"Published: {published}\n\nTalks of the week\n\n"
    meetings = []
    for number, one in enumerate(told, start=1):
        names = [PEOPLE[i] for i in one.who]
        day = FIRST + timedelta(days=one.day)
        city, country = CITIES[one.city]
        where = f" in {city}" if city else ""
        sentence = f"{names[0][0]} and {names[1][0]} met{where} on {day} over {one.topic} ({one.status})."
        at = len(text)
        text += sentence + "\n\n"
        whole = Evidence(sentence, at, at + len(sentence))

        def words(part: str, sentence: str = sentence, at: int = at) -> Evidence:
            start = at + sentence.index(part)
            return Evidence(part, start, start + len(part))

        meetings.append(
            MeetingMention(
                key=f"m{number}",
                participants=tuple(
                    ParticipantMention(
                        n, ParticipantKind.PERSON, words(n), role, Sourced(code, words(n)), (), (words(n),)
                    )
                    for n, code, role in names
                ),
                status=Sourced(one.status, words(str(one.status))),
                evidence=(whole,),
                city=Sourced(city, words(city)) if city else None,
                country=Sourced(country, words(city)) if city and country else None,
                date=Sourced(DateSpan(day, day, str(day), str(day)), words(str(day))),
                topics=(Sourced(one.topic, words(one.topic)),),
            )
        )
    visits: tuple[VisitMention, ...] = ()
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        name, text, digest, f"{name}.txt", published=published, published_from=PublishedFrom.HEADER
    )
    return article, Record(name, published, tuple(meetings), visits, "test/1")


_told = st.builds(
    Told,
    who=st.sampled_from([(0, 1), (0, 2), (1, 2), (0, 3), (3, 4), (4, 3)]),
    day=st.integers(0, 20),
    status=st.sampled_from([Status.HELD, Status.HELD, Status.PLANNED, Status.CANCELLED]),
    city=st.integers(0, 2),
    topic=st.sampled_from(["trade", "Ukraine", "fishing rights"]),
)


@st.composite
def articles(draw: st.DrawFn, most: int = 7) -> list[tuple[Article, Record]]:
    """Between none and `most` articles, some of which tell of the same meetings."""
    many = draw(st.lists(st.lists(_told, max_size=3), max_size=most))
    return [tell(f"a{number}", told) for number, told in enumerate(many)]
