"""What all formats share: the table of formats, the order of statements, and prefixes.

A writer is a function in a module of its own. Writers of RDF take statements in the order of
`in_order` and give the same bytes for the same set of statements; the others take a `GraphView`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath

from kg.errors import InputError
from kg.vocab import DATA, NS, PREFIXES, RDF
from kg.vocab.rdf import Literal, Node, Quad, term_text

__all__ = [
    "FORMATS",
    "NAMESPACES",
    "Format",
    "by_subject",
    "curie",
    "format_for",
    "in_order",
    "split_iri",
    "term",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the file endings that mean it, the module that writes it, and what it holds."""

    name: str
    endings: tuple[str, ...]
    module: str
    media_type: str
    rdf: bool = True
    """False: written from a `GraphView`, without the claims' details."""
    note: str = ""


def _tool(name: str, ending: str, media_type: str, note: str, *, module: str = "") -> Format:
    return Format(name, (ending,), module or name, media_type, rdf=False, note=note)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "turtle",
            (".ttl",),
            "turtle",
            "text/turtle",
            note="canonical: same graph, same bytes",
        ),
        Format("ntriples", (".nt",), "ntriples", "application/n-triples"),
        Format(
            "nquads",
            (".nq",),
            "nquads",
            "application/n-quads",
            note="with the article that each claim is from",
        ),
        Format("trig", (".trig",), "trig", "application/trig", note="Turtle with named graphs"),
        Format("rdfxml", (".rdf", ".xml"), "rdfxml", "application/rdf+xml"),
        Format("jsonld", (".jsonld",), "jsonld", "application/ld+json", note="its context is in the file"),
        _tool("gexf", ".gexf", "application/gexf+xml", "Gephi: who met whom over time"),
        _tool("graphml", ".graphml", "application/graphml+xml", "Cytoscape, Gephi: meetings as nodes"),
        _tool("csv", ".csv", "text/csv", "Gephi: a row a meeting and pair", module="csv_edges"),
        _tool("csv-nodes", ".nodes.csv", "text/csv", "Gephi: a row a person", module="csv_nodes"),
        _tool("geojson", ".geojson", "application/geo+json", "maps: a point a meeting"),
        _tool("ical", ".ics", "text/calendar", "calendars: an event a dated meeting"),
        _tool("timelinejs", ".timeline.json", "application/json", "TimelineJS: a slide a dated meeting"),
        _tool("ftm", ".ftm.json", "application/json+ftm", "FollowTheMoney: entities for Aleph, a line each"),
    )
}


def format_for(name: str | None, path: str | None) -> Format:
    """The format asked for by name, or else by the file's ending; Turtle when neither tells.

    Raises InputError for a name or ending that no format has.
    """
    if name:
        found = FORMATS.get(name.lower())
        if found is None:
            raise InputError(f"no format {name!r}", remedy=f"one of {', '.join(FORMATS)}")
        return found
    lower = (path or "-").lower()
    endings = {ending: each for each in FORMATS.values() for ending in each.endings}
    for ending in sorted(endings, key=len, reverse=True):
        if lower.endswith(ending):
            return endings[ending]
    if PurePath(lower).suffix:
        raise InputError(
            f"the ending {PurePath(lower).suffix!r} tells no format",
            where=path,
            remedy=f"give --format, one of {', '.join(FORMATS)}",
        )
    return FORMATS["turtle"]


# --- order ----------------------------------------------------------------------------------


def in_order(quads: Iterable[Quad], *, graphs: bool = False) -> list[Quad]:
    """Each statement once, by (graph,) subject, predicate with `rdf:type` first, and object
    (IRIs before literals).

    Without `graphs` statements that differ by their graph alone are one, in the graph "".
    """
    if graphs:
        return sorted(set(quads), key=lambda quad: (quad.graph, *_order(quad)))
    merged = {Quad(subject, predicate, value, "") for subject, predicate, value, _graph in quads}
    return sorted(merged, key=_order)


def _order(quad: Quad) -> tuple[str, bool, str, bool, str, str]:
    subject, predicate, value, _graph = quad
    if isinstance(value, Literal):
        return (subject, predicate != RDF.type, predicate, True, value.value, value.datatype)
    return (subject, predicate != RDF.type, predicate, False, value, "")


def by_subject(quads: Sequence[Quad]) -> Iterator[tuple[str, Iterator[tuple[str, list[Node]]]]]:
    """Ordered statements of one graph as (subject, (predicate, objects)…)."""
    for subject, of_subject in groupby(quads, key=lambda quad: quad.subject):
        yield (
            subject,
            (
                (predicate, [quad.object for quad in same])
                for predicate, same in groupby(of_subject, key=lambda quad: quad.predicate)
            ),
        )


# --- names ----------------------------------------------------------------------------------

_KINDS = (
    "article", "city", "claim", "country", "delegation", "extractor", "meeting",
    "outcome", "participation", "party", "person", "topic", "venue", "visit",
)  # fmt: skip

_FOREIGN = {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "wd": "http://www.wikidata.org/entity/",
}

NAMESPACES: dict[str, str] = dict(
    sorted({**_FOREIGN, **PREFIXES, "dm": NS, **{kind: f"{DATA}{kind}/" for kind in _KINDS}}.items())
)
"""Prefix → namespace: the ontology, what it uses, and one a kind of thing, so that IRIs read well."""

_BY_SPACE = {space: prefix for prefix, space in NAMESPACES.items()}
_LOCAL = re.compile(r"[A-Za-z_0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@lru_cache(maxsize=1_000_000)
def curie(iri: str) -> str:
    """`person:wang-yi`, or `<…>` where the rest needs more than letters, digits, `-`, `_` and `.`."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BY_SPACE.get(iri[:cut])
    if prefix is not None and _LOCAL.fullmatch(iri[cut:]):
        return f"{prefix}:{iri[cut:]}"
    return term_text(iri)


def split_iri(iri: str) -> tuple[str, str]:
    """Namespace and local name, the local name one that XML allows.

    Raises InputError for a predicate that cannot be split so: RDF/XML can't write it.
    """
    found = re.search(r"[A-Za-z_][A-Za-z0-9_.-]*$", iri)
    if found is None or found.start() == 0:
        raise InputError(f"RDF/XML can't write the predicate {iri}", remedy="use another format")
    return iri[: found.start()], found.group()


def term(node: Node) -> str:
    """A term as N-Triples writes it."""
    return term_text(node)


def is_iri(node: Node) -> bool:
    """Whether the object is an IRI (else it is a literal)."""
    return not isinstance(node, Literal)
