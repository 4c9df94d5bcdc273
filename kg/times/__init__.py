"""Times as news prose tells them: dates, durations, clock times.

A room below reading and extraction, for both need it.
"""

from __future__ import annotations

__all__: list[str] = []
