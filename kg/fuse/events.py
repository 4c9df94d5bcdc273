"""From a component to its events: values decided, statuses told in order, names given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kg.fuse.cluster import clusters
from kg.fuse.copies import copy_groups
from kg.fuse.history import history
from kg.fuse.people import covered
from kg.fuse.profile import Profile, profiles
from kg.fuse.reading import Told
from kg.fuse.thresholds import RULES, Rules
from kg.fuse.values import settle
from kg.model import Claim, DateSpan, FusedEvent, Witness

__all__ = ["Solved", "retell", "solve"]


@dataclass(frozen=True, slots=True)
class Solved:
    """An event with the mentions that it was made from, sorted by id."""

    event: FusedEvent
    members: tuple[Profile, ...]


def solve(component: Sequence[Profile], rules: Rules) -> tuple[Solved, ...]:
    """The events of one component, named; nothing outside it plays a part."""
    drafts = [_draft(members, rules) for members in clusters(component, rules)]
    rivals: dict[str, list[Solved]] = {}
    for draft in drafts:
        rivals.setdefault(draft.event.id, []).append(draft)
    return tuple(named for slug in sorted(rivals) for named in _named(rivals[slug]))


def retell(
    event_id: str, mentions: Iterable[str], witnesses: Iterable[Witness], *, rules: Rules = RULES
) -> FusedEvent:
    """An event as fusion made it, from its id, its mentions and their articles.

    For those who hold the facts and want the decisions behind them. `part_of` is left empty.
    Raises `LookupError` when an article of a mention is missing.
    """
    wanted = frozenset(mentions)
    members = sorted(
        (p for w in witnesses for p in profiles(w, rules) if p.id in wanted), key=lambda profile: profile.id
    )
    if missing := wanted - {member.id for member in members}:
        raise LookupError(f"no article tells {min(missing)}")
    return replace(_draft(tuple(members), rules).event, id=event_id)


def _draft(members: tuple[Profile, ...], rules: Rules) -> Solved:
    """The event with its wished-for name."""
    signatures = {m.article: m.signature for m in members}
    copies = copy_groups(signatures, rules)
    voice = {article: group[0] for group in copies for article in group}
    told = [
        Told(
            claim,
            member.article,
            voice.get(member.article, member.article),
            member.published.toordinal() if member.published else 0,
        )
        for member in members
        for claim in member.mention.claims
    ]
    within = {place: steps for member in reversed(members) for place, steps in member.within.items()}
    settled = settle(told, within)
    spare = covered(members)
    kept = tuple(claim for claim in settled.accepted if claim.id not in spare)
    lost = tuple(claim for claim in settled.accepted if claim.id in spare)
    event = FusedEvent(
        id=f"{members[0].shape.kind}/{_slug(members, kept)}",
        kind=members[0].shape.kind,
        mentions=tuple(member.id for member in members),
        accepted=kept,
        rejected=(*lost, *settled.rejected),
        disputed=settled.disputed,
        history=history(item for item in told if item.claim.property == "status"),
        reported_by=tuple(sorted(signatures)),
        copies=copies,
    )
    return Solved(event, members)


# --- names -----------------------------------------------------------------------------------


def _slug(members: Sequence[Profile], accepted: Iterable[Claim]) -> str:
    """The wish of the mentions that have the accepted date: most persons, then most votes."""
    span = next((c.value for c in accepted if c.property == "date" and isinstance(c.value, DateSpan)), None)
    edtf = span.edtf if span else ""
    voters = [member for member in members if member.edtf == edtf] or list(members)
    votes: dict[str, int] = {}
    persons: dict[str, int] = {}
    for member in voters:
        votes[member.slug] = votes.get(member.slug, 0) + 1
        persons[member.slug] = min(2, sum(seat.named for seat in member.shape.seats))
    return min(votes, key=lambda slug: (-persons[slug], -votes[slug], slug))


def _named(rivals: Sequence[Solved]) -> Iterable[Solved]:
    """The event told of first keeps the plain name; the others, and all without a month, get a mark.

    The mark is a hash of the event's first mention, so that no other event has a say in it.
    """
    order = sorted(rivals, key=lambda solved: _first(solved.members))
    for place, solved in enumerate(order):
        if place == 0 and _is_dated(solved):
            yield solved
        else:
            mark = sha256(_first(solved.members)[1].encode()).hexdigest()[:8]
            yield Solved(replace(solved.event, id=f"{solved.event.id}-{mark}"), solved.members)


def _first(members: Iterable[Profile]) -> tuple[int, str]:
    """When the event was first told of, and the mention that did."""
    return min((m.published.toordinal() if m.published else 10**7, m.id) for m in members)


def _is_dated(solved: Solved) -> bool:
    slug = solved.event.id.partition("/")[2]
    return any(member.slug == slug and len(member.edtf) in (7, 10) for member in solved.members)
