"""MinHash of a text's word shingles: tells reprints of one text from other texts on one event.

Own multiply-shift hashing with fixed multipliers rather than a library's random
generator: the numbers lie in the store and must be the same in every process and release.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.model import Article, BlockKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["SIGNATURE_LENGTH", "signature", "similarity"]

SIGNATURE_LENGTH = 128
"""Hash functions; the standard error of `similarity` is at most 0.045."""

_SHINGLE = 4
"""Words a shingle: long enough that two reports of one event share few."""

_WORD = re.compile(r"\w+")


def _hash64(data: str) -> int:
    return int.from_bytes(blake2b(data.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=1)
def _multipliers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The factors (odd) and addends of the hash functions, derived from their numbers."""
    import numpy as np

    factors = [_hash64(f"dipmeet factor {i}") | 1 for i in range(SIGNATURE_LENGTH)]
    addends = [_hash64(f"dipmeet addend {i}") for i in range(SIGNATURE_LENGTH)]
    return np.array(factors, dtype=np.uint64), np.array(addends, dtype=np.uint64)


def _running_text(article: Article) -> str:
    """The body without what a site puts around it; the whole text where no body is marked."""
    body = [article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.BODY]
    return "\n".join(body) or article.text


def signature(article: Article) -> tuple[int, ...]:
    """`SIGNATURE_LENGTH` numbers below 2**32; empty for a text without words."""
    import numpy as np

    words = _WORD.findall(_running_text(article).casefold())
    if not words:
        return ()
    last = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(last)}
    hashes = np.fromiter((_hash64(s) for s in shingles), dtype=np.uint64, count=len(shingles))
    factors, addends = _multipliers()
    # uint64 arithmetic wraps on purpose; the high half of the product is the well-mixed one
    mixed = (hashes[:, None] * factors[None, :] + addends[None, :]) >> np.uint64(32)
    return tuple(int(value) for value in mixed.min(axis=0))


def similarity(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimated share of shingles in common, 0–1; 0 when either signature is missing.

    >>> similarity((1, 2, 3, 4), (1, 2, 3, 5))
    0.75
    """
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
