"""Fused events as facts: bounds that guess nothing, one value where one is meant, no order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    Entity,
    EntityKind,
    EntityRef,
    EventKind,
    Evidence,
    FusedEvent,
    Mode,
    Qualifier,
    Status,
)
from kg.triples import (
    NO_EARLIEST,
    NO_LATEST,
    When,
    claim_path,
    entity_facts,
    event_label,
    extractor_facts,
    facts_graph,
    when,
)
from kg.vocab import DM, FACTS_GRAPH, RDFS, SKOS, Node, Quad, boolean, day, number, to_iri, word

ENTITIES = {
    e.id: e
    for e in (
        Entity(EntityKind.PERSON, "person/ana-ruiz", "Ana Ruiz"),
        Entity(EntityKind.PERSON, "person/ola-lie", "Ola Lie"),
        Entity(EntityKind.PERSON, "person/eva-kim", "Eva Kim"),
        Entity(EntityKind.COUNTRY, "country/cl", "Chile", iso2="CL"),
        Entity(EntityKind.COUNTRY, "country/ch", "Switzerland", iso2="CH"),
        Entity(EntityKind.CITY, "city/bern", "Bern", within="country/ch"),
        Entity(EntityKind.VENUE, "venue/palace", "Bellevue Palace", within="city/bern"),
        Entity(EntityKind.VENUE, "venue/yacht", "a yacht"),
    )
}


def claim(
    prop: str, value: ClaimValue, *, text: str = "words", mention: str = "article/a-1/m1", sure: float = 1.0
) -> Claim:
    return Claim(claim_path(mention, prop, value), mention, prop, value, text, Evidence("Q.", 0, 2), sure)


def who(
    name: str, role: str | None = None, party: str | None = None, mention: str = "article/a-1/m1"
) -> Claim:
    told = claim("participant", EntityRef(f"person/{name}"), mention=mention)
    return replace(told, role=role, party=party)


def span(edtf: str, earliest: date, latest: date | None = None, text: str = "then") -> DateSpan:
    return DateSpan(earliest, latest or earliest, edtf, text)


def meeting(*accepted: Claim, **more: object) -> FusedEvent:
    event = FusedEvent(
        "meeting/x", EventKind.MEETING, ("article/a-1/m1",), accepted, reported_by=("article/a-1",)
    )
    return replace(event, **more)  # type: ignore[arg-type]


def said(event: FusedEvent, predicate: str, of: str = "meeting/x") -> set[Node]:
    return {
        q.object for q in facts_graph(event, ENTITIES) if q.subject == to_iri(of) and q.predicate == predicate
    }


# --- when -----------------------------------------------------------------------------------

MONTH = span("2024-03", date(2024, 3, 1), date(2024, 3, 31), "in March")
DAY = span("2024-03-04", date(2024, 3, 4), text="Monday")
TOLD = date(2024, 3, 5)
EARLIER = date(2024, 2, 1)
ONE = date(2024, 3, 4), date(2024, 3, 6)

UNDATED: list[tuple[str, Status, list[tuple[date | None, Status]], When]] = [
    ("held: not after it was told", Status.HELD, [(TOLD, Status.HELD)], When(NO_EARLIEST, date(2024, 3, 6))),
    ("ongoing: had begun", Status.ONGOING, [(TOLD, Status.ONGOING)], When(NO_EARLIEST, date(2024, 3, 6))),
    ("planned: not before", Status.PLANNED, [(TOLD, Status.PLANNED)], When(date(2024, 3, 4), NO_LATEST)),
    ("possible: not before", Status.POSSIBLE, [(TOLD, Status.POSSIBLE)], When(date(2024, 3, 4), NO_LATEST)),
    (
        "first planned, then held",
        Status.HELD,
        [(EARLIER, Status.PLANNED), (TOLD, Status.HELD)],
        When(date(2024, 1, 31), date(2024, 3, 6)),
    ),
    (
        "held, yet told as to come much later: the plan is no bound",
        Status.HELD,
        [(EARLIER, Status.HELD), (TOLD, Status.PLANNED)],
        When(NO_EARLIEST, date(2024, 2, 2)),
    ),
    (
        "cancelled: nothing follows",
        Status.CANCELLED,
        [(TOLD, Status.CANCELLED)],
        When(NO_EARLIEST, NO_LATEST),
    ),
    ("denied: nothing follows", Status.DENIED, [(TOLD, Status.DENIED)], When(NO_EARLIEST, NO_LATEST)),
    ("told on no known day", Status.HELD, [(None, Status.HELD)], When(NO_EARLIEST, NO_LATEST)),
]


@pytest.mark.parametrize(
    ("status", "history", "expected"), [c[1:] for c in UNDATED], ids=[c[0] for c in UNDATED]
)
def test_bounds_of_an_undated_event_follow_from_the_telling(
    status: Status, history: list[tuple[date | None, Status]], expected: When
) -> None:
    told = claim("status", status)
    event = meeting(told, history=tuple((day_, status_, told.id) for day_, status_ in history))
    assert when(event) == expected
    assert said(event, DM.edtf) == said(event, DM.dateText) == said(event, DM.date) == set()
    assert said(event, DM.earliest) == {day(expected.earliest)}
    assert said(event, DM.latest) == {day(expected.latest)}
    assert event_label(event, ENTITIES).endswith("undated")


def test_a_day_is_a_date_and_a_month_is_not() -> None:
    known = meeting(claim("date", DAY))
    assert when(known) == When(DAY.earliest, DAY.latest, "2024-03-04", "Monday", DAY.earliest)
    assert said(known, DM.date) == {day(date(2024, 3, 4))}
    vague = meeting(claim("date", MONTH))
    assert said(vague, DM.date) == set()
    assert said(vague, DM.edtf) == {word("2024-03")}
    assert said(vague, DM.earliest) == {day(date(2024, 3, 1))}
    assert said(vague, DM.latest) == {day(date(2024, 3, 31))}


def test_the_narrowest_accepted_date_speaks() -> None:
    other = claim("date", DAY, mention="article/b-1/m1")
    assert said(meeting(claim("date", MONTH), other), DM.edtf) == {word("2024-03-04")}


def test_a_visit_lasts_until_its_last_day() -> None:
    last = span("2024-03-06", date(2024, 3, 6))
    trip = replace(
        meeting(claim("date", DAY), claim("endDate", last), claim("status", Status.HELD)),
        kind=EventKind.VISIT,
    )
    assert when(trip) == When(
        date(2024, 3, 4), date(2024, 3, 6), "2024-03-04", "Monday", DAY.earliest, last.latest
    )
    only_end = replace(meeting(claim("endDate", last)), kind=EventKind.VISIT)
    assert when(only_end) == When(NO_EARLIEST, date(2024, 3, 6), last_day=date(2024, 3, 6))


# --- how long, where, who ---------------------------------------------------------------------


def test_the_most_exact_length_speaks() -> None:
    about = Duration(180.0, 150.0, 210.0, Qualifier.ABOUT, "around three hours")
    exact = Duration(185.0, 185.0, 185.0, Qualifier.EXACT, "185 minutes")
    more = Duration(150.0, 150.0, None, Qualifier.MORE_THAN, "over two and a half hours")
    event = meeting(claim("minutes", about), claim("minutes", exact), claim("minutes", more))
    assert said(event, DM.minutes) == {number(185)}
    assert said(event, DM.durationText) == {word("185 minutes")}
    over = meeting(claim("minutes", more))
    assert said(over, DM.minutes) == said(over, DM.minMinutes) == {number(150)}
    assert said(over, DM.maxMinutes) == set()


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("venue/palace",), ("venue/palace", "city/bern", "country/ch")),
        (("city/bern", "venue/palace"), ("venue/palace", "city/bern", "country/ch")),
        (("venue/yacht", "city/bern"), ("venue/yacht", "city/bern", "country/ch")),
        (("country/ch",), ("country/ch", None, "country/ch")),
        (("venue/yacht",), ("venue/yacht", None, None)),
        (("venue/unheard-of",), ("venue/unheard-of", None, None)),
        ((), (None, None, None)),
    ],
)
def test_the_most_specific_place_with_its_city_and_country(
    places: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    event = meeting(*(claim("place", EntityRef(place)) for place in places))
    found = tuple(said(event, p) for p in (DM.place, DM.city, DM.country))
    assert found == tuple({to_iri(e)} if e else set() for e in expected)


def test_a_loop_of_places_ends() -> None:
    loop = {
        "venue/a": Entity(EntityKind.VENUE, "venue/a", "A", within="venue/b"),
        "venue/b": Entity(EntityKind.VENUE, "venue/b", "B", within="venue/a"),
    }
    assert facts_graph(meeting(claim("place", EntityRef("venue/a"))), loop)


def test_office_and_party_of_the_day() -> None:
    event = meeting(
        who("ana-ruiz", "foreign minister", "country/cl"),
        who("ana-ruiz", "Foreign Minister", "country/cl", "article/b-1/m1"),
        who("ana-ruiz", "foreign minister", None, "article/c-1/m1"),
        who("ola-lie"),
    )
    part = "meeting/x/person/ana-ruiz"
    assert said(event, DM.participation) == {to_iri(part), to_iri("meeting/x/person/ola-lie")}
    assert said(event, DM.role, part) == {word("foreign minister")}
    assert said(event, DM.represents, part) == {to_iri("country/cl")}
    assert said(event, DM.party) == {to_iri("country/cl")}


@pytest.mark.parametrize(
    ("parties", "form"),
    [
        (("country/cl", "country/ch"), DM.Bilateral),
        (("country/cl", "country/ch", "country/cl"), DM.Bilateral),
        (("country/cl", "country/ch", "party/eu"), DM.Trilateral),
        (("country/cl", "country/ch", "party/eu", "party/un", None), DM.Multilateral),
        (("country/cl", None), None),
        (("country/cl", "country/ch", None), None),
        (("country/cl",), None),
        ((), None),
    ],
)
def test_format_is_told_only_where_all_parties_are_known(
    parties: tuple[str | None, ...], form: str | None
) -> None:
    event = meeting(*(who(f"p{i}", None, party) for i, party in enumerate(parties)))
    assert said(event, DM.format) == ({form} if form else set())


def test_the_last_accepted_chapter_is_the_status() -> None:
    held, planned = claim("status", Status.HELD), claim("status", Status.PLANNED)
    history = ((EARLIER, Status.PLANNED, planned.id), (TOLD, Status.HELD, held.id))
    assert said(meeting(held, rejected=(planned,), history=history), DM.status) == {DM.Held}
    assert said(meeting(planned, rejected=(held,), history=history), DM.status) == {DM.Planned}
    assert said(meeting(held), DM.status) == {DM.Held}
    assert said(meeting(), DM.status) == set()


def test_the_rest_of_a_meeting() -> None:
    outcome = claim("outcome", "more flights")
    event = meeting(
        claim("mode", Mode.PHONE),
        claim("topicText", "Taiwan"),
        claim("topic", EntityRef("topic/taiwan")),
        claim("start", datetime(2024, 3, 4, 10, 30)),  # noqa: DTZ001 (a clock time as told)
        outcome,
        part_of="visit/v",
        disputed=("minutes",),
        rejected=(claim("mode", Mode.VIDEO),),
    )
    assert said(event, DM.mode) == {DM.Phone}
    assert said(event, DM.topicText) == {word("Taiwan")}
    assert said(event, DM.topic) == {to_iri("topic/taiwan")}
    assert [node.value for node in said(event, DM.start) if not isinstance(node, str)] == [
        "2024-03-04T10:30:00"
    ]
    assert said(event, DM.partOf) == {to_iri("visit/v")}
    assert said(event, DM.disputed) == {DM.minutes}
    (iri,) = said(event, DM.outcome)
    assert Quad(str(iri), RDFS.label, word("more flights"), FACTS_GRAPH) in facts_graph(event, ENTITIES)
    accepted = {q.subject: q.object for q in facts_graph(event, ENTITIES) if q.predicate == DM.accepted}
    assert accepted[to_iri(outcome.id)] == boolean(value=True)
    assert accepted[to_iri(event.rejected[0].id)] == boolean(value=False)
    about = {q.subject for q in facts_graph(event, ENTITIES) if q.predicate == DM.about}
    assert about == set(accepted) == {to_iri(c.id) for c in (*event.accepted, *event.rejected)}


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("ana-ruiz",), "Ana Ruiz, undated"),
        (("ola-lie", "ana-ruiz"), "Ana Ruiz and Ola Lie, undated"),
        (("ola-lie", "ana-ruiz", "eva-kim"), "Ana Ruiz, Eva Kim and Ola Lie, undated"),
        (("ana-ruiz", "b", "c", "d", "e"), "Ana Ruiz, b, c and 2 others, undated"),
    ],
)
def test_labels_are_names_for_people(names: tuple[str, ...], label: str) -> None:
    assert event_label(meeting(*map(who, names)), ENTITIES) == label


def test_a_visit_is_labelled_by_where_it_leads() -> None:
    trip = replace(
        meeting(
            claim("visitor", EntityRef("person/ana-ruiz")),
            claim("destination", EntityRef("city/bern")),
            claim("date", DAY),
        ),
        kind=EventKind.VISIT,
    )
    assert event_label(trip, ENTITIES) == "Ana Ruiz to Bern, 2024-03-04"
    assert said(trip, DM.visitor) == {to_iri("person/ana-ruiz")}
    assert said(trip, DM.destination) == said(trip, DM.city) == {to_iri("city/bern")}
    assert said(trip, DM.country) == {to_iri("country/ch")}
    assert said(trip, DM.participant) == set()


pool = [
    who("ana-ruiz", "minister", "country/cl"),
    who("ana-ruiz", "envoy", "country/ch", "article/b-1/m1"),
    who("ola-lie", "minister", None),
    claim("date", DAY),
    claim("date", MONTH, mention="article/b-1/m1"),
    claim("date", span("2024-03-05", date(2024, 3, 5)), mention="article/c-1/m1"),
    claim("place", EntityRef("city/bern")),
    claim("place", EntityRef("venue/palace"), mention="article/b-1/m1"),
    claim("place", EntityRef("venue/yacht"), mention="article/c-1/m1"),
    claim("mode", Mode.PHONE),
    claim("mode", Mode.VIDEO, mention="article/b-1/m1"),
    claim("minutes", Duration(60.0, 60.0, 60.0, Qualifier.EXACT, "an hour")),
    claim("minutes", Duration(60.0, 60.0, 60.0, Qualifier.EXACT, "60 minutes"), mention="article/b-1/m1"),
    claim("status", Status.HELD),
    claim("status", Status.PLANNED, mention="article/b-1/m1"),
    claim("topicText", "trade"),
]


@given(st.lists(st.sampled_from(pool), unique=True), st.randoms())
def test_the_order_of_claims_leaves_no_trace(some: list[Claim], chance: random.Random) -> None:
    other = list(some)
    chance.shuffle(other)
    assert facts_graph(meeting(*some), ENTITIES) == facts_graph(meeting(*other), ENTITIES)
    one_valued = (DM.date, DM.edtf, DM.place, DM.city, DM.country, DM.mode, DM.minutes, DM.durationText)
    for predicate in (*one_valued, DM.status, RDFS.label, DM.earliest, DM.latest):
        assert len(said(meeting(*some), predicate)) <= 1


# --- entities ---------------------------------------------------------------------------------


def test_descriptions_of_entities() -> None:
    bern = replace(ENTITIES["city/bern"], aliases=("Berne", "Bern"), wikidata="Q70", lat=46.9, long=7.4)
    found = {(q.predicate.rpartition("#")[2], q.object) for q in entity_facts(bern)}
    assert {q.graph for q in entity_facts(bern)} == {FACTS_GRAPH}
    assert ("label", word("Bern")) in found
    assert [o for p, o in found if p.endswith("altLabel")] == [word("Berne")]
    assert {("type", DM.City), ("type", DM.Place), ("within", to_iri("country/ch"))} <= found
    assert ("sameAs", "http://www.wikidata.org/entity/Q70") in found
    assert {("wikidata", word("Q70")), ("lat", number(46.9)), ("long", number(7.4))} <= found
    country = {q.object for q in entity_facts(ENTITIES["country/ch"])}
    assert {DM.Country, DM.Party, DM.Place, word("CH")} <= country


def test_a_topic_brings_its_broader_topics() -> None:
    quads = entity_facts(Entity(EntityKind.TOPIC, "topic/fentanyl", "fentanyl"))
    broader = {q.subject: q.object for q in quads if q.predicate == SKOS.broader}
    step, chain = to_iri("topic/fentanyl"), []
    while step in broader:
        step = str(broader[step])
        chain.append(step)
    assert chain[0] == to_iri("topic/drug-trafficking")
    labels = {q.subject for q in quads if q.predicate == RDFS.label}
    assert labels == {to_iri("topic/fentanyl"), *chain}


def test_an_extractor_has_a_name_and_a_version() -> None:
    found = {(q.subject, q.predicate, q.object) for q in extractor_facts("reader/0.1.0")}
    iri = to_iri("extractor/reader/0.1.0")
    assert {(iri, RDFS.label, word("reader")), (iri, DM.version, word("0.1.0"))} <= found
    assert not [q for q in extractor_facts("frus") if q.predicate == DM.version]
