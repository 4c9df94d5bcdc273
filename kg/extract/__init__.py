"""One article → what it tells of meetings and visits: gate, reader, assembly."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg import __version__
from kg.model import Article, Reading, Record

if TYPE_CHECKING:
    from kg.extract.settings import Settings

__all__ = ["Reads", "extract", "extractor_name"]


class Reads(Protocol):
    """Anything that marks a text: the trained reader, the rules, a test's oracle."""

    def read(self, article: Article) -> Reading:
        """Spans and how they belong together."""
        ...


@cache
def extractor_name() -> str:
    """Name and version of the extractor, with the version of the model's weights where one is shipped."""
    meta = Path(__file__).parent / "reader_model" / "meta.json"
    try:
        weights = json.loads(meta.read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        return f"reader/{__version__}"
    return f"reader/{__version__}-{weights}"


def extract(article: Article, reader: Reads, settings: Settings | None = None) -> Record:
    """The record of one article; pure given reader and settings. Most news stops at the gate, unread."""
    from kg.extract.assemble import assemble
    from kg.extract.gate import may_tell_of_meeting
    from kg.extract.settings import Settings
    from kg.extract.world import default_world

    if not may_tell_of_meeting(article):
        return Record(article.id, article.published, extractor=extractor_name())
    record = assemble(article, reader.read(article), default_world(), settings or Settings())
    return replace(record, extractor=extractor_name())
