"""Meetings that are no diplomacy: of a cabinet, a party, a board, a court, on a sports ground.

Judged by the words right around a trigger; of the marked corpus's triggers, fewer than one in two hundred is
mistaken for such a one.
"""

from __future__ import annotations

import re

from kg.extract.text import Layout
from kg.model import Span

__all__ = ["is_ordinary", "is_sports_page"]

_BODY = (
    r"(?:cabinet|caucus|politburo|presidium|council of ministers|parliamentary|party(?:[- ]room)?|faction|"
    r"shareholders?['’]?|creditors?['’]?|board|staff|union|faculty|annual general|town[- ]hall|campaign|"
    r"strategy|crew|council|committee|commission|security cabinet|inner cabinet|congress|news|press|media)"
)
_BEFORE = re.compile(
    rf"\b(?:(?:security |inner |war |full |weekly |emergency |special |extraordinary |party |own )*{_BODY})"
    rf"(?: (?:emergency|special|weekly|regular|crisis))? $",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:cabinet|caucus|board|shareholders?['’]?|creditors?['’]?|annual general|press|news|staff|party) "
    r"(?:meeting|session|conference|talks|briefing)s?\b",
    re.IGNORECASE,
)
_OF_HOME = re.compile(
    r"^ (?:of|with|by|between) (?:(?:his|her|its|the|all|senior|ruling|own|coalition|top)\s+){0,3}"
    r"(?:(?:inner|security|war|full|coalition|shadow)\s+)?(?:cabinet|caucus|politburo|party|"
    r"ministers (?:from|of) (?:his|her|their)|cabinet ministers|shareholders|creditors|board|staff|aides|"
    r"advisers|generals|security chiefs)\b",
    re.IGNORECASE,
)
_SPORT = re.compile(
    r"\b(?:innings|wickets?|batsm[ae]n|bowlers?|cricket(?:er)?|pitch|Test (?:match|series|side)|line-?ups?|"
    r"coach(?:es)?|striker|goalkeeper|midfielder|league|tournament|championships?|semi-?finals?|"
    r"quarter-?finals?|finals?|referee|umpire|goals?|rugby|football|soccer|tennis|golf|seeds?|set point|"
    r"match(?:es)?|captain|skipper|squad|title|cup|medal|race|fans|stadium|Olympic|derby|kick-?off)\b"
)
_COURT = re.compile(
    r"\b(?:court heard|told the (?:court|jury|inquiry|commission|inquest)|royal commission|jury|"
    r"cross-examin\w+|"
    r"trial|lawsuit|plaintiffs?|magistrate|barrister|liquidators?|receivership|defendants?|manslaughter|"
    r"industrial action|pay (?:dispute|claim|rise)|wage (?:dispute|claim|rise)|enterprise bargaining|"
    r"maintenance workers|takeover bid)\b",
    re.IGNORECASE,
)
_SPORTING, _SPORTS_PAGE = 2, 6
"""Different words of sport in a sentence, and in an article, that is about sport."""


def is_sports_page(text: str) -> bool:
    """Is a whole text about sport?"""
    return len({m.lower() for m in _SPORT.findall(text)}) >= _SPORTS_PAGE


def is_ordinary(page: Layout, trigger: Span) -> bool:
    """Do the words at a trigger say that it is no meeting between parties?"""
    text = page.article.text
    low, high = page.bounds(page.sentence(trigger.start))
    high = max(high, trigger.end)
    words = text[trigger.start : trigger.end]
    if _INSIDE.search(words) or _OF_HOME.match(text[trigger.end : trigger.end + 60]):
        return True
    if _BEFORE.search(text[max(low, trigger.start - 40) : trigger.start]):
        return True
    sentence = text[low:high]
    return bool(_COURT.search(sentence)) or len({m.lower() for m in _SPORT.findall(sentence)}) >= _SPORTING
