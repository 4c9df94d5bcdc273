"""Write docs/commands.md from what `kg COMMAND --help` says.

python tools/document_commands.py            write it
python tools/document_commands.py --check    exit 1 when it is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import COMMANDS, cli

TARGET = Path(__file__).parents[1] / "docs" / "commands.md"
WIDTH = 100


def help_text(name: str | None) -> str:
    """The plain help of a command (None: of `kg` itself), without colours."""
    with click.Context(cli, info_name="kg", max_content_width=WIDTH, terminal_width=WIDTH) as top:
        if name is None:
            command: click.Command = cli
            return plain(command, top)
        command = cli.get_command(top, name) or sys.exit(f"no command {name}")
        with click.Context(command, info_name=name, parent=top, terminal_width=WIDTH) as context:
            return plain(command, context)


def plain(command: click.Command, context: click.Context) -> str:
    """Help as click itself writes it: stable, and free of the terminal's taste."""
    formatter = click.HelpFormatter(width=WIDTH)
    kind = click.Group if isinstance(command, click.Group) else click.Command
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    kind.format_options(command, context, formatter)
    command.format_epilog(context, formatter)
    return formatter.getvalue().strip()


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
