"""Write docs/commands.md from what `kg COMMAND --help` says.

python tools/document_commands.py            write it
python tools/document_commands.py --check    exit 1 when it is out of date
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

from kg.cli import COMMANDS, cli

TARGET = Path(__file__).parents[1] / "docs" / "commands.md"
WIDTH = 100


def help_text(name: str | None) -> str:
    """The plain help of a command (None: of `kg` itself)."""
    top = click.Context(cli, info_name="kg")
    if name is None:
        rows = [(command, line) for command, (_, line) in COMMANDS.items()]
        return plain(cli, top, [("Commands", rows)])
    command = cli.get_command(top, name) or sys.exit(f"no command {name}")
    return plain(command, click.Context(command, info_name=name, parent=top), [])


def plain(
    command: click.Command, context: click.Context, more: list[tuple[str, list[tuple[str, str]]]]
) -> str:
    """Usage, text and options, laid out the same whatever the terminal."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    formatter = click.HelpFormatter(width=WIDTH)
    options = [record for p in command.get_params(context) if (record := p.get_help_record(context))]
    for title, rows in [("Options", options), *more]:
        with formatter.section(title):
            formatter.write_dl(rows)
    return f"Usage: {usage}\n\n{text}\n\n{formatter.getvalue().strip()}"


def page() -> str:
    """The whole page as Markdown."""
    parts = [
        "# Commands\n\nMade from `--help` by `tools/document_commands.py`.\n",
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part (each failure is named on",
        "standard error), 4 no results. `NO_COLOR` is honoured; data goes to standard output,",
        "messages to standard error.\n",
    ]
    for name in [None, *COMMANDS]:
        parts += [f"## kg {name or ''}".rstrip() + "\n", "```", help_text(name), "```\n"]
    return "\n".join(parts)


if __name__ == "__main__":
    text = page()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
            else f"{TARGET.name} is out of date"
        )
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
