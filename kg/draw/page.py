"""Scene → one HTML file that asks the net for nothing.

Scripts are allowed by their hashes, everything else is forbidden by the page's own
content security policy. Data stands in a JSON block in which no tag can close it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from kg.draw.scene import Scene
from kg.errors import KgError

__all__ = ["asset", "digest", "fill", "policy", "render", "safe_json", "script", "stylesheet", "vis_library"]

SCRIPTS = ("01-data.js", "02-filter.js", "03-scene.js", "04-panel.js", "05-picture.js", "06-controls.js")


def render(scene: Scene, *, title: str) -> str:
    """The whole page, self-contained."""
    style, library, own = stylesheet(), vis_library(), script(*SCRIPTS)
    return fill(
        asset("page.html"),
        {
            "csp": policy(styles=(style,), scripts=(library, own)),
            "generator": "dipmeet",
            "title": html.escape(title),
            "style": style,
            "data": safe_json(scene.to_json()),
            "library": library,
            "script": own,
        },
    )


def fill(template: str, parts: Mapping[str, str]) -> str:
    """The template with each `{{name}}` replaced, in one pass: what is put in is not looked at again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)


def safe_json(text: str) -> str:
    r"""JSON that can stand inside a script element: no tag, comment or line separator in it.

    >>> safe_json('{"a":"</script><!--"}')
    '{"a":"\\u003c/script\\u003e\\u003c!--"}'
    """
    table = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    return text.translate({ord(character): code for character, code in table.items()})


def policy(*, styles: tuple[str, ...], scripts: tuple[str, ...]) -> str:
    """A content security policy under which exactly these texts run and nothing is fetched."""
    allowed_scripts = " ".join(digest(each) for each in scripts) or "'none'"
    allowed_styles = " ".join(digest(each) for each in styles) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed_scripts}; style-src {allowed_styles}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def vis_library() -> str:
    """vis-network's script as pyvis ships it, read from the installed package at run time.

    Raises KgError when the installed pyvis holds no such file.
    """
    folder = resources.files("pyvis") / "lib"
    found = sorted(each.name for each in folder.iterdir() if each.name.startswith("vis-"))
    for name in reversed(found):
        path = folder / name / "vis-network.min.js"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            # without its source map: developer tools would ask for that file
            text = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text)
            return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    raise KgError("pyvis holds no vis-network.min.js", remedy="install pyvis 0.3.2 or later")


@cache
def script(*names: str) -> str:
    """Our own scripts as one, in a scope of their own."""
    return "(() => {\n" + "\n".join(asset(name) for name in names) + "\n})();"


@cache
def stylesheet() -> str:
    """The page's own styles."""
    return asset("style.css")


def asset(name: str) -> str:
    """A file of the package's own, as text."""
    return (resources.files("kg.draw") / "assets" / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """The hash of an inline script or style as content security policies write it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"
