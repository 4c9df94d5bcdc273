"""schemathesis makes up requests from our own OpenAPI document: whatever it sends, no server error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store import open_store
from tests.serve.conftest import running

pytest.importorskip("schemathesis")


def attack(site: str, *options: str) -> None:
    """Run it, and fail with what it says."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{site}/openapi.json", "--url", site,
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance",
        "--max-examples", "12", "--seed", "6", "--no-color", "--generation-database", "none",
        "--request-timeout", "20", *options,
    ]  # fmt: skip
    told = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "CI": "true"}
    )
    assert told.returncode == 0, told.stdout[-5000:] + told.stderr[-2000:]


@pytest.mark.slow
def test_no_request_makes_a_server_error(site: str) -> None:
    attack(site)


@pytest.mark.slow
def test_nor_does_any_where_articles_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True):
        pass
    with running(path, allow_ingest=True, token="s3cret") as site:  # noqa: S106
        attack(site, "--header", "Authorization: Bearer s3cret", "--include-path", "/ingest")
