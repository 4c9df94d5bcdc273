"""Keeps the facts graph equal to the function of all claims, by looking only at what a change touches.

`change` says what one transaction must do when articles come and go: which article graphs,
which facts leave, which enter. It reads the store and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.fuse import Update, block_keys, entities, merge, update
from kg.model import Entity, EntityKind, Witness
from kg.store import Change, Store
from kg.triples import (
    entity_facts,
    entity_from_facts,
    extractor_facts,
    extractor_path,
    facts_graph,
    witness_from_quads,
)
from kg.vocab import DM, FACTS_GRAPH, Quad, from_iri, to_iri

__all__ = ["Graph", "change", "rebuild"]


@dataclass(frozen=True, slots=True)
class Graph:
    """An article's testimony and its named graph."""

    witness: Witness
    quads: tuple[Quad, ...]

    @property
    def iri(self) -> str:
        """The graph's name: the article's IRI."""
        return to_iri(self.witness.article)


def change(store: Store, added: Iterable[Graph], removed: Iterable[str] = ()) -> Change:
    """What `store` must do to hold `added` and to lose the article graphs `removed`.

    An added article whose graph is there already replaces it. The facts after the change
    are those that fusing all articles anew would give.
    """
    return _Upkeep(store, list(added), set(removed)).change()


def rebuild(store: Store) -> Change:
    """All facts anew from all claims: what `change` must always agree with."""
    from kg.fuse import fuse

    witnesses = list(_all_witnesses(store))
    described = entities(entity for w in witnesses for entity in w.entities.values())
    facts = [quad for event in fuse(witnesses) for quad in facts_graph(event, described)]
    facts += [quad for entity in described.values() for quad in entity_facts(entity)]
    facts += [quad for name in sorted({w.extractor for w in witnesses}) for quad in extractor_facts(name)]
    return Change(facts_removed={quad.subject for quad in store.quads(FACTS_GRAPH)}, facts_added=tuple(facts))


def _all_witnesses(store: Store) -> Iterator[Witness]:
    for article in store.articles():
        yield witness_from_quads(store.article_quads(article.graph))


@dataclass(slots=True)
class _Upkeep:
    store: Store
    added: list[Graph]
    removed: set[str]
    """Graph IRIs that go without coming back."""
    witnesses: dict[str, Witness] = field(default_factory=dict)
    """Articles read from the store, by graph IRI, each once."""

    def change(self) -> Change:
        fresh = {graph.iri: graph for graph in self.added}
        self.removed -= fresh.keys()
        gone = [w for iri in (*self.removed, *fresh) if (w := self._stored(iri)) is not None]
        come = [graph.witness for graph in fresh.values()]
        before, after = self._descriptions(gone, come)
        again = [self._witness(iri) for iri in self._shaken(before, after) - self.removed - fresh.keys()]
        fused = update([*gone, *again], [*come, *again], self._neighbours)
        return Change(
            articles={iri: graph.quads for iri, graph in fresh.items()},
            keys={iri: sorted(block_keys(graph.witness)) for iri, graph in fresh.items()},
            removed=tuple(sorted(self.removed)),
            facts_removed=self._subjects(fused, before, after),
            facts_added=tuple(self._facts(fused, before, after, come)),
        )

    # --- reading the store

    def _stored(self, iri: str) -> Witness | None:
        if iri not in self.witnesses:
            quads = self.store.article_quads(iri)
            if not quads:
                return None
            self.witnesses[iri] = witness_from_quads(quads)
        return self.witnesses[iri]

    def _witness(self, iri: str) -> Witness:
        found = self._stored(iri)
        if found is None:
            raise LookupError(f"no article graph {iri}")
        return found

    def _neighbours(self, keys: frozenset[str]) -> Iterable[Witness]:
        graphs = {iri for found in self.store.articles_by_keys(keys).values() for iri in found}
        return [self._witness(iri) for iri in sorted(graphs)]

    def _subject(self, iri: str) -> list[Quad]:
        return list(self.store.find(iri, None, None, FACTS_GRAPH))

    def _described(self, id_: str) -> Entity | None:
        quads = self._subject(to_iri(id_))
        return entity_from_facts(id_, quads) if quads else None

    # --- descriptions of entities

    def _descriptions(
        self, gone: list[Witness], come: list[Witness]
    ) -> tuple[dict[str, Entity], dict[str, Entity]]:
        """Each entity of the change as it was described, and as it will be (absent: not at all)."""
        new = entities(entity for witness in come for entity in witness.entities.values())
        lost = {id_ for witness in gone for id_ in witness.entities}
        before, after = {}, {}
        for id_ in sorted(lost | new.keys()):
            was = self._described(id_)
            if was is not None:
                before[id_] = was
            parts = [new[id_]] if id_ in new else []
            if id_ in lost:
                parts += self._remaining(id_, was)
            elif was is not None:
                parts.append(was)
            if parts:
                after[id_] = entities(parts)[id_]
        return before, after

    def _remaining(self, id_: str, was: Entity | None) -> list[Entity]:
        """What the articles that stay say of an entity; stops when they say all that was known."""
        leaving = {*self.removed, *(graph.iri for graph in self.added)}
        known: Entity | None = None
        for quad in self.store.find(None, DM.entity, to_iri(id_)):
            if quad.graph in leaving or quad.graph == FACTS_GRAPH:
                continue
            told = self._witness(quad.graph).entities[id_]
            known = merge(known, told) if known else merge(told, told)
            if known == was:
                break
        return [known] if known else []

    def _shaken(self, before: Mapping[str, Entity], after: Mapping[str, Entity]) -> set[str]:
        """Article graphs whose events must be written anew because a name or a place has changed."""
        shaken = set()
        for id_, was in before.items():
            now = after.get(id_)
            if now and (now.label, now.within, now.kind) == (was.label, was.within, was.kind):
                continue
            for quad in list(self.store.find(None, DM.entity, to_iri(id_))):
                shaken.add(quad.graph)
        return shaken

    # --- the facts that leave and enter

    def _subjects(
        self, fused: Update, before: Mapping[str, Entity], after: Mapping[str, Entity]
    ) -> frozenset[str]:
        found = {to_iri(id_) for id_ in before if before[id_] != after.get(id_)}
        events = {
            quad.object
            for mention in fused.stale
            for quad in self.store.find(to_iri(mention), DM.tellsOf, None, FACTS_GRAPH)
        }
        for event in events:
            found.add(str(event))
            for predicate in (DM.participation, DM.outcome):
                found.update(str(q.object) for q in self.store.find(str(event), predicate, None, FACTS_GRAPH))
            for predicate in (DM.tellsOf, DM.about):
                found.update(q.subject for q in self.store.find(None, predicate, event, FACTS_GRAPH))
        if any(e.kind is EntityKind.TOPIC and id_ not in after for id_, e in before.items()):
            found.update(q.subject for q in self.store.find(None, None, DM.Topic, FACTS_GRAPH))
        found.update(to_iri(extractor_path(name)) for name in self._unused_extractors())
        return frozenset(found)

    def _facts(
        self, fused: Update, before: Mapping[str, Entity], after: Mapping[str, Entity], come: list[Witness]
    ) -> Iterator[Quad]:
        described = dict(after)
        for event in fused.events:
            for claim in (*event.accepted, *event.rejected):
                self._complete(described, getattr(claim.value, "id", None))
                self._complete(described, claim.party)
            yield from facts_graph(event, described)
        for id_, entity in after.items():
            if entity != before.get(id_):
                yield from entity_facts(entity)
        if any(e.kind is EntityKind.TOPIC and id_ not in after for id_, e in before.items()):
            yield from self._topics(before, after)
        for name in sorted({witness.extractor for witness in come}):
            yield from extractor_facts(name)

    def _complete(self, described: dict[str, Entity], id_: str | None) -> None:
        """Add the description of an entity, and of what it lies within, from the facts as they are."""
        while id_ is not None and id_ not in described:
            found = self._described(id_)
            if found is None:
                return
            described[id_] = found
            id_ = found.within

    def _topics(self, before: Mapping[str, Entity], after: Mapping[str, Entity]) -> Iterator[Quad]:
        """All topics that stay: those that have gone may have been broader topics of others."""
        dropped = {id_ for id_ in before if id_ not in after}
        for quad in self.store.find(None, None, DM.Topic, FACTS_GRAPH):
            id_ = from_iri(quad.subject)
            if id_ in dropped or id_ in after:
                continue
            entity = self._described(id_)
            if entity and next(self.store.find(None, DM.entity, quad.subject), None):
                yield from entity_facts(entity)
        for id_, entity in after.items():
            if entity.kind is EntityKind.TOPIC and entity == before.get(id_):
                yield from entity_facts(entity)

    def _unused_extractors(self) -> Iterator[str]:
        leaving = {*self.removed, *(graph.iri for graph in self.added)}
        gone = {self._witness(iri).extractor for iri in leaving if self._stored(iri)}
        for name in sorted(gone - {graph.witness.extractor for graph in self.added}):
            users = self.store.find(None, DM.extractor, to_iri(extractor_path(name)))
            if all(quad.graph in leaving for quad in users):
                yield name
