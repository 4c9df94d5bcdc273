"""Look-ups of persons and office holders in the compiled gazetteer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kg.gazetteer.hits import Office, PersonHit
from kg.gazetteer.names import NICKNAMES, NameKind, name_words, sound, surname
from kg.gazetteer.text import word_set

__all__ = ["People", "Term", "alive"]

_HOW = {
    NameKind.FULL: "name",
    NameKind.SHORT: "short name",
    NameKind.SURNAME: "surname",
    NameKind.GIVEN: "given name",
    NameKind.SOUND: "similar spelling",
}
_ARTICLES = word_set("al el as ash ar ad an at az")
_PARTICLES = word_set(
    """
    al el the de
    """
)
SNAPSHOT = date(2023, 1, 31)
"""A source's open end means "in office when it was taken"; beyond, an office is likely, not sure."""
REVIEWED = date(2025, 6, 30)
"""Up to this day the open ends of the reviewed supplement are known to hold."""


class Term(NamedTuple):
    """A person's number and the days of a term."""

    person: int
    start: date | None
    end: date | None
    source: str

    def on(self, day: date) -> bool:
        """True when the term covers the day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class People:
    """Persons by name, by office and by id; answers are kept once asked."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._keys = lru_cache(maxsize=4096)(self._keys_uncached)
        self.person = lru_cache(maxsize=8192)(self._person_uncached)
        self.candidates = lru_cache(maxsize=4096)(self._candidates_uncached)
        self.terms = lru_cache(maxsize=1024)(self._terms_uncached)

    def _keys_uncached(self, key: str) -> tuple[tuple[int, int], ...]:
        rows = self._db.execute(
            "SELECT person, min(kind) FROM person_name WHERE key = ? GROUP BY person", (key,)
        )
        return tuple(rows.fetchall())

    def _person_uncached(self, number: int) -> PersonHit:
        row = self._db.execute(
            "SELECT slug, label, wikidata, birth, death, aliases, weight FROM person WHERE id = ?", (number,)
        ).fetchone()
        offices = tuple(
            Office(title, country, _day(start), _day(end), role, source)
            for title, country, start, end, role, source in self._db.execute(
                "SELECT t.text, o.country, o.start, o.end, t.role, o.source FROM office o "
                "JOIN title t ON t.id = o.title "
                "WHERE o.person = ? ORDER BY o.start, o.end, t.text",
                (number,),
            )
        )
        aliases = tuple(a for a in row[5].split("|") if a)
        return PersonHit(row[0], row[1], row[2], aliases, offices, row[3], row[4], weight=row[6])

    def _candidates_uncached(self, name: str) -> tuple[tuple[int, NameKind], ...]:
        """Persons whom a bare name can mean, with how it matches; strongest first, no title words."""
        words = name_words(name)
        if not words:
            return ()
        found: dict[int, int] = {}
        initials = len(words) > 1 and len(words[0]) == 1
        _collect(found, self._keys(" ".join(words)))
        last_word = name.rpartition(" ")[2].strip("-").casefold()
        # "Kim Yong-chol" is not short for "Kim Chol"; "el-Sisi" is another matter
        whole = "-" in last_word and last_word.partition("-")[0] not in _ARTICLES
        if len(words) > 1 and not whole:
            last = surname(words)
            first = NICKNAMES.get(words[0], words[0])
            for form in {f"{words[0]} {last}", f"{first} {last}", f"{words[0]} {words[-1]}"}:
                _collect(found, ((p, max(k, 1)) for p, k in self._keys(form) if k <= NameKind.SHORT))
        if initials:
            _collect(found, self._by_initial(words))
        bare = words[1:] if len(words) > 1 and words[0] in _PARTICLES else words
        alike = bare if whole or len(bare) == 1 else (bare[0], bare[-1])
        if len(alike[-1]) > 3 or len(alike) > 1:
            _collect(found, self._keys("~" + sound(alike)))
        if not found and len(bare) == 1:
            _collect(found, ((p, k) for p, k in self._keys(bare[0]) if k == NameKind.SURNAME))
        return tuple(
            sorted(((p, NameKind(k)) for p, k in found.items()), key=lambda pair: (pair[1], pair[0]))
        )

    def _by_initial(self, words: tuple[str, ...]) -> Iterable[tuple[int, int]]:
        """ "S. Lavrov": bearers of the surname whose first name begins so."""
        for number, kind in self._keys(surname(words)):
            if kind == NameKind.SURNAME:
                hit = self.person(number)
                if any(_initials_fit(words, name_words(n)) for n in (hit.label, *hit.aliases)):
                    yield number, NameKind.SURNAME

    def persons(self, name: str, on: date | None) -> list[PersonHit]:
        """Candidates, best first: by strength of the match, in office on the day, weight of offices."""
        hits = []
        for number, kind in self.candidates(name):
            hit = self.person(number)
            if on is not None and not alive(hit, on):
                continue
            serving = on is not None and any(o.on(on) for o in hit.offices)
            hits.append((max(kind, NameKind.SHORT), not serving, -hit.weight, hit.id, _how(hit, kind)))
        return [h[-1] for h in sorted(hits, key=lambda h: h[:4])]

    def _terms_uncached(self, country: str, role: str) -> tuple[Term, ...]:
        """All terms in offices of a class for a party: light, so that whole lists can be looked through."""
        query = (
            "SELECT o.person, o.start, o.end, o.source FROM title t JOIN office o "
            "ON o.title = t.id AND o.country = ? WHERE t.role = ? ORDER BY o.person, o.start"
        )
        rows = self._db.execute(query, (country, role))
        return tuple(Term(p, _day(start), _day(end), source) for p, start, end, source in rows)

    def by_slug(self, slug: str) -> PersonHit | None:
        """The person of an IRI slug."""
        row = self._db.execute("SELECT id FROM person WHERE slug = ?", (slug,)).fetchone()
        return self.person(row[0]) if row else None

    def by_wikidata(self, qid: str) -> PersonHit | None:
        """The person of a Wikidata id."""
        row = self._db.execute("SELECT id FROM person WHERE wikidata = ? ORDER BY id", (qid,)).fetchone()
        return self.person(row[0]) if row else None


def alive(hit: PersonHit, day: date) -> bool:
    """Could the person have met anybody on that day? Judged by years of life and of offices.

    >>> lavrov = PersonHit("sergey-lavrov", "Sergey Lavrov", "Q58217",
    ...     offices=(Office("Minister of Foreign Affairs", "RU", date(2004, 3, 9), None),))
    >>> alive(lavrov, date(2023, 6, 1)), alive(lavrov, date(1955, 6, 1))
    (True, False)
    """
    if hit.birth is not None and not hit.birth + 16 <= day.year <= hit.birth + 105:
        return False
    if hit.death is not None and day.year > hit.death:
        return False
    starts = [o.start.year for o in hit.offices if o.start] or [o.end.year for o in hit.offices if o.end]
    if not starts:
        return True
    ends = [(o.end or SNAPSHOT).year for o in hit.offices]
    early = 30 if hit.birth is None else 60
    return min(starts) - early <= day.year <= max(*ends, *starts) + (35 if hit.birth is None else 70)


def _initials_fit(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """First names agree as far as both tell: "C. C. Lai" is no "Chou En Lai"."""
    pairs = list(zip(words[:-1], full[:-1], strict=False))
    return (
        words[-1] in full
        and full[0][0] == words[0][0]
        and all(len(a) > 1 or b.startswith(a) for a, b in pairs)
    )


def _how(hit: PersonHit, kind: NameKind) -> PersonHit:
    return PersonHit(
        hit.id,
        hit.label,
        hit.wikidata,
        hit.aliases,
        hit.offices,
        hit.birth,
        hit.death,
        _HOW[kind],
        hit.weight,
    )


def _collect(found: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    for number, kind in pairs:
        if kind < found.get(number, 99):
            found[number] = kind


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
