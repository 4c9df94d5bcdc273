"""The gate: how well fusion finds the events of the labelled groups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.fuse import fuse
from tests.fuse.scene import GROUPS, Labelled, labelled, pair_score

PRECISION = 0.97
RECALL = 0.93

FILES = sorted(GROUPS.glob("*.yaml"))
ALL = [group for path in FILES for group in labelled(path)]


def found(groups: list[Labelled]) -> Mapping[str, str]:
    events = fuse(witness for group in groups for witness in group.witnesses)
    return {mention: event.id for event in events for mention in event.mentions}


def truth(groups: list[Labelled]) -> Mapping[str, str]:
    return {mention: event for group in groups for mention, event in group.truth.items()}


def test_there_are_enough_groups_and_they_are_of_the_promised_size() -> None:
    assert len(ALL) >= 60
    assert len({group.name for group in ALL}) == len(ALL)
    assert {len(group.witnesses) for group in ALL} <= set(range(2, 7))


def test_all_groups_together_reach_the_floor() -> None:
    score = pair_score(truth(ALL), found(ALL))
    assert score.right >= 150
    assert score.precision >= PRECISION, score
    assert score.recall >= RECALL, score


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_alone_reaches_the_floor(path: Path) -> None:
    """The groups kept back while tuning must do as well as those that the points were tuned on."""
    groups = list(labelled(path))
    score = pair_score(truth(groups), found(groups))
    assert score.precision >= PRECISION, score
    assert score.recall >= RECALL, score


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_group_comes_out_the_same_alone_and_among_all_others(path: Path) -> None:
    together = found(ALL)
    for group in labelled(path):
        alone = found([group])
        assert {m: together[m] for m in alone} == dict(alone), group.name


def test_the_gate_can_fail() -> None:
    """Everything in one event, or every mention alone, is far from the floor."""
    labels = truth(ALL)
    assert pair_score(labels, dict.fromkeys(labels, "one")).precision < 0.1
    assert pair_score(labels, {mention: mention for mention in labels}).recall == 0
