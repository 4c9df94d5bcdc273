"""The grammar of durations, under the name by which extraction knows it."""

from __future__ import annotations

from kg.times.durations import TOLERANCE, duration_at, find_durations, iso, parse_duration

__all__ = ["TOLERANCE", "duration_at", "find_durations", "iso", "parse_duration"]
