"""Words of dates: months, weekdays, seasons, holidays, parts of the day, and what tells past from future."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "DAY_PART",
    "HOLIDAYS",
    "MONTH",
    "NAMED_MONTH",
    "ROMAN_MONTHS",
    "SEASONS",
    "WEEKDAY",
    "guess_tense",
    "mend",
    "month_number",
    "weekday_number",
]

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|febr|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
"""Regex source of a month's name or abbreviation, lower case."""
WEEKDAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tues?|weds?|thurs?|thu|thur|fri|sat|sun)\b\.?)"
)
"""Regex source of a weekday's name or abbreviation, lower case."""
DAY_PART: Final = (
    r"(?:morning|forenoon|noon|midday|mid-afternoon|afternoon|evening|night|lunchtime|dawn|dusk)"
)
"""Regex source of a part of the day."""

ROMAN_MONTHS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

SEASONS: Final[dict[str, tuple[int, int]]] = {
    "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11),
}  # fmt: skip
"""First and last month of a season (northern); winter spans two years and is left to the year."""

HOLIDAYS: Final[dict[str, tuple[int, int]]] = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24),
    "christmas day": (12, 25), "boxing day": (12, 26), "valentine's day": (2, 14), "may day": (5, 1),
    "fourth of july": (7, 4), "epiphany": (1, 6), "all saints' day": (11, 1), "bastille day": (7, 14),
}  # fmt: skip
"""Days with a name and a fixed place in the calendar."""

NAMED_MONTH: Final = re.compile(
    r"\b(?:May|March|MAY|MARCH|Mar|MAR|Sat|SAT|Sun|SUN|Mon|MON|Wed|WED|Fri|FRI)\b"
)
"""Names that are everyday words too: alone, they are dates only when written with a capital."""

_OCR_DAY: Final = re.compile(r"\b(?=[\dlIO|]{1,2}\b)(?=[lIO|]*\d|[lI|]{1,2} [A-Z])[\dlIO|]{1,2}\b")
_WORD: Final = re.compile(r"[A-Za-z0]{4,9}")


def month_number(word: str) -> int:
    """1–12 of a name that `MONTH` matches."""
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(word.rstrip(".")[:3]))


def weekday_number(word: str) -> int:
    """0 (Monday) to 6 of a name that `WEEKDAY` matches."""
    return next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(word[:3]))


def _one_off(word: str, name: str) -> bool:
    return len(word) == len(name) and sum(a != b for a, b in zip(word, name, strict=True)) == 1


def mend(text: str) -> str:
    """`text` with the slips of scanned print mended where they stand in a date.

    Only words with a number beside them are touched, one letter off at most.

    >>> mend("l9 Jnne 1958"), mend("the lane at noon")
    ('19 June 1958', 'the lane at noon')
    """
    if not re.search(r"\d|\b[lI]{1,2}\b", text):
        return text
    digits = str.maketrans("lIO|", "1101")
    mended = _OCR_DAY.sub(lambda m: m.group().translate(digits), text)

    def month(match: re.Match[str]) -> str:
        word = match.group()
        near = mended[max(0, match.start() - 6) : match.start()] + mended[match.end() : match.end() + 6]
        if word.lower() in _MONTHS or not word[0].isupper() or not re.search(r"\d", near):
            return word.replace("0ct", "Oct") if word[0] == "0" else word
        return next((name.capitalize() for name in _MONTHS if _one_off(word.lower(), name)), word)

    return _WORD.sub(month, mended.replace("0ctober", "October"))


_FUTURE: Final = (
    r"(?:will|'ll|won't|shall|(?:is|are|'s|'re|be) (?:to|due|set|scheduled|slated|expected|going|planned|"
    r"likely|pencilled)|"
    r"plans? to|hopes? to|intends? to|may|might|upcoming|looks? forward|prepares? to|rescheduled (?:for|"
    r"to)|moved to|put off (?:to|until)|"
    r"invited|next|tomorrow)"
)
_OPEN: Final = (
    r"(?:(?:was|were|had been|been) (?:to|due|set|scheduled|slated|expected|going|planned|likely|"
    r"pencilled|booked|fixed|supposed)(?: to)?(?: have)?(?: \w+)?|would|should|could|ought)"
)
_PAST: Final = (
    r"(?:met|held|said|told|was|were|had|did|sat|spoke|saw|received|discussed|took|began|ended|flew|"
    r"arrived|hosted|"
    r"called|talked|visited|came|went|phoned|signed|agreed|ago|earlier|yesterday|has|have|been|after)"
)
_CUE: Final = re.compile(rf"\b(?:(?P<open>{_OPEN})|(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b")


def guess_tense(context: str, words: str = "") -> str | None:
    """`past`, `future`, `open` or None, from the cue nearest to the date; for want of a known trigger.

    "Was to have", "would" leave it open; without any cue it is None.

    >>> guess_tense("The two will meet in Geneva on Monday"), guess_tense("They met on Monday")
    ('future', 'past')
    """
    text = context.lower().replace("’", "'")
    at = text.find(words.lower()) if words else len(text)
    at = at if at >= 0 else len(text)
    best: tuple[int, str] | None = None
    for match in _CUE.finditer(text):
        # a verb before the date is likelier its own than one behind it
        gap = at - match.end() if match.end() <= at else 2 * (match.start() - at) + 10
        kind = "open" if match["open"] else "future" if match["future"] else "past"
        if best is None or gap < best[0]:
            best = (gap, kind)
    return best[1] if best else None
