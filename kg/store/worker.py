"""A child process that runs queries and can be killed: the engine itself has no way to stop.

Parent and child speak over two pipes. Every message is a frame: four bytes of length, then
the bytes. One query is

    parent → child   the request (JSON)
    child → parent   the head (JSON): what kind of result, its columns, or an error
    parent → child   `rows` in a format, or `stop`
    child → parent   frames of the serialised result, an empty frame, then the end (JSON)

after which the child is ready for the next. A child that takes too long, needs too much
memory or falls over is killed, and nobody else notices.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

from kg.errors import QueryError
from kg.store.isolate import cut_network

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.oxigraph import OxigraphStore

__all__ = ["CHUNK", "MEMORY", "Worker", "Workers", "workers_of"]

MEMORY = 4 * 1024**3
"""Bytes that a query may need beyond what the process has when it begins."""

CHUNK = 1 << 16
"""Bytes of a frame; a result that is shorter comes in one."""

_IDLE = 4
"""Workers kept for the next query of a store."""


class Worker:
    """The parent's end of one child."""

    def __init__(self, opener: Callable[[], ox.Store], memory: int = MEMORY) -> None:
        request_read, request_write = os.pipe()
        answer_read, answer_write = os.pipe()
        self._errors = _nameless_file()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # fork in a threaded program: see `_child`
            self.pid = os.fork()
        if self.pid == 0:
            _child(opener, (request_read, answer_write, self._errors), memory)
        os.close(request_read)
        os.close(answer_write)
        self._to, self._from = request_write, answer_read
        self._poll = select.poll()
        self._poll.register(answer_read, select.POLLIN)
        self.left = 0.0
        """Seconds that the running query may still take (waiting for it counts, using its rows does not)."""
        self.alive = True
        self._timeout = 0.0

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Start a query; the head of its result. QueryError when the child fails."""
        self.left = self._timeout = timeout
        self.send({**request, "timeout": timeout})
        head: dict[str, Any] = json.loads(self.frame())
        return head

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the child."""
        data = json.dumps(message).encode()
        try:
            _write(self._to, len(data).to_bytes(4, "big") + data)
        except BrokenPipeError:
            raise self._fallen() from None

    def frame(self) -> bytes:
        """The next frame from the child; QueryError when it does not come in time or at all."""
        size = int.from_bytes(self._exactly(4), "big")
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        parts = []
        while size:
            began = time.monotonic()
            ready = self._poll.poll(max(0.0, self.left) * 1000)
            self.left -= time.monotonic() - began
            if not ready:
                self.kill()
                raise QueryError(
                    f"the query took longer than {self._timeout:g} s and was stopped",
                    remedy="ask for less (LIMIT, a period, one country) or allow more with --timeout",
                )
            part = os.read(self._from, size)
            if not part:
                raise self._fallen()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _fallen(self) -> QueryError:
        """Why the child is no more."""
        status = self.kill()
        told = os.pread(self._errors, 100_000, 0).decode("utf-8", "replace")
        if "overflow" in told:
            return QueryError("the query is nested too deep for the engine", remedy="take it apart")
        if "memory allocation" in told or "bad_alloc" in told or "MemoryError" in told:
            return QueryError("the query needed too much memory and was stopped", remedy="ask for less")
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return QueryError("the query took too long and was stopped", remedy="ask for less")
        last = told.strip().splitlines()[-1:] or ["no message"]
        return QueryError(f"the query engine fell over ({last[0]})", remedy="ask in another way")

    def kill(self) -> int:
        """End the child whatever it does; its exit status."""
        if not self.alive:
            return 0
        self.alive = False
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._to)
        os.close(self._from)
        with suppress(ChildProcessError):
            return os.waitpid(self.pid, 0)[1]
        return 0

    def close(self) -> None:
        """End the child; closing twice is harmless."""
        self.kill()
        if self._errors >= 0:
            os.close(self._errors)
            self._errors = -1


def _nameless_file() -> int:
    """A file for what the child says on stderr, without a name on any disk."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("kg-query")
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class Workers:
    """The idle workers of one store."""

    def __init__(self) -> None:
        self._idle: list[tuple[object, Worker]] = []

    def take(self, store: OxigraphStore) -> Worker:
        """A worker that sees the store as it is now."""
        revision = store.revision
        while self._idle:
            known, worker = self._idle.pop()
            if known == revision and worker.alive:
                return worker
            worker.close()
        return Worker(store.opener())

    def give(self, revision: object, worker: Worker) -> None:
        """Keep a worker that is at the end of its query."""
        if worker.alive and len(self._idle) < _IDLE:
            self._idle.append((revision, worker))
        else:
            worker.close()

    def close(self) -> None:
        """End all of them."""
        while self._idle:
            self._idle.pop()[1].close()


def workers_of(store: OxigraphStore) -> Workers:
    """The workers of a store; closing the store ends them."""
    workers = store.companions.setdefault("query", Workers())
    assert isinstance(workers, Workers)  # noqa: S101 (nobody else uses that name)
    return workers


# --- the child ------------------------------------------------------------------------------


def _child(opener: Callable[[], ox.Store], pipes: tuple[int, int, int], memory: int) -> NoReturn:
    """Serve queries until the parent closes its pipe.

    The child keeps nothing of the parent but memory: no signal handlers, no open files
    (a store's locks among them). It leaves by `_exit`, so that nothing is cleaned up twice.
    """
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        _keep(*pipes)
        _limit_memory(memory)
        cut_network()
        _serve(opener())
        code = 0
    except BaseException as error:  # noqa: BLE001 (the parent reads what fell over, then the child ends)
        with suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


_IN, _OUT = 3, 4


def _keep(requests: int, answers: int, errors: int) -> None:
    """Put the pipes at fixed numbers and close everything else; stdin and stdout lead nowhere."""
    high = [os.dup(each) for each in (requests, answers, errors)]
    while min(high) <= _OUT:
        high = [os.dup(each) for each in high]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for source, target in ((nowhere, 0), (nowhere, 1), (high[2], 2), (high[0], _IN), (high[1], _OUT)):
        os.dup2(source, target)
    os.closerange(_OUT + 1, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 20))


def _limit_memory(memory: int) -> None:
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 (a Path costs an import)
            used = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return  # not Linux: time is limited all the same
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = used + memory
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, wanted))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(timeout: float) -> None:
    """A second line: the system ends the child even when the parent is gone."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(spent.ru_utime + spent.ru_stime + timeout * 4) + 5
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard < 0 else min(wanted, hard), hard))


def _serve(db: ox.Store) -> None:
    while (request := _receive()) is not None:
        _limit_time(request["timeout"])
        _answer(db, request)


def _answer(db: ox.Store, request: dict[str, Any]) -> None:
    import pyoxigraph as ox

    try:
        missing = [each for each in request["graphs"] if not db.contains_named_graph(ox.NamedNode(each))]
        if missing:
            _reply({"error": "graph", "message": missing[0]})
            return
        default, named = ([ox.NamedNode(each) for each in part] for part in request["dataset"])
        chosen: dict[str, Any] = {"default_graph": default, "named_graphs": named} if default or named else {}
        found = db.query(
            request["text"],
            prefixes=request["prefixes"],
            use_default_graph_as_union=request["union"] and not chosen,
            **chosen,
        )
    except SyntaxError as error:
        _reply({"error": "syntax", "message": str(error)})
        return
    except (OSError, ValueError, RuntimeError) as error:
        _reply({"error": "engine", "message": str(error)})
        return
    if isinstance(found, ox.QueryBoolean):
        _reply({"kind": "boolean", "value": bool(found)})
        return
    if isinstance(found, ox.QuerySolutions):
        _reply({"kind": "rows", "columns": [each.value for each in found.variables]})
    else:
        _reply({"kind": "triples"})
    wanted = _receive()
    if wanted is None or wanted.get("stop"):
        return
    _stream(found, wanted["format"])


def _stream(found: ox.QuerySolutions | ox.QueryTriples, name: str) -> None:
    import pyoxigraph as ox

    out = _Frames()
    end: dict[str, Any] = {}
    try:
        if isinstance(found, ox.QuerySolutions):
            found.serialize(out, getattr(ox.QueryResultsFormat, name))  # type: ignore[arg-type]
        else:
            found.serialize(out, getattr(ox.RdfFormat, name))  # type: ignore[arg-type]
    except (OSError, ValueError, RuntimeError) as error:
        end = {"error": "engine", "message": str(error)}
    out.flush()
    _write(_OUT, bytes(4))
    _reply(end)


class _Frames:
    """A file for the engine to write to; what is written goes out in frames."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._size += len(data)
        if self._size >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._size:
            _write(_OUT, self._size.to_bytes(4, "big") + b"".join(self._parts))
            self._parts.clear()
            self._size = 0


def _receive() -> dict[str, Any] | None:
    size = int.from_bytes(_read(4), "big")
    data = _read(size)
    return json.loads(data) if data else None


def _read(size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = os.read(_IN, size - len(data))
        if not part:
            return b""
        data += part
    return data


def _reply(message: dict[str, Any]) -> None:
    data = json.dumps(message).encode()
    _write(_OUT, len(data).to_bytes(4, "big") + data)


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
