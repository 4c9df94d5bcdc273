"""The named queries: SPARQL files whose first comments say what they ask and what they take.

A header reads

    # name: long-meetings
    # title: Long meetings
    # question: Which meetings lasted longer than so many minutes, and in what words?
    # param: minutes | number | 60 | 120 | Shortest length, minutes

with name, type, default (`-` where the parameter must be given), example and explanation.
In the text a parameter is a `VALUES` block that names it and holds its example, so that
every file runs as it stands in any SPARQL tool. `NamedQuery.bind` puts the wanted terms,
written by `term_text` and never as raw text, in place of that block's content.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kg.errors import VocabularyError
from kg.vocab.files import QUERIES, ontology_file
from kg.vocab.rdf import Node, day, number, term_text, to_iri, word
from kg.vocab.terms import DATA, term

__all__ = ["KINDS", "NamedQuery", "Parameter", "named_queries", "named_query"]

KINDS = ("name", "number", "since", "until", "iri", "property")
"""`name`: label, alias, Wikidata id or country code of a thing, in any of the usual cases;
`number`: a plain number; `since`, `until`: the first, the last day of YYYY, YYYY-MM or YYYY-MM-DD;
`iri`: an id such as `meeting/2023-06-19-a-b`, or a whole IRI of the data; `property`: a term's
local name."""

_REQUIRED = "-"
_FIRST_DAY = {4: "-01-01", 7: "-01", 10: ""}
"""What a year, a month and a day lack to be a day, by length."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query. `default` is None where a value must be given."""

    name: str
    kind: str
    default: str | None
    example: str
    help: str

    def terms(self, value: str) -> tuple[Node, ...]:
        """The RDF terms that `value` may stand for; `VocabularyError` when it is malformed."""
        value = value.strip()
        try:
            return _TERMS[self.kind](value)
        except (KeyError, ValueError) as error:
            raise VocabularyError(
                f"{value!r} is no {self.kind}",
                where=f"parameter {self.name}",
                remedy=f"for example {self.name}={self.example}",
            ) from error


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A SPARQL query that is called by name; `text` runs as it is, with the examples."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, values: Mapping[str, str]) -> str:
        """The query's text for these values; whatever is not given takes its default.

        Raises `VocabularyError` for a parameter that is unknown, missing or malformed.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise VocabularyError(
                    f"no parameter {name!r}",
                    where=f"query {self.name}",
                    remedy=f"it takes {', '.join(known) or 'none'}",
                )
        text = self.text
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if value is None:
                raise VocabularyError(
                    f"parameter {parameter.name} is missing",
                    where=f"query {self.name}",
                    remedy=f"give {parameter.name}={parameter.example!r} or the like",
                )
            text = _put(text, parameter, value)
        return text


def _put(text: str, parameter: Parameter, value: str) -> str:
    terms = " ".join(term_text(node) for node in parameter.terms(value))
    block = re.compile(rf"(VALUES \?{parameter.name} \{{)[^{{}}]*(\}})")
    return block.sub(lambda match: f"{match[1]} {terms} {match[2]}", text)


# --- values -------------------------------------------------------------------------------


def _name(value: str) -> tuple[Node, ...]:
    """Every usual case of a name: an index finds each at once, a filter would read all labels."""
    if not value:
        raise ValueError(value)
    forms = dict.fromkeys((value, value.title(), value.upper(), value.lower(), value.capitalize()))
    return tuple(word(form) for form in forms)


def _number(value: str) -> tuple[Node, ...]:
    return (number(float(value)),) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", value) else _refuse(value)


def _since(value: str) -> tuple[Node, ...]:
    return (day(date.fromisoformat(value + _FIRST_DAY[len(value)])),)


def _until(value: str) -> tuple[Node, ...]:
    first = date.fromisoformat(value + _FIRST_DAY[len(value)])
    last_month = first.replace(month=12) if len(value) == len("YYYY") else first
    if len(value) == len("YYYY-MM-DD"):
        return (day(first),)
    return (day(last_month.replace(day=monthrange(last_month.year, last_month.month)[1])),)


def _iri(value: str) -> tuple[Node, ...]:
    iri = value.strip("<>") if value.strip("<>").startswith(DATA) else to_iri(value)
    term_text(iri)
    return (iri,) if value else _refuse(value)


def _property(value: str) -> tuple[Node, ...]:
    return (term(value.removeprefix("dm:")),)


def _refuse(value: str) -> tuple[Node, ...]:
    raise ValueError(value)


_TERMS = {
    "name": _name,
    "number": _number,
    "since": _since,
    "until": _until,
    "iri": _iri,
    "property": _property,
}


# --- reading ------------------------------------------------------------------------------

_HEADER = re.compile(r"#\s*(name|title|question|param):\s*(.*\S)\s*$")


@lru_cache(maxsize=1)
def named_queries() -> Mapping[str, NamedQuery]:
    """Every named query by name, in the order of the files' numbers."""
    files = sorted(ontology_file(QUERIES).glob("*.rq"))
    queries = (_read(path) for path in files)
    return {query.name: query for query in queries}


def named_query(name: str) -> NamedQuery:
    """The query called `name`; `VocabularyError` names all of them when there is none such."""
    queries = named_queries()
    if name not in queries:
        raise VocabularyError(f"no query is named {name!r}", remedy=f"there are {', '.join(queries)}")
    return queries[name]


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match:
            found.setdefault(match[1], []).append(match[2])
        elif line and not line.startswith("#"):
            break
    try:
        parameters = tuple(_parameter(line) for line in found.get("param", ()))
        return NamedQuery(found["name"][0], found["title"][0], found["question"][0], parameters, text)
    except (KeyError, ValueError) as error:
        raise VocabularyError("the query's header is incomplete", where=path.name) from error


def _parameter(line: str) -> Parameter:
    name, kind, default, example, explanation = (part.strip() for part in line.split("|", 4))
    if kind not in KINDS:
        raise ValueError(kind)
    return Parameter(name, kind, None if default == _REQUIRED else default, example, explanation)
