"""From what the user names on the command line to what the pipeline takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.pipeline import Input

__all__ = ["EXTRACTORS", "extractor_option", "inputs", "mapping_option"]

EXTRACTORS = ("auto", "news", "frus", "travels", "visits", "table")

extractor_option = click.option(
    "--extractor",
    type=click.Choice(EXTRACTORS),
    default="auto",
    show_default=True,
    help="What the files are: news, memoranda of conversation (frus), travel or visit lists, or a table.",
)
mapping_option = click.option(
    "--mapping", metavar="YAML", help="Which column of a table holds what; see docs/tables.md."
)


def inputs(
    sources: Iterable[str], published: dt.date | None, extractor: str, mapping: str | None = None
) -> Iterator[Input]:
    """Articles, official records and failures, in the order of the sources."""
    from kg.read import read

    if extractor == "news":
        yield from read(sources, published=published)
        return
    from kg.official import read_official

    yield from read_official(sources, extractor=extractor, published=published, mapping=mapping)
