"""`kg merge` and `kg split`: decisions on identity that survive every re-ingest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import quiet_option, store_option

if TYPE_CHECKING:
    from kg.resolve import Decisions

__all__ = ["merge", "split"]

_by = click.option("--by", default="", metavar="NAME", help="Who decides; kept in the file.")
_why = click.option("--why", default="", metavar="TEXT", help="The reason; kept in the file.")


@click.command()
@click.argument("duplicate")
@click.argument("kept")
@store_option
@_by
@_why
@quiet_option
def merge(duplicate: str, kept: str, store: str, by: str, why: str, quiet: bool) -> None:
    """Decide that the person DUPLICATE is the person KEPT, and put it into force.

    Both are ids as `kg who` and the graph show them. The decision is a line of `decisions.tsv`
    in the store's folder; kg split takes it back.

    \b
    Examples:
      kg merge person/a-karti--sd person/ali-ahmed-karti --why "same ministry, same week"
    """
    from kg.decisions import decisions_folder
    from kg.resolve import merge as decide

    folder = decisions_folder(store)
    _in_force(store, decide(folder, _id(duplicate), _id(kept), by=by, why=why), (duplicate, kept), quiet)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--name", default="", help="With an article as OTHER: only what is called so there.")
@store_option
@_by
@_why
@quiet_option
def split(one: str, other: str, name: str, store: str, by: str, why: str, quiet: bool) -> None:
    """Take a merge back, or decide that in an article somebody is not the person ONE.

    \b
    Examples:
      kg split person/a-karti--sd person/ali-ahmed-karti
      kg split person/wang-yi article/provincial-news-1a2b3c4d --name Wang
    """
    from kg.decisions import decisions_folder
    from kg.resolve import split as decide

    folder = decisions_folder(store)
    decided = decide(folder, _id(one), _id(other), name=name, by=by, why=why)
    _in_force(store, decided, (one, other), quiet)


def _id(text: str) -> str:
    """An id, also from a whole IRI."""
    from kg.vocab import DATA

    return text.removeprefix(DATA)


def _in_force(store: str, decisions: Decisions, entities: tuple[str, ...], quiet: bool) -> None:
    from kg.decisions import enforce
    from kg.pipeline import Tools
    from kg.store import open_store

    with open_store(store, write=True) as opened:
        outcome = enforce(opened, Tools(decisions), [_id(entity) for entity in entities])
    for source in outcome.to_ingest:
        click.echo(f"kg: {source}: read this again with kg ingest --again", err=True)
    if not quiet:
        click.echo(f"decided; {outcome.read_again} articles read again")
