"""An article's graph and the witness in it: the one gives exactly the other, through any store."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import (
    Basis,
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    Entity,
    EntityKind,
    EntityRef,
    EventKind,
    EventMention,
    Evidence,
    Mode,
    PublishedFrom,
    Qualifier,
    Status,
    Witness,
)
from kg.triples import article_graph, canonical, claim_path, nquads, witness, witness_from_quads
from kg.vocab import DM, NS, RDF, Literal, Quad, terms, to_iri
from tests.triples.sample import article, resolved

# --- witnesses of every kind ----------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: 0.0 if x == 0 else x)
zones = st.one_of(st.none(), st.just(UTC), st.integers(-14, 14).map(lambda h: timezone(timedelta(hours=h))))

spans = st.builds(
    lambda day, days, edtf, text: DateSpan(day, day + timedelta(days), edtf, text),
    st.dates(date(1800, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(["2023", "2023-06", "2023-06-19"]),
    words,
)
durations = st.builds(
    Duration,
    numbers,
    st.one_of(st.none(), numbers),
    st.one_of(st.none(), numbers),
    st.sampled_from(Qualifier),
    words,
)
refs = st.builds(EntityRef, some_words.map(lambda text: f"person/{text}"))
values: dict[str, st.SearchStrategy[ClaimValue]] = {
    "participant": refs,
    "visitor": refs,
    "place": refs,
    "topic": refs,
    "status": st.sampled_from(Status),
    "mode": st.sampled_from(Mode),
    "date": spans,
    "endDate": spans,
    "minutes": durations,
    "start": st.datetimes(timezones=zones),
    "topicText": words,
    "outcome": words,
}


@st.composite
def claims(draw: st.DrawFn, mention: str) -> Claim:
    prop = draw(st.sampled_from(sorted(values)))
    value = draw(values[prop])
    start = draw(st.integers(0, 1000))
    quote = draw(some_words)
    return Claim(
        id=claim_path(mention, prop, value),
        mention=mention,
        property=prop,
        value=value,
        text=draw(words),
        evidence=Evidence(quote, start, start + len(quote)),
        confidence=draw(confidences),
        basis=draw(st.sampled_from(Basis)),
        role=draw(st.one_of(st.none(), words)),
        party=draw(st.one_of(st.none(), st.sampled_from(["country/us", "party/eu"]))),
        party_basis=draw(st.one_of(st.none(), st.sampled_from(Basis))),
    )


entities = st.builds(
    Entity,
    st.sampled_from(EntityKind),
    some_words,
    words,
    st.lists(words, max_size=3).map(tuple),
    st.one_of(st.none(), some_words),
    st.one_of(st.none(), st.just("US")),
    st.one_of(st.none(), st.floats(-90, 90).map(lambda x: 0.0 if x == 0 else x)),
    st.one_of(st.none(), st.floats(-180, 180).map(lambda x: 0.0 if x == 0 else x)),
    st.one_of(st.none(), some_words),
)


@st.composite
def witnesses(draw: st.DrawFn) -> Witness:
    path = draw(st.sampled_from(["article/a-00000000", "article/ü ../x-1"]))
    mentions = []
    for number in draw(st.lists(st.integers(1, 30), max_size=3, unique=True)):
        mention = f"{path}/m{number}"
        told = draw(st.lists(claims(mention), max_size=5))
        held = draw(st.lists(st.integers(1, 30), max_size=2))
        kind = draw(st.sampled_from(EventKind))
        holds = tuple(f"{path}/m{n}" for n in held)
        mentions.append(
            EventMention(mention, kind, tuple(told), draw(st.booleans()), draw(confidences), holds)
        )
    known = draw(st.lists(entities, max_size=3))
    return Witness(
        article=path,
        sha256=draw(words),
        source=draw(words),
        extractor=draw(st.sampled_from(["reader/0.1.0", "frus", "a/b/c", "rätsel/1 2"])),
        mentions=tuple(mentions),
        entities={entity.id: entity for entity in known},
        title=draw(st.one_of(st.none(), words)),
        url=draw(st.one_of(st.none(), words)),
        publisher=draw(st.one_of(st.none(), words)),
        published=draw(st.one_of(st.none(), st.dates())),
        published_from=draw(st.sampled_from(PublishedFrom)),
        signature=tuple(draw(st.lists(st.integers(0, 2**32 - 1), max_size=4))),
    )


slow = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


@given(witnesses(), st.randoms())
@slow
def test_quads_give_the_witness_back(testimony: Witness, chance: random.Random) -> None:
    quads = list(article_graph(testimony, article()))
    chance.shuffle(quads)
    back = witness_from_quads(quads)
    assert back == canonical(testimony)
    assert list(back.entities) == sorted(back.entities)
    assert canonical(back) == back


@given(witnesses())
@settings(slow, max_examples=40)
def test_a_store_between_changes_nothing(testimony: Witness) -> None:
    store = ox.Store()
    store.load(nquads(article_graph(testimony, article())).encode(), format=ox.RdfFormat.N_QUADS)
    assert witness_from_quads(map(_quad, store)) == canonical(testimony)


def _quad(quad: ox.Quad) -> Quad:
    subject, graph, thing = quad.subject, quad.graph_name, quad.object
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(graph, ox.NamedNode)
    assert isinstance(thing, ox.NamedNode | ox.Literal)
    node = Literal(thing.value, thing.datatype.value) if isinstance(thing, ox.Literal) else thing.value
    return Quad(subject.value, quad.predicate.value, node, graph.value)


# --- the sample -------------------------------------------------------------------------------


def graph() -> tuple[Quad, ...]:
    return article_graph(witness(article(), resolved()), article())


def test_the_sample_comes_back() -> None:
    assert witness_from_quads(graph()) == witness(article(), resolved())


def test_the_graph_is_named_by_the_article_and_holds_its_text() -> None:
    path = to_iri(witness(article(), resolved()).article)
    assert {quad.graph for quad in graph()} == {path}
    assert Quad(path, DM.text, Literal(article().text), path) in graph()
    assert all(quad.subject == path or quad.subject.startswith(f"{path}/") for quad in graph())


def test_nothing_of_an_article_looks_like_a_fact() -> None:
    """The union of all graphs must show each statement once, and facts from the facts graph only."""
    facts = {DM.participant, DM.party, DM.date, DM.earliest, DM.minutes, DM.status, DM.within, DM.iso2}
    used = {quad.predicate for quad in graph()}
    assert not used & facts
    labelled = {quad.subject for quad in graph() if quad.predicate.endswith("#label")}
    assert labelled == {to_iri(witness(article(), resolved()).article)}
    kinds = Counter(quad.object for quad in graph() if quad.predicate == RDF.type)
    assert not set(kinds) & {DM.Meeting, DM.Visit, DM.Person, DM.Country, DM.Topic, DM.Extractor}
    assert kinds[DM.MeetingMention] == 2
    assert kinds[DM.VisitMention] == 1


def test_only_terms_of_the_ontology_are_used() -> None:
    used = {node for quad in graph() for node in (quad.predicate, quad.object) if isinstance(node, str)}
    assert {node.removeprefix(NS) for node in used if node.startswith(NS)} <= terms()


def test_a_broken_graph_is_named_as_such() -> None:
    with pytest.raises(StoreError, match="a graph of 0 articles"):
        witness_from_quads(())
    lacking = [quad for quad in graph() if quad.predicate != DM.textSha256]
    with pytest.raises(StoreError, match="textSha256"):
        witness_from_quads(lacking)
    other = article_graph(replace(witness(article(), resolved()), article="article/other-1"), article())
    with pytest.raises(StoreError, match="2 articles"):
        witness_from_quads((*graph(), *other))
