"""What each stretch of an article's text is: headline, dateline, byline, caption, body or boilerplate.

Everything stays in the text; blocks only say how to read it. Rules go from the surest to
the weakest, line by line, with what a line follows and what has been said before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.model import Block, BlockKind
from kg.read import patterns as look
from kg.read.lines import Line, lines_of
from kg.times.dates.find import dateline_end

__all__ = ["blocks_of", "header_of"]

_HEAD: Final = 14
"""Headlines, bylines and datelines stand within so many lines of the top."""
_SITE: Final = re.compile(r"^(?P<title>.{8,}?)\s+(?:[-–—|»:]|\|\|)\s+(?P<site>[^-–—|»]{2,40})$")


@dataclass(slots=True)
class _State:
    """What has been seen so far."""

    kinds: list[BlockKind | None]
    counts: Counter[str] = field(default_factory=Counter)
    body_begun: bool = False
    teasers: bool = False
    title: str | None = None


def header_of(lines: Sequence[Line]) -> dict[str, tuple[str, int]]:
    """Header lines ("Published: 2023-06-19") at the very top: key → (value, number of the line)."""
    found: dict[str, tuple[str, int]] = {}
    for line in lines:
        match = look.HEADER.fullmatch(line.bare)
        if match is None or line.gap > 1 or match["key"].lower() in found:
            break
        found[match["key"].lower()] = (match["value"].strip(), line.place)
    # a lone "Source: …" or "Date: …" may be the story's own first line; "Published" never is
    return found if "published" in found or len(found) > 1 or "title" in found or "url" in found else {}


def blocks_of(
    text: str, *, title: str | None = None, hints: Mapping[int, BlockKind] | None = None
) -> tuple[Block, ...]:
    """The blocks of a text in order, without the white space between them.

    `title` is the page's own title, if known; `hints` maps the start offset of a line to a
    kind that the page's markup gives away (a figure's caption).
    """
    lines = lines_of(text)
    state = _State([None] * len(lines), Counter(_key(line) for line in lines), title=title)
    for _, place in header_of(lines).values():
        state.kinds[place] = BlockKind.BOILERPLATE
    known = hints or {}
    for line in lines:
        if state.kinds[line.place] is None:
            state.kinds[line.place] = known.get(line.start) or _kind(line, lines, state)
        _note(line, state)
    _drop_tail(lines, state)
    blocks: list[Block] = []
    for line, kind in zip(lines, state.kinds, strict=True):
        blocks.extend(_split(line, kind or BlockKind.BODY))
    return tuple(blocks)


def _key(line: Line) -> str:
    return re.sub(r"\W+", " ", line.bare).strip().casefold()


def _note(line: Line, state: _State) -> None:
    kind = state.kinds[line.place]
    if kind is BlockKind.BODY and line.is_prose:
        state.body_begun = True
        state.teasers = False


def _kind(line: Line, lines: Sequence[Line], state: _State) -> BlockKind:
    if state.teasers and not _ends_teasers(line, lines, state):
        return BlockKind.BOILERPLATE
    state.teasers = _heads_teasers(line, lines)
    if state.teasers or _is_furniture(line, lines, state):
        return BlockKind.BOILERPLATE
    byline = line.words <= 24 and look.BYLINE.fullmatch(line.bare) is not None
    signed = byline and line.bare[:3].lower() == "by "
    if not signed and _is_caption(line, lines, state):
        return BlockKind.CAPTION
    dated = look.DATE_LINE.fullmatch(line.bare) is not None or (byline and _is_dateline_only(line))
    if dated and line.words <= 12:
        return BlockKind.DATELINE
    return BlockKind.BYLINE if byline else _head_kind(line, lines, state) or BlockKind.BODY


def _heads_teasers(line: Line, lines: Sequence[Line]) -> bool:
    """A heading such as "Read more", with headlines of other stories below it, or nothing."""
    if line.words > 8:
        return False
    following = lines[line.place + 1 : line.place + 2]
    listed = bool(following) and following[0].is_list_item and following[0].is_headlike
    if look.TEASER_HEADING.fullmatch(line.bare):
        return not following or listed or following[0].is_headlike
    return listed and line.words <= 5 and line.bare.startswith(("More ", "MORE "))


def _ends_teasers(line: Line, lines: Sequence[Line], state: _State) -> bool:
    """Whether the story goes on: running text that is not the summary under a teaser."""
    before = lines[line.place - 1]
    if line.is_prose and not (line.gap == 0 and before.is_headlike and line.words < 60):
        return True
    # a run of blank lines ends a box of teasers when a paragraph comes next
    follows = lines[line.place + 1 : line.place + 2]
    picture = look.IMAGE_NAME.fullmatch(line.bare) is not None
    credit = _is_caption(line, lines, state) and line.gap >= 1
    return picture or credit or (line.gap >= 3 and bool(follows) and line.ends_sentence)


def _is_furniture(line: Line, lines: Sequence[Line], state: _State) -> bool:
    bare = line.bare
    if not re.search(r"\w", bare):
        return True
    if len(bare) <= 240 and look.FURNITURE.fullmatch(bare):
        return not (line.words >= 12 and line.ends_sentence and line.is_prose and not _loud(bare))
    if len(bare) <= 320 and look.TEASER.fullmatch(bare) and not (line.words > 24 and line.ends_sentence):
        return True
    if look.IMAGE_NAME.fullmatch(bare):
        return True
    if look.CATEGORY.fullmatch(bare) and line.words <= 12 and not _is_only_heading(line, lines):
        return True
    menu = _is_menu(bare, least=2 if state.body_begun else 3)
    return (menu and look.CAPTION.fullmatch(bare) is None) or _is_repeated(line, lines, state)


def _loud(bare: str) -> bool:
    """Furniture even when it is a whole sentence."""
    return (
        re.search(
            r"©|copyright|rights reserved|subscri|newsletter|follow us|redistribution|"
            r"sign up",
            bare,
            re.IGNORECASE,
        )
        is not None
    )


def _is_only_heading(line: Line, lines: Sequence[Line]) -> bool:
    """A section's name that is the only thing above the text is its headline after all."""
    return line.place == 0 and len(lines) > 1 and lines[1].is_prose and line.words > 3


def _is_menu(bare: str, *, least: int) -> bool:
    """Short entries between bars or dots; two are enough only if they are long enough for headlines."""
    entries = [e.strip() for e in re.split(r"\s*[|»·•]\s*", bare) if e.strip()]
    if any(len(e.split()) > 10 for e in entries) or bare.endswith("."):
        return False
    return len(entries) >= 3 or (len(entries) == 2 == least and " | " in bare and len(bare.split()) >= 7)


def _is_repeated(line: Line, lines: Sequence[Line], state: _State) -> bool:
    """A headline that stands twice, below the story's own: a teaser with its picture's text.

    At the top, a title with the site's name is dropped when the title itself follows.
    """
    if not state.body_begun:
        following = [_key(other) for other in lines[line.place + 1 : line.place + 5]]
        match = _SITE.match(line.bare)
        own = match is not None and _plain(match["title"]) in following
        return own or (line.is_headlike and _key(line) in following and state.counts[_key(line)] > 1)
    if not (line.is_headlike and line.words >= 3 and state.counts[_key(line)] > 1):
        return False
    below = lines[line.place + 1 : line.place + 6]
    again = any(_key(other) == _key(line) for other in below)
    own = not again and any(other.is_prose for other in below)
    return not line.ends_sentence and not line.bare.endswith(":") and not own


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_caption(line: Line, lines: Sequence[Line], state: _State) -> bool:
    bare = line.bare
    if line.words > 90 or not bare:
        return False
    if len(bare) <= 700 and look.CAPTION.fullmatch(bare) and (line.words <= 60 or bare.endswith(")")):
        return True
    if look.CREDIT_END.search(bare) and line.words >= 4 and not _is_dateline_only(line):
        return True
    if look.POSITION.search(bare) and (
        look.SHOWS.search(bare) or not line.ends_sentence or not state.body_begun
    ):
        return True
    if look.CREDIT_LINE.fullmatch(bare):
        return True
    return _follows_picture(line, lines) or _above_credit(line, lines)


def _is_dateline_only(line: Line) -> bool:
    return dateline_end(line.bare) == len(line.bare)


def _above_credit(line: Line, lines: Sequence[Line]) -> bool:
    """Right above "Photo credit: …"."""
    below = lines[line.place + 1 : line.place + 2]
    return (
        bool(below)
        and below[0].gap == 0
        and line.words <= 40
        and below[0].words <= 8
        and re.match(r"(?:photos?|picture|image) ?(?:credit|by|courtesy|:)", below[0].bare, re.IGNORECASE)
        is not None
    )


def _follows_picture(line: Line, lines: Sequence[Line]) -> bool:
    """Right under a picture's name or credit, in the present tense or short."""
    if line.place == 0 or line.gap > 1 or line.words < 3:
        return False
    before = lines[line.place - 1]
    credit = look.CREDIT_LINE.fullmatch(before.bare) is not None and line.gap == 0
    picture = look.IMAGE_NAME.fullmatch(before.bare) is not None
    return (
        (picture or credit)
        and line.words <= 60
        and (look.SHOWS.search(line.bare) is not None or line.words <= 25)
    )


def _head_kind(line: Line, lines: Sequence[Line], state: _State) -> BlockKind | None:
    """Kinds that only stand at the top: headline, deck, name of the author, place line."""
    if state.body_begun or line.place >= _HEAD:
        return None
    has_headline = BlockKind.HEADLINE in state.kinds
    if has_headline and (_is_dateline_only(line) or look.CAPS_LINE.fullmatch(line.bare)):
        return BlockKind.DATELINE
    name = look.PERSON_LINE.fullmatch(line.bare) is not None and not line.bare.isupper()
    if has_headline and name and not _is_title(line, state):
        return BlockKind.BYLINE
    last = line.place == len(lines) - 1
    if line.is_headlike and (not last or not has_headline) and not _has_dateline(line):
        return BlockKind.HEADLINE
    if not has_headline and line.words <= 16 and (not last and lines[line.place + 1].words > line.words):
        return BlockKind.HEADLINE if not _has_dateline(line) else None
    # a deck may be a whole sentence when it stands between the headline and byline or dateline
    return None


def _has_dateline(line: Line) -> bool:
    """A dateline that a paragraph follows, that names a day or an agency, or that is all there is."""
    end = dateline_end(line.text)
    if end is None:
        return False
    told = re.search(r"\d|\(", line.text[:end]) is not None and line.ends_sentence
    return told or line.is_prose or end >= len(line.text)


def _is_title(line: Line, state: _State) -> bool:
    return state.title is not None and _plain(state.title).startswith(_key(line))


def _drop_tail(lines: Sequence[Line], state: _State) -> None:
    """Below the last paragraph of the story, short lines beside teasers are furniture too."""
    kinds = state.kinds
    last = max(
        (n for n, k in enumerate(kinds) if k is BlockKind.BODY and lines[n].is_prose), default=len(lines)
    )
    tail = range(last + 1, len(lines))
    teasing = [n for n in tail if kinds[n] is BlockKind.BOILERPLATE and lines[n].words >= 3]
    if not teasing:
        return
    for n in range(teasing[0], len(lines)):
        if kinds[n] in (BlockKind.BODY, BlockKind.HEADLINE) and not lines[n].ends_sentence:
            kinds[n] = BlockKind.BOILERPLATE


def _split(line: Line, kind: BlockKind) -> list[Block]:
    """A paragraph that begins with a dateline makes two blocks."""
    if kind is not BlockKind.BODY:
        return [Block(kind, line.start, line.end)]
    end = dateline_end(line.text) if _has_dateline(line) else None
    if end is None:
        return [Block(kind, line.start, line.end)]
    if end >= len(line.text) or look.DATE_LINE.fullmatch(line.text[end:].strip()):
        return [Block(BlockKind.DATELINE, line.start, line.end)]
    middle = line.start + end
    return [Block(BlockKind.DATELINE, line.start, middle), Block(kind, middle, line.end)]
