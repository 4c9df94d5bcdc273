"""Which fault of the reader costs how much: readings mended in part by the gold marks, put together, scored.

    python -m training.faults --model kg/extract/reader_model --corpus seeds/corpus --held h

`spans P` has the gold participant marks in place of the model's, with the model's own links to them;
`links` the model's marks with links as the gold marks have them; and so on. Only articles that the model was
not trained on tell anything.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from kg.evaluate import OVERALL, Evaluation, evaluate
from kg.extract.assemble import assemble
from kg.extract.jsonl import to_json
from kg.extract.labels import best_spans
from kg.extract.pairs import TAGS
from kg.extract.reader import _LIFT, Reader, _Found
from kg.extract.settings import Settings
from kg.extract.windows import Words, cut
from kg.extract.world import default_world
from kg.model import Article, Mode, Reading, Status, Tag
from training.corpus import (
    MarkedArticle,
    MarkedSpan,
    coreference,
    held_out,
    load,
    meetings_of,
    oracle_reading,
)

__all__ = ["mended", "table"]

YES, NO = 0.98, 0.02


class GoldSpans(Reader):
    """The reader, handed the gold marks of some tags in place of its own."""

    marked: MarkedArticle
    tags: frozenset[Tag]

    def _find(self, words: Words) -> _Found:
        gold = [
            (low, high, TAGS.index(mark.tag))
            for mark in self.marked.spans
            if mark.tag in self.tags
            and (low := int(np.searchsorted(words.end, mark.start, side="right")))
            < (high := int(np.searchsorted(words.start, mark.end, side="left")))
        ]
        taken = np.zeros(len(words), dtype=bool)
        for low, high, _ in gold:
            taken[low:high] = True
        found: list[tuple[int, int, int, float, object]] = []
        for window in cut(words, int(self._meta["limit"])):
            vectors, scores = self._run_encoder(window)
            own = [
                (window.low + a, window.low + b, tag, chance)
                for a, b, tag, chance in best_spans(scores, _LIFT)
                if TAGS[tag] not in self.tags and not taken[window.low + a : window.low + b].any()
            ]
            own += [(a, min(b, window.high), t, 1.0) for a, b, t in gold if window.low <= a < window.high]
            for a, b, tag, chance in own:
                v = vectors[a - window.low : b - window.low]
                found.append((a, b, tag, chance, np.concatenate([v[0], v[-1], v.mean(axis=0)])))
        found.sort(key=lambda f: f[:3])
        return _Found(
            *(np.array([f[k] for f in found], dtype=np.int64) for k in range(3)),
            np.array([f[3] for f in found], dtype=np.float32),
            np.array([f[4] for f in found], dtype=np.float32),
        )


def mended(marked: MarkedArticle, reading: Reading, what: frozenset[str]) -> Reading:
    """The reading with some of its probabilities as the gold marks have them; its spans stay."""
    spans = reading.spans
    gold = [_mark_at(marked, reading, i) for i in range(len(spans))]
    of = [meetings_of(marked, m) if m else frozenset[str]() for m in gold]
    triggers = [i for i, s in enumerate(spans) if s.tag is Tag.TRIGGER]
    people = [i for i, s in enumerate(spans) if s.tag is Tag.PARTICIPANT]
    facts = {t: marked.meetings[min(of[t])] for t in triggers if of[t]}
    new: dict[str, object] = {}
    if "valid" in what:
        new["spans"] = tuple(replace(s, score=YES if m else NO) for s, m in zip(spans, gold, strict=True))
        new["real"] = {t: YES if gold[t] else NO for t in triggers}
    if "triggers" in what:
        new["real"] = {t: YES if gold[t] else NO for t in triggers}
    if "meetings" in what:
        new["same_meeting"] = {(a, b): YES if of[a] & of[b] else NO for a, b in combinations(triggers, 2)}
    if "several" in what:
        new["several"] = {t: YES if len(of[t]) > 1 else NO for t in triggers}
        linked = [i for i in range(len(spans)) if i not in set(triggers)]
        new["together"] = {(a, b): YES if of[a] & of[b] else NO for a, b in combinations(linked, 2)}
    kept = {
        "links to people": lambda tag: tag is Tag.PARTICIPANT,
        "links to topics": lambda tag: tag is Tag.TOPIC,
        "links to dates": lambda tag: tag is Tag.DATE,
        "links to places": lambda tag: tag in (Tag.CITY, Tag.VENUE, Tag.COUNTRY),
        "links": lambda tag: tag is not Tag.TRIGGER,
    }
    links = dict(reading.links)
    for name, is_of in kept.items():
        if name in what:
            links |= {
                (t, i): YES if of[t] & of[i] else NO
                for t in triggers
                for i, s in enumerate(spans)
                if is_of(s.tag)
            }
    new["links"] = links
    if "coreference" in what:
        new |= _coreference(people, gold)
    if "status" in what:
        new["status"] = {
            t: {Status(facts[t]["status"]): 1.0} if t in facts else d for t, d in reading.status.items()
        }
        new["background"] = {t: float(bool(m.get("background"))) for t, m in facts.items()}
    if "mode" in what:
        new["mode"] = {t: {Mode(m["mode"]) if m.get("mode") else None: 1.0} for t, m in facts.items()}
    return replace(reading, **new)  # type: ignore[arg-type]


def _mark_at(marked: MarkedArticle, reading: Reading, index: int) -> MarkedSpan | None:
    span = reading.spans[index]
    over = [m for m in marked.spans if m.tag is span.tag and m.start < span.end and span.start < m.end]
    return max(over, key=lambda m: min(m.end, span.end) - max(m.start, span.start), default=None)


def _coreference(people: Sequence[int], gold: Sequence[MarkedSpan | None]) -> dict[str, object]:
    same, part = {}, {}
    for a, b in combinations(people, 2):
        x, y = gold[a], gold[b]
        value = coreference(x, y) if x and y else 0.0
        same[a, b] = max(0.01, min(0.99, value))
        if x and y and value == 0.5:
            part[(a, b) if set(x.of) < set(y.of) else (b, a)] = 0.99
    return {
        "same_participant": same,
        "part_of": part,
        "many": {i: float(len(m.of) > 1) for i in people if (m := gold[i])},
    }


RELATIONS = ("valid", "links", "meetings", "several", "coreference", "status", "mode")
HEADS = (
    ("triggers",),
    ("links to people",),
    ("links to topics",),
    ("links to dates",),
    ("links to places",),
    *((name,) for name in RELATIONS[:-1]),
    RELATIONS[:2],
    RELATIONS[:4],
    RELATIONS,
)


def _variants() -> Iterator[tuple[str, frozenset[Tag], frozenset[str]]]:
    """Name, gold marks of which tags, gold relations of which kinds."""
    none: frozenset[Tag] = frozenset()
    yield "nothing", none, frozenset()
    for tag in Tag:
        yield f"spans {tag.value}", frozenset({tag}), frozenset()
    yield "spans", frozenset(Tag), frozenset()
    for heads in HEADS:
        yield ", ".join(heads), none, frozenset(heads)
    for heads in ((), ("links",), ("coreference",), ("meetings", "several"), RELATIONS[1:4], RELATIONS[1:5]):
        yield ", ".join(("spans", *heads)), frozenset(Tag), frozenset({"valid", *heads})


def table(reader: GoldSpans, articles: Sequence[MarkedArticle]) -> Iterator[tuple[str, Evaluation]]:
    """Scores of each mended reading, by what is mended, and at last of perfect readings."""
    gold = [json.loads(json.dumps(m.record(), default=str)) for m in articles]
    cache: dict[frozenset[Tag], list[tuple[Article, Reading]]] = {}
    for name, tags, what in _variants():
        if tags not in cache:
            cache[tags] = []
            for m in articles:
                reader.marked, reader.tags = m, tags
                article = m.article()
                cache[tags].append((article, reader.read(article)))
        told = [
            to_json(assemble(a, mended(m, r, what), default_world(), Settings()))
            for m, (a, r) in zip(articles, cache[tags], strict=True)
        ]
        yield name, evaluate(gold, told)
    told = [to_json(assemble(*oracle_reading(m), default_world(), Settings(near=10**9))) for m in articles]
    yield "everything", evaluate(gold, told)


def line(name: str, result: Evaluation, base: Mapping[str, float]) -> str:
    """One line of the table: overall, its gain, F1 of the fields, whole records, clean negatives."""
    fields = " ".join(f"{result.scores[f].f1:.3f}" for f in OVERALL)
    return (
        f"{name:58} {result.overall:.3f} {result.overall - base['overall']:+.3f}  {fields}  "
        f"{result.scores['meeting'].precision:.2f}/{result.scores['meeting'].recall:.2f}  "
        f"{result.record:.3f} {result.negatives_clean}/{result.negatives}"
    )


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("kg/extract/reader_model"))
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    parser.add_argument("--held", required=True, help="first letters of the articles held out, with commas")
    args = parser.parse_args()
    held = held_out(load(args.corpus), args.held)
    reader = GoldSpans.load(args.model)
    base: dict[str, float] = {}
    names = " ".join(f"{f[:5]:5}" for f in OVERALL)
    sys.stdout.write(
        f"{'mended by gold':28} overall gain  {names}  P/R of meetings, whole records, negatives\n"
    )
    for name, result in table(reader, held):
        base = base or {"overall": result.overall}
        sys.stdout.write(line(name, result, base) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
