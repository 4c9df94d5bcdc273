"""From the words in which an article names a topic to a concept of the topic scheme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from kg.vocab.topics import Concept, topics

__all__ = ["topic_for"]

Words = tuple[str, ...]


def _word_set(text: str) -> frozenset[str]:
    return frozenset(_singular(token) for token in text.split())


def _singular(token: str) -> str:
    """A plural's singular, near enough: both sides of a comparison go through it."""
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


_TOKEN = re.compile(r"[^\W_]+")
_SPELLINGS = {"defence": "defense", "programme": "program", "labour": "labor", "organisation": "organization"}

_NOISE = _word_set("the a an this that these those their its his her our both some any")

_PREPOSITIONS = _word_set("""
    of on in over about regarding concerning for against with between to from at around into
    towards toward under through by amid after along across near
""")
_CARRIERS = _word_set("of on in over about regarding concerning")
"""Prepositions behind which the matter itself stands when what is before is no topic."""

_AIMS = _word_set("for to towards toward")
"""Prepositions that carry the matter only where what is before says nothing: "plan for peace"."""

_LIGHT = _word_set("""
    issue question matter problem topic subject affair case situation crisis dispute row controversy
    flow development progress state status future cooperation collaboration coordination policy
    relation tie agreement deal accord treaty pact talk negotiation discussion dialogue process
    programme program project plan proposal effort initiative concern challenge need importance role
    resumption end start settlement solution resolution prevention sector field area industry market
    rule standard engagement principle framework roadmap element detail reform modernisation
    modernization price plant subsidy supply share levy due fee timetable calendar cultivation
    processing production concession funding training partnership interest element
""")
"""Head words that say nothing of the matter: without them the phrase still names its topic."""

_ONLY_ALONE = _word_set("""
    business property training reform cooperation relation tie partnership industry development
    information land media data language research film press claim aid transition budget integration vote
    church project loan grant settlement
""")
"""One-word labels that name their concept as a whole phrase only: "job training" is no education."""

_BETWEEN_STATES = _word_set("relations ties relationship partnership")
"""Heads that, whatever qualifies them, speak of how two states stand to each other."""

_RELATIONS = "topic/diplomacy-and-relations"


def _words(text: str) -> Words:
    """Lower-case words without accents, articles, possessives, plural endings, spelling variants."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"'s?\b", "", plain.lower())
    singular = (_singular(token) for token in _TOKEN.findall(plain))
    return tuple(_SPELLINGS.get(token, token) for token in singular if token not in _NOISE)


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
    index = _index()
    if words in index:
        return index[words]
    bounds = [i for i, token in enumerate(words) if token in _PREPOSITIONS] + [len(words)]
    for start, end in _phrases(words, bounds):
        found = _named(words, start, [bound for bound in bounds if bound >= end])
        if found:
            return found
    if words and words[bounds[0] - 1] in _BETWEEN_STATES:
        return topics().get(_RELATIONS)
    return None


def _phrases(words: Words, bounds: list[int]) -> Iterator[tuple[int, int]]:
    """Start and end of the head phrase, then of each phrase that may hold the matter."""
    yield 0, bounds[0]
    for before, after in pairwise(bounds):
        empty = all(token in _LIGHT | _PREPOSITIONS for token in words[:before])
        if words[before] in _CARRIERS or (empty and words[before] in _AIMS):
            yield before + 1, after


def _named(words: Words, start: int, bounds: list[int]) -> Concept | None:
    """The longest label that begins in the phrase and ends with it or with a later one.

    `bounds` are the phrase's own end and those of the phrases after it. Light words at the
    phrase's end may be left out.
    """
    index = _index()
    end = bounds[0]
    while end > start:
        for first in range(start, end):
            for last in sorted({end, *bounds[1:]}, reverse=True):
                label = words[first:last]
                if label in index and not (len(label) == 1 and label[0] in _ONLY_ALONE):
                    return index[label]
        if words[end - 1] not in _LIGHT:
            return None
        end -= 1
        bounds = [end]
    return None
