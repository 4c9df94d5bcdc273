"""Visits: who travels where, when, and whether it happened; only where a visit, trip or arrival is stated.

Own rules, no model: words of travel with a place behind them, the traveller among the actors of the
sentence (never somebody who is at home there), status from the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.scene import Scene
from kg.extract.text import Layout, evidence
from kg.extract.world import World
from kg.model import (
    Basis,
    BlockKind,
    DateSpan,
    Evidence,
    MeetingMention,
    ParticipantKind,
    ParticipantMention,
    Sourced,
    Status,
    VisitMention,
)
from kg.times.dates import date_at, find_dates

__all__ = ["visits_of"]

_WORDS = r"(?:[\w'’-]+[ ,]+){0,4}?"
_CUE = re.compile(
    r"\b(?:(?P<direct>visit(?:s|ed|ing)?|toured|tours)(?=\s+(?:the\s+(?:\w+\s+capital,?\s+)?)?[A-ZÀ-Ž])|"
    rf"(?P<noun>visits?|trip|tour|journey|stay|stopover|mission|voyage|stop)(?:,? {_WORDS})?? ?(?:to|in|"
    rf"of|through)|"
    r"(?P<verb>arriv(?:e|ed|es|ing)|land(?:ed|s|ing)?|touch(?:ed|es)? down|flew|fl(?:y|ies|ying|own)|"
    r"travel(?:s|led|ed|ling|ing)?|heads?|headed|heading|set (?:out|off)|sets (?:out|off)|left|leaves?|"
    r"departed|"
    r"departs?|departing|drove|drives?|went|goes|go|came|come|comes|returns?|returned|continu(?:e|es|ed|ing)|"
    r"moves? on|is due|are due|expected|stops?|stopped)"
    rf"(?: {_WORDS})?? ?(?:in|at|to|for|into))\s+(?:the\s+)?(?:\w+\s+capital,?\s+)?"
)
_ON_TRIP = re.compile(
    r"\b(?:day|leg|stage|start|end|part|stop) of (?:a|an|the|his|her|their|\w+['’]s) (?:[\w-]+ ){0,2}?"
    r"(?:trip|visit|tour|journey|stay)\b(?! (?:to|in|of|through)\b)"
)
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|was to|due|plans?|planned|planning|intends?|scheduled|expected|agreed|"
    r"accepted|invit\w+|next|upcoming|"
    r"later this|tomorrow|set to|about to|forthcoming|to visit|flies|heads|sets out|sets off|leaves)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|possib\w+|considering|hopes? to|wants? to|would like)\b", re.IGNORECASE
)
_CANCELLED = re.compile(
    r"\b(?:cancel\w*|called off|calls off|scrapped|dropped|will not|won't|struck from|abandon\w+|was off|"
    r"stands cancelled)\b",
    re.IGNORECASE,
)
_POSTPONED = re.compile(r"\b(?:postpon\w+|put off|put back|deferred|delayed|rescheduled)\b", re.IGNORECASE)
_WEAK_VERBS = re.compile(
    r"came|come|comes|go|goes|went|left|leaves?|returns?|returned|expected|continu\w+|stops?|stopped|"
    r"stop|mission|moves? on",
    re.IGNORECASE,
)
_LONGEST_STAY = 10
"""Days between a visit's meeting and its stated day at most: a longer gap is another visit."""
_TOOK_PLACE = frozenset((Status.HELD, Status.ONGOING))
_SKIPPED = frozenset((BlockKind.BOILERPLATE, BlockKind.BYLINE))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    city: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One mention of a visit."""

    actor: int
    place: _Place
    sentence: int
    start: int
    status: Status


def visits_of(
    scene: Scene, people: Mapping[int, ParticipantMention], meetings: Sequence[MeetingMention]
) -> tuple[VisitMention, ...]:
    """Visits by the actors in `people`; those of one traveller to one country are one visit."""
    found = sorted([*_sightings(scene, people), *_implied(scene, people, meetings)], key=lambda s: s.start)
    grouped: dict[tuple[int, str], list[_Sighting]] = {}
    for sighting in found:
        grouped.setdefault((sighting.actor, sighting.place.country or ""), []).append(sighting)
    made = [
        _visit(scene, people[actor], country, sightings, meetings)
        for (actor, country), sightings in sorted(grouped.items(), key=lambda g: g[1][0].start)
    ]
    return tuple(replace(visit, key=f"v{n}") for n, visit in enumerate(made, start=1))


def _sightings(scene: Scene, people: Mapping[int, ParticipantMention]) -> Iterator[_Sighting]:
    page, text = scene.page, scene.text
    owners = _owners(scene, people)
    for cue in _CUE.finditer(text):
        if page.kind(cue.start()) in _SKIPPED:
            continue
        index = page.sentence(cue.start())
        low, high = page.bounds(index)
        place = _place(text, cue.end(), min(high, cue.end() + 60), scene.world)
        if place is None or place.country is None or cue.end() > high:
            continue
        if _WEAK_VERBS.fullmatch(cue["verb"] or cue["noun"] or "") and not place.city:
            continue
        actor = _traveller(owners, cue.start(), (low, high), place, people)
        if actor is not None:
            yield _Sighting(actor, place, index, cue.start(), _status(text, low, cue, high))


def _implied(
    scene: Scene, people: Mapping[int, ParticipantMention], meetings: Sequence[MeetingMention]
) -> Iterator[_Sighting]:
    """A trip without a destination beside it: it led to where its sentence has the traveller meet a host."""
    for cue in _ON_TRIP.finditer(scene.text):
        index = scene.page.sentence(cue.start())
        if scene.page.kind(cue.start()) in _SKIPPED:
            continue
        for meeting in meetings:
            here = any(scene.page.sentence(e.start) == index for e in meeting.evidence)
            city, country = meeting.city, meeting.country
            if not here or not city or not country or meeting.status.value not in _TOOK_PLACE:
                continue
            sides = {who.name: who.represents.value for who in meeting.participants if who.represents}
            if country.value not in sides.values():
                continue
            place = _Place(city.evidence.start, city.evidence.end, city.value, country.value)
            for k, who in people.items():
                if sides.get(who.name, country.value) != country.value:
                    yield _Sighting(k, place, index, cue.start(), Status.HELD)
            break


def _owners(scene: Scene, people: Mapping[int, ParticipantMention]) -> list[tuple[int, int]]:
    """Where each actor stands: its marks, and its names wherever else they are written."""
    actors = scene.cast.actors
    places = {
        (scene.reading.spans[s].start, k) for k in people if actors[k].party is None for s in actors[k].spans
    }
    names = {
        form: k
        for k, who in people.items()
        if who.kind is ParticipantKind.PERSON
        for form in (who.name, *who.aliases)
        if len(form) > 1 and form[0].isupper()
    }
    if names:
        longest = sorted(map(re.escape, names), key=lambda form: (-len(form), form))
        for match in re.finditer(rf"\b(?:{'|'.join(longest)})\b", scene.text):
            places.add((match.start(), names[match.group()]))
    return sorted(places)


def _place(text: str, start: int, stop: int, world: World) -> _Place | None:
    """The place that begins right at `start`: a country, or a city that the gazetteer knows."""
    words = [w for w in world.scan(text, start, stop) if w.start <= start + 4]
    if words and words[0].how in ("name", "capital") and not words[0].possessive:
        word = words[0]
        is_city = word.how == "capital"
        name = text[word.start : word.end]
        return _Place(
            word.start, word.end, name if is_city else None, word.code if len(word.code) == 2 else None
        )
    match = re.compile(r"[A-ZÀ-Ž][\w'’-]+(?: (?:[A-ZÀ-Ž][\w'’-]+|de|el|al|la))*").match(text, start, stop)
    if not match:
        return None
    for size in range(len(match.group().split(" ")), 0, -1):
        name = " ".join(match.group().split(" ")[:size])
        hit = world.country_of_city(name)
        if hit:
            return _Place(start, start + len(name), name, hit[0])
    return None


def _traveller(
    owners: Sequence[tuple[int, int]],
    cue: int,
    bounds: tuple[int, int],
    place: _Place,
    people: Mapping[int, ParticipantMention],
) -> int | None:
    """The actor named last before the words of travel, else first after them, who is not at home there."""

    def foreign(actor: int) -> bool:
        party = people[actor].represents
        return party is None or party.value != place.country

    before = [k for at, k in owners if bounds[0] <= at < cue and foreign(k)]
    after = [k for at, k in owners if cue < at < bounds[1] and foreign(k)]
    known = [k for k in before if people[k].represents]
    if known or before:
        return (known or before)[-1]
    return after[0] if after else None


def _status(text: str, low: int, cue: re.Match[str], high: int) -> Status:
    near = text[max(low, cue.start() - 60) : min(high, cue.end() + 50)]
    if _POSTPONED.search(near):
        return Status.POSTPONED
    if _CANCELLED.search(near):
        return Status.CANCELLED
    before = text[max(low, cue.start() - 50) : cue.end()]
    if _POSSIBLE.search(before):
        return Status.POSSIBLE
    past = re.search(
        r"\b(?:arrived|landed|flew|travelled|traveled|visited|toured|went|came|touched down)\b", cue.group()
    )
    return Status.PLANNED if _FUTURE.search(before) and not past else Status.HELD


def _visit(
    scene: Scene,
    who: ParticipantMention,
    country: str,
    sightings: Sequence[_Sighting],
    meetings: Sequence[MeetingMention],
) -> VisitMention:
    page = scene.page
    states = [s.status for s in sightings]
    order = (Status.HELD, Status.POSTPONED, Status.CANCELLED, Status.PLANNED, Status.POSSIBLE)
    status = next(s for s in order if s in states)
    first = next(s for s in sightings if s.status is status)
    quotes = tuple(page.quote(n) for n in sorted({s.sentence for s in sightings}))
    inside = [
        m
        for m in meetings
        if m.country
        and m.country.value == country
        and not m.background
        and m.status.value in _TOOK_PLACE
        and any(p.name == who.name for p in m.participants)
    ]
    city = next((s for s in sightings if s.place.city), None)
    words = page.article.text
    return VisitMention(
        key="v",
        visitor=who,
        status=Sourced(status, page.quote(first.sentence), 0.7),
        evidence=quotes,
        country=Sourced(
            country, _words(page, first.place), 0.8, Basis.GAZETTEER if first.place.city else Basis.STATED
        ),
        city=Sourced(_city_name(words[city.place.start : city.place.end]), _words(page, city.place), 0.8)
        if city
        else None,
        date=_date(scene, sightings, status, inside),
        meetings=tuple(m.key for m in inside) if status in _TOOK_PLACE else (),
        confidence=0.7,
    )


def _city_name(words: str) -> str:
    """A dateline's capitals as a name is written."""
    return words.title() if words.isupper() and len(words) > 3 else words


def _words(page: Layout, place: _Place) -> Evidence:
    return evidence(page.article, place.start, place.end)


def _date(
    scene: Scene, sightings: Sequence[_Sighting], status: Status, inside: Sequence[MeetingMention]
) -> Sourced[DateSpan] | None:
    """The first day: beside the words of travel, or of a meeting on it that is earlier."""
    days = (
        [m.date for m in inside if m.date and len(m.date.value.edtf) == 10] if status in _TOOK_PLACE else []
    )
    told = _told_date(scene, sightings, status)
    if told:
        days.append(told)
    if not days:
        return None
    first = min(days, key=lambda d: (d.value.earliest, d.value.latest))
    if told and first is not told and (told.value.earliest - first.value.earliest).days > _LONGEST_STAY:
        return told
    return first if first is told else replace(first, confidence=first.confidence * 0.6, basis=Basis.INFERRED)


def _told_date(scene: Scene, sightings: Sequence[_Sighting], status: Status) -> Sourced[DateSpan] | None:
    tense = "past" if status in _TOOK_PLACE else "future"
    day = scene.anchor.day
    for s in sightings:
        if s.status is not status:
            continue
        high = min(scene.page.bounds(s.sentence)[1], s.place.end + 45)
        for start, end, _ in find_dates(scene.text[s.start : high], anchor=day):
            words = evidence(scene.page.article, s.start + start, s.start + end)
            found = date_at(scene.text, words.start, words.end, anchor=day, tense=tense)
            if found:
                return Sourced(found, words, 0.6, Basis.INFERRED)
    return None
