"""From a resolved record to a `Witness`: one claim for each value that an article states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from kg.model import (
    Article,
    Basis,
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    Entity,
    EntityKind,
    EntityRef,
    EventKind,
    EventMention,
    Evidence,
    Link,
    Mode,
    ResolvedMeeting,
    ResolvedParticipant,
    ResolvedRecord,
    ResolvedVisit,
    Sourced,
    Status,
    Witness,
)
from kg.triples.signature import signature
from kg.vocab import slug

__all__ = ["article_path", "canonical", "claim_path", "witness"]

_BASES = (Basis.STATED, Basis.INFERRED, Basis.GAZETTEER)
"""From the firmest to the weakest; a claim is as firm as the weakest step that led to it."""

_LONGEST_QUOTE = 600
"""Code points; a longer paragraph is no quote, and the words alone are given."""


def article_path(article: Article) -> str:
    """The id (IRI path) of an article: readable, and different for every text.

    >>> article_path(Article(id="Talks in Bern", text="", sha256="e3b0c44298fc", source="a.txt"))
    'article/talks-in-bern-e3b0c442'
    """
    return f"article/{slug(article.id)}-{article.sha256[:8]}"


def claim_path(mention: str, prop: str, value: ClaimValue) -> str:
    """The id of a claim: the same mention, property and value always give the same one."""
    key = f"{type(value).__name__}|{_value_key(value)}"
    return f"{mention}/{prop}-{sha256(key.encode()).hexdigest()[:10]}"


def _value_key(value: ClaimValue) -> str:
    match value:
        case EntityRef():
            return value.id
        case DateSpan():
            return f"{value.earliest}|{value.latest}|{value.edtf}"
        case Duration():
            return f"{value.minutes}|{value.min_minutes}|{value.max_minutes}|{value.qualifier}"
        case datetime():
            return value.isoformat()
        case _:
            return str(value)


def witness(article: Article, resolved: ResolvedRecord) -> Witness:
    """What `article` says, as claims with deterministic ids, in canonical order.

    `resolved` must come from this article: its offsets point into `article.text`.
    """
    path = article_path(article)
    keys = {m.mention.key: f"{path}/{slug(m.mention.key)}" for m in resolved.meetings}
    mentions = [_meeting(m, keys[m.mention.key], article.text) for m in resolved.meetings]
    mentions += [_visit(v, f"{path}/{slug(v.mention.key)}", article.text, keys) for v in resolved.visits]
    return canonical(
        Witness(
            article=path,
            sha256=article.sha256,
            source=article.source,
            extractor=resolved.record.extractor,
            mentions=tuple(mentions),
            entities=resolved.entities,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            published=article.published,
            published_from=article.published_from,
            signature=signature(article),
        )
    )


# --- mentions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes the claims of one mention; `sentences` are those that tell of it."""

    mention: str
    text: str
    sentences: tuple[Evidence, ...]

    def value(self, prop: str, said: Sourced[Any]) -> Claim:
        """A claim whose value is what `said` holds; the words are the value's own, if it has any."""
        value: ClaimValue = said.value
        words = value.text if isinstance(value, DateSpan | Duration) else said.evidence.text
        if isinstance(value, str) and not isinstance(value, Status | Mode) and value in words:
            words = value
        return self._claim(prop, value, replace(said, confidence=_sure(said.confidence)), words)

    def optional(self, prop: str, said: Sourced[Any] | None) -> tuple[Claim, ...]:
        """One claim, or none where the article is silent."""
        return () if said is None else (self.value(prop, said),)

    def entity(self, prop: str, link: Link, said: Sourced[Any]) -> Claim:
        """A claim that names an entity: both the words and the link must be right."""
        both = Sourced(
            said.value,
            said.evidence,
            _sure(said.confidence * link.confidence),
            max(said.basis, link.basis, key=_BASES.index),
        )
        return self._claim(prop, EntityRef(link.entity), both, said.evidence.text)

    def who(self, prop: str, person: ResolvedParticipant) -> Claim:
        """A claim that somebody takes part, in which office and for whom."""
        said = person.mention
        sure = _sure(said.confidence * person.who.confidence)
        basis = _named(person.who)
        claim = self._claim(
            prop,
            EntityRef(person.who.entity),
            Sourced(said.name, said.evidence, sure, basis),
            said.name,
        )
        if person.party is None:
            return replace(claim, role=said.role)
        stated = said.represents.basis if said.represents else person.party.basis
        party_basis = max(stated, person.party.basis, key=_BASES.index)
        return replace(claim, role=said.role, party=person.party.entity, party_basis=party_basis)

    def _claim(self, prop: str, value: ClaimValue, said: Sourced[Any], words: str) -> Claim:
        return Claim(
            id=claim_path(self.mention, prop, value),
            mention=self.mention,
            property=prop,
            value=value,
            text=words,
            evidence=self._quote(said.evidence),
            confidence=said.confidence,
            basis=said.basis,
        )

    def _quote(self, words: Evidence) -> Evidence:
        """The sentence that holds the words; else their paragraph, unless it is very long."""
        for sentence in self.sentences:
            if sentence.start <= words.start and words.end <= sentence.end:
                return sentence
        start = self.text.rfind("\n", 0, words.start) + 1
        end = self.text.find("\n", words.end)
        paragraph = self.text[start : end if end >= 0 else None]
        if not paragraph.strip() or len(paragraph) > _LONGEST_QUOTE:
            return words
        start += len(paragraph) - len(paragraph.lstrip())
        paragraph = paragraph.strip()
        return Evidence(paragraph, start, start + len(paragraph))


def _named(link: Link) -> Basis:
    """Who or what is called by a name is stated, however the name was linked; an office is not a name."""
    return Basis.GAZETTEER if link.basis is Basis.GAZETTEER else Basis.STATED


def _sure(confidence: float) -> float:
    """Confidences are kept to four places: more would be noise that differs between machines."""
    return round(min(1.0, max(0.0, confidence)), 4)


def _meeting(meeting: ResolvedMeeting, path: str, text: str) -> EventMention:
    mention = meeting.mention
    tell = _Teller(path, text, mention.evidence)
    claims = [tell.who("participant", person) for person in meeting.participants]
    claims.append(tell.value("status", mention.status))
    claims += tell.optional("mode", mention.mode)
    claims += tell.optional("date", mention.date)
    claims += tell.optional("start", mention.start)
    claims += tell.optional("end", mention.end)
    claims += tell.optional("minutes", mention.duration)
    if meeting.place:
        words = _place_words(meeting.place, (mention.venue, mention.city, mention.country), mention.evidence)
        claims.append(tell.entity("place", meeting.place, words))
    claims += _topics(tell, meeting)
    claims += [tell.value("outcome", outcome) for outcome in mention.outcomes]
    return EventMention(path, EventKind.MEETING, tuple(claims), mention.background, _sure(mention.confidence))


def _topics(tell: _Teller, meeting: ResolvedMeeting) -> Iterator[Claim]:
    said = meeting.mention.topics
    links = meeting.topics or (None,) * len(said)
    for words, link in zip(said, links, strict=True):
        yield tell.value("topicText", words)
        if link:
            yield tell.entity("topic", replace(link, basis=_named(link)), words)


def _visit(visit: ResolvedVisit, path: str, text: str, keys: Mapping[str, str]) -> EventMention:
    mention = visit.mention
    tell = _Teller(path, text, mention.evidence)
    claims = [tell.who("visitor", visit.visitor), tell.value("status", mention.status)]
    claims += tell.optional("date", mention.date)
    claims += tell.optional("endDate", mention.end_date)
    if visit.destination:
        words = _place_words(visit.destination, (None, mention.city, mention.country), mention.evidence)
        claims.append(tell.entity("destination", visit.destination, words))
    holds = tuple(keys[key] for key in mention.meetings if key in keys)
    return EventMention(
        path, EventKind.VISIT, tuple(claims), confidence=_sure(mention.confidence), holds=holds
    )


def _place_words(
    place: Link, told: tuple[Sourced[str] | None, ...], sentences: tuple[Evidence, ...]
) -> Sourced[str]:
    """The words for a place: those of its own kind, else the most specific, else the sentence."""
    kinds = (EntityKind.VENUE, EntityKind.CITY, EntityKind.COUNTRY)
    own = [said for kind, said in zip(kinds, told, strict=True) if place.entity.startswith(f"{kind}/")]
    for said in (*own, *told):
        if said:
            return said
    return Sourced("", sentences[0], basis=Basis.INFERRED)


# --- canonical order ----------------------------------------------------------------------


def canonical(testimony: Witness) -> Witness:
    """The same testimony in the one order that its quads give back; idempotent.

    Mentions stand in natural order of their ids (m2 before m10), claims by property, place
    in the text and id, each claim once; aliases are sorted and differ from the label.
    """
    mentions = sorted((_canonical_mention(m) for m in testimony.mentions), key=lambda m: _natural(m.id))
    entities = {id_: _canonical_entity(testimony.entities[id_]) for id_ in sorted(testimony.entities)}
    return replace(testimony, mentions=tuple(mentions), entities=entities)


def _canonical_mention(mention: EventMention) -> EventMention:
    best: dict[str, Claim] = {}
    for claim in mention.claims:
        known = best.get(claim.id)
        if known is None or _rank(claim) < _rank(known):
            best[claim.id] = claim
    ordered = sorted(best.values(), key=lambda c: (c.property, c.evidence.start, c.evidence.end, c.id))
    holds = tuple(sorted(set(mention.holds), key=_natural))
    return replace(mention, claims=tuple(_one_wording(c) for c in ordered), holds=holds)


def _rank(claim: Claim) -> tuple[object, ...]:
    """Of two claims of one value the surer stays, then the fuller, then the earlier."""
    gaps = (claim.role is None) + (claim.party is None)
    place = (claim.evidence.start, claim.evidence.end)
    return (-claim.confidence, gaps, place, claim.text, claim.role or "", claim.party or "")


def _one_wording(claim: Claim) -> Claim:
    """A date or duration repeats the claim's words; they are stored once."""
    if isinstance(claim.value, DateSpan | Duration) and claim.value.text != claim.text:
        return replace(claim, value=replace(claim.value, text=claim.text))
    return claim


def _canonical_entity(entity: Entity) -> Entity:
    aliases = tuple(sorted(set(entity.aliases) - {entity.label}))
    return entity if aliases == entity.aliases else replace(entity, aliases=aliases)


def _natural(path: str) -> tuple[str, int, str]:
    """Sort key under which `m2` comes before `m10`."""
    match = re.search(r"[0-9]{1,9}$", path)
    return (path[: match.start()], int(match.group()), path) if match else (path, -1, path)
