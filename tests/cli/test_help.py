"""Every command says what it does, shows an example, and is documented."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS, cli

ROOT = Path(__file__).parents[2]


def command(name: str) -> click.Command:
    """The real command, not the stand-in that the listing uses."""
    with click.Context(cli, info_name="kg") as context:
        found = cli.get_command(context, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_with_the_command(name: str) -> None:
    text = command(name).help or ""
    assert "Examples:" in text
    assert f"kg {name}" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [p.name for p in command(name).params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_listing_and_command_agree(name: str) -> None:
    assert command(name).name == name


def test_command_pages_are_up_to_date() -> None:
    script = ROOT / "tools" / "document_commands.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'rdflib', 'pyoxigraph', 'numpy', 'networkx', 'onnxruntime', 'trafilatura', 'kg.model'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_unknown_command_is_a_usage_error() -> None:
    done = subprocess.run([sys.executable, "-m", "kg", "ingset"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ingest" in done.stderr
