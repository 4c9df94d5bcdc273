"""What the guard lets through, what it refuses, and where it says that it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query.guard import check
from kg.query.tokens import Kind, tokens

U = "http://127.0.0.1:9/"

REFUSED = [
    # --- another server
    (f"SELECT * {{ SERVICE <{U}> {{ ?s ?p ?o }} }}", "SERVICE", "line 1, column 12"),
    (f"SELECT * {{ SERVICE SILENT <{U}> {{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{\n  sErViCe<{U}>{{ ?s ?p ?o }} }}", "SERVICE", "line 2, column 3"),
    (f"SELECT * {{ # comment\rSERVICE <{U}> {{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ #\r\n#\rSERVICE#\r<{U}> {{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"PREFIX x:<{U}> SELECT * {{ SERVICEx:a{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"PREFIX x:<{U}> SELECT * {{ SERVICESILENTx:a{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"PREFIX x:<{U}> SELECT * {{ ?s ?p trueSERVICEx:a{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"PREFIX x:<{U}> SELECT * {{ ?s ?p true.SERVICEx:a{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ ?s ?p 5SERVICE<{U}>{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ ?s ?p 5.SERVICE<{U}>{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ ?s ?p 'x'SERVICE<{U}>{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ ?s ?p '''x'y'''SERVICE<{U}>{{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"SELECT * {{ ?s ?p 'a\\'b' . SERVICE <{U}> {{ ?s ?p ?o }} #' }}\n}}", "SERVICE", ""),
    (
        f"SELECT * {{ {{ SELECT * {{ {{ SERVICE ?x {{ ?s ?p ?o }} }} }} }} VALUES ?x {{ <{U}> }} }}",
        "SERVICE",
        "",
    ),
    (f"SELECT * {{ FILTER EXISTS {{ SERVICE <{U}> {{ ?s ?p ?o }} }} }}", "SERVICE", ""),
    (f"SELECT * {{ FILTER(1<2&&EXISTS{{SERVICE<{U}>{{}}}}) }}", "SERVICE", ""),
    (f"ASK {{ SERVICE <{U}> {{ }} }}", "SERVICE", ""),
    (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{U}> {{ ?s ?p ?o }} }}", "SERVICE", ""),
    (f"DESCRIBE ?s WHERE {{ SERVICE <{U}> {{ ?s ?p ?o }} }}", "SERVICE", ""),
    ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", "backslash", "line 1, column 12"),
    # --- changes
    ("INSERT DATA { <http://a> <http://b> <http://c> }", "only read", "line 1, column 1"),
    ("PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }", "only read", "line 1, column 23"),
    ("# SELECT\nload <http://x/>", "only read", "line 2"),
    ("BASE <http://a/> CLEAR ALL", "only read", ""),
    ("DROP ALL", "only read", ""),
    ("WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "only read", ""),
    # --- files
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "fetch nothing", "line 1, column 10"),
    ("SELECT * FROM NAMED <FILE:///etc/passwd> { ?s ?p ?o }", "fetch nothing", ""),
    ("PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }", "fetch nothing", ""),
    ("PREFIX f: <file:///etc/> SELECT * FROMf:passwd { ?s ?p ?o }", "fetch nothing", ""),
    ("PREFIX f: <file:///etc/> SELECT * FROM NAMEDf:passwd { ?s ?p ?o }", "", ""),
    # --- nonsense
    ("", "empty", ""),
    ("# nothing\n", "empty", ""),
    ("PREFIX a: <http://a/>", "empty", ""),
    ("SELCT ?x { ?x ?y ?z }", "did you mean SELECT?", "line 1, column 1"),
    ("SELECT ?x { ?x ?y 'abc }", "has no end", "line 1, column 19"),
    ("SELECT ?x { ?x ?y 'abc\n' }", "has no end", ""),
    (
        "SELECT ?x {\n\t?x dmm:date ?z }",
        "prefix dmm: is declared nowhere; did you mean dm?",
        "line 2, column 5",
    ),
    ("SELECT ?x { ?x ?y \x00 }", "can't stand here", ""),
    ("SELECT ?x { ?x ?y " + "(" * 5000, "nested", ""),
    ("SELECT ?x { FILTER(" + "!" * 5000 + "?x) }", "nested", ""),
    ("SELECT ?x { FILTER(" + "-" * 5000 + "?x) }", "nested", ""),
    ("{" * 5000, "", ""),
    ("SELECT * { ?x ?y " + "[ ?p " * 3000, "nested", ""),
    ("SELECT ?x {} #" + "x" * 1_100_000, "1,100", ""),
]


@pytest.mark.parametrize(("text", "words", "place"), REFUSED)
def test_refused(text: str, words: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(text)
    assert words in str(caught.value)
    assert place in str(caught.value)


ALLOWED = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
    "SELECT * { ?s ?p '''SERVICE 'a' <http://x/> { }''' }",
    'SELECT * { ?s ?p """a "SERVICE" \\""" b""" }',
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "# INSERT\rSELECT * { ?s ?p ?o }",
    "PREFIX service: <http://x/> SELECT * { ?s service:a ?o }",
    "PREFIX x: <http://x/> SELECT * { ?s x:SERVICE ?o }",
    "SELECT * FROM <https://w3id.org/dipmeet/id/facts> { ?s ?p ?o }",
    "prefix dm: <http://other/> select?x{?x dm:anything ?y}",
    "SELECT(1<2 AS?x){}",
    "BASE <http://x/> PREFIX a: <b> ASK { a:c ?p <d> }",
    "DESCRIBE <http://x/>",
    "SELECT ?x { ?x dm:participant ?y ; rdfs:label ?z ; a skos:Concept . FILTER(DATATYPE(?z) = xsd:date) }",
    "SELECT ?é { ?é ?p 'ü' }",
    "SELECT * { ?s ?p ?o FILTER(?o<5||?o>=7&&!(?o!=3)) }",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    assert check(text).form in {"SELECT", "ASK", "DESCRIBE"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT * { ?s dm:participants ?o }", "line 1, column 15: the ontology has no dm:participants"),
        ("SELECT * { ?s dm:partisipant ?o }", "did you mean dm:participant?"),
        ("SELECT * { ?s dm:TOPIC ?o }", "did you mean dm:topic?"),
        ("SELECT * { ?s <https://w3id.org/dipmeet/ontology#dat> ?o }", "did you mean dm:date?"),
        ("PREFIX m: <https://w3id.org/dipmeet/ontology#> SELECT * { ?s m:dat ?o }", "did you mean dm:date?"),
        ("SELECT * { ?s dm:qqqqqq ?o }", "the ontology has no dm:qqqqqq"),
    ],
)
def test_misspelt_terms_are_named_with_the_nearest(text: str, wanted: str) -> None:
    (warning,) = check(text).warnings
    assert wanted in warning


def test_known_terms_give_no_warning() -> None:
    assert check("SELECT * { ?m a dm:Meeting ; dm:participant ?p ; dm:status dm:Held }").warnings == ()


@given(st.text(max_size=200))
def test_tokens_never_lose_a_character(text: str) -> None:
    """Whatever is not in a token is white space or comment, or the whole text is refused."""
    try:
        found = tokens(text)
    except QueryError:
        return
    position = 0
    for token in found:
        between = text[position : token.start]
        assert not between.strip(" \t\r\n") or between.lstrip(" \t\r\n").startswith("#")
        assert text[token.start : token.end] == token.text
        position = token.end


def test_kinds() -> None:
    text = "PREFIX x:<http://e/> SELECT ?a{ ?a x:b.c/^x:d\\/e 'it\\'s'@en-GB , 1.5e3,5.?x<?y _:b.1. }"
    kinds = [(each.kind, each.text) for each in tokens(text)]
    assert (Kind.PNAME, "x:b.c") in kinds
    assert (Kind.PNAME, "x:d\\/e") in kinds
    assert (Kind.STRING, "'it\\'s'") in kinds
    assert (Kind.LANGUAGE, "@en-GB") in kinds
    assert (Kind.NUMBER, "1.5e3") in kinds
    assert kinds[-8:-4] == [(Kind.NUMBER, "5"), (Kind.SIGN, "."), (Kind.VARIABLE, "?x"), (Kind.SIGN, "<")]
