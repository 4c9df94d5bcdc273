"""Marks that the reader cut off too early or began too late, mended by the words beside them.

A name goes on while capitalised words follow, an office begins with its noun ("[Secretary] of State"), a
topic does not end in a preposition. Marks never run into each other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.names import GROUP_NOUN, PLURAL_OFFICE, ROLE_HEAD, fold
from kg.extract.world import World
from kg.model import Reading, Span, Tag

__all__ = ["repaired", "with_counterparts"]

_NEXT_NAME = re.compile(r"(?: (?:(?:al|el|bin|ibn|de|da|dos|van|von|der|la)[ -])?[A-ZÀ-Ž][\w’'-]+)+")
_BEFORE = re.compile(r"((?:[A-ZÀ-Ž][\w’'.-]*|(?:al|el|bin|de|da|van|von)) )$")
_OFFICE_BEFORE = re.compile(
    r"((?:[A-Z][\w.’'-]* ){0,3}(?:[Mm]inisters?|[Ss]ecretar(?:y|ies)|[Pp]residents?|[Hh]eads?|"
    r"[Ll]eaders?|[Cc]hiefs?|"
    r"[Aa]mbassadors?|[Ee]nvoys?|[Mm]embers?|[Rr]epresentatives?|[Dd]irectors?|[Cc]ommissioners?) )$"
)
_DANGLING = re.compile(
    r"\b(?:of|in|on|to|for|with|between|and|the|against|over|from|by|at|its|their|a|an|about)$"
)
_LOOSE_END = re.compile(r"(?: (?:of|in|on|to|for|with|between|and|the|from|by|at))+$")
_TOPIC_REST = re.compile(r"(?: [^\s,.;:!?()“”\"—–]+){1,5}")
_TOPIC_STOP = re.compile(
    r"^ (?:and|or|but|which|that|who|was|were|is|are|has|had|have|will|would|as|while|when|after|before)\b"
)
_NOT_NAMES = re.compile(
    r"^(?:The|A|An|And|With|Of|To|From|By|Meets?|Met|Says?|To|Is|Are|Was|Were|Will|May|Whether|That|This|"
    r"Photo|PHOTO|CAPTION|In|On|At|But|And|He|She|It|They|His|Her|Their|As|After|When|While|For|Mr|Mrs|"
    r"Ms|Dr)\b\.?"
)
_LONGEST = 40


def repaired(text: str, reading: Reading, world: World) -> Reading:
    """The reading with the bounds of its marks mended; order and number of marks stay the same."""
    spans = list(reading.spans)
    for n, span in enumerate(spans):
        low = spans[n - 1].end if n else 0
        high = spans[n + 1].start if n + 1 < len(spans) else len(text)
        if low <= span.start < span.end <= high:
            spans[n] = _mended(text, span, (low, high), world)
    return replace(reading, spans=tuple(spans))


def _mended(text: str, span: Span, room: tuple[int, int], world: World) -> Span:
    match span.tag:
        case Tag.PARTICIPANT:
            return _participant(text, span, room, world)
        case Tag.CITY:
            return _city(text, span, room, world)
        case Tag.TOPIC:
            return _topic(text, span, room)
        case Tag.VENUE:
            return _venue(text, span, room)
    return span


def _participant(text: str, span: Span, room: tuple[int, int], world: World) -> Span:
    start, end = span.start, span.end
    words = text[start:end]
    loose = _LOOSE_END.search(words)
    if loose and loose.start():
        return replace(span, end=start + loose.start())
    if re.match(r"(?:of|for) ", words):
        before = _OFFICE_BEFORE.search(text, max(room[0], start - 60), start)
        if before:
            return replace(span, start=before.start(1))
    last = words.split()[-1] if words.split() else ""
    if not last[:1].isupper() or ROLE_HEAD.fullmatch(last) or PLURAL_OFFICE.fullmatch(last):
        return span
    after = _NEXT_NAME.match(text, end, min(room[1], end + _LONGEST))
    if (
        after
        and not _NOT_NAMES.match(after.group().strip())
        and not world.party(after.group().strip())
        and not world.party(words.strip())
    ):
        end = _name_end(text, end, after.end())
    if len(words.split()) == 1 and not world.party(words):
        start = _first_name(text, start, room[0], world)
    return replace(span, start=start, end=end)


def _name_end(text: str, end: int, stop: int) -> int:
    """Where the name ends among the capitalised words up to `stop`: before the first that is none."""
    for word in re.finditer(r" ([^ ]+)", text[end:stop]):
        if _NOT_NAMES.match(word.group(1)) or ROLE_HEAD.fullmatch(word.group(1)):
            return end + word.start()
    return stop


def _first_name(text: str, start: int, low: int, world: World) -> int:
    """Where the name begins, when the word before the mark is a given name."""
    before = _BEFORE.search(text, max(low, start - 24), start)
    if not before:
        return start
    word = before.group(1).strip()
    known = (
        ROLE_HEAD.search(word) or world.party(word) or world.party(word.removesuffix("'s").removesuffix("’s"))
    )
    sentence_start = before.start(1) == 0 or text[: before.start(1)].rstrip()[-1:] in '.!?\n“"'
    if known or _NOT_NAMES.match(word) or word.endswith(("'s", "’s", ".")) or sentence_start:
        return start
    return before.start(1)


def _city(text: str, span: Span, room: tuple[int, int], world: World) -> Span:
    """The longer name where the gazetteer knows it: "Addis [Ababa]"."""
    after = re.compile(r"(?:[ -](?:de |la |el )?[A-ZÀ-Ž][\w’'-]*){1,2}").match(
        text, span.end, min(room[1], span.end + _LONGEST)
    )
    while after:
        whole = text[span.start : after.end()]
        if world.gazetteer.cities(fold(whole)):
            return replace(span, end=after.end())
        shorter = text.rfind(" ", span.end + 1, after.end())
        after = re.compile(r".+", re.DOTALL).match(text, span.end, shorter) if shorter > span.end else None
    return span


def _topic(text: str, span: Span, room: tuple[int, int]) -> Span:
    if not _DANGLING.search(text[span.start : span.end]):
        return span
    rest = _TOPIC_REST.match(text, span.end, min(room[1], span.end + 60))
    if not rest or _TOPIC_STOP.match(rest.group()):
        return span
    end = span.end
    for word in re.finditer(r" [^\s]+", rest.group()):
        if end > span.end and _TOPIC_STOP.match(word.group()):
            break
        end = span.end + word.end()
    return replace(span, end=end)


def _venue(text: str, span: Span, room: tuple[int, int]) -> Span:
    before = re.search(r"((?:[A-ZÀ-Ž][\w’'-]* ){1,3})$", text[max(room[0], span.start - 32) : span.start])
    if (
        before
        and "'s " not in before.group(1).replace("’", "'")
        and not _NOT_NAMES.match(before.group(1))
        and text[span.start].isupper()
    ):
        return replace(span, start=span.start - len(before.group(1)))
    return span


_WITH = re.compile(
    r" (?:with|by) (?:the |some |several |a group of )?"
    r"((?:[A-Za-z][\w.’'-]* ){0,4}[a-z]+s?(?: people| leaders| men| women)?)"
    r"(?= (?:in|at|on|to|for|from|over|about|who|operating|working|during|before|after|later|next|and)\b|"
    r"[,.;:])"
)
_SURE, _TOLD = 0.8, 0.85


def with_counterparts(text: str, reading: Reading) -> Reading:
    """Add groups that a trigger names right behind it ("met with US business people in …") but no mark holds.

    The new marks come after the others; they are linked to their trigger alone.
    """
    spans = list(reading.spans)
    links, group = dict(reading.links), dict(reading.group)
    for n, span in enumerate(reading.spans):
        if span.tag is not Tag.TRIGGER or span.score < 0.5:
            continue
        start = span.end - 5 if text[span.start : span.end].endswith(" with") else span.end
        match = _WITH.match(text, start, start + 90)
        if not match or not GROUP_NOUN.search(match.group(1)):
            continue
        if any(
            s.start < match.end(1) and match.start(1) < s.end
            for s in reading.spans
            if s.tag is Tag.PARTICIPANT
        ):
            continue
        links[n, len(spans)] = _TOLD
        group[len(spans)] = 1.0
        spans.append(Span(match.start(1), match.end(1), Tag.PARTICIPANT, _SURE))
    return replace(reading, spans=tuple(spans), links=links, group=group)
