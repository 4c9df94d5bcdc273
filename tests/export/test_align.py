"""`--align`: the same facts in other vocabularies, beside the data."""

from __future__ import annotations

import io

import pyoxigraph as ox

from kg.export import export_quads
from kg.export.align import ALIGNMENT_GRAPH, aligned, load_alignment
from kg.vocab import DM, RDF
from kg.vocab.rdf import Quad

SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"


def test_everything_said_is_still_said(small: tuple[Quad, ...]) -> None:
    assert set(small) < set(aligned(small))


def test_meetings_are_events_elsewhere_too(small: tuple[Quad, ...]) -> None:
    found = set(aligned(small))
    meetings = {quad.subject for quad in small if quad.predicate == RDF.type and quad.object == DM.Meeting}
    assert meetings
    for iri in meetings:
        kinds = {quad.object for quad in found if quad.subject == iri and quad.predicate == RDF.type}
        assert {DM.Meeting, f"{SCHEMA}Event", f"{SEM}Event"} <= kinds
        told = {
            quad.object for quad in found if quad.subject == iri and quad.predicate == f"{SCHEMA}attendee"
        }
        assert told == {
            quad.object for quad in small if quad.subject == iri and quad.predicate == DM.participant
        }


def test_a_city_is_a_place_by_the_tree_of_classes() -> None:
    assert f"{SCHEMA}Place" in load_alignment().classes[DM.City]


def test_derived_statements_stay_in_their_graph(small: tuple[Quad, ...]) -> None:
    graphs = {quad.graph for quad in small}
    assert {quad.graph for quad in aligned(small)} == {*graphs, ALIGNMENT_GRAPH}


def test_the_alignments_themselves_are_written(small: tuple[Quad, ...]) -> None:
    out = io.BytesIO()
    export_quads(small, "trig", out, align=True)
    found = ox.Store()
    found.load(out.getvalue(), format=ox.RdfFormat.TRIG)
    query = (
        f"ASK {{ GRAPH <{ALIGNMENT_GRAPH}> {{ <{DM.Meeting}>"
        f" <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{SCHEMA}Event> }} }}"
    )
    assert bool(found.query(query))
