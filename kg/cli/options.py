"""Options that several commands share, and the few ways in which they talk."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Failure

__all__ = [
    "DAY",
    "DONE_IN_PART",
    "NO_RESULTS",
    "as_json",
    "out_file",
    "output_option",
    "published_option",
    "quiet_option",
    "report_failures",
    "sources_argument",
    "store_option",
    "workers_option",
]

DONE_IN_PART = 3
NO_RESULTS = 4

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[dt.date]):
    """A calendar day, `YYYY-MM-DD`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a usage error that says what is expected."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD", param, ctx)


DAY = Day()

store_option = click.option(
    "--store",
    envvar="KG_STORE",
    default="kg-store",
    show_default=True,
    metavar="PATH|URL",
    help="Store folder, or the address of a SPARQL 1.1 endpoint. Also: KG_STORE.",
)
output_option = click.option(
    "-o", "--output", default="-", metavar="FILE", help="Where to write; - is standard output."
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
published_option = click.option(
    "--published", type=DAY, help="Publication day of the articles, YYYY-MM-DD, whatever the pages say."
)
workers_option = click.option(
    "--workers",
    "-j",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that read articles.",
)
sources_argument = click.argument("sources", nargs=-1, required=True, metavar="PATH…")


@contextmanager
def out_file(target: str) -> Iterator[BinaryIO]:
    """Standard output for `-`; otherwise a file that appears whole or not at all. Bytes, UTF-8."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def report_failures(failures: Iterable[Failure]) -> int:
    """Name each failure on standard error; give back how many there were."""
    count = 0
    for failure in failures:
        click.echo(f"kg: {failure.message}", err=True)
        count += 1
    return count
