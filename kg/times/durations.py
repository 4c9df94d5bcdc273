"""How long a meeting lasted: "more than 7-1/2 hours", "an hour and a half", "from 11:30 until 16:00".

Qualifiers follow the task definition: "nearly" and "almost" are less-than, "over" is
more-than, "some", "about" and "roughly" are about; "several hours" has no value.

Bounds: an exact value bounds itself; more-than has only a lower, less-than only an upper
bound; "about" is read with a tolerance of one sixth ("around three hours": 150 to 210 minutes).
A range ("two to three hours") is its middle, about, with its own ends as bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Duration, Qualifier
from kg.times.clock import clock_range
from kg.times.numerals import CARDINAL, cardinal, fold

__all__ = ["TOLERANCE", "duration_at", "find_durations", "iso", "parse_duration"]

TOLERANCE: Final = 1 / 6
"""Share of the stated value by which an "about" may be off in either direction."""

_UNIT_MINUTES: Final = {
    "s": 1 / 60,
    "m": 1.0,
    "h": 60.0,
    "d": 1440.0,
    "w": 10080.0,
    "f": 20160.0,
    "o": 43200.0,
}
_UNIT: Final = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|fortnights?|months?)(?:['’]s?)?"
_FILL: Final = (
    r"(?:(?:consecutive|straight|whole|full|solid|long|packed|good|intense|odd|plus|entire|working)[ -])*"
)
_PART: Final = r"(?:half|quarter|three[ -]quarters|two[ -]thirds|third|[½¼¾]|(?:1/2|1/4|3/4|1/3|2/3))"
_PART_VALUE: Final = {
    "half": 0.5, "1/2": 0.5, "quarter": 0.25, "1/4": 0.25, "three quarters": 0.75, "three quarter": 0.75,
    "3/4": 0.75,
    "two thirds": 2 / 3, "2/3": 2 / 3, "third": 1 / 3, "1/3": 1 / 3, "½": 0.5, "¼": 0.25, "¾": 0.75,
}  # fmt: skip
_MIX: Final = rf"(?:(?: and (?:an? )?|[- ]+(?:and[- ]an?[- ])?|(?=[½¼¾]))(?P<mix>{_PART}))"

_FORMS: Final = (
    # half an hour, three quarters of an hour, a half hour, quarter-hour
    (
        rf"(?:an? )?(?P<part>half|(?:three[ -])?quarters?|two[ -]thirds|third)(?: "
        rf"of)?[ -](?:an?[ -])?(?P<part_unit>{_UNIT})\b"
    ),
    # 1h30, 1 h 20, 2 hours 15 minutes, an hour and ten minutes, an hour and 50
    (
        rf"(?P<big>(?:an?|{CARDINAL}))[- ]?(?P<big_unit>hours?|hrs?|days?|h)(?:,? and |,? )?"
        rf"(?P<small>{CARDINAL})"
        r"(?:[- ]?(?P<small_unit>minutes?|mins?|m|hours?|hrs?)\b|(?! ?(?:[-:/.]|days?|a\.?m|p\.?m|quarters|"
        r"thirds|of))\b)"
    ),
    # two and a half hours, 7-1/2 hours, three hours and a half, an hour and three quarters, ninety minutes
    (
        rf"(?P<count>(?:an?|the|one)\b|{CARDINAL}){_MIX}?[- ]?\+?{_FILL}(?P<unit>{_UNIT})\b(?:[- ]long)?"
        rf"(?:(?:,? and (?:an? )?|-and-an?-)(?P<after>{_PART})(?! (?:an?|of)\b))?"
    ),
    rf"(?P<bare_unit>hour|day)(?:-long| long| and (?:an? )?(?P<bare_after>{_PART}))",
    r"pt(?:(?P<iso_h>\d+)h)?(?:(?P<iso_m>\d+)m)?",
)
_AMOUNT: Final = "|".join(f"(?:{form})" for form in _FORMS)
_RANGE: Final = (
    rf"(?P<between>between )?(?P<low>an?|{CARDINAL})(?P<low_mix> and a half)?(?:[- ](?P<low_unit>{_UNIT}))?"
    rf"(?: (?:to|or) |-(?:to|or)-|(?(between) and |(?<=\d) ?- ?(?=\d)))(?P<high>{CARDINAL})(?P<high_mix> "
    rf"and a half|[- ]1/2)?[- ]?(?P<high_unit>{_UNIT})\b"
)

_LESS: Final = (
    r"(?:just |a (?:little|bit|shade|touch) |slightly |well |rather |somewhat |considerably |much "
    r")?(?:less than|under|below|short of|shy of|"
    r"fewer than)|nearly|almost|close (?:to|on)|not quite|not even|barely|hardly|scarcely|within|inside|"
    r"nigh on|"
    r"getting on for|(?:the )?(?:better|best|greater) part of|most of|up to|at (?:the )?most|(?:no|not) "
    r"(?:more|longer) than|"
    r"going on|approaching|a maximum of"
)
_MORE: Final = (
    r"(?:just |a (?:little|bit|shade|touch) |slightly |well |rather |somewhat |considerably |much |far "
    r")?(?:more than|over|above|beyond|past|"
    r"longer than|upwards? of)|at least|(?:no|not) (?:less|fewer|shorter) than|in excess of|exceed(?:ing|"
    r"ed)|a good|a minimum of|fully"
)
_NEAR: Final = (
    r"about|around|roughly|some|approximately|approx\.?|circa|ca?\.|perhaps|maybe|in the region of|"
    r"on the order of|something like|an estimated|~|probably|say"
)
_PREFIX: Final = rf"(?:(?:(?P<less>{_LESS})|(?P<more>{_MORE})|(?P<near>{_NEAR}))[ -]?(?:the |a |than )??)?"
_SUFFIX: Final = (
    r"(?P<tail>,? (?:or so|or thereabouts|more or less|give or take|approximately|roughly|in all but)|"
    r",? (?P<tail_more>and a bit|and then some|and more|or more|and change|at least|plus)|-plus|"
    r",? (?P<tail_less>at most|or less|at the most))?"
)
_FULL: Final = re.compile(rf"(?<![\w/.]){_PREFIX}(?:(?P<range>{_RANGE})|{_AMOUNT}){_SUFFIX}")
_VAGUE: Final = re.compile(
    r"\b(?:several|many|a few|few|countless|some|a couple of|for) (?:hours|minutes|days)\b"
)
_BARE: Final = re.compile(rf"{_PREFIX}(?P<count>{CARDINAL}){_SUFFIX}")
_LONE_UNIT: Final = re.compile(r"(?P<less>within the )?(?P<unit>hour|day|minute)")

_NOT_LENGTH_AFTER: Final = re.compile(
    r"[ -](?:ago|later|earlier|before|after|afterwards|prior|old|of age|drive|flight|walk|ride|train|journey|"
    r"ultimatum|deadline|notice|away|from now|hence|ahead|every|a (?:day|week|month)|per|in advance)\b"
)
_NOT_LENGTH_BEFORE: Final = re.compile(
    r"(?:every|each|in the (?:last|past|next|coming)|for the (?:last|past)|the (?:last|past|next)|first "
    r".{0,30} in) $"
)


def parse_duration(text: str, *, elliptical: bool = True) -> Duration | None:
    """The duration that `text` (the marked words alone) states; None if it states none.

    With `elliptical`, a number without a unit is read as hours up to twelve and as
    minutes above ("well over three", "twenty-five or so"), and "hour" as one hour.
    Years are no duration of a meeting. Two clock times give the time between them.

    >>> parse_duration("more than 7-1/2 hours").minutes
    450.0
    >>> parse_duration("several hours") is None
    True
    """
    plain = fold(text)
    match = _FULL.search(plain)
    while match is not None:
        if (found := _duration(match, text)) is not None:
            return found
        match = _FULL.search(plain, match.start() + 1)
    if (clock := clock_range(text)) is not None:
        return _bounded(float(clock.minutes), Qualifier.EXACT, text)
    return _elliptical(plain, text) if elliptical else None


def _elliptical(plain: str, text: str) -> Duration | None:
    if _VAGUE.search(plain):
        return None
    if lone := _LONE_UNIT.fullmatch(plain):
        minutes = _UNIT_MINUTES[_unit(lone["unit"])]
        return _bounded(minutes, Qualifier.LESS_THAN if lone["less"] else Qualifier.EXACT, text)
    if bare := _BARE.fullmatch(plain):
        value = cardinal(bare["count"])
        if value and value <= 600:
            return _bounded(value * (60 if value <= 12 else 1), _qualifier(bare), text)
    return None


def _unit(word: str) -> str:
    """One letter a unit: s, m, h, d, w, f(ortnight), (m)o(nth)."""
    return "o" if word.startswith("mo") else word[0]


def _count(word: str) -> float | None:
    return 1.0 if word in ("a", "an", "the") else cardinal(word)


def _part(words: str | None) -> float:
    if not words:
        return 0.0
    name = words.replace("-", " ")
    return _PART_VALUE.get(name) or _PART_VALUE[name.removesuffix("s")]


def _per(unit: str) -> float:
    return _UNIT_MINUTES[_unit(unit)]


def _amount(match: re.Match[str]) -> float | None:
    """Minutes of the amount that matched; None when its number can't be one."""
    got = match.groupdict()
    if got["part"]:
        return _part(got["part"]) * _per(got["part_unit"])
    if got["big"]:
        return _compound(got)
    if got["bare_unit"]:
        return (1 + _part(got["bare_after"])) * _per(got["bare_unit"])
    if got["count"]:
        count = _count(got["count"])
        return None if count is None else (count + _part(got["mix"] or got["after"])) * _per(got["unit"])
    return float(got["iso_h"] or 0) * 60 + float(got["iso_m"] or 0)


def _compound(got: dict[str, str]) -> float | None:
    """Hours and minutes, or days and hours; a second number without a unit is of the next smaller one."""
    big, small = _count(got["big"]), _count(got["small"])
    if big is None or small is None:
        return None
    unit = got["small_unit"] or ("hours" if _unit(got["big_unit"]) == "d" else "minutes")
    return big * _per(got["big_unit"]) + small * _per(unit)


def _qualifier(match: re.Match[str]) -> Qualifier:
    got = match.groupdict()
    if got["more"] or got["tail_more"] or (got["tail"] or "").endswith("plus"):
        return Qualifier.MORE_THAN
    if got["less"] or got["tail_less"]:
        return Qualifier.LESS_THAN
    return Qualifier.ABOUT if got["near"] or got["tail"] else Qualifier.EXACT


def _bounded(minutes: float, qualifier: Qualifier, text: str) -> Duration:
    slack = minutes * TOLERANCE
    low = {Qualifier.LESS_THAN: None, Qualifier.ABOUT: minutes - slack}.get(qualifier, minutes)
    high = {Qualifier.MORE_THAN: None, Qualifier.ABOUT: minutes + slack}.get(qualifier, minutes)
    rounded = [None if v is None else round(v, 2) for v in (low, high)]
    return Duration(round(minutes, 2), rounded[0], rounded[1], qualifier, text)


def _duration(match: re.Match[str], text: str) -> Duration | None:
    if match["range"]:
        return _ranged(match, text)
    minutes = _amount(match)
    if not minutes:
        return None
    qualifier = _qualifier(match)
    inner = match.group()
    if qualifier is Qualifier.EXACT and re.search(r"\bodd\b", inner):
        qualifier = Qualifier.ABOUT
    if qualifier is Qualifier.EXACT and re.search(r"\bplus\b|\+|\bgood\b", inner):
        qualifier = Qualifier.MORE_THAN
    return _bounded(minutes, qualifier, text)


def _ranged(match: re.Match[str], text: str) -> Duration | None:
    low, high = _count(match["low"]), _count(match["high"])
    if low is None or high is None:
        return None
    per_high = _UNIT_MINUTES[_unit(match["high_unit"])]
    per_low = _UNIT_MINUTES[_unit(match["low_unit"])] if match["low_unit"] else per_high
    first = (low + 0.5 * bool(match["low_mix"])) * per_low
    last = (high + 0.5 * bool(match["high_mix"])) * per_high
    if not 0 < first < last:
        return None
    return Duration(round((first + last) / 2, 2), round(first, 2), round(last, 2), Qualifier.ABOUT, text)


def duration_at(text: str, start: int, end: int) -> Duration | None:
    """The duration marked at `text[start:end]`, qualifiers just outside the mark included.

    >>> duration_at("They met for about one hour, he said", 19, 27).qualifier.value
    'about'
    """
    marked = parse_duration(text[start:end])
    if marked is None or marked.qualifier is not Qualifier.EXACT:
        return marked
    first = max(0, start - 24)
    for at, until, found in find_durations(text[first : end + 24]):
        if first + at <= start and end <= first + until and found.minutes == marked.minutes:
            return found
    return marked


def find_durations(text: str) -> Iterator[tuple[int, int, Duration]]:
    """Every stretch of `text` that reads like a length of time, with its offsets, in text order.

    "Two hours ago", "every three days", "a two-hour flight" are passed over.
    """
    plain = "".join(c if len(c) == 1 else " " for c in map(_same_length, text))
    at = 0
    while (match := _FULL.search(plain, at)) is not None:
        at = max(match.end(), match.start() + 1)
        start, end = match.span()
        if _NOT_LENGTH_AFTER.match(plain, end) or _NOT_LENGTH_BEFORE.search(
            plain[max(0, start - 45) : start]
        ):
            continue
        found = _duration(match, text[start:end].strip())
        if found is not None:
            yield start, start + len(plain[start:end].rstrip()), found


def _same_length(char: str) -> str:
    """The folded form of one character, still one character long, so that offsets stay true."""
    if char in "‐‑‒–—―−":
        return "-"
    if char.isspace():
        return " "
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def iso(duration: Duration) -> str:
    """ISO 8601 form of the stated value: `PT7H30M`, whole days as `P2D`, `PT12M30S`."""
    seconds = round(duration.minutes * 60)
    if seconds and seconds % 86400 == 0:
        return f"P{seconds // 86400}D"
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n]
    return "PT" + ("".join(parts) or "0M")
