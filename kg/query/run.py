"""The one way in which anybody queries a store, and it only reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.query.guard import QUERY_PREFIXES, Checked, check
from kg.query.params import Parameter, Ready, prepare
from kg.query.result import Result
from kg.query.tokens import line_and_column

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["TIMEOUT", "Dataset", "run"]

TIMEOUT = 30.0
"""Seconds."""

Dataset = tuple[Sequence[str], Sequence[str]]
"""Graphs that make the default graph, and graphs that GRAPH can name; both empty: as the query says."""


def run(
    store: Store,
    text: str,
    *,
    params: Mapping[str, Parameter] | None = None,
    timeout: float = TIMEOUT,
    limit: int | None = None,
    dataset: Dataset = ((), ()),
) -> Result:
    """The result of a SPARQL query over the union of all graphs.

    `params` binds variables of the query to values. The query is stopped after `timeout`
    seconds of work, and gives at most `limit` rows. The prefixes dm, rdf, rdfs, skos, xsd, owl
    and id (the data) are known. `dataset` is what the SPARQL protocol's default-graph-uri and
    named-graph-uri say; it overrules FROM. Raises QueryError, with line and column, for what is malformed,
    forbidden, too slow or too large.
    """
    query = check(text)
    if any(dataset):
        query = replace(query, graphs=tuple((graph, 0) for part in dataset for graph in part))
    ready = prepare(query, params or {}, limit)
    result = _ask(store, query, ready, (timeout, limit, dataset))
    result.warnings = query.warnings
    return result


def _ask(store: Store, query: Checked, ready: Ready, how: tuple[float, int | None, Dataset]) -> Result:
    from kg.store.oxigraph import OxigraphStore
    from kg.store.worker import workers_of

    timeout, limit, dataset = how

    if not isinstance(store, OxigraphStore):
        from kg.query.remote import run_remote
        from kg.store.remote import RemoteStore

        assert isinstance(store, RemoteStore)  # noqa: S101 (there is no third kind)
        return run_remote(store, query, ready, timeout=timeout, limit=limit)
    workers = workers_of(store)
    revision = store.revision
    worker = workers.take(store)
    request = {
        "text": ready.text,
        "prefixes": dict(QUERY_PREFIXES),
        "union": not query.graphs,
        "dataset": [list(part) for part in dataset],
        "graphs": [iri for iri, _ in query.graphs],
    }
    try:
        head = worker.ask(request, timeout)
    except BaseException:
        worker.close()
        raise
    if "error" in head:
        workers.give(revision, worker)
        raise _error(head, query, ready)
    return Result(head, worker, limit, lambda each: workers.give(revision, each))


_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def _error(head: Mapping[str, str], query: Checked, ready: Ready) -> QueryError:
    """What the engine says, with the place in the text that the user wrote."""
    message = head["message"]
    if head["error"] == "graph":
        place = next(at for iri, at in query.graphs if iri == message)
        return QueryError(
            f"FROM <{message}> is no graph of this store, and nothing is fetched",
            where=line_and_column(query.text, place),
            remedy="leave FROM out: all graphs of the store are asked",
        )
    match = _PLACE.match(message)
    if head["error"] != "syntax" or match is None:
        return QueryError(f"the engine refuses the query ({message})", remedy="ask in another way")
    lines = ready.text.split("\n")
    position = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    place = min(ready.original(position), len(query.text))
    where = line_and_column(query.text, place)
    if told := re.search(r"(?:The|A|An|It) [A-Za-z][^,\[\]]+", match[3]):
        return QueryError(f"the query makes no sense here: {told[0].strip()}", where=where)
    return QueryError(_unread(query, place), where=where, remedy=_expected(match[3]))


def _unread(query: Checked, place: int) -> str:
    """What stands where the engine could read no further."""
    if not query.text[place:].strip():
        signs = [token.text for token in query.tokens]
        closed = all(signs.count(one) == signs.count(other) for one, other in ("{}", "()", "[]"))
        return "something is missing before this place" if closed else "the query ends too early"
    token = next((each for each in reversed(query.tokens) if each.start <= place), None)
    return f"the query can't be read at {token.text!r}" if token else "the query can't be read here"


def _expected(text: str) -> str | None:
    """The engine's list of what could stand there, without its classes of characters."""
    if "no such prefix" in text.lower() or "Prefix not found" in text:
        return "declare the prefix"
    text = re.sub(r"\[(?:'.+?'|[^\]'])*\]", " ", text)
    words = re.findall(r'"(?:[^"\\]|\\.)*"|\b(?:[A-Z][A-Z_]+|true|false)\b', text)
    words = [each for each in words if each not in {"SERVICE", "LATERAL", '"<<"', '"<<("'}]
    return f"expected {' or '.join(words)}" if 0 < len(words) <= 6 else None
