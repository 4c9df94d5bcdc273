"""The gazetteer as an open SQLite file: read-only look-ups, each answer kept in memory once asked."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.gazetteer.hits import CityHit, CountryHit, How, PartyHit, PartyKind, PersonHit, TitleSplit, VenueHit
from kg.gazetteer.persons import People
from kg.gazetteer.roles import role_classes
from kg.gazetteer.text import fold, initial_upper, strip_possessive
from kg.gazetteer.titles import Lexicon, role_party, split_title, title_words

__all__ = ["Gazetteer"]

_FILE = Path(__file__).parent / "gazetteer.sqlite"
_VERSION = "1"
_CACHE = 8192
# sources whose offices are read from prose: years are rough and bodies of all kinds have presidents
_ROUGH = frozenset({"people", "volumes"})


class Gazetteer:
    """Countries, parties, cities, venues and titles by name. Open with `Gazetteer.open()`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        cached = lru_cache(maxsize=_CACHE)
        self._find_party = cached(self._find_party_uncached)
        self._find_cities = cached(self._find_cities_uncached)
        self._find_venue = cached(self._find_venue_uncached)
        self._split = cached(self._split_uncached)
        self._role = cached(self._role_uncached)
        self._names: dict[str, tuple[tuple[str, str, str], ...]] | None = None
        self._parties: dict[str, tuple[Any, ...]] = {}
        self._lexicon: Lexicon | None = None
        self.people = People(db)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the file that was compiled at installation. KgError when it is missing or outdated."""
        file = path or _FILE
        remedy = "run `python -m kg.gazetteer.compile` in the checkout, or reinstall dipmeet"
        if not file.exists():
            raise KgError("the gazetteer has not been compiled", where=str(file), remedy=remedy)
        try:
            db = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            version = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            raise KgError(f"not a gazetteer ({error})", where=str(file), remedy=remedy) from error
        if version is None or version[0] != _VERSION:
            raise KgError("the gazetteer is of another version", where=str(file), remedy=remedy)
        return cls(db)

    def close(self) -> None:
        """Close the file; look-ups fail afterwards."""
        self._db.close()

    # --- parties ---------------------------------------------------------------------

    def country(self, text: str) -> CountryHit | None:
        """The state that a name, demonym, capital, seat of government or region stands for."""
        hit = self._find_party(text, True)
        if hit is None:
            return None
        _, label, _, _, since, until = self._parties[hit.code]
        return CountryHit(hit.code, label, hit.how, _day(since), _day(until))

    def party(self, text: str, *, variants: bool = True) -> PartyHit | None:
        """The state, organisation, movement or territory that the words name.

        Without `variants`, rare and foreign spellings are passed over: in running text they are mostly
        something else ("Kerry" the senator, not the county).
        """
        hit = self._find_party(text, False)
        return hit if hit is None or variants or self._is_usual(text) else None

    def _is_usual(self, text: str) -> bool:
        bare = strip_possessive(text.strip(' ,.;:()"“”'))
        forms = (bare, bare[4:] if bare[:4].casefold() == "the " else "")
        return any(form and fold(form) in self._load_names() for form in forms)

    def party_by_code(self, code: str) -> PartyHit | None:
        """The party of a code (`US`, `NATO`); None when the gazetteer does not know it."""
        self._load_names()
        row = self._parties.get(code)
        return None if row is None else PartyHit(code, row[1], PartyKind(row[2]), How.NAME, row[3])

    def demonym(self, word: str) -> str | None:
        """The country code of an adjective or noun of nationality ("Israelis" → IL); else None."""
        hit = self._find_party(word, False)
        return hit.code if hit is not None and hit.how is How.DEMONYM else None

    def adjective(self, code: str) -> str | None:
        """The first adjective of a state: `RU` → "Russian"; None when there is none."""
        row = self._db.execute("SELECT adjective FROM party WHERE code = ?", (code,)).fetchone()
        return row[0] if row else None

    def capital(self, code: str) -> str | None:
        """The name of a country's capital."""
        row = self._db.execute("SELECT capital FROM party WHERE code = ?", (code,)).fetchone()
        return row[0] if row else None

    def _load_names(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        if self._names is None:
            for row in self._db.execute("SELECT code, label, kind, wikidata, since, until FROM party"):
                self._parties[row[0]] = row
            names: dict[str, tuple[tuple[str, str, str], ...]] = {}
            query = "SELECT key, cased, how, code FROM party_name ORDER BY key, rank"
            for key, cased, how, code in self._db.execute(query):
                names[key] = (*names.get(key, ()), (cased, how, code))
            self._names = names
        return self._names

    def _find_party_uncached(self, text: str, states_only: bool) -> PartyHit | None:
        bare = strip_possessive(text.strip(' ,.;:()"“”'))
        names = self._load_names()
        for form in (bare, bare[4:] if bare[:4].casefold() == "the " else ""):
            key = fold(form) if form else ""
            if not key:
                continue
            for cased, how, code in names.get(key, ()):
                row = self._parties[code]
                if states_only and row[2] != "state":
                    continue
                if not _case_fits(form, cased, how):
                    continue
                return PartyHit(code, row[1], PartyKind(row[2]), How(how), row[3])
            if len(key) > 3 and key not in names:
                found = self._db.execute("SELECT code FROM party_variant WHERE key = ?", (key,)).fetchone()
                if found is not None and initial_upper(form):
                    row = self._parties[found[0]]
                    return PartyHit(found[0], row[1], PartyKind(row[2]), How.NAME, row[3])
        return None

    # --- places ----------------------------------------------------------------------

    def cities(self, name: str) -> list[CityHit]:
        """Populated places of that name: capitals first, then by population."""
        return list(self._find_cities(fold(strip_possessive(name))))

    def is_city(self, name: str) -> bool:
        """True when some populated place bears the name."""
        return bool(self._find_cities(fold(strip_possessive(name))))

    def us_state(self, name: str) -> str | None:
        """The two letters of a US state by its name or by themselves ("Alabama", "AL"); else None."""
        row = self._db.execute("SELECT code FROM us_state WHERE key = ?", (fold(name),)).fetchone()
        return row[0] if row else None

    def venue(self, name: str) -> VenueHit | None:
        """A known palace, guest house, residence, ministry or conference site."""
        return self._find_venue(fold(name))

    def _find_cities_uncached(self, key: str) -> tuple[CityHit, ...]:
        rows = self._db.execute(
            "SELECT c.id, c.name, c.country, c.admin, c.lat, c.long, c.population, c.capital "
            "FROM city_name n JOIN city c ON c.id = n.city WHERE n.key = ? "
            "ORDER BY c.capital DESC, c.population * (0.1 + n.main) DESC, c.id",
            (key,),
        )
        return tuple(CityHit(*row) for row in rows)

    def _find_venue_uncached(self, key: str) -> VenueHit | None:
        for form in (key, key.removeprefix("the ")):
            row = self._db.execute("SELECT name, city, country FROM venue WHERE key = ?", (form,)).fetchone()
            if row is not None:
                return VenueHit(*row)
        return None

    # --- persons ----------------------------------------------------------------------

    def persons(self, name: str, on: date | None = None) -> list[PersonHit]:
        """Persons of that name (titles are taken off), best first; with a day, those who lived then."""
        bare = strip_possessive(name)
        hits = self.people.persons(bare, on)
        split = self.split_title(bare)
        return hits or (self.people.persons(split.name, on) if split.title and split.name else [])

    def person(self, ident: str) -> PersonHit | None:
        """The person of an IRI slug (`wang-yi`) or a Wikidata id (`Q701801`)."""
        if ident[:1] == "Q" and ident[1:].isdigit():
            return self.people.by_wikidata(ident)
        return self.people.by_slug(ident.removeprefix("person/"))

    def holders(self, country: str, role: str, on: date) -> list[PersonHit]:
        """Who held an office on a day: `role` as worded ("foreign minister") or a class of offices.

        Lists of office holders win over the front matter of record volumes, which gives rough years and
        calls the head of a foundation a president too; that is asked only where the lists know nobody.
        """
        terms = [
            term for kind in role_classes(role) for term in self.people.terms(country, kind) if term.on(on)
        ]
        listed = [term for term in terms if term.source not in _ROUGH]
        return [self.people.person(n) for n in dict.fromkeys(term.person for term in listed or terms)]

    # --- titles ----------------------------------------------------------------------

    @property
    def lexicon(self) -> Lexicon:
        """The words of titles."""
        if self._lexicon is None:
            words: dict[str, set[str]] = {}
            for word, kind in self._db.execute("SELECT word, class FROM word"):
                words.setdefault(fold(word), set()).add(kind)
            self._lexicon = Lexicon({w: frozenset(c) for w, c in words.items()})
        return self._lexicon

    def is_title(self, text: str) -> bool:
        """True when the text is a title or role and nothing else."""
        return title_words(text, self.lexicon, self.party)

    def split_title(self, text: str) -> TitleSplit:
        """Title, party code and name of a mention."""
        return self._split(text)

    def role_party(self, text: str) -> str | None:
        """Whom a role speaks for: "Israel's Prime Minister" → IL, "UN envoy for Yemen" → UN."""
        return self._role(text)

    def _split_uncached(self, text: str) -> TitleSplit:
        return split_title(text, self.lexicon, self.party)

    def _role_uncached(self, text: str) -> str | None:
        return role_party(text, self.lexicon, self.party)


def _case_fits(form: str, cased: str, how: str) -> bool:
    if cased:
        return form.replace(".", "").replace(" ", "") == cased or (len(cased) > 3 and form[:1].isupper())
    return how in {"name", "demonym"} or initial_upper(form)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
