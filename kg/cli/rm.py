"""`kg rm`: take articles out of the graph again."""

from __future__ import annotations

import fnmatch

import click

from kg.cli.options import NO_RESULTS, quiet_option, store_option

__all__ = ["rm"]


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@store_option
@quiet_option
@click.pass_context
def rm(ctx: click.Context, articles: tuple[str, ...], store: str, quiet: bool) -> None:
    """Take articles out, with every fact that rests on them alone.

    ARTICLE is the path or URL that it was read from, the article's IRI or its last step;
    * and ? stand for any letters.

    \b
    Examples:
      kg rm seeds/articles/2023-06-19-beijing-blinken.html
      kg rm 'https://harbourcourier.example/*'
    """
    from kg.pipeline import remove
    from kg.store import open_store

    with open_store(store, write=True) as opened:
        held = [(a.graph, (a.source or "", a.iri, a.iri.rpartition("/")[2])) for a in opened.articles()]
        chosen = set()
        for wanted in articles:
            hits = {graph for graph, names in held if any(fnmatch.fnmatchcase(n, wanted) for n in names)}
            if not hits:
                click.echo(f"kg: {wanted}: no such article in the store; kg stats counts them", err=True)
            chosen |= hits
        remove(opened, chosen)
    if not quiet:
        click.echo(f"{len(chosen)} articles taken out")
    if not chosen:
        ctx.exit(NO_RESULTS)
