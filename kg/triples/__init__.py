"""Between values and quads: a record becomes claims, claims and fused events become RDF.

`witness` makes claims of one article's resolved record; `article_graph` writes them as
the article's own named graph, and `witness_from_quads` reads that graph back exactly.
`facts_graph`, `entity_facts` and `extractor_facts` write what fusion found.
"""

from __future__ import annotations

from kg.triples.article import article_graph, extractor_path
from kg.triples.claims import article_path, canonical, claim_path, witness
from kg.triples.entities import entity_facts, entity_from_facts, extractor_facts
from kg.triples.facts import event_label, facts_graph
from kg.triples.reading import witness_from_quads
from kg.triples.signature import SIGNATURE_LENGTH, signature, similarity
from kg.triples.times import NO_EARLIEST, NO_LATEST, When, when
from kg.vocab import Literal, Quad, canonical_order, nquads

__all__ = [
    "NO_EARLIEST",
    "NO_LATEST",
    "SIGNATURE_LENGTH",
    "Literal",
    "Quad",
    "When",
    "article_graph",
    "article_path",
    "canonical",
    "canonical_order",
    "claim_path",
    "entity_facts",
    "entity_from_facts",
    "event_label",
    "extractor_facts",
    "extractor_path",
    "facts_graph",
    "nquads",
    "signature",
    "similarity",
    "when",
    "witness",
    "witness_from_quads",
]
