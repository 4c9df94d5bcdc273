"""Numbers as news prose writes them: words, digits, fractions and ordinals.

Everything here works on lower-case text in which dashes have been unified to "-".
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CARDINAL", "ORDINAL", "cardinal", "fold", "ordinal"]

_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS: Final[dict[str, int]] = {word: n for n, word in enumerate(_UNITS)} | _TENS

_ORDINAL_UNITS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINALS: Final[dict[str, int]] = {word: n for n, word in enumerate(_ORDINAL_UNITS, 1)} | {
    "twentieth": 20,
    "thirtieth": 30,
    "twelvth": 12,
}

_SMALL: Final = "|".join(_UNITS[1:10])
_TENS_RE: Final = "|".join(_TENS)
_ANY: Final = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))

CARDINAL: Final = rf"(?:(?:{_TENS_RE})[- ](?:{_SMALL})|\b(?:{_ANY})\b|\d{{1,4}}(?:[.,]\d+)?)"
"""Regex source of a cardinal number below a hundred in words, or of digits."""

_ORDINAL_WORDS: Final = "|".join(sorted(_ORDINALS, key=len, reverse=True))
ORDINAL: Final = (
    rf"(?:(?:twenty|thirty)[- ](?:{'|'.join(_ORDINAL_UNITS[:9])})|(?:{_ORDINAL_WORDS})"
    r"|\d{1,2} ?(?:st|nd|rd|th))"
)
"""Regex source of an ordinal, in words or digits."""

_FRACTIONS: Final = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_DASHES: Final = re.compile(r"[‐‑‒–—―−]")
_SPACE: Final = re.compile(r"\s+")


def fold(text: str, *, lower: bool = True) -> str:
    """`text` with plain dashes, quotes, spaces and fractions, lower-cased unless told otherwise.

    >>> fold("7½ Hours")
    '7 1/2 hours'
    """
    for sign, plain in _FRACTIONS.items():
        text = text.replace(sign, f" {plain}")
    text = _DASHES.sub("-", text).replace("’", "'").replace("‘", "'")
    text = _SPACE.sub(" ", text).strip()
    return text.lower() if lower else text


def cardinal(text: str) -> float | None:
    """The value of a cardinal that `CARDINAL` matches; None if it is none.

    >>> cardinal("forty-five"), cardinal("2.5"), cardinal("lots")
    (45.0, 2.5, None)
    """
    text = text.strip()
    if text in _WORDS:
        return float(_WORDS[text])
    parts = re.split(r"[- ]", text)
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _UNITS[1:10]:
        return float(_TENS[parts[0]] + _WORDS[parts[1]])
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def ordinal(text: str) -> int | None:
    """The value of an ordinal that `ORDINAL` matches; None if it is none.

    >>> ordinal("twenty-first"), ordinal("3rd"), ordinal("last")
    (21, 3, None)
    """
    text = text.strip()
    if text in _ORDINALS:
        return _ORDINALS[text]
    if digits := re.fullmatch(r"([0-9]{1,2}) ?(?:st|nd|rd|th)", text):
        return int(digits[1])
    parts = re.split(r"[- ]", text)
    if len(parts) == 2 and parts[0] in ("twenty", "thirty") and parts[1] in _ORDINAL_UNITS[:9]:
        return _TENS[parts[0]] + _ORDINALS[parts[1]]
    return None
