"""The topic scheme, and the way from an article's words to a concept."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SKOS, URIRef

from kg.vocab import DATA, TOPICS, from_iri, ontology_file, topic_chain, topic_for, topics
from kg.vocab.wording import _words

SHARED = Path(__file__).parents[3] / "shared" / "data"
MEDTOP = "http://cv.iptc.org/newscodes/mediatopic/"
TAG = "https://history.state.gov/tags/"
SCHEME = URIRef(f"{DATA}topics")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(TOPICS))


# --- the scheme ---------------------------------------------------------------------------


def test_scheme_has_the_intended_size(graph: rdflib.Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert 150 <= len(concepts) <= 250
    assert {from_iri(str(c)) for c in concepts} == set(topics())


def test_every_concept_is_complete(graph: rdflib.Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1, concept
        assert len(list(graph.objects(concept, SKOS.definition))) == 1, concept
        assert (concept, SKOS.inScheme, SCHEME) in graph
        above = list(graph.objects(concept, SKOS.broader))
        assert len(above) <= 1, "one way up, so that counts by broader topic add up"
        assert bool(above) != ((concept, SKOS.topConceptOf, SCHEME) in graph)
        assert ((SCHEME, SKOS.hasTopConcept, concept) in graph) == (not above)
        for broader in above:
            assert (broader, SKOS.narrower, concept) in graph


def test_labels_name_one_concept_each() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for concept in topics().values():
        for label in (concept.label, *concept.aliases):
            owners.setdefault(_words(label), set()).add(concept.id)
    assert () not in owners
    assert {words: ids for words, ids in owners.items() if len(ids) > 1} == {}
    definitions = Counter(concept.definition for concept in topics().values())
    assert max(definitions.values()) == 1


def test_the_way_up_ends() -> None:
    for concept in topics().values():
        chain = topic_chain(concept.id)
        assert chain[0] == concept
        assert not chain[-1].broader
        assert len(chain) <= 4
    assert topic_chain("topic/no-such-thing") == ()


@pytest.mark.skipif(not SHARED.exists(), reason="the sources of the matches are not here")
def test_matches_lead_to_what_the_sources_have(graph: rdflib.Graph) -> None:
    media = json.loads((SHARED / "iptc-mediatopics" / "mediatopics-2019-04-06.json").read_text())
    known = {c["uri"]: c for c in media["conceptSet"] if "retired" not in c}
    taxonomy = (SHARED / "historyatstate-tags" / "taxonomy" / "taxonomy.xml").read_text()
    tag_ids = set(re.findall(r"<id>([^<]+)</id>", taxonomy))
    matched = 0
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        targets = {str(o) for p in (SKOS.exactMatch, SKOS.closeMatch) for o in graph.objects(concept, p)}
        items = {t.rpartition("/")[2] for t in targets if "wikidata.org" in t}
        media_topics = {t for t in targets if t.startswith(MEDTOP)}
        assert media_topics <= set(known)
        assert {t.removeprefix(TAG) for t in targets if t.startswith(TAG)} <= tag_ids
        given_items = {m.rpartition("/")[2] for t in media_topics for m in known[t].get("exactMatch", ())}
        assert items <= given_items, "Wikidata ids come from the IPTC file alone"
        matched += bool(targets)
    assert matched > 70


# --- words --------------------------------------------------------------------------------

CASES = [
    # whole phrases
    ("war in Ukraine", "war in Ukraine"),
    ("the war in Ukraine", "war in Ukraine"),
    ("Russia's invasion of Ukraine", "war in Ukraine"),
    ("Taiwan", "Taiwan"),
    ("trade", "trade"),
    ("human rights", "human rights"),
    ("fentanyl", "fentanyl"),
    ("Iran's nuclear programme", "Iran nuclear programme"),
    ("Iran’s nuclear program", "Iran nuclear programme"),
    ("cease-fire", "ceasefire"),
    ("bilateral ties", "bilateral relations"),
    ("COVID-19 vaccines", "pandemics and vaccines"),
    ("delimitation and demarcation of the state border", "land borders"),
    ("return of refugees", "refugees"),
    ("exchange of prisoners", "exchange of prisoners"),
    ("law of the sea", "law of the sea"),
    ("Security and Defense", "security and defence"),
    # the head of a phrase
    ("direct flights", "air transport"),
    ("increasing passenger flights", "air transport"),
    ("Sanaa airport", "air transport"),
    ("softwood lumber dispute", "timber and forestry"),
    ("mackerel quota", "fisheries"),
    ("energy cooperation", "energy"),
    ("security cooperation with the United States", "security and defence"),
    ("American-Israel relations", "bilateral relations"),
    ("ceasefire at all levels", "ceasefire"),
    ("safety of shipping in the Strait of Hormuz", "maritime security"),
    ("hospital in Mogadishu", "health"),
    # what the head carries
    ("stemming the flow of synthetic opioid fentanyl", "fentanyl"),
    ("design of the Kishanganga dam", "water sharing"),
    ("developments in Myanmar", "Myanmar"),
    ("violence in Myanmar", "Myanmar"),
    ("price of gas", "natural gas"),
    ("elements for a ceasefire", "ceasefire"),
    ("reform of the World Health Organisation", "health"),
    ("cooperation with Norway on fisheries", "fisheries"),
]

NO_CONCEPT = [
    "",
    "the",
    "of",
    "what was said on Sunday",
    "the island",
    "agenda",
    "areas of disagreement",
    "wheelchairs",
    "berthing rights",
    "far right",
    "masks for schools",
    "business of the presidents' summit",
    "sniper fire",
    "dialogue with the Northern Alliance",
    "facial expression",
    "北京",
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_words_name_a_concept(text: str, label: str) -> None:
    found = topic_for(text)
    wanted = next(c for c in topics().values() if label in (c.label, *c.aliases))
    assert found == wanted


@pytest.mark.parametrize("text", NO_CONCEPT)
def test_rather_none_than_wrong(text: str) -> None:
    assert topic_for(text) is None


def test_every_label_and_alias_leads_home() -> None:
    for concept in topics().values():
        for label in (concept.label, *concept.aliases):
            assert topic_for(label) == concept, label
            assert topic_for(f"  The {label.upper()}. ") == concept, label


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    found = topic_for(text)
    assert found is None or found.id in topics()
