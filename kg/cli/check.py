"""`kg check`: the graph against its shapes, and the store against itself."""

from __future__ import annotations

import click

from kg.cli.options import quiet_option, store_option

__all__ = ["check"]


@click.command()
@store_option
@click.option("--deep", is_flag=True, help="Also fuse everything anew and compare the facts.")
@quiet_option
@click.pass_context
def check(ctx: click.Context, store: str, deep: bool, quiet: bool) -> None:
    """Check the graph against the ontology's shapes; name every fault.

    Also that each quote stands where its offsets say in the stored text, that every fact rests
    on a claim, and with --deep that the facts are what fusing all claims anew would give.

    \b
    Examples:
      kg check
      kg check --deep --store talks
    """
    from kg.check import faults
    from kg.store import open_store

    with open_store(store) as opened:
        found = 0
        for fault in faults(opened, deep=deep):
            click.echo(str(fault))
            found += 1
    if found:
        ctx.exit(1)
    if not quiet:
        click.echo("no faults")
