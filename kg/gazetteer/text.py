"""Keys under which names are stored and found: case, accents and punctuation folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "initial_upper", "is_acronym", "slugify", "strip_possessive", "word_set"]

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "ı": "i",
        "İ": "I",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "þ": "th",
        "ə": "a",
        "Ə": "A",
    }
)
_DROP = re.compile(r"['’‘ʼʻʿʾ`´.]")
_SPACE = re.compile(r"[^\w]+|_+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The look-up key of a name: lower case, no accents, no dots or apostrophes, single blanks.

    >>> fold("Nicolás  Maduro"), fold("Sana'a"), fold("al-Houthi"), fold("U.S.")
    ('nicolas maduro', 'sanaa', 'al houthi', 'us')
    """
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _SPACE.sub(" ", _DROP.sub("", bare)).strip().casefold()


def strip_possessive(text: str) -> str:
    """The words without a closing `'s` or `s'`.

    >>> strip_possessive("Qatar’s"), strip_possessive("Houthis'"), strip_possessive("Paris")
    ('Qatar', 'Houthis', 'Paris')
    """
    return _POSSESSIVE.sub("", text.strip())


def is_acronym(name: str) -> bool:
    """True for short names in capitals, which are told from words by their case (US, WHO, AU).

    >>> is_acronym("US"), is_acronym("U.S."), is_acronym("WHO"), is_acronym("France")
    (True, True, True, False)
    """
    letters = [c for c in name if c.isalpha()]
    return 0 < len(letters) <= 5 and all(c.isupper() for c in letters)


def initial_upper(name: str) -> bool:
    """True when any letter of the name is a capital.

    >>> initial_upper("de Mistura"), initial_upper("nice")
    (True, False)
    """
    return any(c.isupper() for c in name)


def slugify(name: str) -> str:
    """The name as one step of an IRI: ASCII letters, digits and hyphens.

    >>> slugify("Nicolás Maduro"), slugify("Côte d'Ivoire"), slugify("王毅")
    ('nicolas-maduro', 'cote-divoire', 'x738b-x6bc5')
    """
    out = []
    for word in fold(name).split():
        ascii_word = "".join(c if c.isascii() else f"-x{ord(c):x}" for c in word)
        out.append(ascii_word.strip("-"))
    return "-".join(w for w in out if w) or "x"


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: how lists of words are written in this package.

    >>> sorted(word_set("de van von"))
    ['de', 'van', 'von']
    """
    return frozenset(text.split())
