"""Marked texts (seeds/corpus/MARKUP.md) → plain text, spans, gold record, perfect `Reading`.

python -m training.corpus seeds/corpus                  check all files
python -m training.corpus seeds/corpus --gold DIR       also write NAME.json (gold records) and NAME.txt
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError
from kg.model import Article, Mode, PublishedFrom, Reading, Span, Status, Tag
from kg.read.blocks import blocks_of

__all__ = ["MarkedArticle", "MarkedSpan", "held_out", "load", "oracle_reading", "parse"]

MARK = re.compile(r"\[([^\[\]]+)\]\(([PTDLVCNSXM]) ([\w, -]+)\)")
PLURAL_COREFERENCE = 0.5
"""`same_participant` of a plural mark and a mark of one of its members: related, not the same."""


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A mark: where it stands in the plain text, its letter, and the ids it belongs to."""

    start: int
    end: int
    tag: Tag
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """A marked text taken apart. `people` and `meetings` are the front matter as YAML gives it."""

    name: str
    text: str
    """Without marks and without a "Published:" line."""
    published: date | None
    spans: tuple[MarkedSpan, ...]
    people: Mapping[str, Mapping[str, Any]]
    meetings: Mapping[str, Mapping[str, Any]]
    visits: tuple[Mapping[str, Any], ...] = ()

    def as_file(self) -> str:
        """The text as an input file: with a "Published: DATE" line where the day is known."""
        return f"Published: {self.published.isoformat()}\n\n{self.text}" if self.published else self.text

    def article(self) -> Article:
        """The text as `kg.read` hands it on, blocks included, without a "Published:" line."""
        sha = hashlib.sha256(self.text.encode()).hexdigest()
        how = PublishedFrom.HEADER if self.published else PublishedFrom.UNKNOWN
        return Article(
            self.name,
            self.text,
            sha,
            f"{self.name}.txt",
            blocks=blocks_of(self.text),
            published=self.published,
            published_from=how,
        )

    def record(self) -> dict[str, Any]:
        """The gold record, after `meeting-record.schema.json`."""
        meetings = [self._meeting(m) for m in self.meetings.values()]
        return {
            "article": self.name,
            "published": _text(self.published),
            "meetings": meetings,
            "visits": [self._visit(v) for v in self.visits],
        }

    def _meeting(self, m: Mapping[str, Any]) -> dict[str, Any]:
        place = {key: m.get(key) for key in ("venue", "city", "country")}
        return {
            "participants": [self._person(who) for who in m["who"]],
            "status": m["status"],
            "mode": m.get("mode"),
            "place": place if any(place.values()) else None,
            "date": _text(m.get("date")),
            "duration": m.get("duration"),
            "topics": m.get("topics") or [],
            "background": bool(m.get("background")),
        }

    def _person(self, who: str) -> dict[str, Any]:
        p = self.people[who]
        return {
            "name": p["name"],
            "type": p["type"],
            "represents": p.get("represents"),
            "role": p.get("role"),
            "aliases": p.get("aliases") or [],
        }

    def _visit(self, v: Mapping[str, Any]) -> dict[str, Any]:
        who = self.people.get(v["who"], {})
        return {
            "visitor": who.get("name", v["who"]),
            "represents": who.get("represents"),
            "destination_country": v.get("country"),
            "destination_city": v.get("city"),
            "date": _text(v.get("date")),
            "status": v.get("status", "held"),
        }


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def parse(name: str, raw: str) -> MarkedArticle:
    """Take a marked text apart. Raises `InputError` on front matter or marks that don't fit together."""
    try:
        _, head, body = raw.split("---\n", 2)
        meta = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}  # noqa: S506
    except (ValueError, yaml.YAMLError) as error:
        raise InputError("no readable front matter", where=name, remedy="see MARKUP.md") from error
    plain: list[str] = []
    spans: list[MarkedSpan] = []
    last = length = 0
    for mark in MARK.finditer(body):
        before = body[last : mark.start()]
        plain += [before, mark[1]]
        length += len(before)
        ids = tuple(part.strip() for part in mark[3].split(",") if part.strip())
        spans.append(MarkedSpan(length, length + len(mark[1]), Tag(mark[2]), ids))
        length += len(mark[1])
        last = mark.end()
    plain.append(body[last:])
    published = meta.get("published")
    return _checked(
        MarkedArticle(
            name=name,
            text="".join(plain),
            published=date.fromisoformat(str(published)) if published else None,
            spans=tuple(spans),
            people=meta.get("people") or {},
            meetings=meta.get("meetings") or {},
            visits=tuple(meta.get("visits") or ()),
        )
    )


def _checked(marked: MarkedArticle) -> MarkedArticle:
    if re.search(r"\]\([A-Z] ", marked.text):
        raise InputError("a mark that does not parse is left in the text", where=marked.name)
    for span in marked.spans:
        known = marked.people if span.tag is Tag.PARTICIPANT else marked.meetings
        for one in span.of:
            if one not in known:
                words = marked.text[span.start : span.end]
                raise InputError(f"mark {words!r} names the unknown {one!r}", where=marked.name)
    return marked


def load(folder: Path) -> list[MarkedArticle]:
    """All marked texts of a folder, by name; other Markdown files (MARKUP.md) are passed over."""
    paths = sorted(path for path in folder.glob("*.md") if path.stem.islower())
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def held_out(articles: Iterable[MarkedArticle], beginnings: str) -> list[MarkedArticle]:
    """The articles whose names begin with one of `beginnings` (with commas: "h,k01")."""
    return [a for a in articles if a.name.startswith(tuple(beginnings.split(",")))]


def meetings_of(marked: MarkedArticle, span: MarkedSpan) -> frozenset[str]:
    """Ids of the meetings a mark tells of; a participant's are those that he or she takes part in."""
    if span.tag is not Tag.PARTICIPANT:
        return frozenset(span.of)
    return frozenset(k for k, m in marked.meetings.items() if set(span.of) & set(m["who"]))


def coreference(a: MarkedSpan, b: MarkedSpan) -> float:
    """1 for the same people, `PLURAL_COREFERENCE` where one mark holds the other's people, else 0."""
    left, right = set(a.of), set(b.of)
    if left == right:
        return 1.0
    return PLURAL_COREFERENCE if left < right or right < left else 0.0


def oracle_reading(marked: MarkedArticle) -> tuple[Article, Reading]:
    """The `Reading` that a model without faults would hand over, built from the marks.

    Spans have score 1. A participant mark is linked to every trigger of every meeting that one of
    its people takes part in, wherever it stands. Pairs of marks of the same people have
    `same_participant` 1, a plural mark ("the two") and a member's 0.5. Triggers of several meetings:
    `several` 1 and `same_meeting` 1 with the triggers of each of them; `together` says of each two
    spans linked to such a trigger whether they share a meeting.
    """
    spans = sorted(marked.spans, key=lambda s: s.start)
    of = [meetings_of(marked, s) for s in spans]
    triggers = [i for i, s in enumerate(spans) if s.tag is Tag.TRIGGER]
    links = {
        (t, i): 1.0
        for t in triggers
        for i, s in enumerate(spans)
        if s.tag is not Tag.TRIGGER and of[t] & of[i]
    }
    people = [i for i, s in enumerate(spans) if s.tag is Tag.PARTICIPANT]
    facts = {t: marked.meetings[spans[t].of[0]] for t in triggers}
    several = {t: 1.0 for t in triggers if len(of[t]) > 1}
    reading = Reading(
        spans=tuple(Span(s.start, s.end, s.tag) for s in spans),
        links=links,
        same_meeting={(a, b): 1.0 for a, b in combinations(triggers, 2) if of[a] & of[b]},
        same_participant={
            (a, b): same for a, b in combinations(people, 2) if (same := coreference(spans[a], spans[b]))
        },
        part_of={
            (a, b): 1.0 for a in people for b in people if a != b and set(spans[a].of) < set(spans[b].of)
        },
        many={i: float(len(spans[i].of) > 1) for i in people},
        group={i: float(all(marked.people[one]["type"] == "group" for one in spans[i].of)) for i in people},
        status={t: {Status(m["status"]): 1.0} for t, m in facts.items()},
        mode={t: {Mode(m["mode"]) if m.get("mode") else None: 1.0} for t, m in facts.items()},
        background={t: float(bool(m.get("background"))) for t, m in facts.items()},
        real=dict.fromkeys(triggers, 1.0),
        several=several,
        together={
            (a, b): float(bool(of[a] & of[b]))
            for t in several
            for a, b in combinations([i for i in range(len(spans)) if (t, i) in links], 2)
        },
    )
    return marked.article(), reading


def write_gold(articles: Iterable[MarkedArticle], folder: Path) -> Iterator[Path]:
    """Write NAME.json (gold record) and NAME.txt (input) for each article; yields the record's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for marked in articles:
        path = folder / f"{marked.name}.json"
        path.write_text(
            json.dumps(marked.record(), ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
        )
        path.with_suffix(".txt").write_text(marked.as_file(), encoding="utf-8")
        yield path


def main() -> int:
    """Check a folder of marked texts; exit code 1 on the first fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path)
    args = parser.parse_args()
    articles = load(args.folder)
    if args.gold:
        list(write_gold(articles, args.gold))
    marks = sum(len(a.spans) for a in articles)
    sys.stderr.write(f"{len(articles)} articles, {marks} marks\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
