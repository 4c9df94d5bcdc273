"""One row of a table → an article with its record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from kg import __version__
from kg.errors import InputError
from kg.model import (
    Article,
    Basis,
    DateSpan,
    Duration,
    Evidence,
    MeetingMention,
    Mode,
    ParticipantMention,
    Qualifier,
    Record,
    Sourced,
    Status,
)
from kg.official.people import Context, participant
from kg.official.sheet import About, Sheet, sourced, within
from kg.official.table_mapping import Mapping, Who
from kg.read.article import slug
from kg.times.clock import clock_range, clock_time
from kg.times.dates import calendar, resolve_date
from kg.times.durations import parse_duration

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["row_record"]

_MODES: Final = {
    "in-person": Mode.IN_PERSON, "in person": Mode.IN_PERSON, "visit": Mode.IN_PERSON,
    "meeting": Mode.IN_PERSON,
    "phone": Mode.PHONE, "telephone": Mode.PHONE, "call": Mode.PHONE, "phone call": Mode.PHONE,
    "video": Mode.VIDEO, "videoconference": Mode.VIDEO, "video conference": Mode.VIDEO, "online": Mode.VIDEO,
    "virtual": Mode.VIDEO,
}  # fmt: skip
_STATUSES: Final = {status.value: status for status in Status} | {"canceled": Status.CANCELLED}
_BRACKET: Final = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<inside>[^()]+)\)$")


def row_record(
    row: dict[str, str], mapping: Mapping, where: str, gazetteer: Gazetteer
) -> tuple[Article, Record]:
    """The row as an article with its record. Raises `InputError` when it is no meeting."""
    missing = [column for column in mapping.columns.values() if column not in row]
    if missing:
        raise InputError(f"there is no column {missing[0]!r}", where=where, remedy="correct the mapping")
    sheet = Sheet()
    lines = {name: sheet.line(f"{name}: {value}") for name, value in row.items() if value}
    lines |= {f"={key}": sheet.line(f"{key}: {value}") for key, value in mapping.fixed.items()}
    for number, who in enumerate(w for w in mapping.who if w.fixed):
        lines[f"=who{number}"] = sheet.line(", ".join(filter(None, (who.name[0], who.role, who.party))))
    reader = _Row(row, mapping, lines, where, gazetteer)
    ident = reader.value("id")
    stem = slug(re.sub(r"\.\w+(?=:\d+$)", "", where.rsplit("/", 1)[-1]))
    title = reader.value("title") or reader.value("topics") or "Meeting"
    name = f"{re.sub(r'-[0-9]+$', '', stem)}-{slug(ident)}" if ident else stem
    about = About(name, where, title, reader.value("url"))
    article = sheet.article(about)
    return article, Record(article.id, None, (reader.meeting(),), (), f"table/{__version__}")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row with the lines that they have become."""

    row: dict[str, str]
    mapping: Mapping
    lines: dict[str, Evidence]
    where: str
    gazetteer: Gazetteer

    def value(self, field: str) -> str | None:
        """What the row, or else the mapping for all rows, says of a field."""
        column = self.mapping.columns.get(field)
        return (self.row.get(column) if column else None) or self.mapping.fixed.get(field)

    def spot(self, field: str) -> Evidence:
        """The words of a field in the article."""
        column = self.mapping.columns.get(field)
        line = self.lines.get(column or "") or self.lines.get(f"={field}") or next(iter(self.lines.values()))
        return within(line, self.value(field) or line.text)

    def meeting(self) -> MeetingMention:
        """The meeting of the row."""
        people = self._people()
        if len(people) < 2:
            raise InputError(
                "the row names fewer than two participants",
                where=self.where,
                remedy="name them, or leave it out",
            )
        day = self._day()
        start, end, duration = self._times(day.value if day else None)
        status, mode = self._status(), self._mode()
        return MeetingMention(
            key="m1",
            participants=people,
            status=status,
            evidence=tuple(self.lines.values()),
            mode=mode,
            venue=self._plain("venue"),
            city=self._plain("city"),
            country=self._country(),
            date=day,
            start=start,
            end=end,
            duration=duration,
            topics=self._topics(),
        )

    def _plain(self, field: str) -> Sourced[str] | None:
        value = self.value(field)
        return sourced(value, self.spot(field)) if value else None

    def _country(self) -> Sourced[str] | None:
        value = self.value("country")
        if value:
            hit = self.gazetteer.country(value)
            code = hit.code if hit else value.upper() if re.fullmatch(r"[A-Za-z]{2}", value) else None
            return sourced(code, self.spot("country")) if code else None
        city = self.value("city")
        hits = self.gazetteer.cities(city) if city else []
        return sourced(hits[0].country, self.spot("city"), 0.8, Basis.GAZETTEER) if hits else None

    def _topics(self) -> tuple[Sourced[str], ...]:
        value = self.value("topics")
        if not value:
            return ()
        spot = self.spot("topics")
        parts = [p.strip() for p in re.split(r"[;|]", value) if p.strip()]
        return tuple(sourced(part, within(spot, part)) for part in parts)

    def _status(self) -> Sourced[Status]:
        value = self.value("status")
        if not value:
            return sourced(Status.HELD, next(iter(self.lines.values())), 0.9, Basis.INFERRED)
        status = _STATUSES.get(value.strip().lower())
        if status is None:
            allowed = ", ".join(s.value for s in Status)
            raise InputError(
                f"the status {value!r} is unknown", where=self.where, remedy=f"use one of {allowed}"
            )
        return sourced(status, self.spot("status"))

    def _mode(self) -> Sourced[Mode] | None:
        value = self.value("mode")
        mode = _MODES.get(value.strip().lower()) if value else None
        return sourced(mode, self.spot("mode")) if mode else None

    def _day(self) -> Sourced[DateSpan] | None:
        value = self.value("date")
        if not value:
            return None
        span = _span(value, day_first=self.mapping.day_first)
        if span is None:
            raise InputError(
                f"the date {value!r} is no day", where=self.where, remedy="write it as YYYY-MM-DD"
            )
        until = self.value("end_date")
        last = _span(until, day_first=self.mapping.day_first) if until else None
        if last is not None and last.latest > span.latest:
            span = calendar.days(span.earliest, last.latest, value) or span
        return sourced(span, self.spot("date"))

    def _times(
        self, day: DateSpan | None
    ) -> tuple[Sourced[datetime] | None, Sourced[datetime] | None, Sourced[Duration] | None]:
        known = day.earliest if day and len(day.edtf) == 10 else None
        start, end = self._moment("start", known), self._moment("end", known)
        told = self.value("start")
        pair = clock_range(told) if told and end is None and not re.match(r"\d{4}-", told) else None
        if pair is not None and known is not None:
            begin = datetime.combine(known, pair.start)
            start = sourced(begin, self.spot("start"))
            end = sourced(begin + timedelta(minutes=pair.minutes), self.spot("start"))
        if start and end and end.value <= start.value:
            end = sourced(end.value + timedelta(days=1), end.evidence)
        value = self.value("duration")
        if value:
            plain = f"{value} minutes" if re.fullmatch(r"\d+(?:\.\d+)?", value) else value
            duration = parse_duration(plain, elliptical=False)
            if duration is not None:
                return start, end, sourced(duration, self.spot("duration"))
        return start, end, _between(start, end)

    def _moment(self, field: str, day: date | None) -> Sourced[datetime] | None:
        value = self.value(field)
        if not value:
            return None
        try:
            return sourced(datetime.fromisoformat(value).replace(tzinfo=None), self.spot(field))
        except ValueError:
            pass
        at = clock_time(value)
        if at is None and (plain := re.search(r"\b(\d{1,2})[:.](\d\d)\b", value)) and int(plain[1]) < 24:
            at = time(int(plain[1]), int(plain[2]) % 60)
        return sourced(datetime.combine(day, at), self.spot(field)) if at and day else None

    def _people(self) -> tuple[ParticipantMention, ...]:
        found: list[ParticipantMention] = []
        fixed = 0
        for who in self.mapping.who:
            if who.fixed:
                line = self.lines[f"=who{fixed}"]
                fixed += 1
                new = [self._person(who.name[0], line, who.role, who.party)]
            elif who.names:
                new = self._several(who)
            else:
                new = [self._joined(who)]
            found.extend(m for m in new if m is not None and m.name not in {f.name for f in found})
        return tuple(found)

    def _several(self, who: Who) -> list[ParticipantMention | None]:
        column = who.names or ""
        cell = self.row.get(column, "")
        line = self.lines.get(column)
        if line is None:
            return []
        party = self.row.get(who.party) if who.party else None
        parts = [p.strip() for p in re.split(rf"{re.escape(who.separator)}|\n", cell) if p.strip()]
        return [self._person(part, within(line, part), None, party) for part in parts]

    def _joined(self, who: Who) -> ParticipantMention | None:
        cells = [self.row.get(column, "") for column in who.name]
        words = " ".join(cell for cell in cells if cell)
        line = next((self.lines[c] for c in who.name if c in self.lines), None)
        if not words or line is None:
            return None
        spot = within(line, words if len(who.name) == 1 else next(c for c in cells if c))
        role = self.row.get(who.role) if who.role else None
        party = self.row.get(who.party) if who.party else None
        return self._person(words, spot, role, party)

    def _person(
        self, words: str, spot: Evidence, role: str | None, party: str | None
    ) -> ParticipantMention | None:
        """ "Ada Lind (foreign minister, Norway)" and the like."""
        inside = _BRACKET.match(words)
        if inside:
            words = inside["name"]
            *office, last = [p.strip() for p in inside["inside"].split(",")]
            land = self.gazetteer.party(last)
            party = party or (last if land else None)
            role = role or ", ".join(office if land else [*office, last]) or None
        hit = self.gazetteer.party(party) if party else None
        code = hit.code if hit else party
        mention = participant(words, spot, Context(self.gazetteer, None, code, Basis.STATED), role or "")
        if mention is None:
            return None
        represents = sourced(code, spot) if code else mention.represents
        return ParticipantMention(
            mention.name, mention.kind, spot, role or mention.role, represents, mention.aliases, (spot,)
        )


def _between(start: Sourced[datetime] | None, end: Sourced[datetime] | None) -> Sourced[Duration] | None:
    if start is None or end is None:
        return None
    minutes = (end.value - start.value).total_seconds() / 60
    if not 0 < minutes <= 24 * 60:
        return None
    value = Duration(minutes, minutes, minutes, Qualifier.EXACT, end.evidence.text)
    return sourced(value, end.evidence, 1.0, Basis.INFERRED)


def _span(value: str, *, day_first: bool) -> DateSpan | None:
    """A cell's date; in figures by the table's own order."""
    match = re.match(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", value)
    if match:
        a, b, year = (int(part) for part in match.groups())
        day, month = (a, b) if (day_first and b <= 12) or a > 12 else (b, a)
        return calendar.day(calendar.safe_date(year, month, day), value)
    return resolve_date(re.sub(r"T?\d\d:\d\d.*$", "", value), anchor=None)
