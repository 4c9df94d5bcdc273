"""A cheap test, without any model: can this text tell of a meeting at all?

Much news stops here. A text passes where a word of meeting stands near a word of office or government;
most matches, markets, courts and weather have one or the other, or neither.
"""

from __future__ import annotations

import re

from kg.model import Article

__all__ = ["may_tell_of_meeting"]

_MEETING = (
    r"talks|talk(?:ed|ing)?|summits?|bi-?laterals?|trilateral|t[eê]te-?[aà ]-?t[eê]te|consult\w*|negotiat(?:e|ions?|ors?|ing)|dialogue|"
    r"audience|calls?|called (?:in|on)|(?:tele)?phone[ds]?|telephon\w*|video ?-?(?:link|conference|call)|one-on-ones?|one-to-ones?|"
    r"face[- ]to[- ]face|round[- ]?table|conversations?|encounter(?:ed|s)?|parley|meetings?|met|meets?|conferences?|conferred|confers?|"
    r"spoke|spoken|speaks?|receiv(?:ed?|es|ing)|host(?:ed|s|ing)?|s[aiu]t(?:s|ting)?|sit-downs?|shook hands|handshake|shak(?:es|ing) hands|"
    r"visit(?:ed|s|ing)?|luncheon|lunch|dinner|breakfast|supper|huddled?|closeted|mediat\w+|welcom(?:ed?|es|ing)|sessions?|rounds?|"
    r"appointments?|saw|sees?|seeing|seen|discuss\w*|exchanges?|contacts?|interview|tea|coffee|gather\w*|at it|came together|tables?|"
    r"invited|summoned|word with|dealt with|engagements?|chat(?:ted)?|spent|sounded out|together|conclave|drive|door|dance|in one room"
)
_OFFICE = (
    r"ministers?|ministry|(?:vice-)?presidents?|premiers?|envoys?|emissar(?:y|ies)|ambassadors?|diplomats?|diplomacy|diplomatic|"
    r"(?:under-?)?secretary(?:-general)?|chancellors?|leaders?|heads? of|delegat(?:es?|ions?)|counterparts?|opposite numbers?|king|queen|"
    r"emir|pope|holy father|cardinal|sheikh|embassy|legation|negotiators?|mediators?|charg[eé]|consuls?(?:-general)?|commissioners?|"
    r"rebels?|sultan|pms?|fms?|junta|representatives?|officials?|governments?|cabinet|governors?|mayor|chiefs?|state department|"
    r"parliament|speaker|chairman|gen|general|dr|presidential|foreign|generals?|taoiseach"
)
_WORDS = re.compile(rf"\b(?:(?P<office>{_OFFICE})|(?:{_MEETING}))\b")
_NEAR = 250
"""Characters between the beginnings of the two words."""


def may_tell_of_meeting(article: Article) -> bool:
    """Can the article tell of a meeting? Rarely wrong when it says no; linear in the text's length."""
    office = meeting = -_NEAR - 1
    for match in _WORDS.finditer(article.text.lower()):
        if match.lastgroup:
            office = match.start()
        else:
            meeting = match.start()
        if office >= 0 <= meeting and abs(office - meeting) <= _NEAR:
            return True
    return False
