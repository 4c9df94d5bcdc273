"""What lines of a page look like that are no running text: shares, teasers, credits, bylines, captions.

All patterns are matched against a line without its surrounding white space and list marks.
They know the furniture of news pages, not any page in particular.
"""

from __future__ import annotations

import re
from typing import Final

from kg.times.dates.lexicon import MONTH, WEEKDAY

__all__ = [
    "AGENCY",
    "BYLINE",
    "CAPS_LINE",
    "CAPTION",
    "CATEGORY",
    "CREDIT_END",
    "CREDIT_LINE",
    "DATE_LINE",
    "FURNITURE",
    "HEADER",
    "IMAGE_NAME",
    "PERSON_LINE",
    "POSITION",
    "SHOWS",
    "TEASER",
    "TEASER_HEADING",
]

HEADER: Final = re.compile(
    r"(?P<key>published|date|title|headline|source|publisher|url|link|author|byline|section|"
    r"language)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
"""A header line of a stored text; only at its very top."""

AGENCY: Final = (
    r"(?:AP|AFP|EPA|EFE|DPA|dpa|ANSA|TASS|RIA|SPA|AA|PTI|ANI|IANS|PIB|MEA|KCNA|KUNA|IRNA|QNA|WAM|SANA|MENA|"
    r"BTA|CTK|"
    r"UN Photo|UPI|Reuters|REUTERS|Getty(?: Images)?|GETTY(?: IMAGES)?|Xinhua|XINHUA|Kyodo|Yonhap|Sputnik|"
    r"Interfax|"
    r"Anadolu(?: Agency)?|Bloomberg|Shutterstock|Alamy|VCG|Pool|POOL|GPO|WANA|Handout|HANDOUT|Wikimedia(?: "
    r"Commons)?|"
    r"Facebook|Twitter|Instagram|Telegram|courtesy photo|file photo|FILE PHOTO|archive)"
)
"""Regex source of who credits photos in news."""

FURNITURE: Final = re.compile(
    r"(?:"
    r"share this (?:article|story|page|post)\b.{0,100}|home ?[>»/] .{2,80}|"
    r"adverts?|advt\.?|advertisements?\b.{0,60}|.{0,30}continues? (?:after|below).{0,40}|story "
    r"continues.{0,30}|"
    r"(?:scroll|continue reading|keep reading|read full|read the full).{0,40}|"
    r"(?:share|tweet|print|e-?mail|save|like|comments?|whatsapp|facebook|twitter|linkedin|telegram|copy link|"
    r"send to a friend|pin it|reddit|text size|a-|a\+|listen|bookmark|follow)"
    r"(?:[\s|·•/,&+:-]+(?:this|story|article|page|on|via|by|to|a|and|with|friend|share|tweet|print|e-?mail|"
    r"save|like|comments?|"
    r"whatsapp|facebook|twitter|x|linkedin|telegram|copy|link|send|pin|it|reddit|\(?\d+\)?|mood meter.*))*|"
    r"\d+ comments?\b.{0,40}|(?:no )?comments?(?: \(\d+\))?(?: (?:are )?closed)?.{0,40}|"
    r".{0,40}\bcomments are closed.{0,40}|be the first to comment.*|"
    r"\d+ ?(?:-? ?min(?:ute)?s?) read|reading time.{0,30}|estimated read.{0,30}|"
    r"(?:last )?updated?\b[ :]*.{0,60}\d.{0,40}|first published.{0,60}|posted\b.{0,70}\d.{0,40}|"
    r"published(?: on| at|:)? .{0,60}\d.{0,60}|"
    r"click (?:to play|here).{0,60}|(?:watch|listen|video|in pictures|gallery|slideshow|podcast)\s*:.{0,160}|"
    r"skip to (?:main )?content.*|accessibility links|breaking news|back to top|home|menu|search|log ?in|"
    r"sign (?:in|up)\b.{0,120}|"
    r"subscribe\b.{0,120}|.{0,40}subscription is about to.{0,80}|register(?: now| free).{0,60}|"
    r"(?:get|receive|join) .{0,40}(?:newsletter|inbox|channel|alerts).{0,80}|.{0,60}(?:newsletters?|"
    r"whatsapp channel)\b.{0,30}|"
    r".{0,60}\b(?:follow|join|like|find) us\b.{0,60}|stay tuned.{0,160}|"
    r".{0,30}(?:©|\(c\) ?\d{4}|copyright).{0,200}|.{0,40}all rights reserved.{0,160}|.{0,40}terms (?:of "
    r"use|and conditions).{0,60}|"
    r"found an error.{0,120}|print(?:er-friendly| this).{0,40}|powered by.{0,60}|"
    r"tags?\s*:.{0,200}|keywords?\s*:.{0,200}|filed under.{0,120}|topics?\s*:.{0,120}|"
    r"\(?(?:read|see|more) more\b.{0,80}(?:stories|news|articles|here|on this)\W*|"
    r"\[[a-z_ -]{2,20}\]|fbpx|hello|loading.{0,20}|"
    r"this (?:article|story) (?:was )?(?:first |originally )?(?:appeared|published).{0,160}|"
    r".{0,60}(?:reprint|redistribution|onward distribution).{0,160}|"
    r".{0,120}to subscribe,? please.{0,80}"
    r")",
    re.IGNORECASE,
)
"""Lines that belong to the page and not to the story."""

TEASER: Final = re.compile(
    r"\(?(?:read (?:also|more|next|on|as well|too)|also read|see also|related|don'?t miss|must read|"
    r"more(?: on this)?|most read|"
    r"recommended|you may (?:also )?like|also in this issue|in other news|trending|up next|watch next)"
    r"(?: (?:stories|articles|news|topics|story|article|week))?\s*[:|»>–-].+",
    re.IGNORECASE,
)
"""A teaser of another story, on one line with its label."""

TEASER_HEADING: Final = re.compile(
    r"(?:(?:read|see|click) (?:also|more|next|on)|also read|related(?: (?:stories|articles|news|topics|"
    r"posts|links|content|coverage))?|"
    r"more (?:from|on|in|about)\b.{0,40}|more (?:\S+ ){0,2}(?:stories|articles|news|headlines)|(?:latest|"
    r"top|other|recent|popular)(?: (?:news|stories|headlines|articles|posts))?|"
    r"most (?:read|popular|viewed|shared|commented)|trending(?: now)?|recommended(?: for you)?|you (?:may|"
    r"might) (?:also )?(?:like|be interested in)|"
    r"editor'?s'? (?:picks?|choice)|don'?t miss|must reads?|what to read next|from (?:around )?the web|"
    r"sponsored(?: content| links)?|"
    r"around the web|promoted(?: stories)?|up next|keep reading|elsewhere on (?:the )?(?:web|site)|in "
    r"this section|in the headlines|in other news)\s*[:…»>]*",
    re.IGNORECASE,
)
"""A heading under which headlines of other stories follow."""

CATEGORY: Final = re.compile(
    r"(?:(?:news|world|politics|opinion|business|economy|sports?|africa|asia|europe|middle east|americas|"
    r"international|"
    r"national|local|region|foreign affairs|diplomacy|top stories|headlines|exclusive|analysis|home|video|"
    r"photos?|showbiz|weather|"
    r"culture|technology|health|science|english|latest|features?|editorial|letters|world news|"
    r"live)(?:\s*[|/>»·•,&]\s*|$))+",
    re.IGNORECASE,
)
"""Names of a page's sections, alone or as a menu."""

IMAGE_NAME: Final = re.compile(
    r"(?:[\w.%-]+\.(?:jpe?g|png|gif|webp|avif|svg)|"
    r"(?=[^\s]*\d)(?:[A-Za-z0-9]+[-_]){2,}(?:[A-Za-z]*\d+[A-Za-z]*[-_]?)+|"
    r"(?=[^\s]*(?:\d{3,}|main\d))(?:[A-Za-z0-9]+[-_])+[A-Za-z0-9]+)"
)
"""The file name of a picture, left behind by its page."""

_NAME: Final = r"(?:[A-Z][\w'’.-]*|[A-Z]\.|al-[A-Z]\w+|bin|ibn|de|da|dos|van|von|der|el|al|la|le)"
PERSON_LINE: Final = re.compile(rf"{_NAME}(?: {_NAME}){{1,3}}")
"""A line that is nothing but a name."""

_STAMP: Final = (
    rf"(?:\d{{1,2}}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?i:{MONTH}),?|"
    rf"(?i:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,) "
    rf"\d{{4}}(?:,? (?:at )?\d{{1,2}}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?)?"
)
"""A day with its year, and mostly a clock time: when a page was made."""

BYLINE: Final = re.compile(
    rf"(?:"
    rf"[Bb][Yy]:? (?!(?:the time|then|now|and large|all|far)\b)(?:the |our |a )?{_NAME}(?:[ ,]+(?:and |in |"
    rf"for |& )?{_NAME})*(?:[ ,|/–—-].{{0,60}})?|"
    rf"[Bb][Yy] (?:the |our |a )?(?:[\w-]+ ){{0,3}}(?:[Ss]taff|[Rr]eporters?|[Cc]orrespondents?|"
    rf"[Aa]gencies|[Dd]esk|[Nn]ewsroom|[Ww]ire)\b.{{0,40}}|"
    rf"(?i:{MONTH}) \d{{1,2}}, \d{{4}},? [Bb][Yy] .{{2,40}}|"
    rf"\(?(?:[Ff]rom|FROM) (?:our|a|OUR|A) .{{0,30}}(?:[Cc]orrespondents?|CORRESPONDENTS?|[Rr]eporters?|"
    rf"[Aa]gencies)\b.{{0,20}}\)?|"
    rf"(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Tt]ext|[Ss]tory|[Tt]ranslat\w+|[Cc]ompiled|[Ee]ditors?)(?: "
    rf"and \w+)? "
    rf"(?:by|:|and photos?:).{{2,120}}|Text and photos?:.{{2,60}}|"
    rf"{_NAME}(?: {_NAME}){{1,3}} (?:reporting|writing|editing)\b.{{0,120}}|"
    rf"{_NAME}(?: {_NAME}){{0,3}} ?[•|·/] ?.{{0,30}}\d{{4}}.{{0,12}}|"
    rf"\(?(?:{AGENCY}|ag\.|agencies|with agency inputs|With agency inputs|News agencies|"
    rf"Agencies)(?:[/, ]+(?:{AGENCY}|agencies))*\)?\.?|"
    rf"{_NAME}(?: {_NAME}){{0,3}},? (?:{_STAMP})|{_STAMP}.{{0,60}}|"
    rf"\([A-Z]{{2,5}}(?:/[A-Z]{{2,5}})*\)|-?[A-Z]{{2,4}}-|"
    rf"{_NAME}(?: {_NAME}){{1,3}},? (?:[Ss]taff [Ww]riter|[Cc]orrespondent|[Rr]eporter|[Cc]ontributor|"
    rf"[Ee]ditor|[Ss]pecial to .{{2,40}}).{{0,40}}"
    rf")"
)
"""Who wrote, told or sent the story."""

_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTHS: Final = rf"(?i:{MONTH})"
CAPS_LINE: Final = re.compile(r"[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,2}(?:/[A-Z][A-Z .'’-]+)?")
"""A place in capitals on a line of its own."""
DATE_LINE: Final = re.compile(
    rf"(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}(?:, | [-–—] ))?"
    rf"(?:(?i:{WEEKDAY}),? )?(?:{_DAY}(?: of)? {_MONTHS}|"
    rf"{_MONTHS} {_DAY})(?:,? \d{{4}})?(?:[ ,|–—-]+\d{{1,2}}[:.h]\d\d.{{0,20}})?\.?|"
    r"(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}, "
    r")?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:[ ,T]+\d{1,2}:\d\d.{0,20})?"
)
"""A line that is nothing but a date."""

_PLACES: Final = (
    r"(?:second(?: from)?|third(?: from)?|first|far|back|front|top|bottom|center|centre|middle|from)? ?"
)
CAPTION: Final = re.compile(
    r"(?:"
    r"\W{0,3}(?:photos?|pic(?:ture)?s?|image|caption|photograph|file)\b ?(?:credit|caption|by|"
    r"courtesy)?\s*(?::|\||\.|--|–|—| - ).+|"
    r"(?:in this|this) (?:\w+ ){0,3}(?:photo|photograph|picture|image|handout)\b.+|(?:file|archive|"
    r"library) (?:photo|picture|image)\b.+|"
    r".+[\s(](?:photo|pic|picture|image|photograph)s?(?: credit| courtesy| by|:| ?/| ?\|).{0,60}\)?\W*|"
    r".+\((?:file|archive|pool|handout)\)\W*|"
    r".+\((?:\w+ )?(?:photo|image)s?\b.{0,60}\)\W*"
    r")",
    re.IGNORECASE | re.DOTALL,
)
"""A caption by its label or its credit in words."""

POSITION: Final = re.compile(
    rf"\((?:{_PLACES}(?:left|right|l|r|c|center|centre)\.?)\)|, (?:{_PLACES}(?:left|right)|center|"
    rf"centre),|, (?:{_PLACES}(?:left|right)|center|centre)\.?$",
    re.IGNORECASE,
)
"""Who stands where: only captions say so."""

CREDIT_END: Final = re.compile(
    rf"(?:[.!?”\"’)] ?|\s[-–—|/] ?|\s\(){AGENCY}(?:[ /-][\w .'/-]{{0,40}})?\)?\.?$|(?:REUTERS|Reuters|AFP|"
    rf"AP|EPA)/[A-Z][\w .'’-]+$|/ ?(?:{AGENCY})$"
)
"""A photo agency at the end of a line, after the sentence."""

CREDIT_LINE: Final = re.compile(
    rf"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}} ?/ ?)+(?:{AGENCY})(?: ?/ ?(?:{AGENCY}|[A-Z][\w. ]+))*|"
    rf"(?:photos?|pictures?|image)(?: credit)?(?::| by) .{{2,60}}",
    re.IGNORECASE,
)
"""A photo credit on a line of its own."""

SHOWS: Final = re.compile(
    r"\b(?:shakes? hands|poses? (?:for|with)|greets?|welcomes?|receives?|speaks? (?:to|with|during|at)|"
    r"talks? (?:to|with)|meets?|"
    r"attends?|arrives?|looks? on|walks?|sits? (?:down|with|next)|gestures?|waves?|addresses|holds? a|seen|"
    r"pictured|listens?|is greeted|are seen)\b"
)
"""The present tense of captions."""
