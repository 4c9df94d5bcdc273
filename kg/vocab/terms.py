"""The ontology's terms as constants; a test proves them the same set as `dipmeet.ttl`.

`DM.participant` is the full IRI as a plain string. Class attributes carry the terms'
own spelling, so that Python, SPARQL and Turtle show one name for one thing.
"""
# ruff: noqa: N815 (the attributes are the terms' own names)

from __future__ import annotations

from typing import Final

__all__ = [
    "DATA",
    "DM",
    "FACTS_GRAPH",
    "NS",
    "OWL",
    "PREFIXES",
    "RDF",
    "RDFS",
    "SKOS",
    "WIKIDATA",
    "XSD",
    "local_name",
    "term",
    "terms",
]

NS: Final = "https://w3id.org/dipmeet/ontology#"
"""Namespace of the ontology, prefix `dm:`."""

DATA: Final = "https://w3id.org/dipmeet/id/"
"""Namespace of the data: meetings, persons, articles, claims."""

FACTS_GRAPH: Final = f"{DATA}facts"
"""The one named graph that holds what fusion makes of all claims."""

WIKIDATA: Final = "http://www.wikidata.org/entity/"

PREFIXES: Final = {
    "dm": NS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every namespace that the data uses, besides `DATA` and Wikidata's."""


class DM:
    """Every term that `dipmeet.ttl` defines."""

    # classes
    Event: Final = f"{NS}Event"
    Meeting: Final = f"{NS}Meeting"
    Visit: Final = f"{NS}Visit"
    Participation: Final = f"{NS}Participation"
    Person: Final = f"{NS}Person"
    Delegation: Final = f"{NS}Delegation"
    Party: Final = f"{NS}Party"
    Country: Final = f"{NS}Country"
    Place: Final = f"{NS}Place"
    City: Final = f"{NS}City"
    Venue: Final = f"{NS}Venue"
    Topic: Final = f"{NS}Topic"
    Outcome: Final = f"{NS}Outcome"
    Article: Final = f"{NS}Article"
    Claim: Final = f"{NS}Claim"
    Mention: Final = f"{NS}Mention"
    MeetingMention: Final = f"{NS}MeetingMention"
    VisitMention: Final = f"{NS}VisitMention"
    EntityMention: Final = f"{NS}EntityMention"
    Extractor: Final = f"{NS}Extractor"
    Status: Final = f"{NS}Status"
    Mode: Final = f"{NS}Mode"
    Format: Final = f"{NS}Format"
    Basis: Final = f"{NS}Basis"
    Qualifier: Final = f"{NS}Qualifier"

    # a meeting or visit
    participant: Final = f"{NS}participant"
    party: Final = f"{NS}party"
    participation: Final = f"{NS}participation"
    person: Final = f"{NS}person"
    role: Final = f"{NS}role"
    represents: Final = f"{NS}represents"
    place: Final = f"{NS}place"
    city: Final = f"{NS}city"
    country: Final = f"{NS}country"
    earliest: Final = f"{NS}earliest"
    latest: Final = f"{NS}latest"
    date: Final = f"{NS}date"
    endDate: Final = f"{NS}endDate"
    dateText: Final = f"{NS}dateText"
    edtf: Final = f"{NS}edtf"
    start: Final = f"{NS}start"
    end: Final = f"{NS}end"
    minutes: Final = f"{NS}minutes"
    minMinutes: Final = f"{NS}minMinutes"
    maxMinutes: Final = f"{NS}maxMinutes"
    durationText: Final = f"{NS}durationText"
    topicText: Final = f"{NS}topicText"
    topic: Final = f"{NS}topic"
    status: Final = f"{NS}status"
    mode: Final = f"{NS}mode"
    format: Final = f"{NS}format"
    outcome: Final = f"{NS}outcome"
    partOf: Final = f"{NS}partOf"
    visitor: Final = f"{NS}visitor"
    destination: Final = f"{NS}destination"
    reportedBy: Final = f"{NS}reportedBy"
    disputed: Final = f"{NS}disputed"

    # persons, parties, places
    within: Final = f"{NS}within"
    wikidata: Final = f"{NS}wikidata"
    iso2: Final = f"{NS}iso2"
    lat: Final = f"{NS}lat"
    long: Final = f"{NS}long"

    # claims
    about: Final = f"{NS}about"
    property: Final = f"{NS}property"
    value: Final = f"{NS}value"
    source: Final = f"{NS}source"
    quote: Final = f"{NS}quote"
    charStart: Final = f"{NS}charStart"
    charEnd: Final = f"{NS}charEnd"
    confidence: Final = f"{NS}confidence"
    extractor: Final = f"{NS}extractor"
    accepted: Final = f"{NS}accepted"
    mention: Final = f"{NS}mention"
    basis: Final = f"{NS}basis"
    valueText: Final = f"{NS}valueText"
    valueEarliest: Final = f"{NS}valueEarliest"
    valueLatest: Final = f"{NS}valueLatest"
    valueEdtf: Final = f"{NS}valueEdtf"
    valueMinMinutes: Final = f"{NS}valueMinMinutes"
    valueMaxMinutes: Final = f"{NS}valueMaxMinutes"
    valueQualifier: Final = f"{NS}valueQualifier"
    valueRole: Final = f"{NS}valueRole"
    valueParty: Final = f"{NS}valueParty"
    valuePartyBasis: Final = f"{NS}valuePartyBasis"

    # mentions: events and entities as one article tells of them
    tellsOf: Final = f"{NS}tellsOf"
    repeats: Final = f"{NS}repeats"
    background: Final = f"{NS}background"
    holds: Final = f"{NS}holds"
    entity: Final = f"{NS}entity"
    valueKind: Final = f"{NS}valueKind"
    valueLabel: Final = f"{NS}valueLabel"
    valueAltLabel: Final = f"{NS}valueAltLabel"
    valueWikidata: Final = f"{NS}valueWikidata"
    valueIso2: Final = f"{NS}valueIso2"
    valueLat: Final = f"{NS}valueLat"
    valueLong: Final = f"{NS}valueLong"
    valueWithin: Final = f"{NS}valueWithin"

    # articles and extractors
    url: Final = f"{NS}url"
    title: Final = f"{NS}title"
    publisher: Final = f"{NS}publisher"
    published: Final = f"{NS}published"
    publishedFrom: Final = f"{NS}publishedFrom"
    textSha256: Final = f"{NS}textSha256"
    text: Final = f"{NS}text"
    readFrom: Final = f"{NS}readFrom"
    signature: Final = f"{NS}signature"
    version: Final = f"{NS}version"

    # values of status, mode, format, basis, qualifier
    Held: Final = f"{NS}Held"
    Ongoing: Final = f"{NS}Ongoing"
    Planned: Final = f"{NS}Planned"
    Possible: Final = f"{NS}Possible"
    Cancelled: Final = f"{NS}Cancelled"
    Postponed: Final = f"{NS}Postponed"
    Denied: Final = f"{NS}Denied"
    InPerson: Final = f"{NS}InPerson"
    Phone: Final = f"{NS}Phone"
    Video: Final = f"{NS}Video"
    Bilateral: Final = f"{NS}Bilateral"
    Trilateral: Final = f"{NS}Trilateral"
    Multilateral: Final = f"{NS}Multilateral"
    Stated: Final = f"{NS}Stated"
    Inferred: Final = f"{NS}Inferred"
    Gazetteer: Final = f"{NS}Gazetteer"
    Exact: Final = f"{NS}Exact"
    Approximate: Final = f"{NS}Approximate"
    MoreThan: Final = f"{NS}MoreThan"
    LessThan: Final = f"{NS}LessThan"


class RDF:
    """The one term of RDF that the data uses."""

    type: Final = f"{PREFIXES['rdf']}type"


class RDFS:
    """Terms of RDF Schema that the data uses."""

    label: Final = f"{PREFIXES['rdfs']}label"


class OWL:
    """Terms of OWL that the data uses."""

    sameAs: Final = f"{PREFIXES['owl']}sameAs"


class SKOS:
    """Terms of SKOS that the data and the topic scheme use."""

    Concept: Final = f"{PREFIXES['skos']}Concept"
    altLabel: Final = f"{PREFIXES['skos']}altLabel"
    broader: Final = f"{PREFIXES['skos']}broader"
    definition: Final = f"{PREFIXES['skos']}definition"
    inScheme: Final = f"{PREFIXES['skos']}inScheme"
    prefLabel: Final = f"{PREFIXES['skos']}prefLabel"


class XSD:
    """Datatypes that the data uses."""

    boolean: Final = f"{PREFIXES['xsd']}boolean"
    date: Final = f"{PREFIXES['xsd']}date"
    dateTime: Final = f"{PREFIXES['xsd']}dateTime"
    decimal: Final = f"{PREFIXES['xsd']}decimal"
    integer: Final = f"{PREFIXES['xsd']}integer"
    string: Final = f"{PREFIXES['xsd']}string"


_TERMS: Final = frozenset(name for name in vars(DM) if not name.startswith("_"))


def terms() -> frozenset[str]:
    """The local names of every term of the ontology."""
    return _TERMS


def term(name: str) -> str:
    """The IRI of the term called `name`; `KeyError` when the ontology has none.

    >>> term("participant")
    'https://w3id.org/dipmeet/ontology#participant'
    """
    if name not in _TERMS:
        raise KeyError(name)
    return NS + name


def local_name(iri: str) -> str:
    """The local name of a term's IRI; `KeyError` when it is no term of the ontology.

    >>> local_name(DM.topicText)
    'topicText'
    """
    name = iri.removeprefix(NS)
    if name == iri or name not in _TERMS:
        raise KeyError(iri)
    return name
