"""What a model reads in marked articles, kept in a file so that it is read once."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.reader import Reader
from kg.model import Article, Reading
from training.corpus import MarkedArticle

__all__ = ["Read", "readings"]


@dataclass(frozen=True, slots=True)
class Read:
    """A marked article and what a model reads in it; stands for the reader where the article is extracted."""

    marked: MarkedArticle
    article: Article
    reading: Reading

    def read(self, article: Article) -> Reading:  # noqa: ARG002 (a reader is given the article)
        """What was read already."""
        return self.reading


def readings(model: Path, articles: Sequence[MarkedArticle], cache: Path) -> list[Read]:
    """What the model in the folder `model` reads; taken from the folder `cache` where it lies there."""
    digest = hashlib.sha256()
    for path in sorted(model.iterdir()):
        if path.name != "assembly.json":
            digest.update(path.read_bytes())
    for one in articles:
        digest.update(one.text.encode())
    kept = cache / f"{digest.hexdigest()[:16]}.pickle"
    if kept.exists():
        read: list[Reading] = pickle.loads(kept.read_bytes())  # noqa: S301 (written below)
    else:
        reader = Reader.load(model)
        read = [reader.read(m.article()) for m in articles]
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(read))
    return [Read(m, m.article(), r) for m, r in zip(articles, read, strict=True)]
