"""The keys under which a person is found: full forms, surnames, name orders, transliterations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from kg.gazetteer.text import fold, word_set

__all__ = ["NICKNAMES", "NameKind", "keys_of", "name_words", "patronymic", "sound", "surname"]


class NameKind(IntEnum):
    """How strong a match of the key is; the lower the stronger."""

    FULL = 0
    """A whole name as some source writes it."""
    SHORT = 1
    """First and last word, or the words in the other order."""
    SURNAME = 2
    GIVEN = 3
    SOUND = 4
    """A spelling that sounds alike (Sergei, Sergey; Morsi, Morsy)."""


NICKNAMES = {
    "bill": "william",
    "mike": "michael",
    "jim": "james",
    "jimmy": "james",
    "bob": "robert",
    "tony": "anthony",
    "antony": "anthony",
    "joe": "joseph",
    "dick": "richard",
    "tom": "thomas",
    "dan": "daniel",
    "ted": "edward",
    "jack": "john",
    "ron": "ronald",
    "don": "donald",
    "dave": "david",
    "steve": "stephen",
    "steven": "stephen",
    "chris": "christopher",
    "nick": "nicholas",
    "sam": "samuel",
    "ben": "benjamin",
    "liz": "elizabeth",
    "hank": "henry",
    "harry": "henry",
    "larry": "lawrence",
    "ken": "kenneth",
    "greg": "gregory",
    "matt": "matthew",
    "pete": "peter",
    "andy": "andrew",
    "chuck": "charles",
    "jerry": "gerald",
    "fred": "frederick",
    "phil": "philip",
    "ray": "raymond",
    "rob": "robert",
    "tim": "timothy",
    "jeff": "jeffrey",
    "doug": "douglas",
    "condi": "condoleezza",
    "jake": "jacob",
    "alex": "alexander",
    "bibi": "benjamin",
    "rick": "richard",
    "ed": "edward",
    "will": "william",
    "kate": "katherine",
    "sandy": "samuel",
    "abe": "abraham",
    "mitch": "mitchell",
    "terry": "terence",
}
_HONORIFICS = word_set(
    """
    sheikh sheikha shaikh sayyid sayyed syed haji hajj hajji imam mullah mulla ayatollah hojjatoleslam
    prince princess king queen sir dame lord lady dr prof professor gen general mr mrs ms he hrh hm hh tun
    tan sri dato datuk dasho lyonpo shri maulana begum baron baroness count president emir sultan the
    honourable hon
    """
)
_PARTICLES = word_set(
    """
    al el as ash ar ad an de del della di da dos das du la le van von der den ter ten bin ibn ben bint abu
    abd st san santa mac mc o ould bou
    """
)
_TAIL = word_set(
    """
    jr sr ii iii iv phd md
    """
)
_SOUND = (
    ("sch", "s"),
    ("tch", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("zh", "z"),
    ("dj", "j"),
    ("ck", "k"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("iy", "i"),
    ("ey", "i"),
    ("ei", "i"),
    ("yy", "i"),
    ("y", "i"),
    ("j", "i"),
)
_VOWELS = str.maketrans("eo", "au")


@lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without honorifics and generational endings.

    >>> name_words("Sheikh Mohammed bin Zayed Al Nahyan"), name_words("John Smith Jr.")
    (('mohammed', 'bin', 'zayed', 'al', 'nahyan'), ('john', 'smith'))
    """
    words = fold(name.partition("(")[0]).split()
    while len(words) > 1 and words[-1] in _TAIL:
        words.pop()
    while len(words) > 1 and words[0] in _HONORIFICS:
        words.pop(0)
    return tuple(words)


@lru_cache(maxsize=8192)
def sound(words: tuple[str, ...]) -> str:
    """A key that spellings of one name in Latin letters share more often than not.

    >>> sound(("sergei", "lavrov")) == sound(("sergey", "lavrov")), sound(("morsi",)) == sound(("morsy",))
    (True, True)
    >>> sound(("wang", "yi")) == sound(("wang", "yu"))
    False
    """
    out = []
    for word in words:
        text = word
        for old, new in _SOUND:
            text = text.replace(old, new)
        out.append(re.sub(r"(.)\1+", r"\1", text.translate(_VOWELS)))
    return " ".join(out)


def keys_of(names: Iterable[str], *, eastern: bool, given: bool) -> set[tuple[str, NameKind]]:
    """All (key, kind) of a person's names.

    `eastern`: the surname may come first. `given`: the first name alone may stand for the person.
    """
    found: dict[str, NameKind] = {}
    for name in names:
        words = name_words(name)
        for key, kind in _keys(words, eastern=eastern, given=given):
            if key and (key not in found or kind < found[key]):
                found[key] = kind
    return set(found.items())


def _keys(words: tuple[str, ...], *, eastern: bool, given: bool) -> Iterable[tuple[str, NameKind]]:
    yield " ".join(words), NameKind.FULL
    if len(words) < 2:
        return
    last = surname(words)
    first = NICKNAMES.get(words[0], words[0])
    if not (eastern and len(words) == 3):  # of "Kim Yong-chol" nothing is left out
        yield f"{words[0]} {last}", NameKind.SHORT
        yield f"{words[0]} {words[-1]}", NameKind.SHORT
    if first != words[0]:
        yield f"{first} {last}", NameKind.SHORT
    yield last, NameKind.SURNAME
    yield words[-1], NameKind.SURNAME
    yield "~" + sound(words if eastern else (words[0], words[-1])), NameKind.SOUND
    if len(words[-1]) > 3:
        yield "~" + sound((words[-1],)), NameKind.SOUND
    if any(w in {"bin", "ibn", "ben", "bint"} for w in words):
        yield from patronymic(words)
    if eastern:
        yield " ".join((*words[1:], words[0])), NameKind.SHORT
        yield " ".join((words[-1], *words[:-1])), NameKind.SHORT
        yield words[0], NameKind.SURNAME
        if len(words) == 3:
            yield f"{words[0]} {words[1]}{words[2]}", NameKind.SHORT
            yield f"{words[1]}{words[2]} {words[0]}", NameKind.SHORT
    elif len(words) >= 3:
        yield " ".join(words[-2:]), NameKind.SURNAME
        if words[1] not in _PARTICLES and len(words[1]) > 2:
            yield f"{words[0]} {words[1]}", NameKind.SHORT
            yield words[1], NameKind.GIVEN
    if given or eastern:
        yield words[0], NameKind.GIVEN


def surname(words: tuple[str, ...]) -> str:
    """The last word with the particles before it: "de mistura", "al houthi".

    >>> surname(("staffan", "de", "mistura")), surname(("antony", "blinken"))
    ('de mistura', 'blinken')
    """
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def patronymic(words: tuple[str, ...]) -> Iterable[tuple[str, NameKind]]:
    """ "saud bin faisal bin … al saud": saud bin faisal, saud al faisal, saud faisal, saud al saud."""
    at = next((i for i, w in enumerate(words) if w in {"bin", "ibn", "ben", "bint"}), 0)
    head, rest = " ".join(words[:at]), words[at + 1 :]
    if not head or not rest:
        return
    father = rest[0]
    for form in (
        f"{head} {words[at]} {father}",
        f"{head} bin {father}",
        f"{head} al {father}",
        f"{head} {father}",
    ):
        yield form, NameKind.SHORT
    if "al" in rest:
        house = " ".join(rest[rest.index("al") :])
        yield f"{head} {house}", NameKind.SHORT
    yield head, NameKind.GIVEN
