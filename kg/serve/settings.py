"""How a server is to behave; everything has a cautious default."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of `kg serve`."""

    store: str
    """Path of the store folder."""
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = field(default=None, repr=False)
    """When given, every request must carry it: `Authorization: Bearer …`."""
    cors: str | None = None
    """Origin of pages that may read answers (`*`: any); None: none but ours."""
    timeout: float = 30.0
    """Seconds that a query may work."""
    workers: int = 4
    """Queries that run at the same time; others wait."""
    rate: float = 0.0
    """Requests a second that one address may make in the long run; 0: any number."""
    max_body: int = 1_000_000
    """Bytes of a request's body."""
    max_answer: int = 1_000_000_000
    """Bytes of an answer."""
    body_seconds: float = 10.0
    """Seconds within which a request must have arrived."""
    allow_ingest: bool = False
    """May `POST /ingest` write into the store? Only together with a token."""
    in_memory: int = 3_000_000
    """A store with at most this many quads is copied into memory; negative: none is."""
    refresh: float = 2.0
    """Seconds between looks for a newer snapshot."""
