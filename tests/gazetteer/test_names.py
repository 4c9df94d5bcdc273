"""Countries, parties, cities, venues and titles by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.gazetteer import Gazetteer, How, PartyKind, role_class
from kg.gazetteer.roles import role_classes

COUNTRIES = [
    ("United States", "US", How.NAME),
    ("the United States", "US", How.NAME),
    ("U.S.", "US", How.NAME),
    ("Israelis", "IL", How.DEMONYM),
    ("Lebanese", "LB", How.DEMONYM),
    ("Dutch", "NL", How.DEMONYM),
    ("France's", "FR", How.NAME),
    ("Ankara", "TR", How.CAPITAL),
    ("the Kremlin", "RU", How.METONYM),
    ("Downing Street", "GB", How.METONYM),
    ("Foggy Bottom", "US", How.METONYM),
    ("Cheong Wa Dae", "KR", How.METONYM),
    ("Zhongnanhai", "CN", How.METONYM),
    ("Elysee", "FR", How.METONYM),
    ("Whitehall", "GB", How.METONYM),
    ("New Jersey", "US", How.REGION),
    ("Viet Nam", "VN", How.NAME),
    ("Türkiye", "TR", How.NAME),
    ("Soviet", "SU", How.DEMONYM),
    ("Yugoslavia", "YU", How.NAME),
    ("Czechoslovak", "CS", How.DEMONYM),
    ("GDR", "DD", How.NAME),
]

PARTIES = [
    ("EU", "EU", PartyKind.ORGANISATION),
    ("European Commission", "EU", PartyKind.ORGANISATION),
    ("Nato", "NATO", PartyKind.ORGANISATION),
    ("UNIFIL", "UN", PartyKind.ORGANISATION),
    ("WHO", "WHO", PartyKind.ORGANISATION),
    ("African Union", "African Union", PartyKind.ORGANISATION),
    ("League of Arab States", "Arab League", PartyKind.ORGANISATION),
    ("Hizbollah", "Hezbollah", PartyKind.MOVEMENT),
    ("Houthi", "Houthis", PartyKind.MOVEMENT),
    ("Tamil Tigers", "LTTE", PartyKind.MOVEMENT),
    ("Polisario", "Polisario", PartyKind.MOVEMENT),
    ("Turkish Cypriots", "Northern Cyprus", PartyKind.TERRITORY),
    ("Japan", "JP", PartyKind.STATE),
]

NOT_PARTIES = ["us", "who", "male", "Blinken", "", "…", "the", "au"]


@pytest.mark.parametrize(("text", "code", "how"), COUNTRIES)
def test_country(gazetteer: Gazetteer, text: str, code: str, how: How) -> None:
    hit = gazetteer.country(text)
    assert hit is not None
    assert (hit.code, hit.how) == (code, how)


@pytest.mark.parametrize(("text", "code", "kind"), PARTIES)
def test_party(gazetteer: Gazetteer, text: str, code: str, kind: PartyKind) -> None:
    hit = gazetteer.party(text)
    assert hit is not None
    assert (hit.code, hit.kind) == (code, kind)


@pytest.mark.parametrize("text", NOT_PARTIES)
def test_no_party(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.party(text) is None


def test_former_states_have_their_years(gazetteer: Gazetteer) -> None:
    hit = gazetteer.country("Soviet Union")
    assert hit is not None
    assert (hit.since, hit.until) == (date(1922, 12, 30), date(1991, 12, 26))


def test_no_two_parties_share_a_code(gazetteer: Gazetteer) -> None:
    union = gazetteer.party("African Union")
    assert union is not None
    assert union.code != "AU"
    australia = gazetteer.party_by_code("AU")
    assert australia is not None
    assert australia.label == "Australia"


def test_entity_ids(gazetteer: Gazetteer) -> None:
    found = [hit.entity for name in ("China", "NATO", "Hamas") if (hit := gazetteer.party(name))]
    assert found == ["country/cn", "party/nato", "party/hamas"]


def test_cities_best_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.cities("Birmingham")[0].country == "GB"
    assert gazetteer.cities("Tripoli")[0].country == "LY"
    assert gazetteer.cities("San José")[0].capital
    assert gazetteer.cities("Peking")[0].name == "Beijing"
    assert gazetteer.is_city("Davos")
    assert not gazetteer.is_city("Qwertyville")


def test_venues(gazetteer: Gazetteer) -> None:
    hit = gazetteer.venue("Diaoyutai State Guest House")
    assert hit is not None
    assert (hit.city, hit.country) == ("Beijing", "CN")
    assert gazetteer.venue("the White House") is not None
    assert gazetteer.venue("a hotel") is None


SPLITS = [
    ("U.S. Secretary of State Antony Blinken", "Secretary of State", "US", "Antony Blinken"),
    ("Antony Blinken, the US Secretary of State", "Secretary of State", "US", "Antony Blinken"),
    ("EU foreign policy chief Javier Solana", "foreign policy chief", "EU", "Javier Solana"),
    (
        "Minister for Europe and Foreign Affairs Jean-Yves Le Drian",
        "Minister for Europe and Foreign Affairs",
        None,
        "Jean-Yves Le Drian",
    ),
    ("President of France Emmanuel Macron", "President of France", "FR", "Emmanuel Macron"),
    ("General Secretary To Lam", "General Secretary", None, "To Lam"),
    ("Prime Minister Major", "Prime Minister", None, "Major"),
    ("Lt. Gen. James Mingus", "Lt. Gen.", None, "James Mingus"),
    (
        "UN High Commissioner for Human Rights Navi Pillay",
        "High Commissioner for Human Rights",
        "UN",
        "Navi Pillay",
    ),
    ("Sheikh Hasina", "", None, "Sheikh Hasina"),
    ("Wang", "", None, "Wang"),
    ("the secretary of state", "secretary of state", None, ""),
]


@pytest.mark.parametrize(("text", "title", "party", "name"), SPLITS)
def test_split_title(gazetteer: Gazetteer, text: str, title: str, party: str | None, name: str) -> None:
    found = gazetteer.split_title(text)
    assert (found.title, found.party, found.name) == (title, party, name)


ROLE_PARTIES = [
    ("People's Republic of China diplomat", "CN"),
    ("Republic of China diplomat", "TW"),
    ("Democratic People's Republic of Korea ambassador", "KP"),
    ("Israel's Prime Minister", "IL"),
    ("US Middle East Envoy", "US"),
    ("Pakistan high commissioner", "PK"),
    ("UN envoy for Yemen", "UN"),
    ("UN's Yemen envoy", "UN"),
    ("Yemen envoy", None),
    ("foreign minister of Qatar", "QA"),
    ("ambassador to Israel", None),
    ("South African ambassador to the UN", "ZA"),
    ("leader of the Houthis", "Houthis"),
    ("head of the Shin Bet security service", "IL"),
    ("President of Chevron Nigeria", None),
    ("secretary of state", None),
]


@pytest.mark.parametrize(("text", "code"), ROLE_PARTIES)
def test_role_party(gazetteer: Gazetteer, text: str, code: str | None) -> None:
    assert gazetteer.role_party(text) == code


def test_former_is_told(gazetteer: Gazetteer) -> None:
    assert gazetteer.split_title("former US President Jimmy Carter").former
    assert not gazetteer.split_title("US President Jimmy Carter").former


ROLES = [
    ("Minister of Foreign Affairs", "foreign-minister"),
    ("top diplomat", "foreign-minister"),
    ("External Affairs Minister", "foreign-minister"),
    ("State Councilor and Foreign Minister", "foreign-minister"),
    ("Minister of Foreign Trade", "minister"),
    ("Deputy Foreign Minister", "deputy-foreign-minister"),
    ("Secretary of State", "secretary-of-state"),
    ("Chancellor", "head-of-government"),
    ("Chancellor of the Exchequer", "finance-minister"),
    ("President of the European Commission", "head-of-organisation"),
    ("President of the National Assembly", "parliament-speaker"),
    ("Vice President", "vice-president"),
    ("Emir of Qatar", "head-of-state"),
    ("baker", ""),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role_class(text: str, role: str) -> None:
    assert role_class(text) == role


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_no_text_crashes_a_look_up(gazetteer: Gazetteer, text: str) -> None:
    gazetteer.country(text)
    gazetteer.party(text)
    gazetteer.cities(text)
    gazetteer.venue(text)
    gazetteer.is_title(text)
    gazetteer.split_title(text)
    gazetteer.role_party(text)
    gazetteer.persons(text, date(2020, 1, 1))
    role_classes(text)
