"""`kg export`: the graph in other people's formats."""

from __future__ import annotations

from pathlib import Path

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
@click.option(
    "--shards", type=int, metavar="N", help="Write N pieces of N-Quads into the folder given by -o."
)
@click.option("--gzip", "compress", is_flag=True, help="Compress the pieces of --shards.")
def export(
    store: str,
    output: str,
    fmt: str | None,
    align: bool,
    facts_only: bool,
    shards: int | None,
    compress: bool,
) -> None:
    """Write the graph. The same graph always gives the same bytes.

    \b
    RDF: turtle, ntriples, nquads, trig, rdfxml, jsonld.
    Other tools: gexf, graphml, csv, csv-nodes, geojson, ical, timelinejs, ftm.
    Bulk loaders of large stores: --shards (statements in no particular order).

    \b
    Examples:
      kg export -o meetings.ttl
      kg export --align --format jsonld -o meetings.jsonld
      kg export --facts-only | head
      kg export --shards 8 --gzip -o pieces/
    """
    if shards is not None:
        if output == "-" or fmt not in (None, "nquads") or align or facts_only:
            raise click.UsageError("--shards writes N-Quads of everything into a folder: give -o FOLDER only")
        _write_shards(store, Path(output), shards, compress=compress)
        return
    if compress:
        raise click.UsageError("--gzip goes with --shards")
    from kg.export import export as write
    from kg.export import format_for
    from kg.store import open_store

    chosen = format_for(fmt, None if output == "-" else output)
    with open_store(store) as opened, out_file(output) as out:
        write(opened, chosen.name, out, align=align, facts_only=facts_only)


def _write_shards(store: str, folder: Path, shards: int, *, compress: bool) -> None:
    from kg.export import export_shards
    from kg.store import open_store

    with open_store(store) as opened:
        export_shards(opened.quads(), folder, shards, compress=compress)
