"""What timeline and map share: colours, and the way from a Vega-Lite specification to a file."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.draw.page import asset, digest, fill, safe_json
from kg.errors import KgError

__all__ = ["CHART_FORMATS", "STATUS_COLOURS", "Chart", "chart_config", "facts_table"]

CHART_FORMATS = ("html", "png", "svg")

STATUS_COLOURS = {
    "held": "#3f76bd",
    "ongoing": "#2c8a57",
    "planned": "#c07a12",
    "possible": "#e3b765",
    "postponed": "#7b57b0",
    "cancelled": "#c0343d",
    "denied": "#e58a8f",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, a note on how to read it, and the same facts as rows of a table."""

    spec: Mapping[str, Any]
    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def render(self, fmt: str) -> bytes:
        """The chart as `html` (self-contained, asks the net for nothing), `png` (scale 2) or `svg`.

        Raises KgError when the extra `charts` is not installed, ValueError for another format.
        """
        if fmt == "html":
            return self._html().encode()
        text = json.dumps(self.spec)
        if fmt == "svg":
            return str(_converter().vegalite_to_svg(text)).encode()
        if fmt == "png":
            return bytes(_converter().vegalite_to_png(text, scale=2))
        raise ValueError(f"no format {fmt!r}: one of {', '.join(CHART_FORMATS)}")

    def _repr_html_(self) -> str:
        """The chart inside a notebook, in a frame of its own."""
        page = html.escape(self._html(), quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="640" style="border:0"></iframe>'

    def _html(self) -> str:
        library, own, style = _bundle(), asset("chart.js"), asset("chart.css")
        # Vega makes functions of its expressions and styles its own elements; no policy that lets it
        # do so lets it fetch anything
        policy = (
            f"default-src 'none'; script-src {digest(library)} {digest(own)} 'unsafe-eval'; "
            "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
        )
        return fill(
            asset("chart.html"),
            {
                "csp": policy,
                "title": html.escape(self.title),
                "note": html.escape(self.note),
                "style": style,
                "table": facts_table(self.head, self.rows),
                "spec": safe_json(json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))),
                "library": library,
                "script": own,
            },
        )


def chart_config() -> dict[str, Any]:
    """The look of all charts."""
    font = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
    return {
        "font": font,
        "background": "white",
        "view": {"stroke": None},
        "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": "#1b2430", "gridColor": "#eceae5"},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top", "symbolOpacity": 1},
        "title": {"anchor": "start", "fontSize": 17, "subtitleFontSize": 12, "subtitleColor": "#5a6675"},
    }


def facts_table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in HTML, everything in it escaped."""
    first = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>"


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise KgError("charts need more packages", remedy="pip install 'dipmeet[charts]'") from error
    return vl_convert


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one script, out of the installed vl-convert."""
    text = str(_converter().javascript_bundle())
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
