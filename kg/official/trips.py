"""Travels of presidents and secretaries, visits of foreign leaders: one record a trip.

A trip becomes a visit with its days and place, and a meeting for what its remarks tell of
("Met with President X and Foreign Minister Y"). Officials of one party met together make one
meeting, of different parties one each. On a stay of several days the day stays open within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kg import __version__
from kg.gazetteer import role_class
from kg.model import (
    Article,
    Basis,
    DateSpan,
    Evidence,
    MeetingMention,
    Mode,
    ParticipantKind,
    ParticipantMention,
    Record,
    Sourced,
    Status,
    VisitMention,
)
from kg.official.people import Context, participant
from kg.official.remarks import Told, meetings_in, offices_of
from kg.official.sheet import About, Sheet, sourced, within
from kg.times.dates import calendar, resolve_date

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["Trip", "record_of"]

_FORMAL: Final = re.compile(
    r"^(?P<state>[^,(]+), (?P<form>(?:Federal |Democratic |People[’']s |Democratic People[’']s |Islamic |"
    r"Arab )*Republic(?: of)?|"
    r"Kingdom of|State of|South|North|East|West)$"
)


@dataclass(frozen=True, slots=True)
class Trip:
    """One entry of the lists. `home` is the traveller's party, None if the country is unknown."""

    kind: str
    """`travels` or `visits`; also the extractor's name."""
    number: str
    traveller: str
    office: str | None
    home: str | None
    start: date
    end: date
    country: str
    """The country gone to, as printed."""
    locale: str
    remarks: str
    source: str
    url: str


def country_code(name: str, gazetteer: Gazetteer) -> str | None:
    """Code of a country as the lists print it: "Korea, Republic of", "China, People's Republic of".

    Former names in brackets are left out; None when the gazetteer does not know it.
    """
    plain = re.sub(r"\s*\([^)]*\)|\s*\[[^]]*\]", "", name).strip(" .")
    tries = [plain]
    if match := _FORMAL.match(plain):
        tries += [
            f"{match['form']} {match['state']}".replace(" of of ", " of "),
            f"{match['form']} of {match['state']}",
        ]
        if match["form"].lstrip().lower() in ("north", "south", "east", "west"):
            tries.insert(1, f"{match['form']} {match['state']}")
        tries.append(match["state"])
    for text in tries:
        if (hit := gazetteer.country(text)) is not None:
            return hit.code
    inside = re.search(r"\(([^)]+)\)", name)
    hit = gazetteer.country(inside[1]) if inside else None
    return hit.code if hit else None


def record_of(trip: Trip, gazetteer: Gazetteer) -> tuple[Article, Record]:
    """The trip as an article with its record."""
    sheet = Sheet()
    who = sheet.line(f"{trip.traveller}, {trip.office}" if trip.office else trip.traveller)
    locale = f", {trip.locale}" if trip.locale else ""
    where = sheet.line(f"{trip.country}{locale}")
    last = f" to {trip.end.isoformat()}" if trip.end != trip.start else ""
    when = sheet.line(f"{trip.start.isoformat()}{last}")
    remarks = sheet.line(trip.remarks) if trip.remarks else None
    title = f"{trip.traveller}: {trip.country}, {trip.start.isoformat()}"
    about = About(f"{trip.kind}-{trip.number}", trip.source, title, trip.url, _PUBLISHER)
    article = sheet.article(about)
    maker = _Maker(trip, gazetteer, who, where, when, remarks)
    meetings = maker.meetings()
    visit = maker.visit(tuple(m.key for m in meetings))
    return article, Record(article.id, None, meetings, (visit,), f"{trip.kind}/{__version__}")


_REGION: Final = re.compile(
    r"\b(?:Central|South|Latin|North|Pan)[- ]American|\b(?:European|African|Asian|Arab|Allied|Baltic|"
    r"Nordic|Caribbean|Gulf|Pacific|NATO|"
    r"ASEAN|EU|GCC|G-?\d+|Quad)\b(?=.*(?:s|state|government)$)"
)
_PUBLISHER: Final = "Office of the Historian, U.S. Department of State"


@dataclass(frozen=True, slots=True)
class _Maker:
    """The lines of one trip's article, and what is made of them."""

    trip: Trip
    gazetteer: Gazetteer
    who: Evidence
    where: Evidence
    when: Evidence
    remarks: Evidence | None

    @property
    def _host(self) -> str | None:
        """The party at the place of the trip: whose officials are met if no other is named."""
        return country_code(self.trip.country, self.gazetteer)

    def _place(self) -> tuple[Sourced[str] | None, Sourced[str] | None]:
        """Country and, when the trip had a single stop, city."""
        code = self._host
        country = sourced(code, within(self.where, self.trip.country)) if code else None
        stops = [s.strip() for s in re.split(r"[;,]|\band\b", self.trip.locale) if s.strip()]
        known = [s for s in stops if self.gazetteer.is_city(s)]
        single = stops[0] if len(stops) == 1 else known[0] if len(known) == 1 and len(stops) == 2 else None
        return country, sourced(single, within(self.where, single)) if single else None

    def _traveller(self) -> ParticipantMention:
        home = self.trip.home
        name = re.sub(r"\s*\([^)]*\)", "", self.trip.traveller).strip()
        mention = participant(
            name, within(self.who, self.trip.traveller), Context(self.gazetteer, self.trip.start)
        )
        kind = mention.kind if mention else ParticipantKind.PERSON
        office = self.trip.office or (mention.role if mention else None)
        return ParticipantMention(
            name=mention.name if mention else name,
            kind=kind,
            evidence=within(self.who, self.trip.traveller),
            role=office,
            represents=sourced(home, self.who) if home else None,
            mentions=(self.who,),
        )

    def visit(self, keys: tuple[str, ...]) -> VisitMention:
        """The trip itself."""
        country, city = self._place()
        first, last = (calendar.day(d, self.when.text) for d in (self.trip.start, self.trip.end))
        evidence = tuple(e for e in (self.who, self.where, self.when, self.remarks) if e)
        return VisitMention(
            key="v1",
            visitor=self._traveller(),
            status=sourced(Status.HELD, self.remarks or self.when),
            evidence=evidence,
            country=country,
            city=city,
            date=sourced(first, self.when) if first else None,
            end_date=sourced(last, self.when) if last else None,
            meetings=keys,
        )

    def meetings(self) -> tuple[MeetingMention, ...]:
        """What the remarks tell, one meeting for each party met."""
        if self.remarks is None:
            return ()
        made: list[MeetingMention] = []
        for told in meetings_in(self.remarks.text):
            for partners in self._by_party(told):
                made.append(self._meeting(told, partners, f"m{len(made) + 1}"))
        return tuple(made)

    def _by_party(self, told: Told) -> list[list[ParticipantMention]]:
        """Who was met, those of one party together; "the Foreign Ministers of A and B" all together."""
        groups: dict[str | None, list[ParticipantMention]] = {}
        joint: list[list[ParticipantMention]] = []
        for words, offset in told.names:
            spot = self._spot(words, offset)
            several = offices_of(words)
            if several:
                mentions = [self._office(office, state, spot) for office, state in several]
                joint.append([m for m in mentions if m is not None])
                continue
            mention = participant(words, spot, self._context(words))
            if mention is None or mention.name == self._traveller().name:
                continue
            party = mention.represents.value if mention.represents else None
            if party == self.trip.home:
                # people of one's own party are no counterpart
                continue
            groups.setdefault(party, []).append(mention)
        return [*groups.values(), *[j for j in joint if j]]

    def _context(self, words: str) -> Context:
        """Officials without a state are the host's, unless the gazetteer has the holder for another one.

        Groups told by region ("Central American Foreign Ministers") are nobody's in particular.
        """
        host = self._host if self.trip.kind == "travels" else "US"
        on = self.trip.start
        if _REGION.search(words):
            return Context(self.gazetteer, on)
        split = self.gazetteer.split_title(words)
        role = role_class(split.title)
        hits = [h for h in self.gazetteer.persons(words, on) if h.how in ("name", "short name", "surname")]
        if " " not in split.name and len({o.country for h in hits for o in h.offices}) > 1:
            # a name that several states have had: "King Abdullah"
            return Context(self.gazetteer, on, host)
        states = {
            office.country
            for hit in hits
            for office in hit.offices
            if role and office.role == role and office.start is not None and office.on(on)
        }
        known = self.gazetteer.party_by_code(next(iter(states))) if len(states) == 1 else None
        if host and known is not None and host not in states and known.kind == "state":
            return Context(self.gazetteer, on, known.code, Basis.GAZETTEER)
        return Context(self.gazetteer, on, host)

    def _office(self, office: str, state: str, spot: Evidence) -> ParticipantMention | None:
        hit = self.gazetteer.party(state)
        if hit is None:
            return None
        where = within(spot, state)
        represents = sourced(hit.code, where)
        return ParticipantMention(
            f"{office} of {state}", ParticipantKind.PERSON, where, office, represents, mentions=(spot,)
        )

    def _spot(self, words: str, offset: int) -> Evidence:
        line = self.remarks or self.when
        start = line.start + offset
        return Evidence(line.text[offset : offset + len(words)], start, start + len(words))

    def _meeting(self, told: Told, partners: list[ParticipantMention], key: str) -> MeetingMention:
        line = self.remarks or self.when
        clause = Evidence(line.text[told.start : told.end], line.start + told.start, line.start + told.end)
        own = self._traveller()
        companions = self._companions(told)
        country, city = self._place()
        elsewhere = self._elsewhere(told, clause)
        if elsewhere:
            country, city = elsewhere
        if self.trip.kind == "visits" and not elsewhere:
            # the lists do not say where in the country a leader was received
            city = None
        told_day = self._day(told, clause)
        topics = tuple(sourced(words, self._spot(words, at)) for words, at in told.topics)
        return MeetingMention(
            key=key,
            participants=(own, *companions, *partners),
            status=sourced(Status.HELD, clause),
            evidence=(clause,),
            mode=sourced(Mode.IN_PERSON, clause, 0.95, Basis.INFERRED),
            city=city,
            country=country,
            date=told_day,
            topics=topics,
            confidence=0.95,
        )

    def _companions(self, told: Told) -> list[ParticipantMention]:
        """ "Accompanied President Bush to meetings with …": the president took part."""
        line = self.remarks or self.when
        match = re.search(
            r"(?:[Aa]ccompan(?:ied|ying)|[Pp]articipated in|[Jj]oined) "
            r"(?P<who>(?:President|Vice President|Secretary)(?: [A-Z][\w.’'-]+){1,2})(?:[’']s)?[^;.]{0,40}$",
            line.text[: told.start],
        )
        if match is None or ";" in line.text[match.end() : told.start]:
            return []
        spot = self._spot(match["who"], match.start("who"))
        mention = participant(match["who"], spot, Context(self.gazetteer, self.trip.start, "US"))
        return [mention] if mention else []

    def _elsewhere(
        self, told: Told, clause: Evidence
    ) -> tuple[Sourced[str] | None, Sourced[str] | None] | None:
        """A city named beside the meeting."""
        if told.where is None or self.trip.kind != "visits":
            return None
        country, _ = self._place()
        named = re.search(r"\bin (?P<city>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})", clause.text)
        for words in (named["city"] if named else "", told.where):
            hits = self.gazetteer.cities(words) if words else []
            if hits and any(h.country == "US" for h in hits[:3]):
                return country, sourced(words, within(clause, words))
        return None

    def _day(self, told: Told, clause: Evidence) -> Sourced[DateSpan] | None:
        trip = self.trip
        if told.when is not None:
            found = resolve_date(told.when, anchor=trip.start, reference=trip.start)
            if found and len(found.edtf) == 10 and abs((found.earliest - trip.start).days) <= 60:
                return sourced(replace(found, text=told.when), within(clause, told.when))
        if trip.start == trip.end:
            day = calendar.day(trip.start, self.when.text)
            return sourced(day, self.when, 1.0, Basis.STATED) if day else None
        stay = calendar.period(trip.start, trip.end, self.when.text)
        return sourced(stay, self.when, 0.95, Basis.INFERRED) if stay else None
