"""Whom an actor represents and in which office, from the words beside any of its mentions.

Phrases are titles before a name ("U.S. Secretary of State X"), appositions on either side ("X, leader
of the Turkish Cypriots", "Russia's foreign minister, X"), "X of Armenia", and descriptions that
stand for the actor ("the Slovak premier").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.names import PLURAL_OFFICE, ROLE_HEAD, Form, bare_name, form_of, singular
from kg.extract.text import Layout
from kg.extract.world import PartyWord, World

__all__ = ["Office", "Phrase", "office", "phrases"]

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-.&'’/][^\W_]+)*\.?['’]?|[(),;:\"“”—–]|--?|\S", re.UNICODE)
_MODIFIER = frozenset(
    [
        "deputy",
        "first",
        "second",
        "vice",
        "acting",
        "interim",
        "caretaker",
        "senior",
        "top",
        "special",
        "chief",
        "foreign",
        "prime",
        "defence",
        "defense",
        "former",
        "then",
        "newly",
        "outgoing",
        "national",
        "security",
        "state",
        "external",
        "internal",
        "affairs",
        "general",
        "high",
        "joint",
        "permanent",
        "under",
        "assistant",
        "associate",
        "executive",
        "federal",
        "supreme",
        "personal",
        "main",
        "lead",
        "transitional",
        "military",
        "visiting",
        "late",
        "ex-president",
        "ex-premier",
        "trade",
        "economy",
        "finance",
        "interior",
        "home",
        "energy",
        "transport",
        "health",
        "agriculture",
        "environment",
        "labour",
        "labor",
        "justice",
        "culture",
        "education",
        "science",
        "planning",
        "development",
        "oil",
        "petroleum",
        "nuclear",
        "human",
        "rights",
        "political",
        "public",
        "diplomatic",
        "presidential",
        "army",
        "naval",
        "air",
        "staff",
        "rebel",
        "opposition",
        "elected",
        "re-elected",
        "incoming",
        "exiled",
        "ousted",
        "toppled",
        "deposed",
        "new",
        "long-time",
        "longtime",
        "veteran",
        "principal",
        "head",
        "co-operation",
        "cooperation",
        "commerce",
        "industry",
        "information",
        "tourism",
        "water",
        "fisheries",
        "defence's",
        "policy",
        "peace",
        "un",
        "us",
        "eu",
        "european",
        "ambassador-at-large",
        "minister-president",
        "foreign-policy",
        "under-secretary",
        "vice-president",
        "vice-premier",
        "parliamentary",
        "party",
        "royal",
        "crown",
        "plenipotentiary",
        "conservative",
        "socialist",
        "communist",
        "liberal",
        "republican",
        "democratic",
        "christian",
        "reformist",
        "hardline",
        "moderate",
        "spiritual",
    ]
)
_LINK = frozenset(["of", "for", "and", "to", "the", "in", "on", "at", "&", "'s", "against"])
_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|dr|sir|prof|dame|messrs|hon|excellency|comrade)\.?$", re.IGNORECASE)
_NOT_PARTY_AFTER = re.compile(
    r"\b(?:to|for|on|in|with|towards?|at|against|from|and)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_OF = re.compile(
    r"\b(?:of|for|from)\s+(?:the\s+)?(?:(?:State|Republic|Kingdom|Government|host)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|ex|one-time|erstwhile|retired|then-former|past)\b|\bex-", re.IGNORECASE)
_APPOSITION_END = re.compile(
    r"[,;:.!?\n()—–\"“”]| -{1,2} | (?:and|who|whose|with|told|said|in the|on (?:Mon|Tue|Wed|Thu|Fri|Sat|"
    r"Sun)\w+|at the|met|has|had|is|was|were|will|after|before|during)\b"
)
_STARTERS = re.compile(r"^(?:the|a|an|his|her|its|their|one of|then|now)\s+", re.IGNORECASE)
_NOT_APPOSITION = re.compile(
    r"(?:and|who|whose|which|but|said|told|as|while|was|is|were|are|had|has|have|in|on|at|after|before|"
    r"during|when|where|he|she|they|it|with|"
    r"will|would|to|from|about|by|not|then|today|yesterday|tomorrow|together)\b"
)
_LONGEST_TITLE = 14


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words beside or of a mention that describe its actor. `kind`: title, apposition, of, self."""

    start: int
    end: int
    kind: str
    party: PartyWord | None
    role: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class Office:
    """What the phrases of an actor say together."""

    role: str | None
    party: Phrase | None
    share: float
    """Share of the votes that the party got."""
    former: bool


def phrases(layout: Layout, start: int, end: int, world: World) -> Iterator[Phrase]:
    """Describing phrases of the mention `start:end`."""
    text = layout.article.text
    index = layout.sentence(start)
    low, high = layout.bounds(index)
    high = max(high, end)
    mention = text[start:end]
    form = form_of(mention)
    if form is Form.DESCRIPTION:
        yield from _self(text, start, end, world, layout)
    elif form is Form.NAME:
        bare = bare_name(mention)
        own = world.scan(text, start, end)
        if own and own[0].start <= start + 4 and own[-1].end >= end - 2 and len(own) == 1:
            yield Phrase(start, end, "self", own[0], None, former=False)
            return
        inner = mention.find(bare)
        if inner > 0 and ROLE_HEAD.search(mention[:inner]):
            yield _phrase(text, start, start + inner, "title", world)
        title = _title_before(text, low, start, world)
        if title:
            yield _phrase(text, *title, "title", world)
        else:
            yield from _beside(text, low, start, world)
    if form is not Form.PRONOUN:
        yield from _after(text, end, high, world)


def _self(text: str, start: int, end: int, world: World, layout: Layout) -> Iterator[Phrase]:
    phrase = _phrase(text, start, end, "self", world)
    low, high = layout.bounds(layout.sentence(start))
    if phrase.party is None:
        before = world.scan(text, max(low, start - 40), start)
        if before and re.fullmatch(r"(?:['’]s?)?\s+(?:\w+\s)?", text[before[-1].end : start]):
            phrase = Phrase(before[-1].start, end, "self", before[-1], phrase.role, phrase.former)
        else:
            after = world.scan(text, end, min(high, end + 60))
            if after and _OF.fullmatch(text[end : after[0].start].lstrip()):
                phrase = Phrase(start, after[0].end, "self", after[0], phrase.role, phrase.former)
    yield phrase


def _title_before(text: str, low: int, start: int, world: World) -> tuple[int, int] | None:
    """Bounds of the title that ends right before a name; a comma may stand between ("the king, X")."""
    tokens = _without_honorifics(list(_TOKEN.finditer(text, max(low, start - 220), start)))
    comma = bool(tokens) and tokens[-1].group() == ","
    tokens = _without_honorifics(tokens[:-1]) if comma else tokens
    first: int | None = None
    head = False
    for token in reversed(tokens[-_LONGEST_TITLE:]):
        word = token.group()
        clean = word.rstrip(".'’").removesuffix("'s").removesuffix("’s")
        lower = clean.lower()
        is_head = bool(ROLE_HEAD.fullmatch(clean) or PLURAL_OFFICE.fullmatch(clean)) or bool(
            ROLE_HEAD.search(clean) and "-" in clean
        )
        if not (is_head or lower in _MODIFIER or lower in _LINK or word[:1].isupper() or word == "-"):
            break
        if lower == "and" and not head:
            break
        if lower == "the" and head:
            first = token.start()
            # "the President of Serbia": nothing more to the left unless it is "of the"
            before = text[max(low, token.start() - 4) : token.start()]
            if not before.endswith(("of ", "for ", "to ")):
                break
        head = head or is_head
        first = token.start() if head or first is not None else None
        if head and lower not in _LINK:
            first = token.start()
    if first is None or not head:
        return None
    stop = tokens[-1].end()
    if (
        comma
        and not re.search(r"\b(?:the|['’]s?|of|its|his|her)\b|['’]", text[first:stop])
        and not world.scan(text, first, stop)
    ):
        return None
    return first, stop


def _without_honorifics(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    while tokens and _HONORIFIC.match(tokens[-1].group()):
        tokens = tokens[:-1]
    return tokens


def _beside(text: str, low: int, start: int, world: World) -> Iterator[Phrase]:
    """`Zambia's X`, `the Italian X`: a party right before a name."""
    before = world.scan(text, max(low, start - 40), start)
    if before and re.fullmatch(
        r"(?:['’]s?)?\s+(?:(?:Mr|Mrs|Ms|Dr)\.?\s+|own\s+|veteran\s)?", text[before[-1].end : start]
    ):
        word = before[-1]
        yield Phrase(word.start, word.end, "title", word, None, former=False)


def _after(text: str, end: int, high: int, world: World) -> Iterator[Phrase]:
    rest = text[end:high]
    match = re.match(r"(?:['’]s)?\s+(?:of|from)\s+(?:the\s+)?", rest)
    if match:
        hits = world.scan(text, end + match.end(), min(high, end + match.end() + 40))
        if hits and hits[0].start == end + match.end():
            yield Phrase(end, hits[0].end, "of", hits[0], None, former=False)
    match = re.match(r"\s*(?:,|\(|—|–|--)\s*", rest)
    if not match:
        return
    begin = end + match.end()
    stop = _apposition_end(text, begin, high)
    if stop <= begin:
        return
    piece = text[begin:stop]
    if ROLE_HEAD.search(piece) and not _NOT_APPOSITION.match(piece):
        yield _phrase(text, begin, stop, "apposition", world)
    elif rest.lstrip().startswith("("):
        hits = world.scan(text, begin, stop)
        if hits and hits[0].start == begin:
            yield Phrase(begin, hits[0].end, "apposition", hits[0], None, former=False)
    else:
        match = re.match(r"(?:of|from)\s+(?:the\s+)?", piece)
        hits = world.scan(text, begin, stop) if match else []
        if match and hits and hits[0].start == begin + match.end():
            yield Phrase(begin, hits[0].end, "of", hits[0], None, former=False)


def _apposition_end(text: str, begin: int, high: int) -> int:
    limit = min(high, begin + 110)
    match = _APPOSITION_END.search(text, begin, limit)
    while (
        match
        and match.group() == "."
        and re.search(r"\b(?:[A-Z]|Mr|Mrs|Dr|St)$", text[begin : match.start()])
    ):
        match = _APPOSITION_END.search(text, match.end(), limit)
    return match.start() if match else limit


def _phrase(text: str, start: int, end: int, kind: str, world: World) -> Phrase:
    words = world.scan(text, start, end)
    party = _party_of(text, start, words)
    piece = text[start:end]
    return Phrase(start, end, kind, party, _role(piece, start, party), bool(_FORMER.search(piece)))


def _party_of(text: str, start: int, words: Sequence[PartyWord]) -> PartyWord | None:
    """The party among those of a phrase: before the office first, then after "of"."""
    good = [w for w in words if not _NOT_PARTY_AFTER.search(text[start : w.start])]
    before = [w for w in good if not ROLE_HEAD.search(text[start : w.start])]
    if before:
        return before[0]
    if good:
        return good[0]
    return next((w for w in words if _OF.search(text[start : w.start])), None)


def _role(piece: str, start: int, party: PartyWord | None) -> str | None:
    """The office in a phrase: without articles, honorifics and the party's name."""
    if not ROLE_HEAD.search(piece) and not PLURAL_OFFICE.search(piece):
        return None
    role = piece
    if party:
        a, b = party.start - start, party.end - start
        left, right = piece[:a], piece[b:]
        left = re.sub(r"\b(?:of|for|from)\s+(?:the\s+)?$", "", left) if ROLE_HEAD.search(left) else left
        left = re.sub(r"\bthe\s+$", "", left)
        role = left + re.sub(r"^['’]s?\s*", "", right.lstrip())
    role = " ".join(role.split()).strip(' ,;:-–—"“”()')
    role = re.sub(r"^(?:['’]s?|of|for|and|to)\s+", "", role)
    role = re.sub(r"\s+(?:of|for|and|to|the|of the)$", "", role)
    while True:
        shorter = _STARTERS.sub("", role)
        if shorter == role:
            break
        role = shorter
    role = singular(role)
    return role if ROLE_HEAD.search(role) and len(role) < 90 else None


_WEIGHT = {"title": 1.0, "apposition": 1.0, "of": 0.9, "self": 0.8}


def office(found: Sequence[Phrase]) -> Office:
    """Votes of all phrases of one actor: the party named most, the fullest office."""
    votes: Counter[str] = Counter()
    for phrase in found:
        if phrase.party:
            votes[phrase.party.code] += int(
                100 * _WEIGHT[phrase.kind] * (0.5 if phrase.party.how == "capital" else 1.0)
            )
    best = min(votes, key=lambda code: (-votes[code], code)) if votes else None
    party = next((p for p in found if p.party and p.party.code == best), None)
    roles = [p for p in found if p.role]
    first = min(roles, key=lambda p: (p.kind == "self", p.start), default=None)
    share = votes[best] / sum(votes.values()) if best else 0.0
    titled = [p for p in found if p.role and p.kind != "self"]
    former = all(p.former for p in titled) if titled else any(p.former for p in found)
    return Office(first.role if first else None, party, share, former)
