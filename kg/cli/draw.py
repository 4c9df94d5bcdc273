"""`kg draw`: the network as one HTML file."""

from __future__ import annotations

import datetime as dt

import click

from kg.cli.options import DAY, out_file, store_option

__all__ = ["draw"]

STATUSES = ("held", "ongoing", "planned", "possible", "cancelled", "postponed", "denied")
VIEWS = ("people", "countries", "full", "table")


@click.command()
@store_option
@click.option(
    "-o", "--output", default="network.html", show_default=True, metavar="FILE", help="The page; - is stdout."
)
@click.option(
    "--view", type=click.Choice(VIEWS), default="people", show_default=True, help="The view it opens with."
)
@click.option("--person", "persons", multiple=True, help="Only meetings of this person (and --hops around).")
@click.option("--country", "countries", multiple=True, help="Only meetings of this country: name or code.")
@click.option("--topic", "topics", multiple=True, help="Only meetings on this topic.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only this status.")
@click.option("--from", "start", type=DAY, help="Only meetings from this day on.")
@click.option("--to", "end", type=DAY, help="Only meetings up to this day.")
@click.option("--hops", type=click.IntRange(1, 6), default=1, show_default=True, help="Steps from --person.")
@click.option("--title", default="Who met whom", show_default=True, help="Heading of the page.")
def draw(
    store: str,
    output: str,
    view: str,
    persons: tuple[str, ...],
    countries: tuple[str, ...],
    topics: tuple[str, ...],
    statuses: tuple[str, ...],
    start: dt.date | None,
    end: dt.date | None,
    hops: int,
    title: str,
) -> None:
    """Draw who met whom as one HTML file that works offline.

    Hover over an edge for the facts, click it for the sentences that they rest on.

    \b
    Examples:
      kg draw -o network.html
      kg draw --person "Antony Blinken" --hops 2 --from 2023-01-01 -o blinken.html
      kg draw --view countries --status held -o countries.html
    """
    from kg.draw import draw as render
    from kg.model import Status
    from kg.store import open_store
    from kg.view import ViewFilter, read_store

    wanted = ViewFilter(
        persons=persons,
        countries=countries,
        topics=topics,
        statuses=tuple(Status(status) for status in statuses),
        start=start,
        end=end,
        hops=hops,
    )
    with open_store(store) as opened:
        page = render(read_store(opened), title=title, start=view, wanted=wanted)
    with out_file(output) as out:
        out.write(page.encode())
