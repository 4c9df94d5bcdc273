"""The tools for assistants: a real client of the protocol, a real `kg serve --mcp` at the other end."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.model import Status
from kg.store import open_store
from tests.worlds import Told, tell

pytest.importorskip("mcp")

MEETING = "meeting/2022-03-04-antony-blinken-wang-yi"


def talk(store: Path, work: Callable[[Any], Awaitable[None]], *options: str) -> None:
    """Start the command, let `work` speak with it, end it."""
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kg", "serve", "--mcp", "--store", str(store), *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    async def whole() -> None:
        async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            await work(session)

    asyncio.run(asyncio.wait_for(whole(), 60))


async def told(session: Any, tool: str, /, **arguments: object) -> dict[str, Any]:
    answer = await session.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    found: dict[str, Any] = answer.structured_content
    return found


async def refused(session: Any, tool: str, /, **arguments: object) -> str:
    answer = await session.call_tool(tool, arguments)
    assert answer.is_error
    text: str = answer.content[0].text
    return text


def test_an_assistant_finds_out_who_met_whom_and_why_we_think_so(folder: Path) -> None:
    async def work(session: Any) -> None:
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} >= {
            "people_met",
            "meetings_of",
            "evidence",
            "named_query",
            "query",
        }
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools)

        found = await told(session, "find", name="blink")
        assert found["rows"][0][:2] == ["person/antony-blinken", "Antony Blinken"]
        met = await told(session, "people_met", person="Blinken")
        assert [row[:2] for row in met["rows"]] == [["Wang Yi", "1"]]
        assert met["notes"] == ["who: 'Blinken' is taken for Antony Blinken"]
        two = await told(session, "meetings_of_two", a="Antony Blinken", b="Wang Yi")
        assert [row[-1] for row in two["rows"]] == [MEETING]
        of = await told(session, "meetings_of", who="Antony Blinken")
        assert {row[1] for row in of["rows"]} == {"Held", "Planned"}
        none = await told(session, "meetings_of", who="Antony Blinken", until="1999")
        assert none["rows"] == []
        evidence = await told(session, "evidence", event=MEETING, property="place")
        quotes = {row[evidence["columns"].index("quote")] for row in evidence["rows"]}
        assert quotes == {"Antony Blinken and Wang Yi met in Geneva on 2022-03-04 over trade (held)."}
        questions = (await told(session, "list_named_queries"))["result"]
        assert {"evidence", "country-pairs"} <= {each["name"] for each in questions}
        pairs = await told(session, "named_query", name="country-pairs")
        assert "meetings" in pairs["columns"]
        asked = await told(session, "query", sparql="SELECT ?m { ?m a dm:Meeting }", limit=2)
        assert (len(asked["rows"]), asked["truncated"]) == (2, True)
        assert (await told(session, "query", sparql="ASK { ?m a dm:Visit }"))["rows"] == [["false"]]

    talk(folder, work)


def test_what_an_assistant_may_not_do(folder: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    async def work(session: Any) -> None:
        for text, words in (
            ("DELETE WHERE { ?s ?p ?o }", "queries only read"),
            ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "stay on this machine"),
            ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "fetch nothing"),
            (endless, "took longer than 1 s"),
            ("SELECT ?x { ?x", "line 1"),
        ):
            assert words in await refused(session, "query", sparql=text), text
        assert "no query is named" in await refused(session, "named_query", name="nothing")
        assert "parameter property" in await refused(session, "evidence", event=MEETING, property="x> {")
        large = await told(session, "query", sparql="SELECT * { ?a ?b ?c . ?d ?e ?f }", limit=10**9)
        assert large["truncated"]
        assert len(large["rows"]) <= 500
        assert await told(session, "query", sparql="ASK {}")

    talk(folder, work, "--timeout", "1")


def test_new_articles_are_seen_and_the_writer_is_not_kept_waiting(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        pipeline.ingest(store, [tell("a", [Told((0, 1), 3, Status.HELD, 0, "trade")])], pipeline.Tools())

    async def work(session: Any) -> None:
        text = "SELECT ?m { ?m a dm:Meeting }"
        assert len((await told(session, "query", sparql=text))["rows"]) == 1
        with open_store(path, write=True) as store:
            pipeline.ingest(store, [tell("b", [Told((3, 4), 9, Status.HELD, 2, "fish")])], pipeline.Tools())
        await asyncio.sleep(2.1)
        assert len((await told(session, "query", sparql=text))["rows"]) == 2

    talk(path, work)
