"""Classes of offices: which wordings name one office ("foreign minister", "top diplomat")."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_former", "role_class", "role_classes"]

_FORMER = re.compile(
    r"\b(?:former|formerly|ex|late|retired|ousted|deposed|one[- ]time|erstwhile|past)\b", re.IGNORECASE
)
_DEPUTY = re.compile(
    r"\b(?:deputy|vice|assistant|under ?-?secretary|associate|junior|second|parliamentary"
    r"|minister of state|state secretary|alternate|shadow)\b",
    re.IGNORECASE,
)

# Order matters: the first pattern found names the class.
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "spokesperson",
        (
            r"spokes(?:man|woman|person)",
            r"press secretary",
        ),
    ),
    ("president-elect", (r"(?:president|prime minister|chancellor)[- ](?:elect|designate)",)),
    (
        "national-security-adviser",
        (
            r"national security (?:advis[eo]r|assistant)",
            r"assistant to the president for national",
        ),
    ),
    (
        "foreign-policy-chief",
        (
            r"high representative\b.*(?:foreign|common|security|eu\b|union)",
            r"foreign (?:policy|affairs) chief",
            r"^(?:eu |european union )?high representative$",
        ),
    ),
    (
        "foreign-minister",
        (
            r"foreign (?:affairs )?minister",
            r"minister (?:of|for|in charge of) (?:\w+ and )?(?:foreign|external) (?:affairs|relations)",
            r"minister (?:of|for) foreign and",
            r"foreign secretary",
            r"secretary (?:of|for) (?:state for )?(?:foreign|external)",
            r"external affairs minister",
            r"secretary of state for (?:\w+ ){0,2}foreign",
            r"(?:top|chief) diplomat",
            r"foreign affairs (?:secretary|chief)",
            r"minister (?:of|for) (?:[\w ,-]+ )?(?:foreign|external) (?:affairs|relations|policy)",
            r"minister (?:of|for) (?:the )?external(?! trade)",
            r"foreign affairs commissar",
            r"people's commissar (?:of|for) foreign",
            r"minister (?:of|for) international (?:relations|affairs) and co-?operation",
            r"head of the department of foreign affairs",
            r"chancellor of the republic",
            r"minister of (?:external|exterior) relations",
            r"^fm$",
        ),
    ),
    (
        "secretary-of-state",
        (
            (
                r"^(?:us |u\.s\. |american |united states )?secretary of state(?: of the united states"
                r"(?: of america)?)?$"
            ),
            r"^(?:us |u\.s\. |american )secretary of state\b",
        ),
    ),
    (
        "defence-minister",
        (
            r"(?:defen[cs]e|war) (?:minister|secretary|chief)",
            (
                r"(?:minister|secretary) (?:of|for) (?:the )?(?:[\w ]+ )?(?:national )?(?:defen[cs]e|war"
                r"|armed forces)"
            ),
            r"pentagon chief",
            r"secretary of state for defen[cs]e",
            r"minister of the (?:people's )?armed forces",
        ),
    ),
    (
        "finance-minister",
        (
            r"(?:finance|treasury) (?:minister|secretary)",
            r"(?:minister|secretary) (?:of|for) (?:the )?(?:[\w ]+ )?(?:finances?|treasury)",
            r"chancellor of the exchequer",
            r"treasurer",
        ),
    ),
    (
        "interior-minister",
        (
            r"(?:interior|home|home affairs) (?:minister|secretary)",
            r"(?:minister|secretary) (?:of|for) (?:the )?(?:interior|home|internal)",
        ),
    ),
    (
        "secretary-general",
        (
            r"secretary[- ]general",
            r"general[- ]secretary",
            r"^first secretary",
            r"director[- ]general",
            r"unsg",
        ),
    ),
    (
        "head-of-delegation",
        (
            r"(?:head|leader|chief) of (?:the )?\w* ?delegation",
            r"chief negotiator",
            r"top negotiator",
        ),
    ),
    ("vice-president", (r"vice[- ]president",)),
    ("first-lady", (r"first lady",)),
    (
        "head-of-government",
        (
            r"prime minister",
            r"^(?:\w+ )?premier\b",
            r"\bpremier$",
            (
                r"^(?:federal |\w+ )?chancellor(?: of (?:the )?(?:federal republic|germany|austria"
                r"|federation).*)?$"
            ),
            r"taoiseach",
            r"head of (?:the )?government",
            r"president of the (?:council of ministers|government|council$)",
            r"chairman of the (?:cabinet|council) of ministers",
            r"chairman of the council of people",
            r"minister-president",
            r"minister of state of monaco",
            r"president of the council of min",
            r"prime-minister",
            r"^pm$",
            r"chairperson of the council of ministers",
        ),
    ),
    (
        "parliament-speaker",
        (
            r"speaker",
            (
                r"president of the (?:senate|national assembly|chamber|parliament|assembly|congress|house"
                r"|federal council|council of states|legislative|bundestag)"
            ),
            r"parliament (?:president|chief|head)",
        ),
    ),
    (
        "party-leader",
        (
            (
                r"(?:leader|chairman|chairwoman|head|chief|president) of (?:the )?(?:[\w ]+ )?(?:party"
                r"|opposition)"
            ),
            r"opposition leader",
            r"party leader",
        ),
    ),
    (
        "court",
        (
            r"\bjustice\b",
            r"judge",
            r"attorney[- ]general",
            r"prosecutor",
        ),
    ),
    (
        "head-of-organisation",
        (
            (
                r"president of (?:the )?(?:european commission|european council|commission"
                r"|european parliament|world bank|general assembly|un general|bank)"
            ),
            r"(?:commission|council) president",
            r"managing director",
            r"executive director",
            r"chairperson",
        ),
    ),
    (
        "head-of-state",
        (
            (
                r"^(?:state |federal |\w+ )?president(?: of (?!the (?:bank|central|board|world|commission"
                r"|european)).*)?$"
            ),
            (
                r"^(?:the )?(?:king|queen|emir|amir|sultan|emperor|empress|monarch|grand duke|prince"
                r"|princess|sovereign|pope|shah)(?: of .*)?$"
            ),
            r"supreme leader",
            r"head of (?:the )?state",
            r"captain regent",
            r"state president",
            (
                r"chair(?:man|person)? of the (?:state affairs commission|national defen[cs]e commission"
                r"|presidency|presidium|people's republic|sovereignty council|supreme council"
                r"|transitional (?:military )?council|revolutionary|military)"
            ),
            r"governor[- ]general",
            r"president of the (?:\w+ )*republic",
            r"co-?prince",
            r"transitional president",
            r"interim president",
            r"acting president",
            r"paramount leader",
            r"^custodian",
        ),
    ),
    (
        "crown-prince",
        (
            r"crown prince",
            r"heir apparent",
        ),
    ),
    (
        "permanent-representative",
        (
            r"permanent (?:representative|delegate|observer)",
            r"ambassador to (?:the )?(?:un\b|u\.n\.|united nations)",
            r"representative to the united nations",
            r"representative of the u",
        ),
    ),
    (
        "ambassador",
        (
            r"ambassador",
            r"high commissioner to",
            r"chief of mission",
            r"minister plenipotentiary",
            r"minister resident",
            r"charg[eé]",
            r"consul",
            r"nuncio",
            r"^\w+ high commissioner$",
            r"^high commissioner$",
        ),
    ),
    ("high-commissioner", (r"high commissioner",)),
    (
        "envoy",
        (
            r"envoy",
            r"special representative",
            r"personal representative",
            r"special (?:co-?ordinator|advis[eo]r)",
            r"emissary",
        ),
    ),
    (
        "intelligence-chief",
        (
            (
                r"(?:director|head|chief) of (?:the )?(?:[\w ]+ )?(?:intelligence|mossad|shin bet|cia"
                r"|security service)"
            ),
            r"(?:spy|intelligence|cia) (?:chief|director)",
        ),
    ),
    (
        "military-chief",
        (
            r"(?:chief|chairman) of (?:the )?(?:[\w ]+ )?(?:staff|chiefs|defen[cs]e|army)",
            r"commander[- ]in[- ]chief",
            r"army chief",
            r"commander",
        ),
    ),
    (
        "central-bank",
        (
            r"governor of the (?:[\w ]+ )?bank",
            r"central bank",
            r"bank governor",
        ),
    ),
    (
        "governor",
        (
            r"governor",
            r"chief minister",
        ),
    ),
    ("mayor", (r"mayor",)),
    (
        "minister",
        (
            r"minister",
            r"secretary of",
            r"secretary for",
            r"state secretary",
            r"commissioner",
        ),
    ),
    (
        "leader",
        (
            r"\bleader\b",
            r"\bruler\b",
            r"strongman",
            r"party secretary",
            r"chairman",
        ),
    ),
)
_COMPILED = tuple((name, re.compile("|".join(forms))) for name, forms in _PATTERNS)
_NOISE = re.compile(
    r"^(?:also|the|a|his|her|its)\b[- ]?"
    r"|\b(?:acting|interim|caretaker|outgoing|incoming|visiting|then|current|new(?:ly appointed)?"
    r"|former|ex)\b[- ]?"
)
_NOT_DEPUTY = re.compile(r"^vice[- ]president|national security (?:affairs|advis)|assistant to the president")


@lru_cache(maxsize=16384)
def role_class(title: str) -> str:
    """The class of an office from its wording; deputies get their own; `""` when none fits.

    >>> role_class("Minister of Foreign Affairs"), role_class("top diplomat"), role_class("Premier")
    ('foreign-minister', 'foreign-minister', 'head-of-government')
    >>> role_class("Deputy Secretary of State"), role_class("US Secretary of State"), role_class("baker")
    ('deputy-secretary-of-state', 'secretary-of-state', '')
    """
    text = re.sub(r"\s+", " ", _NOISE.sub("", title.casefold().replace("’", "'"))).strip(" ,.-")
    text = _NOISE.sub("", text)
    deputy = ""
    if _DEPUTY.search(text) and not _NOT_DEPUTY.search(text):
        deputy, text = (
            "deputy-",
            text.replace("minister of state", "minister").replace("state secretary", "secretary"),
        )
        text = re.sub(r"\s+", " ", _DEPUTY.sub("", text)).strip(" ,.-")
    for name, pattern in _COMPILED:
        if pattern.search(text):
            return deputy + name
    return ""


_CLASSES = frozenset(name for name, _ in _PATTERNS)
# What one word can mean from country to country: the US foreign minister is the Secretary of State.
_WIDER = {
    "foreign-minister": ("foreign-minister", "secretary-of-state", "foreign-policy-chief"),
    "secretary-of-state": ("secretary-of-state",),
    "foreign-policy-chief": ("foreign-policy-chief",),
    "leader": ("head-of-state", "head-of-government", "leader", "secretary-general"),
}


def role_classes(role: str) -> tuple[str, ...]:
    """The classes of offices that a wording, or a class itself, can mean.

    >>> role_classes("foreign minister"), role_classes("president"), role_classes("carpenter")
    (('foreign-minister', 'secretary-of-state', 'foreign-policy-chief'), ('head-of-state',), ())
    """
    found = role if role in _CLASSES else role_class(role)
    return _WIDER.get(found, (found,)) if found else ()


def is_former(text: str) -> bool:
    """True when the words say that the office is over ("former", "ex-", "ousted").

    >>> is_former("former US President"), is_former("ex-minister"), is_former("President")
    (True, True, False)
    """
    return bool(_FORMER.search(text))
