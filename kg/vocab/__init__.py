"""The vocabulary in code: terms, plain quads, shipped files, named queries, topics.

Nothing here imports an RDF library or reads a file until it is asked to.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.vocab.files import (
    ALIGNMENTS,
    ONTOLOGY,
    QUERIES,
    SHAPES,
    TOPICS,
    ontology_file,
    ontology_folder,
)
from kg.vocab.rdf import (
    Literal,
    Node,
    Quad,
    boolean,
    canonical_order,
    day,
    from_iri,
    moment,
    nquad,
    nquads,
    number,
    slug,
    term_text,
    to_iri,
    word,
)
from kg.vocab.terms import (
    DATA,
    DM,
    FACTS_GRAPH,
    NS,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    WIKIDATA,
    XSD,
    local_name,
    term,
    terms,
)
from kg.vocab.topics import Concept, topic_chain, topics

if TYPE_CHECKING:
    from kg.vocab.queries import NamedQuery, Parameter, named_queries, named_query
    from kg.vocab.wording import topic_for

__all__ = [
    "ALIGNMENTS",
    "DATA",
    "DM",
    "FACTS_GRAPH",
    "NS",
    "ONTOLOGY",
    "OWL",
    "PREFIXES",
    "QUERIES",
    "RDF",
    "RDFS",
    "SHAPES",
    "SKOS",
    "TOPICS",
    "WIKIDATA",
    "XSD",
    "Concept",
    "Literal",
    "NamedQuery",
    "Node",
    "Parameter",
    "Quad",
    "boolean",
    "canonical_order",
    "day",
    "from_iri",
    "local_name",
    "moment",
    "named_queries",
    "named_query",
    "nquad",
    "nquads",
    "number",
    "ontology_file",
    "ontology_folder",
    "slug",
    "term",
    "term_text",
    "terms",
    "to_iri",
    "topic_chain",
    "topic_for",
    "topics",
    "word",
]

_LATER = {
    "NamedQuery": "queries",
    "Parameter": "queries",
    "named_queries": "queries",
    "named_query": "queries",
    "topic_for": "wording",
}
"""Name → module that is loaded when the name is first asked for: `kg query` starts sooner without."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"kg.vocab.{_LATER[name]}"), name)
