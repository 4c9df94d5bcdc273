"""Graph → `GraphView`, by three SELECT queries over the union of all graphs.

The reader is given a function that answers a SELECT, so that it works on a store, an
endpoint or an rdflib graph alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from kg.model import Mode, Status
from kg.view.model import (
    ArticleView,
    GraphView,
    MeetingView,
    PartView,
    PartyView,
    PersonView,
    PlaceView,
    Quote,
    VisitView,
)

if TYPE_CHECKING:
    import pyoxigraph

    from kg.store import Store

__all__ = ["Select", "read_store", "read_view", "select_from"]

Select = Callable[[str], Iterable[Sequence[str | None]]]
"""Answers a SELECT: rows of plain strings (IRIs and lexical forms) in the order of its columns."""

PATIENCE = 600.0
"""Seconds that an endpoint may take over one of the queries."""

NS = "https://w3id.org/dipmeet/ontology#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

_PREFIX = f"PREFIX dm: <{NS}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>\n"

THINGS = (
    _PREFIX
    + """SELECT ?class ?s ?p ?o WHERE {
  VALUES ?class { dm:Meeting dm:Visit dm:Participation dm:Person dm:Delegation dm:Party dm:Country
                  dm:Place dm:City dm:Venue dm:Outcome }
  ?s a ?class ; ?p ?o .
}"""
)
"""Facts: every property of the things that a picture shows."""

ARTICLES = (
    _PREFIX
    + """SELECT ?s ?p ?o WHERE {
  VALUES ?p { dm:title dm:url dm:publisher dm:published }
  ?s a dm:Article ; ?p ?o .
}"""
)
"""Articles without their text."""

TOPICS = (
    _PREFIX
    + """SELECT DISTINCT ?topic ?label WHERE {
  ?meeting a dm:Meeting ; dm:topic ?topic .
  ?topic rdfs:label|skos:prefLabel ?label .
}"""
)

QUOTES = (
    _PREFIX
    + """SELECT ?event ?article ?quote ?start ?property ?accepted WHERE {
  ?claim dm:about ?event ; dm:source ?article ; dm:quote ?quote .
  OPTIONAL { ?claim dm:charStart ?start }
  OPTIONAL { ?claim dm:property ?property }
  OPTIONAL { ?claim dm:accepted ?accepted }
}"""
)
"""The sentences that the facts rest on."""

Values = Mapping[str, list[str]]
Things = Mapping[str, Values]


def select_from(store: pyoxigraph.Store) -> Select:
    """A `Select` over an Oxigraph store, all its graphs taken together."""

    def select(text: str) -> Iterable[Sequence[str | None]]:
        solutions = store.query(text, use_default_graph_as_union=True)
        for row in solutions:  # type: ignore[union-attr]
            yield [None if term is None else term.value for term in row]

    return select


def read_store(store: Store) -> GraphView:
    """The view of an opened store, embedded or remote. QueryError or StoreError when it can't be asked."""
    from kg.store.oxigraph import OxigraphStore

    if isinstance(store, OxigraphStore):
        return read_view(select_from(store.db))
    from kg.query import run

    def select(text: str) -> Iterable[Sequence[str | None]]:
        with run(store, text, timeout=PATIENCE) as result:
            yield from ([None if cell is None else cell.value for cell in row] for row in result)

    return read_view(select)


def read_view(select: Select) -> GraphView:
    """The whole graph as a view: same graph, same view, whatever the order of rows."""
    classes, things = _things(select(THINGS))
    topics = dict(sorted(_pairs(select(TOPICS)), reverse=True))
    quotes = _quotes(select(QUOTES))
    places = {
        iri: _place(iri, things[iri], kind)
        for kind in ("Place", "Venue", "City", "Country")
        for iri in classes[kind]
    }
    meetings = (_meeting(iri, things, topics, quotes) for iri in classes["Meeting"])
    visits = (_visit(iri, things, quotes) for iri in classes["Visit"])
    return GraphView(
        meetings=tuple(sorted(meetings, key=_in_time)),
        visits=tuple(sorted(visits, key=_in_time)),
        persons={
            iri: _person(iri, things[iri], iri in classes["Delegation"])
            for iri in sorted(classes["Person"] | classes["Delegation"])
        },
        parties={
            iri: PartyView(
                iri, _label(things[iri], iri), _one(things[iri], "iso2"), _one(things[iri], "wikidata")
            )
            for iri in sorted(classes["Party"] | classes["Country"])
        },
        places=dict(sorted(places.items())),
        articles=_articles(select(ARTICLES)),
    )


def _things(rows: Iterable[Sequence[str | None]]) -> tuple[Mapping[str, set[str]], Things]:
    """Members of each class, and the values of each property (by local name) of each thing."""
    classes: dict[str, set[str]] = defaultdict(set)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, subject, predicate, value in rows:
        if kind and subject and predicate and value is not None:
            classes[_local(kind)].add(subject)
            values[subject][_local(predicate)].add(value)
    things = {
        subject: {name: sorted(found) for name, found in by_name.items()}
        for subject, by_name in values.items()
    }
    return classes, things


def _pairs(rows: Iterable[Sequence[str | None]]) -> Iterable[tuple[str, str]]:
    return ((first, second) for first, second in rows if first and second)


def _quotes(rows: Iterable[Sequence[str | None]]) -> Mapping[str, tuple[Quote, ...]]:
    """Sentences by event, one entry a sentence, in order of article and place in the text."""
    found: dict[str, dict[tuple[str, str], tuple[int, set[str], bool]]] = defaultdict(dict)
    for event, article, quote, start, name, accepted in rows:
        if not (event and article and quote):
            continue
        at, names, good = found[event].get((article, quote), (int(start or 0), set(), False))
        if name:
            names.add(_local(name))
        good = good or accepted in {None, "true", "1"}
        found[event][article, quote] = (min(at, int(start or 0)), names, good)
    return {
        event: tuple(
            sorted(
                (
                    Quote(article, quote, at, tuple(sorted(names)), good)
                    for (article, quote), (at, names, good) in of_event.items()
                ),
                key=lambda each: (each.article, each.start, each.text),
            )
        )
        for event, of_event in found.items()
    }


def _articles(rows: Iterable[Sequence[str | None]]) -> Mapping[str, ArticleView]:
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in rows:
        if subject and predicate and value:
            values[subject][_local(predicate)] = value
    return {
        iri: ArticleView(
            iri,
            value.get("title") or iri.rsplit("/", 1)[-1],
            value.get("url"),
            value.get("publisher"),
            _day(value.get("published")),
        )
        for iri, value in sorted(values.items())
    }


def _person(iri: str, values: Values, group: bool) -> PersonView:
    label = _label(values, iri)
    aliases = tuple(each for each in values.get("altLabel", ()) if each != label)
    return PersonView(iri, label, group, aliases, _one(values, "wikidata"))


def _place(iri: str, values: Values, kind: str) -> PlaceView:
    return PlaceView(
        iri,
        _label(values, iri),
        kind.lower(),
        _one(values, "within"),
        _number(values, "lat"),
        _number(values, "long"),
        _one(values, "iso2"),
    )


def _meeting(
    iri: str, things: Things, topics: Mapping[str, str], quotes: Mapping[str, tuple[Quote, ...]]
) -> MeetingView:
    values = things[iri]
    dates = values.get("date") or []
    return MeetingView(
        id=iri,
        parts=_parts(values, things),
        status=_status(values),
        mode=_MODES.get(_local(_one(values, "mode") or "")),
        parties=tuple(values.get("party", ())),
        place=_one(values, "place"),
        city=_one(values, "city"),
        country=_one(values, "country"),
        earliest=_bound(_one(values, "earliest") or (dates[0] if dates else None)),
        latest=_bound(_one(values, "latest") or (dates[-1] if dates else None)),
        date_text=_one(values, "dateText"),
        edtf=_one(values, "edtf"),
        start=_moment(_one(values, "start")),
        end=_moment(_one(values, "end")),
        minutes=_number(values, "minutes"),
        min_minutes=_number(values, "minMinutes"),
        max_minutes=_number(values, "maxMinutes"),
        duration_text=_one(values, "durationText"),
        topics=tuple(sorted({topics.get(each, _local(each)) for each in values.get("topic", ())})),
        topic_texts=tuple(values.get("topicText", ())),
        outcomes=tuple(sorted(_label(things.get(each, {}), each) for each in values.get("outcome", ()))),
        part_of=_one(values, "partOf"),
        disputed=tuple(sorted(_local(each) for each in values.get("disputed", ()))),
        articles=tuple(values.get("reportedBy", ())),
        quotes=quotes.get(iri, ()),
    )


def _parts(values: Values, things: Things) -> tuple[PartView, ...]:
    """Participations first; participants that have none come without role and party."""
    parts: dict[str, PartView] = {}
    for each in values.get("participation", ()):
        found = things.get(each, {})
        person = _one(found, "person")
        if person and person not in parts:
            parts[person] = PartView(person, _one(found, "role"), _one(found, "represents"))
    for person in values.get("participant", ()):
        parts.setdefault(person, PartView(person))
    return tuple(parts[person] for person in sorted(parts))


def _visit(iri: str, things: Things, quotes: Mapping[str, tuple[Quote, ...]]) -> VisitView:
    values = things[iri]
    return VisitView(
        id=iri,
        visitors=tuple(values.get("visitor", ())),
        status=_status(values),
        destination=_one(values, "destination"),
        country=_one(values, "country"),
        earliest=_bound(_one(values, "earliest")),
        latest=_bound(_one(values, "latest")),
        date_text=_one(values, "dateText"),
        articles=tuple(values.get("reportedBy", ())),
        quotes=quotes.get(iri, ()),
    )


_STATUSES = {status.name.capitalize(): status for status in Status}
_MODES = {"InPerson": Mode.IN_PERSON, "Phone": Mode.PHONE, "Video": Mode.VIDEO}


def _status(values: Values) -> Status:
    """A meeting without a status counts as held: that is what a report of a meeting says."""
    return _STATUSES.get(_local(_one(values, "status") or ""), Status.HELD)


def _in_time(event: MeetingView | VisitView) -> tuple[date, date, str]:
    """Undated events come last."""
    first, last = event.earliest or event.latest, event.latest or event.earliest
    return (first or date.max, last or date.max, event.id)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _one(values: Values, name: str) -> str | None:
    found = values.get(name)
    return found[0] if found else None


def _label(values: Values, iri: str) -> str:
    return _one(values, "label") or _one(values, "prefLabel") or _local(iri).replace("-", " ")


def _number(values: Values, name: str) -> float | None:
    found = _one(values, name)
    return None if found is None else float(found)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _bound(text: str | None) -> date | None:
    """A bound of a vague date; the first and the last day that there are stand for "unbounded"."""
    found = _day(text)
    return None if found in {date.min, date.max} else found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
