"""`kg who` and `kg link`: what the gazetteer knows of a name, or of a table of names."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import DAY, NO_RESULTS, as_json, out_file, output_option, store_option

if TYPE_CHECKING:
    from kg.resolve.who import Candidate

__all__ = ["link", "who"]

SHOWN = 10


@click.command()
@click.argument("name")
@click.option("--on", type=DAY, help="Only who could be meant on this day, with the offices of that day.")
@click.option("--all", "everybody", is_flag=True, help="Show more than the ten likeliest.")
@store_option
@as_json
@click.pass_context
def who(
    ctx: click.Context, name: str, on: dt.date | None, everybody: bool, store: str, as_json: bool
) -> None:
    """Look a name up as an article may write it: candidates with offices, spellings, ids, and why.

    → marks the one that an article of that day would be linked to, if any is sure enough.

    \b
    Examples:
      kg who "Qin Gang" --on 2023-06-19
      kg who "Chou En-lai"
      kg who "foreign minister of Japan" --on 2019-12-01
    """
    from kg.decisions import open_decisions
    from kg.gazetteer import Gazetteer
    from kg.resolve.who import who as look_up

    hits = look_up(name, on, Gazetteer.open(), open_decisions(store))
    shown = hits if everybody else hits[:SHOWN]
    if as_json:
        click.echo(json.dumps([_plain(hit) for hit in shown], ensure_ascii=False))
    else:
        for hit in shown:
            click.echo(_told(hit))
        if len(hits) > len(shown):
            click.echo(f"… and {len(hits) - len(shown)} more; --all shows them")
    if not hits:
        click.echo(f"kg: nobody called {name!r} is known" + (f" on {on}" if on else ""), err=True)
        ctx.exit(NO_RESULTS)


@click.command()
@click.option("--csv", "table", required=True, metavar="FILE", help="Table with a column `name`; - is stdin.")
@store_option
@output_option
def link(table: str, store: str, output: str) -> None:
    """Add ids to a table of names: a CSV file with columns name and, if any, date and role.

    A row gets an id only where one person is good and clear enough on that day.

    \b
    Examples:
      kg link --csv names.csv -o linked.csv
    """
    from kg.decisions import open_decisions
    from kg.gazetteer import Gazetteer
    from kg.resolve.who import link_table

    text = io.StringIO(newline="")
    source = sys.stdin if table == "-" else Path(table).open(encoding="utf-8-sig", newline="")  # noqa: SIM115
    with source:
        rows, linked = link_table(source, text, Gazetteer.open(), open_decisions(store))
    with out_file(output) as out:
        out.write(text.getvalue().encode())
    click.echo(f"{linked} of {rows} rows linked", err=True)


def _told(hit: Candidate) -> str:
    mark = "→" if hit.linked else " "
    lines = [f"{mark} {hit.label}  {hit.id}  {hit.wikidata or 'no Wikidata id'}  {hit.score:.2f}"]
    lines += [
        f"    {office.title}, {office.country}: {office.start or '?'} – {office.end or ''}"
        for office in hit.offices
    ]
    if hit.aliases:
        lines.append(f"    also: {'; '.join(hit.aliases)}")
    lines.append(f"    why: {'; '.join(hit.reasons)}")
    return "\n".join(lines)


def _plain(hit: Candidate) -> dict[str, Any]:
    return {
        "id": hit.id,
        "label": hit.label,
        "wikidata": hit.wikidata,
        "score": round(hit.score, 4),
        "linked": hit.linked,
        "reasons": list(hit.reasons),
        "aliases": list(hit.aliases),
        "offices": [
            {
                "title": office.title,
                "party": office.country,
                "start": str(office.start) if office.start else None,
                "end": str(office.end) if office.end else None,
            }
            for office in hit.offices
        ],
    }
