"""The ontology file: the same terms as in code, and free of the usual faults."""

from __future__ import annotations

from functools import cache

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.namespace import DCTERMS

from kg.vocab import DATA, NS, ONTOLOGY, PREFIXES, ontology_file, terms

HEADER = URIRef("https://w3id.org/dipmeet/ontology")


@cache
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(ONTOLOGY))


def test_terms_in_code_and_in_the_file_are_the_same_set() -> None:
    defined = {str(s).removeprefix(NS) for s in set(ontology().subjects()) if str(s).startswith(NS)}
    assert defined == terms()


def test_terms_fixed_by_the_specification_are_there() -> None:
    fixed = """
        Meeting Visit Participation Person Delegation Party Place Venue City Country Topic Article Claim
        Extractor Outcome participant party participation person role represents place within city country
        earliest latest date dateText edtf start end minutes minMinutes maxMinutes durationText topicText
        topic status Held Ongoing Planned Possible Cancelled Postponed Denied mode InPerson Phone Video format
        Bilateral Trilateral Multilateral outcome partOf visitor destination reportedBy disputed wikidata iso2
        lat long about property value source quote charStart charEnd confidence extractor accepted url title
        publisher published textSha256 version
    """
    assert set(fixed.split()) <= terms()


def test_the_header_says_what_it_is() -> None:
    graph = ontology()
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    assert (HEADER, RDF.type, OWL.Ontology) in graph
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI):
        assert graph.value(HEADER, predicate) is not None, predicate
    assert str(graph.value(HEADER, vann.preferredNamespacePrefix)) == "dm"
    assert str(graph.value(HEADER, vann.preferredNamespaceUri)) == NS


# The usual lint, each a SPARQL query that must find nothing.
LINT = {
    "missing label": "FILTER NOT EXISTS { ?term rdfs:label ?any }",
    "missing definition": "FILTER NOT EXISTS { ?term skos:definition ?any }",
    "missing example": "FILTER NOT EXISTS { ?term skos:example ?any }",
    "missing isDefinedBy": "FILTER NOT EXISTS { ?term rdfs:isDefinedBy ?any }",
    "two labels": "?term rdfs:label ?one, ?two . FILTER (?one != ?two)",
    "label without language": '?term rdfs:label ?label . FILTER (LANG(?label) != "en")',
    "definition without full stop": '?term skos:definition ?text . FILTER (!STRENDS(?text, "."))',
    "label is its own definition": (
        "?term rdfs:label ?label ; skos:definition ?text . FILTER (LCASE(STR(?label)) = LCASE(STR(?text)))"
    ),
    "duplicate label": (
        "?term rdfs:label ?label . ?other rdfs:label ?same . "
        "FILTER (?other != ?term && LCASE(STR(?label)) = LCASE(STR(?same)))"
    ),
    "duplicate definition": (
        "?term skos:definition ?text . ?other skos:definition ?text . FILTER (?other != ?term)"
    ),
    "class below an undefined one": (
        "?term rdfs:subClassOf ?super . FILTER NOT EXISTS { ?super a owl:Class }"
    ),
    "class below itself": "?term rdfs:subClassOf+ ?term",
    "domain that is no class": "?term rdfs:domain ?class . FILTER NOT EXISTS { ?class a owl:Class }",
    "object property with a datatype": (
        "?term a owl:ObjectProperty ; rdfs:range ?range . "
        'FILTER (STRSTARTS(STR(?range), "http://www.w3.org/2001/XMLSchema#"))'
    ),
    "datatype property without a datatype": (
        "?term a owl:DatatypeProperty . FILTER NOT EXISTS { ?term rdfs:range ?range "
        'FILTER (STRSTARTS(STR(?range), "http://www.w3.org/2001/XMLSchema#")) }'
    ),
}


@pytest.mark.parametrize("fault", LINT)
def test_lint_finds_nothing(fault: str) -> None:
    assert _lint(ontology(), LINT[fault]) == []


def test_lint_would_find_faults() -> None:
    broken = rdflib.Graph().parse(
        format="turtle",
        data=f"""
        @prefix dm: <{NS}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix skos: <{SKOS}> .
        dm:A a owl:Class ; rdfs:label "thing"@en, "matter"@en .
        dm:B a owl:Class ; rdfs:label "Thing"@en ; skos:definition "Something"@en ; rdfs:subClassOf dm:C .
        dm:p a owl:DatatypeProperty ; rdfs:domain dm:D .
        """,
    )
    expected = {
        "missing label": ["p"],
        "missing definition": ["A", "p"],
        "two labels": ["A"],
        "duplicate label": ["A", "B"],
        "definition without full stop": ["B"],
        "class below an undefined one": ["B"],
        "domain that is no class": ["p"],
        "datatype property without a datatype": ["p"],
    }
    assert {fault: _lint(broken, LINT[fault]) for fault in expected} == expected


def _lint(graph: rdflib.Graph, pattern: str) -> list[str]:
    rows = graph.query(
        f"""PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}> PREFIX owl: <{OWL}>
        SELECT DISTINCT ?term WHERE {{ ?term a ?kind . FILTER (STRSTARTS(STR(?term), "{NS}")) {pattern} }}"""
    )
    return sorted(str(row[0]).removeprefix(NS) for row in rows)  # type: ignore[index]


def test_every_example_is_turtle_that_uses_its_term() -> None:
    prefixes = "".join(f"@prefix {p}: <{iri}> . " for p, iri in PREFIXES.items())
    for term, example in ontology().subject_objects(SKOS.example):
        graph = rdflib.Graph().parse(data=f"@base <{DATA}> . {prefixes}{example}", format="turtle")
        used = {str(node) for triple in graph for node in triple}
        assert str(term) in used, f"{term} is not in its example"
        unknown = {iri for iri in used if iri.startswith(NS) and iri.removeprefix(NS) not in terms()}
        assert not unknown
