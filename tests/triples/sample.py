"""A small article with its resolved record, made by hand; used by the tests of triples and queries."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from kg.model import (
    Article,
    Basis,
    Block,
    BlockKind,
    DateSpan,
    Duration,
    Entity,
    EntityKind,
    Evidence,
    Link,
    MeetingMention,
    Mode,
    ParticipantKind,
    ParticipantMention,
    PublishedFrom,
    Qualifier,
    Record,
    ResolvedMeeting,
    ResolvedParticipant,
    ResolvedRecord,
    ResolvedVisit,
    Sourced,
    Status,
    VisitMention,
)

TEXT = """Envoys meet in Bern

Foreign Minister Ana Ruiz of Chile met her Norwegian counterpart Ola Lie in Bern on Monday. \
Their talks at the Bellevue Palace lasted around three hours and dealt with fishing rights and \
the war in Ukraine.

Ruiz, who is visiting Switzerland until Wednesday, may also meet Swiss business people.
"""


def words(text: str) -> Evidence:
    """The first place of `text` in the article."""
    start = TEXT.index(text)
    return Evidence(text, start, start + len(text))


def article() -> Article:
    """The article; its body is everything after the headline."""
    body = TEXT.index("Foreign")
    return Article(
        id="Envoys in Bern",
        text=TEXT,
        sha256=sha256(TEXT.encode()).hexdigest(),
        source="seeds/envoys.txt",
        blocks=(Block(BlockKind.HEADLINE, 0, body - 2), Block(BlockKind.BODY, body, len(TEXT))),
        title="Envoys meet in Bern",
        url='https://news.example/envoys?a=1&b="2"',
        publisher="Example News",
        published=date(2024, 3, 5),
        published_from=PublishedFrom.HEADER,
    )


_MET = words("Foreign Minister Ana Ruiz of Chile met her Norwegian counterpart Ola Lie in Bern on Monday.")
_LASTED = words(
    "Their talks at the Bellevue Palace lasted around three hours and dealt with fishing rights and "
    "the war in Ukraine."
)
_MAY = words("Ruiz, who is visiting Switzerland until Wednesday, may also meet Swiss business people.")

RUIZ = ParticipantMention(
    "Ana Ruiz",
    ParticipantKind.PERSON,
    words("Ana Ruiz"),
    role="foreign minister",
    represents=Sourced("CL", words("Chile")),
    confidence=0.98,
)
LIE = ParticipantMention(
    "Ola Lie",
    ParticipantKind.PERSON,
    words("Ola Lie"),
    role="foreign minister",
    represents=Sourced("NO", words("Norwegian"), 0.9, Basis.INFERRED),
)
BUSINESS = ParticipantMention("Swiss business people", ParticipantKind.GROUP, words("Swiss business people"))

_DAY = DateSpan(date(2024, 3, 4), date(2024, 3, 4), "2024-03-04", "Monday")
_END = DateSpan(date(2024, 3, 6), date(2024, 3, 6), "2024-03-06", "Wednesday")

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity(EntityKind.PERSON, "person/ana-ruiz", "Ana Ruiz", ("Ruiz", "A. Ruiz"), wikidata="Q999999999"),
        Entity(EntityKind.PERSON, "person/ola-lie", "Ola Lie"),
        Entity(EntityKind.DELEGATION, "delegation/swiss-business-people", "Swiss business people"),
        Entity(EntityKind.COUNTRY, "country/cl", "Chile", iso2="CL"),
        Entity(EntityKind.COUNTRY, "country/no", "Norway", iso2="NO"),
        Entity(EntityKind.COUNTRY, "country/ch", "Switzerland", ("Swiss Confederation",), iso2="CH"),
        Entity(EntityKind.CITY, "city/bern", "Bern", ("Berne",), None, None, 46.94809, 7.44744, "country/ch"),
        Entity(EntityKind.VENUE, "venue/bellevue-palace", "Bellevue Palace", within="city/bern"),
        Entity(EntityKind.TOPIC, "topic/fisheries", "fisheries"),
        Entity(EntityKind.TOPIC, "topic/war-in-ukraine", "war in Ukraine"),
    )
}


def _link(id_: str, confidence: float = 1.0, basis: Basis = Basis.STATED) -> Link:
    return Link(id_, confidence, basis)


def resolved() -> ResolvedRecord:
    """What the article says, names resolved."""
    talks = MeetingMention(
        key="m1",
        participants=(RUIZ, LIE),
        status=Sourced(Status.HELD, words("met")),
        evidence=(_MET, _LASTED),
        mode=Sourced(Mode.IN_PERSON, words("met"), 0.8),
        venue=Sourced("Bellevue Palace", words("Bellevue Palace")),
        city=Sourced("Bern", words("in Bern on")),
        date=Sourced(_DAY, words("Monday"), 0.95, Basis.INFERRED),
        duration=Sourced(
            Duration(180.0, 150.0, 210.0, Qualifier.ABOUT, "around three hours"), words("around three hours")
        ),
        topics=(
            Sourced("fishing rights", words("fishing rights")),
            Sourced("war in Ukraine", words("war in Ukraine")),
        ),
    )
    maybe = MeetingMention(
        key="m2",
        participants=(RUIZ, BUSINESS),
        status=Sourced(Status.POSSIBLE, words("may also meet")),
        evidence=(_MAY,),
        country=Sourced("CH", words("Switzerland"), 0.7, Basis.INFERRED),
        confidence=0.876543,
    )
    trip = VisitMention(
        key="v1",
        visitor=RUIZ,
        status=Sourced(Status.ONGOING, words("is visiting")),
        evidence=(_MAY,),
        country=Sourced("CH", words("Switzerland")),
        end_date=Sourced(_END, words("Wednesday")),
        meetings=("m1", "m2"),
    )
    ruiz = ResolvedParticipant(RUIZ, _link("person/ana-ruiz", 0.9), _link("country/cl"))
    lie = ResolvedParticipant(LIE, _link("person/ola-lie"), _link("country/no"))
    business = ResolvedParticipant(BUSINESS, _link("delegation/swiss-business-people"))
    return ResolvedRecord(
        record=Record("Envoys in Bern", date(2024, 3, 5), (talks, maybe), (trip,), "reader/0.1.0"),
        meetings=(
            ResolvedMeeting(
                talks,
                (ruiz, lie),
                _link("venue/bellevue-palace"),
                (_link("topic/fisheries", 0.8), _link("topic/war-in-ukraine")),
            ),
            ResolvedMeeting(maybe, (ruiz, business), _link("country/ch")),
        ),
        visits=(ResolvedVisit(trip, ruiz, _link("country/ch")),),
        entities=ENTITIES,
    )
