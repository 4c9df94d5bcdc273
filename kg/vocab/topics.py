"""The topic scheme, `topics.ttl`: parsed when the first topic is looked up, not before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.vocab.files import TOPICS, ontology_file
from kg.vocab.rdf import from_iri
from kg.vocab.terms import PREFIXES

__all__ = ["Concept", "topic_chain", "topics"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the topic scheme. `id` is its IRI's path, `topic/fentanyl`."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    """Ids of the broader concepts, sorted; empty at the top."""
    definition: str = ""


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Concept]:
    """Every concept by id, sorted."""
    import pyoxigraph as ox

    skos = PREFIXES["skos"]
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(ontology_file(TOPICS)), format=ox.RdfFormat.TURTLE):
        name = quad.predicate.value.removeprefix(skos)
        subject, thing = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(thing, ox.NamedNode | ox.Literal):
            found.setdefault(subject.value, {}).setdefault(name, []).append(thing.value)
    concepts = (
        Concept(
            id=from_iri(iri),
            label=said["prefLabel"][0],
            aliases=tuple(sorted(said.get("altLabel", ()))),
            broader=tuple(sorted(from_iri(broader) for broader in said.get("broader", ()))),
            definition=said.get("definition", [""])[0],
        )
        for iri, said in found.items()
        if "inScheme" in said
    )
    return {concept.id: concept for concept in sorted(concepts, key=lambda c: c.id)}


def topic_chain(id_: str) -> tuple[Concept, ...]:
    """The concept with this id and all that are broader, nearest first; empty if there is none."""
    known = topics()
    chain: dict[str, Concept] = {}
    queue = [id_]
    while queue:
        step = queue.pop(0)
        if step in known and step not in chain:
            chain[step] = known[step]
            queue += known[step].broader
    return tuple(chain.values())
