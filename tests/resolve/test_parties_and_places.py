"""Whom somebody represents, and where something happened."""

from __future__ import annotations

import pytest

from kg.gazetteer import Gazetteer
from kg.model import Basis, EntityKind, ResolvedRecord
from tests.resolve.telling import group, link, link_all, meeting, person


def only(found: ResolvedRecord) -> tuple[str | None, Basis | None]:
    party = found.meetings[0].participants[0].party
    return (party.entity, party.basis) if party else (None, None)


def test_the_text_comes_first(gazetteer: Gazetteer) -> None:
    who = person("Wang Yi", role="Chinese foreign minister")
    assert only(link_all([meeting(who, day="2022-03-10")], gazetteer)) == ("country/cn", Basis.STATED)


def test_the_gazetteer_comes_second_and_says_so(gazetteer: Gazetteer) -> None:
    found = link_all([meeting(person("Antony Blinken"), day="2022-03-10")], gazetteer)
    assert only(found) == ("country/us", Basis.GAZETTEER)


def test_a_former_minister_represents_nobody(gazetteer: Gazetteer) -> None:
    who = person("Madeleine Albright", role="former Secretary of State", party="US")
    assert only(link_all([meeting(who, day="2012-02-13")], gazetteer)) == (None, None)


def test_out_of_office_and_nothing_said_is_nobody(gazetteer: Gazetteer) -> None:
    found = link_all([meeting(person("Madeleine Albright"), day="2012-02-13")], gazetteer)
    assert only(found) == (None, None)


def test_an_envoy_of_the_un_represents_the_un(gazetteer: Gazetteer) -> None:
    who = person("Staffan de Mistura", role="UN special envoy for Syria", party="IT")
    assert link(who, gazetteer, day="2016-09-08") == ("person/staffan-de-mistura", "party/un")


def test_an_unknown_company_is_a_party_of_its_own(gazetteer: Gazetteer) -> None:
    found = link_all(
        [meeting(person("Clay Neff", role="president", party="Chevron"), day="2024-01-24")], gazetteer
    )
    assert only(found)[0] == "party/chevron"
    assert found.entities["party/chevron"].kind is EntityKind.PARTY


@pytest.mark.parametrize(
    ("name", "party", "ident"),
    [
        ("South Korean officials", "KR", "delegation/kr"),
        ("South Korea", "KR", "delegation/kr"),
        ("delegation from Israel", "IL", "delegation/il"),
        ("Houthi delegation", "Houthis", "delegation/houthis"),
        ("US business people", "US", "delegation/us-business"),
    ],
)
def test_groups(gazetteer: Gazetteer, name: str, party: str, ident: str) -> None:
    assert link(group(name, party), gazetteer)[0] == ident


def chain(found: ResolvedRecord) -> list[str]:
    place = found.meetings[0].place
    ids = [place.entity] if place else []
    while ids and (within := found.entities[ids[-1]].within):
        ids.append(within)
    return ids


PLACES = [
    ({"city": "Tbilisi", "country": "GE"}, ["city/tbilisi-ge", "country/ge"]),
    ({"venue": "Diaoyutai State Guest House"},
     ["venue/diaoyutai-state-guesthouse--beijing-cn", "city/beijing-cn", "country/cn"]),
    ({"venue": "the White House"}, ["venue/white-house--washington-us", "city/washington-us", "country/us"]),
    ({"venue": "foreign ministry", "city": "Tokyo", "country": "JP"},
     ["venue/foreign-ministry--tokyo-jp", "city/tokyo-jp", "country/jp"]),
    ({"country": "FR"}, ["country/fr"]),
    ({"city": "Tripoli", "country": "LB"}, ["city/tripoli-lb", "country/lb"]),
    ({"city": "Birmingham, Alabama"}, ["city/birmingham-us", "country/us"]),
    ({"city": "Birmingham"}, ["city/birmingham-gb", "country/gb"]),
    ({"city": "Nowherebury", "country": "FR"}, ["city/nowherebury--fr", "country/fr"]),
    ({}, []),
]  # fmt: skip


@pytest.mark.parametrize(("told", "ids"), PLACES)
def test_places(gazetteer: Gazetteer, told: dict[str, str], ids: list[str]) -> None:
    assert chain(link_all([meeting(person("Wang Yi"), **told)], gazetteer)) == ids


def test_a_city_of_the_country_in_the_text(gazetteer: Gazetteer) -> None:
    text = "Lebanese leaders met in Tripoli, the Lebanese port."
    found = link_all([meeting(person("Najib Mikati"), city="Tripoli")], gazetteer, text=text)
    assert chain(found)[0] == "city/tripoli-lb"
    found = link_all(
        [meeting(person("Najib Mikati"), city="Tripoli")], gazetteer, text="Libyan leaders met in Tripoli."
    )
    assert chain(found)[0] == "city/tripoli-ly"


def test_a_foreign_ministry_stands_in_every_capital(gazetteer: Gazetteer) -> None:
    ids = set()
    for city, country in (("Tokyo", "JP"), ("Ottawa", "CA")):
        told = meeting(person("Wang Yi"), venue="foreign ministry", city=city, country=country)
        ids.add(chain(link_all([told], gazetteer))[0])
    assert len(ids) == 2


def test_every_link_leads_to_an_entity(gazetteer: Gazetteer) -> None:
    told = meeting(
        person("Wang Yi", party="CN"), group("EU officials", "EU"), venue="Palais des Nations", day="2022"
    )
    found = link_all([told], gazetteer)
    one = found.meetings[0]
    named = {p.who.entity for p in one.participants} | {p.party.entity for p in one.participants if p.party}
    assert named | set(chain(found)) <= set(found.entities)
