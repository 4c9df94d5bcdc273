"""Who says what of one meeting, and why it is the same meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.fuse import RULES, fuse, quarrels, retell, voices
from tests.fuse.scene import text_signature, witness

TALKS = {
    "who": ["Marcus Ellery @US", "Gao Renshu @CN"],
    "date": "2031-03-03",
    "place": "Geneva, CH",
    "text": "They talked in Geneva.",
}
ARTICLES = [
    witness("late", [{**TALKS, "long": "120"}], "2031-03-05", text_signature("x")),
    witness(
        "early",
        [{**TALKS, "long": "180", "text": "Three hours in Geneva."}],
        "2031-03-03",
        text_signature("y"),
    ),
    witness("copy", [{**TALKS, "long": "120"}], "2031-03-06", text_signature("x", 3)),
    witness("else", [{**TALKS, "date": "2031-05-01"}], "2031-05-02", text_signature("z")),
]
EVENT = next(event for event in fuse(ARTICLES) if len(event.mentions) == 3)


def test_voices_come_in_the_order_of_publication_with_their_sentences() -> None:
    found = voices(EVENT, ARTICLES)
    assert [voice.article.split("/")[1].split("-")[0] for voice in found] == ["early", "late", "copy"]
    assert found[0].sentences == ("Three hours in Geneva.",)
    assert [bool(voice.copy_of) for voice in found] == [False, True, False]


def test_each_voice_says_why_it_is_the_same() -> None:
    for voice in voices(EVENT, ARTICLES):
        assert voice.like in set(EVENT.mentions) - {voice.mention}
        assert voice.points == sum(reason.points for reason in voice.reasons) >= RULES.same
        assert "same day" in {reason.text for reason in voice.reasons}


def test_statements_tell_what_became_of_them() -> None:
    early = voices(EVENT, ARTICLES)[0]
    (length,) = (s for s in early.statements if s.claim.property == "minutes")
    assert length.disputed
    assert length.sentence == "Three hours in Geneva."
    (day,) = (s for s in early.statements if s.claim.property == "date")
    assert day.accepted
    assert not day.disputed


def test_quarrels_name_both_sides() -> None:
    (quarrel,) = quarrels(EVENT)
    assert quarrel.property == "minutes"
    assert {(text, len(who)) for text, _, who in quarrel.sides} == {("120", 2), ("180", 1)}
    assert [accepted for _, accepted, _ in quarrel.sides] == [True, False]


def test_a_lone_voice() -> None:
    alone = next(event for event in fuse(ARTICLES) if len(event.mentions) == 1)
    (voice,) = voices(alone, ARTICLES)
    assert (voice.like, voice.points, voice.reasons) == (None, 0, ())


def test_an_event_can_be_told_again_from_its_mentions() -> None:
    for event in fuse(ARTICLES):
        assert retell(event.id, event.mentions, ARTICLES) == replace(event, part_of=None)
    with pytest.raises(LookupError):
        retell(EVENT.id, EVENT.mentions, ARTICLES[:1])
