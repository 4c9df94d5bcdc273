"""A made-up graph of any size: a few people meet very often, most of them rarely."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kg.model import Status
from kg.view import (
    ArticleView,
    GraphView,
    MeetingView,
    PartView,
    PartyView,
    PersonView,
    PlaceView,
    Quote,
)

__all__ = ["made"]

BASE = "https://w3id.org/dipmeet/id/"
COUNTRIES = 40
TOPICS = ("trade", "border", "energy", "grain", "ceasefire", "visas", "climate", "fisheries")
STATUSES = (Status.HELD,) * 7 + (Status.PLANNED, Status.POSSIBLE, Status.CANCELLED)


def made(persons: int, meetings: int, *, seed: int = 7) -> GraphView:
    """A view with so many persons and about as many lines as meetings; the same for the same numbers."""
    chance = random.Random(seed)  # noqa: S311  (a test graph, no secret)
    people = [f"{BASE}person/person-{number}" for number in range(persons)]
    parties = [f"{BASE}country/{number}" for number in range(COUNTRIES)]
    cities = [f"{BASE}city/city-{number}" for number in range(COUNTRIES)]
    home = {person: parties[number * 7 % COUNTRIES] for number, person in enumerate(people)}
    known = [people[0]]
    done = []
    for number in range(meetings):
        one = people[number + 1] if number + 1 < persons else chance.choice(known)
        near = [other for other in chance.sample(known, min(6, len(known))) if home[other] != home[one]]
        other = near[0] if near else people[0]
        known += [one, other]
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(9000))
        city = cities[chance.randrange(COUNTRIES)]
        article = f"{BASE}article/a-{number % 200}"
        done.append(
            MeetingView(
                id=f"{BASE}meeting/{number}",
                parts=(PartView(one, "envoy", home[one]), PartView(other, "minister", home[other])),
                status=STATUSES[chance.randrange(len(STATUSES))],
                parties=tuple(sorted({home[one], home[other]})),
                place=city,
                city=city,
                country=parties[cities.index(city)],
                earliest=day,
                latest=day,
                minutes=float(chance.choice((30, 60, 90, 240))),
                topic_texts=(TOPICS[chance.randrange(len(TOPICS))],),
                articles=(article,),
                quotes=(Quote(article, f"They met, sentence {number}.", 0, ("participant",)),),
            )
        )
    return GraphView(
        meetings=tuple(sorted(done, key=lambda each: (each.earliest or date.max, each.id))),
        persons={iri: PersonView(iri, f"Person {number}") for number, iri in enumerate(people)},
        parties={iri: PartyView(iri, f"Country {number}") for number, iri in enumerate(parties)},
        places={
            iri: PlaceView(iri, f"City {number}", "city", parties[number], number - 20.0, number * 4.0)
            for number, iri in enumerate(cities)
        },
        articles={
            f"{BASE}article/a-{number}": ArticleView(
                f"{BASE}article/a-{number}", f"Article {number}", "https://news.example/"
            )
            for number in range(200)
        },
    )
