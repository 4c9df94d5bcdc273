"""Runs in the environment that has followthemoney: lines of entities in, a JSON report out.

For each line: what the library's proxy keeps of it after cleaning every value anew, its caption, and
what its schema finds wrong.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Read standard input to its end."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    report: list[dict[str, Any]] = []
    for line in sys.stdin:
        data = json.loads(line)
        wrong: Any = None
        try:
            model.get(data["schema"]).validate(data)
        except InvalidData as error:
            wrong = error.errors
        proxy = model.get_proxy(data, cleaned=False)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        targets = [value for prop, value in proxy.itervalues() if prop.type.name == "entity"]
        report.append(
            {
                "id": proxy.id, "schema": proxy.schema.name, "properties": kept, "caption": proxy.caption,
                "wrong": wrong, "targets": targets, "kinds": sorted(proxy.schema.names),
            }
        )  # fmt: skip
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
