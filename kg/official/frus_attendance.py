"""Attendance lists → participants: names made whole with the list of persons, each with a party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.model import Basis, Evidence, ParticipantKind, ParticipantMention, Sourced
from kg.official.frus_document import Attended
from kg.official.frus_persons import Persona, office_on
from kg.official.people import Context, participant, party_of, side_of
from kg.official.sheet import within

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["Attendance"]

_SEVERAL: Final = re.compile(
    r"^(?P<title>Messrs\.?|Ambassadors|Senators|Generals|Secretaries|Ministers|Drs\.?|Mmes\.?|Congressmen|"
    r"Representatives) (?P<names>.+)$"
)
_ONE: Final = {
    "Messrs": "Mr.", "Messrs.": "Mr.", "Ambassadors": "Ambassador", "Senators": "Senator",
    "Generals": "General", "Secretaries": "Secretary", "Ministers": "Minister", "Drs": "Dr.", "Drs.": "Dr.",
    "Congressmen": "Congressman", "Representatives": "Representative",
}  # fmt: skip
_NOBODY: Final = re.compile(
    r"^(?:(?i:participants?|present|also present|others?|and others|et al\.?|principals|observers?|"
    r"(?:an? |one |two |three |four |\w+ )?note-? ?takers?|[\w-]+ side|"
    r"(?:the |an? |\w+ )?interpreters?|translators?|omitted|none|date|time|place|subject|distribution|"
    r"copies? to|participants listed .*|for part of (?:the )?(?:meeting|conversation)|department of \w+|"
    r"defense|state|white house|foreign ministry|international staff)|"
    r"[A-Z]{2,5}(?:/[A-Z]{1,5})*)\.?:?$|^\[|^\d+\.?$"
)
_TITLE_ROLES: Final = {
    "the president": "President", "the vice president": "Vice President",
    "the secretary": "Secretary of State",
    "the secretary of state": "Secretary of State", "the under secretary": "Under Secretary of State",
    "the acting secretary": "Acting Secretary of State", "the secretary of defense": "Secretary of Defense",
}  # fmt: skip
"""Offices that stand for a person in American records."""
_OFFICE_CODE: Final = re.compile(
    r"\s*[—–-]{1,2}\s*(?P<code>[A-Z]{1,4}(?:/[A-Z]{1,5})*|[A-Z]\w* ?\w*)$|"
    r",\s*(?P<code2>[A-Z]{1,4}/[A-Z/]{1,6})$"
)


_DASH: Final = re.compile(r"\s*[—–]+\s*|\s+--?\s+")
_NAME: Final = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}"
_PAIR: Final = re.compile(rf"^(?P<one>{_NAME}) and (?P<two>{_NAME})(?P<office>,.*)?$")
_CAPITALS: Final = re.compile(r"(?<=[a-z.] )[A-Z]{4,}(?=,|$)")


@dataclass(frozen=True, slots=True)
class Attendance:
    """Reads attendance lists of one document. `notes` may name in full whom the list only touches."""

    gazetteer: Gazetteer
    persons: Mapping[str, Persona]
    on: date | None
    notes: tuple[str, ...] = ()

    def of_list(self, entries: Iterable[tuple[Attended, Evidence]]) -> tuple[ParticipantMention, ...]:
        """The participants of a list, in order, nobody twice; headings give the party of those below them."""
        found: list[ParticipantMention] = []
        side: str | None = None
        for entry, line in entries:
            own = side_of(entry.text, self.gazetteer) if not entry.refs else None
            if own is not None:
                side = own
                continue
            headed = side_of(entry.side, self.gazetteer) if entry.side else None
            for mention in self._entry(entry, line, headed or side):
                _add(found, mention)
        return tuple(_between(found))

    def _entry(self, entry: Attended, line: Evidence, side: str | None) -> Iterable[ParticipantMention]:
        text = entry.text.strip(" .;:")
        if _NOBODY.match(text) or not re.search(r"[A-Za-z]{2}", text):
            return
        own = Evidence(entry.text, line.start, line.start + len(entry.text))
        for words in self._pair(text) or _people(text):
            mention = self._person(words, within(own, words), entry.refs, side)
            if mention is not None:
                yield mention

    def _pair(self, text: str) -> list[str]:
        """The two of "Tang Wen-sheng and Chi Chao-chu, Interpreters" or "Mr. Hay and Mr. Lee", or nobody."""
        match = _PAIR.match(text)
        if match is None:
            return []
        names = [match["one"], match["two"]]
        split = [self.gazetteer.split_title(name) for name in names]
        plain = not any(each.title for each in split) and not any(map(self.gazetteer.party, names))
        titled = all(each.title and each.name for each in split)
        return [names[0], names[1] + (match["office"] or "")] if plain or titled else []

    def _person(
        self, words: str, spot: Evidence, refs: tuple[tuple[str, str | None], ...], side: str | None
    ) -> ParticipantMention | None:
        pointed = [(name, ref) for name, ref in refs if name and name in words]
        persona = next(
            (self.persons[ref] for _, ref in pointed if ref is not None and ref in self.persons), None
        )
        office = office_on(persona.offices, self.on) if persona else ""
        role = _TITLE_ROLES.get(words.lower())
        if role is not None:
            represents = Sourced("US", spot, 0.95, Basis.INFERRED)
            return ParticipantMention(words, ParticipantKind.PERSON, spot, role, represents, mentions=(spot,))
        code = _OFFICE_CODE.search(words)
        bare = _spelt(words[: code.start()] if code else words, [name for name, _ in pointed])
        mention = participant(bare, spot, Context(self.gazetteer, self.on, american=True), office)
        if mention is None:
            return None
        mention = self._whole(mention, persona, pointed)
        return self._sided(mention, side, persona, bool(code))

    def _whole(
        self, mention: ParticipantMention, persona: Persona | None, pointed: list[tuple[str, str | None]]
    ) -> ParticipantMention:
        """The full name of the list of persons, or of a note, for a surname."""
        full = persona.name if persona else None
        if full is None and len(mention.name.split()) == 1 and mention.kind is ParticipantKind.PERSON:
            full = self._noted(mention.name)
        if full is None or full == mention.name:
            return mention
        printed = pointed[0][0] if pointed else mention.name
        aliases = tuple(dict.fromkeys(a for a in (*mention.aliases, mention.name, printed) if a != full))
        return replace(mention, name=full, aliases=aliases)

    def _noted(self, surname: str) -> str | None:
        """ "Herbert V. Prochnow" of a note, for "Prochnow"."""
        pattern = re.compile(rf"\b((?:[A-Z][\w.’'-]* ){{1,3}}{re.escape(surname)})\b")
        for note in self.notes:
            for match in pattern.finditer(note):
                sentence = re.search(r"[a-z]{3}\.", match[1]) or re.search(r"\bBy\b|\bThe\b", match[1])
                if not sentence and not self.gazetteer.split_title(match[1]).title:
                    return match[1]
        return None

    def _sided(
        self, mention: ParticipantMention, side: str | None, persona: Persona | None, coded: bool
    ) -> ParticipantMention:
        """The party: that of the heading, of the words, of the list of persons, of an American office."""
        spot = mention.evidence
        if side is not None:
            return replace(mention, represents=Sourced(side, spot, 0.98, Basis.STATED))
        if mention.represents is not None and mention.represents.basis is Basis.STATED:
            return mention
        told = party_of(persona.offices, Context(self.gazetteer, self.on, american=True)) if persona else None
        if told is not None:
            return replace(mention, represents=Sourced(told[0], spot, 0.95, Basis.INFERRED))
        if mention.represents is not None:
            return mention
        if coded:
            return replace(mention, represents=Sourced("US", spot, 0.9, Basis.INFERRED))
        return self._looked_up(mention)

    def _looked_up(self, mention: ParticipantMention) -> ParticipantMention:
        """The party of the only person of this name whose office covers the day."""
        if mention.kind is ParticipantKind.GROUP or self.on is None:
            return mention
        hits = self.gazetteer.persons(mention.name, self.on)
        codes = {
            office.country
            for hit in hits
            if hit.how in ("name", "short name", "surname")
            for office in hit.offices
            if office.start is not None and office.on(self.on)
        }
        if len(codes) != 1:
            return mention
        return replace(mention, represents=Sourced(codes.pop(), mention.evidence, 0.7, Basis.GAZETTEER))

    def completed(
        self,
        people: tuple[ParticipantMention, ...],
        lines: Iterable[tuple[Evidence, tuple[tuple[str, str | None], ...]]],
    ) -> tuple[ParticipantMention, ...]:
        """For a document without a full list: those named in its subject, head or summary added."""
        found = list(people)
        for line, refs in lines:
            for words in _between_whom(line.text):
                mention = self._person(words, within(line, words), refs, None)
                if mention is not None:
                    _add(found, replace(mention, confidence=0.8))
            for name, ref in refs:
                persona = self.persons.get(ref or "")
                if persona is None or not name or name not in line.text:
                    continue
                mention = self._person(name, within(line, name), ((name, ref),), None)
                if mention is not None:
                    _add(found, replace(mention, confidence=0.7))
            if len({p.represents.value for p in found if p.represents}) >= 2:
                break
        return tuple(found)


_BETWEEN: Final = re.compile(
    r"\b(?:[Bb]etween|[Ww]ith) (?P<one>(?:the )?[A-Z][^,;:]{2,80}?)(?: and (?P<two>(?:the "
    r")?[A-Z][^,;:]{2,80}?))?(?=,|$|\.$)"
)


def _between_whom(text: str) -> list[str]:
    """ "Conversation Between the President and the Libyan Ambassador (Mansour)" → both phrases."""
    match = (
        _BETWEEN.search(text[:300]) if re.search(r"conversation|meeting", text[:300], re.IGNORECASE) else None
    )
    return (
        [
            re.sub(r"^the (?=[A-Z]\w+ )", "", p) if p[4:5].isupper() and " (" in p else p
            for p in match.groups()
            if p
        ]
        if match
        else []
    )


def _between(found: list[ParticipantMention]) -> list[ParticipantMention]:
    """Delegations are listed one after the other: whoever stands between two of one party is of it too."""
    parties = [m.represents.value if m.represents else None for m in found]
    filled = list(found)
    for n, mention in enumerate(found):
        if parties[n] is not None:
            continue
        before = next((p for p in reversed(parties[:n]) if p), None)
        after = next((p for p in parties[n + 1 :] if p), None)
        # an interpreter closes the list of the delegation that brought him
        closes = re.search(r"\binterpret", mention.role or "", re.IGNORECASE) is not None
        if before is not None and (before == after or closes):
            filled[n] = replace(mention, represents=Sourced(before, mention.evidence, 0.7, Basis.INFERRED))
    return filled


def _spelt(words: str, names: list[str]) -> str:
    """ "Piotr JAROSZEWICZ Chairman of …" and "Nicholas Platt - Assistant to …" as "Name, office".

    `names` are those that the document marks as names.
    """
    told = _DASH.sub(", ", words)
    name = next((n for n in names if re.match(rf"(?:\w+\. )?{re.escape(n)} [A-Z]", told)), None)
    if name is not None:
        told = told.replace(f"{name} ", f"{name}, ", 1)
    return _CAPITALS.sub(lambda match: match[0].capitalize(), told)


def _people(text: str) -> list[str]:
    """The persons of one entry: mostly one."""
    match = _SEVERAL.match(text)
    if match:
        names = [n for n in re.split(r",? and |, (?!Jr|Sr)", match["names"]) if n]
        title = _ONE.get(match["title"], "")
        return [f"{title} {name}".strip() if name not in text else name for name in names]
    parts = [p.strip() for p in text.split(";") if p.strip()]
    return parts if len(parts) > 1 and all(re.match(r"[A-Z]", p) for p in parts) else [text]


def _add(found: list[ParticipantMention], mention: ParticipantMention) -> None:
    for old in found:
        if old.name == mention.name and old.kind is mention.kind:
            return
    found.append(mention)
