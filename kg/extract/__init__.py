"""One article → what it tells of meetings and visits: gate, reader, assembly."""

from __future__ import annotations

from typing import Protocol

from kg.model import Article, Reading, Record

__all__ = ["Reads", "extract"]


class Reads(Protocol):
    """Anything that marks a text: the trained reader, the rules, a test's oracle."""

    def read(self, article: Article) -> Reading:
        """Spans and how they belong together."""
        ...


def extract(article: Article, reader: Reads) -> Record:
    """The record of one article; pure given the reader. Most news stops at the gate, unread."""
    from kg.extract.assemble import assemble
    from kg.extract.gate import may_tell_of_meeting
    from kg.extract.meetings import Settings
    from kg.extract.world import default_world

    if not may_tell_of_meeting(article):
        return Record(article.id, article.published)
    return assemble(article, reader.read(article), default_world(), Settings())
