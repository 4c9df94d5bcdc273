"""`kg timeline`, `kg map`, `kg report`: pictures beside the network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import out_file, store_option

if TYPE_CHECKING:
    from kg.draw.charts import Chart
    from kg.view import GraphView

__all__ = ["map", "report", "timeline", "world_map"]

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("html", "png", "svg")
format_option = click.option(
    "--format", "fmt", type=click.Choice(FORMATS), help="By default what the file's ending says, or html."
)
title_option = click.option("--title", help="Heading of the chart.")
person_option = click.option("--person", "persons", multiple=True, help="Only meetings of this person.")
country_option = click.option("--country", "countries", multiple=True, help="Only meetings of this country.")


def output_to(default: str) -> Callable[[F], F]:
    """The option that names the file, with its default."""
    return click.option(
        "-o", "--output", default=default, show_default=True, metavar="FILE", help="The file; - is stdout."
    )


@click.command()
@store_option
@output_to("timeline.html")
@format_option
@click.option(
    "--by",
    type=click.Choice(("person", "country")),
    default="person",
    show_default=True,
    help="A row for each.",
)
@person_option
@country_option
@title_option
def timeline(
    store: str,
    output: str,
    fmt: str | None,
    by: str,
    persons: tuple[str, ...],
    countries: tuple[str, ...],
    title: str | None,
) -> None:
    """Draw meetings over time: strokes as high as the meeting was long, bars for vague dates.

    \b
    Examples:
      kg timeline -o timeline.html
      kg timeline --by country --country CN -o china.svg
    """
    from kg.draw.timeline import timeline as draw_timeline

    _write(draw_timeline(_view(store, persons, countries), by=by, title=title), output, fmt)


@click.command("map")
@store_option
@output_to("map.html")
@format_option
@person_option
@country_option
@title_option
def world_map(
    store: str,
    output: str,
    fmt: str | None,
    persons: tuple[str, ...],
    countries: tuple[str, ...],
    title: str | None,
) -> None:
    """Draw where they met on a world map, with arcs for trips.

    \b
    Examples:
      kg map -o map.html
      kg map --person "Antony Blinken" -o blinken.png
    """
    from kg.draw.worldmap import world_map as draw_map

    _write(draw_map(_view(store, persons, countries), title=title or "Where they met"), output, fmt)


map = world_map  # noqa: A001  (commands are looked up by their names)


@click.command()
@store_option
@click.argument("name")
@output_to("report.html")
def report(store: str, name: str, output: str) -> None:
    """Tell all about a person or country on one page: who, when, where, how long, with the evidence.

    \b
    Examples:
      kg report "Wang Yi" -o wang-yi.html
      kg report CN -o china.html
    """
    from kg.draw.report import report as write_report

    page = write_report(_view(store, (), ()), name)
    with out_file(output) as out:
        out.write(page.encode())


def _view(store: str, persons: tuple[str, ...], countries: tuple[str, ...]) -> GraphView:
    from kg.store import open_store
    from kg.view import ViewFilter, filtered, read_store

    with open_store(store) as opened:
        view = read_store(opened)
    return filtered(view, ViewFilter(persons=persons, countries=countries))


def _write(chart: Chart, output: str, fmt: str | None) -> None:
    ending = PurePath(output).suffix.lstrip(".").lower()
    content = chart.render(fmt or (ending if ending in FORMATS else "html"))
    with out_file(output) as out:
        out.write(content)
