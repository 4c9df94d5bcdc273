"""Takes mentions apart: title, party and name. No data of its own: words and parties are passed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.gazetteer.hits import How, PartyHit, TitleSplit
from kg.gazetteer.roles import is_former
from kg.gazetteer.text import fold, strip_possessive

__all__ = ["Lexicon", "Token", "role_party", "split_title", "title_words", "tokenize"]

PartyOf = Callable[[str], PartyHit | None]

_TOKEN = re.compile(r"[^\s,;()\[\]\"“”]+|,")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_OF = {"of", "from"}
_PREPOSITIONS = {"of", "for", "to", "on", "in", "at", "with", "by", "from", "and", "&"}
_AWAY = {"to", "for", "on", "in", "at", "with", "by", "against"}
_ARTICLES = {"the", "a", "an", "its", "their", "his", "her", "our"}
# Offices named after what they deal with: "Yemen envoy" is not sent by Yemen.
_ABOUT = {
    "envoy",
    "envoys",
    "negotiator",
    "mediator",
    "coordinator",
    "czar",
    "tsar",
    "expert",
    "analyst",
    "rapporteur",
}
_SENDERS = {"US", "UN", "EU", "NATO", "GB"}
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of titles: folded word → classes out of head, modifier, field, surname."""

    words: Mapping[str, frozenset[str]]

    def has(self, word: str, *classes: str) -> bool:
        """True when the word belongs to one of the classes."""
        found = self.words.get(word)
        return found is not None and not found.isdisjoint(classes)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a mention: as written without possessive, folded, and how it ended."""

    text: str
    key: str
    possessive: bool


def tokenize(text: str) -> list[Token]:
    """The words and commas of a mention."""
    out = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        bare = _POSSESSIVE.sub("", raw)
        out.append(Token(bare, fold(bare) if bare != "," else ",", bare != raw))
    return out


def _party_at(tokens: list[Token], start: int, party_of: PartyOf) -> tuple[int, PartyHit] | None:
    """The longest party name that begins at a token: (token after it, party)."""
    for end in range(min(len(tokens), start + _LONGEST), start, -1):
        words = tokens[start:end]
        # "Israel's Foreign Ministry" is two names, "People's Republic of China" one
        if (
            any(t.key == "," or (t.possessive and t.key != "people") for t in words[:-1])
            or words[-1].key == ","
        ):
            continue
        hit = party_of(
            " ".join(f"{t.text}'s" if t.possessive and t.key == "people" else t.text for t in words)
        )
        if hit is not None:
            return end, hit
    return None


def _is_title_word(token: Token, lexicon: Lexicon) -> bool:
    if lexicon.has(token.key, "head", "modifier", "field"):
        return True
    parts = token.key.split()
    return len(parts) > 1 and all(lexicon.has(p, "head", "modifier", "field") for p in parts)


def _is_head(token: Token, lexicon: Lexicon) -> bool:
    return any(lexicon.has(part, "head") for part in (token.key, *token.key.split()))


def title_words(text: str, lexicon: Lexicon, party_of: PartyOf) -> bool:
    """True when the text is nothing but a title or role ("the US secretary of state")."""
    tokens = tokenize(text)
    end, headed, _ = _scan(tokens, lexicon, party_of)
    return bool(tokens) and headed and end == len(tokens)


def _scan(
    tokens: list[Token], lexicon: Lexicon, party_of: PartyOf
) -> tuple[int, bool, tuple[int, int] | None]:
    """How far the leading title reaches: (token after it, has it a head, span of its leading party)."""
    at, last, headed, in_complement = 0, 0, False, False
    party: tuple[int, int] | None = None
    while at < len(tokens):
        token = tokens[at]
        found = (
            _party_at(tokens, at, party_of)
            if (token.text[:1].isupper() or token.text[:1].isdigit())
            else None
        )
        if found is not None and not (headed and not in_complement):
            if party is None and not headed:
                party = (at, found[0])
            at = found[0]
            if headed:
                last = at
            continue
        if headed and token.text in _PREPOSITIONS:
            in_complement, at = token.key not in {"and", "&"} or in_complement, at + 1
            continue
        if token.text in _ARTICLES or (token.key in _ARTICLES and at == 0):
            at += 1
            continue
        if (
            token.key == ","
            and in_complement
            and at + 1 < len(tokens)
            and lexicon.has(tokens[at + 1].key, "field")
        ):
            at += 1
            continue
        if _is_title_word(token, lexicon):
            headed = headed or _is_head(token, lexicon)
            at += 1
            if headed:
                last = at
            continue
        if in_complement and token.text.islower() and token.key.isalpha():
            at += 1
            last = at
            continue
        break
    return last, headed, party


def split_title(text: str, lexicon: Lexicon, party_of: PartyOf) -> TitleSplit:
    """Take a mention apart; `name` is empty when it is a role only, `title` when it is a name only."""
    tokens = tokenize(text)
    comma = next((i for i, t in enumerate(tokens) if t.key == ","), None)
    end, headed, party = _scan(tokens, lexicon, party_of)
    if (not headed or end == 0) and comma is not None:
        return _apposition(text, tokens[:comma], lexicon, party_of)
    if headed and comma is not None and end < comma:
        tokens = tokens[:comma]
    if not headed:
        return TitleSplit("", None, text.strip(" ,"), is_former(text))
    if (
        end == len(tokens)
        and end > 1
        and lexicon.has(tokens[-1].key, "surname")
        and _is_head(tokens[-2], lexicon)
        and tokens[-1].text[:1].isupper()
        and tokens[-1].key not in {"minister", "general"}
    ):
        end -= 1
    title = tokens[party[1] : end] if party else tokens[:end]
    while title and (title[0].key in _ARTICLES or title[0].key == ","):
        title = title[1:]
    wording = " ".join(t.text for t in title)
    code = role_party(
        " ".join(t.text + ("'s" if t.possessive else "") for t in tokens[:end]), lexicon, party_of
    )
    name = " ".join(t.text for t in tokens[end:]).strip(" ,")
    return TitleSplit(wording, code, name, is_former(" ".join(t.text for t in tokens[:end])))


def _apposition(text: str, name: list[Token], lexicon: Lexicon, party_of: PartyOf) -> TitleSplit:
    """ "Antony Blinken, the US secretary of state": the title follows the name."""
    rest = text[text.index(",") + 1 :]
    if not title_words(rest.split(",")[0], lexicon, party_of):
        return TitleSplit("", None, text.strip(" ,"), is_former(text))
    first = split_title(rest, lexicon, party_of)
    return TitleSplit(first.title, first.party, " ".join(t.text for t in name), first.former)


def role_party(text: str, lexicon: Lexicon, party_of: PartyOf) -> str | None:
    """The party that a role speaks for: code, or None when the words do not tell."""
    tokens = tokenize(text)
    head_at = next((i for i, t in enumerate(tokens) if _is_head(t, lexicon)), None)
    whole = party_of(strip_possessive(text))
    if whole is not None and head_at is None:
        return whole.code
    lead = _leading(tokens, lexicon, party_of)
    if lead is not None:
        return lead
    return _complement(tokens, lexicon, party_of)


def _leading(tokens: list[Token], lexicon: Lexicon, party_of: PartyOf) -> str | None:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.text in _AWAY or token.text in _OF or token.key == ",":
            return None
        found = _party_at(tokens, at, party_of) if token.text[:1].isalnum() else None
        if found is None:
            at += 1
            continue
        end, hit = found
        following = next((t for t in tokens[end:] if _is_head(t, lexicon)), None)
        about = following is not None and following.key in _ABOUT
        if (
            about
            and hit.how in {How.NAME, How.REGION}
            and not tokens[end - 1].possessive
            and hit.code not in _SENDERS
        ):
            at = end
            continue
        return hit.code
    return None


def _complement(tokens: list[Token], lexicon: Lexicon, party_of: PartyOf) -> str | None:
    """The party after "of": "president of the Palestinian Authority", "head of Israel's Shin Bet"."""
    seen_head, within = False, False
    at = 0
    while at < len(tokens):
        token = tokens[at]
        seen_head = seen_head or _is_head(token, lexicon)
        if seen_head and token.text in _OF:
            within = True
        elif token.text in _AWAY or token.key == ",":
            within = False
        elif within and token.text[:1].isalnum():
            found = _party_at(tokens, at, party_of)
            if found is not None:
                return found[1].code
            # "President of Chevron Nigeria": the name of something else has begun
            within = not token.text[:1].isupper() or _is_title_word(token, lexicon)
        at += 1
    return None
