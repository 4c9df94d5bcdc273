"""People's decisions on identity, put into force: what they touch is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.facts import change
from kg.model import Article, PublishedFrom
from kg.resolve import Decisions, load_decisions
from kg.vocab import DM, Literal, Quad, to_iri

if TYPE_CHECKING:
    from kg.pipeline import Tools
    from kg.store import Store

__all__ = ["Outcome", "decisions_folder", "enforce", "open_decisions", "stored_article"]

BESIDE = Path("kg-decisions")
"""Where decisions on a graph are kept that lies on a server."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What putting decisions into force did."""

    read_again: int
    to_ingest: tuple[str, ...]
    """Sources of official records and tables: their records aren't in the store, only their claims."""


def decisions_folder(store: str) -> Path:
    """The folder of the decisions file of a store, which is the store's own unless it is on a server."""
    return BESIDE if store.startswith(("http://", "https://")) else Path(store)


def open_decisions(store: str) -> Decisions:
    """The decisions in force for a store; none where there is no file."""
    folder = decisions_folder(store)
    return load_decisions(folder) if folder.is_dir() else Decisions()


def enforce(store: Store, tools: Tools, entities: Iterable[str]) -> Outcome:
    """Read every article anew that names one of the entities, by the decisions of `tools`."""
    from kg.extract import extractor_name
    from kg.pipeline import graph_of, testify

    named = {quad.graph for id_ in entities for quad in store.find(None, DM.entity, to_iri(id_))}
    graphs, to_ingest = [], []
    for iri in sorted(named):
        quads = store.article_quads(iri)
        known = stored_article(iri, quads)
        if _value(quads, iri, DM.extractor).endswith(f"/{extractor_name()}"):
            graphs.append(graph_of(testify(known, tools)))
        else:
            to_ingest.append(known.source)
    if graphs:
        store.apply(change(store, graphs))
    return Outcome(len(graphs), tuple(sorted(set(to_ingest))))


def stored_article(iri: str, quads: Iterable[Quad]) -> Article:
    """The article as it was read, from its own graph: the same text, so the same offsets."""
    from kg.read.blocks import blocks_of

    own = [quad for quad in quads if quad.subject == iri]
    text, title = _value(own, iri, DM.text), _value(own, iri, DM.title) or None
    published = _value(own, iri, DM.published)
    name = iri.rpartition("/")[2].rpartition("-")[0]
    return Article(
        id=name,
        text=text,
        sha256=_value(own, iri, DM.textSha256),
        source=_value(own, iri, DM.readFrom),
        blocks=blocks_of(text, title=title),
        title=title,
        url=_value(own, iri, DM.url) or None,
        publisher=_value(own, iri, DM.publisher) or None,
        published=date.fromisoformat(published) if published else None,
        published_from=PublishedFrom(_value(own, iri, DM.publishedFrom)),
    )


def _value(quads: Iterable[Quad], subject: str, predicate: str) -> str:
    """The single object, as text; empty when there is none."""
    return next(_values(quads, subject, predicate), "")


def _values(quads: Iterable[Quad], subject: str, predicate: str) -> Iterator[str]:
    for quad in quads:
        if quad.subject == subject and quad.predicate == predicate:
            yield quad.object.value if isinstance(quad.object, Literal) else quad.object
