"""How well a candidate fits a mention: pure features, each with a weight and a reason in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.gazetteer import Office, PersonHit
from kg.gazetteer.names import NameKind
from kg.gazetteer.persons import SNAPSHOT, alive
from kg.gazetteer.roles import role_classes

__all__ = ["MARGIN", "THRESHOLD", "Context", "Scored", "score"]

THRESHOLD = 0.65
"""A link needs at least this; below, no id rather than a wrong one."""
MARGIN = 0.12
"""And the runner-up must be weaker by this much."""

_NAME = {
    NameKind.FULL: 0.55,
    NameKind.SHORT: 0.48,
    NameKind.SURNAME: 0.25,
    NameKind.GIVEN: 0.1,
    NameKind.SOUND: 0.4,
}
_SERVES = 0.3
_SERVED = 0.18
_OTHER_COUNTRY = -0.35
_HOLDS = 0.35
_HELD = 0.15
_HELD_FORMER = 0.3
_NOT_HOLDER = -0.1
_SINGLE_WORD = {NameKind.FULL: 0.3, NameKind.SHORT: 0.28, NameKind.SOUND: 0.18}
_ALONE = {
    NameKind.FULL: 0.1,
    NameKind.SHORT: 0.1,
    NameKind.SURNAME: 0.12,
    NameKind.GIVEN: 0.0,
    NameKind.SOUND: 0.1,
}
_IN_TEXT = 0.12
_PROMINENT = 0.08
_WEIGHTY = 6
_LEADS = 0.15
# Offices that one person holds at a time, so that a holder on record excludes others.
_SINGLE = frozenset({"foreign-minister", "secretary-of-state", "head-of-government", "foreign-policy-chief"})
_LEADING = _SINGLE | {"head-of-state", "secretary-general"}


@dataclass(frozen=True, slots=True)
class Context:
    """What the article tells of a mention beyond its name."""

    party: str | None
    """Code of whom the person speaks for, where the text tells."""
    state: bool
    """True when that party is a state."""
    role: str
    former: bool
    day: date | None
    nearby: frozenset[str] = frozenset()
    """Countries that the text names."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score, 0–1, and why."""

    hit: PersonHit
    score: float
    reasons: tuple[str, ...]


def score(hit: PersonHit, kind: NameKind, context: Context, *, alone: bool, words: int = 2) -> Scored | None:
    """The candidate's score, or None when it cannot be the person (not of that time).

    `words`: how many the mention has; a surname that only sounds alike counts for less.
    """
    if context.day is not None and not alive(hit, context.day):
        return None
    base = _SINGLE_WORD.get(kind, _NAME[kind]) if words < 2 else _NAME[kind]
    total, reasons = base, [f"name: {hit.label} ({kind.name.lower()})"]
    for gain, reason in (
        _party(hit, context),
        _office(hit, context, whole=kind <= NameKind.SHORT or (kind is NameKind.SOUND and words > 1)),
        _alone(hit, kind, context, alone=alone and not (kind is NameKind.SOUND and words < 2)),
    ):
        total += gain
        if gain:
            reasons.append(f"{reason} {gain:+.2f}")
    return Scored(hit, max(0.0, min(1.0, round(total, 4))), tuple(reasons))


def _party(hit: PersonHit, context: Context) -> tuple[float, str]:
    """Has the candidate an office for that party, on that day or ever?"""
    if context.party is None:
        near = {o.country for o in hit.offices} & context.nearby
        return (_IN_TEXT, f"country in the text: {min(near)}") if near else (0.0, "")
    own = [o for o in hit.offices if o.country == context.party]
    if not own:
        return (_OTHER_COUNTRY, f"no office for {context.party}") if context.state else (0.0, "")
    if context.day is not None and any(o.on(context.day) for o in own):
        return _SERVES, f"in office for {context.party} on {context.day}"
    return _SERVED, f"has served {context.party}"


def _office(hit: PersonHit, context: Context, *, whole: bool) -> tuple[float, str]:
    """Does the candidate hold, or has held, the office in the text? `whole`: more than a surname is given."""
    classes = role_classes(context.role) if context.role else ()
    if not classes:
        return 0.0, ""
    own = [o for o in hit.offices if o.role in classes and context.party in (None, o.country)]
    if not own:
        sure = context.day is not None and context.day <= SNAPSHOT and not context.former
        contrary = sure and set(classes) & _SINGLE and context.party is not None
        return (_NOT_HOLDER, f"never {context.role}") if contrary else (0.0, "")
    office = _nearest(own, context.day)
    if context.former:
        return _HELD_FORMER, f"was {office.title}"
    if context.day is None or office.on(context.day):
        return _HOLDS, f"{office.title} at the time"
    # A surname and an office held at another time rather speak of another bearer.
    return (_HELD if whole else 0.0), f"{office.title} at another time"


def _alone(hit: PersonHit, kind: NameKind, context: Context, *, alone: bool) -> tuple[float, str]:
    """Is nobody else of that name known, and is the candidate somebody whom one needs not introduce?"""
    gain = 0.0
    if alone:
        gain += _ALONE[kind]
    fits = context.party is None or any(o.country == context.party for o in hit.offices)
    if _leads(hit, context):
        gain += _LEADS
    elif hit.weight >= _WEIGHTY and fits and kind <= NameKind.SURNAME:
        gain += _PROMINENT
    return gain, "the only one of the name" if alone else "well known"


def _leads(hit: PersonHit, context: Context) -> bool:
    """Does the candidate lead the stated party on the day, and does the text name no other office?"""
    if context.party is None or context.day is None or context.former:
        return False
    classes = role_classes(context.role) if context.role else ()
    return any(
        o.role in _LEADING
        and o.country == context.party
        and o.on(context.day)
        and (not classes or o.role in classes)
        for o in hit.offices
    )


def _nearest(offices: Iterable[Office], day: date | None) -> Office:
    """The term that covers the day, else the latest."""
    terms = sorted(offices, key=lambda o: (o.start or date.min, o.title), reverse=True)
    if day is None:
        return terms[0]
    return next((o for o in terms if o.on(day)), terms[0])
