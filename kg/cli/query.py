"""`kg query`: SPARQL, or a named query with parameters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.options import NO_RESULTS, out_file, output_option, store_option

__all__ = ["query"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")


@click.command()
@click.argument("text", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from a file; - is standard input.")
@click.option("--name", help="Run a named query; --list shows them.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for the query.")
@click.option("--list", "list_", is_flag=True, help="List the named queries with their parameters.")
@store_option
@output_option
@click.option("--format", "fmt", type=click.Choice(FORMATS), help="Default: table on a terminal, else csv.")
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds of work at most.")
@click.option("--limit", type=click.IntRange(1), help="Rows at most.")
@click.pass_context
def query(
    ctx: click.Context,
    text: str | None,
    file: str | None,
    name: str | None,
    params: Sequence[str],
    list_: bool,
    store: str,
    output: str,
    fmt: str | None,
    timeout: float,
    limit: int | None,
) -> None:
    """Ask the graph. Prefixes dm:, rdfs:, skos:, xsd: and id: are declared already.

    Give SPARQL as TEXT or with -f, or the name of one of the queries that come with the
    program. A query only reads: updates and requests to other servers are refused.

    \b
    Examples:
      kg query 'SELECT ?who (COUNT(*) AS ?meetings) { ?m dm:participant ?who } GROUP BY ?who'
      kg query --name meetings-of-two --param a='Antony Blinken' --param b='Wang Yi'
      kg query --list
    """
    if list_:
        _list()
        return
    asked = [given for given in (text, file, name) if given]
    if len(asked) != 1:
        raise click.UsageError("Give a query as TEXT, with -f FILE, or by --name; --list shows the names.")
    from kg.store import open_store

    values = _values(params)
    chosen = fmt or ("table" if output == "-" and sys.stdout.isatty() else "csv")
    with open_store(store) as opened:
        opened.expect_queries()  # a worker opens the store while the rest of the program loads
        from kg.query import as_parameter, run, run_named, write

        if name:
            result = run_named(opened, name, params=values, timeout=timeout, limit=limit)
        else:
            sparql = text or _read(file or "-")
            bound = {key: as_parameter(value) for key, value in values.items()}
            result = run(opened, sparql, params=bound, timeout=timeout, limit=limit)
        for warning in result.warnings:
            click.echo(f"kg: {warning}", err=True)
        with out_file(output) as out:
            rows = write(result, chosen, out)
    if not rows:
        ctx.exit(NO_RESULTS)


def _values(params: Sequence[str]) -> dict[str, str]:
    values = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not (key and equals):
            raise click.BadParameter(f"{param!r}; write NAME=VALUE", param_hint="--param")
        values[key.lstrip("?$")] = value
    return values


def _read(file: str) -> str:
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")


def _list() -> None:
    from kg.vocab import named_queries

    for each in named_queries().values():
        click.echo(f"{each.name}\n    {each.question}")
        for parameter in each.parameters:
            default = "required" if parameter.default is None else f"default {parameter.default!r}"
            click.echo(
                f"    --param {parameter.name}=…  {parameter.help} ({default}; e.g. {parameter.example})"
            )
