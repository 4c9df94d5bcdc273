"""Cross-validation by article: for each fold train on the rest, read the fold, score the records.

    python -m training.crossval --corpus seeds/corpus --out build/crossval --folds 5

Writes gold/NAME.json, fold-K/ (model, exported model), readings.jsonl and predicted.jsonl, then prints
the scores over all folds. A fold that is there already is not trained again. Each fold takes as
long as a training run (about 35 minutes on one core).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from kg.evaluate import evaluate, load_gold, load_predicted
from kg.extract import extract
from kg.extract.jsonl import to_json
from kg.extract.reader import Reader
from kg.model import Reading
from training.calibrate import calibrate
from training.corpus import MarkedArticle, load, write_gold
from training.export import export
from training.train import Settings, train

__all__ = ["folds", "run"]


def folds(articles: Sequence[MarkedArticle], count: int) -> Iterator[list[MarkedArticle]]:
    """Every `count`-th article, so that each fold has all registers (names are grouped by register)."""
    for k in range(count):
        yield list(articles[k::count])


def run(
    articles: Sequence[MarkedArticle], held: Sequence[MarkedArticle], s: Settings, folder: Path
) -> Reader:
    """The reader trained on `articles` without `held`, calibrated on `held`; made in `folder`."""
    exported = folder / "reader_model"
    if not (exported / "meta.json").exists():
        names = {a.name for a in held}
        train([a for a in articles if a.name not in names], held, s, folder)
        export(folder / "model.pt", exported)
        calibrate(exported, held)
    return Reader.load(exported)


def reading_json(name: str, reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON: spans and the three kinds of pairs."""
    return {
        "article": name,
        "spans": [[s.start, s.end, s.tag.value, s.score] for s in reading.spans],
        "links": [[*pair, p] for pair, p in reading.links.items()],
        "same_meeting": [[*pair, p] for pair, p in reading.same_meeting.items()],
        "same_participant": [[*pair, p] for pair, p in reading.same_participant.items()],
        "status": {t: {s.value: p for s, p in d.items()} for t, d in reading.status.items()},
    }


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Settings()
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, help="this fold alone, counted from 0")
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    args = parser.parse_args()
    torch.set_num_threads(1)
    articles = load(args.corpus)
    settings = Settings(epochs=args.epochs)
    args.out.mkdir(parents=True, exist_ok=True)
    scored: list[MarkedArticle] = []
    with (
        (args.out / "predicted.jsonl").open("w") as records,
        (args.out / "readings.jsonl").open("w") as readings,
    ):
        for k, held in enumerate(folds(articles, args.folds)):
            if args.only not in (None, k):
                continue
            reader = run(articles, held, settings, args.out / f"fold-{k}")
            for marked in held:
                article = marked.article()
                readings.write(json.dumps(reading_json(marked.name, reader.read(article))) + "\n")
                records.write(json.dumps(to_json(extract(article, reader)), ensure_ascii=False) + "\n")
            scored += held
    list(write_gold(scored, args.out / "gold"))
    result = evaluate(load_gold(args.out / "gold"), load_predicted(args.out / "predicted.jsonl"))
    sys.stdout.write(json.dumps(result.to_json(), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
