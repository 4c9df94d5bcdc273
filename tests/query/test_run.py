"""Queries as they run: parameters, limits, what stops them, and what they may not reach."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import Iri, Parameter, as_parameter, run, run_named, write
from kg.store import Store, open_store
from kg.store.embedded import MemoryStore
from kg.store.worker import Worker
from kg.vocab.rdf import Literal, Quad, day, number, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF, RDFS, XSD
from tests.query.listener import listening

M = f"{DATA}meeting/"
TRICKY = 'a "b" \\ \n } # SERVICE \t ü'


def facts() -> Iterator[Quad]:
    for n in range(40):
        meeting = f"{M}{n}"
        yield Quad(meeting, RDF.type, DM.Meeting, FACTS_GRAPH)
        yield Quad(meeting, RDFS.label, word(f"talks {n}"), FACTS_GRAPH)
        yield Quad(meeting, DM.minutes, number(n * 10), FACTS_GRAPH)
        yield Quad(meeting, DM.date, day(date(2023, 1, 1 + n % 28)), FACTS_GRAPH)
        yield Quad(meeting, DM.status, DM.Held if n % 2 else DM.Planned, FACTS_GRAPH)
    yield Quad(f"{M}0", DM.topicText, word(TRICKY), FACTS_GRAPH)


@pytest.fixture(scope="module", params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "memory":
        with open_store(":memory:", write=True) as memory:
            memory.replace_facts((), facts())
            yield memory
        return
    path = tmp_path_factory.mktemp("query") / "store"
    with open_store(path, write=True) as writer:
        writer.replace_facts((), facts())
    with open_store(path) as reader:
        yield reader


def rows(store: Store, text: str, **params: Parameter) -> list[tuple[str | None, ...]]:
    with run(store, text, params=params) as result:
        return list(result.strings())


def test_prefixes_need_no_declaration(store: Store) -> None:
    text = (
        "SELECT ?l { ?m a dm:Meeting ; rdfs:label ?l ; dm:minutes 390 FILTER(STRSTARTS(STR(?m), STR(id:))) }"
    )
    assert rows(store, text) == [("talks 39",)]


def test_cells_say_what_they_are(store: Store) -> None:
    text = "SELECT ?m ?n ?nothing (STRLANG('x', 'en') AS ?l) { ?m dm:minutes ?n FILTER(?n = 390) }"
    with run(store, text) as result:
        assert result.columns == ("m", "n", "nothing", "l")
        ((meeting, minutes, nothing, tagged),) = list(result)
    assert meeting == ("uri", f"{M}39", None, None)
    assert minutes == ("literal", "390", XSD.integer, None)
    assert nothing is None
    assert tagged == ("literal", "x", None, "en")


PARAMETERS: list[tuple[str, dict[str, Parameter], list[tuple[str, ...]]]] = [
    ("SELECT ?l { ?m rdfs:label ?l ; dm:minutes ?n }", {"n": 70}, [("talks 7",)]),
    ("SELECT ?n ?l { ?m rdfs:label ?l ; dm:minutes ?n }", {"n": 70}, [("70", "talks 7")]),
    ("SELECT ?n { ?m rdfs:label ?l ; dm:minutes ?n }", {"l": "talks 7"}, [("70",)]),
    ("SELECT ?n { ?m dm:minutes ?n FILTER(?n>?min&&?n<?max) }", {"min": 70, "max": Decimal("90.5")}, [("80",), ("90",)]),  # noqa: E501
    ("SELECT ?n { ?m dm:minutes ?n FILTER(?n=?x-?y) }", {"x": 60, "y": -10}, [("70",)]),
    ("SELECT (COUNT(?m) AS ?c) { ?m dm:status ?s }", {"s": Iri(DM.Held)}, [("20",)]),
    ("SELECT ?s (COUNT(?m) AS ?c) { ?m dm:status ?s } GROUP BY ?s", {"s": Iri(DM.Held)}, [(DM.Held, "20")]),
    ("SELECT ?m { ?m dm:date ?d ; dm:minutes 0 } ORDER BY ?d ?m", {"d": date(2023, 1, 1)}, [(f"{M}0",)]),
    ("SELECT ?c { { SELECT ?s (COUNT(*) AS ?c) { ?m dm:status ?s } GROUP BY ?s } }", {"s": Iri(DM.Held)}, [("20",)]),  # noqa: E501
    ("SELECT ?m { ?m dm:topicText ?t }", {"t": TRICKY}, [(f"{M}0",)]),
    ("SELECT ?n { ?m dm:minutes ?n ; dm:status ?s FILTER(!BOUND(?s) || ?n = 10) }", {"s": Iri(DM.Held)}, [("10",)]),  # noqa: E501
    ("SELECT $n { $m rdfs:label 'talks 3' ; dm:minutes $n }", {"m": Iri(f"{M}3")}, [("30",)]),
    ("SELECT ?n { ?m ?p ?n FILTER(?n = 30) }", {"p": Iri(DM.minutes)}, [("30",)]),
    ("SELECT ?x { ?m dm:minutes 30 BIND(?v AS ?x) }", {"v": Literal("2023", XSD.date)}, [("2023",)]),
    ("SELECT ?b { ?m dm:minutes 30 BIND(?v AS ?b) }", {"v": True}, [("true",)]),
    ("SELECT ?o { ?m dm:minutes ?n OPTIONAL { ?m dm:minutes ?o FILTER(?n = ?want) } FILTER(BOUND(?o)) }", {"want": 50}, [("50",)]),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("text", "params", "wanted"), PARAMETERS)
def test_parameters(
    store: Store, text: str, params: dict[str, Parameter], wanted: list[tuple[str, ...]]
) -> None:
    assert sorted(rows(store, text, **params)) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "params", "words"),
    [
        ("SELECT ?n { ?m dm:minutes ?n }", {"minutes": 5}, "no variable ?minutes"),
        ("SELECT ?n { ?m dm:minutes ?n }", {"N": 5}, "did you mean n?"),
        ("SELECT ?n { ?m dm:minutes ?x BIND(1 AS ?n) }", {"n": 5}, "column 40: the query itself sets"),
        ("SELECT ?n { VALUES ?n { 1 } }", {"n": 5}, "the query itself sets"),
        ("SELECT ?n { VALUES (?m ?n) { (1 2) } }", {"n": 5}, "the query itself sets"),
        ("SELECT ?n { ?m dm:minutes ?n }", {"m": Iri("x> } INSERT { <y")}, "no usable value"),
    ],
)
def test_parameters_that_cant_be_bound(
    store: Store, text: str, params: dict[str, Parameter], words: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, text, params=params)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "value", ["'", '"', "\\", "\\'", "x' } #", '"""', "}", "?y", "\n", "\r", "\x01", "<x>", "é😀"]
)
def test_no_text_gets_out_of_its_quotes(store: Store, value: str) -> None:
    assert rows(store, "SELECT ?x { BIND(?v AS ?x) }", v=value) == [(value,)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("180", 180),
        ("-2.50", Decimal("-2.50")),
        ("2023-06-19", date(2023, 6, 19)),
        ("2023-13-19", "2023-13-19"),
        ("<http://x/>", Iri("http://x/")),
        ("https://x/y", Iri("https://x/y")),
        ("true", True),
        ('"180"', "180"),
        ("Wang Yi", "Wang Yi"),
        ("", ""),
    ],
)
def test_parameters_from_the_command_line(text: str, value: Parameter) -> None:
    found = as_parameter(text)
    assert found == value
    assert type(found) is type(value)


LIMITS = [
    ("SELECT ?m { ?m a dm:Meeting }", 7, 7, True),
    ("SELECT ?m { ?m a dm:Meeting } # end", 7, 7, True),
    ("SELECT ?m { ?m a dm:Meeting } LIMIT 5", 7, 5, False),
    ("SELECT ?m { ?m a dm:Meeting } LIMIT 50", 7, 7, True),
    ("SELECT ?m { ?m a dm:Meeting } LIMIT7 OFFSET 1", 7, 7, False),
    ("SELECT ?m { ?m a dm:Meeting } OFFSET 38", 7, 2, False),
    ("SELECT ?m { { SELECT ?m { ?m a dm:Meeting } LIMIT 3 } }", 7, 3, False),
    ("SELECT ?m { ?m dm:minutes ?n } VALUES ?n { 10 20 30 }", 2, 2, True),
    ("SELECT ?m { ?m dm:minutes ?n } LIMIT 9 VALUES ?n { 10 20 30 }", 2, 2, True),
    ("SELECT ?m { ?m a dm:Meeting }", 40, 40, False),
    ("SELECT ?m { ?m a dm:Meeting }", 0, 0, True),
    ("CONSTRUCT { ?m a dm:Meeting } WHERE { ?m a dm:Meeting }", 7, 7, True),
]


@pytest.mark.parametrize(("text", "limit", "count", "truncated"), LIMITS)
def test_row_limits(store: Store, text: str, limit: int, count: int, truncated: bool) -> None:
    with run(store, text, limit=limit) as result:
        assert len(list(result)) == count
        assert result.truncated is truncated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?x {\n ?x ?y oops }", "line 2, column 12: the query can't be read at 'oops'"),
        ("SELECT ?x { ?y ?z", "the query ends too early"),
        ("SELECT ?x { ?x ?y }", "something is missing before this place"),
        ("SELECT * FROM <http://nowhere/> { ?s ?p ?o }", "column 10: FROM <http://nowhere/> is no graph"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", "a variable that is unbound"),
    ],
)
def test_errors_say_where(store: Store, text: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, text)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300
    assert rows(store, "ASK {}") == [("true",)]


def test_errors_say_where_in_the_users_own_text(store: Store) -> None:
    text = "SELECT ?n { ?m dm:minutes ?n ; rdfs:label ?label oops oops }"
    with pytest.raises(QueryError, match="line 1, column 58"):
        run(store, text, params={"n": 1, "label": "a much longer text than the name of the variable"})


def test_from_a_graph_of_the_store(store: Store) -> None:
    assert len(rows(store, f"SELECT ?m FROM <{FACTS_GRAPH}> {{ ?m a dm:Meeting }}")) == 40  # noqa: S608
    assert (
        len(rows(store, f"SELECT ?m FROM NAMED <{FACTS_GRAPH}> {{ GRAPH ?g {{ ?m a dm:Meeting }} }}")) == 40  # noqa: S608
    )
    assert rows(store, f"SELECT ?m FROM NAMED <{FACTS_GRAPH}> {{ ?m a dm:Meeting }}") == []  # noqa: S608


ENDLESS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?l)) = 'never') }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?l)) = 'never') }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?c ?l",
    "CONSTRUCT { ?a ?b 'x' } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?l)) = 'never') }",  # noqa: E501
]


@pytest.mark.parametrize("text", ENDLESS)
def test_what_takes_too_long_is_really_stopped(store: Store, text: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s and was stopped"):
        list(run(store, text, timeout=0.5))
    assert time.monotonic() - began < 3
    assert not children()
    assert rows(store, "ASK {}") == [("true",)]


def children() -> list[int]:
    """Processes that this one started and that still compute."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += [int(each) for each in (task / "children").read_text().split()]
        except OSError:
            continue
    busy = []
    for pid in found:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        busy += [pid] if state == "R" else []
    return busy


def test_a_slow_reader_is_not_a_slow_query(store: Store) -> None:
    with run(store, "SELECT ?a ?c { ?a ?b ?c . ?d ?e ?f }", timeout=1.0) as result:
        seen = 0
        for _ in result:
            seen += 1
            if seen % 10000 == 0:
                time.sleep(0.5)
    assert seen == 201 * 201


def test_a_result_that_is_closed_early_stops_the_query(store: Store) -> None:
    result = run(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert next(iter(result)) is not None
    result.close()
    time.sleep(0.1)
    assert not children()
    assert rows(store, "ASK {}") == [("true",)]


def test_a_result_is_read_once(store: Store) -> None:
    result = run(store, "SELECT ?m { ?m a dm:Meeting }")
    assert len(list(result)) == 40
    with pytest.raises(QueryError, match="read already"):
        list(result)


def test_results_side_by_side(store: Store) -> None:
    one, two = (run(store, "SELECT ?m { ?m a dm:Meeting }") for _ in range(2))
    assert sorted(one.strings()) == sorted(two.strings())


def test_too_much_memory_ends_the_query_and_nothing_else() -> None:
    store = MemoryStore()
    store.replace_facts((), facts())
    worker = Worker(store.opener(), memory=200 * 1024**2)
    request: dict[str, Any] = {
        "text": "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c",
        "prefixes": {},
        "union": True,
        "dataset": [[], []],
        "graphs": [],
    }
    with pytest.raises(QueryError, match="too much memory"):
        worker.ask(request, 60)
    worker.close()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s " + "/".join(["dm:date"] * 50_000) + " ?o }",
        "SELECT * { FILTER(" + " + ".join(["1"] * 100_000) + " > 0) }",
        "SELECT * { FILTER(" + "&&".join(["true"] * 100_000) + ") }",
        "SELECT * { " + " UNION ".join(["{}"] * 50_000) + " }",
        "SELECT * { FILTER(REGEX('" + "a" * 5000 + "', '" + "(a*)*" * 2000 + "b')) }",
        "SELECT * { FILTER(REGEX('a', '" + "((a{1000}){1000}){1000}" + "')) }",
    ],
    ids=["path", "sum", "and", "union", "regex", "repeats"],
)
def test_what_could_fell_the_engine_fells_a_child_at_most(store: Store, text: str) -> None:
    try:
        list(run(store, text, timeout=3))
    except QueryError as error:
        assert len(str(error)) < 400  # noqa: PT017 (either outcome will do)
    assert rows(store, "ASK {}") == [("true",)]


def test_changes_are_seen_by_the_next_query(tmp_path: Path) -> None:
    for where in (":memory:", tmp_path / "store"):
        with open_store(where, write=True) as store:
            count = "SELECT (COUNT(?m) AS ?n) { ?m a dm:Meeting }"
            assert rows(store, count) == [("0",)]
            store.replace_facts((), facts())
            assert rows(store, count) == [("40",)]
            store.replace_facts([f"{M}3"], ())
            assert rows(store, count) == [("39",)]


def test_a_store_that_is_closed_leaves_no_process(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        store.replace_facts((), facts())
        rows(store, "ASK {}")
        ((_, worker),) = store.companions["query"]._idle  # type: ignore[attr-defined]
        os.kill(worker.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
    with open_store(tmp_path / "store", write=True):
        """The child did not keep the lock."""


def test_no_connection_ever_leaves(store: Store) -> None:
    with listening() as (url, arrived):
        for text in (
            f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ # x\rSERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"PREFIX x:<{url}> SELECT * {{ SERVICESILENTx:a{{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",  # noqa: S608
            f"SELECT * FROM NAMED <{url}> {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",  # noqa: S608
            f"LOAD <{url}>",
        ):
            with pytest.raises(QueryError):
                list(run(store, text))
        list(run(store, f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}"))
        list(run(store, f"DESCRIBE <{url}>"))
    assert arrived == []


# --- writers --------------------------------------------------------------------------------


def written(store: Store, text: str, name: str) -> bytes:
    out = io.BytesIO()
    with run(store, text) as result:
        write(result, name, out)
    return out.getvalue()


EVERYTHING = """SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) {
  (<http://x/?a=1&b=2> "plain" 5 UNDEF) ("with, \\"quotes\\"\\nand lines\\r\\ttabs" "x"@en-GB 1.50 true)
  ("<b>&amp;</b>" "" "2023-01-01"^^xsd:date "\\u0001") } }"""


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_formats_are_read_back_as_the_same(store: Store, name: str) -> None:
    form = getattr(ox.QueryResultsFormat, name.upper())
    found = ox.parse_query_results(written(store, EVERYTHING, name), format=form)
    assert isinstance(found, ox.QuerySolutions)
    wanted = ox.Store().query("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>" + EVERYTHING)
    rows_found, rows_wanted = ([[each[at] for at in range(4)] for each in rows] for rows in (found, wanted))  # type: ignore[union-attr]
    if name == "xml":  # XML has no way to write that character
        rows_wanted[2][3] = ox.Literal("\ufffd")
    assert rows_found == rows_wanted


def test_csv(store: Store) -> None:
    assert written(store, EVERYTHING, "csv").decode() == (
        "a,b,c,d\r\n"
        "http://x/?a=1&b=2,plain,5,\r\n"
        '"with, ""quotes""\nand lines\r\ttabs",x,1.5,true\r\n'
        "<b>&amp;</b>,,2023-01-01,\x01\r\n"
    )


def test_table(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = """SELECT ?meeting ?status ?text { VALUES (?meeting ?status ?text) {
      (<https://w3id.org/dipmeet/id/meeting/a> dm:Held "two\\nlines \\u001b[31m")
      (UNDEF "中文" "LONG") } }""".replace("LONG", "x" * 90)
    assert written(store, text, "table").decode() == (
        "meeting    status   text\n"
        "─────────  ───────  ──────────────────────────────────────\n"
        "meeting/a  dm:Held  two lines  [31m\n"
        "           中文     xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n"
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("table", "answer\n──────\ntrue\n"),
        ("csv", "true\r\n"),
        ("tsv", "true\n"),
        ("json", '{"head": {}, "boolean": true}\n'),
    ],
)
def test_yes_or_no(store: Store, name: str, wanted: str) -> None:
    assert written(store, "ASK { ?m a dm:Meeting }", name).decode() == wanted


def test_triples(store: Store) -> None:
    text = "CONSTRUCT { ?m dm:topicText ?t ; a dm:Meeting } WHERE { ?m dm:topicText ?t }"
    turtle = written(store, text, "turtle")
    lines = written(store, text, "ntriples")
    assert b"@prefix dm:" in turtle
    assert set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == set(
        ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    )
    assert lines.splitlines() == sorted(lines.splitlines())
    assert len(lines.splitlines()) == 2


def test_counts_and_formats_that_do_not_fit(store: Store) -> None:
    for text, name, count in (
        ("SELECT ?m { ?m a dm:Meeting }", "json", 40),
        ("SELECT ?m { ?m a dm:Visit }", "csv", 0),
        ("ASK { ?m a dm:Visit }", "json", 0),
        ("CONSTRUCT { ?m a dm:Visit } WHERE { ?m a dm:Meeting }", "turtle", 40),
    ):
        with run(store, text) as result:
            assert write(result, name, io.BytesIO()) == count
    with run(store, "SELECT ?m { ?m a dm:Meeting }") as result:
        with pytest.raises(QueryError, match="use one of table, csv, tsv, json, xml"):
            write(result, "turtle", io.BytesIO())
        with pytest.raises(QueryError, match="no format is called 'html'"):
            write(result, "html", io.BytesIO())
        assert json.loads(b"".join(result.chunks("JSON")))["head"] == {"vars": ["m"]}


def test_a_named_query_of_the_ontology_runs(store: Store) -> None:
    from kg.vocab.queries import named_queries

    for name, query in named_queries().items():
        params = {each.name: each.example for each in query.parameters}
        with run_named(store, name, params=params) as result:
            assert result.warnings == ()
            list(result)
