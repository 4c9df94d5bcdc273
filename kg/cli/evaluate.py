"""`kg evaluate`: predicted records against gold ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import as_json

if TYPE_CHECKING:
    from kg.evaluate import Difference

__all__ = ["evaluate"]


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("predicted", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--errors", is_flag=True, help="Also print each difference.")
@as_json
def evaluate(gold: Path, predicted: Path, errors: bool, as_json: bool) -> None:
    """Score the JSON lines PREDICTED against the records in the folder GOLD.

    \b
    Examples:
      kg extract articles/*.txt -o predicted.jsonl && kg evaluate gold/ predicted.jsonl
      kg evaluate gold/ predicted.jsonl --errors
    """
    from kg.evaluate import evaluate as score
    from kg.evaluate import load_gold, load_predicted

    outcome = score(load_gold(gold), load_predicted(predicted))
    if as_json:
        click.echo(json.dumps(outcome.to_json()))
        return
    for name, one in outcome.scores.items():
        click.echo(f"{name:14} P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f}")
    click.echo(
        f"{'record':14} {outcome.record:.3f}   "
        f"negatives clean {outcome.negatives_clean}/{outcome.negatives}   "
        f"{outcome.articles} articles, {outcome.meetings} meetings"
    )
    click.echo(f"{'overall':14} {outcome.overall:.3f}")
    if errors:
        for fault in outcome.differences:
            click.echo(_told(fault))


def _told(fault: Difference) -> str:
    """One fault on a few lines: what, and both sides."""
    what = f"differs in {', '.join(fault.fields)}" if fault.fields else "missed" if fault.gold else "spurious"
    lines = [f"\n{fault.article} {what}"]
    for side, meeting in (("gold", fault.gold), ("predicted", fault.predicted)):
        if meeting:
            lines.append(f"  {side:9} {_brief(meeting)}")
    return "\n".join(lines)


def _brief(meeting: Mapping[str, Any]) -> str:
    who = " + ".join(person["name"] for person in meeting["participants"])
    place = meeting.get("place") or {}
    where = "/".join(place[key] for key in ("venue", "city", "country") if place.get(key))
    length = meeting.get("duration") or {}
    parts = [
        who,
        meeting.get("status"),
        meeting.get("mode"),
        meeting.get("date"),
        where,
        f"{length.get('qualifier', '')} {length.get('iso', '')}".strip(),
        "; ".join(meeting.get("topics") or []),
    ]
    return " | ".join(str(part or "-") for part in parts)
