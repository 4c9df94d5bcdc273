"""Records as JSON after the record schema, and back.

The schema's fields hold plain values. Beside them, `values` tells of each value the words it
rests on (exact offsets), how sure the extractor is and whether it was stated or inferred, so
that nothing of a `Record` is lost: `from_json(to_json(record)) == record`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from kg.model import (
    Basis,
    DateSpan,
    Duration,
    Evidence,
    MeetingMention,
    Mode,
    ParticipantKind,
    ParticipantMention,
    Qualifier,
    Record,
    ResolvedParticipant,
    ResolvedRecord,
    Sourced,
    Status,
    VisitMention,
)
from kg.times.durations import iso

__all__ = ["from_json", "to_json"]

T = TypeVar("T")
Json = dict[str, Any]


# --- writing ----------------------------------------------------------------------------------


def to_json(record: Record | ResolvedRecord) -> Json:
    """A record as a JSON object; participants of a `ResolvedRecord` carry `id` and `wikidata`."""
    resolved = record if isinstance(record, ResolvedRecord) else None
    plain = record.record if isinstance(record, ResolvedRecord) else record
    out: Json = {
        "article": plain.article,
        "published": plain.published.isoformat() if plain.published else None,
        "meetings": [_meeting(meeting) for meeting in plain.meetings],
        "visits": [_visit(visit) for visit in plain.visits],
        "extractor": plain.extractor,
    }
    if resolved:
        for meeting, target in zip(resolved.meetings, out["meetings"], strict=True):
            for who, json in zip(meeting.participants, target["participants"], strict=True):
                json.update(_identity(who, resolved), represents=_party(who, resolved))
            if meeting.place:
                target["place"]["id"] = meeting.place.entity
        for visit, target in zip(resolved.visits, out["visits"], strict=True):
            target.update(_identity(visit.visitor, resolved), represents=_party(visit.visitor, resolved))
    return out


def _party(who: ResolvedParticipant, resolved: ResolvedRecord) -> str | None:
    """Code or short name of the party, as resolved: by the text where it tells, else by office and day."""
    party = resolved.entities.get(who.party.entity) if who.party else None
    if party is None:
        return None
    return party.iso2 or min((party.label, *party.aliases), key=len)


def _identity(who: ResolvedParticipant, resolved: ResolvedRecord) -> Json:
    entity = resolved.entities.get(who.who.entity)
    return {
        "id": who.who.entity,
        "wikidata": entity.wikidata if entity else None,
        "id_confidence": who.who.confidence,
    }


def _evidence(evidence: Evidence) -> Json:
    return {"text": evidence.text, "start": evidence.start, "end": evidence.end}


def _sourced(sourced: Sourced[Any], value: Any) -> Json:
    return {
        "value": value,
        "evidence": _evidence(sourced.evidence),
        "confidence": round(sourced.confidence, 4),
        "basis": sourced.basis.value,
    }


def _date(span: DateSpan) -> Json:
    return {
        "edtf": span.edtf,
        "earliest": span.earliest.isoformat(),
        "latest": span.latest.isoformat(),
        "text": span.text,
    }


def _duration(duration: Duration) -> Json:
    return {
        "minutes": duration.minutes,
        "min": duration.min_minutes,
        "max": duration.max_minutes,
        "qualifier": duration.qualifier.value,
        "text": duration.text,
    }


def _participant(who: ParticipantMention) -> Json:
    return {
        "name": who.name,
        "type": who.kind.value,
        "represents": who.represents.value if who.represents else None,
        "role": who.role,
        "aliases": list(who.aliases),
        "confidence": round(who.confidence, 4),
        "evidence": _evidence(who.evidence),
        "mentions": [_evidence(mention) for mention in who.mentions],
        "values": {"represents": _sourced(who.represents, who.represents.value)} if who.represents else {},
    }


def _meeting(meeting: MeetingMention) -> Json:
    places = {"venue": meeting.venue, "city": meeting.city, "country": meeting.country}
    values: Json = {"status": _sourced(meeting.status, meeting.status.value.value)}
    values |= {key: _sourced(value, value.value) for key, value in places.items() if value}
    if meeting.mode:
        values["mode"] = _sourced(meeting.mode, meeting.mode.value.value)
    if meeting.date:
        values["date"] = _sourced(meeting.date, _date(meeting.date.value))
    values |= {
        key: _sourced(value, value.value.isoformat())
        for key, value in (("start", meeting.start), ("end", meeting.end))
        if value
    }
    if meeting.duration:
        values["duration"] = _sourced(meeting.duration, _duration(meeting.duration.value))
    values["topics"] = [_sourced(topic, topic.value) for topic in meeting.topics]
    values["outcomes"] = [_sourced(outcome, outcome.value) for outcome in meeting.outcomes]
    length = meeting.duration.value if meeting.duration else None
    return {
        "key": meeting.key,
        "participants": [_participant(who) for who in meeting.participants],
        "status": meeting.status.value.value,
        "mode": meeting.mode.value.value if meeting.mode else None,
        "place": {key: value.value if value else None for key, value in places.items()}
        if any(places.values())
        else None,
        "date": meeting.date.value.edtf if meeting.date else None,
        "duration": {"iso": iso(length), "qualifier": length.qualifier.value} if length else None,
        "topics": [topic.value for topic in meeting.topics],
        "outcomes": [outcome.value for outcome in meeting.outcomes],
        "background": meeting.background,
        "evidence": [_evidence(evidence) for evidence in meeting.evidence],
        "confidence": round(meeting.confidence, 4),
        "values": values,
    }


def _visit(visit: VisitMention) -> Json:
    values: Json = {"status": _sourced(visit.status, visit.status.value.value)}
    values |= {
        key: _sourced(value, value.value)
        for key, value in (("country", visit.country), ("city", visit.city))
        if value
    }
    values |= {
        key: _sourced(value, _date(value.value))
        for key, value in (("date", visit.date), ("end_date", visit.end_date))
        if value
    }
    return {
        "key": visit.key,
        "visitor": visit.visitor.name,
        "represents": visit.visitor.represents.value if visit.visitor.represents else None,
        "destination_country": visit.country.value if visit.country else None,
        "destination_city": visit.city.value if visit.city else None,
        "date": visit.date.value.edtf if visit.date else None,
        "status": visit.status.value.value,
        "meetings": list(visit.meetings),
        "evidence": [_evidence(evidence) for evidence in visit.evidence],
        "confidence": round(visit.confidence, 4),
        "participant": _participant(visit.visitor),
        "values": values,
    }


# --- reading ----------------------------------------------------------------------------------


def from_json(json: Mapping[str, Any]) -> Record:
    """The record that `to_json` wrote (ids of a resolved record are left out)."""
    return Record(
        article=json["article"],
        published=date.fromisoformat(json["published"]) if json.get("published") else None,
        meetings=tuple(_meeting_from(m) for m in json["meetings"]),
        visits=tuple(_visit_from(v) for v in json.get("visits", ())),
        extractor=json.get("extractor", "reader"),
    )


def _evidence_from(json: Mapping[str, Any]) -> Evidence:
    return Evidence(json["text"], json["start"], json["end"])


def _sourced_from(json: Mapping[str, Any], convert: Callable[[Any], T]) -> Sourced[T]:
    return Sourced(
        convert(json["value"]), _evidence_from(json["evidence"]), json["confidence"], Basis(json["basis"])
    )


def _optional(values: Mapping[str, Any], key: str, convert: Callable[[Any], T]) -> Sourced[T] | None:
    return _sourced_from(values[key], convert) if key in values else None


def _date_from(json: Mapping[str, Any]) -> DateSpan:
    return DateSpan(
        date.fromisoformat(json["earliest"]), date.fromisoformat(json["latest"]), json["edtf"], json["text"]
    )


def _duration_from(json: Mapping[str, Any]) -> Duration:
    return Duration(json["minutes"], json["min"], json["max"], Qualifier(json["qualifier"]), json["text"])


def _participant_from(json: Mapping[str, Any]) -> ParticipantMention:
    return ParticipantMention(
        name=json["name"],
        kind=ParticipantKind(json["type"]),
        evidence=_evidence_from(json["evidence"]),
        role=json["role"],
        represents=_optional(json["values"], "represents", str),
        aliases=tuple(json["aliases"]),
        mentions=tuple(_evidence_from(mention) for mention in json["mentions"]),
        confidence=json["confidence"],
    )


def _meeting_from(json: Mapping[str, Any]) -> MeetingMention:
    values = json["values"]
    return MeetingMention(
        key=json["key"],
        participants=tuple(_participant_from(who) for who in json["participants"]),
        status=_sourced_from(values["status"], Status),
        evidence=tuple(_evidence_from(evidence) for evidence in json["evidence"]),
        mode=_optional(values, "mode", Mode),
        venue=_optional(values, "venue", str),
        city=_optional(values, "city", str),
        country=_optional(values, "country", str),
        date=_optional(values, "date", _date_from),
        start=_optional(values, "start", datetime.fromisoformat),
        end=_optional(values, "end", datetime.fromisoformat),
        duration=_optional(values, "duration", _duration_from),
        topics=tuple(_sourced_from(topic, str) for topic in values["topics"]),
        outcomes=tuple(_sourced_from(outcome, str) for outcome in values["outcomes"]),
        background=json["background"],
        confidence=json["confidence"],
    )


def _visit_from(json: Mapping[str, Any]) -> VisitMention:
    values = json["values"]
    return VisitMention(
        key=json["key"],
        visitor=_participant_from(json["participant"]),
        status=_sourced_from(values["status"], Status),
        evidence=tuple(_evidence_from(evidence) for evidence in json["evidence"]),
        country=_optional(values, "country", str),
        city=_optional(values, "city", str),
        date=_optional(values, "date", _date_from),
        end_date=_optional(values, "end_date", _date_from),
        meetings=tuple(json["meetings"]),
        confidence=json["confidence"],
    )
