"""`kg ingest` and what stands on it, as a user's shell sees them: exit codes, words, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
STORY = SEEDS / "2022-11-02-caracas.txt"
QUIET = SEEDS / "2017-01-26-mexico-cancels.txt"


def kg(*words: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, input=stdin, check=False, env={**os.environ, **env}, timeout=300
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two articles, made by the command itself."""
    place = tmp_path_factory.mktemp("ingest") / "store"
    done = kg("ingest", "--store", place, STORY, QUIET)
    assert done.returncode == 0, done.stderr
    assert b"2 articles read" in done.stdout
    return place


def bad_inputs(folder: Path) -> dict[str, str]:
    """Name of each bad file → a word that its one line of error must have."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "huge.txt").write_bytes(b"They met on Monday. " * 2_700_000)
    (folder / "broken.html").write_bytes(b"<html><body><div><p></div>")
    (folder / "no-day.txt").write_bytes(b"Published: 2023-02-31\n\nThe ministers met in Bern on Monday.\n")
    (folder / "wrong.txt").write_bytes(
        b"Published: 2023-02-01\n\n" + b"\x81\x8d\x8f\x90\x9d\xff\xfe\x00" * 40
    )
    (folder / "lines.jsonl").write_bytes(
        b'{"text": "Ministers met.", "published": "2023-01-01"}\n{"a": 1}\nno\n'
    )
    return {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "huge.txt": "large",
        "broken.html": "text",
        "no-day.txt": "2023-02-31",
        "wrong.txt": "",
        "lines.jsonl:2": "",
        "lines.jsonl:3": "",
        "missing.txt": "no such file",
    }


def test_bad_input_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    expected = bad_inputs(folder)
    names = [folder / name for name in dict.fromkeys(name.partition(":")[0] for name in expected)]
    done = kg("ingest", "--json", "--store", tmp_path / "store", *names, STORY)
    assert done.returncode == 3, done.stderr
    lines = done.stderr.decode().splitlines()
    for name, word in expected.items():
        hits = [line for line in lines if f"{folder / name}" in line]
        assert len(hits) == 1, (name, lines)
        assert word in hits[0]
    assert b"Traceback" not in done.stderr
    figures = json.loads(done.stdout)
    assert figures["failed"] == len(expected)
    assert figures["read"] == 2  # the story, and the good line of lines.jsonl
    asked = kg("query", "--store", tmp_path / "store", "SELECT ?m { ?m a dm:Meeting }")
    assert asked.returncode == 0
    assert b"meeting/" in asked.stdout


def test_nothing_but_bad_input_fails(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("ingest", "--store", tmp_path / "store", tmp_path / "empty.txt")
    assert done.returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("The ministers met.")
    locked.chmod(0)
    done = kg("ingest", "--store", tmp_path / "store", locked, STORY)
    assert done.returncode == 3
    assert b"locked.txt" in done.stderr


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear all")
    done = kg("ingest", "--store", tmp_path / "mine", STORY)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_again_reads_nothing_and_changes_nothing(store: Path) -> None:
    before = kg("export", "--store", store).stdout
    done = kg("ingest", "--store", store, STORY, QUIET)
    assert b"2 unchanged" in done.stdout
    assert kg("export", "--store", store).stdout == before


def test_another_order_gives_the_same_bytes(store: Path, tmp_path: Path) -> None:
    kg("ingest", "--store", tmp_path / "other", QUIET)
    kg("ingest", "--store", tmp_path / "other", STORY)
    assert kg("export", "--store", store).stdout == kg("export", "--store", tmp_path / "other").stdout


def test_rm_leaves_no_trace(store: Path, tmp_path: Path) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    kg("ingest", "--store", alone, QUIET)
    kg("ingest", "--store", both, QUIET, STORY)
    done = kg("rm", "--store", both, STORY)
    assert done.returncode == 0, done.stderr
    assert kg("export", "--store", both).stdout == kg("export", "--store", alone).stdout
    assert kg("rm", "--store", both, "nothing-such").returncode == 4


def test_no_results_and_bad_queries_have_their_codes(store: Path) -> None:
    assert kg("query", "--store", store, "SELECT ?x { ?x a dm:Nothing }").returncode == 4
    wrong = kg("query", "--store", store, "SELECT ?x {\n ?x a }")
    assert wrong.returncode == 1
    assert b"line 2" in wrong.stderr
    assert kg("query", "--store", store, "INSERT DATA { <a:a> <a:b> <a:c> }").returncode == 1
    assert kg("query", "--store", store).returncode == 2


def test_what_is_stored_is_shown_checked_and_counted(store: Path) -> None:
    listed = kg("query", "--store", store, "SELECT ?m { ?m a dm:Meeting } ORDER BY ?m LIMIT 1").stdout
    meeting = listed.decode().splitlines()[1].strip().removeprefix("https://w3id.org/dipmeet/id/")
    shown = kg("show", "--store", store, "--json", meeting)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["voices"]
    assert kg("check", "--store", store, "--deep").stdout.strip() == b"no faults"
    assert json.loads(kg("stats", "--store", store, "--json").stdout)["articles"] == 2


def test_extract_writes_the_schema_and_stores_nothing(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    done = kg("extract", STORY, "-", "-o", out, stdin=QUIET.read_bytes(), KG_STORE=str(tmp_path / "store"))
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["article"] for record in records] == [STORY.stem, "stdin"]
    text = STORY.read_text(encoding="utf-8")
    for meeting in records[0]["meetings"]:
        for piece in meeting["evidence"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
    assert not (tmp_path / "store").exists()


def test_a_decision_is_put_into_force_and_taken_back(store: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    assert kg("backup", "--store", store, place).returncode == 0
    before = kg("export", "--store", place).stdout
    assert b"id:person/gustavo-petro" in before or b"person/gustavo-petro" in before
    done = kg("merge", "--store", place, "person/gustavo-petro", "person/juan-manuel-santos")
    assert done.returncode == 0, done.stderr
    merged = kg("export", "--store", place, "--facts-only").stdout
    assert b"person/gustavo-petro" not in merged
    done = kg("split", "--store", place, "person/gustavo-petro", "person/juan-manuel-santos")
    assert done.returncode == 0, done.stderr
    assert kg("export", "--store", place).stdout == before
