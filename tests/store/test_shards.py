"""`kg export --shards`: the pieces together are the graph, and bulk loaders take them."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError
from kg.export.shards import export_shards, shard_of
from kg.store import open_store
from kg.store.terms import from_ox
from kg.vocab import FACTS_GRAPH
from kg.vocab.rdf import Quad
from tests.store.samples import article, fact, graph_of
from tests.store.servers import virtuoso

NAMES = [f"a{n}" for n in range(20)]


def everything() -> set[Quad]:
    return {quad for name in NAMES for quad in (*article(name), fact(name, "x"), fact(name, "ŷ\n\"'"))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store", write=True) as store:
        for name in NAMES:
            store.replace_article(graph_of(name), article(name), [f"key-{name}"])
        store.replace_facts((), [quad for quad in everything() if quad.graph == FACTS_GRAPH])
    return tmp_path / "store"


def read(path: Path) -> list[Quad]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [from_ox(quad) for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)]


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("shards", [1, 3, 8])
def test_the_pieces_together_are_the_dataset(folder: Path, shards: int, compress: bool) -> None:
    target = folder.with_name("pieces")
    command = ["export", "--store", str(folder), "--shards", str(shards), "-o", str(target)]
    result = CliRunner().invoke(cli, command + ["--gzip"] * compress)
    assert result.exit_code == 0, result.output
    pieces = [read(path) for path in sorted(target.iterdir())]
    assert len(pieces) == shards
    assert sum(map(len, pieces)) == len(everything()), "a statement twice, or none of it"
    assert {quad for piece in pieces for quad in piece} == everything(), "fusion's index stays out"
    homes: dict[str, set[int]] = defaultdict(set)
    for number, piece in enumerate(pieces):
        for quad in piece:
            homes[quad.subject if quad.graph == FACTS_GRAPH else quad.graph].add(number)
    assert all(len(found) == 1 for found in homes.values()), "articles and things are whole in one piece"
    assert shards == 1 or all(pieces), "nothing is spread at all"


def test_what_is_there_is_kept_and_nothing_half_made_stays(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine").write_text("x")
    with pytest.raises(InputError, match="something already"):
        export_shards(everything(), full, 2)
    with pytest.raises(InputError, match="0 pieces"):
        export_shards(everything(), tmp_path / "new", 0)

    def breaks() -> Iterator[Quad]:
        yield fact("a", "b")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        export_shards(breaks(), tmp_path / "new", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_a_stream_of_any_length_is_not_held(tmp_path: Path) -> None:
    """Statements are let go as they are written: the weak spot would be a list of them."""
    alive: list[int] = []

    class Counted(Quad):
        __slots__ = ()

        def __del__(self) -> None:
            alive[0] -= 1

    def stream() -> Iterable[Quad]:
        for n in range(2000):
            alive[0] += 1
            most[0] = max(most[0], alive[0])
            yield Counted(*fact(f"a{n}", "x"))

    alive.append(0)
    most = [0]
    export_shards(stream(), tmp_path / "pieces", 4)
    assert most[0] < 5


def test_the_place_of_a_statement_is_fixed() -> None:
    """CRC-32 of the key, so that a piece written elsewhere or later fits the others."""
    assert [shard_of(fact(name, "x"), 8) for name in ("a", "b", "c")] == [
        shard_of(fact(name, "another value"), 8) for name in ("a", "b", "c")
    ]


def test_oxigraphs_loader_takes_them(folder: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the oxigraph server is not installed")
    pieces = export_shards(everything(), tmp_path / "pieces", 3)
    command = [str(program), "load", "--location", str(tmp_path / "db"), "--file", *map(str, pieces)]
    subprocess.run(command, check=True, capture_output=True)
    assert {from_ox(quad) for quad in ox.Store.read_only(str(tmp_path / "db"))} == everything()


def test_virtuosos_loader_takes_them(tmp_path: Path) -> None:
    pieces = export_shards(everything(), tmp_path / "v" / "pieces", 3, compress=True)
    with virtuoso(tmp_path / "v"):
        port = re.search(
            r"\[Parameters\]\s*ServerPort = (\d+)", (tmp_path / "v" / "virtuoso.ini").read_text()
        )
        isql = shutil.which("isql-vt")
        assert port
        assert isql
        where = pieces[0].parent
        script = f"ld_dir('{where}', '*.nq.gz', 'urn:default'); rdf_loader_run(); checkpoint;"
        own = "FILTER(STRSTARTS(STR(?g), STR(<https://w3id.org/dipmeet/id/>)))"
        script += f" SPARQL SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {own} }};"
        command = [isql, f"127.0.0.1:{port[1]}", "dba", "dba", f"exec={script}"]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.search(rf"^{len(everything())}\s*$", told, re.MULTILINE), told
