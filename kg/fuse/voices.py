"""Who says what of one event, in whose words, and why it is taken for the same event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.fuse.cluster import reprinted
from kg.fuse.profile import Profile, profiles
from kg.fuse.reason import Reason
from kg.fuse.same import Verdict, compare
from kg.fuse.thresholds import RULES, VETO, Rules
from kg.model import Claim, FusedEvent, Status, Witness

__all__ = ["Quarrel", "Statement", "Voice", "quarrels", "voices"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a voice and what became of it."""

    claim: Claim
    accepted: bool
    disputed: bool
    """Do voices contradict each other on this property?"""

    @property
    def sentence(self) -> str:
        """The words that the claim rests on."""
        return self.claim.evidence.text


@dataclass(frozen=True, slots=True)
class Voice:
    """One article's testimony of the event."""

    article: str
    mention: str
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None
    copy_of: str | None
    """The article that this one repeats; the two count as one voice."""
    status: Status | None
    statements: tuple[Statement, ...]
    sentences: tuple[str, ...]
    """The sentences it rests on, in text order, each once."""
    like: str | None
    """The mention of another article that it is most like; None when it stands alone."""
    points: int
    """Points of that likeness; `Rules.same` make one event."""
    reasons: tuple[Reason, ...]
    """What speaks for and against the two being one event."""


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A property on which voices contradict each other."""

    property: str
    sides: tuple[tuple[str, bool, tuple[str, ...]], ...]
    """Wording, whether accepted, articles; the accepted first."""


def voices(event: FusedEvent, witnesses: Iterable[Witness], *, rules: Rules = RULES) -> tuple[Voice, ...]:
    """Every article's testimony of `event`, in the order in which they were published.

    `witnesses` must hold the articles of `event.reported_by`; others are passed over.
    """
    mine = frozenset(event.mentions)
    told = {w.article: w for w in witnesses if w.article in set(event.reported_by)}
    members = [p for w in told.values() for p in profiles(w, rules) if p.id in mine]
    members.sort(key=lambda p: (p.published or date.max, p.id))
    first = {article: group[0] for group in event.copies for article in group[1:]}
    accepted = frozenset(claim.id for claim in event.accepted)
    return tuple(
        _voice(member, members, told[member.article], (event, accepted, first), rules) for member in members
    )


def _voice(
    member: Profile,
    members: Sequence[Profile],
    witness: Witness,
    context: tuple[FusedEvent, frozenset[str], dict[str, str]],
    rules: Rules,
) -> Voice:
    event, accepted, first = context
    verdicts = [(_verdict(member, other, rules), other.id) for other in members if other.id != member.id]
    best = min(verdicts, key=lambda pair: (-pair[0].points, pair[1]), default=None)
    claims = member.mention.claims
    evidence = {(c.evidence.start, c.evidence.end): c.evidence.text for c in claims}
    return Voice(
        article=witness.article,
        mention=member.id,
        title=witness.title,
        publisher=witness.publisher,
        url=witness.url,
        published=witness.published,
        copy_of=first.get(witness.article),
        status=next((c.value for c in claims if isinstance(c.value, Status)), None),
        statements=tuple(Statement(c, c.id in accepted, c.property in event.disputed) for c in claims),
        sentences=tuple(dict.fromkeys(evidence[span] for span in sorted(evidence))),
        like=best[1] if best else None,
        points=best[0].points if best else 0,
        reasons=best[0].reasons if best else (),
    )


def _verdict(one: Profile, other: Profile, rules: Rules) -> Verdict:
    verdict = compare(one.shape, other.shape, rules)
    if verdict.points <= VETO or verdict.same or not reprinted(one, other, rules):
        return verdict
    points = verdict.points + rules.reprint
    reason = Reason("told in copies of one text", rules.reprint)
    return Verdict(points, points >= rules.same, (*verdict.reasons, reason))


def quarrels(event: FusedEvent) -> tuple[Quarrel, ...]:
    """The disputed properties with every wording and who says it."""
    found = []
    for prop in event.disputed:
        sides: dict[tuple[str, bool], set[str]] = {}
        for claims, won in ((event.accepted, True), (event.rejected, False)):
            for claim in claims:
                if claim.property == prop:
                    sides.setdefault((claim.text, won), set()).add(claim.mention.rpartition("/")[0])
        ordered = sorted(sides.items(), key=lambda side: (not side[0][1], -len(side[1]), side[0][0]))
        found.append(Quarrel(prop, tuple((text, won, tuple(sorted(who))) for (text, won), who in ordered)))
    return tuple(found)
