"""The words of a SPARQL query, cut as the engine cuts them.

Comments end at a carriage return or a line feed, strings may be long or short, and a
keyword may stick to what follows it (`SERVICEx:a{`): what guards queries must see all of
that, which patterns over raw text or a second parser with other habits do not.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from kg.errors import QueryError

__all__ = ["Kind", "Token", "line_and_column", "tokens"]


class Kind(Enum):
    """What a token is. White space and comments are left out."""

    IRI = "iri"
    PNAME = "pname"
    STRING = "string"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """A token with its place in the text: 0-based, end-exclusive code points."""

    kind: Kind
    text: str
    start: int
    end: int


# Beyond ASCII everything counts as a letter: what the grammar forbids there, the engine refuses.
# The classes say what is left out, because Python compiles large ranges slowly.
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_FIRST = r"[^\x00-/:-@\[-^`{-\x7f]"
_NAME = r"[^\x00-,./:-@\[-^`{-\x7f]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:{_FIRST}|:|{_ESCAPED})(?:\.*(?:{_NAME}|:|{_ESCAPED}))*"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<space>[ \t\r\n]+|\#[^\r\n]*)",
            r"(?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''" + r'|"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
            r"|'(?:[^'\\\r\n]|\\.)*'" + r'|"(?:[^"\\\r\n]|\\.)*")',
            rf"(?P<iri><(?:[^\x00-\x20<>\"{{}}|^`\\]|{_HEX})*>)",
            rf"(?P<variable>[?$]{_FIRST}+)",
            r"(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)",
            rf"(?P<blank>_:{_FIRST}(?:\.*{_NAME})*)",
            rf"(?P<pname>(?:{_LETTER}(?:\.*{_NAME})*)?:(?:{_LOCAL})?)",
            r"(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)",
            r"(?P<word>[A-Za-z_][A-Za-z0-9_]*)",
            r"(?P<sign>&&|\|\||!=|<=|>=|\^\^|<<\(?|\)?>>|\{\||\|\}|[{}()\[\].,;|/^*+\-?!=<>~])",
        )
    ),
    re.DOTALL,
)

_LONGEST = 1_000_000
"""Characters of a query; a longer one is an accident or an attack."""


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens in order. QueryError, with line and column, for what no query can contain."""
    if len(text) > _LONGEST:
        raise QueryError(
            f"the query has {len(text):,} characters", remedy=f"at most {_LONGEST:,} are read: use parameters"
        )
    found = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise _stray(text, position)
        if match.lastgroup != "space":
            kind = Kind(match.lastgroup)
            found.append(Token(kind, match.group(), position, match.end()))
        position = match.end()
    return tuple(found)


def line_and_column(text: str, position: int) -> str:
    """A place in the text as people count it.

    >>> line_and_column("a\\nbc", 3)
    'line 2, column 2'
    """
    before = text[:position]
    return f"line {before.count(chr(10)) + 1}, column {position - before.rfind(chr(10))}"


def _stray(text: str, position: int) -> QueryError:
    where = line_and_column(text, position)
    char = text[position]
    if char in "\"'":
        return QueryError("this text in quotes has no end", where=where, remedy=f"close it with {char}")
    if char == "\\":
        return QueryError(
            "a backslash outside of quotes", where=where, remedy="write the character itself, not its code"
        )
    return QueryError(f"the character {char!r} can't stand here", where=where, remedy="take it out")
