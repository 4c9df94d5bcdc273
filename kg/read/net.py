"""Fetching a page, only ever when the caller allowed it."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Final

from kg.errors import InputError
from kg.read.decode import LIMIT

__all__ = ["fetch"]

_TIMEOUT: Final = 20.0
"""Seconds."""


def fetch(url: str) -> bytes:
    """The bytes behind an http or https address. Raises `InputError` when they can't be had."""
    if not url.startswith(("http://", "https://")):
        raise InputError(
            "only http and https addresses are fetched", where=url, remedy="save the page and give the file"
        )
    request = urllib.request.Request(url, headers={"User-Agent": "dipmeet"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            data: bytes = answer.read(LIMIT + 1)
    except (urllib.error.URLError, TimeoutError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(
            f"the page can't be fetched ({reason})", where=url, remedy="save the page and give the file"
        ) from error
    return data
