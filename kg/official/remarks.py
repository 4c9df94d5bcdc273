"""Meetings that a one-line remark tells of: "Met with President X and Foreign Minister Y".

A remark is cut into clauses; a clause that has a verb of meeting and names somebody gives a
meeting. To attend, address, visit, accompany or sign is none; "met with officials" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.times.dates.lexicon import MONTH, WEEKDAY

__all__ = ["Told", "meetings_in", "offices_of"]

_CAP: Final = r"[A-ZÀ-ÖØ-ÝŽŠČŁ]"
_HOW: Final = (
    r"(?: (?:also|again|informally|privately|separately|briefly|jointly|individually|later|there|twice|"
    r"secretly|first|"
    r"then|(?:on )?[A-Z][a-z]+ \d+(?:[-–]\d+)?|in [A-Z][a-z]+))*"
)
_WITH: Final = re.compile(
    rf"\b(?:met{_HOW}(?: for [a-z ]{{3,40}}?)? with|meeting with|met|meets with|to meet(?: with)?|"
    r"(?:held|had|holding|for|continued|resumed|began|conducted|in)?(?: (?:a|an|his|her|further|private|"
    r"informal|bilateral|"
    r"trilateral|official|working|summit|unofficial|several|two|separate|brief|additional|preliminary|"
    r"high-level|formal|"
    r"series of|round of|exploratory|strategic))*[ ]?"
    r"\b(?:meetings?|talks|conversations?|discussions?|conferences?|consultations?|luncheon|lunch|dinner|"
    r"breakfast|dined|tea|"
    r"audiences?|interviews?|negotiations)(?: \w+){0,5}? with|"
    r"(?:conferred|consulted|dined|lunched|spoke|talked|breakfasted|negotiated)(?: (?:informally|privately|"
    r"separately|briefly|also))* with|"
    r"(?:discussed|reviewed|negotiated|exchanged views (?:on|about|concerning)|to discuss|"
    r"discussing)\b(?P<topic>[^;]{3,200}?) with|"
    r"(?:was )?received by|called on|paid (?:a )?(?:courtesy )?(?:call|visit) (?:on|to)|courtesy call on|"
    r"was (?:the )?guest of|"
    r"guest of|entertained by|(?<!co-)hosted by|visited with|audience (?:of|with)|welcomed by|briefed)\b ",
    re.IGNORECASE,
)
_STOP: Final = re.compile(
    rf"\s(?:to (?!the )[a-z]+|at(?= (?:the |a |an )?[A-Za-z])|in(?= (?:the )?{_CAP}|  )|on(?= )|during|"
    rf"before|after|while|when|concerning|regarding|about|"
    r"following|prior|for(?= )|as part|aboard|under|where|who|which|as well as at|en route|via|over|into|"
    r"from(?= [A-Z][a-z]+ \d)|"
    r"(?:and|then|also|but)(?: (?:also|then|later|again))? (?:addressed|attended|visited|discussed|signed|"
    r"delivered|participated|laid|toured|spoke|"
    r"gave|met|held|received|accompanied|inspected|opened|took|made|reviewed|co-chaired|chaired|hosted|"
    r"traveled|travelled|"
    r"announced|joined|conferred|dedicated|observed|presented|inaugurated|witnessed|paid|led|briefed|"
    r"unveiled|departed|"
    r"returned|had|was|were|stopped|stayed|saw|watched|went|on|at|in|to|launched|participate|attend|tour|"
    r"visit|"
    r"delivering|participating|attending|visiting|addressing|negotiated|exchanged|dined|lunched|briefly|"
    r"issued|testified|"
    r"vacationed|consulted|called|arrived|left|concluded|negotiating|received|commemorated|viewed|placed|"
    r"dedicating|sought))\b"
)
_CLAUSE: Final = re.compile(
    r";\s*|"
    r"(?<!\bSt)(?<!\bMr)(?<!\bDr)(?<!\bU\.S)(?<!\b[A-Z])(?<!\bGen)(?<!\bJr)(?<!\bMrs)(?<!\bLt)(?<!\bSr)\.(?:\s+|"
    r"$)"
)
_TOPIC_AFTER: Final = re.compile(
    r"^\W*(?:to discuss|to review|concerning|regarding|about|for (?:talks|discussions|negotiations) on|"
    r"(?:and )?discussed|"
    r"on (?!\w+ \d|board|the (?:margins|sidelines|occasion|way)))\s*(?P<topic>[^;.]+)"
)
_WHEN: Final = re.compile(
    rf"\b(?:on |and |, )?(?P<day>{MONTH} \d{{1,2}}(?:[-–]\d{{1,2}})?)(?:, (?P<year>\d{{4}}))?|"
    rf"\b(?P<weekday>on {WEEKDAY})",
    re.IGNORECASE,
)
_WHERE: Final = re.compile(
    rf"\b(?:at|in)(?: the)? (?P<where>(?:the )?{_CAP}[\w.'’-]+(?:(?: (?:of|the|and|at|in|de|la))* "
    rf"{_CAP}[\w.'’-]*)*)"
)
_VAGUE: Final = re.compile(
    r"^(?:(?:other|senior|various|local|government|political|military|civilian|business|religious|"
    r"opposition|community|top|key|high-ranking|"
    r"high-level|U\.?S\.?|American|civil|society|and|the|several|some|with|leading|European|Allied|"
    r"regional|all|party|faith|their|his|her|"
    r"tribal|labor|interfaith|student|cabinet|parliamentary|embassy|[A-Z][a-z]+(?:an|ese|ish|i|ian|ch|sh|"
    r"tch|qi|li|ean|ic|ek))[ -])*"
    r"(?:officials?|oficials|leaders?|authorities|representatives|personnel|staff|troops|dignitaries|"
    r"figures|members|ministers|others|"
    r"participants|delegates|officers|groups|students|businessmen|entrepreneurs|journalists|soldiers|"
    r"forces|colleagues|commanders|embassy|"
    r"parliamentarians|activists|community|families|victims|executives|heads|employees|experts|diplomats|"
    r"people|citizens|refugees|counterparts|"
    r"civil society|press|media|team|workers|women|youth|scholars|academics|intellectuals|dissidents|"
    r"legislators)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One meeting of a remark. Offsets are into the remark; names as written, in order."""

    start: int
    end: int
    names: tuple[tuple[str, int], ...]
    """(words, offset) of each person or group met."""
    topics: tuple[tuple[str, int], ...] = ()
    when: str | None = None
    where: str | None = None


def meetings_in(remark: str) -> Iterator[Told]:
    """The meetings of a remark, in order.

    >>> [t.names[0][0] for t in meetings_in("Attended a summit; met with King Baudouin I.")]
    ['King Baudouin I']
    """
    at = 0
    for cut in [*_CLAUSE.finditer(remark), None]:
        end = cut.start() if cut else len(remark)
        yield from _in_clause(remark, at, end)
        at = cut.end() if cut else end


def _in_clause(remark: str, start: int, end: int) -> Iterator[Told]:
    position = start
    while (match := _WITH.search(remark, position, end)) is not None:
        begin = match.end()
        until = _until(remark, begin, end)
        names = tuple(_names(remark, begin, until))
        if names:
            rest = remark[until:end]
            topic = match["topic"]
            topics = _topics(topic, match.start("topic")) if topic else _topics_after(rest, until)
            day = _TRAILING_DAY.search(remark[begin:until].rstrip(" ,"))
            when, where = _when_where(remark[match.start() : begin], rest)
            yield Told(match.start(), end, names, topics, day["day"] if day else when, where)
        position = max(until, begin)


_OFFICE_FOR: Final = re.compile(
    r"(?:Envoy|Minister|Secretary|Representative|Commissioner|Coordinator|Advis[eo]r|Assistant|Delegate|League|Council|Chargé)$"
)


def _until(remark: str, begin: int, end: int) -> int:
    """Where the list of names ends; "Special Envoy for Syria" goes on behind its "for"."""
    at = begin
    while (stop := _STOP.search(remark, at, end)) is not None:
        if stop.group().strip() != "for" or not _OFFICE_FOR.search(remark[begin : stop.start()]):
            return stop.start()
        at = stop.end()
    return end


def _when_where(lead: str, rest: str) -> tuple[str | None, str | None]:
    when = _WHEN.search(rest) or _WHEN.search(lead)
    if when is not None and re.match(r",? with ", rest[when.end() :]):
        # "met with A and, on August 10, with B": the day is B's
        when = None
    where = _WHERE.search(rest)
    return (when.group().strip(" ,") if when else None), (where["where"] if where else None)


_SPLIT: Final = re.compile(
    r"(?<!Antigua)(?<!Trinidad)(?<!Bosnia)(?<!Tomé)(?<!Tome)(?<!Kitts)(?<!Christopher)(?<!Vincent)(?<!of "
    r"state)(?<!of Trade)"
    r",? and (?:with )?(?:the )?|, (?:and )?(?:with )?(?:the )?|,? as well as (?:with )?(?:the )?|\s*;\s*|"
    r",? and$"
)
_PLURAL: Final = re.compile(
    rf"^(?P<office>(?:{_CAP}[\w-]+ )*(?:Presidents|Ministers|Premiers|Chancellors|Kings|Secretaries|"
    rf"Leaders|Heads|Ambassadors|"
    rf"leaders|ministers|presidents|heads of state|ambassadors)) (?:of|from) (?P<where>.+)$"
)
_VERB: Final = re.compile(r"^(?:also |then |later )?[a-z]+(?:ed|ing)?\b")
_NO_VERB: Final = re.compile(r"(?:de|al|el|von|van|former|then|heads?|other|senior|various)\b")
_TRAILING_DAY: Final = re.compile(rf"[ ,(]+(?:on )?(?P<day>(?i:{MONTH}) \d{{1,2}}(?:[-–]\d{{1,2}})?)\)?$")


def _names(remark: str, begin: int, end: int) -> Iterator[tuple[str, int]]:
    """Persons and groups between `begin` and `end` of a remark; a verb after a comma ends them."""
    at = begin
    pieces: list[tuple[str, int]] = []
    for cut in [*_SPLIT.finditer(remark, begin, end), None]:
        until = cut.start() if cut else end
        piece = remark[at:until]
        words = piece.strip(" ,.()")
        if pieces and words and _VERB.match(words) and not _NO_VERB.match(words):
            break
        pieces.append((words, at + len(piece) - len(piece.lstrip(" ,.()"))))
        at = cut.end() if cut else until
    for words, offset in _joined(remark, pieces):
        plain = re.sub(r"^(?:with |the |both |also )+", "", words)
        start = offset + len(words) - len(plain)
        plain = _TRAILING_DAY.sub("", plain)
        if _names_somebody(plain):
            yield plain, start


def _joined(remark: str, pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Pieces of one name put together again: "Foreign Ministers of Albania, Croatia, and Macedonia"."""
    joined: list[tuple[str, int]] = []
    for words, offset in pieces:
        bare = re.sub(r"^(?:met with |with |the |both |also )+", "", words)
        words, offset = bare, offset + len(words) - len(bare)  # noqa: PLW2901
        last = joined[-1] if joined else None
        listed = last is not None and _PLURAL.match(last[0]) and _PLACE.fullmatch(words)
        if last is not None and (listed or _BARE_TITLE.fullmatch(last[0])):
            joined[-1] = (remark[last[1] : offset + len(words)], last[1])
        elif words:
            joined.append((words, offset))
    return joined


_PLACE: Final = re.compile(rf"(?:the )?{_CAP}[\w.’'-]+(?: (?:and |the |of |d[’'])*{_CAP}[\w.’'-]+){{0,3}}")
_BARE_TITLE: Final = re.compile(
    r"(?:President|(?:Deputy )?Prime Minister|King|Chancellor|Emperor|Premier|Mr\.?|General|"
    r"Vice (?:President|Premier)|"
    r".*Minister (?:of|for) Foreign Affairs)"
)


def offices_of(words: str) -> list[tuple[str, str]]:
    """("Prime Minister", "Barbados") for each state of "Prime Ministers of Barbados and …"; else [].

    >>> offices_of("Foreign Ministers of Albania and Croatia")
    [('Foreign Minister', 'Albania'), ('Foreign Minister', 'Croatia')]
    """
    match = _PLURAL.match(words)
    if match is None:
        return []
    office = re.sub(r"^[Hh]eads of state$", "head of state", match["office"])
    office = re.sub(r"ies$", "y", office) if office.endswith("ies") else office.removesuffix("s")
    states = [re.sub(r"^the ", "", part.strip(" ,")) for part in _SPLIT.split(match["where"])]
    return [(office, state) for state in states if state]


_OFFICIALS: Final = re.compile(
    r"\b(?:officials?|oficials|allies|partners|authorities|personnel|troops|forces|"
    r"community|communities|staff)$",
    re.IGNORECASE,
)
_ORGANISATION: Final = re.compile(
    r"^(?:UN|NATO|EU|OAS|ASEAN|IMF|OECD|United Nations|European (?:Union|Community)|U\.?S\.?|U\.?N\.?)$"
)


def _names_somebody(words: str) -> bool:
    if _OFFICIALS.search(words) or _ORGANISATION.match(words):
        return False
    if not re.search(_CAP, words) or _VAGUE.match(words) or len(words) > 120:
        return False
    return re.search(rf"(?:^|\s){_CAP}[\w’'-]+", words) is not None and not re.match(
        rf"(?:{MONTH})\s+\d", words.lower()
    )


def _topics(text: str, offset: int) -> tuple[tuple[str, int], ...]:
    """Noun phrases of "the peace process and the Taif Accord", each with its offset."""
    found: list[tuple[str, int]] = []
    at = 0
    for cut in [*re.finditer(r",? and (?=the |a |an |other )|, (?:and )?|,? as well as ", text), None]:
        until = cut.start() if cut else len(text)
        piece = text[at:until]
        bare = re.sub(r"^\s*(?:(?:the|a|an|and|on|about|further) )*", "", piece).rstrip(" .,")
        if len(bare) >= 3:
            found.append((bare, offset + at + piece.index(bare)))
        at = cut.end() if cut else until
    return tuple(found[:6])


def _topics_after(rest: str, offset: int) -> tuple[tuple[str, int], ...]:
    match = _TOPIC_AFTER.search(rest)
    if match is None:
        return ()
    topic = re.split(
        r"\s+(?:with|at|during|before|in(?= [A-Z]))\s+|\s+on \w+ \d|,? and (?:addressed|attended|visited|"
        r"signed|met|delivered|"
        r"participated|laid|toured|spoke|gave|held|announced|opened|joined|inspected)\b",
        match["topic"],
    )[0]
    return _topics(topic, offset + match.start("topic"))
