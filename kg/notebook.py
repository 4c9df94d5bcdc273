"""The graph in a notebook or script: `kg.open("kg-store")`, then ask, draw, count.

```python
import kg
graph = kg.open("kg-store")
graph.query("SELECT ?label { ?m a dm:Meeting ; rdfs:label ?label }")   # pandas.DataFrame
graph.network()                                                         # networkx.Graph
graph.draw()                                                            # the network page, inline
```
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.draw.charts import Chart
    from kg.view import GraphView, ViewFilter

__all__ = ["Graph", "Page"]

NETWORKS = ("people", "countries", "full")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML: shown in a frame of its own in a notebook, or saved as a file."""

    text: str
    height: int = 720

    def save(self, path: str | Path) -> Path:
        """Write the page; its path comes back."""
        target = Path(path)
        target.write_text(self.text, encoding="utf-8")
        return target

    def _repr_html_(self) -> str:
        """The page in a frame: its scripts and styles stay apart from the notebook's."""
        inside = html.escape(self.text, quote=True)
        return f'<iframe srcdoc="{inside}" width="100%" height="{self.height}" style="border:0"></iframe>'


class Graph:
    """A store opened for reading. Each call sees the newest finished state of the store, except
    pictures and networks, which see that of the first of them until `refresh()`.
    """

    def __init__(self, store: str | Path = "kg-store") -> None:
        self.store = str(store)

    @cached_property
    def view(self) -> GraphView:
        """Everything that pictures are made from. StoreError when there is no store."""
        from kg.store import open_store
        from kg.view import read_store

        with open_store(self.store) as opened:
            return read_store(opened)

    def refresh(self) -> Graph:
        """Read the store anew at the next picture."""
        self.__dict__.pop("view", None)
        return self

    def query(self, text: str, **params: Any) -> pd.DataFrame:
        """The rows of a SPARQL SELECT as a frame of texts and numbers; variables by keyword.

        Needs pandas (extra `charts`). Raises QueryError for what is malformed or too slow.
        """
        import pandas as pd

        from kg.query import run
        from kg.store import open_store

        with open_store(self.store) as opened, run(opened, text, params=params or None) as result:
            rows = [[None if cell is None else cell.value for cell in row] for row in result]
            frame = pd.DataFrame(rows, columns=list(result.columns))
        for name in frame.columns:
            numbers = pd.to_numeric(frame[name], errors="coerce")
            if len(frame) and numbers.notna().equals(frame[name].notna()):
                frame[name] = numbers
        return frame

    def network(self, kind: str = "people", wanted: ViewFilter | None = None) -> nx.Graph:
        """The network of `people`, `countries`, or `full` with meetings as nodes."""
        from kg.view import networks

        if kind not in NETWORKS:
            raise ValueError(f"no network {kind!r}: one of {', '.join(NETWORKS)}")
        makers = {"people": networks.people_network, "countries": networks.country_network}
        return makers.get(kind, networks.full_network)(self.view, wanted)

    def draw(
        self, start: str = "people", wanted: ViewFilter | None = None, title: str = "Who met whom"
    ) -> Page:
        """The network page, inline in a notebook."""
        from kg.draw import draw

        return Page(draw(self.view, title=title, start=start, wanted=wanted))

    def timeline(self, by: str = "person") -> Chart:
        """Meetings over time, a row a person or country."""
        from kg.draw.timeline import timeline

        return timeline(self.view, by=by)

    def map(self) -> Chart:
        """Where they met."""
        from kg.draw.worldmap import world_map

        return world_map(self.view)

    def report(self, name: str) -> Page:
        """All about a person or country. KgError when nobody is called so."""
        from kg.draw.report import report

        return Page(report(self.view, name))
