"""The fifteen named queries: the expected rows, from two engines, over the union of all graphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import VocabularyError
from kg.vocab import DATA, NS, PREFIXES, XSD, Literal, named_queries, named_query, terms
from kg.vocab.queries import KINDS

WORLD = Path(__file__).with_name("world.trig")

Cell = str | float | bool | None
Row = tuple[Cell, ...]
READER = ("reader", "0.1.0")

CASES: list[tuple[str, dict[str, str], list[Row]]] = [
    (
        "meetings-of-two",
        {"a": "Ana Ruiz", "b": "ola lie"},
        [
            ("2024-03-04", "Held", "Bellevue Palace", "Bern", "around three hours", "meeting/bern"),
            ("2024-04-01", "Cancelled", "Oslo", "Oslo", None, "meeting/off"),
            ("2024-05-02", "Held", "Oslo", "Oslo", "two hours", "meeting/oslo"),
        ],
    ),
    (
        "meetings-of-two",
        {"a": "Q1001", "b": "Swiss traders"},
        [("2024-03-05", "Possible", "Switzerland", None, None, "meeting/maybe")],
    ),
    ("meetings-of-two", {"a": "Ruiz", "b": "Eva Kim"}, []),
    (
        "people-met",
        {"who": "Lie"},
        [
            ("Ana Ruiz", 2, "2024-03-04", "2024-05-02"),
            ("Tom Berg", 2, "2024-05-02", "2024-05-02"),
            ("Eva Kim", 1, "2024-03", "2024-03"),
        ],
    ),
    ("people-met", {"who": "Swiss traders"}, []),
    (
        "participants",
        {"meeting": "meeting/oslo"},
        [
            ("Ana Ruiz", "president", "Chile", "person/ruiz"),
            ("Ola Lie", "foreign minister", "Norway", "person/lie"),
            ("Tom Berg", "commissioner", "European Union", "person/berg"),
        ],
    ),
    (
        "participants",
        {"meeting": f"{DATA}meeting/maybe"},
        [("Ana Ruiz", None, "Chile", "person/ruiz"), ("Swiss traders", None, None, "delegation/traders")],
    ),
    (
        "meetings-of-country",
        {"country": "NO", "since": "2024-03-02", "until": "2024-04"},
        [
            ("2024-03", False, "Held", None, "Eva Kim and Ola Lie, 2024-03", "meeting/call"),
            (
                "2024-03-04",
                True,
                "Held",
                "Bellevue Palace",
                "Ana Ruiz and Ola Lie, 2024-03-04",
                "meeting/bern",
            ),
            ("2024-04-01", True, "Cancelled", "Oslo", "Ana Ruiz and Ola Lie, 2024-04-01", "meeting/off"),
        ],
    ),
    (
        "meetings-of-country",
        {"country": "European Union"},
        [
            ("2023", True, "Denied", None, "Eva Kim and Tom Berg, 2023", "meeting/no"),
            (
                "2024-05-02",
                True,
                "Held",
                "Oslo",
                "Ana Ruiz, Ola Lie and Tom Berg, 2024-05-02",
                "meeting/oslo",
            ),
        ],
    ),
    (
        "long-meetings",
        {},
        [
            (180, "around three hours", "2024-03-04", "Ana Ruiz and Ola Lie, 2024-03-04", "meeting/bern"),
            (120, "two hours", "2024-05-02", "Ana Ruiz, Ola Lie and Tom Berg, 2024-05-02", "meeting/oslo"),
            (60, "over an hour", "2024-03", "Eva Kim and Ola Lie, 2024-03", "meeting/call"),
        ],
    ),
    (
        "long-meetings",
        {"minutes": "120"},
        [(180, "around three hours", "2024-03-04", "Ana Ruiz and Ola Lie, 2024-03-04", "meeting/bern")],
    ),
    (
        "topics-of-country",
        {"country": "Kingdom of Norway"},
        [
            ("agriculture", 2, 0, "economy"),
            ("economy", 2, 0, None),
            ("fisheries", 2, 2, "agriculture"),
            ("trade", 1, 1, "economy"),
        ],
    ),
    (
        "country-pairs",
        {},
        [("Chile", "Norway", 2, 2, 5.0), ("South Korea", "Norway", 1, 1, 1.0)],
    ),
    (
        "still-open",
        {},
        [
            (
                "2024-03-05",
                "Possible",
                "Ana Ruiz and Swiss traders, 2024-03-05",
                "Talks in Bern",
                "Example News",
                "2024-03-05",
                "meeting/maybe",
            ),
            (
                "2024-06",
                "Planned",
                "Eva Kim to Norway, 2024-06",
                "What Bern brought",
                None,
                "2024-03-20",
                "visit/kim-no",
            ),
        ],
    ),
    (
        "meetings-in-place",
        {"place": "switzerland"},
        [
            ("2024-03-04", "Held", "Bellevue Palace", "Ana Ruiz and Ola Lie, 2024-03-04", "meeting/bern"),
            (
                "2024-03-05",
                "Possible",
                "Switzerland",
                "Ana Ruiz and Swiss traders, 2024-03-05",
                "meeting/maybe",
            ),
        ],
    ),
    (
        "meetings-in-place",
        {"place": "Berne"},
        [("2024-03-04", "Held", "Bellevue Palace", "Ana Ruiz and Ola Lie, 2024-03-04", "meeting/bern")],
    ),
    (
        "disagreements",
        {},
        [
            (
                "Ana Ruiz and Ola Lie, 2024-03-04",
                "minutes",
                "180",
                True,
                "They talked for around three hours in the palace.",
                "Talks in Bern",
                "meeting/bern",
            ),
            (
                "Ana Ruiz and Ola Lie, 2024-03-04",
                "minutes",
                "120",
                False,
                "After two hours they parted.",
                "What Bern brought",
                "meeting/bern",
            ),
        ],
    ),
    (
        "evidence",
        {"event": "meeting/bern", "property": "city"},
        [
            (
                "Bellevue Palace",
                True,
                "They talked for around three hours in the palace.",
                0,
                49,
                "Talks in Bern",
                *READER,
                0.8,
                "article/a",
            )
        ],
    ),
    (
        "evidence",
        {"event": "meeting/oslo", "property": "dm:status"},
        [
            ("Held", True, "They met after all.", 0, 19, "Three in Oslo", *READER, 0.9, "article/c"),
            (
                "Cancelled",
                False,
                "So is Oslo in May.",
                43,
                61,
                "What Bern brought",
                *READER,
                0.6,
                "article/b",
            ),
        ],
    ),
    (
        "visit-meetings",
        {"visit": "ana ruiz"},
        [
            (
                "Ana Ruiz to Switzerland, 2024-03-04",
                "2024-03-04",
                "Held",
                "Ana Ruiz and Ola Lie, 2024-03-04",
                "agreed on quotas",
                "meeting/bern",
            ),
            (
                "Ana Ruiz to Switzerland, 2024-03-04",
                "2024-03-04",
                "Held",
                "Ana Ruiz and Ola Lie, 2024-03-04",
                "set up a working group",
                "meeting/bern",
            ),
            (
                "Ana Ruiz to Switzerland, 2024-03-04",
                "2024-03-05",
                "Possible",
                "Ana Ruiz and Swiss traders, 2024-03-05",
                None,
                "meeting/maybe",
            ),
        ],
    ),
    ("visit-meetings", {"visit": "Eva Kim to Norway, 2024-06"}, []),
    (
        "offices",
        {"who": "Ruiz"},
        [
            ("Foreign minister", "Chile", "2024-03-04", "2024-03-04", 2),
            ("president", "Chile", "2024-05-02", "2024-05-02", 1),
        ],
    ),
    (
        "connectors",
        {"a": "Ana Ruiz", "b": "Eva Kim"},
        [("Ola Lie", 2, 1, "person/lie")],
    ),
    ("connectors", {"a": "Ana Ruiz", "b": "Tom Berg"}, []),
    (
        "connectors",
        {"a": "Tom Berg", "b": "Eva Kim"},
        [("Ola Lie", 2, 1, "person/lie")],
    ),
    (
        "called-off",
        {},
        [
            ("2023", "Eva Kim and Tom Berg, 2023", "Denied", "Denied", None, "meeting/no"),
            (
                "2024-04-01",
                "Ana Ruiz and Ola Lie, 2024-04-01",
                "Cancelled",
                "Cancelled",
                "2024-05-02 Held meeting/oslo",
                "meeting/off",
            ),
            (
                "2024-05-02",
                "Ana Ruiz, Ola Lie and Tom Berg, 2024-05-02",
                "Cancelled",
                "Held",
                None,
                "meeting/oslo",
            ),
        ],
    ),
]


# --- engines ------------------------------------------------------------------------------------


def _cell(value: str | None, datatype: str | None) -> Cell:
    if value is None or datatype is None:
        return value.removeprefix(DATA) if value else value
    if datatype in {XSD.integer, XSD.decimal, XSD.decimal.replace("decimal", "double")}:
        return float(value)
    return value == "true" if datatype == XSD.boolean else value


@cache
def _oxigraph() -> ox.Store:
    store = ox.Store()
    store.load(path=str(WORLD), format=ox.RdfFormat.TRIG)
    return store


def oxigraph(text: str) -> list[Row]:
    solutions = _oxigraph().query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    rows: list[Row] = []
    for solution in solutions:
        cells: list[Cell] = []
        for variable in solutions.variables:
            node = solution[variable.value]
            datatype = node.datatype.value if isinstance(node, ox.Literal) else None
            value = node.value if isinstance(node, ox.Literal | ox.NamedNode) else None
            cells.append(_cell(value, datatype))
        rows.append(tuple(cells))
    return rows


@cache
def _rdflib() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(WORLD, format="trig")
    return dataset


def by_rdflib(text: str) -> list[Row]:
    result = _rdflib().query(text)
    rows: list[Row] = []
    for row in result:
        assert isinstance(row, rdflib.query.ResultRow)
        cells = []
        for node in row:
            datatype = str(node.datatype or XSD.string) if isinstance(node, rdflib.Literal) else None
            cells.append(_cell(None if node is None else str(node), datatype))
        rows.append(tuple(cells))
    return rows


ENGINES: dict[str, Callable[[str], list[Row]]] = {"oxigraph": oxigraph, "rdflib": by_rdflib}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "params", "rows"), CASES, ids=[f"{n}-{'-'.join(p.values())}" for n, p, _ in CASES]
)
def test_rows(name: str, params: Mapping[str, str], rows: list[Row], engine: str) -> None:
    assert ENGINES[engine](named_query(name).bind(params)) == rows


# --- the files ----------------------------------------------------------------------------------


def test_all_fifteen_are_there_and_tested() -> None:
    assert len(named_queries()) == 15
    assert {name for name, _, _ in CASES} == set(named_queries())
    for name in named_queries():
        assert any(rows for tested, _, rows in CASES if tested == name), (
            f"{name} is never seen to find anything"
        )


@pytest.mark.parametrize("name", named_queries())
def test_a_file_runs_as_it_stands_with_few_prefixes(name: str) -> None:
    query = named_query(name)
    oxigraph(query.text)
    prefixes = dict(re.findall(r"(?m)^PREFIX (\w+): <([^>]+)>", query.text))
    assert prefixes.items() <= {p: PREFIXES[p] for p in ("dm", "rdfs", "skos", "xsd")}.items()
    for prefix in prefixes:
        assert re.search(rf"\b{prefix}:\w", query.text.split("WHERE")[-1] + query.text), f"{prefix} is unused"
    assert {t.removeprefix("dm:") for t in re.findall(r"\bdm:\w+", query.text)} <= terms()
    assert query.title
    assert query.question.endswith("?")
    assert not re.search(r"\b(SERVICE|FROM|GRAPH)\b", query.text), "the union of all graphs is what it asks"


@pytest.mark.parametrize("name", named_queries())
def test_parameters_stand_in_the_text(name: str) -> None:
    query = named_query(name)
    for parameter in query.parameters:
        assert parameter.kind in KINDS
        assert parameter.help
        assert query.text.count(f"VALUES ?{parameter.name} {{") >= 1
        assert parameter.terms(parameter.example)
        if parameter.default is not None:
            assert parameter.terms(parameter.default)
        block = re.search(rf"VALUES \?{parameter.name} {{([^}}]*)}}", query.text)
        term = parameter.terms(parameter.example)[0]
        written = term.value if isinstance(term, Literal) else term.replace(NS, "dm:")
        assert block
        assert written in block[1], "the file as it stands asks for the example"


# --- binding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("meetings-of-two", {"a": "x"}, "parameter b is missing"),
        ("meetings-of-two", {"a": "x", "b": "y", "c": "z"}, "no parameter 'c'"),
        ("meetings-of-two", {"a": "", "b": "y"}, "'' is no name"),
        ("long-meetings", {"minutes": "60 } # "}, "is no number"),
        ("long-meetings", {"minutes": "1e3"}, "is no number"),
        ("meetings-of-country", {"country": "x", "since": "2024-13"}, "'2024-13' is no since"),
        ("meetings-of-country", {"country": "x", "until": "soon"}, "'soon' is no until"),
        ("evidence", {"event": "meeting/x", "property": "colour"}, "'colour' is no property"),
        ("participants", {"meeting": ""}, "is no iri"),
    ],
)
def test_bad_parameters_are_refused(name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(message)):
        named_query(name).bind(params)


def test_an_unknown_query_names_the_known_ones() -> None:
    with pytest.raises(VocabularyError, match="meetings-of-two"):
        named_query("everything")


@pytest.mark.parametrize(
    ("since", "until", "bounds"),
    [
        ("2024", "2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", "2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-02-03", "2024-02-04", ("2024-02-03", "2024-02-04")),
    ],
)
def test_years_and_months_are_periods(since: str, until: str, bounds: tuple[str, str]) -> None:
    text = named_query("meetings-of-country").bind({"country": "x", "since": since, "until": until})
    assert [f'"{bound}"^^<{XSD.date}>' in text for bound in bounds] == [True, True]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_value_becomes_grammar(value: str) -> None:
    """Whatever is given, the query stays one query and asks for that name and nothing else."""
    query = named_query("people-met")
    try:
        text = query.bind({"who": value})
    except VocabularyError:
        assert not value.strip()
        return
    assert oxigraph(text) == oxigraph(query.bind({"who": value.strip()}))
    assert text.count(f"PREFIX dm: <{NS}>") == query.text.count(f"PREFIX dm: <{NS}>")


@pytest.mark.parametrize(
    "value", ['" } ?s ?p ?o . { "', "x\\", 'a"b', "{}", "?who", "> <x", "\n", "Ana Ruiz'", "\\g<0>"]
)
def test_hostile_values_find_nothing(value: str) -> None:
    if value.strip():
        assert oxigraph(named_query("people-met").bind({"who": value})) == []
        assert oxigraph(named_query("participants").bind({"meeting": value})) == []
