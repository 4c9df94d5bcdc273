"""The values that travel from step to step: frozen, typed, without behaviour that does I/O.

Order of use: `Article` (read) → `Reading` (what the reader model sees in the text) →
`Record` (meetings and visits as the article tells them) → `ResolvedRecord` (names have
become entities) → claims and facts as RDF.

Offsets everywhere are 0-based, end-exclusive and count code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

__all__ = [
    "Article",
    "Basis",
    "Block",
    "BlockKind",
    "Claim",
    "ClaimValue",
    "DateSpan",
    "Duration",
    "Entity",
    "EntityKind",
    "EntityRef",
    "EventKind",
    "EventMention",
    "Evidence",
    "Failure",
    "FusedEvent",
    "Link",
    "MeetingMention",
    "Mode",
    "ParticipantKind",
    "ParticipantMention",
    "PublishedFrom",
    "Qualifier",
    "Reading",
    "Record",
    "ResolvedMeeting",
    "ResolvedParticipant",
    "ResolvedRecord",
    "ResolvedVisit",
    "Sourced",
    "Span",
    "Status",
    "Tag",
    "VisitMention",
    "Witness",
]

T = TypeVar("T")


# --- read -----------------------------------------------------------------------------


class BlockKind(StrEnum):
    """What a stretch of an article's text is; only the first four are extracted from."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    DATELINE = "dateline"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"


class PublishedFrom(StrEnum):
    """Where the publication date comes from, in order of precedence."""

    OPTION = "option"
    PAGE = "page"
    HEADER = "header"
    DATELINE = "dateline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and what it is."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read. `text` is what is stored; every offset points into it."""

    id: str
    """File name without its ending, or a slug of the URL: the record's `article`."""
    text: str
    sha256: str
    """Hex digest of `text` in UTF-8."""
    source: str
    """Path or URL as the user gave it (JSON lines: `path:line`)."""
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_from: PublishedFrom = PublishedFrom.UNKNOWN


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read or processed; the rest of the batch goes on."""

    source: str
    message: str


# --- the reader's view of a text -------------------------------------------------------


class Tag(StrEnum):
    """The ten marks of the training corpus."""

    PARTICIPANT = "P"
    TRIGGER = "T"
    DATE = "D"
    DURATION = "L"
    VENUE = "V"
    CITY = "C"
    COUNTRY = "N"
    TOPIC = "S"
    STATUS_CUE = "X"
    MODE_CUE = "M"


@dataclass(frozen=True, slots=True)
class Span:
    """A tagged stretch of text; `score` is the probability of the tag, 0–1."""

    start: int
    end: int
    tag: Tag
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader model sees: spans, and probabilities of how they belong together.

    Indices point into `spans`. Pairs that are absent have probability 0 (unseen or pruned).
    """

    spans: tuple[Span, ...] = ()
    """Ordered by start."""
    links: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """(trigger, other span) → probability that the span tells of the trigger's meeting."""
    same_meeting: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """(trigger, later trigger) → probability that they name one meeting."""
    same_participant: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """(participant span, later participant span) → probability of coreference."""
    status: Mapping[int, Mapping[Status, float]] = field(default_factory=dict)
    """Trigger → distribution over statuses."""
    mode: Mapping[int, Mapping[Mode | None, float]] = field(default_factory=dict)
    """Trigger → distribution over modes (None: the text does not tell)."""
    background: Mapping[int, float] = field(default_factory=dict)
    """Trigger → probability that the meeting is background."""
    real: Mapping[int, float] = field(default_factory=dict)
    """Trigger → probability that it names a meeting that counts at all."""
    several: Mapping[int, float] = field(default_factory=dict)
    """Trigger → probability that it names more than one meeting ("met A, B and C in turn")."""
    together: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """(span, later span), neither a trigger → probability that both tell of one and the same meeting
    (two participants: that they sit in it together; participant and date: that he met then). What
    splits a trigger that names several; given at least for spans linked to such a trigger."""
    part_of: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """(participant span, another that stands for several: "the two") → probability that the first's
    people are among the second's. `same_participant` holds half of it too."""
    group: Mapping[int, float] = field(default_factory=dict)
    """Participant span → probability that it names a group, not persons."""
    many: Mapping[int, float] = field(default_factory=dict)
    """Participant span → probability that it stands for several participants ("both ministers")."""


# --- what an article says --------------------------------------------------------------


class Status(StrEnum):
    """Did it happen? Same words as the record schema."""

    HELD = "held"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    DENIED = "denied"


class Mode(StrEnum):
    """How they met."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"


class Qualifier(StrEnum):
    """How exact a duration is."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"


class ParticipantKind(StrEnum):
    """A named or office-bearing person, or a group."""

    PERSON = "person"
    GROUP = "group"


class Basis(StrEnum):
    """Does the text state the value, or was it inferred, and from what?"""

    STATED = "stated"
    INFERRED = "inferred"
    """Follows from other words of the same article (a weekday and the dateline, …)."""
    GAZETTEER = "gazetteer"
    """Comes from background knowledge (a venue's city, an office holder of that day)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the article: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value, the words it rests on, and how sure the extractor is (0–1)."""

    value: T
    evidence: Evidence
    confidence: float = 1.0
    basis: Basis = Basis.STATED


@dataclass(frozen=True, slots=True)
class DateSpan:
    """First and last day on which it can have happened, and the words.

    `edtf` is the first day at the known precision: `2023-06-19`, `2023-06`, `2023`.
    Day known: `earliest == latest`.
    """

    earliest: date
    latest: date
    edtf: str
    text: str


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes as stated, with bounds where the wording gives them (None: unbounded)."""

    minutes: float
    min_minutes: float | None
    max_minutes: float | None
    qualifier: Qualifier
    text: str


@dataclass(frozen=True, slots=True)
class ParticipantMention:
    """Who takes part, as the article names them.

    `name` is the best full form in the article (the phrase for groups and people known
    by office only); `represents` an ISO 3166-1 alpha-2 code or a short English name.
    """

    name: str
    kind: ParticipantKind
    evidence: Evidence
    role: str | None = None
    represents: Sourced[str] | None = None
    aliases: tuple[str, ...] = ()
    """Other forms in this article, in order of appearance."""
    mentions: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A meeting as one article tells it. `key` is unique within the article and stable."""

    key: str
    participants: tuple[ParticipantMention, ...]
    status: Sourced[Status]
    evidence: tuple[Evidence, ...]
    """The sentences that tell of it, in text order; never empty."""
    mode: Sourced[Mode] | None = None
    venue: Sourced[str] | None = None
    city: Sourced[str] | None = None
    country: Sourced[str] | None = None
    """ISO 3166-1 alpha-2."""
    date: Sourced[DateSpan] | None = None
    start: Sourced[datetime] | None = None
    end: Sourced[datetime] | None = None
    duration: Sourced[Duration] | None = None
    topics: tuple[Sourced[str], ...] = ()
    outcomes: tuple[Sourced[str], ...] = ()
    background: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class VisitMention:
    """A visit or trip as one article tells it."""

    key: str
    visitor: ParticipantMention
    status: Sourced[Status]
    evidence: tuple[Evidence, ...]
    country: Sourced[str] | None = None
    city: Sourced[str] | None = None
    date: Sourced[DateSpan] | None = None
    end_date: Sourced[DateSpan] | None = None
    meetings: tuple[str, ...] = ()
    """Keys of the meetings that took place within it."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """What one article says of meetings and visits."""

    article: str
    published: date | None
    meetings: tuple[MeetingMention, ...] = ()
    visits: tuple[VisitMention, ...] = ()
    extractor: str = "reader"
    """Name and version, as in `reader/0.1.0`."""


# --- names have become entities ----------------------------------------------------------


class EntityKind(StrEnum):
    """Kinds of things with an IRI; the value is the IRI's first path step."""

    PERSON = "person"
    DELEGATION = "delegation"
    PARTY = "party"
    COUNTRY = "country"
    CITY = "city"
    VENUE = "venue"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, party, place or topic with an id. `id` is the IRI's path, `person/wang-yi`."""

    kind: EntityKind
    id: str
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    iso2: str | None = None
    lat: float | None = None
    long: float | None = None
    within: str | None = None
    """Id of the place that holds this one; that entity is in `ResolvedRecord.entities` too."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entity chosen for a mention, how sure, and why (for people, not for machines)."""

    entity: str
    """`Entity.id`"""
    confidence: float
    basis: Basis
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedParticipant:
    """A participant with the person or delegation it is and the party it represents."""

    mention: ParticipantMention
    who: Link
    party: Link | None = None


@dataclass(frozen=True, slots=True)
class ResolvedMeeting:
    """A meeting mention whose names are entities.

    `place` is the most specific place; its `within` chain leads to city and country.
    `topics` runs parallel to `mention.topics` (None: no concept fits).
    """

    mention: MeetingMention
    participants: tuple[ResolvedParticipant, ...]
    place: Link | None = None
    topics: tuple[Link | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedVisit:
    """A visit mention whose names are entities."""

    mention: VisitMention
    visitor: ResolvedParticipant
    destination: Link | None = None


@dataclass(frozen=True, slots=True)
class ResolvedRecord:
    """A record whose names are entities; `entities` holds every entity that a link names."""

    record: Record
    meetings: tuple[ResolvedMeeting, ...] = ()
    visits: tuple[ResolvedVisit, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)


# --- claims and what fusion makes of them -------------------------------------------------


class EventKind(StrEnum):
    """What a mention tells of; the value is the first step of the fused IRI."""

    MEETING = "meeting"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A claim's value that is an entity (`Entity.id`)."""

    id: str


ClaimValue = EntityRef | DateSpan | Duration | Status | Mode | datetime | bool | str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one article about one event, with the words it rests on.

    `property` is a local name of the ontology (`participant`, `status`, `mode`, `place`,
    `date`, `start`, `end`, `minutes`, `topic`, `topicText`, `outcome`, `visitor`,
    `destination`). `role` and `party` belong to participants and visitors.
    """

    id: str
    """IRI path, derived from mention, property and value: never from reading order."""
    mention: str
    property: str
    value: ClaimValue
    text: str
    """The value as written."""
    evidence: Evidence
    confidence: float = 1.0
    basis: Basis = Basis.STATED
    role: str | None = None
    party: str | None = None
    party_basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """A meeting or visit as one article tells it: the unit that fusion clusters."""

    id: str
    """IRI path: `article/<slug>-<sha8>/m1`."""
    kind: EventKind
    claims: tuple[Claim, ...]
    background: bool = False
    confidence: float = 1.0
    holds: tuple[str, ...] = ()
    """A visit's meetings: ids of mentions of the same article."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One article's testimony, as it lies in the article's named graph."""

    article: str
    """IRI path: `article/<slug>-<sha8>`."""
    sha256: str
    source: str
    extractor: str
    mentions: tuple[EventMention, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_from: PublishedFrom = PublishedFrom.UNKNOWN
    signature: tuple[int, ...] = ()
    """MinHash of the text's word shingles: reprints are found by it."""


@dataclass(frozen=True, slots=True)
class FusedEvent:
    """One meeting or visit of the facts graph.

    `accepted` and `rejected` partition the claims of all its mentions; `disputed` names the
    properties on which voices differ. `history` lists (day told, status, claim id) in time order.
    """

    id: str
    """IRI path: `meeting/2023-06-19-antony-blinken-wang-yi`."""
    kind: EventKind
    mentions: tuple[str, ...]
    accepted: tuple[Claim, ...]
    rejected: tuple[Claim, ...] = ()
    disputed: tuple[str, ...] = ()
    history: tuple[tuple[date | None, Status, str], ...] = ()
    part_of: str | None = None
    """Id of the visit that holds this meeting."""
    reported_by: tuple[str, ...] = ()
    """Articles, all of them; copies of one text count as one voice but are all listed."""
    copies: tuple[tuple[str, ...], ...] = ()
    """Groups of `reported_by` whose texts are copies of each other: one voice a group."""
