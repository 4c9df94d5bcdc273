"""What a reader knows before reading: parties, cities, venues and office holders by name.

A thin, caching view of the gazetteer for the extractor. Nothing is opened on import.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

__all__ = ["PartyWord", "World", "default_world"]

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_](?:[\w&]|[-.'’](?=\w))*", re.UNICODE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SURE_FORMS = frozenset(("name", "alias"))
_LONGEST = 5
_LOWER_LINKS = frozenset({"of", "the", "and", "for", "da", "de", "do", "du", "la", "d'"})
_NOT_PARTIES = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "you",
        "they",
        "may",
        "march",
        "us",
        "will",
        "can",
        "no",
        "so",
        "an",
        "as",
        "at",
        "by",
        "in",
        "is",
        "me",
        "my",
        "or",
        "to",
        "up",
        "off",
        "all",
        "are",
        "but",
        "mr",
        "mrs",
        "ms",
        "dr",
        "the",
        "a",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "pm",
        "am",
        "fm",
        "de",
        "al",
        "la",
        "el",
        "le",
        "man",
        "men",
        "chad",
    ]
)


@dataclass(frozen=True, slots=True)
class PartyWord:
    """A stretch of text that names a party: a country name, adjective, capital or organisation."""

    start: int
    end: int
    code: str
    how: str
    """`name`, `demonym`, `capital`, `metonym` or `organisation`."""
    possessive: bool = False


@dataclass
class World:
    """Cached look-ups in a gazetteer (any object with the gazetteer's methods)."""

    gazetteer: Any
    _parties: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    _roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _cities: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def party(self, text: str) -> tuple[str, str] | None:
        """Code and manner (`name`, `demonym`, …) of the party that `text` names."""
        if text not in self._parties:
            self._parties[text] = self._party(text)
        return self._parties[text]

    def _party(self, text: str) -> tuple[str, str] | None:
        if len(text) < 2 or (text.lower() in _NOT_PARTIES and text not in ("US", "Chad")):
            return None
        party = self.gazetteer.party(text, variants=False)
        if party is None:
            return None
        return party.code, str(party.how) if str(party.kind) == "state" else "organisation"

    def adjective(self, code: str) -> str | None:
        """The adjective of a state: `RU` → "Russian"; None where none is known."""
        look_up = getattr(self.gazetteer, "adjective", None)
        found = look_up(code) if look_up else None
        return str(found) if found else None

    def scan(self, text: str, start: int = 0, end: int | None = None) -> list[PartyWord]:
        """Every party named in `text[start:end]`, longest names first at each place, in text order."""
        tokens = list(_WORD.finditer(text, start, len(text) if end is None else end))
        found: list[PartyWord] = []
        i = 0
        while i < len(tokens):
            hit = self._longest(text, tokens, i)
            if hit:
                found.append(hit[0])
                i += hit[1]
            else:
                i += 1
        return found

    def _longest(self, text: str, tokens: list[re.Match[str]], i: int) -> tuple[PartyWord, int] | None:
        first = tokens[i].group()
        if not first[0].isupper():
            return None
        for n in range(min(_LONGEST, len(tokens) - i), 0, -1):
            last = tokens[i + n - 1]
            gap = text[tokens[i].start() : last.end()]
            if "\n" in gap or ", " in gap or (n > 1 and last.group() in _LOWER_LINKS):
                continue
            if any(not t.group()[0].isupper() and t.group() not in _LOWER_LINKS for t in tokens[i : i + n]):
                continue
            bare = _POSSESSIVE.sub("", gap)
            hit = self.party(gap) or (self.party(bare) if bare != gap else None)
            if hit:
                possessive = bare != gap or text[last.end() : last.end() + 2] in ("'s", "’s", "' ", "’ ")
                return PartyWord(tokens[i].start(), last.start() + len(last.group()), *hit, possessive), n
        return None

    def role_classes(self, role: str) -> tuple[str, ...]:
        """Classes of offices that a wording can mean: "premier" → head of government."""
        if role not in self._roles:
            from kg.gazetteer.roles import role_classes

            self._roles[role] = tuple(role_classes(role))
        return self._roles[role]

    def capital(self, code: str) -> str | None:
        """The capital of a state."""
        found = self.gazetteer.capital(code)
        return str(found) if found else None

    def country_of_city(self, name: str, prefer: Collection[str] = ()) -> tuple[str, float] | None:
        """Country code of a city and how sure: the capital or largest, or one among `prefer`."""
        if name not in self._cities:
            hits = self.gazetteer.cities(name)
            self._cities[name] = tuple((h.country, int(h.population or 0)) for h in hits)
        cities = self._cities[name]
        hit = self.gazetteer.party(name, variants=False)
        if hit and str(hit.kind) == "state" and str(hit.how) in ("capital", "region", "name"):
            return hit.code, 0.95
        if not cities:
            return None
        for code, people in cities:
            if code in prefer and people * 4 >= cities[0][1]:
                return code, 0.95
        total = sum(people for _, people in cities) or 1
        return cities[0][0], max(0.5, cities[0][1] / total)

    def office_of(self, name: str, day: date | None) -> tuple[str, str] | None:
        """Party code and title of the one office holder of that full name on a day; None in doubt."""
        if len(name.split()) < 2 and day is None:
            return None
        people = [p for p in self.gazetteer.persons(name, day) if p.how in _SURE_FORMS or p.offices]
        terms = [
            (o.country, o.title, o.role) for p in people[:1] for o in p.offices if day is None or o.on(day)
        ]
        others = {o.country for p in people[1:3] for o in p.offices if day is None or o.on(day)}
        codes = {code for code, _, _ in terms}
        if len(codes) != 1 or (people[0].how not in _SURE_FORMS and others - codes):
            return None
        code, title, _ = max(terms, key=lambda t: bool(t[2]))
        return str(code), str(title)

    def venue(self, name: str) -> tuple[str | None, str | None] | None:
        """City and country code of a well-known venue."""
        hit = self.gazetteer.venue(name)
        if hit:
            return hit.city, hit.country
        seat = self.gazetteer.party(name, variants=False)
        return (
            (None, seat.code) if seat and str(seat.kind) == "state" and str(seat.how) == "metonym" else None
        )


@cache
def default_world() -> World:
    """The world of the packaged gazetteer, opened once a process."""
    from kg.gazetteer import Gazetteer

    return World(Gazetteer.open())
