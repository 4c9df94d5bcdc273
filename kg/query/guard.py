"""What a query may not do, found before the engine sees it.

The engine can fetch from the network (`SERVICE`) and can't be told not to. Here a query
is refused, with line and column, when it would change the store, ask another server,
name a graph by a remote or file address, or nest deeper than the engine's stack allows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import QueryError
from kg.query.tokens import Kind, Token, line_and_column, tokens
from kg.vocab.terms import DATA, NS, PREFIXES, terms

__all__ = ["QUERY_PREFIXES", "Checked", "check", "nearest"]

QUERY_PREFIXES: Mapping[str, str] = {**PREFIXES, "id": DATA}
"""Prefixes that every query knows without declaring them."""

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

_GLUED = re.compile(r"(?i)(FROM|SELECT|WHERE|GRAPH|SERVICE|DESCRIBE|true|false)\w*:")

DEEPEST = 100
"""Brackets within brackets. People write ten; the engine's parser falls over at some thousand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run."""

    text: str
    tokens: tuple[Token, ...]
    form: str
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`."""
    graphs: tuple[tuple[str, int], ...] = ()
    """IRIs that FROM and FROM NAMED name, and where: each must be a graph of the store."""
    warnings: tuple[str, ...] = ()
    """Terms of `dm:` that the ontology does not have, with the nearest that it has."""


_REMEMBERED = 10_000
"""Characters of the longest query that is remembered: people ask short ones again and again."""


def check(text: str) -> Checked:
    """The query, cut into tokens and found harmless; QueryError otherwise."""
    return _remembered(text) if len(text) <= _REMEMBERED else _check(text)


def _check(text: str) -> Checked:
    words = tokens(text)
    prefixes = _declared(text, words)
    form = _form(text, words)
    _refuse_service(text, words)
    _refuse_depth(text, words)
    graphs = _graphs(text, words, prefixes)
    warnings = _unknown(text, words, prefixes)
    return Checked(text, words, form, graphs, warnings)


_remembered = lru_cache(maxsize=256)(_check)


def nearest(name: str, known: frozenset[str]) -> str:
    """`; did you mean …?` or nothing, to be put behind a message."""
    import difflib

    folded = {each.lower(): each for each in sorted(known)}
    close = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    return f"did you mean {folded[close[0]]}?" if close else ""


def _declared(text: str, words: tuple[Token, ...]) -> dict[str, str]:
    """All prefixes in force; QueryError for one that is used but declared nowhere."""
    prefixes = dict(QUERY_PREFIXES)
    declarations = set()
    for index, (first, second, third) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if _is(first, "PREFIX") and second.kind is Kind.PNAME and third.kind is Kind.IRI:
            prefixes[second.text.rstrip(":")] = third.text[1:-1]
            declarations.add(index + 1)
    for index, token in enumerate(words):
        if token.kind is not Kind.PNAME or index in declarations:
            continue
        prefix = token.text.partition(":")[0]
        if prefix not in prefixes and not _glued(token):
            close = nearest(prefix, frozenset(prefixes))
            raise QueryError(
                f"the prefix {prefix}: is declared nowhere",
                where=line_and_column(text, token.start),
                remedy=f"{close + ' or ' if close else ''}add PREFIX {prefix}: <…>",
            )
    return prefixes


def _form(text: str, words: tuple[Token, ...]) -> str:
    """The first word after the prologue decides what the query is."""
    index = 0
    while index < len(words):
        word = words[index].text.upper()
        if word == "PREFIX":
            index += 3
        elif word in {"BASE", "VERSION"}:
            index += 2
        else:
            break
    if index >= len(words):
        raise QueryError("the query is empty", remedy="write SELECT … WHERE { … }, for example")
    found = words[index]
    for form in FORMS:
        if found.kind is Kind.WORD and found.text.upper().startswith(form):
            return form
    where = line_and_column(text, found.start)
    if found.text.upper().startswith(UPDATES):
        raise QueryError(
            f"{found.text.upper()} would change the store, and queries only read",
            where=where,
            remedy="use kg ingest or kg rm",
        )
    close = nearest(found.text, frozenset(FORMS))
    raise QueryError(
        f"a query can't begin with {found.text!r}",
        where=where,
        remedy=close or "begin with SELECT, ASK, CONSTRUCT or DESCRIBE",
    )


def _refuse_service(text: str, words: tuple[Token, ...]) -> None:
    """SERVICE asks another server. Its letters can stand in a word or stick to a prefix before `{`."""
    for token, following in zip(words, (*words[1:], None), strict=True):
        if token.kind is Kind.WORD:
            found = "SERVICE" in token.text.upper()
        elif token.kind is Kind.PNAME:
            opens = following is not None and following.text.startswith("{")
            found = opens and "SERVICE" in token.text.partition(":")[0].upper()
        else:
            found = False
        if found:
            raise QueryError(
                "SERVICE asks another server, and queries stay on this machine",
                where=line_and_column(text, token.start),
                remedy="ingest what you need from there first",
            )


def _refuse_depth(text: str, words: tuple[Token, ...]) -> None:
    depth = run = 0
    for token in words:
        if token.text in {"(", "{", "[", "{|", "<<", "<<("}:
            depth += 1
        elif token.text in {")", "}", "]", "|}", ">>", ")>>"}:
            depth -= 1
        # signs that pile up without brackets: !!!!!, ----, ^^^^
        run = run + 1 if token.text in {"!", "-", "+", "^", "^^"} else 0
        if depth > DEEPEST or run > DEEPEST:
            raise QueryError(
                f"brackets or signs nested more than {DEEPEST} deep",
                where=line_and_column(text, token.start),
                remedy="take the query apart",
            )


def _graphs(text: str, words: tuple[Token, ...], prefixes: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """What FROM names; QueryError for a file's address (nothing is ever fetched)."""
    found = []
    for index, token in enumerate(words):
        target = _from_target(words, index)
        if target is None:
            continue
        iri = _iri(target, prefixes)
        if re.match(r"(?i)(file|data|ftp|jar):", iri):
            raise QueryError(
                f"FROM <{iri}> names a file or address, and queries fetch nothing",
                where=line_and_column(text, token.start),
                remedy="leave FROM out: all graphs of the store are asked",
            )
        found.append((iri, token.start))
    return tuple(found)


def _from_target(words: tuple[Token, ...], index: int) -> Token | None:
    """The IRI after FROM or FROM NAMED, also where they stick together."""
    token = words[index]
    if token.kind is Kind.PNAME and _glued(token) and token.text.upper().startswith("FROM"):
        rest = re.sub(r"(?i)^FROM(NAMED)?", "", token.text)
        return token._replace(text=rest)
    if token.kind is not Kind.WORD or token.text.upper() not in {"FROM", "FROMNAMED"}:
        return None
    after = words[index + 1 : index + 3]
    if after and _is(after[0], "NAMED"):
        after = after[1:]
    return after[0] if after and after[0].kind in {Kind.IRI, Kind.PNAME} else None


def _glued(token: Token) -> bool:
    """May the token be a keyword with a name stuck to it, as in `FROMx:g`?"""
    return _GLUED.match(token.text) is not None


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind is Kind.IRI:
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)


def _unknown(text: str, words: tuple[Token, ...], prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """One warning a term of the ontology's namespace that the ontology does not have."""
    known = terms()
    warnings: dict[str, str] = {}
    for token in words:
        if token.kind not in {Kind.IRI, Kind.PNAME}:
            continue
        iri = _iri(token, prefixes)
        name = iri.removeprefix(NS)
        if name == iri or not name or name in known or name in warnings:
            continue
        close = nearest(name, known)
        close = close.replace("did you mean ", "did you mean dm:")
        where = line_and_column(text, token.start)
        warnings[name] = f"{where}: the ontology has no dm:{name}" + (f"; {close}" if close else "")
    return tuple(warnings.values())


def _is(token: Token, word: str) -> bool:
    return token.kind is Kind.WORD and token.text.upper() == word
