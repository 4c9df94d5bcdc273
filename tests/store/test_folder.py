"""The folder: who may write, what readers see, and what is left after a kill or on a full disk."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Change, open_store
from kg.store.embedded import FolderReader, FolderWriter
from kg.vocab.rdf import Literal, Quad
from kg.vocab.terms import DATA, DM, FACTS_GRAPH
from tests.store.samples import article, fact, graph_of

WRITER = """
import sys
from kg.store import Change, open_store
from tests.store.samples import article, fact, graph_of
with open_store(sys.argv[1], write=True) as store:
    print("open", flush=True)
    for n in range(int(sys.argv[2]), 1_000_000):
        name = f"n{n}"
        store.apply(Change(
            articles={graph_of(name): article(name, claims=40)},
            keys={graph_of(name): (f"k{n % 10}",)},
            facts_removed=[fact("count", "").subject],
            facts_added=[fact("count", str(n)), fact(name, "trade")],
        ))
        print(n, flush=True)
"""


def run_writer(path: Path, first: int = 0) -> subprocess.Popen[str]:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    return writer


def kill(writer: subprocess.Popen[str]) -> int:
    """Kill it, and say the last number that it told to be written (-1: none)."""
    writer.send_signal(signal.SIGKILL)
    out, _ = writer.communicate()
    told = [int(line) for line in out.split("\n")[:-1] if line.isdigit()]
    return max(told, default=-1)


def check_whole(path: Path) -> int:
    """Every article is whole, and facts and index fit the articles; the number of articles."""
    with open_store(path) as store:
        graphs = [each.graph for each in store.articles()]
        for graph in graphs:
            name = graph.removeprefix(f"{DATA}article/")
            assert set(store.article_quads(graph)) == set(article(name, claims=40))
            assert list(store.find(fact(name, "").subject, None, None, FACTS_GRAPH)) == [fact(name, "trade")]
        facts = set(store.quads(FACTS_GRAPH))
        last = max((int(graph.rpartition("/n")[2]) for graph in graphs), default=-1)
        if graphs:
            assert fact("count", str(last)) in facts
            assert len(facts) == len(graphs) + 1
        indexed = frozenset[str]().union(*store.articles_by_keys(f"k{n}" for n in range(10)).values())
        assert indexed == set(graphs)
        assert last == len(graphs) - 1
        return len(graphs)


def test_twenty_kills_lose_nothing_that_was_told_as_written(tmp_path: Path) -> None:
    path = tmp_path / "store"
    chance = random.Random(7)  # noqa: S311
    count = 0
    for _ in range(20):
        writer = run_writer(path, count)
        time.sleep(chance.uniform(0.0, 0.15))
        told = kill(writer)
        before, count = count, check_whole(path)
        assert count >= max(before, told + 1)
    assert count > 20


def test_a_reader_sees_finished_work_only_and_never_waits(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = run_writer(path)
    seen = 0
    until = time.monotonic() + 6
    while time.monotonic() < until and seen < 3:
        began = time.monotonic()
        with open_store(path) as reader:
            counted = {quad.object for quad in reader.find(fact("count", "").subject)}
            articles = sum(1 for _ in reader.articles())
        assert time.monotonic() - began < 2
        if articles:
            assert counted == {Literal(str(articles - 1))}
            seen += 1
        time.sleep(0.3)
    kill(writer)
    assert seen == 3


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = run_writer(path)
    try:
        with pytest.raises(StoreError, match=f"process {writer.pid} on .*wait until it has finished"):
            open_store(path, write=True)
    finally:
        kill(writer)
    with open_store(path, write=True):
        pass


def test_a_reader_keeps_its_snapshot_while_the_writer_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = FolderWriter(path)
    writer.replace_article(graph_of("a"), article("a"))
    writer.publish()
    reader = FolderReader(path)
    for index in range(5):
        writer.replace_article(graph_of(f"b{index}"), article("b", claims=3000)[:0])
        writer.replace_article(graph_of("a"), article("a", claims=index))
        writer.publish()
    assert set(reader.quads()) == set(article("a"))
    assert reader.refresh()
    assert set(reader.quads()) == set(article("a", claims=4))
    assert not reader.refresh()
    reader.close()
    writer.publish()
    assert len([each for each in (path / "read").iterdir() if each.is_dir()]) == 2
    writer.close()


def test_a_reader_may_not_write(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True):
        pass
    with open_store(tmp_path / "store") as reader, pytest.raises(StoreError, match="for reading"):
        reader.replace_article(graph_of("a"), article("a"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: None, "there is no store here"),
        (lambda path: path.write_text("x"), "a file, not a store folder"),
        (lambda path: (path.mkdir(), (path / "thesis.doc").write_text("x")), "something else"),
        (lambda path: (path.mkdir(), (path / "dipmeet-store.json").write_text("{")), "something else"),
        (lambda path: (path.mkdir(), (path / "dipmeet-store.json").write_bytes(b"\xff\0")), "something else"),
        (
            lambda path: (path.mkdir(), (path / "dipmeet-store.json").write_text('{"store": "other"}')),
            "something else",
        ),
        (
            lambda path: (
                path.mkdir(),
                (path / "dipmeet-store.json").write_text('{"store":"dipmeet","format":99}'),
            ),
            "update dipmeet",
        ),
        (
            lambda path: (
                path.mkdir(),
                (path / "dipmeet-store.json").write_text('{"store":"dipmeet","format":0}'),
            ),
            "ingest the articles again",
        ),
    ],
)
def test_what_is_no_store_is_left_alone(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "place"
    make(path)  # type: ignore[operator]
    before = sorted(each.name for each in tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=words):
        open_store(path)
    if path.exists():
        with pytest.raises(StoreError, match=words):
            open_store(path, write=True)
    assert [
        each for each in sorted(each.name for each in tmp_path.rglob("*")) if "lock" not in each
    ] == before


def test_an_older_format_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
    marker = path / "dipmeet-store.json"
    marker.write_text(json.dumps({"store": "dipmeet", "format": 0}))
    steps: list[Path] = []
    monkeypatch.setattr("kg.store.folder.MIGRATIONS", {0: steps.append})
    with open_store(path) as reader:
        assert reader.stats().articles == 1
    assert steps == [path]
    assert json.loads(marker.read_text())["format"] == 1


def test_a_bulk_load_that_is_cut_off_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
    script = """
import os, sys
from kg.store import open_store
from tests.store.samples import article
def quads():
    for n in range(20000):
        yield from article(f"n{n}", claims=60)
        if n == 19000:
            os.kill(os.getpid(), 9)
open_store(sys.argv[1], write=True).bulk_add(quads())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with open_store(path) as reader:
        assert set(reader.quads()) == set(article("a"))
    with open_store(path, write=True) as store:
        assert set(store.quads()) == set(article("a"))
        with pytest.raises(RuntimeError, match="stop"):
            store.bulk_add(_broken())
        assert set(store.quads()) == set(article("a"))


def _broken() -> Iterator[Quad]:
    yield from article("z")
    raise RuntimeError("stop")


def test_a_copy_made_while_the_store_is_written_opens(tmp_path: Path) -> None:
    path = tmp_path / "store"
    writer = run_writer(path)
    time.sleep(2.5)
    try:
        for number in range(3):
            copied = tmp_path / f"copy{number}"
            subprocess.run(["cp", "-r", str(path), str(copied)], check=False, stderr=subprocess.DEVNULL)
            assert check_whole(copied) >= 1
            with open_store(copied, write=True) as store:
                store.replace_article(graph_of("x"), article("x"))
    finally:
        kill(writer)


def test_a_damaged_database_is_put_aside_and_the_snapshot_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
    for file in (path / "live").glob("MANIFEST*"):
        file.write_bytes(b"rubbish")
    with open_store(path) as reader:
        assert set(reader.quads()) == set(article("a"))
    with open_store(path, write=True) as store:
        assert set(store.quads()) == set(article("a"))
        store.replace_article(graph_of("b"), article("b"))
    assert "put aside as live.damaged-" in caplog.text
    with open_store(path) as reader:
        assert reader.stats().articles == 2


def test_a_store_without_anything_usable_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
    for file in path.rglob("MANIFEST*"):
        file.unlink()
        file.write_bytes(b"rubbish")
    with pytest.raises(StoreError, match=r"damaged.*kg restore"), open_store(path) as reader:
        reader.count()
    with pytest.raises(StoreError, match=r"damaged.*kg restore"):
        open_store(path, write=True)


def test_a_full_disk_keeps_whole_articles(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        _fill(disk / "store")
        (disk / "ballast").unlink(missing_ok=True)
        assert check_whole(disk / "store") >= 1
        with open_store(disk / "store", write=True) as store:  # goes on where there is room again
            count = store.stats().articles
            store.remove_article(graph_of(f"n{count - 1}"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(path: Path) -> None:
    with open_store(path, write=True) as store:
        _add(store, 0)
    ballast = path.parent / "ballast"
    ballast.write_bytes(bytes(16 * 1024 * 1024))
    store = open_store(path, write=True)
    with pytest.raises(StoreError, match="disk is full; free some space"):
        _add_many(store)
    with suppress(StoreError):  # closing may succeed when the engine freed some space
        store.close()


def _add_many(store: object) -> None:
    for number in range(1, 3000):
        _add(store, number)


def _add(store: object, number: int) -> None:
    name = f"n{number}"
    change = Change(
        articles={graph_of(name): article(name, claims=40)},
        keys={graph_of(name): (f"k{number % 10}",)},
        facts_removed=[fact("count", "").subject],
        facts_added=[fact("count", str(number)), fact(name, "trade")],
    )
    store.apply(change)  # type: ignore[attr-defined]


def test_a_file_size_limit_is_told_plainly(tmp_path: Path) -> None:
    """The system's other way of refusing to write: the process survives and is told."""
    script = """
import resource, signal, sys
from kg.errors import StoreError
from kg.store import open_store
from tests.store.samples import article, graph_of
store = open_store(sys.argv[1], write=True)
store.replace_article(graph_of("a"), article("a"))
store.publish()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    for n in range(5000):
        store.replace_article(graph_of(f"n{n}"), article(f"n{n}", claims=40))
except StoreError as error:
    print(error)
    sys.exit(3)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert "file size limit" in done.stdout
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1_000_000
    with open_store(tmp_path / "store") as reader:
        names = [each.graph.removeprefix(f"{DATA}article/") for each in reader.articles()]
        assert "a" in names
        for name in names:
            wanted = article(name, claims=40 if name != "a" else 5)
            assert set(reader.article_quads(graph_of(name))) == set(wanted)
        assert next(reader.find(predicate=DM.textSha256), None)
