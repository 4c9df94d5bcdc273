"""GraphView → a smaller GraphView: by person, country, topic, status, period, hops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Status
from kg.view.model import GraphView, MeetingView, VisitView

__all__ = ["ViewFilter", "countries_of", "filtered", "names_of"]


@dataclass(frozen=True, slots=True)
class ViewFilter:
    """What to keep. Names match an IRI, its last step, a label or alias, or an ISO code; case does not
    count. Empty means everything. Vague dates count when they can fall into the period."""

    persons: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Parties that took part, or the country where it took place."""
    topics: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    start: date | None = None
    end: date | None = None
    hops: int = 1
    """With `persons`: meetings at most this many steps from one of them."""


def filtered(view: GraphView, wanted: ViewFilter) -> GraphView:
    """The view with only the meetings and visits that match, and the things that they name."""
    meetings = [each for each in view.meetings if _matches(view, each, wanted)]
    if wanted.persons:
        reached = _reach(view, meetings, wanted)
        meetings = [each for each in meetings if any(part.person in reached for part in each.parts)]
    visits = [each for each in view.visits if _visit_matches(view, each, wanted)]
    persons = {part.person for each in meetings for part in each.parts}
    persons |= {person for each in visits for person in each.visitors}
    parties = {iri for each in meetings for iri in countries_of(each)}
    places = set(_places(view, meetings, visits))
    kept: tuple[MeetingView | VisitView, ...] = (*meetings, *visits)
    articles = {iri for each in kept for iri in each.articles}
    articles |= {quote.article for each in kept for quote in each.quotes}
    return replace(
        view,
        meetings=tuple(meetings),
        visits=tuple(visits),
        persons={iri: value for iri, value in view.persons.items() if iri in persons},
        parties={iri: value for iri, value in view.parties.items() if iri in parties},
        places={iri: value for iri, value in view.places.items() if iri in places},
        articles={iri: value for iri, value in view.articles.items() if iri in articles},
    )


def countries_of(meeting: MeetingView) -> tuple[str, ...]:
    """Every party represented, from the short-cut and from the participations, sorted."""
    return tuple(sorted({*meeting.parties, *(part.party for part in meeting.parts if part.party)}))


def names_of(view: GraphView, iri: str) -> Iterator[str]:
    """Every name under which a user may ask for a person or party."""
    yield from (iri.casefold(), iri.rsplit("/", 1)[-1].casefold())
    person = view.persons.get(iri)
    if person:
        yield from (each.casefold() for each in (person.label, *person.aliases))
    party = view.parties.get(iri)
    if party:
        yield from (each.casefold() for each in (party.label, party.iso2 or ""))


def _matches(view: GraphView, meeting: MeetingView, wanted: ViewFilter) -> bool:
    if wanted.statuses and meeting.status not in wanted.statuses:
        return False
    if not _in_period(meeting, wanted):
        return False
    topics = {each.casefold() for each in (*meeting.topics, *meeting.topic_texts)}
    if wanted.topics and not any(each.casefold() in topics for each in wanted.topics):
        return False
    there = {name for iri in (*countries_of(meeting), meeting.country or "") for name in names_of(view, iri)}
    return not wanted.countries or any(each.casefold() in there for each in wanted.countries)


def _visit_matches(view: GraphView, visit: VisitView, wanted: ViewFilter) -> bool:
    if wanted.topics or (wanted.statuses and visit.status not in wanted.statuses):
        return False
    if not _in_period(visit, wanted):
        return False
    if wanted.persons:
        names = {name for iri in visit.visitors for name in names_of(view, iri)}
        if not any(each.casefold() in names for each in wanted.persons):
            return False
    there = set(names_of(view, visit.country or visit.destination or ""))
    return not wanted.countries or any(each.casefold() in there for each in wanted.countries)


def _in_period(event: MeetingView | VisitView, wanted: ViewFilter) -> bool:
    """Undated events are kept only when no period is asked for."""
    if wanted.start is None and wanted.end is None:
        return True
    if event.earliest is None and event.latest is None:
        return False
    too_late = wanted.end is not None and event.earliest is not None and event.earliest > wanted.end
    too_early = wanted.start is not None and event.latest is not None and event.latest < wanted.start
    return not (too_late or too_early)


def _reach(view: GraphView, meetings: list[MeetingView], wanted: ViewFilter) -> set[str]:
    """The persons asked for, and for each hop beyond the first whoever they met."""
    asked = {each.casefold() for each in wanted.persons}
    everybody = {part.person for each in meetings for part in each.parts}
    reached = {iri for iri in everybody if asked & set(names_of(view, iri))}
    for _ in range(wanted.hops - 1):
        reached |= {
            part.person
            for each in meetings
            if any(other.person in reached for other in each.parts)
            for part in each.parts
        }
    return reached


def _places(view: GraphView, meetings: list[MeetingView], visits: list[VisitView]) -> Iterator[str]:
    named = [iri for each in meetings for iri in (each.place, each.city, each.country)]
    named += [iri for each in visits for iri in (each.destination, each.country)]
    seen: set[str] = set()
    for start in named:
        iri = start
        while iri and iri not in seen:
            seen.add(iri)
            yield iri
            place = view.places.get(iri)
            iri = place.within if place else None
