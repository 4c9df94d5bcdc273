"""IRIs that nothing can break out of, canonical literals, canonical order."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.vocab import (
    DATA,
    XSD,
    Literal,
    Quad,
    boolean,
    canonical_order,
    day,
    from_iri,
    moment,
    nquads,
    number,
    slug,
    term_text,
    to_iri,
    word,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(texts)
@example("venue/../../etc/passwd")
@example("person/%2e%2e/x")
@example("a//b/./c/~d")
@example('x"> <script>')
@example("person/wang yi?q#f")
def test_an_iri_is_safe_and_gives_its_id_back(path: str) -> None:
    iri = to_iri(path)
    assert from_iri(iri) == path
    assert term_text(iri) == f"<{iri}>"
    ox.NamedNode(iri)
    parts = urlsplit(iri)
    assert not parts.query
    assert not parts.fragment
    assert urljoin(iri, urlsplit(iri).path) == iri, "a client resolves no dots away"
    assert all(
        segment.lower() not in {".", "..", "%2e", "%2e%2e", ""} for segment in iri[len(DATA) :].split("/")
    )


def test_readable_ids_stay_readable() -> None:
    assert to_iri("meeting/2023-06-19-antony-blinken-wang-yi") == (
        "https://w3id.org/dipmeet/id/meeting/2023-06-19-antony-blinken-wang-yi"
    )
    assert to_iri("extractor/reader/0.1.0").endswith("/id/extractor/reader/0.1.0")


def test_an_iri_from_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="not a data IRI"):
        from_iri("https://example.org/id/person/x")
    with pytest.raises(ValueError, match="not an IRI"):
        term_text("https://example.org/> <x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wang Yi", "wang-yi"),
        ("Ñandú — ÅSE", "nandu-ase"),
        ("../../etc", "etc"),
        ("北京", "x"),
        ("a" * 99, "a" * 60),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (number(450.0), f'"450"^^<{XSD.integer}>'),
        (number(7.5), f'"7.5"^^<{XSD.decimal}>'),
        (number(0.0000001), f'"0.0000001"^^<{XSD.decimal}>'),
        (number(-0.0), f'"0"^^<{XSD.integer}>'),
        (day(date(33, 4, 3)), f'"0033-04-03"^^<{XSD.date}>'),
        (moment(datetime(2023, 6, 19, 9, 0)), f'"2023-06-19T09:00:00"^^<{XSD.dateTime}>'),  # noqa: DTZ001
        (moment(datetime(2023, 6, 19, 9, 0, tzinfo=UTC)), f'"2023-06-19T09:00:00Z"^^<{XSD.dateTime}>'),
        (boolean(True), f'"true"^^<{XSD.boolean}>'),
        (word('a "b"\n\\c\t\x07'), r'"a \"b\"\n\\c\t\u0007"'),
    ],
)
def test_literals_are_written(literal: Literal, text: str) -> None:
    assert term_text(literal) == text


zones = st.one_of(st.none(), st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))))
literals = st.one_of(
    st.builds(word, texts),
    st.builds(number, st.floats(-1e9, 1e9, allow_nan=False)),
    st.builds(number, st.decimals(0, 1, places=4).map(float)),
    st.builds(day, st.dates()),
    st.builds(moment, st.datetimes(timezones=zones)),
    st.builds(boolean, st.booleans()),
)


@given(literals)
def test_a_store_gives_back_the_very_literal(literal: Literal) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://example.org/x")
    store.add(ox.Quad(node, node, ox.Literal(literal.value, datatype=ox.NamedNode(literal.datatype))))
    (back,) = (quad.object for quad in store)
    assert isinstance(back, ox.Literal)
    assert (back.value, back.datatype.value) == (literal.value, literal.datatype)


iris = st.builds(to_iri, texts)
quads = st.builds(Quad, iris, iris, st.one_of(iris, literals), iris)


@given(st.lists(quads, max_size=12), st.randoms())
def test_order_and_repeats_leave_no_trace(some: list[Quad], chance: random.Random) -> None:
    other = some + some[:3]
    chance.shuffle(other)
    assert nquads(other) == nquads(some)
    assert canonical_order(other) == canonical_order(some)


@given(st.lists(quads, max_size=8))
def test_nquads_are_read_by_others_as_the_same(some: list[Quad]) -> None:
    read = {
        Quad(
            q.subject.value,
            q.predicate.value,
            Literal(q.object.value, q.object.datatype.value)
            if isinstance(q.object, ox.Literal)
            else q.object.value,
            q.graph_name.value,
        )
        for q in ox.parse(nquads(some), format=ox.RdfFormat.N_QUADS)
    }
    assert read == set(some)
