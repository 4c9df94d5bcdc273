"""One temperature a head, so that the reader's probabilities mean what they say.

    python -m training.calibrate --model build/h/model.pt --corpus seeds/corpus --hold-out h --out FILE

Measured on articles that the model was not trained on; the shipped model, trained on all of them,
takes the same temperatures over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.corpus import load
from training.examples import Example, Targets, example, matched, targets
from training.network import ReaderNetwork, Related
from training.train import encode, encoder_folder, found_spans, open_tokenizer

__all__ = ["temperatures"]

BINARY = ("valid", "links", "meetings", "together", "background", "several")
CLASSES = ("people", "kind", "status", "mode")
LIFT = 1.6
"""As in `kg.extract.reader`."""


def _results(net: ReaderNetwork, examples: Sequence[Example]) -> list[tuple[Related, Targets]]:
    net.eval()
    results = []
    with torch.no_grad():
        for e in examples:
            vectors, scores = encode(net, [e], half=False)[0]
            c = matched(e, found_spans(scores, LIFT))
            if len(c.low):
                results.append((net.relations(*c.inputs(e, vectors)), targets(e.marked, c)))
    return results


def _fit(scores: Tensor, gold: Tensor, *, binary: bool) -> float:
    """The temperature of least cross-entropy, among 0.5, 0.55, … 4."""

    def loss(t: float) -> float:
        if binary:
            return functional.binary_cross_entropy_with_logits(scores / t, gold.float()).item()
        return functional.cross_entropy(scores / t, gold).item()

    return min((0.5 + 0.05 * k for k in range(71)), key=loss)


def temperatures(net: ReaderNetwork, examples: Sequence[Example]) -> dict[str, float]:
    """Temperature by head."""
    results = _results(net, examples)
    found = {}
    for name in (*BINARY, *CLASSES):
        scores, gold = [], []
        for related, target in results:
            wanted: Tensor = getattr(target, name)
            told = wanted >= 0
            scores.append(getattr(related, name)[told])
            gold.append(wanted[told])
        if sum(len(g) for g in gold):
            found[name] = round(_fit(torch.cat(scores), torch.cat(gold), binary=name in BINARY), 2)
    return found


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--hold-out", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = open_tokenizer(encoder_folder() / "tokenizer.json")
    held = [example(a, tokenizer) for a in load(args.corpus) if a.name.startswith(args.hold_out)]
    net = ReaderNetwork()
    net.load_state_dict(torch.load(args.model, weights_only=True))
    result = temperatures(net, held)
    args.out.write_text(json.dumps(result, indent=1) + "\n")
    sys.stderr.write(f"{result}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
