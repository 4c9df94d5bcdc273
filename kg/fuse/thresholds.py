"""Every number that decides what is one meeting, in one place.

Points are whole numbers, a tenth of a point of evidence each, so that sums never depend
on the order of addition. They are measured on the labelled groups in `tests/fuse/groups`;
`docs/fusion.md` explains each one.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RULES", "VETO", "Rules"]

VETO = -10_000
"""Points of evidence that nothing outweighs: the two are different."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds and points of evidence. The defaults are the measured ones."""

    same: int = 50
    """Average points from which two sides are one event."""
    margin: int = 4
    """A vague mention joins the best of several events only when it leads by this much."""
    outweighed: int = 2
    """Or when each other is told of by at most one mention to so many of the best."""

    # who
    person: int = 22
    """The same person on both sides."""
    variant: int = 19
    """Two spellings of a name in the same seat."""
    role: int = 16
    """A person and the office that he or she holds, or one office twice."""
    office: int = 12
    """A person whose office nobody told, and somebody known by office only."""
    group: int = 9
    """A person, or a group, and another group of the same party."""
    further: int = 5
    """Each further seat in common after the second."""
    further_most: int = 15
    aide: int = -3
    """Somebody named on one side only whose party sits at both."""
    third_party: int = -42
    """A party that sits on one side only: bilateral against trilateral or summit."""
    third_party_group: int = -14
    """The same where that party is there as an unnamed group."""

    # when
    same_day: int = 30
    within_days: int = 14
    """A day inside a stated period (a week, a month), or two periods that overlap."""
    within_year: int = 4
    """The same where the period is longer than `wide_days`."""
    off_one_stated: int = -18
    """Stated days that differ by one."""
    off_one_inferred: int = -9
    """The same where a weekday or "yesterday" gave one of them."""
    off_one_moved: int = -4
    """The same where one is a plan."""
    off_two: int = -28
    off_three: int = -38
    off_more_moved: int = 12
    """A plan that moved by two or three days costs so much less."""
    date_line: int = 10
    """Evening on one side and the next morning on the other: clocks of two places."""
    told_soon: int = 16
    """An undated report of a day that was at most `soon_days` before it."""
    told_later: int = 6
    soon_days: int = 3
    told_before: int = -60
    """Told as a thing done, days before the day that the other names."""
    wide_days: int = 75
    """A longer period says nothing of when."""
    narrow_days: int = 3
    """Up to so many days after the first the time counts as known."""
    tolerance: int = 3
    """Days beyond which two stated times never mean one event."""
    back_days: int = 10
    """An undated report of a meeting held looks back so far."""
    ahead_days: int = 45
    """An undated announcement looks ahead so far."""

    # where
    same_venue: int = 14
    same_city: int = 10
    same_country: int = 4
    other_venue: int = -8
    other_city: int = -24
    other_country: int = -45

    # how, whether, how long
    same_remote: int = 10
    """Both by phone, or both by video."""
    same_presence: int = 2
    phone_or_video: int = -15
    remote_or_present: int = -60
    remote_with_place: int = -12
    """One by phone or video, the other with a place but no stated mode."""
    undone_done: int = -25
    """Called off on one side, held on the other."""
    same_undone: int = 8
    """Both cancelled, both postponed or both denied."""
    same_length: int = 12
    near_length: int = 6
    other_length: int = -7
    far_length: int = -20
    """Lengths that differ by more than a factor of three."""
    same_clock: int = 10
    other_clock: int = -40
    """Start times more than `clock_minutes` apart."""
    clock_minutes: int = 150
    same_daypart: int = 3
    other_daypart: int = -12
    same_count: int = 15
    """Both "their third meeting this year", or both "the second round"."""
    other_count: int = -60
    topic: int = 3
    """Each topic in common, up to three."""
    reprint: int = 25
    """Told in two copies of one text."""
    reprint_likeness: float = 0.7
    """Share of shingles in common from which two texts are copies."""

    # visits
    destination: int = 20
    visit_start: int = 20
    """First days at most one apart."""
    visit_days: int = 12
    """Days that overlap, or first days at most `visit_tolerance` apart."""
    visit_tolerance: int = 4
    visit_off: int = -25
    """First days up to `visit_reach` apart."""
    visit_reach: int = 10
    visit_days_most: int = 10
    """A visit without a stated end holds meetings of so many days after it began."""


RULES = Rules()
"""The rules in force unless a caller brings others."""
