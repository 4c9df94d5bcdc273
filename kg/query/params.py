"""Parameters and row limits, put into a query by its tokens: bound, never pasted.

A parameter's value takes the place of every token that is that variable, written as one
term, so that nothing in a value can become part of the query's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from kg.errors import QueryError
from kg.query.guard import Checked, nearest
from kg.query.tokens import Kind, Token, line_and_column
from kg.vocab.rdf import Literal, boolean, day, moment, term_text
from kg.vocab.terms import XSD

__all__ = ["Iri", "Parameter", "Ready", "as_parameter", "prepare"]


class Iri(str):
    """A parameter that is an IRI; a plain `str` is a text."""

    __slots__ = ()


Parameter = Iri | str | bool | int | float | Decimal | date | datetime | Literal
"""What a parameter may be."""


class Edit(NamedTuple):
    """Characters `start` to `end` of the query give way to `text`."""

    start: int
    end: int
    text: str


class Ready(NamedTuple):
    """A query as the engine gets it, and the way back from its places to the user's."""

    text: str
    edits: tuple[Edit, ...]

    def original(self, position: int) -> int:
        """The place in the user's text that a place in `text` comes from."""
        shift = 0
        for edit in self.edits:
            start = edit.start + shift
            if position < start:
                break
            if position < start + len(edit.text):
                return edit.start
            shift += len(edit.text) - (edit.end - edit.start)
        return position - shift


def as_parameter(text: str) -> Parameter:  # noqa: PLR0911 (one a kind)
    """A parameter from the command line: the type follows from how it is written.

    >>> as_parameter("180"), as_parameter("2023-06-19"), as_parameter("Wang Yi"), as_parameter('"180"')
    (180, datetime.date(2023, 6, 19), 'Wang Yi', '180')
    """
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1]
    if text.startswith("<") and text.endswith(">"):
        return Iri(text[1:-1])
    if re.match(r"https?://\S+$", text):
        return Iri(text)
    if re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text)
    if re.fullmatch(r"[+-]?\d+\.\d+", text):
        return Decimal(text)
    if text in {"true", "false"}:
        return text == "true"
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    except ValueError:
        return text


def prepare(query: Checked, params: Mapping[str, Parameter], limit: int | None) -> Ready:
    """The query with its parameters bound and, for a SELECT, at most `limit` + 1 rows asked for.

    The one row more tells whether there were more. QueryError for a parameter that the
    query does not have, or that stands where the query assigns a value.
    """
    edits = list(_bind(query, params))
    if limit is not None and query.form == "SELECT":
        edits.append(_limit(query, limit + 1))
    edits.sort()
    parts = []
    position = 0
    for edit in edits:
        parts += [query.text[position : edit.start], edit.text]
        position = edit.end
    parts.append(query.text[position:])
    return Ready("".join(parts), tuple(edits))


def _bind(query: Checked, params: Mapping[str, Parameter]) -> Iterator[Edit]:
    names = {token.text[1:] for token in query.tokens if token.kind is Kind.VARIABLE}
    for name in params:
        if name not in names:
            close = nearest(name, frozenset(names))
            known = ", ".join(f"?{each}" for each in sorted(names)) or "none"
            raise QueryError(
                f"the query has no variable ?{name} for the parameter {name}",
                remedy=close or f"its variables are {known}",
            )
    written = {name: _write(name, value) for name, value in params.items()}
    if not written:
        return
    clauses = _clauses(query.tokens)
    for index, token in enumerate(query.tokens):
        if token.kind is Kind.VARIABLE and token.text[1:] in written:
            yield _edit(query, index, clauses[index], written[token.text[1:]])


def _edit(query: Checked, index: int, clause: str, term: str) -> Edit:
    """What happens to one variable token, by the place it stands in."""
    words = query.tokens
    token = words[index]
    before = words[index - 1].text.upper() if index else ""
    if before == "AS" or clause == "values":
        raise QueryError(
            f"the query itself sets {token.text}, so it can't be a parameter",
            where=line_and_column(query.text, token.start),
            remedy="give another variable",
        )
    if clause == "select":
        return Edit(token.start, token.end, f" ({term} AS {token.text}) ")
    if clause in {"group", "order"}:
        return Edit(token.start, token.end, f" ({term}) ")
    if before == "(" and index >= 2 and words[index - 2].text.upper() == "BOUND":
        return Edit(words[index - 2].start, words[index + 1].end, " true ")
    return Edit(token.start, token.end, f" {term} ")


_CLAUSES = {"SELECT": "select", "GROUP": "group", "ORDER": "order"}
_ENDS = ("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET")


def _clauses(words: tuple[Token, ...]) -> list[str]:
    """For each token, the clause that it stands in directly (not within brackets of it)."""
    found = []
    stack: list[str] = []
    clause = ""
    for index, token in enumerate(words):
        word = token.text.upper() if token.kind is Kind.WORD else ""
        if word == "VALUES":
            clause = "values"
        elif word.startswith(_ENDS):
            clause = ""
        else:
            clause = next((_CLAUSES[each] for each in _CLAUSES if word.startswith(each)), clause)
        found.append(clause)
        if token.text in {"(", "{", "["}:
            stack.append(clause)
            names = token.text == "(" and clause == "values" and words[index - 1].text.upper() == "VALUES"
            clause = "values" if names else ""
        elif token.text in {")", "}", "]"} and stack:
            clause = stack.pop()
            clause = "" if token.text == "}" else clause
    return found


def _write(name: str, value: Parameter) -> str:
    """The one term that a value is."""
    try:
        return term_text(_node(value))
    except ValueError as error:
        raise QueryError(
            f"the parameter {name} is no usable value: {error}", remedy="check its spelling"
        ) from error


def _node(value: Parameter) -> str | Literal:  # noqa: PLR0911 (one a kind)
    if isinstance(value, Iri):
        return str(value)
    if isinstance(value, bool):
        return boolean(value)
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return Literal(str(value), XSD.integer)
    if isinstance(value, float | Decimal):
        return Literal(format(Decimal(str(value)), "f"), XSD.decimal)
    return value


def _limit(query: Checked, rows: int) -> Edit:
    """Lower the query's own outermost LIMIT, or give it one."""
    depth = 0
    values = None
    for token, following in zip(query.tokens, (*query.tokens[1:], None), strict=True):
        depth += (token.text in {"(", "{", "["}) - (token.text in {")", "}", "]"})
        if depth or token.kind is not Kind.WORD:
            continue
        word = token.text.upper()
        if word == "LIMIT" and following is not None and following.kind is Kind.NUMBER:
            own = int(following.text) if following.text.isdigit() else rows
            return Edit(following.start, following.end, str(min(own, rows)))
        if glued := re.fullmatch(r"LIMIT(\d+)", word):
            return Edit(token.start, token.end, f"LIMIT {min(int(glued[1]), rows)}")
        if word == "VALUES":
            values = token
    at = values.start if values else len(query.text)
    return Edit(at, at, f"\nLIMIT {rows}\n")
