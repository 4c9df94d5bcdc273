"""The alignments that the specification asks for, no more terms than there are."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF, RDFS, SKOS, Namespace, URIRef

from kg.vocab import ALIGNMENTS, NS, ontology_file, terms

DM = Namespace(NS)
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
PROV = Namespace("http://www.w3.org/ns/prov#")
CV = Namespace("http://data.europa.eu/m8g/")
WD = Namespace("http://www.wikidata.org/entity/")
EOCSTAT = Namespace("http://cv.iptc.org/newscodes/eventoccurstatus/")

ASKED: tuple[tuple[URIRef, URIRef, URIRef], ...] = (
    (DM.Meeting, RDFS.subClassOf, SEM.Event),
    (DM.Meeting, RDFS.subClassOf, SCHEMA.Event),
    (DM.Visit, RDFS.subClassOf, SEM.Event),
    (DM.Visit, RDFS.subClassOf, SCHEMA.Event),
    (DM.Participation, RDFS.subClassOf, SEM.Role),
    (DM.participant, RDFS.subPropertyOf, SEM.hasActor),
    (DM.participant, RDFS.subPropertyOf, SCHEMA.attendee),
    (DM.place, RDFS.subPropertyOf, SEM.hasPlace),
    (DM.place, RDFS.subPropertyOf, SCHEMA.location),
    (DM.partOf, RDFS.subPropertyOf, SEM.subEventOf),
    (DM.partOf, RDFS.subPropertyOf, SCHEMA.superEvent),
    (DM.earliest, SKOS.closeMatch, SEM.hasEarliestBeginTimeStamp),
    (DM.latest, SKOS.closeMatch, SEM.hasLatestEndTimeStamp),
    (DM.Claim, RDFS.subClassOf, RDF.Statement),
    (DM.Claim, SKOS.closeMatch, SEM.View),
    (DM.Extractor, RDFS.subClassOf, PROV.SoftwareAgent),
    (DM.Article, RDFS.subClassOf, SCHEMA.NewsArticle),
    (DM.reportedBy, RDFS.subPropertyOf, SCHEMA.subjectOf),
    (DM.Place, RDFS.subClassOf, SCHEMA.Place),
    (DM.Person, RDFS.subClassOf, FOAF.Person),
    (DM.Person, RDFS.subClassOf, SCHEMA.Person),
    (DM.status, SKOS.closeMatch, CV.eventStatus),
    (DM.Cancelled, SKOS.closeMatch, EOCSTAT.eos6),
    (DM.Meeting, SKOS.closeMatch, WD.Q2761147),
    (DM.participant, SKOS.closeMatch, WD.P710),
    (DM.place, SKOS.closeMatch, WD.P276),
    (DM.date, SKOS.closeMatch, WD.P585),
    (DM.minutes, SKOS.closeMatch, WD.P2047),
    (DM.topic, SKOS.closeMatch, WD.P921),
)


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(ALIGNMENTS))


@pytest.mark.parametrize("triple", ASKED, ids=lambda t: f"{t[0].removeprefix(NS)}-{t[2]}")
def test_alignment_is_there(graph: rdflib.Graph, triple: tuple[URIRef, URIRef, URIRef]) -> None:
    assert triple in graph


def test_all_cameo_codes_of_meeting_and_visiting_are_there(graph: rdflib.Graph) -> None:
    cameo = URIRef("https://w3id.org/dipmeet/alignments#CAMEO")
    codes = {str(o) for o in graph.objects(None, SKOS.notation) if getattr(o, "datatype", None) == cameo}
    assert codes == {"036", "040", "041", "042", "043", "044", "045", "046"}


def test_only_terms_of_the_ontology_are_aligned(graph: rdflib.Graph) -> None:
    aligned = {str(s).removeprefix(NS) for s in graph.subjects() if str(s).startswith(NS)}
    assert aligned <= terms()
    assert not any(isinstance(node, rdflib.BNode) for triple in graph for node in triple)
