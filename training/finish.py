"""Make an exported model ready to be shipped, in one go: calibrate, fit the weights of assembly, measure.

    python -m training.finish --model build/h/reader_model --held h

`--held` names the articles that the model was not trained on, by the beginnings of their names ("h,k").
Writes the temperatures into the model's `meta.json` and the weights into its `assembly.json`, then prints the
scores on the articles held out (each scored with weights fitted on others) and, with `--test DIR`, on a
folder of texts and gold records that nothing is fitted to. Copy the folder to kg/extract/reader_model.

A model that is trained on everything has nothing left to fit on: `--like DIR` copies temperatures and weights
from the finished folder of a model trained in the same way with some articles held out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.evaluate import FIELDS, Evaluation, evaluate, load_gold
from kg.extract import extract, membership, reality
from kg.extract.jsonl import to_json
from kg.extract.reader import Reader
from kg.extract.settings import Settings, Weights
from kg.model import Article
from kg.read import read
from training.calibrate import calibrate
from training.corpus import held_out, load
from training.fit_assembly import fitted, folds, member_examples
from training.readings import Read, readings

__all__ = ["finish", "score_held", "score_test"]


def finish(model: Path, corpus: Path, held: str, cache: Path) -> Evaluation:
    """Calibrate and fit the model in the folder `model`; cross-validated scores on the articles held out."""
    articles = held_out(load(corpus), held)
    sys.stderr.write(f"temperatures {calibrate(model, articles)}\n")
    told = readings(model, articles, cache)
    weights, fits = fitted(told)
    named = {
        "membership": dict(zip(("intercept", *membership.FEATURES), weights.membership, strict=True)),
        "reality": dict(zip(("intercept", *reality.FEATURES), weights.reality, strict=True)),
    }
    (model / "assembly.json").write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")
    for name, fit in fits.items():
        sys.stderr.write(
            f"{name}: {fit.examples} examples, penalty {fit.penalty:g}, log loss on articles left out "
            f"{fit.loss:.3f} (a constant has {fit.base:.3f})\n"
        )
    return score_held(told)


def score_held(told: Sequence[Read]) -> Evaluation:
    """Scores of articles held out, each assembled with weights that were fitted without it."""
    said: list[dict[str, Any]] = []
    members = member_examples(told)
    for rest, out in folds(told):
        settings = Settings(weights=fitted(rest, members)[0])
        said += [to_json(extract(r.article, r, settings)) for r in out]
    return evaluate([json.loads(json.dumps(r.marked.record(), default=str)) for r in told], said)


def score_test(model: Path, folder: Path) -> Evaluation:
    """Scores of a finished model on a folder of NAME.txt and NAME.json."""
    reader, settings = Reader.load(model), Settings(weights=Weights.load(model / "assembly.json"))
    articles = [a for a in read([str(p) for p in sorted(folder.glob("*.txt"))]) if isinstance(a, Article)]
    return evaluate(load_gold(folder), [to_json(extract(a, reader, settings)) for a in articles])


def table(columns: Iterable[tuple[str, Evaluation]]) -> str:
    """The scores side by side."""
    named = list(columns)
    lines = [f"{'':14}" + "".join(f"{name:>24}" for name, _ in named)]
    for field in FIELDS:
        scores = [result.scores[field] for _, result in named]
        lines.append(
            f"{field:14}" + "".join(f"   P {s.precision:.2f} R {s.recall:.2f} F {s.f1:.3f}" for s in scores)
        )
    lines.append(f"{'overall':14}" + "".join(f"{result.overall:24.3f}" for _, result in named))
    lines.append(f"{'whole records':14}" + "".join(f"{result.record:24.3f}" for _, result in named))
    clean = [f"{result.negatives_clean}/{result.negatives}" for _, result in named]
    lines.append(f"{'negatives':14}" + "".join(f"{c:>24}" for c in clean))
    return "\n".join(lines)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="folder of an exported model; written to")
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    parser.add_argument("--held", help='beginnings of the names of articles held out, as in "h,k"')
    parser.add_argument("--like", type=Path, help="take temperatures and weights over from this model")
    parser.add_argument("--test", type=Path, help="folder of texts and gold records, only measured")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"))
    args = parser.parse_args()
    if bool(args.held) == bool(args.like):
        parser.error("give either --held or --like")
    columns: list[tuple[str, Evaluation]] = []
    if args.held:
        columns.append((f"held out {args.held}", finish(args.model, args.corpus, args.held, args.cache)))
    else:
        shutil.copy(args.like / "assembly.json", args.model / "assembly.json")
        theirs = json.loads((args.like / "meta.json").read_text(encoding="utf-8"))["temperatures"]
        meta = json.loads((args.model / "meta.json").read_text(encoding="utf-8"))
        text = json.dumps(meta | {"temperatures": theirs}, indent=1) + "\n"
        (args.model / "meta.json").write_text(text, encoding="utf-8")
    if args.test:
        columns.append((args.test.name, score_test(args.model, args.test)))
    sys.stdout.write(table(columns) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
