"""The words of a phrase that carry its meaning: what two wordings are compared by."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["content", "words"]

_STOP = frozenset(
    "a an the of on in at to for and or with by from over about into between its their his her our".split()  # noqa: SIM905
)


def words(text: str) -> list[str]:
    """Words in lower case, without accents and possessive endings.

    >>> words("Côte d'Ivoire's new premier")
    ['cote', 'd', 'ivoire', 'new', 'premier']
    """
    flat = unicodedata.normalize("NFKD", text)
    flat = "".join(c for c in flat if not unicodedata.combining(c)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"[’'`]s\b", "", flat))


def content(text: str) -> frozenset[str]:
    """Content words of a phrase, without plural s.

    >>> sorted(content("the wars in Ukraine"))
    ['ukraine', 'war']
    """
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words(text) if w not in _STOP)
