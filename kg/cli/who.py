"""`kg who`: what the gazetteer knows of a name."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import rich_click as click

from kg.cli.options import DAY, NO_RESULTS, as_json

if TYPE_CHECKING:
    from kg.gazetteer import PersonHit

__all__ = ["who"]


@click.command()
@click.argument("name")
@click.option("--on", type=DAY, help="Only who could be meant on this day, with the offices of that day.")
@click.option("--all", "everybody", is_flag=True, help="Show more than the ten likeliest.")
@as_json
@click.pass_context
def who(ctx: click.Context, name: str, on: dt.date | None, everybody: bool, as_json: bool) -> None:
    """Look a person up: offices, spellings, ids, and why each fits.

    \b
    Examples:
      kg who "Qin Gang" --on 2023-06-19
      kg who "Chou En-lai"
      kg who Lavrov --on 1955-07-18
    """
    from kg.gazetteer import Gazetteer

    hits = Gazetteer.open().persons(name, on)
    shown = hits if everybody else hits[:10]
    if as_json:
        click.echo(json.dumps([_plain(hit, on) for hit in shown], ensure_ascii=False))
    else:
        for hit in shown:
            click.echo(_told(hit, on))
        if len(hits) > len(shown):
            click.echo(f"… and {len(hits) - len(shown)} more; --all shows them")
    if not hits:
        click.echo(f"kg: nobody called {name!r} is known", err=True)
        ctx.exit(NO_RESULTS)


def _told(hit: PersonHit, on: dt.date | None) -> str:
    life = f" ({hit.birth or ''}–{hit.death or ''})" if hit.birth or hit.death else ""
    lines = [f"{hit.label}{life}  person/{hit.id}  {hit.wikidata or 'no Wikidata id'}  [by {hit.how}]"]
    for office in hit.offices:
        now = "→" if on and office.on(on) else " "
        lines.append(f" {now} {office.title}, {office.country}: {office.start or '?'} – {office.end or ''}")
    if hit.aliases:
        lines.append(f"   also: {'; '.join(hit.aliases)}")
    return "\n".join(lines)


def _plain(hit: PersonHit, on: dt.date | None) -> dict[str, Any]:
    return {
        "id": f"person/{hit.id}",
        "label": hit.label,
        "wikidata": hit.wikidata,
        "how": hit.how,
        "born": hit.birth,
        "died": hit.death,
        "aliases": list(hit.aliases),
        "offices": [
            {
                "title": office.title,
                "party": office.country,
                "start": str(office.start) if office.start else None,
                "end": str(office.end) if office.end else None,
                "on_that_day": office.on(on) if on else None,
            }
            for office in hit.offices
        ],
    }
