"""The shapes: a whole graph conforms, and each fault is found where it is, by its own message."""

from __future__ import annotations

from functools import cache

import pyshacl
import pytest
import rdflib
from rdflib import SH, Namespace, URIRef

from kg.fuse import fuse
from kg.triples import article_graph, entity_facts, extractor_facts, facts_graph, witness
from kg.vocab import NS, PREFIXES, SHAPES, nquads, ontology_file
from tests.triples.sample import article, resolved

ID = Namespace("https://w3id.org/dipmeet/id/")
PREFIX = "".join(f"@prefix {p}: <{iri}> . " for p, iri in PREFIXES.items()) + f"@prefix : <{ID}> . "


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(SHAPES))


def violations(data: rdflib.Graph) -> set[tuple[str, str]]:
    """(focus node without its namespace, message) of every result."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), advanced=True)
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.subjects(SH.resultMessage):
        focus = str(report.value(result, SH.focusNode)).removeprefix(str(ID))
        found |= {(focus, str(message)) for message in report.objects(result, SH.resultMessage)}
    return found


# --- valid ------------------------------------------------------------------------------------


def test_what_the_program_writes_conforms() -> None:
    told = witness(article(), resolved())
    quads = [*article_graph(told, article()), *extractor_facts(told.extractor)]
    quads += [q for event in fuse([told]) for q in facts_graph(event, told.entities)]
    quads += [q for entity in told.entities.values() for q in entity_facts(entity)]
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads(quads), format="nquads")
    union = rdflib.Graph()
    for subject, predicate, thing, _ in dataset.quads():
        union.add((subject, predicate, thing))
    assert violations(union) == set()
    assert not any(isinstance(node, rdflib.BNode) for triple in union for node in triple)


def test_the_shapes_are_shacl_and_name_known_terms() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text
    from kg.vocab import terms

    named = {str(node) for triple in shapes() for node in triple if isinstance(node, URIRef)}
    assert {iri.removeprefix(NS) for iri in named if iri.startswith(NS)} - {""} <= terms()


# --- invalid ------------------------------------------------------------------------------------

AROUND = """
:country/cl a dm:Country, dm:Party, dm:Place ; rdfs:label "Chile" ; dm:iso2 "CL" .
:city/arica a dm:City, dm:Place ; rdfs:label "Arica" ; dm:within :country/cl .
:person/ana-ruiz a dm:Person ; rdfs:label "Ana Ruiz" .
:topic/trade a dm:Topic, skos:Concept ; rdfs:label "trade" .
:extractor/reader a dm:Extractor ; rdfs:label "reader" .
:article/a a dm:Article ; rdfs:label "A" ; dm:text "They met in Arica on Monday." ; dm:publishedFrom "page" ;
    dm:textSha256 "0000000000000000000000000000000000000000000000000000000000000000" ;
    dm:extractor :extractor/reader .
:article/a/m1 a dm:Mention, dm:MeetingMention ; dm:tellsOf :meeting/good ; dm:background false .
:visit/good a dm:Event, dm:Visit ; rdfs:label "V" ; dm:visitor :person/ana-ruiz ; dm:destination :city/arica ;
    dm:earliest "2024-03-04"^^xsd:date ; dm:latest "2024-03-06"^^xsd:date ; dm:date "2024-03-04"^^xsd:date ;
    dm:endDate "2024-03-06"^^xsd:date ; dm:edtf "2024-03-04" ; dm:status dm:Held ; dm:reportedBy :article/a ;
    dm:participation :part .
:part a dm:Participation ; dm:person :person/ana-ruiz ; dm:represents :country/cl ; dm:role "minister" .
"""

EVENT = {
    "a": "dm:Event, dm:Meeting",
    "rdfs:label": '"A meeting"',
    "dm:participant": ":person/ana-ruiz",
    "dm:participation": ":part",
    "dm:earliest": '"2024-03-04"^^xsd:date',
    "dm:latest": '"2024-03-04"^^xsd:date',
    "dm:date": '"2024-03-04"^^xsd:date',
    "dm:edtf": '"2024-03-04"',
    "dm:status": "dm:Held",
    "dm:reportedBy": ":article/a",
    "dm:place": ":city/arica",
    "dm:city": ":city/arica",
    "dm:country": ":country/cl",
    "dm:topic": ":topic/trade",
    "dm:minutes": "90",
    "dm:minMinutes": "80.5",
    "dm:maxMinutes": "100",
    "dm:durationText": '"an hour and a half"',
}
CLAIM = {
    "a": "dm:Claim",
    "dm:mention": ":article/a/m1",
    "dm:about": ":meeting/good",
    "dm:accepted": "true",
    "dm:property": "dm:status",
    "dm:value": "dm:Held",
    "dm:valueText": '"met"',
    "dm:source": ":article/a",
    "dm:quote": '"They met"',
    "dm:charStart": "0",
    "dm:charEnd": "8",
    "dm:confidence": "0.9",
    "dm:basis": "dm:Stated",
    "dm:extractor": ":extractor/reader",
}

Changes = dict[str, str | None]

BAD_EVENTS: list[tuple[Changes, str]] = [
    ({"dm:earliest": None}, "An event has one earliest day, typed as a date."),
    ({"dm:latest": None}, "An event has one latest day, typed as a date."),
    ({"dm:earliest": '"2024"^^xsd:date'}, "An event has one earliest day, typed as a date."),
    ({"dm:latest": '"2024-03"^^xsd:gYearMonth'}, "An event has one latest day, typed as a date."),
    (
        {"dm:earliest": '"2024-03-04"^^xsd:date, "2024-03-03"^^xsd:date'},
        "An event has one earliest day, typed as a date.",
    ),
    ({"dm:latest": '"2024-03-03"^^xsd:date'}, "The earliest day is not after the latest."),
    ({"dm:date": '"2024"^^xsd:date'}, "The day is one, and never a year or month typed as a date."),
    ({"dm:date": '"2024-03"'}, "The day is one, and never a year or month typed as a date."),
    (
        {"dm:latest": '"2024-03-31"^^xsd:date'},
        "dm:date stands only where the day is known: it is the earliest day, and a meeting's latest.",
    ),
    ({"dm:edtf": '"March 2024"'}, "EDTF: a day, a month or a year."),
    ({"dm:status": None}, "An event has one of the seven statuses."),
    ({"dm:status": "dm:Phone"}, "An event has one of the seven statuses."),
    ({"dm:status": '"held"'}, "An event has one of the seven statuses."),
    ({"dm:status": "dm:Held, dm:Planned"}, "An event has one of the seven statuses."),
    ({"rdfs:label": None}, "An event has one label."),
    ({"dm:reportedBy": None}, "An event is reported by an article."),
    ({"dm:participant": ":country/cl"}, "A participant is a person or a delegation."),
    ({"dm:participant": None}, "A participant is a person or a delegation."),
    ({"dm:participation": None}, "Somebody takes part."),
    ({"dm:minutes": '"90 minutes"'}, "A length is one positive number of minutes."),
    ({"dm:minutes": "0"}, "A length is one positive number of minutes."),
    ({"dm:minMinutes": "91"}, "The least length is not above the stated one."),
    ({"dm:maxMinutes": "89"}, "The stated length is not above the greatest."),
    ({"dm:durationText": None}, "A length in minutes comes with its wording."),
]
BAD_CLAIMS: list[tuple[Changes, str]] = [
    ({"dm:quote": None}, "A claim rests on a quote."),
    ({"dm:quote": '""'}, "A claim rests on a quote."),
    ({"dm:quote": '"They meet"'}, "The quote stands in the article's text where the offsets say."),
    ({"dm:charStart": "1"}, "The quote stands in the article's text where the offsets say."),
    ({"dm:charStart": None}, "A claim says where its quote starts."),
    ({"dm:charStart": "-1"}, "A claim says where its quote starts."),
    ({"dm:charEnd": None}, "A claim says where its quote ends."),
    ({"dm:charEnd": '"8"'}, "A claim says where its quote ends."),
    ({"dm:charStart": "8"}, "A quote starts before it ends."),
    ({"dm:confidence": "1.2"}, "Confidence is a number from 0 to 1."),
    ({"dm:source": None}, "A claim has an article as its source."),
    ({"dm:source": ":person/ana-ruiz"}, "A claim has an article as its source."),
    ({"dm:extractor": ":extractor/unheard-of"}, "A claim names its extractor, which has a description."),
    ({"dm:about": None}, "A claim is about one meeting or visit."),
    ({"dm:about": ":city/arica"}, "A claim is about one meeting or visit."),
    ({"dm:accepted": None}, "A claim is accepted or not."),
    ({"dm:accepted": '"yes"'}, "A claim is accepted or not."),
    ({"dm:value": "dm:Phone"}, "A claimed status is one of the seven."),
    (
        {"dm:property": "dm:date", "dm:value": '"2024-03"'},
        "A claimed date has both bounds and an EDTF string.",
    ),
]
OTHERS: list[tuple[str, str, str]] = [
    ("person/nameless", "a dm:Person", "Persons, parties, places and topics have one label."),
    (
        "person/two",
        'a dm:Person ; rdfs:label "A", "B"',
        "Persons, parties, places and topics have one label.",
    ),
    ("person/q", 'a dm:Person ; rdfs:label "Q" ; dm:wikidata "1234"', "A Wikidata id is Q and a number."),
    (
        "country/x",
        'a dm:Country, dm:Party, dm:Place ; rdfs:label "X" ; dm:iso2 "xx"',
        "A country code is two capital letters.",
    ),
    (
        "venue/loop",
        'a dm:Venue, dm:Place ; rdfs:label "L" ; dm:within :venue/loop',
        "No place lies within itself.",
    ),
    (
        "venue/two",
        'a dm:Venue, dm:Place ; rdfs:label "T" ; dm:within :city/arica, :country/cl',
        "A place lies directly within one place.",
    ),
    ("visit/nobody/part", "a dm:Participation", "A participation is one person's or delegation's."),
    (
        "article/short",
        (
            'a dm:Article ; rdfs:label "S" ; dm:text "x" ; dm:publishedFrom "page" ; '
            'dm:extractor :extractor/reader ; dm:textSha256 "abc"'
        ),
        "An article has the SHA-256 digest of its text.",
    ),
    ("article/a/m9", "a dm:Mention ; dm:background true", "A mention tells of one meeting or visit."),
]


def _node(name: str, values: dict[str, str], changes: Changes) -> str:
    said = {**values, **{k: v for k, v in changes.items() if v is not None}}
    kept = [f"{p} {o}" for p, o in said.items() if changes.get(p, "") is not None]
    return f":{name} {' ; '.join(kept)} .\n"


def _about(name: str) -> str:
    """A claim for the event, so that it lacks nothing but what is to be found."""
    return _node(f"article/a/m1/for-{name.replace('/', '-')}", CLAIM, {"dm:about": f":{name}"})


@cache
def found_in_all_cases() -> set[tuple[str, str]]:
    """One run over every case: the machinery's cost is paid once."""
    parts = [AROUND, _node("meeting/good", EVENT, {}), _about("meeting/good"), _about("visit/good")]
    for number, (changes, _) in enumerate(BAD_EVENTS):
        parts += [_node(f"meeting/bad{number}", EVENT, changes), _about(f"meeting/bad{number}")]
    for number, (changes, _) in enumerate(BAD_CLAIMS):
        parts.append(_node(f"article/a/m1/bad{number}", CLAIM, changes))
    parts += [f":{name} {said} .\n" for name, said, _ in OTHERS]
    parts.append(_node("meeting/unclaimed", EVENT, {}))
    text = "".join(parts).replace("/", "\\/").replace("<https:\\/\\/", "<https://")
    return violations(rdflib.Graph().parse(data=PREFIX + text, format="turtle"))


def test_good_nodes_are_left_alone() -> None:
    bad = {"meeting/unclaimed", *(name for name, _, _ in OTHERS)}
    for focus, message in found_in_all_cases():
        assert "/bad" in focus or focus in bad, (focus, message)


@pytest.mark.parametrize(("number", "changes", "message"), [(n, *c) for n, c in enumerate(BAD_EVENTS)])
def test_a_bad_event_is_found(number: int, changes: Changes, message: str) -> None:
    assert (f"meeting/bad{number}", message) in found_in_all_cases()


@pytest.mark.parametrize(("number", "changes", "message"), [(n, *c) for n, c in enumerate(BAD_CLAIMS)])
def test_a_bad_claim_is_found(number: int, changes: Changes, message: str) -> None:
    assert (f"article/a/m1/bad{number}", message) in found_in_all_cases()


@pytest.mark.parametrize(("name", "said", "message"), OTHERS)
def test_a_bad_description_is_found(name: str, said: str, message: str) -> None:
    assert (name, message) in found_in_all_cases()


def test_an_event_without_claims_is_found() -> None:
    assert ("meeting/unclaimed", "An event rests on claims.") in found_in_all_cases()
