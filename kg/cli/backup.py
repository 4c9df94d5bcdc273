"""`kg backup` and `kg restore`: copies of a store folder that stand on their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from kg.cli.options import store_option

__all__ = ["backup", "restore"]


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def backup(target: Path, store: str) -> None:
    """Copy the store to TARGET, a new folder, also while somebody ingests.

    The copy is a store itself, with the decisions on identity: --store TARGET reads it, kg restore
    puts it back.

    \b
    Examples:
      kg backup kg-store.monday
      kg backup --store talks /mnt/backups/talks
    """
    from kg.store import backup as copy

    click.echo(str(copy(_folder(store), target)))
    _decisions(_folder(store), target)


@click.command()
@click.argument("saved", type=click.Path(path_type=Path))
@store_option
def restore(saved: Path, store: str) -> None:
    """Make a store out of the backup SAVED. Nothing is overwritten: the store's place must be free.

    \b
    Examples:
      kg restore kg-store.monday --store kg-store
    """
    from kg.store import restore as copy

    click.echo(str(copy(saved, _folder(store))))
    _decisions(saved, _folder(store))


def _folder(store: str) -> Path:
    if store.startswith(("http://", "https://")):
        raise click.UsageError("A server's store is saved by the server; this copies folders.")
    return Path(store)


def _decisions(source: Path, target: Path) -> None:
    """The file of people's decisions lies beside the database, and goes with it."""
    from kg.resolve.decisions import FILE_NAME

    if (source / FILE_NAME).is_file():
        shutil.copy2(source / FILE_NAME, target / FILE_NAME)
