"""From the words in which an article names a topic to a concept of the topic scheme.

The scheme is `topics.ttl`; it is parsed when the first topic is looked up, not before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.vocab.files import TOPICS, ontology_file
from kg.vocab.rdf import from_iri
from kg.vocab.terms import PREFIXES

__all__ = ["Concept", "topic_chain", "topic_for", "topics"]


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
    import pyoxigraph as ox  # noqa: PLC0415 (only those who look topics up pay for it)

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


# --- words ---------------------------------------------------------------------------------

Words = tuple[str, ...]


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W_]+")
_PREPOSITIONS = _word_set("""
    of on in over about regarding concerning for against with between to from at around into
    towards toward under through by amid after along across near
""")
_CARRIERS = _word_set("""
    of on in over about regarding concerning for against
""")
"""Prepositions behind which the matter itself stands when what is before is no topic."""

_LIGHT = _word_set("""
    issue issues question questions matter matters problem problems topic topics subject affair
    affairs case  situation crisis dispute disputes row controversy flow development developments
    progress state status future  cooperation collaboration coordination policy policies relation
    relations tie ties agreement agreements deal  deals accord accords treaty pact talks
    negotiations discussions dialogue process programme programmes program  programs project
    projects plan plans proposal proposals effort efforts initiative initiatives concern concerns
    challenge challenges need needs importance role resumption end start settlement solution
    resolution prevention  sector field area areas industry market markets rule rules standard
    standards
""")
"""Head words that say nothing of the matter: without them the phrase still names its topic."""

_NOISE = _word_set("""
    the a an this that these those their its his her our both some any
""")


def _words(text: str) -> Words:
    """Lower-case words without accents, articles, possessives and plural endings."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"'s?\b", "", plain.lower())
    return tuple(_singular(token) for token in _TOKEN.findall(plain) if token not in _NOISE)


def _singular(token: str) -> str:
    """A plural's singular, near enough: both sides of a comparison go through it."""
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


_LIGHT_WORDS = frozenset(_singular(token) for token in _LIGHT)


@lru_cache(maxsize=1)
def _index() -> Mapping[Words, Concept]:
    """Every label and alias as words. A preferred label wins over an alias of another concept."""
    index: dict[Words, Concept] = {}
    for concept in topics().values():
        index[_words(concept.label)] = concept
    for concept in topics().values():
        for alias in concept.aliases:
            index.setdefault(_words(alias), concept)
    index.pop((), None)
    return index


def topic_for(text: str) -> Concept | None:
    """The concept that an article's words for a topic name; None rather than a wrong one.

    The whole phrase counts first, then its head with what qualifies it, then, where the head
    is no topic of its own, what "of", "on", "in" and the like carry.

    >>> [c.label for c in map(topic_for, ("the war in Ukraine", "stemming the flow of fentanyl")) if c]
    ['war in Ukraine', 'fentanyl']
    >>> topic_for("what was said on Sunday")
    """
    words = _words(text)
    if words in _index():
        return _index()[words]
    for phrase in _phrases(words):
        found = _by_head(phrase)
        if found:
            return found
    return None


def _phrases(words: Words) -> Iterator[Words]:
    """The phrase up to its first preposition, then each one that a carrier brings."""
    start, carried = 0, True
    for i, token in enumerate((*words, "of")):
        if token in _PREPOSITIONS:
            if carried and i > start:
                # a topic may have a preposition in its own name: "law of the sea"
                yield words[start:]
                yield words[start:i]
            start, carried = i + 1, token in _CARRIERS


def _by_head(phrase: Words) -> Concept | None:
    """The longest label that ends the phrase, with light words at its end left out."""
    index = _index()
    while phrase:
        for start in range(len(phrase)):
            found = index.get(phrase[start:])
            if found:
                return found
        if phrase[-1] not in _LIGHT_WORDS:
            return None
        phrase = phrase[:-1]
    return None
