"""RDF formats: read back as the same graph by two libraries, the same bytes in any order."""

from __future__ import annotations

import importlib
import io
import json
import random
import subprocess
import sys

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.export import FORMATS, export_quads, format_for
from kg.vocab import DATA, DM, NS, XSD
from kg.vocab.rdf import Literal, Quad

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TRIPLES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
DATASETS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def written(quads: object, fmt: str, **options: bool) -> bytes:
    out = io.BytesIO()
    export_quads(quads, fmt, out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def as_set(quads: object, *, graphs: bool) -> set[tuple[str, ...]]:
    return {
        (q.subject, q.predicate, *node(q.object), q.graph if graphs else "")
        for q in quads  # type: ignore[attr-defined]
    }


def node(value: str | Literal) -> tuple[str, str]:
    return (value.value, value.datatype) if isinstance(value, Literal) else (value, "IRI")


def by_oxigraph(data: bytes, fmt: str) -> set[tuple[str, ...]]:
    found = set()
    for quad in ox.parse(data, format=OXIGRAPH[fmt]):
        value = quad.object
        pair = (value.value, value.datatype.value) if isinstance(value, ox.Literal) else (value.value, "IRI")
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        found.add((quad.subject.value, quad.predicate.value, *pair, graph))
    return found


def by_rdflib(data: bytes, fmt: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=data, format=TRIPLES.get(fmt) or DATASETS[fmt])
    found: set[tuple[str, ...]] = set()
    for subject, predicate, value, graph in dataset.quads():
        if isinstance(value, rdflib.Literal):
            pair = (str(value), str(value.datatype or XSD.string))
        else:
            pair = (str(value), "IRI")
        name = "" if graph is None or graph == rdflib.graph.DATASET_DEFAULT_GRAPH_ID else str(graph)
        found.add((str(subject), str(predicate), *pair, name))
    return found


@pytest.mark.parametrize("fmt", OXIGRAPH)
def test_both_libraries_read_the_same_graph_back(small: tuple[Quad, ...], fmt: str) -> None:
    data = written(small, fmt)
    graphs = fmt in DATASETS
    expected = as_set(small, graphs=graphs)
    assert by_oxigraph(data, fmt) == expected
    found = by_rdflib(data, fmt)
    if not graphs:  # rdflib puts a file of triples into a graph named after it
        found = {(*each[:-1], "") for each in found}
    assert found == expected


@pytest.mark.parametrize("fmt", OXIGRAPH)
def test_order_does_not_matter(small: tuple[Quad, ...], fmt: str) -> None:
    mixed = [*small, *small[:20]]
    random.Random(5).shuffle(mixed)  # noqa: S311  (a test, no secret)
    assert written(mixed, fmt) == written(small, fmt)


def test_another_process_writes_the_same_bytes(small: tuple[Quad, ...]) -> None:
    program = (
        "import sys, io\n"
        "from kg.export import export_quads\n"
        "from kg.vocab.rdf import Quad\n"
        "export_quads([Quad('https://w3id.org/dipmeet/id/person/' + a,"
        " 'https://w3id.org/dipmeet/ontology#' + p,"
        " 'https://w3id.org/dipmeet/id/city/' + a, 'https://w3id.org/dipmeet/id/facts')"
        " for a in 'dcab' for p in ('x', 'y')], 'trig', sys.stdout.buffer)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_turtle_reads_well(small: tuple[Quad, ...]) -> None:
    text = written(small, "turtle").decode()
    assert "@prefix dm: <https://w3id.org/dipmeet/ontology#> ." in text
    assert 'person:wang-yi\n    a dm:Person ;\n    rdfs:label "Wang Yi" .\n' in text
    assert '"2023-06-19"^^xsd:date' in text
    assert "    dm:minutes 180 ;" in text
    assert "_:" not in text


def test_jsonld_carries_its_context(small: tuple[Quad, ...]) -> None:
    document = json.loads(written(small, "jsonld"))
    assert document["@context"]["@vocab"] == NS
    assert not any(
        isinstance(each, str) and each.endswith(".jsonld") for each in document["@context"].values()
    )
    facts = next(graph for graph in document["@graph"] if graph["@id"].endswith("facts"))
    wang = next(each for each in facts["@graph"] if each["@id"] == "person/wang-yi")
    assert wang == {"@id": "person/wang-yi", "@type": "Person", "rdfs:label": "Wang Yi"}


TRICKY = [
    'quote " and \\ backslash',
    "two\nlines\r\nand a tab\t",
    "</script> & <b> ]]>",
    "日本語 العربية 🕊",
    "\u2028 separators \u2029",
    "",
    " spaces at both ends ",
    "trailing dot.",
]


@pytest.mark.parametrize("fmt", OXIGRAPH)
def test_tricky_literals_and_ids(fmt: str) -> None:
    graph = f"{DATA}article/a.b-1%20c"
    quads = [
        Quad(f"{DATA}person/a%20{index}.", DM.role, Literal(text), graph) for index, text in enumerate(TRICKY)
    ]
    quads += [
        Quad(f"{DATA}person/x.", DM.minutes, Literal("7.5", XSD.decimal), graph),
        Quad(f"{DATA}person/x.", DM.minutes, Literal("007", XSD.integer), graph),
        Quad(f"{DATA}person/x.", DM.minutes, Literal("-3", XSD.integer), graph),
        Quad(f"{DATA}person/x.", DM.minutes, Literal("text"), graph),
        Quad(f"{DATA}person/x.", DM.accepted, Literal("1", XSD.boolean), graph),
        Quad(f"{DATA}venue/~../b", DM.within, f"{DATA}venue/(c)", graph),
        Quad("http://www.wikidata.org/entity/Q1", DM.within, "urn:a:b", graph),
    ]
    assert by_oxigraph(written(quads, fmt), fmt) == as_set(quads, graphs=fmt in DATASETS)


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
_QUADS = st.lists(
    st.builds(
        Quad,
        st.sampled_from([f"{DATA}person/a", f"{DATA}meeting/2023-06-19-a-b", "http://x.example/y"]),
        st.sampled_from([DM.role, DM.title, "http://x.example/p#q"]),
        st.one_of(
            st.sampled_from([f"{DATA}city/c", DM.Held]),
            st.builds(Literal, _TEXT, st.sampled_from([XSD.string, XSD.date, "http://x.example/type"])),
        ),
        st.sampled_from([f"{DATA}facts", f"{DATA}article/z"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_QUADS, st.sampled_from(sorted(OXIGRAPH)))
def test_whatever_is_written_is_read_back(quads: list[Quad], fmt: str) -> None:
    assert by_oxigraph(written(quads, fmt), fmt) == as_set(quads, graphs=fmt in DATASETS)


@pytest.mark.parametrize("fmt", OXIGRAPH)
def test_an_empty_graph_is_a_valid_file(fmt: str) -> None:
    assert by_oxigraph(written([], fmt), fmt) == set()


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        (None, None, "turtle"),
        (None, "-", "turtle"),
        (None, "out/m.ttl", "turtle"),
        (None, "M.NQ", "nquads"),
        ("TriG", "x.ttl", "trig"),
        (None, "a.jsonld", "jsonld"),
        (None, "a.rdf", "rdfxml"),
    ],
)
def test_the_format_follows_the_ending(name: str | None, path: str | None, expected: str) -> None:
    assert format_for(name, path).name == expected


@pytest.mark.parametrize(("name", "path"), [("word", None), (None, "a.docx")])
def test_unknown_formats_are_named(name: str | None, path: str | None) -> None:
    with pytest.raises(InputError, match="turtle"):
        format_for(name, path)


def test_every_format_has_its_writer() -> None:
    for each in FORMATS.values():
        assert callable(importlib.import_module(f"kg.export.{each.module}").write)
