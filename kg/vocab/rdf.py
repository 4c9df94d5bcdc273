"""Quads as plain Python values, safe IRIs, and the one order in which quads are written.

No RDF library is imported here: what turns a `Quad` into a library's own objects
belongs to the store. Lexical forms are canonical, those that Oxigraph gives back, so a
value that went through a store is equal to the one that went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote, unquote

from kg.vocab.terms import DATA, XSD

__all__ = [
    "Literal",
    "Node",
    "Quad",
    "boolean",
    "canonical_order",
    "day",
    "from_iri",
    "moment",
    "nquad",
    "nquads",
    "number",
    "slug",
    "term_text",
    "to_iri",
    "word",
]


class Literal(NamedTuple):
    """A literal: its lexical form and the IRI of its datatype. The data has no language tags."""

    value: str
    datatype: str = XSD.string


Node = str | Literal
"""An object: a plain `str` is an IRI."""


class Quad(NamedTuple):
    """One statement in one named graph; all but a literal object are IRIs."""

    subject: str
    predicate: str
    object: Node
    graph: str


# --- IRIs ---------------------------------------------------------------------------------

_DOTS = re.compile(r"\.{0,2}")


def _segment(text: str) -> str:
    """One path segment, such that no client can take it for `.` or `..` or lose it.

    `~` is the escape: it cannot stand in the rest, where it is written `%7E`.
    """
    safe = quote(text, safe="").replace("~", "%7E")
    return f"~{safe}" if _DOTS.fullmatch(safe) else safe


def to_iri(path: str) -> str:
    """The data IRI of an id such as `person/wang-yi`; any text is safe and gets its own IRI.

    >>> to_iri("person/wang-yi")
    'https://w3id.org/dipmeet/id/person/wang-yi'
    >>> to_iri('venue/../a "b"')
    'https://w3id.org/dipmeet/id/venue/~../a%20%22b%22'
    """
    return DATA + "/".join(_segment(part) for part in path.split("/"))


def from_iri(iri: str) -> str:
    """The id whose IRI this is: the exact inverse of `to_iri`.

    Raises `ValueError` for an IRI outside the data namespace.

    >>> from_iri(to_iri("venue/../ü"))
    'venue/../ü'
    """
    if not iri.startswith(DATA):
        raise ValueError(f"not a data IRI: {iri}")
    parts = iri[len(DATA) :].split("/")
    return "/".join(unquote(part.removeprefix("~")) for part in parts)


def slug(text: str, limit: int = 60) -> str:
    """Lower-case ASCII letters, digits and hyphens, at most `limit` long; never empty.

    >>> slug("Müller & Söhne: the talks")
    'muller-sohne-the-talks'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    cut = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].strip("-")
    return cut or "x"


# --- literals -----------------------------------------------------------------------------


def word(text: str) -> Literal:
    """A plain string."""
    return Literal(text)


def boolean(value: bool) -> Literal:
    """`true` or `false`."""
    return Literal("true" if value else "false", XSD.boolean)


def number(value: float) -> Literal:
    """A number: `xsd:integer` where it is whole, else `xsd:decimal` without an exponent.

    >>> number(450.0), number(0.25).value
    (Literal(value='450', datatype='http://www.w3.org/2001/XMLSchema#integer'), '0.25')
    """
    if float(value).is_integer():
        return Literal(str(int(value)), XSD.integer)
    return Literal(format(Decimal(repr(float(value))), "f"), XSD.decimal)


def day(value: date) -> Literal:
    """A day; the year always has four digits."""
    return Literal(value.isoformat(), XSD.date)


def moment(value: datetime) -> Literal:
    """A clock time, without an offset where the text gave none.

    >>> moment(datetime(2023, 6, 19, 9, 30, tzinfo=UTC)).value
    '2023-06-19T09:30:00Z'
    """
    text = value.isoformat()
    if value.tzinfo is not None and value.utcoffset() == UTC.utcoffset(None):
        text = text.removesuffix("+00:00") + "Z"
    return Literal(re.sub(r"(\.\d*?)0+(?=$|[Z+-])", r"\1", text), XSD.dateTime)


# --- writing ------------------------------------------------------------------------------

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def term_text(node: Node) -> str:
    """A term as N-Quads, Turtle and SPARQL write it; safe to put into a query.

    >>> print(term_text(Literal('say "no"')))
    "say \\"no\\""
    """
    if isinstance(node, str):
        if re.search(r'[\x00-\x20<>"{}|^`\\]', node):
            raise ValueError(f"not an IRI: {node!r}")
        return f"<{node}>"
    text = f'"{_TO_ESCAPE.sub(_escape, node.value)}"'
    return text if node.datatype == XSD.string else f"{text}^^<{node.datatype}>"


def nquad(quad: Quad) -> str:
    """One line of N-Quads, without the line break."""
    return f"<{quad.subject}> <{quad.predicate}> {term_text(quad.object)} <{quad.graph}> ."


def canonical_order(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads, each once, in the order of their N-Quads lines by code point."""
    lines = {nquad(quad): quad for quad in quads}
    return tuple(lines[line] for line in sorted(lines))


def nquads(quads: Iterable[Quad]) -> str:
    """Canonical N-Quads: the same set of quads gives the same bytes."""
    lines = sorted({nquad(quad) for quad in quads})
    return "".join(f"{line}\n" for line in lines)
