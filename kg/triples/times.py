"""When a fused event took or takes place: two bounds always, a day only when it is known.

An event that no article dates has bounds that follow from the telling alone: what was told
as held on some day had begun by then, what was told as still to come had not. One day is
allowed on either side, for publication days and meeting days may lie in different time
zones. Where nothing follows, the bound is the first or the last day that a calendar
with four-digit years has: true of every event, and no guess. Such an event has no
`dm:edtf` and no `dm:dateText`, which is how a query leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import DateSpan, EventKind, FusedEvent, Status
from kg.triples.choose import dates, status

__all__ = ["NO_EARLIEST", "NO_LATEST", "When", "when"]

NO_EARLIEST = date.min
"""0001-01-01: nothing bounds the event from below."""

NO_LATEST = date.max
"""9999-12-31: nothing bounds the event from above."""

_ZONES = timedelta(days=1)
_BEGUN = frozenset({Status.HELD, Status.ONGOING})
_TO_COME = frozenset({Status.PLANNED, Status.POSSIBLE})


@dataclass(frozen=True, slots=True)
class When:
    """Bounds of an event's day, and what is known beyond them."""

    earliest: date
    latest: date
    edtf: str | None = None
    text: str | None = None
    day: date | None = None
    """The first day, when it is known."""
    last_day: date | None = None
    """A visit's last day, when it is known."""


def when(event: FusedEvent) -> When:
    """The bounds of an event from its accepted claims, or else from when it was told."""
    span = dates(c for c in event.accepted if c.property == "date")
    last = dates(c for c in event.accepted if c.property == "endDate")
    if span is None:
        earliest, latest = _from_the_telling(event)
        if last is not None and event.kind is EventKind.VISIT:
            latest = last.latest
            earliest = min(earliest, latest)
        return When(earliest, latest, last_day=_known(last))
    latest = max(span.latest, last.latest) if last else span.latest
    return When(span.earliest, latest, span.edtf, span.text, _known(span), _known(last))


def _known(span: DateSpan | None) -> date | None:
    return span.earliest if span and span.earliest == span.latest else None


def _from_the_telling(event: FusedEvent) -> tuple[date, date]:
    """Bounds of an undated event; only tellings that agree with the accepted status count."""
    begun = [told for told, status_, _ in event.history if told and status_ in _BEGUN]
    coming = [told for told, status_, _ in event.history if told and status_ in _TO_COME]
    outcome = status(event)
    earliest, latest = NO_EARLIEST, NO_LATEST
    if coming and outcome in _BEGUN | _TO_COME:
        earliest = max(coming) - _ZONES
    if begun and outcome in _BEGUN:
        latest = min(begun) + _ZONES
    return (NO_EARLIEST, latest) if earliest > latest else (earliest, latest)
