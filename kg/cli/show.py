"""`kg show`: one event, each voice with its sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import as_json, store_option
from kg.model import Claim, DateSpan, Duration, EntityRef

if TYPE_CHECKING:
    from kg.fuse import Quarrel, Statement, Voice
    from kg.show import Shown

__all__ = ["show"]


@click.command()
@click.argument("meeting")
@store_option
@as_json
def show(meeting: str, store: str, as_json: bool) -> None:
    """Show a meeting or visit: what each article says of it, in which sentence.

    MEETING is an IRI, an id such as meeting/2023-06-19-antony-blinken-wang-yi, or words of its
    label that fit it alone. A value that the facts do not follow is marked with ✗.

    \b
    Examples:
      kg show meeting/2023-06-19-antony-blinken-wang-yi
      kg show "Merkel Hollande Minsk"
    """
    from kg.fuse import quarrels, voices
    from kg.show import event, find_event
    from kg.store import open_store

    with open_store(store) as opened:
        shown = event(opened, find_event(opened, meeting))
    heard = voices(shown.event, shown.witnesses)
    disputes = quarrels(shown.event)
    if as_json:
        click.echo(json.dumps(_plain(shown, heard, disputes), ensure_ascii=False))
        return
    click.echo(f"{shown.label}\n{shown.event.id}")
    for voice in heard:
        click.echo("\n" + _voice(voice))
    for quarrel in disputes:
        click.echo(f"\nDisputed: {quarrel.property}")
        for text, won, who in quarrel.sides:
            click.echo(f"  {'✓' if won else '✗'} {text} — {', '.join(who)}")


def _voice(voice: Voice) -> str:
    head = ", ".join(str(part) for part in (voice.publisher, voice.published, voice.title) if part)
    lines = [head or voice.article, *([voice.url] if voice.url else [])]
    if voice.copy_of:
        lines.append(f"(the same text as {voice.copy_of}: one voice)")
    lines += [f"  “{' '.join(sentence.split())}”" for sentence in voice.sentences]
    lines += [_statement(statement) for statement in voice.statements]
    if voice.like:
        why = "; ".join(f"{reason.text} ({reason.points:+d})" for reason in voice.reasons)
        lines.append(f"  one with {voice.like}: {why}")
    return "\n".join(lines)


def _statement(statement: Statement) -> str:
    claim = statement.claim
    extra = [claim.role] if claim.role else []
    if claim.party:
        extra.append(f"for {claim.party}")
    if claim.basis != "stated":
        extra.append(str(claim.basis))
    told = f" ({', '.join(extra)})" if extra else ""
    mark = "✓" if statement.accepted else "✗"
    # a status or a mode rests on a whole sentence, which is quoted above already
    value = claim.value if claim.property in ("status", "mode") else claim.text
    return f"  {mark} {claim.property:12} {value}{told}  {claim.confidence:.2f}"


def _value(claim: Claim) -> str:
    """The value as the graph has it: an id, an EDTF date, minutes, a word."""
    match claim.value:
        case EntityRef():
            return claim.value.id
        case DateSpan():
            return claim.value.edtf
        case Duration():
            return f"{claim.value.minutes:g}"
        case _:
            return str(claim.value)


def _plain(shown: Shown, heard: tuple[Voice, ...], disputes: tuple[Quarrel, ...]) -> dict[str, Any]:
    return {
        "id": shown.event.id,
        "label": shown.label,
        "disputed": {q.property: [[text, won, list(who)] for text, won, who in q.sides] for q in disputes},
        "voices": [
            {
                "article": voice.article,
                "title": voice.title,
                "publisher": voice.publisher,
                "url": voice.url,
                "published": str(voice.published) if voice.published else None,
                "copy_of": voice.copy_of,
                "sentences": list(voice.sentences),
                "claims": [
                    {
                        "property": s.claim.property,
                        "value": _value(s.claim),
                        "text": s.claim.text,
                        "quote": s.sentence,
                        "start": s.claim.evidence.start,
                        "end": s.claim.evidence.end,
                        "accepted": s.accepted,
                        "confidence": s.claim.confidence,
                        "basis": str(s.claim.basis),
                    }
                    for s in voice.statements
                ],
            }
            for voice in heard
        ],
    }
