"""Ask the graph: one guarded, read-only path for the command line, Python and HTTP.

```python
with open_store("kg-store") as store, run(store, "SELECT ?m { ?m a dm:Meeting }") as result:
    for row in result.strings():
        ...
```
"""

from __future__ import annotations

from kg.query.guard import QUERY_PREFIXES
from kg.query.named import Understood, run_named, understand
from kg.query.params import Iri, Parameter, as_parameter
from kg.query.result import Cell, Result, Row
from kg.query.run import TIMEOUT, run
from kg.query.writers import FORMATS, write

__all__ = [
    "FORMATS",
    "QUERY_PREFIXES",
    "TIMEOUT",
    "Cell",
    "Iri",
    "Parameter",
    "Result",
    "Row",
    "Understood",
    "as_parameter",
    "run",
    "run_named",
    "understand",
    "write",
]
