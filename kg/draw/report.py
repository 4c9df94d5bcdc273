"""One person or country on one page: who, when, where, how long, on what, with the evidence.

The page has no script at all: it reads, prints and archives anywhere.
"""

from __future__ import annotations

import difflib
import html
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.draw.page import asset, fill, policy
from kg.draw.still import bars, network_svg
from kg.draw.words import duration_words, hours, when_words
from kg.errors import KgError
from kg.model import Status
from kg.view.filters import countries_of, names_of
from kg.view.model import GraphView, MeetingView, Quote
from kg.view.networks import country_network, people_network, title_of

__all__ = ["Subject", "find_subject", "report"]

TOPICS = 15
TOOK_PLACE = {Status.HELD, Status.ONGOING}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a report is about: the IRI of a person or party."""

    iri: str
    label: str
    country: bool


def find_subject(view: GraphView, name: str) -> Subject:
    """The person or else party of that name, alias, code, slug or IRI.

    Raises KgError when nobody is called so (naming who nearly is), or several are.
    """
    wanted = name.casefold()
    persons = [iri for iri in view.persons if wanted in set(names_of(view, iri))]
    parties = [iri for iri in view.parties if wanted in set(names_of(view, iri))]
    if parties and all(view.persons[iri].group for iri in persons):
        return Subject(parties[0], view.party(parties[0]), country=True)
    exact = [iri for iri in persons if view.person(iri).casefold() == wanted] or persons
    if len(exact) > 1:
        met = Counter(part.person for meeting in view.meetings for part in meeting.parts)
        ids = ", ".join(iri.rsplit("/", 1)[-1] for iri in sorted(exact, key=lambda iri: -met[iri]))
        raise KgError(f"several persons are called {name!r}", remedy=f"give one of {ids}")
    if exact:
        return Subject(exact[0], view.person(exact[0]), country=False)
    known = {each.label for each in view.persons.values()} | {each.label for each in view.parties.values()}
    near = ", ".join(difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.5))
    raise KgError(f"nobody in this graph is called {name!r}", remedy=f"perhaps {near}" if near else None)


PLURALS = {
    "meeting": "meetings",
    "country or party met": "countries and parties met",
    "person met": "people met",
    "place": "places",
    "article": "articles",
}


def report(view: GraphView, name: str) -> str:
    """The page, self-contained. Raises KgError as `find_subject` does."""
    subject = find_subject(view, name)
    meetings = [each for each in view.meetings if subject.iri in _sides(each, subject)]
    few = replace(view, meetings=tuple(meetings), visits=())
    body = [
        _head(view, subject, meetings),
        _section("Over time", _over_time(meetings)),
        _section("Network", _network(few, subject)),
        _section("Whom they met, or were to meet", _partners(few, subject, meetings)),
        _section("Where", _places(view, meetings)),
        _section("Topics over time", _topics(meetings)),
        _section("Meetings and their evidence", "".join(_meeting(view, each) for each in meetings)),
    ]
    style = asset("report.css")
    return fill(
        asset("report.html"),
        {
            "csp": policy(styles=(style,), scripts=()),
            "title": html.escape(f"{subject.label}: meetings"),
            "style": style,
            "body": "\n".join(body),
        },
    )


def _sides(meeting: MeetingView, subject: Subject) -> tuple[str, ...]:
    return countries_of(meeting) if subject.country else tuple(part.person for part in meeting.parts)


def _others(meeting: MeetingView, subject: Subject) -> set[str]:
    """Who sat across the table: for a person, not those of the same party."""
    if subject.country:
        return set(countries_of(meeting)) - {subject.iri}
    own = {part.party for part in meeting.parts if part.person == subject.iri} - {None}
    return {part.person for part in meeting.parts if part.party not in own} - {subject.iri}


def _section(title: str, content: str) -> str:
    return f"<section><h2>{html.escape(title)}</h2>{content}</section>" if content else ""


def _head(view: GraphView, subject: Subject, meetings: Sequence[MeetingView]) -> str:
    held = [each for each in meetings if each.status in TOOK_PLACE]
    minutes = sum(each.minutes or 0 for each in held)
    met = {iri for each in held for iri in _others(each, subject)}
    places = {each.city or each.place or each.country for each in held} - {None}
    sources = {iri for each in meetings for iri in each.articles}
    figures = [
        (len(meetings), "meeting"),
        (len(held), "took place"),
        (hours(minutes) if minutes else "–", "told duration"),
        (len(met), "country or party met" if subject.country else "person met"),
        (len(places), "place"),
        (len(sources), "article"),
    ]
    items = "".join(
        f"<li><b>{value}</b>{name if value == 1 else PLURALS.get(name, name)}</li>" for value, name in figures
    )
    lines = [f"<h1>{html.escape(subject.label)}</h1>"]
    lines += [f'<p class="sub">{html.escape(line)}</p>' for line in _offices(view, subject, meetings)]
    dated = [each for each in meetings if each.earliest and each.latest]
    if dated:
        first, last = (when_words(each.earliest, each.latest) or "" for each in (dated[0], dated[-1]))
        span = first if first == last else f"{first} to {last}"
        lines.append(f'<p class="sub">{html.escape(span)}</p>')
    return "<header>" + "".join(lines) + f'</header><ul class="figures">{items}</ul>'


def _offices(view: GraphView, subject: Subject, meetings: Iterable[MeetingView]) -> list[str]:
    """Office and party as the articles tell them, with the years in which they do."""
    if subject.country:
        return []
    years: dict[str, list[int]] = defaultdict(list)
    written: dict[str, str] = {}  # as first written: capitals make no other office
    for meeting in meetings:
        for part in meeting.parts:
            words = ", ".join(filter(None, (part.role, view.party(part.party) if part.party else None)))
            if part.person == subject.iri and words:
                written.setdefault(words.casefold(), words)
                years[words.casefold()] += [meeting.earliest.year] if meeting.earliest else []
    found = [written[words] + (f" ({_years(told)})" if told else "") for words, told in years.items()]
    person = view.persons.get(subject.iri)
    if person and person.aliases:
        found.append("Also " + ", ".join(person.aliases))
    return found


def _years(told: list[int]) -> str:
    return str(min(told)) if min(told) == max(told) else f"{min(told)}–{max(told)}"


def _by_year(meetings: Iterable[MeetingView]) -> dict[int, tuple[int, int]]:
    """Year → (took place, others); only meetings of which the year is known."""
    counts: dict[int, tuple[int, int]] = {}
    for each in meetings:
        if each.earliest and each.latest and each.earliest.year == each.latest.year:
            held, rest = counts.get(each.earliest.year, (0, 0))
            counts[each.earliest.year] = (held + 1, rest) if each.status in TOOK_PLACE else (held, rest + 1)
    return counts


def _over_time(meetings: Sequence[MeetingView]) -> str:
    picture = bars(_by_year(meetings))
    key = '<p class="sub">Blue: took place. Amber: planned, or came to nothing.</p>'
    return picture + key if picture else ""


def _network(view: GraphView, subject: Subject) -> str:
    graph = country_network(view) if subject.country else people_network(view)
    graph.remove_nodes_from([iri for iri, degree in list(graph.degree()) if not degree])
    return network_svg(graph, subject.iri)


def _partners(view: GraphView, subject: Subject, meetings: Sequence[MeetingView]) -> str:
    by_other: dict[str, list[MeetingView]] = defaultdict(list)
    for meeting in meetings:
        for iri in _others(meeting, subject):
            by_other[iri].append(meeting)
    rows = []
    for iri in sorted(by_other, key=lambda iri: (-len(by_other[iri]), iri)):
        met = by_other[iri]
        dated = [each for each in met if each.earliest]
        minutes = sum(each.minutes or 0 for each in met if each.status in TOOK_PLACE)
        name = view.party(iri) if subject.country else view.person(iri)
        first = when_words(dated[0].earliest, dated[0].latest) if dated else None
        last = when_words(dated[-1].earliest, dated[-1].latest) if dated else None
        held = sum(each.status in TOOK_PLACE for each in met)
        rows.append(
            (name, str(len(met)), str(held), hours(minutes) if minutes else "", first or "", last or "")
        )
    return _table(("Name", "#Meetings", "#Took place", "#Told duration", "First", "Last"), rows)


def _places(view: GraphView, meetings: Iterable[MeetingView]) -> str:
    at: dict[str, list[bool]] = defaultdict(list)
    for each in meetings:
        where = view.where(each)
        if where:
            at[where].append(each.status in TOOK_PLACE)
    ranked = sorted(at.items(), key=lambda each: (-len(each[1]), each[0]))
    rows = [(place, str(len(each)), str(sum(each))) for place, each in ranked]
    return _table(("Place", "#Meetings", "#Took place"), rows)


def _topics(meetings: Iterable[MeetingView]) -> str:
    """Topics by year: the larger the mark, the more meetings."""
    by_topic: dict[str, Counter[int | None]] = defaultdict(Counter)
    for each in meetings:
        for topic in each.topics or each.topic_texts:
            by_topic[topic][each.earliest.year if each.earliest else None] += 1
    ranked = sorted(by_topic, key=lambda topic: (-by_topic[topic].total(), topic))[:TOPICS]
    years = sorted({year for topic in ranked for year in by_topic[topic] if year})
    if not ranked:
        return ""
    head = '<th scope="col">Topic</th><th class="n">All</th>'
    head += "".join(f'<th scope="col" class="n">{year}</th>' for year in years[-12:])
    rows = "".join(
        f'<tr><td>{html.escape(topic)}</td><td class="n">{by_topic[topic].total()}</td>'
        + "".join(f'<td class="n">{_mark(by_topic[topic][year])}</td>' for year in years[-12:])
        + "</tr>"
        for topic in ranked
    )
    return f'<table class="heat"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _mark(count: int) -> str:
    if not count:
        return ""
    size = min(3 + 2 * count**0.5, 11)
    return (
        f'<svg width="24" height="24" role="img" aria-label="{count}"><circle class="bar" cx="12" cy="12" '
        f'r="{size:.1f}"/></svg>'
    )


def _meeting(view: GraphView, meeting: MeetingView) -> str:
    facts = [
        when_words(meeting.earliest, meeting.latest) or "date not told",
        view.where(meeting),
        duration_words(meeting),
        meeting.mode.value.replace("-", " ") if meeting.mode else None,
    ]
    who = "; ".join(
        view.person(part.person)
        + (f" ({', '.join(filter(None, (part.role, view.party(part.party) if part.party else None)))})"
           if part.role or part.party else "")
        for part in meeting.parts
    )  # fmt: skip
    topics = ", ".join(meeting.topic_texts or meeting.topics)
    status = meeting.status.value
    told = html.escape(" · ".join(filter(None, facts)))
    lines = [
        f"<h3>{html.escape(title_of(view, meeting))}</h3>",
        f'<p class="sub"><span class="status {status}">{status}</span>{told}</p>',
        f"<p>{html.escape(who)}</p>" if who else "",
        f"<p>On {html.escape(topics)}</p>" if topics else "",
        f"<p>Outcome: {html.escape('; '.join(meeting.outcomes))}</p>" if meeting.outcomes else "",
        f"<p>Articles disagree on: {html.escape(', '.join(meeting.disputed))}</p>"
        if meeting.disputed
        else "",
    ]
    lines += [_quote(view, each) for each in meeting.quotes]
    return f'<article class="meeting">{"".join(lines)}</article>'


def _quote(view: GraphView, quote: Quote) -> str:
    article = view.articles.get(quote.article)
    words = html.escape(article.title if article else quote.article)
    if article and article.url and article.url.lower().startswith(("http://", "https://")):
        words = f'<a href="{html.escape(article.url, quote=True)}" rel="noopener noreferrer">{words}</a>'
    if article:
        day = article.published.isoformat() if article.published else None
        words += html.escape("".join(f", {each}" for each in (article.publisher, day) if each))
    mark = "" if quote.accepted else ' class="overruled"'
    tail = "" if quote.accepted else " (other articles say otherwise)"
    return f"<blockquote{mark}>“{html.escape(quote.text)}”<footer>{words}{tail}</footer></blockquote>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns whose head begins with `#` hold numbers."""
    if not rows:
        return ""
    number = [name.startswith("#") for name in head]
    first = "".join(
        f'<th scope="col"{" class=n" if right else ""}>{html.escape(name.lstrip("#"))}</th>'
        for name, right in zip(head, number, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=n' if right else ''}>{html.escape(cell)}</td>"
            for cell, right in zip(row, number, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>"
