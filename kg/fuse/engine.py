"""Fusion of a whole corpus, and of what a change touches: the same function of the same claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from kg.fuse.block import lookup_keys, slug_key, stored_keys, trip_keys, trip_lookups
from kg.fuse.cluster import components, connected
from kg.fuse.events import Solved, solve
from kg.fuse.profile import Profile, profiles
from kg.fuse.thresholds import RULES, Rules
from kg.fuse.trips import link
from kg.model import EventKind, FusedEvent, Witness

__all__ = ["Lookup", "Update", "fuse", "update"]

Lookup = Callable[[frozenset[str]], Iterable[Witness]]
"""Block keys → every article that is indexed under one of them (`kg.fuse.block_keys`)."""

Run = Callable[..., Iterable[tuple[Solved, ...]]]
"""`map`, or the `map` of a pool."""


@dataclass(frozen=True, slots=True)
class Update:
    """What a change does to the facts."""

    stale: frozenset[str]
    """Ids of mentions: every event that holds one of them is to be taken out."""
    events: tuple[FusedEvent, ...]
    """What comes in their place, sorted by id."""


def fuse(witnesses: Iterable[Witness], *, rules: Rules = RULES, run: Run = map) -> tuple[FusedEvent, ...]:
    """Every meeting and visit that the articles tell of, sorted by id.

    The result depends on the set of witnesses only. `run` may be the `map` of a pool:
    components are independent of each other.
    """
    found = [p for witness in _distinct(witnesses) for p in profiles(witness, rules)]
    visits = _solved((p for p in found if p.shape.kind is EventKind.VISIT), rules, run)
    meetings = _solved((p for p in found if p.shape.kind is EventKind.MEETING), rules, run)
    events = [visit.event for visit in visits]
    events += link(meetings, visits, rules)
    return tuple(sorted(events, key=lambda event: event.id))


def _distinct(witnesses: Iterable[Witness]) -> Iterator[Witness]:
    """One testimony an article, whichever way they came."""
    found: dict[str, Witness] = {}
    for witness in witnesses:
        known = found.get(witness.article)
        if known is None or (known != witness and repr(known) < repr(witness)):
            found[witness.article] = witness
    return (found[article] for article in sorted(found))


def _solved(found: Iterable[Profile], rules: Rules, run: Run) -> list[Solved]:
    parts = components(list(found), rules)
    return [solved for group in run(partial(solve, rules=rules), parts) for solved in group]


# --- what a change touches --------------------------------------------------------------------


def update(
    removed: Iterable[Witness], added: Iterable[Witness], neighbours: Lookup, *, rules: Rules = RULES
) -> Update:
    """The facts to replace when articles go and come; an article read again does both.

    `neighbours` may look into the store before or after the change: the articles of `removed`
    and `added` are taken from there only. The facts after the update equal those
    of `fuse` over all articles that are left.
    """
    gone, fresh = list(_distinct(removed)), list(_distinct(added))
    near = _Neighbourhood(gone, fresh, neighbours, rules)
    before = [p for witness in gone for p in profiles(witness, rules)]
    after = [p for witness in fresh for p in profiles(witness, rules)]
    dirty_visits = near.close(_of(EventKind.VISIT, after), _of(EventKind.VISIT, before))
    held = near.held_by([*dirty_visits, *_of(EventKind.VISIT, before)])
    dirty_meetings = near.close([*_of(EventKind.MEETING, after), *held], _of(EventKind.MEETING, before))
    holding = near.close([*dirty_visits, *near.holding(dirty_meetings)], ())
    visits = _solved(holding, rules, map)
    meetings = _solved(dirty_meetings, rules, map)
    touched = {p.id for p in dirty_visits}
    events = [visit.event for visit in visits if touched & set(visit.event.mentions)]
    events += link(meetings, visits, rules)
    stale = touched | {p.id for p in (*dirty_meetings, *before, *after)}
    return Update(frozenset(stale), tuple(sorted(events, key=lambda event: event.id)))


def _of(kind: EventKind, found: Iterable[Profile]) -> list[Profile]:
    return [profile for profile in found if profile.shape.kind is kind]


class _Neighbourhood:
    """What has been seen of the corpus: articles are loaded as keys lead to them, once each."""

    def __init__(
        self, gone: Iterable[Witness], fresh: Iterable[Witness], neighbours: Lookup, rules: Rules
    ) -> None:
        self._neighbours = neighbours
        self._rules = rules
        self._articles: dict[str, tuple[Profile, ...]] = {witness.article: () for witness in gone}
        self._asked: set[str] = set()
        self._index: dict[str, dict[str, Profile]] = {}
        for witness in fresh:
            self._load(witness)

    def _load(self, witness: Witness) -> None:
        self._articles[witness.article] = profiles(witness, self._rules)
        for profile in self._articles[witness.article]:
            for key in (*stored_keys(profile), *trip_keys(profile), slug_key(profile)):
                if key:
                    self._index.setdefault(key, {})[profile.id] = profile

    def _ask(self, keys: Iterable[str]) -> None:
        wanted = frozenset(keys) - self._asked
        if not wanted:
            return
        self._asked |= wanted
        for witness in self._neighbours(wanted):
            if witness.article not in self._articles:
                self._load(witness)

    def _at(self, keys: Iterable[str]) -> dict[str, Profile]:
        return {id_: profile for key in keys for id_, profile in self._index.get(key, {}).items()}

    def close(self, seeds: Iterable[Profile], ghosts: Iterable[Profile]) -> list[Profile]:
        """The whole components of `seeds`, and of what `ghosts` (no longer there) held together."""
        found = {seed.id: seed for seed in seeds}
        front: list[Profile] = [*found.values(), *ghosts]
        while front:
            # by place, not by id: a mention and what it was before it was read again share theirs
            keys = [self._keys(profile) for profile in front]
            self._ask(key for wanted in keys for key in wanted)
            reached: dict[str, Profile] = {}
            for profile, wanted in zip(front, keys, strict=True):
                for id_, other in self._at(wanted).items():
                    if id_ not in found and id_ not in reached and connected(profile, other, self._rules):
                        reached[id_] = other
            found.update(reached)
            front = list(reached.values())
        return [found[id_] for id_ in sorted(found)]

    def _keys(self, profile: Profile) -> set[str]:
        keys = set(lookup_keys(profile, self._rules))
        if slug := slug_key(profile):
            keys.add(slug)
        return keys

    def held_by(self, visits: Iterable[Profile]) -> list[Profile]:
        """Meetings that may lie within `visits`."""
        visits = list(visits)
        said = {mention for visit in visits for mention in visit.mention.holds}
        beside = [p for visit in visits for p in self._articles.get(visit.article, ())]
        here = [p for p in _of(EventKind.MEETING, beside) if p.id in said]
        keys = {key for visit in visits for key in trip_lookups(visit, self._rules)}
        self._ask(keys)
        return [*here, *self._at(keys).values()]

    def holding(self, meetings: Iterable[Profile]) -> list[Profile]:
        """Visits that may hold `meetings`."""
        meetings = list(meetings)
        ids = {meeting.id for meeting in meetings}
        articles = {meeting.article for meeting in meetings}
        beside = [p for article in sorted(articles) for p in self._articles.get(article, ())]
        here = [p for p in _of(EventKind.VISIT, beside) if ids & set(p.mention.holds)]
        keys = {key for meeting in meetings for key in trip_lookups(meeting, self._rules)}
        self._ask(keys)
        return [*here, *self._at(keys).values()]
