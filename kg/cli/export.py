"""`kg export`: the graph in other people's formats."""

from __future__ import annotations

import click

from kg.cli.options import out_file, output_option, store_option

__all__ = ["export"]


@click.command()
@store_option
@output_option
@click.option(
    "--format", "fmt", metavar="NAME", help="See below; by default what the file's ending says, or turtle."
)
@click.option("--align", is_flag=True, help="Add the same facts in the terms of other vocabularies.")
@click.option("--facts-only", is_flag=True, help="Leave out the claims that the facts rest on.")
def export(store: str, output: str, fmt: str | None, align: bool, facts_only: bool) -> None:
    """Write the graph. The same graph always gives the same bytes.

    \b
    RDF: turtle, ntriples, nquads, trig, rdfxml, jsonld.
    Other tools: gexf, graphml, csv, csv-nodes, geojson, ical, timelinejs.

    \b
    Examples:
      kg export -o meetings.ttl
      kg export --align --format jsonld -o meetings.jsonld
      kg export --facts-only | head
    """
    from kg.export import export as write
    from kg.export import format_for
    from kg.store import open_store

    chosen = format_for(fmt, None if output == "-" else output)
    with open_store(store) as opened, out_file(output) as out:
        write(opened, chosen.name, out, align=align, facts_only=facts_only)
