"""MinHash signatures: the same in every process, alike for alike texts."""

from __future__ import annotations

import random
import subprocess
import sys

from kg.model import Article, Block, BlockKind
from kg.triples import SIGNATURE_LENGTH, signature, similarity
from tests.triples.sample import article


def text_of(words: list[str]) -> Article:
    return Article(id="a", text=" ".join(words), sha256="", source="a.txt")


def test_a_signature_never_changes() -> None:
    """Stored signatures are compared with new ones: a release must not change the numbers."""
    known = signature(article())
    assert len(known) == SIGNATURE_LENGTH
    assert known[:3] == (38889468, 120685438, 9431719)
    imports = "from kg.triples import signature; from tests.triples.sample import article"
    code = f"{imports}; print(signature(article()))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(known)


def test_likeness_is_about_the_share_of_common_shingles() -> None:
    chance = random.Random(7)  # noqa: S311 (words of a made-up text)
    vocabulary = [f"w{i}" for i in range(5000)]
    base = [chance.choice(vocabulary) for _ in range(600)]
    same = signature(text_of(base))
    for keep in (1.0, 0.9, 0.5, 0.1):
        cut = int(len(base) * keep)
        other = base[:cut] + [chance.choice(vocabulary) for _ in range(len(base) - cut)]
        exact = cut / (2 * len(base) - cut)
        assert abs(similarity(same, signature(text_of(other))) - exact) < 0.14


def test_what_a_site_puts_around_the_body_does_not_count() -> None:
    body = "The two ministers met in Bern on Monday and spoke about fishing rights for three hours."
    around = "Subscribe now! "
    plain = Article(id="a", text=body, sha256="", source="a")
    block = Block(BlockKind.BODY, len(around), len(around) + len(body))
    framed = Article(id="b", text=around + body + " Read more.", sha256="", source="b", blocks=(block,))
    assert signature(plain) == signature(framed)


def test_texts_without_words_are_like_nothing() -> None:
    empty = Article(id="a", text="… – !", sha256="", source="a")
    assert signature(empty) == ()
    assert similarity((), ()) == 0.0
    assert similarity((), signature(article())) == 0.0
    assert len(signature(Article(id="a", text="Talks.", sha256="", source="a"))) == SIGNATURE_LENGTH
