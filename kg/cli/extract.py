"""`kg extract`: what articles say, as JSON lines; nothing is stored."""

from __future__ import annotations

import datetime as dt
import json

import click

from kg.cli.options import (
    DONE_IN_PART,
    out_file,
    output_option,
    published_option,
    report_failures,
    sources_argument,
    workers_option,
)
from kg.cli.sources import extractor_option, inputs, mapping_option

__all__ = ["extract"]


@click.command()
@sources_argument
@output_option
@published_option
@extractor_option
@mapping_option
@workers_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out meetings and values that are less sure than this.",
)
@click.pass_context
def extract(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: str,
    published: dt.date | None,
    extractor: str,
    mapping: str | None,
    workers: int,
    min_confidence: float,
) -> None:
    """Print what each article says of meetings and visits, one JSON object a line.

    Fields are those of the record schema; every value comes with the words that it rests on,
    their offsets, and a confidence. Participants carry the ids that the gazetteer is sure of.

    \b
    Examples:
      kg extract article.txt --published 2023-06-19
      kg extract news/*.html -o records.jsonl --min-confidence 0.8
    """
    from kg.extract.jsonl import to_json
    from kg.extract.sure import at_least
    from kg.model import Failure
    from kg.pipeline import Tools, read_all

    failures = []
    done = 0
    with out_file(output) as out:
        for result in read_all(inputs(sources, published, extractor, mapping), Tools(), workers=workers):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            resolved = at_least(result.resolved, min_confidence)
            line = json.dumps(to_json(resolved), ensure_ascii=False)
            out.write(f"{line}\n".encode())
            done += 1
    if report_failures(failures):
        ctx.exit(DONE_IN_PART if done else 1)
