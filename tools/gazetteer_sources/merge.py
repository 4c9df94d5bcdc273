"""Joins what several sources tell of one person; cautious: a doubtful pair stays two persons."""

from __future__ import annotations

from collections import defaultdict

from gazetteer_sources.draft import Draft
from kg.gazetteer import fold, role_class
from kg.gazetteer.names import sound

__all__ = ["NICKNAMES", "join_by_key", "join_by_name", "join_same"]

NICKNAMES = {
    "bill": "william",
    "will": "william",
    "billy": "william",
    "mike": "michael",
    "jim": "james",
    "jimmy": "james",
    "bob": "robert",
    "bobby": "robert",
    "tony": "anthony",
    "antony": "anthony",
    "joe": "joseph",
    "dick": "richard",
    "rick": "richard",
    "tom": "thomas",
    "dan": "daniel",
    "ted": "edward",
    "ed": "edward",
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
    "al": "albert",
    "liz": "elizabeth",
    "kate": "katherine",
    "sandy": "samuel",
    "hank": "henry",
    "harry": "henry",
    "larry": "lawrence",
    "ken": "kenneth",
    "greg": "gregory",
    "matt": "matthew",
    "pete": "peter",
    "andy": "andrew",
    "chuck": "charles",
    "charlie": "charles",
    "gerry": "gerald",
    "jerry": "gerald",
    "fred": "frederick",
    "phil": "philip",
    "ray": "raymond",
    "rob": "robert",
    "sue": "susan",
    "tim": "timothy",
    "zack": "zachary",
    "jeff": "jeffrey",
    "doug": "douglas",
    "walt": "walter",
    "cy": "cyrus",
    "condi": "condoleezza",
    "beth": "elizabeth",
    "maggie": "margaret",
    "vicky": "victoria",
    "toria": "victoria",
    "jake": "jacob",
    "marty": "martin",
    "norm": "norman",
    "lou": "louis",
    "alex": "alexander",
    "max": "maxwell",
}


def join_by_key(drafts: list[Draft]) -> list[Draft]:
    """Join drafts that carry a common key (a cross-reference of the sources)."""
    owner: dict[str, Draft] = {}
    out: list[Draft] = []
    for draft in drafts:
        found = next((owner[k] for k in sorted(draft.keys) if k in owner), None)
        if found is None:
            out.append(draft)
            found = draft
        else:
            _absorb(found, draft)
        for key in found.keys:
            owner[key] = found
    return out


def join_same(drafts: list[Draft]) -> list[Draft]:
    """Join drafts of one list that share name and birth year, or name, office and time."""
    out: list[Draft] = []
    index: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: (-len(d.terms), d.key)):
        forms = _canonical(draft)
        found = {id(o): o for form in forms for o in index[form] if _one_person(o, draft)}
        if len(found) == 1:
            _absorb(next(iter(found.values())), draft)
            continue
        out.append(draft)
        for form in forms:
            index[form].append(draft)
    return out


def _one_person(a: Draft, b: Draft) -> bool:
    if a.birth and b.birth:
        return a.birth == b.birth
    if not b.terms:
        return fold(a.label) == fold(b.label)
    return _same_office(a, b) and bool(_years(a) & _years(b))


def join_by_name(base: list[Draft], others: list[Draft]) -> list[Draft]:
    """Join each of `others` with the one of `base` that has its name, country and time; gives all."""
    index: dict[str, set[int]] = defaultdict(set)
    for number, draft in enumerate(base):
        for form in _canonical(draft) | _alike(draft):
            index[form].add(number)
    claims: dict[int, list[Draft]] = defaultdict(list)
    rest: list[Draft] = []
    for draft in others:
        found = sorted(
            {n for form in _canonical(draft) for n in index.get(form, ()) if _fits(base[n], draft)}
        )
        if not found and draft.terms:
            alike = {n for form in _alike(draft) for n in index.get(form, ())}
            found = sorted(n for n in alike if _one_person(base[n], draft))
        if len(found) == 1:
            claims[found[0]].append(draft)
        else:
            rest.append(draft)
    for number, claimed in claims.items():
        chosen = _best(base[number], claimed)
        for other in claimed:
            if other in chosen:
                _absorb(base[number], other)
            else:
                rest.append(other)
    return [*base, *rest]


def _best(target: Draft, claimed: list[Draft]) -> list[Draft]:
    """Who of several that fit is the person: all of one birth year, or the one in the same office."""
    if len(claimed) == 1 or (len({c.birth for c in claimed}) == 1 and claimed[0].birth):
        return claimed
    sharing = [c for c in claimed if _same_office(target, c) and _years(target) & _years(c)]
    return sharing if len(sharing) == 1 else []


def _canonical(draft: Draft) -> set[str]:
    out = set()
    for form in draft.forms():
        words = form.split()
        out.add(" ".join([NICKNAMES.get(words[0], words[0]), *words[1:]]))
        if len(words) > 2:
            out.add("#" + " ".join(sorted(words)))
    return out


def _alike(draft: Draft) -> set[str]:
    return {"~" + sound((words[0], words[-1])) for form in draft.forms() if (words := form.split())}


def _fits(a: Draft, b: Draft) -> bool:
    if a.birth and b.birth:
        return abs(int(a.birth) - int(b.birth)) <= 1
    if not a.countries() & b.countries():
        return False
    if not (_same_office(a, b) or _years(a) & _years(b)):
        gap = min(abs(x - y) for x in _years(a) or {0} for y in _years(b) or {9999})
        return gap <= 25 and "US" not in a.countries() & b.countries()
    return True


def _same_office(a: Draft, b: Draft) -> bool:
    def offices(d: Draft) -> set[tuple[str, str]]:
        return {(role_class(t.title) or fold(t.title), t.country) for t in d.terms}

    return bool(offices(a) & offices(b))


def _years(draft: Draft) -> set[int]:
    out: set[int] = set()
    for term in draft.terms:
        first = int((term.start or term.end or "0")[:4])
        last = int((term.end or "")[:4] or first)
        out |= set(range(first, min(last, first + 60) + 1))
    return out - {0}


def _absorb(target: Draft, other: Draft) -> None:
    target.names |= {other.label, *other.names}
    target.keys |= other.keys
    target.birth, target.death = target.birth or other.birth, target.death or other.death
    target.wikidata = target.wikidata or other.wikidata
    exact = {(role_class(t.title), t.country) for t in target.terms}
    for term in other.terms:
        # Dates of the registers are exact; those read from descriptions only fill gaps.
        if term.source in {"people", "volumes"} and (role_class(term.title), term.country) in exact:
            continue
        target.terms.append(term)
