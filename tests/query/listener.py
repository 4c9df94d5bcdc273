"""A listener on this machine that no query may ever reach."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["listening"]


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """An address, and the connections that arrived there (complete when the block has ended)."""
    arrived: list[object] = []
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                arrived.append(connection)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/", arrived
        finally:
            done.set()
            thread.join()
