"""Text and what a page says of itself → Article."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kg.errors import InputError
from kg.model import Article, Block, BlockKind, PublishedFrom
from kg.read.blocks import blocks_of, header_of
from kg.read.lines import lines_of
from kg.times.dates import dateline, full_date, resolve_date

__all__ = ["Ids", "Page", "make_article", "read_day", "slug"]

_HEAD: Final = 4000
"""Characters at the top of a text among which headers are looked for."""
_STAMPED: Final = re.compile(r"\d[:.]\d\d|\b(?:posted|published|updated|modified)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a text from outside it: its page, its JSON fields, its name."""

    source: str
    id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    hints: Mapping[int, BlockKind] = field(default_factory=dict)
    """Start offset of a line → what the page's markup says it is."""


class Ids:
    """Ids given in one run; a second "report" becomes "report-2"."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, wanted: str) -> str:
        """`wanted`, or with the first number that makes it new."""
        name, number = wanted or "article", 1
        candidate = name
        while candidate in self._given:
            number += 1
            candidate = f"{name}-{number}"
        self._given.add(candidate)
        return candidate


def slug(text: str) -> str:
    """A short name of lower-case letters, digits and hyphens.

    >>> slug("https://news.example/2023/06/Blinken-in-Peking.html?x=1")
    'news-example-2023-06-blinken-in-peking'
    """
    plain = re.sub(r"^[a-z]+://(?:www\.)?|[?#].*$|\.x?html?$|\.x?html?(?=[?#])", "", text.strip())
    plain = re.sub(r"\.x?html?$", "", plain)
    folded = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:80] or "article"


def read_day(value: str) -> date | None:
    """A publication date as headers, pages and JSON fields write it; None when it names no day.

    >>> read_day("2023-06-19T10:00:00Z"), read_day("Mon 5 Sep 2016, 10:20 AM"), read_day("2023-06-31")
    (datetime.date(2023, 6, 19), datetime.date(2016, 9, 5), None)
    """
    value = value.strip()
    if iso := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", value):
        try:
            return date(*(int(part) for part in iso.groups()))
        except ValueError:
            return None
    if compact := re.match(r"(\d{4})(\d\d)(\d\d)(?!\d)", value):
        try:
            return date(*(int(part) for part in compact.groups()))
        except ValueError:
            return None
    found = full_date(value)
    span = found[2] if found else resolve_date(value, anchor=None)
    return span.earliest if span is not None and len(span.edtf) == 10 else None


def make_article(text: str, page: Page, published: date | None = None) -> Article:
    """The article with blocks, title and publication date.

    `published` is the user's own option and beats everything. Raises `InputError` when the
    header's date is no day of the calendar.
    """
    lines = lines_of(text[:_HEAD])
    header = {key: value for key, (value, _) in header_of(lines).items()}
    blocks = blocks_of(text, title=page.title, hints=page.hints)
    day, origin = _published(text, page, published, header, blocks)
    return Article(
        id=page.id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        source=page.source,
        blocks=blocks,
        title=page.title or header.get("title") or header.get("headline") or _headline(text, blocks),
        url=page.url or header.get("url") or header.get("link"),
        publisher=page.publisher or header.get("publisher") or header.get("source"),
        published=day,
        published_from=origin,
    )


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    first = next((b for b in blocks if b.kind is BlockKind.HEADLINE), None)
    return re.sub(r"\s+", " ", text[first.start : first.end]) if first else None


def _published(
    text: str, page: Page, option: date | None, header: Mapping[str, str], blocks: tuple[Block, ...]
) -> tuple[date | None, PublishedFrom]:
    """Option, page, header, dateline: the first that tells."""
    if option is not None:
        return option, PublishedFrom.OPTION
    if page.published is not None:
        return page.published, PublishedFrom.PAGE
    written = header.get("published") or header.get("date")
    if written:
        day = read_day(written)
        if day is None and re.search(r"\d", written):
            raise InputError(
                f"the header's date {written[:40]!r} is no day of the calendar",
                where=page.source,
                remedy="correct it as YYYY-MM-DD, or give the day with --published",
            )
        if day is not None:
            return day, PublishedFrom.HEADER
    if (day := _stamp(text, blocks)) is not None:
        return day, PublishedFrom.HEADER
    if (day := _dated(text, blocks)) is not None:
        return day, PublishedFrom.DATELINE
    return None, PublishedFrom.UNKNOWN


def _stamp(text: str, blocks: tuple[Block, ...]) -> date | None:
    """The day of a line such as "Posted Aug 15, 2008 7:31 AM" above the story."""
    for block in blocks[:12]:
        line = text[block.start : block.end]
        if block.kind in (BlockKind.BODY, BlockKind.CAPTION) or not _STAMPED.search(line):
            continue
        found = full_date(line)
        if found is not None:
            return found[2].earliest
    return None


def _dated(text: str, blocks: tuple[Block, ...]) -> date | None:
    """The day of a dateline or a line with nothing but a date, at the top or the very end."""
    edges = (*blocks[:12], *blocks[-2:])
    for block in edges:
        if block.kind is BlockKind.DATELINE:
            line = text[block.start : block.end]
            told = dateline(line)
            when = told[1] if told else None
            found = full_date(line)
            day = when.earliest if when and len(when.edtf) == 10 else found[2].earliest if found else None
            if day is not None:
                return day
    for block in edges:
        found = full_date(text[block.start : block.end]) if block.kind is BlockKind.BYLINE else None
        if found is not None:
            return found[2].earliest
    return None
