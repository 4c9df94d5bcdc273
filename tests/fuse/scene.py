"""Witnesses for tests of fusion: from compact records, without reading a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

import yaml

from kg.model import (
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
    Mode,
    Qualifier,
    Status,
    Witness,
)

GROUPS = Path(__file__).with_name("groups")

_STATES = {"EU": "EU", "UN": "UN", "NATO": "NATO", "Hamas": "Hamas"}


def slug(text: str) -> str:
    folded = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


# --- values ---------------------------------------------------------------------------------


def span(text: str) -> DateSpan:
    """`2031-03-04`, `2031-03`, `2031`, or `2031-03-04/2031-03-09`; a trailing `?` is not seen."""
    written, text = text, text.rstrip("?")
    if "/" in text:
        first, last = (date.fromisoformat(part) for part in text.split("/"))
        return DateSpan(first, last, first.isoformat()[:7], written)
    parts = [int(part) for part in text.split("-")]
    first = date(*(*parts, 1, 1)[:3])
    last = first
    if len(parts) == 1:
        last = date(parts[0], 12, 31)
    elif len(parts) == 2:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return DateSpan(first, last, text, written)


def length(text: str) -> Duration:
    """`180`, `about 180`, `>450`, `<60`."""
    number = float(re.sub(r"[^0-9.]", "", text))
    if text.startswith("about"):
        return Duration(number, number * 5 / 6, number * 7 / 6, Qualifier.ABOUT, text)
    if text.startswith(">"):
        return Duration(number, number, None, Qualifier.MORE_THAN, text)
    if text.startswith("<"):
        return Duration(number, None, number, Qualifier.LESS_THAN, text)
    return Duration(number, number, number, Qualifier.EXACT, text)


def place(text: str, entities: dict[str, Entity]) -> str:
    """`venue, city, CC`, `city, CC` or `CC` → the most specific id; what it lies in is described."""
    *names, code = (part.strip() for part in text.split(","))
    within = f"country/{code.lower()}"
    entities[within] = Entity(EntityKind.COUNTRY, within, code, iso2=code)
    kinds = (EntityKind.CITY, EntityKind.VENUE)
    for kind, name in zip(kinds, reversed(names), strict=False):
        key = f"{kind}/{slug(name)}-{slug(within.partition('/')[2])}"
        entities[key] = Entity(kind, key, name, within=within)
        within = key
    return within


@dataclass(frozen=True, slots=True)
class Who:
    """A participant: entity id, party id, office."""

    id: str
    party: str
    role: str | None
    text: str


def who(text: str, entities: dict[str, Entity]) -> Who:
    name, _, rest = text.partition("@")
    code, _, role = rest.partition(" ")
    name, role = name.strip(), role.strip()
    kind = EntityKind.COUNTRY if len(code) == 2 and code not in _STATES else EntityKind.PARTY
    party = f"{kind}/{code.lower()}"
    entities[party] = Entity(kind, party, code, iso2=code if kind is EntityKind.COUNTRY else None)
    if name in {"~", "*"}:
        words = role if name == "*" else f"{code} {role}"
        key = f"delegation/{slug(words if code.lower() in words.lower() else f'{code} {words}')}"
        entities[key] = Entity(EntityKind.DELEGATION, key, words)
        return Who(key, party, role if name == "~" else None, words)
    key = f"person/{slug(name)}"
    entities[key] = Entity(EntityKind.PERSON, key, name)
    return Who(key, party, role or None, name)


# --- mentions and articles --------------------------------------------------------------------


class _Sayer:
    def __init__(self, mention: str, sentence: str) -> None:
        self.mention = mention
        self.evidence = Evidence(sentence, 0, len(sentence))
        self.claims: list[Claim] = []

    def say(self, prop: str, value: ClaimValue, text: str, **more: Any) -> None:
        digest = sha256(f"{prop}|{value!r}".encode()).hexdigest()[:10]
        more.setdefault("confidence", 0.9)
        claim = Claim(
            f"{self.mention}/{prop}-{digest}", self.mention, prop, value, text, self.evidence, **more
        )
        if all(known.id != claim.id for known in self.claims):
            self.claims.append(claim)


def mention(id_: str, record: Mapping[str, Any], entities: dict[str, Entity]) -> EventMention:
    """A mention from a record as in `groups/*.yaml`."""
    kind = EventKind.VISIT if "visit" in record else EventKind.MEETING
    sayer = _Sayer(id_, str(record.get("text", "They met.")))
    seats = [record["visit"]] if kind is EventKind.VISIT else record["who"]
    for text in seats:
        seat = who(text, entities)
        prop = "visitor" if kind is EventKind.VISIT else "participant"
        sayer.say(prop, EntityRef(seat.id), seat.text, role=seat.role, party=seat.party)
    sayer.say("status", Status(record.get("status", "held")), "said")
    if "mode" in record:
        sayer.say("mode", Mode(record["mode"]), record["mode"])
    if "place" in record:
        prop = "destination" if kind is EventKind.VISIT else "place"
        sayer.say(prop, EntityRef(place(record["place"], entities)), record["place"])
    _say_times(sayer, record)
    for topic in record.get("topics", ()):
        sayer.say("topicText", topic, topic)
    return EventMention(
        id_,
        kind,
        tuple(sayer.claims),
        bool(record.get("background")),
        holds=tuple(f"{id_.rpartition('/')[0]}/{key}" for key in record.get("holds", ())),
    )


def _say_times(sayer: _Sayer, record: Mapping[str, Any]) -> None:
    if "date" in record:
        text = str(record["date"])
        basis = Basis.INFERRED if text.endswith("?") else Basis.STATED
        sayer.say("date", span(text), text, basis=basis)
    if "at" in record:
        day = date.fromisoformat(str(record["date"]).rstrip("?"))
        hour, minute = map(int, record["at"].split(":"))
        # the clock of the place, as articles tell it
        start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
        sayer.say("start", start, record["at"])
    if "until" in record:
        sayer.say("endDate", span(str(record["until"])), str(record["until"]))
    if "long" in record:
        sayer.say("minutes", length(str(record["long"])), str(record["long"]))


def witness(
    article: str,
    tells: Iterable[Mapping[str, Any]],
    published: date | str | None = None,
    signature: tuple[int, ...] = (),
) -> Witness:
    """An article that tells what the records say; mentions are called m1, m2, …"""
    entities: dict[str, Entity] = {}
    path = f"article/{article}-{sha256(article.encode()).hexdigest()[:8]}"
    mentions = tuple(mention(f"{path}/m{n}", record, entities) for n, record in enumerate(tells, start=1))
    if isinstance(published, str):
        published = date.fromisoformat(published)
    return Witness(
        article=path,
        sha256=sha256(article.encode()).hexdigest(),
        source=f"{article}.txt",
        extractor="by-hand/1",
        mentions=mentions,
        entities=entities,
        published=published,
        signature=signature,
    )


def text_signature(seed: str, changed: int = 0, numbers: int = 128) -> tuple[int, ...]:
    """A MinHash as of a text called `seed`, of which `changed` of `numbers` shares were edited."""
    whole = Random(seed)  # noqa: S311 (data for tests)
    values = [whole.getrandbits(32) for _ in range(numbers)]
    for i in range(changed):
        values[(i * 37) % numbers] = Random(f"{seed}{i}{changed}").getrandbits(32)  # noqa: S311
    return tuple(values)


# --- the labelled groups ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labelled:
    """Articles with the true event of each mention."""

    name: str
    trap: str
    witnesses: tuple[Witness, ...]
    truth: Mapping[str, str]
    """Mention id → name of the true event."""


def labelled(path: Path) -> Iterator[Labelled]:
    """The groups of one file."""
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        found: list[Witness] = []
        truth: dict[str, str] = {}
        for n, article in enumerate(group["articles"], start=1):
            name = f"{group['group']}-{n}"
            copied = article.get("copy")
            seed = f"{group['group']}/{copied}" if copied else name
            told = witness(name, article["tells"], article.get("published"), text_signature(seed, 4 * n))
            found.append(told)
            for record, one in zip(article["tells"], told.mentions, strict=True):
                truth[one.id] = f"{group['group']}/{record['is']}"
        yield Labelled(group["group"], group["trap"], tuple(found), truth)


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of mentions: in one event by truth and by fusion."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pair_score(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Pairwise figures by counting cells of the contingency table, in linear time."""

    def pairs(keys: Iterable[object]) -> int:
        counts: dict[object, int] = {}
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs((truth[m], found[m]) for m in truth)
    return Score(right, pairs(found[m] for m in truth) - right, pairs(truth.values()) - right)
