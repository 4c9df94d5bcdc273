"""People's own decisions about identity: a text file beside the graph that survives every re-ingest.

`decisions.tsv` is a log, one decision a line, read from top to bottom:

    merge   person/a-karti--sd  person/ali-ahmed-karti   the second is the one to keep
    split   person/a-karti--sd  person/ali-ahmed-karti   takes that merge back
    apart   person/wang-yi      article/…-1a2b3c4d  Wang  in this article "Wang" is somebody else

Columns: action, first, second, name (for `apart`), by whom and when, why. Lines are only added; deleting
one by hand undoes it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import fold

__all__ = ["FILE_NAME", "Decision", "Decisions", "add_decision", "load_decisions", "merge", "split"]

FILE_NAME = "decisions.tsv"
_ACTIONS = ("merge", "split", "apart")
_HEAD = "# action\tfirst\tsecond\tname\tby\twhy\n"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file."""

    action: str
    first: str
    second: str
    name: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions in force."""

    log: tuple[Decision, ...] = ()
    _same: Mapping[str, str] = field(default_factory=dict)
    _apart: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def of(cls, log: Iterable[Decision]) -> Decisions:
        """The decisions of a log, later lines over earlier ones."""
        lines = tuple(log)
        pairs: dict[str, str] = {}
        apart: set[tuple[str, str, str]] = set()
        for line in lines:
            if line.action == "merge":
                pairs[line.first] = line.second
            elif line.action == "split":
                for one, other in ((line.first, line.second), (line.second, line.first)):
                    if pairs.get(one) == other:
                        del pairs[one]
            else:
                apart.add((line.first, line.second, fold(line.name)))
        return cls(lines, pairs, frozenset(apart))

    def canonical(self, entity: str) -> str:
        """The id that stands for this one after all merges (itself when there is none).

        >>> Decisions.of([Decision("merge", "person/a", "person/b")]).canonical("person/a")
        'person/b'
        """
        seen = [entity]
        while (following := self._same.get(seen[-1])) is not None and following not in seen:
            seen.append(following)
        return seen[-1]

    def kept_apart(self, entity: str, article: str, name: str) -> bool:
        """True when somebody decided that in this article the name is not that entity."""
        key = fold(name)
        return any((entity, where, what) in self._apart for where in (article, "*") for what in (key, ""))


def load_decisions(folder: Path) -> Decisions:
    """The decisions kept in a store's folder; none when there is no file. InputError names a bad line."""
    path = folder / FILE_NAME
    if not path.exists():
        return Decisions()
    return Decisions.of(_parse(path))


def _parse(path: Path) -> Iterable[Decision]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if cells[0] not in _ACTIONS or len(cells) < 3 or not cells[1] or not cells[2]:
            raise InputError(
                f"not a decision: {line!r}",
                where=f"{path}:{number}",
                remedy="a line is: merge, split or apart, then two ids, parted by tabs",
            )
        yield Decision(*cells[:6])


def add_decision(folder: Path, decision: Decision) -> Decisions:
    """Append a decision to the store's file and give back all that are in force then."""
    if decision.action not in _ACTIONS or "/" not in decision.first or "/" not in decision.second + "/*":
        raise InputError(f"not a decision: {decision}", remedy="ids look like person/wang-yi")
    if decision.action == "merge" and _kind(decision.first) != _kind(decision.second):
        raise InputError(
            f"{decision.first} and {decision.second} are of two kinds", remedy="merge persons with persons"
        )
    path = folder / FILE_NAME
    cells = (decision.action, decision.first, decision.second, decision.name, decision.by, decision.why)
    line = "\t".join(" ".join(c.split()) for c in cells) + "\n"
    with path.open("a", encoding="utf-8") as handle:
        if handle.tell() == 0:
            handle.write(_HEAD)
        handle.write(line)
    return load_decisions(folder)


def merge(folder: Path, duplicate: str, kept: str, *, by: str = "", why: str = "") -> Decisions:
    """`kg merge DUPLICATE KEPT`: from now on the first id means the second."""
    if load_decisions(folder).canonical(kept) == duplicate:
        raise InputError(f"{kept} already stands for {duplicate}", remedy="split them first")
    return add_decision(folder, Decision("merge", duplicate, kept, by=by, why=why))


def split(folder: Path, one: str, other: str, *, name: str = "", by: str = "", why: str = "") -> Decisions:
    """`kg split A B`: take a merge back; with an article as B: what is called `name` there is not A."""
    action = "apart" if other.startswith("article/") or other == "*" else "split"
    return add_decision(folder, Decision(action, one, other, name, by, why))


def _kind(entity: str) -> str:
    return entity.partition("/")[0]
