"""`kg crosscheck`: what articles tell, held against official records."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import NO_RESULTS, as_json, out_file, output_option, store_option

if TYPE_CHECKING:
    from kg.model import FusedEvent, Witness
    from kg.official.crosscheck import Finding
    from kg.store import Store

__all__ = ["crosscheck"]

VERDICTS = ("borne out", "contradicted", "missing")
COLUMNS = (
    "verdict",
    "property",
    "event",
    "label",
    "article_quote",
    "article",
    "article_url",
    "record_quote",
    "record",
    "record_url",
)
_PROPERTY = {"date": "day", "minutes": "duration"}
"""How a reader calls what the model calls otherwise."""

Row = dict[str, str | None]


@click.command()
@store_option
@output_option
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="Only this verdict.")
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print a table of comma-separated values.")
@click.pass_context
def crosscheck(
    ctx: click.Context, store: str, output: str, verdicts: tuple[str, ...], as_json: bool, as_csv: bool
) -> None:
    """Hold the meetings that articles tell of against the official records in the same graph.

    Each held meeting told by an article is borne out by a record, contradicted in its day,
    place or duration, or missing: its day lies in the period of the records, they know one of
    its people, and none of them has it. Both sides are quoted. Exit code 4: nothing to compare.

    \b
    Examples:
      kg crosscheck
      kg crosscheck --verdict contradicted --verdict missing
      kg crosscheck --csv -o checked.csv
    """
    if as_json and as_csv:
        raise click.UsageError("Give --json or --csv, not both.")
    from kg.store import open_store

    with open_store(store) as opened:
        found = [row for row in _rows(opened) if not verdicts or row["verdict"] in verdicts]
    text = (
        json.dumps(found, ensure_ascii=False) + "\n" if as_json else _csv(found) if as_csv else _told(found)
    )
    with out_file(output) as out:
        out.write(text.encode("utf-8"))
    if not found:
        ctx.exit(NO_RESULTS)


def _rows(store: Store) -> Iterator[Row]:
    """The findings with labels and addresses, in the order of the events."""
    from kg.official.crosscheck import crosscheck as compare
    from kg.triples import witness_from_quads
    from kg.vocab import FACTS_GRAPH, RDFS, to_iri

    witnesses = [witness_from_quads(store.article_quads(article.graph)) for article in store.articles()]
    known = {w.article: w for w in witnesses}
    for found in compare(_events(store, witnesses), witnesses):
        labels = store.find(to_iri(found.event), RDFS.label, None, FACTS_GRAPH)
        yield _row(found, next((str(getattr(q.object, "value", q.object)) for q in labels), None), known)


def _events(store: Store, witnesses: Iterable[Witness]) -> list[FusedEvent]:
    """The events of the facts graph with the claims of all their mentions, by id."""
    from kg.model import EventKind, FusedEvent
    from kg.vocab import DM, FACTS_GRAPH, RDF, from_iri

    mentions = {m.id: m for w in witnesses for m in w.mentions}
    held: dict[str, list[str]] = {}
    for quad in store.find(None, DM.tellsOf, None, FACTS_GRAPH):
        held.setdefault(str(quad.object), []).append(from_iri(quad.subject))
    visits = {quad.subject for quad in store.find(None, RDF.type, DM.Visit, FACTS_GRAPH)}
    return [
        FusedEvent(
            id=from_iri(iri),
            kind=EventKind.VISIT if iri in visits else EventKind.MEETING,
            mentions=tuple(sorted(told)),
            # which claims the facts follow does not matter here: each side is heard whole
            accepted=tuple(claim for name in sorted(told) for claim in mentions[name].claims),
        )
        for iri, told in sorted(held.items())
    ]


def _row(found: Finding, label: str | None, known: dict[str, Witness]) -> Row:
    return {
        "verdict": str(found.verdict),
        "property": found.property and _PROPERTY.get(found.property, found.property),
        "event": found.event,
        "label": label,
        "article_quote": found.article_quote,
        "article": found.article,
        "article_url": known[found.article].url if found.article else None,
        "record_quote": found.record_quote,
        "record": found.record,
        "record_url": known[found.record].url if found.record else None,
    }


def _csv(found: list[Row]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(found)
    return text.getvalue()


def _told(found: list[Row]) -> str:
    """For reading: the verdict and the meeting, then each side's words and where they stand."""
    parts = [_block(row) for row in found]
    meetings = {(row["event"], row["verdict"]) for row in found}
    counts = Counter(verdict for _, verdict in meetings)
    parts.append(", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS))
    return "\n\n".join(parts) + "\n"


def _block(row: Row) -> str:
    what = f" ({row['property']})" if row["property"] else ""
    lines = [f"{str(row['verdict']).upper()}{what}  {row['label'] or row['event']}", f"  {row['event']}"]
    for side in ("article", "record"):
        quote = row[f"{side}_quote"]
        if quote:
            lines.append(f"  {side:8}“{' '.join(quote.split())}”")
            lines.append(f"  {'':8}— {row[f'{side}_url'] or row[side]}")
    if row["verdict"] == "missing":
        lines.append("  record  none of this day with these people")
    return "\n".join(lines)
