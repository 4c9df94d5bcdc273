"""Which of the formats that we have does a client want most?"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["GRAPHS", "ROWS", "best"]

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "JSON",
    "application/json": "JSON",
    "application/sparql-results+xml": "XML",
    "application/xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
"""Media type → the engine's format for rows and for yes or no; the first one is what we prefer."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
    "text/plain": "N_TRIPLES",
}
"""The same for triples."""


def best(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """The offer with the highest quality in an Accept header; ours come in order of preference.

    >>> best("text/csv;q=0.5, application/*", ("application/json", "text/csv"))
    'application/json'
    """
    if not accept or not accept.strip():
        return offers[0]
    wanted = [_range(part) for part in accept.split(",")[:50]]
    ranked = []
    for place, offer in enumerate(offers):
        kind = offer.split("/")[0]
        # the most specific range that fits decides
        fits = [
            (specific, quality)
            for name, quality in wanted
            for specific, pattern in enumerate(("*/*", f"{kind}/*", offer))
            if name == pattern
        ]
        quality = max(fits)[1] if fits else 0.0
        ranked.append((quality, -place, offer))
    quality, _, offer = max(ranked)
    return offer if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *options = (each.strip() for each in part.split(";"))
    quality = 1.0
    for option in options:
        key, _, value = option.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return name.lower(), quality
