"""One article's names become entities. No state outlives an article; order of mentions is irrelevant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from kg.gazetteer import Gazetteer, How, PartyKind, role_class
from kg.model import (
    Article,
    Basis,
    DateSpan,
    Entity,
    EntityKind,
    Link,
    MeetingMention,
    ParticipantKind,
    ParticipantMention,
    Record,
    ResolvedMeeting,
    ResolvedParticipant,
    ResolvedRecord,
    ResolvedVisit,
    Sourced,
    VisitMention,
)
from kg.resolve.decisions import Decisions
from kg.resolve.groups import delegation
from kg.resolve.parties import party_entity, party_from_gazetteer, stated_party
from kg.resolve.people import (
    NAMED_BY_OFFICE,
    Mention,
    bare_names,
    entity_of,
    former,
    holder,
    identify,
    unknown_person,
    unnamed_holder,
)
from kg.resolve.places import Setting, place_of
from kg.resolve.score import Context

__all__ = ["resolve"]

_LARGE = 100_000
_CAPITALISED = re.compile(r"\b(?:[A-Z][\w.'’-]*)(?:\s+(?:of|and|the|[A-Z][\w.'’-]*)){0,4}")


def resolve(
    record: Record, article: Article, gazetteer: Gazetteer, decisions: Decisions | None = None
) -> ResolvedRecord:
    """The record with every name linked to an entity.

    Pure: same arguments, same answer, whatever was resolved before. `entities` holds each linked
    entity and, for places, the whole `within` chain.
    """
    return _Linker(article, record, gazetteer, decisions or Decisions()).run()


@dataclass
class _Linker:
    """What linking one article needs at hand."""

    article: Article
    record: Record
    gazetteer: Gazetteer
    decisions: Decisions

    def __post_init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.scope = self.article.sha256[:8]
        self.published = self.record.published or self.article.published
        self.nearby = countries_in(self.article, self.gazetteer) if self._anything() else frozenset()

    def _anything(self) -> bool:
        return bool(self.record.meetings or self.record.visits)

    def run(self) -> ResolvedRecord:
        meetings = tuple(self._meeting(m) for m in self.record.meetings)
        visits = tuple(self._visit(v) for v in self.record.visits)
        entities = {k: self.entities[k] for k in sorted(self.entities)}
        return ResolvedRecord(self.record, meetings, visits, entities)

    # --- events ------------------------------------------------------------------------

    def _meeting(self, mention: MeetingMention) -> ResolvedMeeting:
        day = _day(mention.date, self.published)
        participants = tuple(self._participant(p, day) for p in mention.participants)
        setting = Setting(mention.venue, mention.city, mention.country, self.nearby, self.scope)
        topics = tuple(self._topic(t) for t in mention.topics)
        return ResolvedMeeting(mention, participants, self._place(setting), topics)

    def _visit(self, mention: VisitMention) -> ResolvedVisit:
        visitor = self._participant(mention.visitor, _day(mention.date, self.published))
        setting = Setting(None, mention.city, mention.country, self.nearby, self.scope)
        return ResolvedVisit(mention, visitor, self._place(setting))

    def _topic(self, topic: Sourced[str]) -> Link | None:
        from kg.vocab import topic_for

        concept = topic_for(topic.value)
        if concept is None:
            return None
        self._add(Entity(EntityKind.TOPIC, concept.id, concept.label, concept.aliases))
        return Link(concept.id, topic.confidence, Basis.INFERRED, (f"label of {concept.label}",))

    def _place(self, setting: Setting) -> Link | None:
        place = place_of(setting, self.gazetteer)
        if place is None:
            return None
        for entity in place.entities:
            self._add(entity)
        return place.link

    # --- participants ------------------------------------------------------------------

    def _participant(self, mention: ParticipantMention, day: date | None) -> ResolvedParticipant:
        names, titles = bare_names((mention.name, *mention.aliases), self.gazetteer)
        told = stated_party(mention, titles, self.gazetteer)
        if mention.kind is ParticipantKind.GROUP:
            code = told[0] if told else None
            group = self._add(delegation(mention, code, self.scope, self.gazetteer))
            who = Link(group, mention.confidence, Basis.STATED, ("group as written",))
            return ResolvedParticipant(mention, who, self._party(told, mention))
        over = former(mention.role, (mention.name,))
        context = self._context(mention, titles, told, day, over=over)
        if told is not None and names:
            free = replace(context, party=None, state=False, role="")
            if self._speaks_for_another(names, free, told):
                told, context = None, free
        who, inferred = self._person(mention, names, context)
        if over:
            return ResolvedParticipant(mention, who, None)
        if told is None and inferred is not None:
            told = inferred, Basis.GAZETTEER
        return ResolvedParticipant(mention, who, self._party(told, mention))

    def _speaks_for_another(self, names: tuple[str, ...], free: Context, told: tuple[str, Basis]) -> bool:
        """Do name and day alone name somebody whose office contradicts the party read from the text?

        A party that was only inferred gives way to anybody in office; one that stands in the
        text (and may be somebody else's: "his Russian counterpart") to a leader or foreign
        minister under the full name, of whom there are no two on one day.
        """
        found = identify(Mention(names, free), self.gazetteer)
        party = party_from_gazetteer(found[0], free.day) if found else None
        if found is None or party is None or party == told[0] or free.day is None:
            return False
        leads = any(o.role in NAMED_BY_OFFICE and o.on(free.day) for o in found[0].offices)
        return told[1] is not Basis.STATED or (leads and found[0].how == "name" and " " in names[0])

    def _context(
        self,
        mention: ParticipantMention,
        titles: tuple[str, ...],
        told: tuple[str, Basis] | None,
        day: date | None,
        *,
        over: bool,
    ) -> Context:
        role = mention.role or next((t for t in titles if role_class(t)), "")
        code = told[0] if told else self.gazetteer.role_party(role) if role else None
        hit = self.gazetteer.party_by_code(code) if code else None
        if hit is None and code:
            hit = self.gazetteer.party(code)
        state = hit is not None and hit.kind is PartyKind.STATE
        return Context(hit.code if hit else code, state, role, over, day, self.nearby)

    def _person(
        self, mention: ParticipantMention, names: tuple[str, ...], context: Context
    ) -> tuple[Link, str | None]:
        """The link, and the party that the gazetteer gives the person on the day."""
        if names:
            found = identify(Mention(names, context), self.gazetteer)
            if found is not None and self._apart(found[1].entity, names):
                found = None
            if found is not None:
                self._add(entity_of(found[0]))
                return self._kept(found[1]), party_from_gazetteer(found[0], context.day)
            unknown = self._add(unknown_person(names[0], context, self.scope))
            return Link(unknown, mention.confidence, Basis.STATED, ("nobody in the gazetteer fits",)), None
        if context.party and not context.former:
            held = holder(context.party, context.role, context.day, self.gazetteer)
            if held is not None and not self._apart(held[1].entity, (mention.name,)):
                self._add(entity_of(held[0]))
                return self._kept(held[1]), None
        role = context.role or mention.name
        nobody = self._add(unnamed_holder(role, context.party, context.day, self.scope, mention.name))
        return Link(nobody, mention.confidence, Basis.STATED, ("known by office only",)), None

    def _party(self, told: tuple[str, Basis] | None, mention: ParticipantMention) -> Link | None:
        if told is None:
            return None
        code, basis = told
        entity = party_entity(code, self.gazetteer)
        stated = mention.represents
        sure = stated.confidence if stated is not None and stated.value == code else mention.confidence
        return Link(self._add(entity), sure, basis, (f"{code}: {basis.value}",))

    # --- decisions -----------------------------------------------------------------------

    def _apart(self, entity: str, names: tuple[str, ...]) -> bool:
        article = f"article/{self.article.id}"
        return any(self.decisions.kept_apart(entity, article, n) for n in names)

    def _kept(self, link: Link) -> Link:
        return replace(link, entity=self.decisions.canonical(link.entity))

    def _add(self, entity: Entity) -> str:
        """Keep the entity under the id that stands for it; gives back that id."""
        ident = self.decisions.canonical(entity.id)
        if ident != entity.id:
            entity = self._merged(entity, ident)
        known = self.entities.get(ident)
        if known is not None and known != entity:
            label = min(known.label, entity.label, key=lambda text: (-len(text), text))
            names = {known.label, *known.aliases, entity.label, *entity.aliases} - {label}
            entity = replace(entity, label=label, aliases=tuple(sorted(names)))
        self.entities[ident] = entity
        return ident

    def _merged(self, entity: Entity, ident: str) -> Entity:
        """A duplicate under the id kept: the kept one's own description where it is known."""
        person = self.gazetteer.person(ident) if entity.kind is EntityKind.PERSON else None
        if person is None:
            return replace(entity, id=ident)
        kept = entity_of(person)
        aliases = {*kept.aliases, entity.label} - {kept.label}
        return replace(kept, aliases=tuple(sorted(aliases)))


def countries_in(article: Article, gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the countries that the text names, by name, adjective or a capital of no second meaning."""
    found = set()
    for match in _CAPITALISED.finditer(article.text):
        words = match.group().split()
        for start in range(len(words)):
            for end in range(min(len(words), start + 4), start, -1):
                name = " ".join(words[start:end])
                hit = gazetteer.country(name)
                if hit is not None and hit.how is not How.REGION:
                    if hit.how is not How.CAPITAL or _one_city(name, gazetteer):
                        found.add(hit.code)
                    break
    return frozenset(found)


def _one_city(name: str, gazetteer: Gazetteer) -> bool:
    """Is there no large city of that name in a second country (as there is of Tripoli)?"""
    return len({c.country for c in gazetteer.cities(name) if c.population >= _LARGE}) < 2


def _day(told: Sourced[DateSpan] | None, published: date | None) -> date | None:
    """The day on which offices are looked up: the meeting's middle, else the day of publication."""
    if told is None:
        return published
    span = told.value
    return span.earliest + (span.latest - span.earliest) / 2
