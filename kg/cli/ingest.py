"""`kg ingest`: read articles or records into the store."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    DONE_IN_PART,
    as_json,
    published_option,
    quiet_option,
    report_failures,
    sources_argument,
    store_option,
    workers_option,
)
from kg.cli.sources import extractor_option, inputs, mapping_option

if TYPE_CHECKING:
    from kg.pipeline import Summary

__all__ = ["ingest"]


@click.command()
@sources_argument
@store_option
@published_option
@extractor_option
@mapping_option
@workers_option
@click.option("--again", is_flag=True, help="Read also what the store holds unchanged.")
@quiet_option
@as_json
@click.pass_context
def ingest(
    ctx: click.Context,
    sources: tuple[str, ...],
    store: str,
    published: dt.date | None,
    extractor: str,
    mapping: str | None,
    workers: int,
    again: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read articles or official records and add what they say to the graph.

    PATH is a file (text, HTML, JSON lines, official records), a folder, a pattern, or - for
    standard input. What the store holds unchanged is skipped. Each bad input is named on
    standard error and the rest goes on; the exit code is then 3.

    \b
    Examples:
      kg ingest seeds/
      kg ingest --store talks --published 2023-06-19 article.txt
      cat news.jsonl | kg ingest -
    """
    from kg.decisions import open_decisions
    from kg.pipeline import Tools
    from kg.pipeline import ingest as run
    from kg.store import open_store

    told = None if quiet or as_json else _tell
    with open_store(store, write=True) as opened:
        tools = Tools(open_decisions(store))
        found = inputs(sources, published, extractor, mapping)
        summary = run(opened, found, tools, workers=workers, again=again, progress=told)
    failed = report_failures(summary.failures)
    if as_json:
        click.echo(json.dumps(_figures(summary)))
    elif not quiet:
        click.echo(_sentence(summary))
    if failed:
        ctx.exit(DONE_IN_PART if summary.read or summary.unchanged else 1)


def _figures(summary: Summary) -> dict[str, int]:
    return {
        "read": summary.read,
        "unchanged": summary.unchanged,
        "replaced": summary.replaced,
        "without_meetings": summary.silent,
        "meetings": summary.meetings,
        "visits": summary.visits,
        "failed": len(summary.failures),
    }


def _sentence(summary: Summary) -> str:
    parts = [
        f"{summary.read} articles read",
        f"{summary.meetings} mentions of meetings and {summary.visits} of visits in them",
    ]
    for count, words in (
        (summary.unchanged, "unchanged"),
        (summary.silent, "without any"),
        (len(summary.failures), "failed"),
    ):
        if count:
            parts.append(f"{count} {words}")
    return "; ".join(parts)


def _tell(summary: Summary) -> None:
    if summary.read >= 500 and summary.read % 500 < 50:
        click.echo(f"… {summary.read} read, {summary.meetings} mentions of meetings", err=True)
