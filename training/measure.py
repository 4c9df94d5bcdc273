"""How well each head does on articles held out: before any meeting is put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from kg.extract.pairs import TAGS
from kg.model import Tag
from training.examples import Example, matched, targets
from training.network import ReaderNetwork

__all__ = ["measure"]


class _Count:
    """Hits, found, gold."""

    def __init__(self) -> None:
        self.hit = self.found = self.gold = 0

    def add(self, predicted: Tensor, gold: Tensor) -> None:
        told = gold >= 0
        p, g = predicted[told] > 0, gold[told] > 0
        self.hit += int((p & g).sum())
        self.found += int(p.sum())
        self.gold += int(g.sum())

    def f1(self) -> float:
        return round(2 * self.hit / max(1, self.found + self.gold), 4)


def measure(net: ReaderNetwork, examples: Sequence[Example]) -> dict[str, Any]:
    """F1 of spans (exact, by tag), links, coreference; share of right statuses and modes.

    Relations are counted over the spans that the tagger finds, so wrong spans count against links.
    """
    from training.train import encode, found_spans

    net.eval()
    spans = {tag: _Count() for tag in TAGS}
    counts = {
        name: _Count()
        for name in ("valid", "first", "links", "meetings", "same", "part", "together", "several")
    }
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with torch.no_grad():
        for e in examples:
            vectors, scores = encode(net, [e], half=False)[0]
            found = found_spans(scores)
            gold = {(low, high, tag) for low, high, tag, _ in e.gold}
            for tag in TAGS:
                f = {s for s in found if TAGS[s[2]] is tag}
                g = {s for s in gold if TAGS[s[2]] is tag}
                spans[tag].hit += len(f & g)
                spans[tag].found += len(f)
                spans[tag].gold += len(g)
            if not found:
                continue
            c = matched(e, found)
            r, t = net.relations(*c.inputs(e, vectors)), targets(e.marked, c)
            counts["valid"].add(r.valid, t.valid)
            for name in ("first", "links", "meetings", "together", "several"):
                gold_of = t.links if name == "first" else getattr(t, name)
                counts[name].add(getattr(r, name), gold_of)
            best = r.people.argmax(-1)
            counts["same"].add((best == 1).float(), torch.where(t.people < 0, -1, (t.people == 1).long()))
            counts["part"].add((best > 1).float(), torch.where(t.people < 0, -1, (t.people > 1).long()))
            for name in ("status", "mode", "kind"):
                told = getattr(t, name) >= 0
                right[name] += int((getattr(r, name).argmax(-1)[told] == getattr(t, name)[told]).sum())
                total[name] += int(told.sum())
            told = t.background >= 0
            right["background"] += int(((r.background > 0)[told] == (t.background > 0)[told]).sum())
            total["background"] += int(told.sum())
    every = _Count()
    for c in spans.values():
        every.hit, every.found, every.gold = every.hit + c.hit, every.found + c.found, every.gold + c.gold
    return {
        "spans": every.f1(),
        **{f"span {Tag(tag).value}": c.f1() for tag, c in spans.items()},
        **{name: c.f1() for name, c in counts.items()},
        **{name: round(right[name] / max(1, total[name]), 4) for name in total},
    }
