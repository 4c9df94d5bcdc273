"""HTML in which nothing gets out of its place: text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["Html", "element", "page", "table"]


class Html(str):
    """Text that is HTML already; any other `str` is escaped where it enters."""

    __slots__ = ()


_VOID = {"input", "link", "meta", "br"}


def element(tag: str, /, *children: str, **attributes: str | None) -> Html:
    """One element. `class_` and `for_` are the attributes of those names; None leaves one out.

    >>> element("a", "<b>", href="/?a=1&b=2")
    '<a href="/?a=1&amp;b=2">&lt;b&gt;</a>'
    """
    shown = "".join(
        f' {key.rstrip("_")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Html(f"<{tag}{shown}>")
    inner = "".join(child if isinstance(child, Html) else escape(child) for child in children)
    return Html(f"<{tag}{shown}>{inner}</{tag}>")


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Html:
    """A table; its cells are texts or HTML."""
    head = element("tr", *(element("th", each) for each in columns))
    body = (element("tr", *(element("td", cell) for cell in row)) for row in rows)
    return element("table", element("thead", head), element("tbody", *body))


def page(title: str, *content: str) -> Html:
    """A whole page with the site's head and search box."""
    search = element(
        "form",
        element("input", name="q", type="search", placeholder="person, country, place …", title="search"),
        element("button", "Search"),
        action="/search",
    )
    links = (
        element("a", text, href=href)
        for text, href in (("dipmeet", "/"), ("network", "/network"), ("query", "/query"))
    )
    body = element("body", element("header", *links, search), element("main", element("h1", title), *content))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("link", rel="stylesheet", href="/style.css"),
    )
    return Html("<!doctype html>\n" + element("html", head, body, lang="en"))


STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#222;background:#fff}
header{display:flex;gap:1.5em;align-items:center;padding:.6em 1em;background:#14324f}
header a{color:#fff}header form{margin-left:auto}
main{max-width:70em;margin:1em auto;padding:0 1em}
table{border-collapse:collapse;margin:1em 0;display:block;overflow-x:auto}
th,td{text-align:left;vertical-align:top;padding:.25em .8em .25em 0;border-bottom:1px solid #ddd}
a{color:#0b5394}textarea{width:100%;font:14px/1.4 monospace}
.text{white-space:pre-wrap;border-left:3px solid #ddd;padding-left:1em}
mark{background:#ffe9a8}mark.no{background:#f6c6c6}.dim{color:#666}
iframe{width:100%;height:75vh;border:1px solid #ddd}
@media(prefers-color-scheme:dark){body{background:#151a1f;color:#ddd}a{color:#8ec5ff}
th,td{border-color:#333}mark{background:#665200;color:#fff}mark.no{background:#6b2020;color:#fff}}
"""
