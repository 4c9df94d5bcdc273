"""What people see: start, search, one page a thing with the sentences behind it, queries, the network."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice, pairwise

from kg.errors import KgError
from kg.query import Cell, Iri, Result, run_named
from kg.serve.engine import Engine
from kg.serve.html import Html, element, page, table
from kg.vocab import DATA, DM, NS, PREFIXES, RDF
from kg.vocab.queries import named_queries

__all__ = ["home", "local", "named", "query_page", "search", "thing"]

Cells = tuple[str | None, ...]

MEETINGS = """SELECT DISTINCT ?m ?label ?when ?status ?where {
  ?m dm:participant|dm:visitor|dm:party|dm:country|dm:city|dm:place|dm:topic|dm:reportedBy|dm:partOf|dm:destination ?x .
  ?m rdfs:label ?label .
  OPTIONAL { ?m dm:edtf ?when } OPTIONAL { ?m dm:status ?status }
  OPTIONAL { ?m dm:place ?p . ?p rdfs:label ?where }
} ORDER BY DESC(?when) ?label ?where"""  # noqa: E501

LATEST = """SELECT ?m ?label ?when ?status ?where {
  ?m a dm:Meeting ; rdfs:label ?label .
  OPTIONAL { ?m dm:edtf ?when } OPTIONAL { ?m dm:status ?status }
  OPTIONAL { ?m dm:place ?p . ?p rdfs:label ?where }
} ORDER BY DESC(?when) ?label ?where"""

COUNTS = """SELECT ?kind (COUNT(DISTINCT ?x) AS ?n) {
  VALUES ?kind { dm:Meeting dm:Visit dm:Person dm:Country dm:Article } ?x a ?kind
} GROUP BY ?kind ORDER BY ?kind"""

SEARCH = """SELECT DISTINCT ?thing ?label ?kind {
  VALUES ?kind { dm:Person dm:Delegation dm:Party dm:Country dm:City dm:Venue dm:Topic dm:Meeting dm:Visit dm:Article }
  ?thing a ?kind ; rdfs:label|skos:altLabel|dm:wikidata ?label .
  FILTER(CONTAINS(LCASE(?label), LCASE(?q)))
} ORDER BY STRLEN(?label) ?label ?thing"""  # noqa: E501

ABOUT = "SELECT ?p ?o ?label { ?x ?p ?o . OPTIONAL { ?o rdfs:label ?label } } ORDER BY ?p ?label ?o"

CLAIMS = """SELECT ?p ?value ?label ?written ?quote ?article ?title ?accepted ?confidence {
  ?c dm:about ?x ; dm:property ?p ; dm:quote ?quote ; dm:source ?article .
  OPTIONAL { ?article rdfs:label ?title }
  OPTIONAL { ?c dm:value ?value . OPTIONAL { ?value rdfs:label ?label } }
  OPTIONAL { ?c dm:valueText ?written } OPTIONAL { ?c dm:accepted ?accepted }
  OPTIONAL { ?c dm:confidence ?confidence }
} ORDER BY ?p ?value ?article"""

TEXT = "SELECT ?text { ?x dm:text ?text }"

MARKS = """SELECT ?start ?end ?about ?accepted {
  ?c dm:source ?x ; dm:charStart ?start ; dm:charEnd ?end .
  OPTIONAL { ?c dm:about ?about } OPTIONAL { ?c dm:accepted ?accepted }
} ORDER BY ?start ?end"""

HIDDEN = {DM.text, DM.signature}


def local(iri: str) -> str:
    """The address on this server of a thing of the data; other IRIs stay as they are."""
    return "/id/" + iri[len(DATA) :] if iri.startswith(DATA) else iri


def _link(iri: str, text: str | None = None) -> Html:
    shown = text or _short(iri)
    if iri.startswith(DATA) or re.match(r"https?://", iri):
        return element("a", shown, href=local(iri), rel="noreferrer")
    return element("span", shown)


def _short(iri: str) -> str:
    if iri.startswith(DATA):
        return iri[len(DATA) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _plain(iri: str | None) -> str:
    return (iri or "").removeprefix(NS)


def _meetings(rows: Iterable[Cells]) -> Html:
    """One line a meeting, however many places or dates it has."""
    merged: dict[str, tuple[str, set[str], set[str], set[str]]] = {}
    for iri, label, when, status, where in rows:
        entry = merged.setdefault(str(iri), (label or "", set(), set(), set()))
        for part, value in zip(entry[1:], (when, _plain(status), where), strict=True):
            if value:
                part.add(value)
    lines = [
        (", ".join(sorted(whens)), _link(iri, label), ", ".join(sorted(states)), ", ".join(sorted(places)))
        for iri, (label, whens, states, places) in merged.items()
    ]
    return table(("when", "meeting", "status", "where"), lines) if lines else element("p", "None.")


def home(engine: Engine) -> Html:
    """Start page: what is here, the latest meetings, ready questions."""
    counts = engine.rows(COUNTS)
    figures = ", ".join(f"{n} of dm:{_plain(kind)}" for kind, n in counts) or "nothing yet"
    questions = (
        element("li", element("a", query.question, href=f"/named/{query.name}"))
        for query in named_queries().values()
    )
    return page(
        "Diplomatic meetings",
        element("p", f"In this graph: {figures}."),
        element("h2", "Questions"),
        element("ul", *questions),
        element("h2", "Latest meetings"),
        _meetings(engine.rows(LATEST, limit=50)),
    )


def search(engine: Engine, text: str) -> Html:
    """Things whose label, other name or Wikidata id contains a text."""
    text = text.strip()[:200]
    rows = engine.rows(SEARCH, limit=200, q=text) if text else []
    best: dict[str, tuple[str, str]] = {}
    for iri, label, kind in rows:
        best.setdefault(str(iri), (label or "", _plain(kind)))
    found = [(_link(iri, label), kind) for iri, (label, kind) in best.items()]
    return page(
        f"Search: {text}", table(("name", "kind"), found) if found else element("p", "Nothing found.")
    )


def thing(engine: Engine, iri: str) -> Html | None:
    """The page of one thing of the data; None when the graph does not know it."""
    rows = engine.rows(ABOUT, limit=2000, x=Iri(iri))
    if not rows:
        return None
    values: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for predicate, value, label in rows:
        if predicate not in HIDDEN and value is not None:
            values[str(predicate)].append((value, label))
    kinds = {value for value, _ in values.get(RDF.type, ())}
    names = [value for value, _ in values.get(f"{PREFIXES['rdfs']}label", ())]
    parts: list[str] = [element("p", iri, class_="dim"), _properties(values)]
    if kinds & {DM.Meeting, DM.Visit}:
        parts += [element("h2", "Who says so"), _claims(engine.rows(CLAIMS, limit=2000, x=Iri(iri)))]
    if DM.Article in kinds:
        parts += [element("h2", "Text"), _article(engine, iri)]
    if kinds - {DM.Meeting}:
        found = engine.rows(MEETINGS, limit=500, x=Iri(iri))
        if found:
            parts += [element("h2", "Meetings and visits"), _meetings(found)]
    formats = ((".ttl", "Turtle"), (".jsonld", "JSON-LD"), (".nt", "N-Triples"))
    links = (element("li", element("a", name, href=local(iri) + end)) for end, name in formats)
    parts.append(element("ul", *links))
    return page(names[0] if names else _short(iri), *parts)


def _properties(values: dict[str, list[tuple[str, str | None]]]) -> Html:
    lines = []
    for predicate, found in values.items():
        shown = [
            _link(value, label) if re.match(r"https?://", value) else element("span", value)
            for value, label in found
        ]
        cell = Html(str(element("br")).join(islice(shown, 100)))
        lines.append((_short(predicate), cell))
    return table(("property", "value"), lines)


def _claims(rows: Iterable[Cells]) -> Html:
    lines = []
    for predicate, value, label, written, quote, article, title, accepted, confidence in rows:
        shown = label or written or (_short(value) if value else "")
        verdict = {"true": "accepted", "false": "not accepted"}.get(accepted or "", "")
        source = _link(str(article), title)
        lines.append((_plain(predicate), shown, element("q", quote or ""), source, verdict, confidence or ""))
    return table(("says of", "value", "in the words", "in", "", "confidence"), lines)


def _article(engine: Engine, iri: str) -> Html:
    text = next((row[0] or "" for row in engine.rows(TEXT, limit=1, x=Iri(iri))), "")
    marks = [
        (int(start or 0), int(end or 0), about, accepted)
        for start, end, about, accepted in engine.rows(MARKS, limit=5000, x=Iri(iri))
    ]
    edges = sorted({0, len(text), *(min(at, len(text)) for mark in marks for at in mark[:2])})
    parts: list[str] = []
    for start, end in pairwise(edges):
        cover = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        if not cover:
            parts.append(text[start:end])
            continue
        refused = all(mark[3] == "false" for mark in cover)
        marked = element("mark", text[start:end], class_="no" if refused else None)
        about = next((mark[2] for mark in cover if mark[2]), None)
        parts.append(element("a", marked, href=local(about)) if about else marked)
    return element("div", *parts, class_="text")


def query_page(engine: Engine, text: str | None) -> Html:
    """A box for SPARQL, and the answer to what was in it."""
    sample = "SELECT ?who (COUNT(*) AS ?meetings) {\n  ?m dm:participant ?p .\n  ?p rdfs:label ?who\n} GROUP BY ?who ORDER BY DESC(?meetings)"  # noqa: E501
    form = element(
        "form",
        element("textarea", text or sample, name="query", rows="12", title="query", spellcheck="false"),
        element("button", "Ask"),
        method="get",
        action="/query",
    )
    answer = [_result(engine, text)] if text else []
    return page(
        "Query",
        element("p", "Prefixes dm:, rdf:, rdfs:, skos:, owl:, xsd: and id: are known."),
        form,
        *answer,
    )


def named(engine: Engine, name: str, values: dict[str, str]) -> Html | None:
    """A ready question with its parameters, answered once they are given; None for an unknown name."""
    query = named_queries().get(name)
    if query is None:
        return None
    fields = (
        element(
            "p",
            element("label", f"{each.help} ", for_=each.name),
            element(
                "input",
                id=each.name,
                name=each.name,
                value=values.get(each.name, each.default or ""),
                placeholder=each.example,
            ),
        )
        for each in query.parameters
    )
    parts: list[str] = [element("p", query.question)]
    if query.parameters:
        parts.append(element("form", *fields, element("button", "Ask"), action=f"/named/{name}"))
    if all(each.default is not None or values.get(each.name) for each in query.parameters):
        given = {each.name: values[each.name] for each in query.parameters if values.get(each.name)}
        try:
            with (
                engine.store() as store,
                run_named(
                    store, query, params=given, limit=_SHOWN, timeout=engine.settings.timeout
                ) as result,
            ):
                parts.append(_as_table(result))
        except KgError as error:
            parts.append(element("p", str(error), role="alert"))
    return page(query.title, *parts)


_SHOWN = 1000


def _result(engine: Engine, text: str) -> Html:
    try:
        return engine.ask(_as_table, text, {}, _SHOWN)
    except KgError as error:
        return element("p", str(error), role="alert")


def _as_table(result: Result) -> Html:
    columns = (
        ("answer",) if result.kind == "boolean" else result.columns or ("subject", "predicate", "object")
    )
    shown = table(columns, ([_cell(cell) for cell in row] for row in result))
    notes = [element("p", each) for each in result.warnings]
    if result.truncated:
        notes.append(element("p", f"The first {_SHOWN:,} rows; /sparql gives all."))
    return element("section", *notes, shown)


def _cell(cell: Cell | None) -> Html:
    if cell is None:
        return Html("")
    return _link(cell.value) if cell.kind == "uri" else element("span", cell.value)
