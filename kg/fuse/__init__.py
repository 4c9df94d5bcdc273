"""Fusion: from what each article tells to one meeting with every voice.

`fuse` looks at all articles, `update` at what a change touches; both give the same facts.
`block_keys` are what a store indexes articles by, so that `update` finds neighbours;
`entities` merges descriptions of persons, parties and places; `voices` tells who says what.
"""

from __future__ import annotations

from kg.fuse.block import block_keys
from kg.fuse.copies import copy_groups
from kg.fuse.engine import Lookup, Update, fuse, update
from kg.fuse.events import retell
from kg.fuse.merge import entities, merge
from kg.fuse.reason import Reason
from kg.fuse.thresholds import RULES, Rules
from kg.fuse.voices import Quarrel, Statement, Voice, quarrels, voices

__all__ = [
    "RULES",
    "Lookup",
    "Quarrel",
    "Reason",
    "Rules",
    "Statement",
    "Update",
    "Voice",
    "block_keys",
    "copy_groups",
    "entities",
    "fuse",
    "merge",
    "quarrels",
    "retell",
    "update",
    "voices",
]
