"""The pages follow the files, and the files are found wherever the package lies."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

from kg.vocab import named_queries, ontology_folder, terms

ROOT = Path(__file__).parents[2]


def test_the_ontology_page_is_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "document_ontology.py"))
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page.partition(tool["MARKER"])[2] == tool["ontology_reference"]()
    assert all(f"### `dm:{name}`" in page for name in terms())


def test_the_queries_page_is_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "document_ontology.py"))
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page.partition(tool["MARKER"])[2] == tool["query_reference"](None, page)
    assert all(f"--name {name}" in page for name in named_queries())
    assert page.count(tool["OUTPUT"] + "```text\n") == len(named_queries()), "each call shows what it prints"


def test_an_installed_package_finds_its_files(tmp_path: Path) -> None:
    """As the wheel lays them out: `kg/ontology`, with no checkout around."""
    shutil.copytree(ROOT / "kg" / "vocab", tmp_path / "kg" / "vocab")
    shutil.copytree(ontology_folder(), tmp_path / "kg" / "ontology")
    for name in ("__init__.py", "errors.py"):
        shutil.copy(ROOT / "kg" / name, tmp_path / "kg" / name)
    code = (
        "from kg.vocab import named_queries, ontology_folder, topic_for;"
        "print(ontology_folder(), len(named_queries()), topic_for('fentanyl').id)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert run.stdout.split() == [str(tmp_path / "kg" / "ontology"), "15", "topic/fentanyl"]


def test_importing_the_vocabulary_loads_no_rdf_library() -> None:
    code = (
        "import sys, kg.vocab, kg.triples;"
        "print([m for m in ('rdflib', 'pyoxigraph', 'numpy', 'datasketch') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"
