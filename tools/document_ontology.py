"""Write the reference part of docs/ontology.md and docs/queries.md from the ontology's own files.

    python tools/document_ontology.py            # writes what follows the marker in each page
    python tools/document_ontology.py --store S  # also runs each query on that store, for its example output

What stands before the marker is written by hand and stays.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from kg.vocab import NS, ONTOLOGY, NamedQuery, named_queries, ontology_file

DOCS = Path(__file__).resolve().parent.parent / "docs"
MARKER = "<!-- What follows is written by tools/document_ontology.py. -->\n"
OUTPUT = "<!-- output -->\n"

SECTIONS = (
    ("Classes", OWL.Class),
    ("Properties that lead to things", OWL.ObjectProperty),
    ("Properties that lead to values", OWL.DatatypeProperty),
    ("The property that leads to either", RDF.Property),
    ("Individuals", OWL.NamedIndividual),
)


def ontology_reference() -> str:
    """Every term with its definition, domain, range and an example, in the file's order of kinds."""
    graph = rdflib.Graph().parse(ontology_file(ONTOLOGY))
    parts = []
    for title, kind in SECTIONS:
        found = sorted(
            s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s.startswith(NS)
        )
        parts.append(f"\n## {title}\n")
        parts += [_term(graph, term) for term in found]
    return "".join(parts)


def _term(graph: rdflib.Graph, term: URIRef) -> str:
    name = term.removeprefix(NS)
    facts = []
    for predicate, words in ((RDFS.subClassOf, "a kind of"), (RDFS.domain, "of a"), (RDFS.range, "value")):
        values = sorted(_short(o) for o in graph.objects(term, predicate))
        facts += [f"{words} {', '.join(values)}"] if values else []
    kinds = (o for o in graph.objects(term, RDF.type) if str(o).startswith(NS))
    facts += [f"one of {_short(kind)}" for kind in kinds]
    line = f" *({'; '.join(facts)})*" if facts else ""
    example = str(graph.value(term, SKOS.example))
    definition = graph.value(term, SKOS.definition)
    label = graph.value(term, RDFS.label)
    return f"\n### `dm:{name}`\n\n**{label}**{line}. {definition}\n\n```turtle\n{example}\n```\n"


def _short(node: object) -> str:
    text = str(node).replace(NS, "dm:").replace(str(SKOS), "skos:")
    return f"`{text.replace('http://www.w3.org/2001/XMLSchema#', 'xsd:')}`"


def query_reference(store: str | None, page: str) -> str:
    """Each named query with its parameters and an example call; outputs are kept unless `store` is given."""
    return "".join(_query(query, store, page) for query in named_queries().values())


def _query(query: NamedQuery, store: str | None, page: str) -> str:
    head = f"\n## {query.title}\n\n`{query.name}`: {query.question}\n"
    if query.parameters:
        head += "\n| parameter | type | default | meaning |\n| --- | --- | --- | --- |\n"
    for p in query.parameters:
        default = "must be given" if p.default is None else f"`{p.default}`"
        head += f"| `{p.name}` | {p.kind} | {default} | {p.help} |\n"
    given = [f"{p.name}={p.example}" for p in query.parameters if p.default is None]
    call = "kg query --name " + query.name + "".join(f' --param "{each}"' for each in given)
    head += f"\n```sh\n{call}\n```\n"
    return head + OUTPUT + (_run(query.name, given, store) if store else _kept(page, call))


def _run(name: str, given: list[str], store: str) -> str:
    params = [word for each in given for word in ("--param", each)]
    command = ["kg", "query", "--store", store, "--name", name, *params, "--format", "table"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    shown = lines if len(lines) <= 12 else [*lines[:10], f"… {len(lines) - 10} more"]
    return "```text\n" + "\n".join(shown or ["no results"]) + "\n```\n"


def _kept(page: str, call: str) -> str:
    _, found, rest = page.partition(f"```sh\n{call}\n```\n{OUTPUT}")
    return rest.partition("\n## ")[0] if found else ""


def main(arguments: list[str]) -> None:
    """Write both pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="run the example calls on this store")
    store = parser.parse_args(arguments).store
    for name in ("ontology.md", "queries.md"):
        path = DOCS / name
        page = path.read_text(encoding="utf-8")
        reference = ontology_reference() if name == "ontology.md" else query_reference(store, page)
        path.write_text(page.partition(MARKER)[0] + MARKER + reference, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
