"""Named queries, asked as people ask: "Blinken" is Antony Blinken where there is no other.

A named query compares names exactly, which an index answers at once. A name that the graph does not
know is looked for here among the words of all labels: one thing alone is meant, several are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.query.params import Iri, Parameter
from kg.query.result import Result
from kg.query.run import TIMEOUT, run
from kg.vocab.queries import NamedQuery, named_query
from kg.vocab.queries import Parameter as NamedParameter
from kg.vocab.rdf import term_text, to_iri
from kg.vocab.terms import DATA

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["Understood", "run_named", "understand"]

_EXACT = "SELECT ?x { VALUES ?name { %s } ?x rdfs:label|skos:altLabel|dm:wikidata|dm:iso2 ?name } LIMIT 1"
_LABEL = "SELECT ?label { ?x rdfs:label ?label } LIMIT 1"
_LIKE = """SELECT DISTINCT ?x ?label {
  VALUES ?class { dm:Person dm:Delegation dm:Party dm:Country dm:Place dm:City dm:Venue }
  ?x a ?class . ?x rdfs:label|skos:altLabel ?label
  FILTER (CONTAINS(LCASE(?label), LCASE(?name)))
}"""
_TOLD = 6
"""Things that a message names."""
_LOOKED_AT = 2000
"""Labels that are looked through for a name that is no label."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Parameter values with names that the graph knows, and what was taken for what."""

    values: Mapping[str, str]
    notes: tuple[str, ...] = ()


def run_named(
    store: Store,
    query: str | NamedQuery,
    *,
    params: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    limit: int | None = None,
) -> Result:
    """The result of a named query, or of the one of `ontology/queries/` so called; parameters as texts.

    `warnings` of the result tell which name was taken for which thing. Raises VocabularyError for a
    query or parameter that there is not, QueryError for a name that may be several, otherwise as `run`.
    """
    chosen = named_query(query) if isinstance(query, str) else query
    chosen.bind(params or {})  # what is malformed is told before anything is asked
    understood = understand(store, chosen, params or {}, timeout=timeout)
    result = run(store, chosen.bind(understood.values), timeout=timeout, limit=limit)
    result.warnings += understood.notes
    return result


def understand(
    store: Store, query: NamedQuery, values: Mapping[str, str], *, timeout: float = TIMEOUT
) -> Understood:
    """The values with ids and parts of names put as labels; a name that nothing has stays as it is.

    QueryError when a part of a name may mean several things.
    """
    known = dict(values)
    notes = []
    for parameter in query.parameters:
        if parameter.kind != "name" or parameter.name not in values:
            continue
        value = values[parameter.name].strip()
        found = _meant(store, parameter, value, timeout)
        if found is None:
            continue
        known[parameter.name] = found
        notes.append(f"{parameter.name}: {value!r} is taken for {found}")
    return Understood(known, tuple(notes))


def _meant(store: Store, parameter: NamedParameter, value: str, timeout: float) -> str | None:
    """The label of the one thing meant; None when the value is a name already, or nobody's."""
    if "/" in value:
        labels = _rows(store, _LABEL, timeout, x=Iri(value if value.startswith(DATA) else to_iri(value)))
        if labels:
            return labels[0][0]
    forms = " ".join(term_text(term) for term in parameter.terms(value))
    if _rows(store, _EXACT % forms, timeout):
        return None
    words = _words(value)
    longest = max(re.findall(r"[^\W_]+", value), key=len, default="")
    if len(longest) < 2:
        return None
    things: dict[str, str] = {}
    for iri, label in _rows(store, _LIKE, timeout, name=longest):
        if words <= _words(label):
            things.setdefault(iri, label)
    if len(things) > 1:
        several = sorted(things.values())
        more = f" and {len(several) - _TOLD} more" if len(several) > _TOLD else ""
        raise QueryError(
            f"{value!r} may be {', '.join(several[:_TOLD])}{more}", remedy="give the full name or the id"
        )
    if not things:
        return None
    labels = _rows(store, _LABEL, timeout, x=Iri(next(iter(things))))
    return labels[0][0] if labels else None


def _rows(store: Store, text: str, timeout: float, **params: Parameter) -> list[tuple[str, ...]]:
    with run(store, text, params=params, timeout=timeout, limit=_LOOKED_AT) as result:
        return [tuple(cell or "" for cell in row) for row in result.strings()]


def _words(text: str) -> set[str]:
    """Words without case and accents."""
    from kg.gazetteer import fold  # most names are known as they are written

    return set(fold(text).split())
