"""Who is who: full names, surnames, roles, namesakes, strangers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer
from kg.model import Basis, ParticipantMention
from tests.resolve.telling import link, link_all, meeting, person

LINKED: list[tuple[ParticipantMention, str, str]] = [
    (person("Antony J. Blinken", role="US Secretary of State"), "2022-03-10", "antony-blinken"),
    (person("Blinken", role="Secretary of State", party="US"), "2022-03-10", "antony-blinken"),
    (person("Wang", role="Chinese Foreign Minister"), "2022-03-10", "wang-yi"),
    (person("Wang Yi", "Wang", role="foreign minister", party="CN"), "2023-10-10", "wang-yi"),
    (person("Qin Gang", role="Foreign Minister", party="CN"), "2023-06-19", "qin-gang"),
    (person("Lavrov", party="RU"), "2023-06-19", "sergey-lavrov"),
    (person("Kissinger", role="Secretary of State", party="US"), "1973-11-12", "henry-a-kissinger"),
    (person("Chou En-lai", role="Premier", party="CN"), "1971-07-09", "zhou-enlai"),
    (person("Zhou Enlai", role="Premier", party="CN"), "1971-07-09", "zhou-enlai"),
    (person("Meles", role="Ethiopian Prime Minister"), "2012-01-29", "meles-zenawi"),
    (person("Bush", role="President", party="US"), "2001-11-07", "george-w-bush"),
    (person("Bush", role="President", party="US"), "1989-10-16", "george-herbert-walker-bush"),
    (person("Madeleine Albright", role="former Secretary of State"), "2012-02-13", "madeleine-albright"),
    (person("Morsy", "President Morsy", role="President", party="EG"), "2012-11-21", "mohamed-morsi"),
    (person("King Abdullah", role="King", party="JO"), "2023-04-20", "abdullah-ii-of-jordan"),
]

SPELLINGS = [
    ("Gromyko", "Foreign Minister", "SU", "1972-05-24", "andrei-andreevich-gromyko"),
    ("Andrei A. Gromyko", "Minister of Foreign Affairs", "SU", "1961-10-06", "andrei-andreevich-gromyko"),
    ("Andrey A. Gromyko", "Foreign Minister", "SU", "1984-09-28", "andrei-andreevich-gromyko"),
    ("Chou En-lai", "Prime Minister", "CN", "1972-02-22", "zhou-enlai"),
    ("Zhou Enlai", "Premier", "CN", "1972-02-22", "zhou-enlai"),
    ("Henry A. Kissinger", "Assistant to the President", "US", "1971-07-09", "henry-a-kissinger"),
    ("Henry Kissinger", "Secretary of State", "US", "1975-08-02", "henry-a-kissinger"),
    ("Sergei Lavrov", "Foreign Minister", "RU", "2023-01-15", "sergey-lavrov"),
]
"""As official records print them, with the office of the day."""

BY_OFFICE = [
    (person("Japanese foreign minister", role="foreign minister", party="JP"), "2018-08-12", "taro-kono"),
    (person("Japan", role="foreign minister", party="JP"), "2024-08-12", "yoko-kamikawa"),
    (person("America's top diplomat"), "2022-03-10", "antony-blinken"),
    (person("the US foreign minister"), "2022-03-10", "antony-blinken"),
    (person("the German chancellor"), "2008-08-15", "angela-merkel"),
]

STRANGERS = [
    (person("Lavrov", party="RU"), "1955-07-18"),
    (person("Sergei Lavrov", role="Soviet official", party="SU"), "1955-07-18"),
    (person("Wang", party="CN"), "2022-03-10"),
    (person("Wang", role="deputy mayor"), "2022-03-10"),
    (person("Carla Reyes", role="foreign secretary", party="PH"), "2014-03-06"),
    (person("Abdul Basit", role="High Commissioner", party="PK"), "2014-08-18"),
    (person("Moon Hye-jin", role="trade minister", party="KR"), "2020-01-14"),
    (person("Kang Ryong-su", role="ambassador", party="KP"), "1986-11-14"),
    (person("Bandaranaike", role="Prime Minister of Ceylon", party="LK"), "1956-11-16"),
]


@pytest.mark.parametrize(("mention", "day", "slug"), LINKED)
def test_linked(gazetteer: Gazetteer, mention: ParticipantMention, day: str, slug: str) -> None:
    assert link(mention, gazetteer, day=day)[0] == f"person/{slug}"


@pytest.mark.parametrize("case", SPELLINGS)
def test_spellings_of_records(gazetteer: Gazetteer, case: tuple[str, str, str, str, str]) -> None:
    name, role, party, day, slug = case
    assert link(person(name, role=role, party=party), gazetteer, day=day)[0] == f"person/{slug}"


@pytest.mark.parametrize(("mention", "day", "slug"), BY_OFFICE)
def test_known_by_office_only(gazetteer: Gazetteer, mention: ParticipantMention, day: str, slug: str) -> None:
    found = link_all([meeting(mention, day=day)], gazetteer).meetings[0].participants[0].who
    assert found.entity == f"person/{slug}"
    assert found.basis is Basis.GAZETTEER


@pytest.mark.parametrize(("mention", "day"), STRANGERS)
def test_nobody_is_better_than_a_namesake(
    gazetteer: Gazetteer, mention: ParticipantMention, day: str
) -> None:
    ident, _ = link(mention, gazetteer, day=day)
    assert "--" in ident
    found = link_all([meeting(mention, day=day)], gazetteer)
    assert found.entities[ident].wikidata is None


def test_an_office_of_an_unknown_day_is_nobody_in_particular(gazetteer: Gazetteer) -> None:
    who = person("Japanese foreign minister", role="foreign minister", party="JP")
    assert "--" in link(who, gazetteer)[0]


def test_an_office_after_the_snapshot_is_not_guessed(gazetteer: Gazetteer) -> None:
    who = person("Lesotho's finance minister", role="finance minister", party="LS")
    assert "--" in link(who, gazetteer, day="2026-05-01")[0]


def test_a_stranger_keeps_the_id_in_every_article(gazetteer: Gazetteer) -> None:
    who = person("Carla Reyes", role="foreign secretary", party="PH")
    one = link(who, gazetteer, day="2014-03-06", text="one")
    assert one == link(who, gazetteer, day="2014-05-06", text="another")
    assert one == ("person/carla-reyes--ph", "country/ph")


def test_strangers_with_a_surname_only_are_not_the_same_everywhere(gazetteer: Gazetteer) -> None:
    one = link(person("Wang", party="CN"), gazetteer, text="one")
    assert one != link(person("Wang", party="CN"), gazetteer, text="another")


def test_the_reasons_are_given(gazetteer: Gazetteer) -> None:
    who = person("Wang Yi", role="foreign minister", party="CN")
    found = link_all([meeting(who, day="2022-03-10")], gazetteer).meetings[0].participants[0].who
    assert any("in office for CN" in r for r in found.reasons)
    assert found.confidence > 0.9


CAST = [
    person("Wang Yi", "Wang", role="foreign minister", party="CN"),
    person("Blinken", role="Secretary of State", party="US"),
    person("Carla Reyes", role="foreign secretary", party="PH"),
    person("Lavrov", party="RU"),
    person("Georgia's president", role="president", party="GE"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(CAST))))
def test_the_order_of_mentions_is_irrelevant(gazetteer: Gazetteer, order: list[int]) -> None:
    cast = [CAST[i] for i in order]
    meetings = [meeting(*cast, day="2022-03-10"), *(meeting(c, day="2022-03-11", key=c.name) for c in cast)]
    found = link_all(meetings, gazetteer)
    straight = link_all([meeting(*CAST, day="2022-03-10")], gazetteer)
    mine = {p.mention.name: p.who.entity for p in found.meetings[0].participants}
    assert mine == {p.mention.name: p.who.entity for p in straight.meetings[0].participants}
    reverse = link_all(meetings[::-1], gazetteer)
    assert found.entities == reverse.entities


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["Antony Blinken", "Wang Yi", "the Russian Foreign Minister", "Saud al-Faisal"]),
    at=st.integers(0, 30),
    extra=st.text(max_size=3),
)
def test_a_typo_never_crashes_it(gazetteer: Gazetteer, name: str, at: int, extra: str) -> None:
    who = person(name[:at] + extra + name[at + 1 :], role=extra, party=extra or None)
    ident, _ = link(who, gazetteer, day="2022-03-10")
    assert ident.startswith("person/")
    assert len(ident) > len("person/")


CONTRADICTED = [
    # a party that belongs to somebody else of the sentence: "his Russian counterpart", a dateline
    (person("Joe Biden", "Biden", role="president", party="RU"), "2021-06-16", "joe-biden"),
    (
        person("Xi Jinping", "Xi", role="U.S. President and Chinese President", party="ID"),
        "2022-11-14",
        "xi-jinping",
    ),
]


@pytest.mark.parametrize(("who", "day", "slug"), CONTRADICTED)
def test_a_leader_under_his_full_name_is_not_made_another_states_man(
    who: ParticipantMention, day: str, slug: str, gazetteer: Gazetteer
) -> None:
    ident, party = link(who, gazetteer, day=day)
    assert ident == f"person/{slug}"
    assert party == {"joe-biden": "country/us", "xi-jinping": "country/cn"}[slug]


def test_a_surname_does_not_overrule_the_party_of_the_text(gazetteer: Gazetteer) -> None:
    ident, party = link(person("Biden", role="mayor", party="PH"), gazetteer, day="2021-06-16")
    assert "--" in ident
    assert party == "country/ph"
