"""A page → its text, its captions and what it says of itself.

trafilatura finds the story, lxml the captions and the metadata (JSON-LD, OpenGraph, canonical
link), htmldate a date that the metadata lack. All three are loaded when the first page comes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.article import read_day

__all__ = ["PageText", "looks_like_html", "page_text"]

_SNIFF: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS: Final = re.compile(r"</?(?:p|div|br|a|span|h[1-6]|img|li|title|meta)\b[^>]*>", re.IGNORECASE)
_LEAST: Final = 40
"""Characters of story below which a page counts as having none."""
_ARTICLE_TYPES: Final = (
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "BlogPosting",
    "WebPage",
    "LiveBlogPosting",
)


@dataclass(frozen=True, slots=True)
class PageText:
    """The plain text of a page and its facts; `hints` as in `kg.read.article.Page`."""

    text: str
    hints: dict[int, BlockKind]
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None


def looks_like_html(text: str) -> bool:
    """Whether a text of unknown name is a page."""
    return _SNIFF.match(text[:4096]) is not None or len(_TAGS.findall(text[:4096])) >= 6


def page_text(markup: str, where: str, url: str | None = None) -> PageText:
    """The story of a page: title, paragraphs, captions; broken markup is read as far as it goes.

    Raises `InputError` when there is no text to be found.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=_utf8(parser))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(
            "the page has no readable markup", where=where, remedy="save it as plain text"
        ) from error
    facts = _facts(tree)
    paragraphs = _paragraphs(markup, tree)
    title = facts.title
    if title and paragraphs and _same(paragraphs[0], title):
        paragraphs = paragraphs[1:]
    captions = [c for c in _captions(tree) if not any(c in p for p in paragraphs)]
    if sum(map(len, paragraphs)) < _LEAST and not captions:
        raise InputError(
            "the page holds no story that can be read", where=where, remedy="save it as plain text"
        )
    parts = [*([title] if title else []), *paragraphs]
    text = "\n\n".join(parts)
    hints: dict[int, BlockKind] = {0: BlockKind.HEADLINE} if title else {}
    for caption in captions:
        hints[len(text) + 2] = BlockKind.CAPTION
        text += "\n\n" + caption
    published = facts.published or _found_date(tree, url)
    return PageText(text + "\n", hints, title, facts.url or url, facts.publisher, published)


def _utf8(parser: Any) -> Any:
    from lxml import html as lxml_html

    del parser
    return lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)


def _same(a: str, b: str) -> bool:
    fold = [re.sub(r"\W+", "", text).casefold() for text in (a, b)]
    return fold[0] == fold[1]


def _paragraphs(markup: str, tree: Any) -> list[str]:
    """The story's paragraphs as trafilatura finds them; all paragraphs of the page when it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True)
    except (ValueError, TypeError, AttributeError, RecursionError):
        text = None
    found = [_flat(line) for line in (text or "").split("\n") if line.strip()]
    if sum(map(len, found)) >= _LEAST:
        return found
    rest = [_flat(p.text_content()) for p in tree.iter("p", "h1", "h2", "li", "td", "blockquote")]
    rest = [p for p in rest if p]
    if not rest:
        body = tree.find("body")
        whole = (tree if body is None else body).text_content()
        rest = [_flat(line) for line in whole.split("\n") if line.strip()]
    return list(dict.fromkeys(rest))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _captions(tree: Any) -> list[str]:
    """What stands under pictures."""
    found: list[str] = []
    for element in tree.iter("figcaption", "p", "div", "span", "dd"):
        label = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if element.tag != "figcaption" and not re.search(
            r"(?:^|[\s_-])(?:wp-)?(?:photo-?)?caption(?:[\s_-]|text|$)", label
        ):
            continue
        text = _flat(element.text_content())
        if 12 <= len(text) <= 600 and not any(text in other or other in text for other in found):
            found.append(text)
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None


def _facts(tree: Any) -> _Facts:
    """JSON-LD first, OpenGraph and meta names next, the title element last."""
    meta = {
        (m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m.get("content") or ""
        for m in tree.iter("meta")
    }
    linked = next(iter(_linked_articles(tree)), {})
    canonical = next(
        (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None
    )
    heading = next((_flat(e.text_content()) for e in tree.iter("h1") if _flat(e.text_content())), None)
    element = next((_flat(e.text_content()) for e in tree.iter("title")), None)
    site = _name(linked.get("publisher")) or meta.get("og:site_name") or meta.get("application-name")
    titles = (
        _text(linked.get("headline")),
        meta.get("og:title"),
        meta.get("twitter:title"),
        heading,
        element,
    )
    title = next((_flat(t) for t in titles if t and t.strip()), None)
    stamps = (
        _text(linked.get("datePublished")), meta.get("article:published_time"), meta.get("datepublished"),
        meta.get("date"), meta.get("dc.date"), meta.get("dc.date.issued"), meta.get("pubdate"),
        meta.get("publish-date"), meta.get("parsely-pub-date"), meta.get("sailthru.date"),
    )  # fmt: skip
    days = (read_day(stamp) for stamp in stamps if stamp)
    address = _text(linked.get("url")) or canonical or meta.get("og:url")
    return _Facts(
        _without_site(title, site),
        address if address and address.startswith(("http://", "https://")) else None,
        site or None,
        next((day for day in days if day is not None), None),
    )


def _without_site(title: str | None, site: str | None) -> str | None:
    if (
        title
        and site
        and (cut := re.match(rf"(.{{8,}}?)\s*[-–—|:]+\s*{re.escape(site)}\s*$", title, re.IGNORECASE))
    ):
        return cut[1]
    return title


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page that are articles, the most telling kind first."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().strip() == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            nodes.extend(_objects(data))
    for kind in _ARTICLE_TYPES:
        for node in nodes:
            types = node.get("@type")
            if kind in (types if isinstance(types, list) else [types]):
                yield node


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"))


def _found_date(tree: Any, url: str | None) -> date | None:
    """htmldate's careful search only: a date somewhere in the text is not the page's."""
    import htmldate

    try:
        found = htmldate.find_date(tree, url=url, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return read_day(found) if found else None
