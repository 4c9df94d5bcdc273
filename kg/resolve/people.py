"""Persons: which one a mention means, by name, office and party on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.gazetteer import Gazetteer, PersonHit, is_former, role_class, slugify
from kg.gazetteer.names import NameKind, name_words
from kg.gazetteer.persons import REVIEWED, SNAPSHOT, Term
from kg.gazetteer.roles import role_classes
from kg.model import Basis, Entity, EntityKind, Link
from kg.resolve.score import MARGIN, THRESHOLD, Context, Scored, score

__all__ = ["NAMED_BY_OFFICE", "Mention", "entity_of", "holder", "identify", "rank", "unknown_person"]

# Registers that tell terms to the day; those read from descriptions are not enough to name a holder.
_EXACT = frozenset({"wikidata", "pocom", "travels", "supplement"})
_UPPER = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Mention:
    """What is known of a participant from the text: all the forms of the name, and the context."""

    names: tuple[str, ...]
    """Bare names (titles taken off), the fullest first."""
    context: Context


def rank(mention: Mention, gazetteer: Gazetteer) -> list[Scored]:
    """Candidates for the fullest form of the name, best first."""
    if not mention.names:
        return []
    pairs = gazetteer.people.candidates(mention.names[0])
    words = len(name_words(mention.names[0]))
    best = (
        [p for p in pairs if p[1] <= NameKind.SHORT]
        or [p for p in pairs if p[1] <= NameKind.GIVEN]
        or list(pairs)
    )
    scored = []
    for number, kind in pairs:
        alone = len(best) == 1 and best[0][0] == number
        found = score(gazetteer.people.person(number), kind, mention.context, alone=alone, words=words)
        if found is not None:
            scored.append(found)
    return sorted(scored, key=lambda s: (-s.score, s.hit.id))


@lru_cache(maxsize=8192)
def _ahead(mention: Mention, gazetteer: Gazetteer) -> tuple[Scored, ...]:
    """The best candidate and the runner-up: all that the choice looks at."""
    return tuple(rank(mention, gazetteer)[:2])


def identify(mention: Mention, gazetteer: Gazetteer) -> tuple[PersonHit, Link] | None:
    """The person that the mention means, or None when no candidate is good and clear enough."""
    ranked = _ahead(mention, gazetteer)
    if not ranked or ranked[0].score < THRESHOLD:
        return None
    best = ranked[0]
    if len(ranked) > 1 and best.score - ranked[1].score < MARGIN and not _outshines(best, ranked[1], mention):
        return None
    return best.hit, Link(f"person/{best.hit.id}", best.score, Basis.INFERRED, best.reasons)


def _outshines(best: Scored, second: Scored, mention: Mention) -> bool:
    """A runner-up without any office on the day does not stand in the way of one in office then."""
    day = mention.context.day
    if day is None or best.score <= second.score:
        return False
    return any(o.on(day) for o in best.hit.offices) and not any(o.on(day) for o in second.hit.offices)


def holder(country: str, role: str, day: date | None, gazetteer: Gazetteer) -> tuple[PersonHit, Link] | None:
    """Who held the office on the day, where one register names one person and is sure of the day."""
    if day is None or not role or role_class(role) not in NAMED_BY_OFFICE:
        return None
    terms = [
        t for kind in role_classes(role) for t in gazetteer.people.terms(country, kind) if t.source in _EXACT
    ]
    found = {t.person for t in terms if _covers(t, day) and not _followed(t, terms, day)}
    if len(found) != 1:
        return None
    hit = gazetteer.people.person(next(iter(found)))
    reason = f"{role} of {country} on {day}: {hit.label}"
    return hit, Link(f"person/{hit.id}", 0.8, Basis.GAZETTEER, (reason,))


NAMED_BY_OFFICE = frozenset(
    {
        "foreign-minister",
        "secretary-of-state",
        "head-of-state",
        "head-of-government",
        "foreign-policy-chief",
        "secretary-general",
        "vice-president",
        "defence-minister",
        "finance-minister",
        "national-security-adviser",
    }
)


def _followed(term: Term, terms: Iterable[Term], day: date) -> bool:
    """Has somebody else taken the office since, though nobody wrote down when this term ended?"""
    if term.end is not None or term.start is None:
        return False
    return any(t.person != term.person and t.start and term.start < t.start <= day for t in terms)


def _covers(term: Term, day: date) -> bool:
    if term.start is None or not term.on(day):
        return False
    known_until = REVIEWED if term.source == "supplement" else SNAPSHOT
    return term.end is not None or day <= known_until


def entity_of(hit: PersonHit) -> Entity:
    """The person as an entity of the graph."""
    return Entity(EntityKind.PERSON, f"person/{hit.id}", hit.label, hit.aliases, hit.wikidata)


def unknown_person(name: str, context: Context, scope: str) -> Entity:
    """Somebody the gazetteer lacks: an id of name and party, with a double hyphen that no known slug has.

    A single name says too little to be the same person elsewhere: office and year are added, or the
    article (`scope`) where they are unknown. Offices without a name hold for that day alone.
    """
    party = slugify(context.party) if context.party else "x"
    words = name_words(name)
    ident = f"{slugify(name)}--{party}"
    if len(words) < 2 or not _UPPER.search(name):
        office = role_class(context.role)
        if office and context.day:
            ident += f"-{office}-{context.day.year}"
        else:
            ident += f"-{scope}"
    return Entity(EntityKind.PERSON, f"person/{ident}", name)


def unnamed_holder(role: str, party: str | None, day: date | None, scope: str, label: str) -> Entity:
    """Somebody known by office only, and unknown to the gazetteer: the same on the same day only."""
    when = day.isoformat().replace("-", "") if day else scope
    ident = f"{slugify(role_class(role) or role)}--{slugify(party) if party else 'x'}-{when}"
    return Entity(EntityKind.PERSON, f"person/{ident}", label)


def bare_names(forms: Iterable[str], gazetteer: Gazetteer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names without titles, fullest first; the titles and roles among the forms)."""
    names: dict[str, None] = {}
    titles: dict[str, None] = {}
    for form in forms:
        split = gazetteer.split_title(form)
        if split.title:
            titles.setdefault(form)
        if split.name and _UPPER.search(split.name) and gazetteer.party(split.name) is None:
            names.setdefault(split.name)
    first = next(iter(names), None)
    ordered = sorted(names, key=lambda n: (-len(name_words(n)), n != first, n))
    return tuple(ordered), tuple(titles)


def former(role: str | None, forms: Iterable[str]) -> bool:
    """Do the words say that the office is over?"""
    return bool(role and is_former(role)) or any(is_former(f) for f in forms)
