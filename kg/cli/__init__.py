"""The command line, `kg`. Commands are loaded when they are called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from kg import __version__
from kg.errors import KgError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

# command → module of this package that defines it, and its line in `kg --help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("ingest", "Read articles or records into the store."),
    "extract": ("extract", "Print what articles say of meetings, as JSON lines."),
    "query": ("query", "Ask the graph in SPARQL, or by a named query."),
    "show": ("show", "Show a meeting: each voice with its sentence."),
    "draw": ("draw", "Draw the network as one HTML file."),
    "timeline": ("pictures", "Draw meetings over time."),
    "map": ("pictures", "Draw where they met on a world map."),
    "report": ("pictures", "Tell all about a person or country on one page."),
    "crosscheck": ("crosscheck", "Hold articles against official records."),
    "export": ("export", "Write the graph as Turtle or in another format."),
    "serve": ("serve", "Serve the graph: a SPARQL endpoint and pages."),
    "stats": ("stats", "Tell what is in the graph."),
    "check": ("check", "Check the graph against its shapes."),
    "backup": ("backup", "Copy the store, also while it is written."),
    "restore": ("backup", "Make a store out of a backup."),
    "rm": ("rm", "Take articles out of the graph again."),
    "who": ("who", "Look a name up in the gazetteer."),
    "merge": ("decide", "Decide that two persons are one."),
    "split": ("decide", "Take such a decision back, or keep two persons apart."),
    "link": ("who", "Add ids to a table of names and dates."),
    "evaluate": ("evaluate", "Score predicted records against gold ones."),
}

EPILOG = "Start with: kg ingest seeds/, then kg draw -o network.html, and open that in a browser."


class LazyGroup(click.Group):
    """Lists commands from the table above and imports a command's module on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All commands, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; while help is listed only a stand-in that carries its one line."""
        if cmd_name not in COMMANDS:
            return None
        if ctx.meta.get("listing"):
            return _stand_in(cmd_name)
        module = importlib.import_module(f"kg.cli.{COMMANDS[cmd_name][0]}")
        return getattr(module, cmd_name)  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name; a slip of the finger is answered with the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {close[0]}?" if close else ""))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Help without importing a single command; in colour where somebody looks at it."""
        ctx.meta["listing"] = True
        if not sys.stdout.isatty():
            return super().get_help(ctx)
        from rich_click import RichContext, RichGroup

        class InColour(RichGroup):
            def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
                return list(COMMANDS)

        stand_ins = {name: _stand_in(name) for name in COMMANDS}
        twin = InColour(name="kg", commands=stand_ins, params=self.params, help=self.help, epilog=self.epilog)
        return twin.get_help(RichContext(twin, info_name="kg", help_option_names=ctx.help_option_names))


def _stand_in(name: str) -> click.Command:
    return click.Command(name, short_help=COMMANDS[name][1])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Turn news articles and official records into a knowledge graph of diplomatic meetings.

    Every fact in the graph leads to the sentence that states it.
    """


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `kg` and leave with its exit code: 0 done, 1 failed, 2 usage, 3 in part, 4 no results."""
    words = sys.argv[1:] if args is None else list(args)
    if sys.stdout.isatty() and {"-h", "--help"} & set(words):
        from rich_click.patch import patch

        patch()  # commands are loaded later, and so get help in colour
    try:
        # without standalone mode a command that leaves early gives its exit code back
        left = cli.main(args=args, prog_name="kg", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KgError, QueryError) as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted; what was finished is kept", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # the reader (head, less) has gone: not an error, but stdout must not be flushed again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"kg: {where}{error.strerror or error}", err=True)
        sys.exit(1)
    sys.exit(left if isinstance(left, int) else 0)
