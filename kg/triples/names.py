"""The enums of the model and the individuals of the ontology that stand for them."""

from __future__ import annotations

from typing import Final

from kg.model import Basis, EntityKind, EventKind, Mode, Qualifier, Status
from kg.vocab import DM, SKOS

__all__ = [
    "BASIS",
    "BASIS_OF",
    "ENTITY_CLASSES",
    "EVENT_CLASS",
    "MENTION_CLASS",
    "MODE",
    "MODE_OF",
    "QUALIFIER",
    "QUALIFIER_OF",
    "STATUS",
    "STATUS_OF",
]

STATUS: Final = {
    Status.HELD: DM.Held,
    Status.ONGOING: DM.Ongoing,
    Status.PLANNED: DM.Planned,
    Status.POSSIBLE: DM.Possible,
    Status.CANCELLED: DM.Cancelled,
    Status.POSTPONED: DM.Postponed,
    Status.DENIED: DM.Denied,
}
MODE: Final = {Mode.IN_PERSON: DM.InPerson, Mode.PHONE: DM.Phone, Mode.VIDEO: DM.Video}
BASIS: Final = {
    Basis.STATED: DM.Stated,
    Basis.INFERRED: DM.Inferred,
    Basis.GAZETTEER: DM.Gazetteer,
}
QUALIFIER: Final = {
    Qualifier.EXACT: DM.Exact,
    Qualifier.ABOUT: DM.Approximate,
    Qualifier.MORE_THAN: DM.MoreThan,
    Qualifier.LESS_THAN: DM.LessThan,
}
STATUS_OF: Final = {iri: status for status, iri in STATUS.items()}
MODE_OF: Final = {iri: mode for mode, iri in MODE.items()}
BASIS_OF: Final = {iri: basis for basis, iri in BASIS.items()}
QUALIFIER_OF: Final = {iri: qualifier for qualifier, iri in QUALIFIER.items()}

EVENT_CLASS: Final = {EventKind.MEETING: DM.Meeting, EventKind.VISIT: DM.Visit}
MENTION_CLASS: Final = {EventKind.MEETING: DM.MeetingMention, EventKind.VISIT: DM.VisitMention}

ENTITY_CLASSES: Final = {
    EntityKind.PERSON: (DM.Person,),
    EntityKind.DELEGATION: (DM.Delegation,),
    EntityKind.PARTY: (DM.Party,),
    EntityKind.COUNTRY: (DM.Country, DM.Party, DM.Place),
    EntityKind.CITY: (DM.City, DM.Place),
    EntityKind.VENUE: (DM.Venue, DM.Place),
    EntityKind.TOPIC: (DM.Topic, SKOS.Concept),
}
"""Superclasses are written out, so that a query needs no reasoner."""
