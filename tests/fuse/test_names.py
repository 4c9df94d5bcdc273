"""IRIs of events: readable, stable, never shared, and nobody else's business."""

from __future__ import annotations

from kg.fuse import fuse
from kg.model import Witness
from tests.fuse.scene import witness

ELLERY, GAO, SHEN = "Marcus Ellery @US", "Gao Renshu @CN", "Shen Baiyun @CN"


def one(name: str, published: str = "2031-03-04", **record: object) -> Witness:
    return witness(name, [{"who": [ELLERY, GAO], "status": "held", **record}], published)


def ids(*witnesses: Witness) -> set[str]:
    return {event.id for event in fuse(witnesses)}


def test_a_name_tells_day_and_people() -> None:
    assert ids(one("a", date="2031-03-03")) == {"meeting/2031-03-03-gao-renshu-marcus-ellery"}


def test_a_month_is_not_a_day() -> None:
    assert ids(one("a", date="2031-03")) == {"meeting/2031-03-gao-renshu-marcus-ellery"}


def test_a_visit_tells_where_to() -> None:
    trip = witness("t", [{"visit": ELLERY, "date": "2031-03-02", "place": "Beijing, CN"}], "2031-03-02")
    assert ids(trip) == {"visit/2031-03-02-marcus-ellery-cn"}


def test_two_meetings_of_one_day_have_two_names() -> None:
    rounds = witness(
        "a",
        [
            {"who": [ELLERY, GAO], "date": "2031-03-03", "at": "09:00"},
            {"who": [ELLERY, GAO], "date": "2031-03-03", "at": "20:00"},
        ],
        "2031-03-04",
    )
    found = sorted(ids(rounds))
    assert len(found) == 2
    assert found[0] == "meeting/2031-03-03-gao-renshu-marcus-ellery"
    assert found[1].startswith(f"{found[0]}-")


def test_the_event_told_first_keeps_its_name_when_another_comes() -> None:
    first = one("zz", "2031-03-03", date="2031-03-03", place="Geneva, CH")
    second = one("aa", "2031-03-05", date="2031-03-03", place="Lima, PE")
    assert ids(first) < ids(first, second)
    name = next(iter(ids(first)))
    kept = {event.id: event.mentions for event in fuse([first, second])}
    assert kept[name] == (first.mentions[0].id,)


def test_undated_meetings_of_one_pair_do_not_share_a_name() -> None:
    first, second = one("a", "2030-01-01"), one("b", "2031-01-01")
    assert len(ids(first, second)) == 2
    assert ids(first) | ids(second) == ids(first, second)


def test_an_unrelated_article_renames_nobody() -> None:
    before = ids(one("a", date="2031-03-03"), one("b", "2031-01-01"))
    other = witness("o", [{"who": [ELLERY, SHEN], "date": "2031-03-03"}], "2031-03-04")
    assert before < ids(one("a", date="2031-03-03"), one("b", "2031-01-01"), other)


def test_a_further_article_leaves_the_name() -> None:
    first = one("m", date="2031-03-03")
    for name in ("a", "z"):
        assert ids(first, one(name, "2031-03-05", date="2031-03-03")) == ids(first)
        undated = one("u", "2031-03-03")
        assert ids(undated, one(name, "2031-03-04")) == ids(undated)


def test_people_whose_names_run_together_do_not_share_a_name() -> None:
    """`a-b` with `c` and `a` with `b-c` would both be called a-b-c."""
    first = witness("a", [{"who": ["Ann Bo @US", "Cee @CN"], "date": "2031-03-03"}], "2031-03-04")
    second = witness("b", [{"who": ["Ann @US", "Bo Cee @CN"], "date": "2031-03-03"}], "2031-03-04")
    assert len(ids(first, second)) == 2


def test_a_large_table_is_cut_short() -> None:
    people = [f"Name{c} Family{c} @{c}{c}" for c in "ABCDE"]
    table = witness("a", [{"who": people, "date": "2031-03-03"}], "2031-03-04")
    assert ids(table) == {"meeting/2031-03-03-namea-familya-nameb-familyb-namec-familyc-and-others"}
