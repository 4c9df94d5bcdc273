"""The head of a TEI document: title, place, day, times, who, on what, notes.

Reads the older encoding (`<time from to>` beside a date) and the newer one (`<date from to>`
with times), lists and plain paragraphs of participants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from kg.official.safexml import local, text_of
from kg.official.sheet import flat

__all__ = ["Attended", "Document", "document", "is_conversation"]

_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_CONVERSATION: Final = re.compile(
    r"\bmemorand(?:um|a) of (?:an? |the )?(?:telephone |telcon |private |substance of )?(?:conversations?|"
    r"discussions?|meetings?)\b|"
    r"\b(?:record|minutes|notes|transcript|summary) of (?:an? |the )?(?:telephone |telcon |private "
    r")?(?:conversations?|meetings?|talks?|discussions?)\b",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?P<label>participants?|those present|also present|present|date (?:&|and) time|time (?:&|and) date|"
    r"date|time|place|"
    r"date and place|date, time,? (?:&|and) place|location|subjects?|"
    r"re)\b\s*(?:\([^)]*\))?\s*:?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SIDE_LABEL: Final = re.compile(
    r"^(?P<side>[A-Z][\w.’' -]{0,30}?) (?:participants?|side|delegation|representatives)\s*:?$", re.IGNORECASE
)
_PRESENT: Final = re.compile(r"\b(?:were|was|those|also) present\b[^.]{0,80}:$", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"^\[?here follows.{0,20}same list|same (?:list of )?participants as", re.IGNORECASE
)
_SPEECH: Final = re.compile(r"^[^:]{2,60}:\s+\S")
_AHEAD: Final = 60
"""Paragraphs at the top among which the printed head is looked for."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A line of an attendance list: its words, the heading it stands under, whom the words point to."""

    text: str
    side: str | None = None
    refs: tuple[tuple[str, str | None], ...] = ()
    """(name as printed, id in the list of persons) of each `<persName>`."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the head of a document says, all as printed; `encoded` holds the attributes."""

    id: str
    head: str
    dateline: str = ""
    places: tuple[str, ...] = ()
    encoded: dict[str, str] = field(default_factory=dict)
    """`when`, `from`, `to` of the date; `time-from`, `time-to`, `time-when` of the time."""
    attended: tuple[Attended, ...] = ()
    subjects: tuple[str, ...] = ()
    printed: dict[str, str] = field(default_factory=dict)
    """Labelled paragraphs: `time`, `date`, `place`."""
    source_note: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    head_refs: tuple[tuple[str, str | None], ...] = ()
    """Persons named in the head itself; likewise in the summary and the subject."""
    summary_refs: tuple[tuple[str, str | None], ...] = ()
    subject_refs: tuple[tuple[str, str | None], ...] = ()


def is_conversation(head: str) -> bool:
    """Whether a document's head says that it records a conversation or meeting."""
    return _CONVERSATION.search(head) is not None


def document(div: Any) -> Document:
    """The head of a document element. Nothing but the head is kept in memory."""
    head = next((c for c in div if local(c) == "head"), None)
    title = text_of(head) if head is not None else ""
    notes = [n for n in (head.iter() if head is not None else ()) if local(n) == "note"]
    kinds = {n.get("type") or "": text_of(n, without=()) for n in notes}
    plain = tuple(text_of(n, without=()) for n in notes)
    source = kinds.get("source") or next((t for t in plain if t.startswith("Source")), "")
    line = next((e for e in div.iter() if local(e) == "dateline"), None)
    body = _body(div)
    attended, subjects, printed = _labelled(body)
    return Document(
        id=div.get(_XML_ID) or f"d{div.get('n') or ''}",
        head=title,
        dateline=text_of(line) if line is not None else "",
        places=tuple(
            text_of(e) for e in (line.iter() if line is not None else ()) if local(e) == "placeName"
        ),
        encoded=_encoded(line),
        attended=attended,
        subjects=subjects,
        printed=printed,
        source_note=source,
        summary=kinds.get("summary", ""),
        notes=plain,
        head_refs=tuple(_refs(head)) if head is not None else (),
        summary_refs=tuple(r for n in notes if n.get("type") == "summary" for r in _refs(n, inside=True)),
        subject_refs=tuple(r for e in body if _is_subject(e) for r in _refs(e)),
    )


def _is_subject(element: Any) -> bool:
    return local(element) == "list" and "subject" in (element.get("type") or "").lower()


def _encoded(line: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    if line is None:
        return found
    for element in line.iter():
        name = local(element)
        if name not in ("date", "time"):
            continue
        prefix = "time-" if name == "time" else ""
        for key in ("when", "from", "to", "notBefore", "notAfter"):
            if (value := element.get(key)) and prefix + key not in found:
                found[prefix + key] = value
    return found


def _body(div: Any) -> list[Any]:
    """Lists and paragraphs at the top of the document, in order."""
    found: list[Any] = []
    for element in div:
        name = local(element)
        if name in ("list", "p", "ab", "table", "opener", "div"):
            found.extend(element if name in ("opener", "div") else [element])
        if len(found) >= _AHEAD:
            break
    return found


def _refs(element: Any, *, inside: bool = False) -> Iterator[tuple[str, str | None]]:
    """Persons named in an element, those in notes left out unless the element is the note."""
    for named in element.iter():
        if local(named) != "persName":
            continue
        if not inside and any(
            local(outer) == "note" for outer in named.iterancestors() if outer is not element
        ):
            continue
        yield text_of(named), (named.get("corresp") or "").lstrip("#") or None


def _labelled(body: list[Any]) -> tuple[tuple[Attended, ...], tuple[str, ...], dict[str, str]]:
    attended: list[Attended] = []
    subjects: list[str] = []
    printed: dict[str, str] = {}
    label = side = None
    for element in body:
        kind = element.get("type") or ""
        heading = next((text_of(c) for c in element if local(c) == "head"), "")
        if local(element) == "list":
            named = _label_of(kind, heading)
            if named == "participants":
                attended.extend(_listed(element, None))
            elif named == "subject":
                _subject_list(element, subjects, attended)
            label = None
            continue
        text = text_of(element)
        sided = _SIDE_LABEL.match(text)
        if sided or _PRESENT.search(text):
            label, side = "participants", sided["side"] if sided else None
            continue
        if _ELSEWHERE.search(text[:120]):
            attended.append(Attended(text))
            continue
        match = _LABEL.match(text) if len(text) < 400 else None
        if match and (":" in text or match["rest"] == "" or text.isupper()):
            label, side = match["label"].lower(), None
            rest = match["rest"].strip()
            if rest and label in ("participants", "participant", "present", "those present", "also present"):
                attended.append(Attended(rest, None, tuple(_refs(element))))
            elif rest:
                _note(label, rest, subjects, printed)
                label = None
            continue
        label, side = _continued(label, side, text, element, attended, subjects, printed)
    return tuple(attended), tuple(subjects), printed


def _subject_list(element: Any, subjects: list[str], attended: list[Attended]) -> None:
    """The items of a subject list; some volumes have the participants in it, below a line that says so."""
    people = False
    side: str | None = None
    for item in (i for i in element if local(i) == "item"):
        text = text_of(item)
        if re.fullmatch(r"(?:[\w.]+ ){0,3}participants?:?", text, re.IGNORECASE):
            people, side = True, re.sub(r"(?i) ?participants?:?$", "", text) or None
        elif people:
            attended.append(
                Attended(text, None if attended and attended[-1].side is None else side, tuple(_refs(item)))
            )
        elif text:
            subjects.append(text)


def _label_of(kind: str, heading: str) -> str:
    words = f"{kind} {heading}".lower()
    if "participant" in words or re.search(r"\bpresent\b|\bside\b|attend", words):
        return "participants"
    return "subject" if "subject" in words else ""


def _note(label: str, rest: str, subjects: list[str], printed: dict[str, str]) -> None:
    if label.startswith(("subject", "re")):
        subjects.append(rest)
        return
    for key in ("date", "time", "place", "location"):
        if key in label:
            printed.setdefault("place" if key == "location" else key, rest)


def _continued(  # noqa: PLR0917
    label: str | None,
    side: str | None,
    text: str,
    element: Any,
    attended: list[Attended],
    subjects: list[str],
    printed: dict[str, str],
) -> tuple[str | None, str | None]:
    """A paragraph under the last label: a participant, a subject, or the beginning of the talk."""
    if label is None or not text:
        return label, side
    if label in ("participants", "participant", "present", "those present", "also present"):
        sentence = text.endswith(".") and len(text) > 60 and not text.endswith(("Jr.", "U.S.", "Sr."))
        if len(text) > 160 or sentence or _SPEECH.match(text):
            return None, None
        attended.append(Attended(text, side, tuple(_refs(element))))
        return label, side
    if len(text) <= 200 and not _SPEECH.match(text):
        _note(label, text, subjects, printed)
    return None, None


def _listed(element: Any, side: str | None) -> Iterator[Attended]:
    """The items of a list of participants, with lists inside them."""
    for child in element:
        name = local(child)
        if name == "head":
            words = text_of(child)
            side = side if re.search(r"participant|present", words, re.IGNORECASE) else flat(words)
        elif name == "list":
            yield from _listed(child, side)
        elif name == "item":
            inner = [c for c in child.iter() if local(c) == "list"]
            own = text_of(child, without=("note", "list"))
            if inner:
                if own and own.strip(" :"):
                    yield Attended(own, side, ())
                for nested in [c for c in child if local(c) == "list"]:
                    yield from _listed(nested, own or side)
            elif own:
                yield Attended(own, side, tuple(_refs(child)))
