"""The vocabulary in code: terms, plain quads, shipped files, named queries, topics.

Nothing here imports an RDF library or reads a file until it is asked to.
"""

from __future__ import annotations

from kg.vocab.files import (
    ALIGNMENTS,
    ONTOLOGY,
    QUERIES,
    SHAPES,
    TOPICS,
    ontology_file,
    ontology_folder,
)
from kg.vocab.queries import NamedQuery, Parameter, named_queries, named_query
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
