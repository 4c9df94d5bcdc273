"""Forms of names: is a mention a name, a description, a pronoun, one person or several?"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

__all__ = [
    "GROUP_NOUN",
    "PLURAL_OFFICE",
    "ROLE_HEAD",
    "Form",
    "bare_name",
    "compatible",
    "count_of",
    "fold",
    "form_of",
    "is_plural",
    "name_tokens",
    "singular",
]


class Form(Enum):
    """What kind of words a mention is."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


_PRONOUN_ONE = frozenset(
    [
        "he",
        "she",
        "him",
        "her",
        "his",
        "hers",
        "himself",
        "herself",
        "i",
        "me",
        "my",
        "mine",
        "who",
        "whom",
        "it",
        "its",
        "this",
        "that",
        "one",
        "the",
    ]
)
_PRONOUN_MANY = frozenset(
    [
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "ours",
        "both",
        "each",
        "other",
        "another",
        "all",
        "everybody",
        "everyone",
        "these",
        "those",
        "you",
        "your",
    ]
)

ROLE_HEAD = re.compile(
    r"\b(?:co-?)?(?:president|premier|minister|secretary|chancellor|king|queen|emir|amir|sultan|"
    r"ambassador|envoy|"
    r"representative|advis[eo]r|chief|head|leader|commissioner|chair(?:man|woman|person)?|speaker|"
    r"governor|mayor|"
    r"general|director|spokes(?:man|woman|person)|diplomat|negotiator|delegate|mediator|facilitator|"
    r"deputy|vice|prince|"
    r"princess|pope|pontiff|cardinal|archbishop|bishop|patriarch|sheikh|taoiseach|t[áa]naiste|mp|senator|"
    r"congress(?:man|woman)|"
    r"lawmaker|commander|official|counsell?or|councill?or|consul|charg[ée]|coordinator|co-?ordinator|ceo|"
    r"executive|founder|"
    r"professor|dean|judge|prosecutor|marshal|field marshal|admiral|colonel|major|captain|lieutenant|"
    r"brigadier|"
    r"undersecretary|under-?secretary|treasurer|ruler|strongman|dictator|monarch|crown prince|administrator|"
    r"attach[ée]|legate|nuncio|rapporteur|archimandrite|ayatollah|imam|lord|president-elect|presidency|"
    r"monsignor|"
    r"sherpa|banker|boss|manager|member|headm(?:aster|istress)|businessman|activist|guest|host|"
    r"counterpart|colleague|"
    r"warlord|rebel|guerrilla|lady|moderator|arbitrator|inspector|expert|historian|technocrat|politician|"
    r"ombuds(?:man|woman)|aide|sultan|emperor|empress|headmaster|rector|abbot|"
    r"(?-i:DFM|FM|PM|DPM|VP|MEP|EAM))\b",
    re.IGNORECASE,
)
"""Nouns that head the description of an office or part."""

PLURAL_OFFICE = re.compile(
    r"\b(?:presidents|premiers|ministers|secretaries|chancellors|kings|ambassadors|envoys|"
    r"representatives|advis[eo]rs|"
    r"chiefs|heads|leaders|commissioners|chair(?:men|women|s)|speakers|governors|mayors|generals|"
    r"directors|diplomats|"
    r"negotiators|delegates|mediators|deputies|princes|mps|senators|lawmakers|commanders|officials|"
    r"counsell?ors|"
    r"parliamentarians|politicians|counterparts|colleagues|guests|hosts|statesmen|men|women|neighbou?rs|"
    r"foes|rivals|allies|"
    r"partners|sides|parties|brothers|friends|capitals|countries|governments|nations|delegations|teams|"
    r"pair|duo|trio|"
    r"couple|quartet|couples|sherpas|veterans|visitors|callers|premiers|PMs|FMs|adversaries|enemies|"
    r"principals)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^(?:(?:the|these|those|all|his|her|their)\s+)*(?:two|three|four|five|six|seven|both|pair|duo|trio|"
    r"quartet|couple)\b",
    re.IGNORECASE,
)
GROUP_NOUN = re.compile(
    r"\b(?:delegations?|teams?|groups?|mission|missions|envoys|representatives|officials|opposition|"
    r"rebels|ministers|leaders|"
    r"diplomats|mediators|negotiators|delegates|members|people|executives|business(?:men|people|women)|"
    r"industry|union|unions|"
    r"council|committee|commission|government|junta|regime|party|parties|movement|front|forces|army|"
    r"militia|side|"
    r"sides|camp|lawmakers|mps|deputies|senators|parliamentarians|ambassadors|advis[eo]rs|experts|"
    r"generals|officers|chiefs|"
    r"heads|co-?chair(?:s|men)|mediators|colleagues|counterparts|figures|groups|families|relatives|"
    r"activists|workers|"
    r"farmers|journalists|editors|students|investors|companies|company|firms|bosses|elders|chieftains|"
    r"dissidents|"
    r"bishops|clerics|settlers|refugees|exiles|presidents|premiers|secretaries|directors|commissioners|"
    r"politicians|"
    r"authorities|administration|parliament|congress|senate|cabinet|organi[sz]ations?|ngos|society|"
    r"community|troika|quartet|"
    r"bloc|alliance|coalition|chamber|association|federation|foundation|institute|board|panel|staff|"
    r"aides|envoys|lines|"
    r"guerrillas|separatists|insurgents|militants|fighters|warlords|hunters|drivers|owners|planters|"
    r"bankers|lenders|creditors)\b",
    re.IGNORECASE,
)
_TITLE_WORD = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|prof|professor|president|premier|prime|minister|foreign|"
    r"secretary|state|"
    r"chancellor|king|queen|prince|princess|sheikh|sheik|crown|ambassador|envoy|special|general|gen|"
    r"senator|sen|rep|"
    r"chairman|chairwoman|vice|deputy|first|comrade|monsignor|msgr|cardinal|marshal|colonel|col|maj|"
    r"major|lt|lieutenant|admiral|adm|"
    r"governor|gov|mayor|speaker|fm|pm|vp|madam|madame|herr|monsieur|señor|don|hon|rev|the|messrs|capt|"
    r"captain|"
    r"excellency|commissioner|defence|defense|chief|leader|director|brig|brigadier|emir|sultan)\.?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?|&", re.UNICODE)
_REGNAL = re.compile(
    r"pope|king|queen|sultan|emir|emperor|empress|prince|princess|sheikh|patriarch|cardinal|imam",
    re.IGNORECASE,
)
_PREPOSITION = frozenset(("of", "for", "to", "and"))
_PARTICLE = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "abu",
        "abd",
        "von",
        "van",
        "de",
        "da",
        "do",
        "dos",
        "der",
        "den",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "y",
        "e",
        "zu",
        "ter",
        "ten",
        "af",
        "av",
        "ul",
        "ur",
        "ud",
        "as",
        "ad",
        "an",
        "ash",
        "pasha",
    ]
)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents.

    >>> fold("Vučić")
    'vucic'
    """
    flat = unicodedata.normalize(
        "NFKD", text.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o")
    )
    return "".join(c for c in flat if not unicodedata.combining(c)).lower().replace("’", "'")


@lru_cache(maxsize=8192)
def bare_name(text: str) -> str:
    """A name without titles before it and possessive ending.

    >>> bare_name("President Xi Jinping"), bare_name("Mr. Denktas"), bare_name("Zambia's")
    ('Xi Jinping', 'Denktas', 'Zambia')
    """
    text = re.sub(r"['’]s?$", "", " ".join(text.split())).strip(' ,.;:"“”()')
    words = text.split(" ")
    rest = words
    while len(rest) > 1 and _TITLE_WORD.match(rest[0].strip(",")):
        rest = rest[1:]
    if rest[0] in _PREPOSITION:
        return " ".join(words)
    return " ".join(_after_office(rest))


def _after_office(words: list[str]) -> list[str]:
    """What follows the last noun of office, when that can be a name ("German Chancellor Merkel")."""
    heads = [n for n, w in enumerate(words[:-1]) if ROLE_HEAD.fullmatch(w.strip(","))]
    if (
        not heads
        or any(w[0].islower() and fold(w) not in _PARTICLE for w in words)
        or ROLE_HEAD.search(words[-1])
    ):
        return words
    rest = words[heads[-1] + 1 :]
    regnal = len(rest) == 1 or re.fullmatch(r"[IVX]+", rest[-1])
    return words[heads[-1] :] if regnal and _REGNAL.fullmatch(words[heads[-1]]) else rest


@lru_cache(maxsize=8192)
def name_tokens(text: str) -> tuple[str, ...]:
    """Folded words of a bare name, without particles.

    >>> name_tokens("Mohammed bin Salman"), name_tokens("J. D. Vance")
    (('mohammed', 'salman'), ('j', 'd', 'vance'))
    """
    words = [w for w in re.split(r"[^a-z0-9]+", fold(bare_name(text)).replace("'", "")) if w]
    return tuple(w for w in words if w not in _PARTICLE) or tuple(words)


@lru_cache(maxsize=8192)
def form_of(text: str) -> Form:
    """Is a mention a name, a description or a pronoun?

    >>> [form_of(t).value for t in ("Wang Yi", "the minister", "her", "Prime Minister of Slovakia")]
    ['name', 'description', 'pronoun', 'description']
    """
    words = _WORD.findall(text)
    if not words or all(w.lower() in _PRONOUN_ONE or w.lower() in _PRONOUN_MANY for w in words):
        return Form.PRONOUN
    bare = bare_name(text)
    tokens = _WORD.findall(bare)
    if not tokens:
        return Form.DESCRIPTION
    shouted = text.isupper() and len(text) > 4
    lower = [t for t in tokens if t[0].islower() and fold(t) not in _PARTICLE]
    if not lower and len(tokens) > 1 and _REGNAL.fullmatch(tokens[0]) and not ROLE_HEAD.search(tokens[-1]):
        return Form.NAME
    if (
        lower
        or ROLE_HEAD.search(bare if not shouted else "")
        or PLURAL_OFFICE.search(bare)
        or _TITLE_WORD.match(bare)
    ):
        return Form.DESCRIPTION
    if GROUP_NOUN.search(bare) and len(tokens) > 1:
        return Form.DESCRIPTION
    return Form.NAME if any(t[0].isupper() for t in tokens) else Form.DESCRIPTION


@lru_cache(maxsize=8192)
def is_plural(text: str) -> bool:
    """Do the words of a mention stand for several?

    >>> is_plural("the two leaders"), is_plural("they"), is_plural("Wang Yi"), is_plural("both men")
    (True, True, False, True)
    """
    words = [w.lower() for w in _WORD.findall(text)]
    if words and all(w in _PRONOUN_MANY for w in words):
        return True
    if _COUNT.search(text):
        return True
    if form_of(text) is Form.NAME:
        return bool(re.search(r"\band\b|&", text))
    return bool(PLURAL_OFFICE.search(text) or re.search(r"\band\b", text))


_NUMBERS = {
    "two": 2, "both": 2, "pair": 2, "duo": 2, "couple": 2, "each other": 2, "three": 3, "trio": 3, "four": 4,
    "quartet": 4, "five": 5, "six": 6,
}  # fmt: skip


def count_of(text: str) -> int | None:
    """How many a mark for several stands for, if it says so.

    >>> count_of("the two leaders"), count_of("they")
    (2, None)
    """
    match = re.search(r"\b(" + "|".join(_NUMBERS) + r")\b", text.lower())
    return _NUMBERS[match[1]] if match else None


_SINGULAR = {"men": "man", "women": "woman", "people": "person"}


def singular(phrase: str) -> str:
    """The last plural noun of office in a phrase made singular.

    >>> singular("foreign ministers"), singular("secretaries of state")
    ('foreign minister', 'secretary of state')
    """

    def one(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        for many, single in _SINGULAR.items():
            if lower.endswith(many):
                return word[: -len(many)] + single
        return word[:-3] + "y" if lower.endswith("ies") else word.removesuffix("s")

    return PLURAL_OFFICE.sub(one, phrase, count=1)


def compatible(one: str, other: str) -> float:
    """How well two names can be one person's: 1 same, 0.9 surname of the other, 0.5 may be, 0 cannot.

    >>> compatible("Antony Blinken", "Blinken"), compatible("Wang Yi", "Wang"), compatible("Qin Gang", "Yi")
    (0.9, 0.9, 0.0)
    """
    a, b = name_tokens(one), name_tokens(other)
    if not a or not b:
        return 0.0
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return 1.0
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long) or (a[-1] == b[-1] and _same_initial(a[0], b[0])):
        return 0.9
    if len(short) == 1 and len(short[0]) > 4 and any(_near(short[0], w) for w in long):
        return 0.6
    return 0.5 if len(short) > 1 and a[-1] == b[-1] and len(a[-1]) > 3 else 0.0


def _same_initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


def _near(one: str, other: str) -> bool:
    """Spelling variants: same length give or take one, at most one letter apart."""
    if abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if len(one) == len(other):
        return sum(x != y for x, y in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
