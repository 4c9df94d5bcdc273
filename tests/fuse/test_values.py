"""Whose value wins, what is in dispute, and how a status becomes a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.fuse import fuse
from kg.model import DateSpan, Duration, EntityRef, FusedEvent, Status
from tests.fuse.scene import text_signature, witness

PAIR = ["Marcus Ellery @US secretary of state", "Gao Renshu @CN foreign minister"]
BASE = {"who": PAIR, "date": "2031-03-03", "place": "Geneva, CH", "status": "held"}
DAY = "2031-03-04"
WILSON = "venue/palais-wilson-geneva-ch"


def told(*versions: Mapping[str, Any], published: Sequence[str] = (), copies: str = "") -> FusedEvent:
    """The one event that these versions of one meeting make; `copies`: same letter, same text."""
    witnesses = []
    for n, version in enumerate(versions):
        record = {key: value for key, value in {**BASE, **version}.items() if value is not None}
        seed = copies[n] if copies else str(n)
        day = published[n] if published else DAY
        witnesses.append(witness(f"v{n}", [record], day, text_signature(seed)))
    events = fuse(witnesses)
    assert len(events) == 1, [event.id for event in events]
    return events[0]


def values(event: FusedEvent, prop: str) -> set[object]:
    """Accepted values, shortened: minutes, days, ids, statuses."""
    found: set[object] = set()
    for claim in event.accepted:
        if claim.property == prop:
            match claim.value:
                case Duration():
                    found.add(claim.value.minutes)
                case DateSpan():
                    found.add(claim.value.edtf)
                case EntityRef():
                    found.add(claim.value.id)
                case value:
                    found.add(value)
    return found


def winner_of(event: FusedEvent, prop: str) -> object:
    """The first accepted value, shortened in the same way."""
    first = next(claim for claim in event.accepted if claim.property == prop)
    (value,) = values(replace(event, accepted=(first,)), prop)
    return value


def many(prop: str, *values_: Any) -> list[dict[str, Any]]:
    return [{prop: value} if value is not None else {} for value in values_]


CASES: list[tuple[str, list[dict[str, Any]], str, object, bool]] = [
    # what, versions, property, the value that wins, disputed?
    ("one says, one is silent", many("long", "120", None), "minutes", 120.0, False),
    ("about and exact agree; the exact one wins", many("long", "about 180", "180"), "minutes", 180.0, False),
    ("two against three hours", many("long", "120", "120", "180"), "minutes", 120.0, True),
    ("more than seven and a half, and eight", many("long", ">450", "480"), "minutes", 480.0, False),
    ("more than eight, and seven", many("long", ">480", ">480", "420"), "minutes", 480.0, True),
    ("less than an hour, and forty minutes", many("long", "<60", "40"), "minutes", 40.0, False),
    ("an hour, and 62 minutes", many("long", "60", "60", "62"), "minutes", 60.0, False),
    ("month backs day", many("date", "2031-03", "2031-03-03"), "date", "2031-03-03", False),
    ("venue in city", many("place", "Geneva, CH", "Palais Wilson, Geneva, CH"), "place", WILSON, False),
    (
        "two venues",
        many("place", "Palais Wilson, Geneva, CH", "Palais Wilson, Geneva, CH", "Hotel du Lac, Geneva, CH"),
        "place",
        WILSON,
        True,
    ),
    ("country backs city", many("place", "CH", "Bern, CH", "Geneva, CH"), "place", None, True),
    ("mode", many("mode", "in-person", None, "in-person"), "mode", "in-person", False),
    ("planned, then held", many("status", "planned", "planned", "held"), "status", Status.HELD, False),
    ("ongoing, then held", many("status", "ongoing", "held"), "status", Status.HELD, False),
    ("called off", many("status", "planned", "planned", "cancelled"), "status", Status.CANCELLED, False),
    ("held and denied", many("status", "held", "held", "denied"), "status", Status.HELD, True),
    ("held and denied, one voice each", many("status", "held", "denied"), "status", Status.HELD, True),
    ("most deny", many("status", "held", "denied", "denied"), "status", Status.DENIED, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("versions", "prop", "winner", "disputed"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_winner_and_the_dispute(
    versions: list[dict[str, Any]], prop: str, winner: object, disputed: bool
) -> None:
    event = told(*versions)
    if winner is not None:
        assert winner_of(event, prop) == winner
    assert (prop in event.disputed) == disputed


def test_losers_stay_as_rejected_claims() -> None:
    event = told(*many("long", "120", "180", "120"))
    assert sorted(c.text for c in event.rejected) == ["180"]
    assert event.disputed == ("minutes",)


def test_most_voices_settle_a_quarrel_about_the_day() -> None:
    days = many("date", "2031-03-03", "2031-03-03?", "2031-03-04?")
    event = told(*({**day, "place": "Palais Wilson, Geneva, CH", "long": "150"} for day in days))
    assert values(event, "date") == {"2031-03-03"}
    assert event.disputed == ("date",)


def test_what_says_the_same_less_exactly_is_accepted_too() -> None:
    event = told(*many("date", "2031-03", "2031-03-03"))
    assert winner_of(event, "date") == "2031-03-03"
    assert values(event, "date") == {"2031-03-03", "2031-03"}
    assert event.rejected == ()


def test_a_venue_that_nobody_places_does_not_contradict_a_city() -> None:
    records = [{**BASE, "place": place} for place in ("Geneva, CH", "Palais Wilson, Geneva, CH")]
    one, other = (witness(f"p{n}", [record], DAY) for n, record in enumerate(records))
    astray = {k: replace(e, within=None) if k.startswith("venue/") else e for k, e in other.entities.items()}
    (event,) = fuse([one, replace(other, entities=astray)])
    assert winner_of(event, "place") == WILSON
    assert values(event, "place") == {WILSON, "city/geneva-ch"}
    assert event.disputed == ()


def test_agreement_comes_before_precision() -> None:
    event = told(*many("place", "Zurich, CH", "Zurich, CH", "Palais Wilson, Geneva, CH"))
    assert values(event, "place") == {"city/zurich-ch"}
    assert "place" in event.disputed


def test_the_later_report_breaks_a_tie() -> None:
    early, late = "2031-03-04", "2031-03-06"
    event = told(*many("long", "120", "180"), published=[early, late])
    assert values(event, "minutes") == {180.0}
    event = told(*many("long", "120", "180"), published=[late, early])
    assert values(event, "minutes") == {120.0}


def test_copies_are_one_voice_but_all_are_listed() -> None:
    versions = many("long", "120", "120", "120", "180", "180")
    event = told(*versions, copies="aaabc")
    assert values(event, "minutes") == {180.0}, "two voices against one that was printed three times"
    assert len(event.reported_by) == 5
    assert [len(group) for group in event.copies] == [3]
    assert len(told(*versions, copies="abcde").copies) == 0


def test_copies_that_differ_do_not_quarrel_with_themselves() -> None:
    assert told(*many("long", "120", "180"), copies="aa").disputed == ()


def test_a_status_is_a_story() -> None:
    event = told(
        *many("status", "held", "planned", "denied", "possible"),
        published=["2031-03-05", "2031-03-01", "2031-03-06", "2031-02-20"],
    )
    assert [(day, status.value) for day, status, _ in event.history] == [
        (date(2031, 2, 20), "possible"),
        (date(2031, 3, 1), "planned"),
        (date(2031, 3, 5), "held"),
        (date(2031, 3, 6), "denied"),
    ]
    assert values(event, "status") == {Status.HELD}
    assert event.disputed == ("status",)


def test_a_plan_taken_back_and_taken_up_again() -> None:
    statuses = many("status", "planned", "cancelled", "cancelled", "held")
    event = told(*statuses, published=["2031-02-20", "2031-02-25", "2031-02-26", "2031-03-04"])
    assert values(event, "status") == {Status.HELD}, "what was told last of all"


def participants(event: FusedEvent) -> set[object]:
    return values(event, "participant")


def with_second(*seconds: str) -> Iterable[dict[str, Any]]:
    return ({"who": [PAIR[0], second]} for second in seconds)


def test_a_person_stands_for_office_and_group() -> None:
    event = told(*with_second(PAIR[1], "~ @CN foreign minister", "* @CN Chinese officials"))
    assert participants(event) == {"person/marcus-ellery", "person/gao-renshu"}
    assert len([c for c in event.rejected if c.property == "participant"]) == 2
    assert event.disputed == ()


def test_a_group_beside_its_own_countryman_stays() -> None:
    record = {"who": [PAIR[0], "* @US US business people"]}
    assert participants(told(record, record)) == {"person/marcus-ellery", "delegation/us-business-people"}


def test_the_rarer_spelling_goes() -> None:
    event = told(*with_second("Gao Renshu @CN", "Gao Renshu @CN", "Gao Ren-shu @CN"))
    assert participants(event) == {"person/marcus-ellery", "person/gao-renshu"}


def test_topics_and_outcomes_are_gathered() -> None:
    event = told(*many("topics", ["trade", "Taiwan"], ["trade", "fentanyl"]))
    assert values(event, "topicText") == {"trade", "Taiwan", "fentanyl"}
    assert event.disputed == ()
