"""`POST /ingest`: what gets in, what does not, and that nobody waits for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.errors import InputError
from kg.serve import Settings, serve
from kg.store import open_store
from tests.serve.conftest import running

TOKEN = {"Authorization": "Bearer s3cret"}
TEXT = """OSLO, 5 May 2021 — Foreign Minister Sergey Lavrov met Secretary of State Antony Blinken in Oslo on
Wednesday. The two ministers talked about fisheries for two hours."""
COUNT = "SELECT ?m { ?m a dm:Meeting }"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    path = tmp_path_factory.mktemp("ingest") / "store"
    with open_store(path, write=True):
        pass
    with running(path, allow_ingest=True, token="s3cret", rate=0.0, max_body=100_000) as site:  # noqa: S106
        yield site, path


def post(site: str, data: str | bytes, kind: str = "text/plain", **params: str) -> httpx.Response:
    headers = {**TOKEN, "Content-Type": kind}
    return httpx.post(f"{site}/ingest", content=data, headers=headers, params=params, timeout=60)


def meetings(site: str) -> int:
    answer = httpx.get(f"{site}/sparql", params={"query": COUNT}, headers=TOKEN)
    return len(answer.json()["results"]["bindings"])


def test_articles_get_in_and_are_seen_at_once(desk: tuple[str, Path]) -> None:
    site, _ = desk
    first = post(site, TEXT, name="lavrov-oslo", published="2021-05-05")
    assert first.status_code == 200, first.text
    assert first.json()["read"] == 1
    assert first.json()["meetings"] == 1
    assert meetings(site) == 1
    again = post(site, TEXT, name="lavrov-oslo", published="2021-05-05")
    assert again.json() | {"unchanged": 1, "read": 0} == again.json()
    changed = post(site, TEXT.replace("two hours", "an hour"), name="lavrov-oslo", published="2021-05-05")
    assert changed.json()["replaced"] == 1
    assert meetings(site) == 1
    page = f"<html><head><title>Talks</title></head><body><article><p>{TEXT}</p></article></body></html>"
    assert post(site, page, "text/html; charset=utf-8", name="page").json()["read"] == 1
    record = json.dumps({"text": TEXT, "title": "Talks", "published": "2021-05-05", "publisher": "X"})
    assert post(site, record, "application/json", name="json").json()["read"] == 1
    named = httpx.get(f"{site}/openapi.json", headers=TOKEN).json()
    assert "post" in named["paths"]["/ingest"]
    assert named["security"]


def test_without_the_right_token_nothing_gets_in(desk: tuple[str, Path]) -> None:
    site, _ = desk
    before = meetings(site)
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic czNjcmV0"}):
        told = httpx.post(f"{site}/ingest", content=TEXT, headers={**headers, "Content-Type": "text/plain"})
        assert told.status_code == 401
    assert meetings(site) == before


@pytest.mark.parametrize(
    ("data", "kind", "params", "status"),
    [
        (b"", "text/plain", {}, 400),
        (b" \n ", "text/plain", {}, 400),
        (b"{", "application/json", {}, 400),
        (b"[1, null]", "application/json", {}, 400),
        (b'{"text": 5}', "application/json", {}, 400),
        (b"[" * 50_000, "application/json", {}, 400),
        (b"x", "text/plain", {"published": "yesterday"}, 400),
        (b"x", "application/x-www-form-urlencoded", {}, 415),
        (b"x", "", {}, 415),
        (b"x" * 100_001, "text/plain", {}, 413),
    ],
)
def test_what_is_no_article(
    desk: tuple[str, Path], data: bytes, kind: str, params: dict[str, str], status: int
) -> None:
    site, _ = desk
    before = meetings(site)
    told = post(site, data, kind, **params)
    assert told.status_code == status, told.text
    assert len(told.text) < 400
    assert meetings(site) == before


def test_strange_bytes_and_names_harm_nobody(desk: tuple[str, Path]) -> None:
    site, path = desk
    for data in (b"\xff\xfe\x00", b"\x00" * 500, bytes(range(256)) * 20, "<p>" * 9000, "&" * 5000):
        for kind in ("text/plain", "text/html"):
            assert post(site, data, kind, name="../../../etc/x").status_code in {200, 400}
    inside = {each.name for each in path.iterdir()}
    assert inside <= {"dipmeet-store.json", "live", "read", "writer.lock", "dirty"}
    assert not (path.parent / "etc").exists()
    assert meetings(site) >= 0


def test_a_second_writer_is_told_and_readers_are_not_blocked(desk: tuple[str, Path]) -> None:
    site, path = desk
    with open_store(path, write=True):
        told = post(site, TEXT, name="late")
        assert told.status_code == 503
        assert "another program is writing to this store: process" in told.text
        assert told.headers["retry-after"]
        assert meetings(site) >= 0
    assert post(site, TEXT, name="late").status_code == 200


def test_many_at_once_all_get_in_while_others_read(desk: tuple[str, Path]) -> None:
    site, path = desk
    told: list[int] = []
    jobs = [
        threading.Thread(
            target=lambda n=n: told.append(post(site, f"{TEXT} {n}", name=f"many{n}").status_code)
        )
        for n in range(6)
    ]
    for job in jobs:
        job.start()
    while any(job.is_alive() for job in jobs):
        assert meetings(site) >= 0
    assert told == [200] * 6
    with open_store(path) as store:
        assert sum("many" in (each.source or "") for each in store.articles()) == 6


def test_it_is_off_by_default_and_needs_a_token(site: str, folder: Path) -> None:
    assert (
        httpx.post(f"{site}/ingest", content=TEXT, headers={"Content-Type": "text/plain"}).status_code == 404
    )
    assert "/ingest" not in httpx.get(f"{site}/openapi.json").json()["paths"]
    with pytest.raises(InputError, match="needs a token"):
        serve(Settings(str(folder), allow_ingest=True))
