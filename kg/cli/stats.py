"""`kg stats`: what is in the graph."""

from __future__ import annotations

import json

import click

from kg.cli.options import as_json, store_option

__all__ = ["stats"]


@click.command()
@store_option
@as_json
def stats(store: str, as_json: bool) -> None:
    """Tell how many articles, meetings, persons … the graph holds.

    \b
    Examples:
      kg stats
      kg stats --json --store talks
    """
    from kg.store import open_store
    from kg.vocab import NS

    with open_store(store) as opened:
        found = opened.stats()
    classes = {iri.removeprefix(NS): count for iri, count in found.classes.items() if iri.startswith(NS)}
    if as_json:
        figures = {"quads": found.quads, "articles": found.articles, "facts": found.facts, "classes": classes}
        click.echo(json.dumps(figures))
        return
    rows = {"articles": found.articles, "quads": found.quads, "quads that are facts": found.facts} | classes
    for name, count in rows.items():
        click.echo(f"{count:>10,}  {name}")
