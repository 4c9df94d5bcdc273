"""Claims: what they hold, where they point, and that nothing but the article decides their ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import (
    Basis,
    Claim,
    DateSpan,
    Duration,
    EntityRef,
    EventKind,
    Evidence,
    Link,
    Qualifier,
    ResolvedMeeting,
    Sourced,
    Status,
    Witness,
)
from kg.triples import article_path, canonical, claim_path, witness
from tests.triples.sample import TEXT, article, resolved, words


def told() -> Witness:
    return witness(article(), resolved())


def claims(key: str, prop: str) -> list[Claim]:
    return [
        claim
        for mention in told().mentions
        if mention.id.endswith(f"/{key}")
        for claim in mention.claims
        if claim.property == prop
    ]


def test_every_claim_quotes_the_text_where_it_says() -> None:
    for mention in told().mentions:
        for claim in mention.claims:
            quote = claim.evidence
            assert TEXT[quote.start : quote.end] == quote.text
            assert quote.text.strip() == quote.text != ""
            assert claim.id.startswith(f"{mention.id}/{claim.property}-")


def test_mentions_have_their_keys_kinds_and_visits() -> None:
    path = article_path(article())
    assert path == f"article/envoys-in-bern-{article().sha256[:8]}"
    assert [(m.id, m.kind) for m in told().mentions] == [
        (f"{path}/m1", EventKind.MEETING),
        (f"{path}/m2", EventKind.MEETING),
        (f"{path}/v1", EventKind.VISIT),
    ]
    assert told().mentions[2].holds == (f"{path}/m1", f"{path}/m2")
    assert told().mentions[1].confidence == 0.8765


def test_a_participant_brings_office_party_and_the_sentence() -> None:
    ruiz, lie = claims("m1", "participant")
    assert ruiz.value == EntityRef("person/ana-ruiz")
    assert (ruiz.role, ruiz.party, ruiz.party_basis) == ("foreign minister", "country/cl", Basis.STATED)
    assert ruiz.confidence == 0.882, "mention and link must both be right: 0.98 x 0.9"
    assert ruiz.evidence.text.startswith("Foreign Minister Ana Ruiz of Chile met")
    assert (lie.party, lie.party_basis) == ("country/no", Basis.INFERRED)
    (business,) = (c for c in claims("m2", "participant") if c.value != ruiz.value)
    assert (business.text, business.party, business.party_basis) == ("Swiss business people", None, None)


@pytest.mark.parametrize(
    ("linked", "expected"),
    [
        (Basis.STATED, Basis.STATED),
        (Basis.INFERRED, Basis.STATED),
        (Basis.GAZETTEER, Basis.GAZETTEER),
    ],
)
def test_a_name_is_stated_and_an_office_holder_is_known(linked: Basis, expected: Basis) -> None:
    """That the gazetteer was asked who bears a name does not make the name less stated."""
    record = resolved()
    first = record.meetings[0]
    someone = replace(first.participants[0], who=Link("person/ana-ruiz", 0.9, linked))
    topics = (Link("topic/fisheries", 0.8, linked), None)
    changed = replace(first, participants=(someone, first.participants[1]), topics=topics)
    told = witness(article(), replace(record, meetings=(changed,))).mentions[0]
    found = {c.value: c.basis for c in told.claims}
    assert found[EntityRef("person/ana-ruiz")] is expected
    assert found[EntityRef("topic/fisheries")] is expected


def test_values_keep_their_words() -> None:
    (day,) = claims("m1", "date")
    assert isinstance(day.value, DateSpan)
    assert (day.text, day.value.edtf, day.basis) == ("Monday", "2024-03-04", Basis.INFERRED)
    (length,) = claims("m1", "minutes")
    assert isinstance(length.value, Duration)
    assert (length.text, length.value.minutes) == ("around three hours", 180)
    (status,) = claims("m2", "status")
    assert (status.value, status.text) == (Status.POSSIBLE, "may also meet")
    assert {c.value for c in claims("m1", "topicText")} == {"fishing rights", "war in Ukraine"}
    assert {c.value for c in claims("m1", "topic")} == {
        EntityRef("topic/fisheries"),
        EntityRef("topic/war-in-ukraine"),
    }
    (until,) = claims("v1", "endDate")
    assert isinstance(until.value, DateSpan)


def test_a_place_quotes_the_words_of_its_own_kind() -> None:
    (place,) = claims("m1", "place")
    assert (place.value, place.text) == (EntityRef("venue/bellevue-palace"), "Bellevue Palace")
    (country,) = claims("m2", "place")
    assert (country.text, country.confidence, country.basis) == ("Switzerland", 0.7, Basis.INFERRED)
    city = _with(place=Link("city/bern", 0.5, Basis.GAZETTEER))
    assert city.text == "in Bern on"
    assert city.basis is Basis.GAZETTEER, "a claim is as firm as its weakest step"
    assert city.confidence == 0.5


def _with(place: Link) -> Claim:
    record = resolved()
    meeting = replace(record.meetings[0], place=place)
    changed = witness(article(), replace(record, meetings=(meeting,)))
    return next(c for c in changed.mentions[0].claims if c.property == "place")


def test_words_outside_the_sentences_are_quoted_with_their_paragraph() -> None:
    record = resolved()
    first = record.meetings[0]
    headline = Sourced(Status.HELD, words("Envoys meet"))
    moved = ResolvedMeeting(
        replace(first.mention, status=headline), first.participants, first.place, first.topics
    )
    changed = witness(article(), replace(record, meetings=(moved,)))
    (status,) = (c for c in changed.mentions[0].claims if c.property == "status")
    assert status.evidence == Evidence("Envoys meet in Bern", 0, 19)
    assert status.text == "Envoys meet"


def test_ids_depend_on_mention_property_and_value_alone() -> None:
    value = claims("m1", "date")[0].value
    assert isinstance(value, DateSpan)
    same = replace(value, text="on 4 March")
    assert claim_path("a/m1", "date", value) == claim_path("a/m1", "date", same)
    assert claim_path("a/m1", "date", value) != claim_path("a/m2", "date", value)
    assert claim_path("a/m1", "topicText", "x") != claim_path("a/m1", "outcome", "x")
    assert claim_path("a/m1", "topic", EntityRef("held")) != claim_path("a/m1", "topic", "held")
    long = Duration(60.0, None, None, Qualifier.EXACT, "an hour")
    assert claim_path("a/m1", "minutes", long) != claim_path(
        "a/m1", "minutes", replace(long, qualifier=Qualifier.ABOUT)
    )
    assert claim_path("article/a-0/m1", "status", Status.HELD) == "article/a-0/m1/status-940bd42880"


def test_the_same_value_twice_is_one_claim_the_surer() -> None:
    record = resolved()
    first = record.meetings[0]
    unsure = replace(first.participants[0], who=Link("person/ola-lie", 0.4, Basis.INFERRED))
    changed = witness(
        article(), replace(record, meetings=(replace(first, participants=(unsure, *first.participants)),))
    )
    lie = [c for c in changed.mentions[0].claims if c.value == EntityRef("person/ola-lie")]
    assert [c.confidence for c in lie] == [1.0]


def test_reading_order_leaves_no_trace() -> None:
    record = resolved()
    first, second = record.meetings
    shuffled = replace(
        record,
        meetings=(
            second,
            ResolvedMeeting(
                replace(first.mention, topics=first.mention.topics[::-1]),
                first.participants[::-1],
                first.place,
                first.topics[::-1],
            ),
        ),
        entities=dict(reversed(list(record.entities.items()))),
    )
    assert witness(article(), shuffled) == told()
    assert list(witness(article(), shuffled).entities) == list(told().entities)
    assert canonical(told()) == told()
