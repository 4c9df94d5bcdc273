"""Did it happen? A status is a story: each chapter is kept, and the last one is believed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kg.fuse.reading import Told
from kg.model import Status

__all__ = ["history", "settle_status"]

_AHEAD = frozenset((Status.PLANNED, Status.POSSIBLE))
_DONE = frozenset((Status.HELD, Status.ONGOING))
_CALLED_OFF = frozenset((Status.CANCELLED, Status.POSTPONED))

_CHAPTER = {
    Status.POSSIBLE: 0,
    Status.PLANNED: 1,
    Status.POSTPONED: 2,
    Status.CANCELLED: 3,
    Status.ONGOING: 4,
    Status.HELD: 5,
    Status.DENIED: 6,
}
"""The order of what is told on one day."""


def history(told: Iterable[Told]) -> tuple[tuple[date | None, Status, str], ...]:
    """(day told, status, claim id) in time order; what has no day stands first."""
    rows = [
        (item.day, _CHAPTER[item.claim.value], item.claim.id, item.claim.value)
        for item in told
        if isinstance(item.claim.value, Status)
    ]
    return tuple(
        (date.fromordinal(day) if day else None, status, claim) for day, _, claim, status in sorted(rows)
    )


def settle_status(told: Sequence[Told]) -> tuple[tuple[object, ...], bool]:
    """The key of the status that stands, and whether voices contradict each other.

    Plans that were carried out, or called off, are no contradiction; held against denied,
    or against called off, is.
    """
    voices: dict[Status, set[str]] = {}
    last: dict[Status, int] = {}
    surest: dict[Status, float] = {}
    for item in told:
        status = item.claim.value
        if isinstance(status, Status):
            voices.setdefault(status, set()).add(item.voice)
            last[status] = max(last.get(status, 0), item.day)
            surest[status] = max(surest.get(status, 0.0), item.claim.confidence)
    winner = max(
        _candidates(voices, last),
        key=lambda s: (len(voices[s]), last[s], surest[s], _CHAPTER[s]),
    )
    return (Status.__name__, str(winner)), _disputed(voices)


def _candidates(voices: dict[Status, set[str]], last: dict[Status, int]) -> list[Status]:
    """What is left when each chapter has closed those before it."""
    told = set(voices)
    if told - _AHEAD:
        told -= _AHEAD
    elif len({last[status] for status in told}) > 1:
        return [max(told, key=lambda status: last[status])]
    if Status.HELD in told:
        told.discard(Status.ONGOING)
    done = told & _DONE
    off = told & _CALLED_OFF
    if done and off:
        later = max(last[s] for s in done), max(last[s] for s in off)
        if later[0] != later[1]:
            told -= off if later[0] > later[1] else done
    elif len(off) == 2 and last[Status.CANCELLED] != last[Status.POSTPONED]:
        told.discard(min(off, key=lambda status: last[status]))
    if Status.DENIED in told and done & told:
        held = set().union(*(voices[s] for s in done & told))
        told = {Status.DENIED} if len(voices[Status.DENIED]) > len(held) else told - {Status.DENIED}
    return sorted(told)


def _disputed(voices: dict[Status, set[str]]) -> bool:
    done = set().union(*(voices.get(s, set()) for s in _DONE))
    off = set().union(*(voices.get(s, set()) for s in _CALLED_OFF))
    denied = voices.get(Status.DENIED, set())
    told = done | off | set().union(*(voices.get(s, set()) for s in _AHEAD))
    return bool((done and off and len(done | off) > 1) or (denied and told and len(denied | told) > 1))
