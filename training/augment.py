"""Changed copies of marked texts: other names, countries, months; other case; noise; cuts; joins.

Every function takes a `MarkedArticle` and a `random.Random` and returns a new `MarkedArticle` with
the same marks where they still stand. The front matter is left alone: the model learns from marks,
and no value (a date, a country code) is read from the front matter in training.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from training.corpus import MarkedArticle, MarkedSpan

__all__ = ["Names", "augment", "join"]

STATES = """Albania Albanian Tirana|Algeria Algerian Algiers|Argentina Argentine Buenos-Aires
Armenia Armenian Yerevan|Australia Australian Canberra|Austria Austrian Vienna|Azerbaijan Azerbaijani Baku
Belarus Belarusian Minsk|Belgium Belgian Brussels|Bolivia Bolivian La-Paz|Brazil Brazilian Brasilia
Britain British London|Bulgaria Bulgarian Sofia|Cambodia Cambodian Phnom-Penh|Canada Canadian Ottawa
Chile Chilean Santiago|China Chinese Beijing|Colombia Colombian Bogota|Croatia Croatian Zagreb
Cuba Cuban Havana|Cyprus Cypriot Nicosia|Denmark Danish Copenhagen|Egypt Egyptian Cairo
Estonia Estonian Tallinn|Ethiopia Ethiopian Addis-Ababa|Finland Finnish Helsinki|France French Paris
Georgia Georgian Tbilisi|Germany German Berlin|Ghana Ghanaian Accra|Greece Greek Athens
Hungary Hungarian Budapest|India Indian New-Delhi|Indonesia Indonesian Jakarta|Iran Iranian Tehran
Iraq Iraqi Baghdad|Ireland Irish Dublin|Israel Israeli Jerusalem|Italy Italian Rome|Japan Japanese Tokyo
Jordan Jordanian Amman|Kazakhstan Kazakh Astana|Kenya Kenyan Nairobi|Kuwait Kuwaiti Kuwait-City
Latvia Latvian Riga|Lebanon Lebanese Beirut|Libya Libyan Tripoli|Lithuania Lithuanian Vilnius
Malaysia Malaysian Kuala-Lumpur|Mexico Mexican Mexico-City|Moldova Moldovan Chisinau
Mongolia Mongolian Ulan-Bator|Morocco Moroccan Rabat|Nepal Nepalese Kathmandu|Netherlands Dutch The-Hague
Nigeria Nigerian Abuja|Norway Norwegian Oslo|Oman Omani Muscat|Pakistan Pakistani Islamabad|Peru Peruvian Lima
Philippines Filipino Manila|Poland Polish Warsaw|Portugal Portuguese Lisbon|Qatar Qatari Doha
Romania Romanian Bucharest|Russia Russian Moscow|Rwanda Rwandan Kigali|Senegal Senegalese Dakar
Serbia Serbian Belgrade|Slovakia Slovak Bratislava|Slovenia Slovenian Ljubljana|Somalia Somali Mogadishu
Spain Spanish Madrid|Sudan Sudanese Khartoum|Sweden Swedish Stockholm|Switzerland Swiss Bern
Syria Syrian Damascus|Thailand Thai Bangkok|Tunisia Tunisian Tunis|Turkey Turkish Ankara
Uganda Ugandan Kampala|Ukraine Ukrainian Kyiv|Uruguay Uruguayan Montevideo|Vietnam Vietnamese Hanoi
Yemen Yemeni Sanaa|Zambia Zambian Lusaka|Zimbabwe Zimbabwean Harare""".replace("\n", "|")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
"""Without May, which is a verb too."""
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CLASSES = [[x.replace("-", " ") for x in state.split()] for state in STATES.split("|")]
_MIXED = str.maketrans({"'": "’"})
_OCR = {"l": "1", "o": "0", "e": "c", "i": "l", "h": "b", "n": "u", "rn": "m", "a": "u", "S": "5", "O": "0"}


@dataclass(frozen=True, slots=True)
class Names:
    """Given names and surnames of the corpus, to swap from."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, articles: Iterable[MarkedArticle]) -> Names:
        """All names of persons who take part in some meeting of the given articles, sorted."""
        given: set[str] = set()
        family: set[str] = set()
        for name in (p["name"] for a in articles for p in a.people.values() if p["type"] == "person"):
            parts = [w for w in name.split() if _swappable(w)]
            if len(parts) > 1:
                given.update(parts[:-1])
                family.add(parts[-1])
        return cls(tuple(sorted(given)), tuple(sorted(family)))


def _swappable(word: str) -> bool:
    return word[:1].isupper() and len(word) > 2 and word.isalpha() and not word.isupper()


def _edit(marked: MarkedArticle, edits: Sequence[tuple[int, int, str]]) -> MarkedArticle:
    """Replace stretches (sorted, apart from each other); those that cross a mark's edge stay."""
    edges = {e for s in marked.spans for e in (s.start, s.end)}
    parts, last, shifts, grown = [], 0, [], 0
    for start, end, new in edits:
        if any(start < edge < end for edge in edges):
            continue
        parts += [marked.text[last:start], new]
        last = end
        grown += len(new) - (end - start)
        shifts.append((end, grown))
    parts.append(marked.text[last:])

    def moved(place: int) -> int:
        return place + next((by for at, by in reversed(shifts) if at <= place), 0)

    spans = tuple(replace(s, start=moved(s.start), end=moved(s.end)) for s in marked.spans)
    return replace(marked, text="".join(parts), spans=spans)


def _translate(marked: MarkedArticle, table: dict[str, str]) -> MarkedArticle:
    if not table:
        return marked
    words = sorted(table, key=lambda w: (-len(w), w))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
    return _edit(marked, [(m.start(), m.end(), table[m[0]]) for m in pattern.finditer(marked.text)])


def swap_names(marked: MarkedArticle, rng: random.Random, names: Names) -> MarkedArticle:
    """Give every participant other names, the same ones everywhere in the text."""
    table: dict[str, str] = {}
    for person in marked.people.values():
        if person["type"] != "person":
            continue
        parts = [w for w in person["name"].split() if _swappable(w)]
        for place, word in enumerate(parts):
            pool = names.family if place == len(parts) - 1 else names.given
            table.setdefault(word, rng.choice(pool))
    table |= {w.upper(): new.upper() for w, new in table.items()}
    return _translate(marked, table)


def swap_states(marked: MarkedArticle, rng: random.Random) -> MarkedArticle:
    """Exchange countries, their adjectives and capitals for those of other countries."""
    present = [
        c for c in _CLASSES if any(re.search(rf"\b{re.escape(w)}\b", marked.text, re.IGNORECASE) for w in c)
    ]
    others = rng.sample(_CLASSES, len(present))
    table = {old: new for a, b in zip(present, others, strict=True) for old, new in zip(a, b, strict=True)}
    table |= {w.upper(): new.upper() for w, new in table.items()}
    return _translate(marked, table)


def swap_days(marked: MarkedArticle, rng: random.Random) -> MarkedArticle:
    """Turn the week and the year by some days and months."""
    table = {}
    for circle in (MONTHS, DAYS):
        by = rng.randrange(len(circle))
        table |= dict(zip(circle, circle[by:] + circle[:by], strict=True))
    return _translate(marked, table)


def recase(marked: MarkedArticle, rng: random.Random) -> MarkedArticle:
    """Headline, datelines or everything in capitals, or everything in lower case."""
    text = marked.text
    how = rng.random()
    if how < 0.4:
        end = text.find("\n") if "\n" in text else len(text)
        changed = text[:end].upper() + text[end:]
    elif how < 0.6:
        changed = text.upper()
    elif how < 0.8:
        changed = text.lower()
    else:
        changed = re.sub(r"(?m)^\w[^-—–\n]{2,30}(?= ?[-—–])", lambda m: m[0].upper(), text)
    return replace(marked, text=changed) if len(changed) == len(text) else marked


def roughen(marked: MarkedArticle, rng: random.Random) -> MarkedArticle:
    """Wrapped lines, other quotation marks, or a scanner's misreadings; lengths stay."""
    how = rng.random()
    if how < 0.45:
        return replace(marked, text=_wrapped(marked.text, rng.randrange(48, 90)))
    if how < 0.75:
        return replace(marked, text=marked.text.translate(_MIXED))
    chars = list(marked.text)
    for i, c in enumerate(chars):
        if c in _OCR and rng.random() < 0.02:
            chars[i] = _OCR[c]
    return replace(marked, text="".join(chars))


def _wrapped(text: str, width: int) -> str:
    chars, column = list(text), 0
    for i, c in enumerate(chars):
        column = 0 if c == "\n" else column + 1
        if c == " " and column > width:
            chars[i], column = "\n", 0
    return "".join(chars)


def drop_paragraphs(marked: MarkedArticle, rng: random.Random) -> MarkedArticle:
    """Leave out some paragraphs after the first, or all but the headline."""
    parts = list(re.finditer(r"\n\s*\n", marked.text))
    if not parts:
        return marked
    if rng.random() < 0.15:
        return _without(marked, [(parts[0].start(), len(marked.text))])
    bounds = [m.start() for m in parts] + [len(marked.text)]
    gone = [(a, b) for a, b in pairwise(bounds) if rng.random() < 0.25]
    return _without(marked, gone)


def _without(marked: MarkedArticle, gone: list[tuple[int, int]]) -> MarkedArticle:
    kept = tuple(s for s in marked.spans if not any(a < s.end and s.start < b for a, b in gone))
    return _edit(replace(marked, spans=kept), [(a, b, "") for a, b in gone])


def join(first: MarkedArticle, second: MarkedArticle) -> MarkedArticle:
    """Two articles in one text, as on a page with several stories; ids are kept apart."""
    gap = "\n\n"
    shift = len(first.text) + len(gap)
    moved = tuple(
        MarkedSpan(s.start + shift, s.end + shift, s.tag, tuple(f"2{i}" for i in s.of)) for s in second.spans
    )
    people = {f"2{k}": p for k, p in second.people.items()}
    meetings = {f"2{k}": {**m, "who": [f"2{w}" for w in m["who"]]} for k, m in second.meetings.items()}
    return replace(
        first,
        text=first.text + gap + second.text,
        spans=first.spans + moved,
        people={**first.people, **people},
        meetings={**first.meetings, **meetings},
    )


def augment(
    marked: MarkedArticle, rng: random.Random, names: Names, others: Sequence[MarkedArticle]
) -> MarkedArticle:
    """A copy changed at random in some of these ways; one copy in five or so stays as it is."""
    if rng.random() < 0.06:
        marked = join(marked, rng.choice(others))
    if rng.random() < 0.15:
        marked = drop_paragraphs(marked, rng)
    if rng.random() < 0.5:
        marked = swap_names(marked, rng, names)
    if rng.random() < 0.35:
        marked = swap_states(marked, rng)
    if rng.random() < 0.2:
        marked = swap_days(marked, rng)
    if rng.random() < 0.12:
        marked = recase(marked, rng)
    if rng.random() < 0.15:
        marked = roughen(marked, rng)
    return marked
