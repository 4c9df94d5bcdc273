"""Forms of names: tables of cases and of bugs caught."""

from __future__ import annotations

import pytest

from kg.extract.names import Form, bare_name, compatible, form_of, is_plural, singular

FORMS = [
    ("Wang Yi", Form.NAME),
    ("Blinken", Form.NAME),
    ("Mohammed bin Salman", Form.NAME),
    ("Inês de Vasconcelos-Teles", Form.NAME),
    ("President Xi Jinping", Form.NAME),
    ("German Chancellor Merkel", Form.NAME),
    ("he", Form.PRONOUN),
    ("each other", Form.PRONOUN),
    ("the minister", Form.DESCRIPTION),
    ("his Russian counterpart", Form.DESCRIPTION),
    ("Prime Minister of Slovakia", Form.DESCRIPTION),
    ("US business people", Form.DESCRIPTION),
    ("Japanese foreign minister", Form.DESCRIPTION),
    ("the two leaders", Form.DESCRIPTION),
]

CAUGHT = [
    ("Pope Francis", Form.NAME, "the pope's name is no description"),
    ("King Mohammed VI", Form.NAME, "regnal numbers belong to names"),
    ("Iran's FM", Form.DESCRIPTION, "an office in capitals is no surname"),
    ("Secretary of State", Form.DESCRIPTION, "nothing is left once the title is off"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form(text: str, form: Form) -> None:
    assert form_of(text) is form


@pytest.mark.parametrize(("text", "form", "why"), CAUGHT)
def test_bugs_caught(text: str, form: Form, why: str) -> None:
    assert form_of(text) is form, why


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("the two leaders", True),
        ("both", True),
        ("they", True),
        ("the pair", True),
        ("guest and host", True),
        ("foreign ministers of Mali and Niger", True),
        ("Wang Yi", False),
        ("the minister", False),
        ("Secretary of State", False),
        ("she", False),
    ],
)
def test_plural(text: str, several: bool) -> None:
    assert is_plural(text) is several


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("President Xi Jinping", "Xi Jinping"),
        ("Mr. Denktas", "Denktas"),
        ("German Chancellor Merkel", "Merkel"),
        ("Pope Francis", "Pope Francis"),
        ("Secretary of State", "Secretary of State"),
        ("Lavrov's", "Lavrov"),
    ],
)
def test_bare_name(text: str, bare: str) -> None:
    assert bare_name(text) == bare


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Antony Blinken", "Blinken", 0.9, 1.0),
        ("Xi Jinping", "Jinping Xi", 1.0, 1.0),
        ("Xi Jinping", "Xi", 0.9, 0.9),
        ("Vučić", "Aleksandar Vucic", 0.9, 0.9),
        ("S. Jaishankar", "Subrahmanyam Jaishankar", 0.9, 0.9),
        ("Lavrov", "Lavrow", 0.5, 0.7),
        ("Wang Yi", "Qin Gang", 0.0, 0.0),
        ("Hun Sen", "Hun Manet", 0.0, 0.0),
    ],
)
def test_compatible(one: str, other: str, least: float, most: float) -> None:
    assert least <= compatible(one, other) <= most
    assert compatible(one, other) == compatible(other, one)


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("foreign ministers", "foreign minister"),
        ("secretaries of state", "secretary of state"),
        ("ambassadors to Malaysia", "ambassador to Malaysia"),
        ("working groups", "working groups"),
    ],
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one
