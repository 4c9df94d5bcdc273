"""Small article graphs for the store's tests."""

from __future__ import annotations

from datetime import date

from kg.vocab.rdf import Quad, day, number, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF


def graph_of(name: str) -> str:
    return f"{DATA}article/{name}"


def article(name: str, *, claims: int = 5, sha256: str = "00") -> tuple[Quad, ...]:
    """The graph of an article that says how many claims it has, so that a partial one shows."""
    graph = graph_of(name)
    quads = [
        Quad(graph, RDF.type, DM.Article, graph),
        Quad(graph, DM.textSha256, word(sha256), graph),
        Quad(graph, DM.readFrom, word(f"news/{name}.txt"), graph),
        Quad(graph, DM.extractor, f"{DATA}extractor/reader/1", graph),
        Quad(graph, DM.published, day(date(2023, 6, 19)), graph),
        Quad(graph, DM.charEnd, number(claims), graph),
    ]
    quads += [
        Quad(f"{graph}/c{index}", DM.quote, word(f'“{index}” said\n"{name}" \\ \t'), graph)
        for index in range(claims)
    ]
    return tuple(quads)


def fact(name: str, value: str) -> Quad:
    return Quad(f"{DATA}meeting/{name}", DM.topicText, word(value), FACTS_GRAPH)
