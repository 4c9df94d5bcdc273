"""Phrases that name a person in official records → participants.

"Foreign Minister Lloyd", "Henry A. Kissinger, Assistant to the President", "King Baudouin I",
"Ambassador Bruce (UK)": name, office and party are taken apart with the gazetteer's titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.model import Basis, Evidence, ParticipantKind, ParticipantMention, Sourced

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["Context", "american", "participant", "party_of", "side_of"]

_COURTESY: Final = re.compile(
    r"^(?:the |his excellency |her excellency |h\.?e\.? |the (?:right |rt\. )?hon(?:ourable|orable|\.)? )?"
    r"(?:(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|m|mme|señor|senor|herr|prof|professor)\b\.? ?)?",
    re.IGNORECASE,
)
_HONOUR: Final = re.compile(
    r"^(?:the )?(?:his|her|their) (?:holiness|majesty|majesties|excellency|royal highness|highness|"
    r"imperial majesty|beatitude|"
    r"eminence),? (?:the )?",
    re.IGNORECASE,
)
_COMMANDER: Final = re.compile(
    r"^(?P<title>(?:Supreme )?Commander[- ]in[- ]Chief|Generalissimo|Chief of (?:General )?Staff) "
    r"(?P<name>[A-Z].+)$"
)
_PARTICLE: Final = re.compile(
    r"^(?P<title>.+?) (?P<particle>de|de la|von|van|al|el|da|di|del|bin|dos)$", re.IGNORECASE
)
_GROUP: Final = re.compile(
    r"\b(?:members|delegations?|leaders|ministers|officials|representatives|advisers|advisors|staff|chiefs|"
    r"counterparts|"
    r"presidents|officers|aides|others|groups?|council|cabinet|businessmen|executives|governors|heads)\b",
    re.IGNORECASE,
)
_AMERICAN: Final = re.compile(
    r"\b(?:secretary of (?:state|defense|the (?:treasury|army|navy|air force|interior)|agriculture|"
    r"commerce|labor|"
    r"energy|transportation|homeland security)|department of (?:state|defense)|state department|white "
    r"house|nsc\b|"
    r"national security (?:council|affairs|adviser|advisor)|assistant to the president|assistant secretary|"
    r"under ?secretary of|counselor of the department|joint chiefs|(?:director of )?central intelligence|"
    r"cia\b|oss\b|"
    r"u\.?s\.?(?:a|n|af|mc)\b|united states|u\.s\.|american|aid\b|usia\b|arms control and disarmament "
    r"agency|acda\b|"
    r"senator|congressman|representative from|vice president of the united states|office of (?:the )?\w+|"
    r"(?:permanent|deputy)(?: permanent)? representative (?:to|at|on)|bureau of|policy planning|attorney "
    r"general|country director|desk officer|officer in charge|legal adviser|"
    r"ambassador (?:to|in)|embassy in|chargé in|consul general (?:in|at)|ambassador at large|deputy chief "
    r"of mission)",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(
    r"^(?:the |for the |on the )?(?P<who>.+?)(?:[’']s?)?(?: (?:side|government|delegation|participants|"
    r"representatives|"
    r"party|embassy|group|team|officials|personnel|members))*(?: ?\(.*\))?[:.]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read in: the gazetteer, the day, and the party that speaks if none is named."""

    gazetteer: Gazetteer
    on: date | None = None
    party: str | None = None
    party_basis: Basis = Basis.INFERRED
    american: bool = False
    """Whether the record is American, so that an office without a state is of the United States."""


def side_of(text: str, gazetteer: Gazetteer) -> str | None:
    """The party of a heading such as "US", "British side", "Israel Government"; None if it is no heading."""
    words = text.strip(" :.-—")
    if not words or len(words.split()) > 6 or "," in words:
        return None
    if (hit := gazetteer.party(words)) is not None:
        return hit.code
    match = _SIDE.match(words)
    hit = gazetteer.party(match["who"]) if match else None
    return hit.code if hit else None


def american(office: str) -> bool:
    """Whether an office in an American record is one of the United States, no other state being named."""
    return _AMERICAN.search(office) is not None


def party_of(office: str, context: Context) -> tuple[str, Basis] | None:
    """The party that an office speaks for: named in its words, or American by its kind."""
    if not office:
        return None
    first = re.split(r"[;]|\b(?:until|from|after|thereafter)\b", office)[0]
    if context.american and _DESK.search(first) and "inistry" not in office:
        return "US", Basis.INFERRED
    if (code := _long_name(first, context.gazetteer)) is not None:
        return code, Basis.STATED
    for words in (first, office):
        code = context.gazetteer.role_party(words.strip(" ,"))
        if code is not None:
            return code, Basis.STATED
    if (code := _body(office, context.gazetteer)) is not None:
        return code, Basis.STATED
    return ("US", Basis.INFERRED) if context.american and american(office) else None


_DESK: Final = re.compile(
    r"\b(?:Office|Bureau|Division) (?:of|for) (?:[A-Z][\w-]+,? (?:and )?){1,4}Affairs\b"
)
"""A part of the Department of State, which is named for the land that it deals with."""


def _long_name(office: str, gazetteer: Gazetteer) -> str | None:
    """The state whose long name begins the office: "People's Republic of China diplomat"."""
    words = office.split()
    for length in range(min(len(words), 6), 2, -1):
        hit = gazetteer.country(" ".join(words[:length]))
        if hit is not None and hit.how.value == "name":
            return hit.code
    return None


_BODY: Final = re.compile(
    r"(?P<who>[A-Z][\w.]+(?: [A-Z][a-z]+)?) (?:Embassy|Foreign (?:Ministry|Office)|Mission|Delegation|"
    r"Government|Ministry|Army|"
    r"Legation|Parliament|Air Force|Navy|Cabinet|Council of Ministers)\b"
)


def _body(office: str, gazetteer: Gazetteer) -> str | None:
    """The state whose body is named: "Minister, British Embassy", "Deputy Chief of Protocol, PRC"."""
    for match in _BODY.finditer(office):
        if (hit := gazetteer.country(match["who"])) is not None:
            return hit.code
    last = office.rpartition(",")[2].strip(" .")
    hit = gazetteer.country(last) if "," in office and last else None
    return hit.code if hit is not None and hit.how.value == "name" else None


def participant(
    phrase: str, evidence: Evidence, context: Context, office: str = ""
) -> ParticipantMention | None:
    """The participant that a phrase names; None when it names nobody in particular.

    `office` is what other words of the record say of the same person.
    """
    phrase = _HONOUR.sub("", re.sub(r"\s+", " ", phrase).strip(" ,;.:—-"))
    phrase = re.sub(r"\s*\((?P<in>[^()]*)\)$", "", phrase) if phrase.endswith(")") else phrase
    if not phrase or not re.search(r"[A-Z]", phrase):
        return None
    split = context.gazetteer.split_title(phrase)
    title, rest = split.title, split.name
    if rest and (particle := _PARTICLE.match(title)):
        title, rest = particle["title"], f"{particle['particle']} {rest}"
    if rest.startswith("and "):
        # "Minister of Foreign Affairs and Expatriates Ayman Safadi": the end of the office
        rest = re.sub(r"^and (?:[A-Z]\w+ (?=[A-Z]\w+ [A-Z]))?", "", rest)
    if not title and (commander := _COMMANDER.match(rest)):
        title, rest = commander["title"], commander["name"]
    name, role = _name_and_role(phrase, title, rest)
    if not name and not role:
        return None
    land = re.match(r"(?P<name>.+?) of (?:the )?(?P<land>[A-Z][\w .]+)$", name)
    hit = context.gazetteer.country(land["land"]) if land else None
    if land and hit is not None:
        name = land["name"]
    group = bool(_GROUP.search(phrase)) and not split.name[:1].isupper()
    role = role or (re.split(r";|\b(?:until|from)\b", office)[0].strip(" ,") if office else "")
    told = (split.party, Basis.STATED) if split.party else party_of(office or role, context)
    if hit is not None and split.party is None:
        told = (hit.code, Basis.STATED)
    if told is None and role.lower() == "pope":
        told = ("VA", Basis.INFERRED)
    if told is None and context.party:
        told = (context.party, context.party_basis)
    represents = None
    if told is not None and not split.former:
        represents = Sourced(told[0], evidence, 1.0 if told[1] is Basis.STATED else 0.85, told[1])
    return ParticipantMention(
        name=name or phrase,
        kind=ParticipantKind.GROUP if group else ParticipantKind.PERSON,
        evidence=evidence,
        role=role or None,
        represents=represents,
        mentions=(evidence,),
    )


def _name_and_role(phrase: str, title: str, rest: str) -> tuple[str, str]:
    """Name and office of "Title Name", "Name, office" and "Mr. Name, office"."""
    head, _, tail = rest.partition(",")
    suffix = re.match(r"\s*(Jr|Sr|II|III|IV)\b\.?", tail)
    if suffix:
        head, tail = (
            f"{head}, {suffix[1]}{'.' if suffix[1] in ('Jr', 'Sr') else ''}",
            tail[suffix.end() :].lstrip(" ,"),
        )
    courtesy = title.strip(" .").lower() in _COURTESY_WORDS
    office = tail.strip(" ,.")
    name = _COURTESY.sub("", head).strip(" .,") if head else ""
    first, _, behind = phrase.partition(",")
    if behind and title and first.strip() == rest.strip():
        # "Kenji Mori, Director, American Affairs Bureau": the whole office, not its first word
        return name, behind.strip(" ,.")
    if not title or courtesy:
        return name, office
    if office and re.fullmatch(
        r"(?:lt\.? |major |brig\.? |vice |rear )?(?:general|admiral|colonel|marshal|captain)",
        title,
        re.IGNORECASE,
    ):
        return name, office
    if not name and "," in phrase and not rest:
        return "", title
    return name, title


_COURTESY_WORDS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "m",
        "mme",
        "professor",
        "prof",
        "señor",
        "messrs",
        "herr",
    ]
)
