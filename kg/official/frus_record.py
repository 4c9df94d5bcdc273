"""A memorandum's record: its head written out as an article, every value with its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg import __version__
from kg.model import (
    Article,
    Basis,
    BlockKind,
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
from kg.official.frus_attendance import Attendance
from kg.official.frus_document import Attended, Document
from kg.official.frus_place import Place, place_of
from kg.official.frus_times import When
from kg.official.frus_volume import Volume
from kg.official.sheet import About, Sheet, sourced, within
from kg.times.dates import calendar

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["Maker"]

_URL: Final = "https://history.state.gov/historicaldocuments"
_SERIES: Final = "Foreign Relations of the United States"
_PHONE: Final = re.compile(r"\btele(?:phone|con)\b|\btelcon\b|\bby phone\b", re.IGNORECASE)
_SAME_LIST: Final = re.compile(r"same (?:list|participants).{0,40}?document (?P<number>\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a record's article."""

    head: Evidence
    dateline: Evidence
    attended: tuple[tuple[Attended, Evidence], ...]
    subjects: tuple[Evidence, ...]
    place: Evidence | None
    source: Evidence | None
    summary: Evidence | None


@dataclass(frozen=True, slots=True)
class Maker:
    """One document's record in the making."""

    doc: Document
    volume: Volume
    gazetteer: Gazetteer

    def _id(self) -> str:
        return f"{self.volume.id}-{self.doc.id}"

    def _about(self, suffix: str = "") -> About:
        url = f"{_URL}/{self.volume.id}/{self.doc.id}"
        return About(self._id() + suffix, self.volume.source(self.doc.id), self.doc.head, url, _SERIES)

    def _attended(self) -> tuple[Attended, ...]:
        """The attendance list, with lists that stand in another document put in."""
        whole: list[Attended] = []
        for entry in self.doc.attended:
            match = _SAME_LIST.search(entry.text)
            whole.extend(self.volume.attendance(f"d{match['number']}") if match else [entry])
        return tuple(whole)

    def _written(self, sheet: Sheet) -> _Lines:
        doc = self.doc
        head = sheet.line(doc.head, BlockKind.HEADLINE)
        dateline = sheet.line(doc.dateline) if doc.dateline else head
        entries = self._attended()
        if entries:
            sheet.line("Participants:")
        attended = tuple((entry, sheet.line(self._entry(entry))) for entry in entries)
        if doc.subjects:
            sheet.line("Subject:")
        subjects = tuple(sheet.line(subject) for subject in doc.subjects)
        told = " ".join(f"{key.capitalize()}: {value}." for key, value in doc.printed.items())
        place = sheet.line(told) if told else None
        source = sheet.line(doc.source_note) if doc.source_note else None
        summary = sheet.line(doc.summary) if doc.summary else None
        return _Lines(head, dateline, attended, subjects, place, source, summary)

    def _entry(self, entry: Attended) -> str:
        """An entry with what the volume's list of persons says of those it points to."""
        known = [self.volume.persons[ref] for _, ref in entry.refs if ref in self.volume.persons]
        notes = [p.entry for p in known if p.entry and p.entry not in entry.text]
        return f"{entry.text} [{'; '.join(notes)}]" if notes else entry.text

    def record(self, when: When) -> tuple[Article, Record]:
        """The document as an article with its record."""
        sheet = Sheet()
        lines = self._written(sheet)
        article = sheet.article(self._about())
        attendance = Attendance(self.gazetteer, self.volume.persons, when.day, self.doc.notes)
        people = attendance.of_list(lines.attended)
        if len({p.represents.value for p in people if p.represents}) < 2:
            people = attendance.completed(people, self._named(lines))
        meeting = self._meeting(lines, people, when)
        meetings = (meeting,) if meeting.participants else ()
        return article, Record(article.id, None, meetings, (), f"frus/{__version__}")

    def _named(self, lines: _Lines) -> list[tuple[Evidence, tuple[tuple[str, str | None], ...]]]:
        """Lines besides the list in which participants are named: subject, head, summary."""
        found = [(line, self.doc.subject_refs) for line in lines.subjects[:1]]
        found.append((lines.head, self.doc.head_refs))
        if lines.summary is not None:
            found.append((lines.summary, self.doc.summary_refs))
        return found

    def _meeting(self, lines: _Lines, people: tuple[ParticipantMention, ...], when: When) -> MeetingMention:
        phone = self._phone(lines)
        place = Place() if phone else place_of(self.doc, self.gazetteer)
        evidence = tuple(e for e in (lines.summary, lines.head) if e)
        where = [e for e in (lines.dateline, lines.place, lines.source, lines.head) if e]
        day = calendar.day(when.day, self.doc.dateline or self.doc.head)
        mode = Mode.PHONE if phone else Mode.IN_PERSON
        return MeetingMention(
            key="m1",
            participants=people,
            status=sourced(Status.HELD, lines.head),
            evidence=evidence,
            mode=sourced(
                mode, phone or lines.head, 1.0 if phone else 0.95, Basis.STATED if phone else Basis.INFERRED
            ),
            venue=_found(place.venue, where),
            city=_found(place.city, where),
            country=self._country(place, where),
            date=sourced(day, lines.dateline) if day else None,
            start=_moment(when.start, when, where),
            end=_moment(when.end, when, where),
            duration=_duration(when, where),
            topics=_topics(lines.subjects),
        )

    def _country(self, place: Place, where: list[Evidence]) -> Sourced[str] | None:
        if place.country is None:
            return None
        return sourced(place.country, where[0], 0.95, Basis.GAZETTEER)

    def _phone(self, lines: _Lines) -> Evidence | None:
        """The line that says that they telephoned."""
        for line in (lines.head, *lines.subjects[:1]):
            if match := _PHONE.search(line.text):
                return within(line, match.group())
        return None

    def encoding(self, encoded: When) -> tuple[Article, Record]:
        """What the attributes say, where they differ from the printed text: a second, weak witness."""
        sheet = Sheet()
        sheet.line(self.doc.head, BlockKind.HEADLINE)
        head = sheet.line(
            f"Times in the encoding of the document, which differ from those printed: {self.doc.dateline}"
        )
        line = sheet.line(" ".join(f"{key}={value}" for key, value in self.doc.encoded.items()))
        entries = tuple((entry, sheet.line(self._entry(entry))) for entry in self._attended())
        article = sheet.article(self._about("-encoding"))
        attendance = Attendance(self.gazetteer, self.volume.persons, encoded.day, self.doc.notes)
        people = attendance.of_list(entries)
        day = calendar.day(encoded.day, line.text)
        weak = MeetingMention(
            key="m1",
            participants=people,
            status=sourced(Status.HELD, head),
            evidence=(line,),
            date=sourced(day, line, _WEAK) if day else None,
            start=sourced(encoded.start, line, _WEAK) if encoded.start else None,
            end=sourced(encoded.end, line, _WEAK) if encoded.end else None,
            duration=_weakened(_duration(encoded, [line])),
            confidence=_WEAK,
        )
        return article, Record(article.id, None, (weak,) if people else (), (), f"frus/{__version__}")


_WEAK: Final = 0.3
"""Confidence of attributes that the printed text contradicts."""
_LONGEST: Final = 24 * 60
"""Minutes; a longer meeting is a slip of the encoding."""


def _found(words: str | None, lines: list[Evidence]) -> Sourced[str] | None:
    """A value with the first line that has its words."""
    if not words:
        return None
    line = next((e for e in lines if words in e.text), lines[0])
    return sourced(words, within(line, words))


def _moment(at: Any, when: When, lines: list[Evidence]) -> Sourced[Any] | None:
    if at is None:
        return None
    line = next((e for e in lines if when.words and when.words in e.text), lines[0])
    return sourced(at, within(line, when.words), 1.0 if when.words else 0.9)


def _duration(when: When, lines: list[Evidence]) -> Sourced[Duration] | None:
    minutes = when.minutes
    if minutes is None or not 0 < minutes <= _LONGEST:
        return None
    line = next((e for e in lines if when.words and when.words in e.text), lines[0])
    words = within(line, when.words)
    value = Duration(minutes, minutes, minutes, Qualifier.EXACT, words.text)
    return sourced(value, words, 1.0 if when.words else 0.9)


def _weakened(value: Sourced[Duration] | None) -> Sourced[Duration] | None:
    return None if value is None else Sourced(value.value, value.evidence, _WEAK, value.basis)


def _topics(subjects: tuple[Evidence, ...]) -> tuple[Sourced[str], ...]:
    """One topic for each part of a subject line."""
    found: list[Sourced[str]] = []
    for line in subjects:
        at = 0
        for piece in re.split(r"(;\s*|\s*\(\d\)\s*)", line.text):
            words = piece.strip(" .,")
            if len(words) >= 3 and re.search(r"[A-Za-z]{3}", words):
                start = line.start + at + piece.index(words)
                found.append(sourced(words, Evidence(words, start, start + len(words))))
            at += len(piece)
    return tuple(found)
