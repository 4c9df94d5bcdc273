"""The day of writing: what "today" and "on Monday" are counted from."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extract.scene import Anchor
from kg.model import Article
from kg.times.dates import dateline, full_date, resolve_date

__all__ = ["anchor_of"]

_DATELINE_LAG = timedelta(days=4)
_LOOSE_DATELINE = re.compile(
    r"^(?:\([^()]{3,40}\)\s*)?(?:[A-Z][\w .'’-]{2,40}, )?(?P<when>(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
    r"Sun)day,? (?:night|evening|morning)?,?\s?)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}|\d{1,2}(?:st|nd|rd|"
    r"th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)"
    r"(?:,? \d{4})?|(?<=, )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:night|evening|"
    r"morning))?(?= ?(?:-|–|—)))"
    r"(?:,? \d{1,2}[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?|[Hh])?)?(?:\.|,)?\s*(?:$|[-–—(|]|(?<=\.) [A-Z])"
)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])")
_IN_PROSE = re.compile(
    r"\b(?:on|of|since|until|till|by|from|in|after|before|to) (?:\w+day,? )?$", re.IGNORECASE
)


def anchor_of(article: Article) -> Anchor:
    """The dateline's day if it fits publication, else publication, else a full date in the head."""
    found = _dateline(article)
    if article.published:
        if found and found.day and timedelta(0) <= article.published - found.day <= _DATELINE_LAG:
            return found
        return Anchor(article.published)
    return found or _written(article)


def _dateline(article: Article) -> Anchor | None:
    offset = 0
    for line in article.text[:1500].split("\n"):
        hit = dateline(line, anchor=article.published)
        if hit and hit[1] is not None and len(hit[1].edtf) == 10:
            begin = line.find(hit[1].text)
            return Anchor(hit[1].earliest, offset + begin, offset + begin + len(hit[1].text))
        loose = _LOOSE_DATELINE.match(line) if article.published else None
        if loose:
            day = resolve_date(loose["when"], anchor=article.published, tense="past")
            if day and len(day.edtf) == 10:
                return Anchor(day.earliest, offset + loose.start("when"), offset + loose.end("when"))
        offset += len(line) + 1
    return None


def _written(article: Article) -> Anchor:
    """A day in full in the head of the text, or at its very end."""
    text = article.text
    for low, high in ((0, 900), (max(0, len(text) - 160), len(text))):
        numeric = _NUMERIC.search(text, low, high)
        hit = full_date(text[low:high])
        if hit and _IN_PROSE.search(text[max(0, low + hit[0] - 12) : low + hit[0]]):
            hit = None
        if numeric and (hit is None or numeric.start() < low + hit[0]):
            day = _numeric_day(numeric)
            if day:
                return Anchor(day, numeric.start(), numeric.end())
        if hit:
            start, end = low + hit[0], low + hit[1]
            wider = resolve_date(text[max(0, start - 24) : end], anchor=hit[2].earliest)
            ranged = wider and re.search(r"\d\D{0,14}(?:to|-|–|until)\s*$", text[max(0, start - 24) : start])
            return Anchor(wider.earliest if wider and ranged else hit[2].earliest, start, end)
    return Anchor(None)


def _numeric_day(match: re.Match[str]) -> date | None:
    """Day and month in figures: day first, unless it cannot be."""
    first, second, year = (int(part) for part in match.groups())
    for day, month in ((first, second), (second, first)):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None
