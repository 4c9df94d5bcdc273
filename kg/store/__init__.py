"""Where the graph is kept: a folder (embedded Oxigraph), memory, or a SPARQL 1.1 endpoint.

```python
with open_store("kg-store", write=True) as store:
    store.replace_article(graph, quads)
```
"""

from __future__ import annotations

from pathlib import Path

from kg.store.backup import backup, restore
from kg.store.base import BLOCK_KEY, INDEX_GRAPH, Change, Store, StoredArticle, StoreStats

__all__ = [
    "BLOCK_KEY",
    "INDEX_GRAPH",
    "Change",
    "Store",
    "StoreStats",
    "StoredArticle",
    "backup",
    "open_store",
    "restore",
]


def open_store(path_or_url: str | Path, *, write: bool = False) -> Store:
    """The store at a folder's path or a SPARQL endpoint's URL, or an empty one in memory for `:memory:`.

    With `write`, a missing or empty folder becomes a store, and nobody else may write until
    it is closed. Readers see the newest finished snapshot and never wait.

    Raises StoreError: no store there, something else there, another writer, a newer format.
    """
    from kg.store.embedded import FolderReader, FolderWriter, MemoryStore

    text = str(path_or_url)
    if text.startswith(("http://", "https://")):
        from kg.store.http import Endpoint
        from kg.store.remote import RemoteStore

        return RemoteStore(Endpoint.of(text), write=write)
    if text == ":memory:":
        return MemoryStore()
    return FolderWriter(Path(text)) if write else FolderReader(Path(text))
