"""The graph for assistants: a Model Context Protocol server over stdin and stdout, read-only.

Every tool takes the one guarded way of `kg.query`, so an assistant can do no more than a user of
`/sparql`: no updates, nothing fetched, limits of time, rows and size.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from kg import __version__
from kg.errors import KgError
from kg.query import Result, run, run_named
from kg.serve.engine import Busy, Engine
from kg.serve.pages import SEARCH
from kg.serve.settings import Settings
from kg.vocab import DATA
from kg.vocab.queries import NamedQuery, Parameter, named_queries

if TYPE_CHECKING:
    from kg.store.oxigraph import OxigraphStore

__all__ = ["Answer", "Question", "Toolbox", "server"]

ROWS = 500
"""Rows of an answer at most: an assistant reads all of it."""

CHARACTERS = 100_000
"""Characters of an answer at most."""

INSTRUCTIONS = """A knowledge graph of diplomatic meetings, read from news articles and official records by
a program that makes mistakes: before you state a fact, look at `evidence`, and quote it. Ids look like
meeting/2023-06-19-antony-blinken-wang-yi. `query` takes SPARQL; the prefixes dm:, rdfs:, skos:, xsd: and
id: (the data) need no declaration."""

_MEETINGS_OF = NamedQuery(
    "meetings-of",
    "Meetings of somebody",
    "In which meetings did a person or party take part?",
    (
        Parameter("who", "name", None, "Wang Yi", "Person or party"),
        Parameter("since", "since", "0001-01-01", "2023", "First day"),
        Parameter("until", "until", "9999-12-31", "2023", "Last day"),
    ),
    """SELECT DISTINCT ?date ?status ?place ?label ?meeting {
  VALUES ?who { "" }
  VALUES ?since { "" }
  VALUES ?until { "" }
  ?thing rdfs:label|skos:altLabel|dm:wikidata|dm:iso2 ?who .
  ?meeting dm:participant|dm:party ?thing .
  ?meeting a dm:Meeting ; rdfs:label ?label ; dm:status ?is .
  OPTIONAL { ?meeting dm:earliest ?earliest }
  OPTIONAL { ?meeting dm:latest ?latest }
  FILTER (COALESCE(?earliest <= ?until, true) && COALESCE(?latest >= ?since, true))
  OPTIONAL { ?meeting dm:edtf ?date }
  OPTIONAL { ?meeting dm:place/rdfs:label ?place }
  BIND (STRAFTER(STR(?is), "#") AS ?status)
} ORDER BY ?date ?meeting""",
)


@dataclass(frozen=True)  # no slots: the library reads the fields' defaults from the class
class Answer:
    """A table. `truncated`: there are more rows than shown. `notes` tell what a name was taken for."""

    columns: list[str]
    rows: list[list[str | None]]
    truncated: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A named query: what it asks, and its parameters with their explanations."""

    name: str
    question: str
    parameters: dict[str, str]


class Toolbox:
    """The tools, over the newest snapshot of a store. Every method raises ToolError with a remedy."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._timeout = engine.settings.timeout
        self._looked = time.monotonic()

    @contextmanager
    def _store(self) -> Iterator[OxigraphStore]:
        try:
            if time.monotonic() - self._looked > self._engine.settings.refresh:
                self._looked = time.monotonic()
                with suppress(KgError):  # the old snapshot serves on
                    self._engine.refresh()
            with self._engine.store() as store:
                yield store
        except KgError as error:
            raise ToolError(str(error)) from error
        except Busy:
            raise ToolError("too many queries at once; try again") from None

    def find(self, name: str) -> Answer:
        """Find people, countries, places, topics, meetings or articles by part of a name; gives their ids."""
        with self._store() as store:
            return _answer(run(store, SEARCH, params={"q": name}, limit=50, timeout=self._timeout), 50)

    def people_met(self, person: str) -> Answer:
        """Whom did a person meet, how often, and when first and last?"""
        return self.named_query("people-met", {"who": person})

    def meetings_of_two(self, a: str, b: str) -> Answer:
        """When and where did two persons meet, for how long, or when are they to meet?"""
        return self.named_query("meetings-of-two", {"a": a, "b": b})

    def meetings_of(self, who: str, since: str = "0001-01-01", until: str = "9999-12-31") -> Answer:
        """Meetings of a person, country or other party, in time order. Days: YYYY, YYYY-MM or YYYY-MM-DD."""
        with self._store() as store:
            given = {"who": who, "since": since, "until": until}
            found = run_named(store, _MEETINGS_OF, params=given, limit=ROWS, timeout=self._timeout)
            return _answer(found, ROWS)

    def evidence(self, event: str, property: str) -> Answer:  # noqa: A002 (the ontology's word)
        """The sentences that a fact of a meeting or visit rests on.

        `event` is an id, `property` for example place, date, status, minutes, participant, party, topicText.
        """
        return self.named_query("evidence", {"event": event, "property": property})

    def list_named_queries(self) -> list[Question]:
        """The ready-made questions that named_query answers, and the parameters that each takes."""
        return [
            Question(each.name, each.question, {one.name: one.help for one in each.parameters})
            for each in named_queries().values()
        ]

    def named_query(self, name: str, parameters: dict[str, str] | None = None) -> Answer:
        """Answer a ready-made question; list_named_queries tells which there are."""
        with self._store() as store:
            return _answer(run_named(store, name, params=parameters, limit=ROWS, timeout=self._timeout), ROWS)

    def query(self, sparql: str, limit: int = 100) -> Answer:
        """Run a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT or DESCRIBE) over the graph; it can only read."""
        rows = min(max(limit, 1), ROWS)
        with self._store() as store:
            return _answer(run(store, sparql, limit=rows, timeout=self._timeout), rows)


def _answer(result: Result, most: int) -> Answer:
    """At most so many rows and `CHARACTERS`, ids without the data's namespace."""
    names = ("answer",) if result.kind == "boolean" else ("subject", "predicate", "object")
    rows: list[list[str | None]] = []
    size = 0
    cut = False
    with result:
        for row in result.strings():
            shown = [None if cell is None else cell.removeprefix(DATA) for cell in row]
            size += sum(len(cell or "") for cell in shown)
            if len(rows) == most or size > CHARACTERS:
                cut = True
                break
            rows.append(shown)
    return Answer(list(result.columns or names), rows, cut or result.truncated, list(result.warnings))


def server(settings: Settings) -> tuple[MCPServer[None], Engine]:
    """The server (its `run` serves stdin and stdout until they end) and the engine, to be closed then."""
    engine = Engine(settings)
    box = Toolbox(engine)
    made: MCPServer[None] = MCPServer(
        "dipmeet", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    tools: tuple[Callable[..., object], ...] = (
        box.find, box.people_met, box.meetings_of_two, box.meetings_of,
        box.evidence, box.list_named_queries, box.named_query, box.query,
    )  # fmt: skip
    harmless = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
    for tool in tools:
        made.add_tool(tool, annotations=harmless)
    return made, engine
