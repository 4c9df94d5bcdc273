"""How the server holds under load: clients without pause, an ingest going on, runaway queries between.

    python benchmarks/load.py [SECONDS] [CLIENTS]

Every answer is compared with the right one. Twice: without and with a client that sends a query
without end every second. Prints requests, errors, wrong answers and latencies.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

from kg import pipeline
from kg.model import Status
from kg.store import open_store
from kg.vocab.queries import named_queries
from tests.serve.conftest import WORLD, running
from tests.worlds import Told, tell

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

FIXED = {
    "meetings-of-two": {"a": "Antony Blinken", "b": "Wang Yi"},
    "evidence": {"event": "meeting/2022-03-04-antony-blinken-wang-yi", "property": "place"},
    "participants": {"event": "meeting/2022-03-04-antony-blinken-wang-yi"},
    "people-met": {"person": "Antony Blinken"},
}
"""Questions whose answers the ingest does not change."""


def questions() -> list[str]:
    """The fixed questions as SPARQL."""
    found = []
    for name, values in FIXED.items():
        query = named_queries()[name]
        known = {each.name for each in query.parameters}
        given = {each.name: each.example for each in query.parameters} | {
            key: value for key, value in values.items() if key in known
        }
        found.append(query.bind(given))
    return found


def one_client(site: str, wanted: dict[str, bytes], until: float, told: list[tuple[float, str]]) -> None:
    """Ask in turn until the time is over; tells of each request its seconds and what was wrong."""
    with httpx.Client(base_url=site, timeout=60) as client:
        while time.monotonic() < until:
            for text, right in wanted.items():
                began = time.perf_counter()
                try:
                    answer = client.post("/sparql", data={"query": text})
                except httpx.HTTPError as error:
                    told.append((time.perf_counter() - began, type(error).__name__))
                    continue
                fault = "" if answer.status_code == 200 else f"status {answer.status_code}"
                if not fault and answer.content != right:
                    fault = "wrong answer"
                told.append((time.perf_counter() - began, fault))


def keep_ingesting(folder: Path, until: float, done: list[int]) -> None:
    """Add an article about other people again and again."""
    tools = pipeline.Tools()
    while time.monotonic() < until:
        number = len(done)
        article = tell(f"extra{number}", [Told((3, 4), number % 20, Status.HELD, 2, "fishing rights")])
        with open_store(folder, write=True) as store:
            pipeline.ingest(store, [article], tools)
        done.append(number)


def keep_running_away(site: str, until: float, done: list[int]) -> None:
    """Send a query without end every second, and wait for none of them."""
    while time.monotonic() < until:
        threading.Thread(target=run_away, args=(site, done), daemon=True).start()
        time.sleep(1)


def run_away(site: str, done: list[int]) -> None:
    """One query without end; the status that it ends with."""
    done.append(httpx.get(f"{site}/sparql", params={"query": RUNAWAY}, timeout=120).status_code)


def measure(seconds: float, clients: int, *, runaways: bool) -> None:
    """One round on a fresh store and server."""
    folder = Path(tempfile.mkdtemp()) / "store"
    with open_store(folder, write=True) as store:
        pipeline.ingest(store, WORLD, pipeline.Tools())
    with running(folder, timeout=2.0, workers=6) as site:
        wanted = {text: httpx.post(f"{site}/sparql", data={"query": text}).content for text in questions()}
        until = time.monotonic() + seconds
        told: list[tuple[float, str]] = []
        ingested: list[int] = []
        ended: list[int] = []
        jobs = [threading.Thread(target=one_client, args=(site, wanted, until, told)) for _ in range(clients)]
        jobs.append(threading.Thread(target=keep_ingesting, args=(folder, until, ingested)))
        if runaways:
            jobs.append(threading.Thread(target=keep_running_away, args=(site, until, ended)))
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
    times = sorted(each for each, _ in told)
    faults = [fault for _, fault in told if fault]
    print(
        f"{clients} clients, {seconds:.0f} s, {len(ingested)} ingests, {len(ended)} runaways ended: "
        f"{len(told)} requests, {len(faults)} faults {sorted(set(faults))}, "
        f"median {times[len(times) // 2] * 1000:.0f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    duration = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    measure(duration, number, runaways=False)
    measure(duration, number, runaways=True)
