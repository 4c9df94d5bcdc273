"""Reading: files, folders, patterns, JSON lines, standard input → articles, one at a time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Final

from kg.errors import InputError
from kg.model import Article, Failure
from kg.read.article import Ids, Page, make_article, slug
from kg.read.decode import LIMIT, decode
from kg.read.sources import Found, find

__all__ = ["LIMIT", "Ids", "read", "read_bytes", "read_found"]

_LINES: Final = (".jsonl", ".ndjson")
_PAGES: Final = (".html", ".htm", ".xhtml", ".shtml")


def read(
    sources: Iterable[str], *, published: date | None = None, allow_network: bool = False
) -> Iterator[Article | Failure]:
    """Articles of all sources in order, and a failure for each thing that can't be read.

    A source is a file (text, HTML, JSON, JSON lines), a folder, a pattern, "-" for standard
    input, or an address if `allow_network`. `published` is the day of publication of all of
    them and beats what they say themselves. Holds one article at a time.
    """
    ids = Ids()
    for found in find(sources):
        if isinstance(found, InputError):
            yield _failure(found, found.where or "")
        else:
            yield from read_found(found, ids, published=published, allow_network=allow_network)


def read_found(
    found: Found, ids: Ids, *, published: date | None = None, allow_network: bool = False
) -> Iterator[Article | Failure]:
    """The articles of one file or stream; `ids` are those given so far in this run."""
    try:
        yield from _read_one(found, ids, published, allow_network=allow_network)
    except InputError as error:
        yield _failure(error, found.name)
    except OSError as error:
        what = f"it can't be read ({error.strerror or error})"
        yield _failure(
            InputError(what, where=found.name, remedy="check that it exists and its rights"), found.name
        )


def _failure(error: InputError, source: str) -> Failure:
    return Failure(error.where or source, str(error))


def _read_one(
    found: Found, ids: Ids, published: date | None, *, allow_network: bool
) -> Iterator[Article | Failure]:
    if found.is_url:
        from kg.read.net import fetch

        if not allow_network:
            raise InputError(
                "this lies on the net, and nothing is fetched from there unasked",
                where=found.name,
                remedy="save the page and give the file",
            )
        yield from read_bytes(fetch(found.name), found.name, ids=ids, published=published, url=found.name)
        return
    if found.is_stdin:
        yield from _read_stream(sys.stdin.buffer, "-", ids, published)
        return
    if not Path(found.name).is_file():
        raise InputError("this is no regular file", where=found.name, remedy="leave it out")
    with Path(found.name).open("rb") as stream:
        yield from _read_stream(stream, found.name, ids, published)


def _read_stream(
    stream: IO[bytes], name: str, ids: Ids, published: date | None
) -> Iterator[Article | Failure]:
    """JSON lines are read as they come, everything else whole."""
    if name.lower().endswith(_LINES):
        yield from _lines(stream, name, ids, published)
        return
    peek = getattr(stream, "peek", None)
    head: bytes = peek(4096) if peek else b""
    if name == "-" and re.match(rb"(?:\xef\xbb\xbf)?\s*\{.*\"", head):
        yield from _lines(stream, name, ids, published)
        return
    yield from read_bytes(stream.read(LIMIT + 1), name, ids=ids, published=published)


def read_bytes(
    data: bytes, name: str, *, ids: Ids | None = None, published: date | None = None, url: str | None = None
) -> Iterator[Article | Failure]:
    """The article of one file's bytes (articles, when it is a JSON list). Raises `InputError`."""
    ids = ids or Ids()
    text = decode(data, name)
    stem = slug(url) if url else "stdin" if name == "-" else Path(name).stem
    ending = Path(name).suffix.lower() if not url else ""
    if ending == ".json" or (ending in ("", ".txt") and re.match(r"\s*\{\s*\"\w+\"\s*:", text)):
        from kg.read.jsonl import items_of_json, items_of_lines

        if ending == ".json" or "\n" not in text.strip():
            yield from _items(items_of_json(text, name), name, ids, published)
        else:
            import io

            yield from _items(items_of_lines(io.BytesIO(text.encode()), name), name, ids, published)
        return
    if ending not in _PAGES and _is_xml(text, ending):
        raise InputError(
            "this is XML, not an article", where=name, remedy="official records are read with --extractor"
        )
    if ending in _PAGES or url or _is_page(text):
        yield _page(text, name, ids.unique(stem), published, url)
        return
    yield make_article(text, Page(name, ids.unique(stem)), published)


def _is_xml(text: str, ending: str) -> bool:
    head = text[:2048].lstrip().lower()
    return (ending == ".xml" or head.startswith("<?xml")) and "<html" not in head


def _is_page(text: str) -> bool:
    if "<" not in text[:4096]:
        return False
    from kg.read.html import looks_like_html

    return looks_like_html(text)


def _page(text: str, name: str, article_id: str, published: date | None, url: str | None) -> Article:
    from kg.read.html import page_text

    page = page_text(text, name, url)
    facts = Page(name, article_id, page.title, page.url, page.publisher, page.published, page.hints)
    return make_article(page.text, facts, published)


def _lines(stream: IO[bytes], name: str, ids: Ids, published: date | None) -> Iterator[Article | Failure]:
    from kg.read.jsonl import items_of_lines

    yield from _items(items_of_lines(stream, name), name, ids, published)


def _items(
    items: Iterable[object], name: str, ids: Ids, published: date | None
) -> Iterator[Article | Failure]:
    from kg.read.jsonl import Item

    stem = "stdin" if name == "-" else Path(name).stem
    for item in items:
        if isinstance(item, InputError):
            yield _failure(item, name)
        elif isinstance(item, Item):
            where = f"{name}:{item.line}"
            wanted = slug(item.id) if item.id else slug(item.url) if item.url else f"{stem}-{item.line}"
            text = item.text
            if item.title and item.title not in text[: len(item.title) + 200]:
                text = f"{item.title}\n\n{text}"
            page = Page(where, ids.unique(wanted), item.title, item.url, item.publisher, item.published)
            try:
                yield make_article(text, page, published)
            except InputError as error:
                yield _failure(error, where)
