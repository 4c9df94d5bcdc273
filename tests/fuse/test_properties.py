"""Order, batches and workers never matter; what is taken out again has never been there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.fuse import block_keys, fuse, update
from kg.model import FusedEvent, Witness
from tests.fuse.scene import GROUPS, labelled, text_signature, witness

WITNESSES = [w for path in sorted(GROUPS.glob("*.yaml")) for g in labelled(path) for w in g.witnesses]

# --- random corpora in which nearly everything collides --------------------------------------

PEOPLE = [
    "Ana Prlic @HR foreign minister",
    "Ana Prlich @HR minister",
    "~ @HR foreign minister",
    "* @HR Croatian officials",
    "Bo Lund @SE foreign minister",
    "* @SE Swedish delegation",
    "Ed Moss @GB president",
]
PLACES = ["Split, HR", "Palace, Split, HR", "Zagreb, HR", "HR", "Lund, SE", "SE"]
START = date(2031, 5, 1)


def days() -> st.SearchStrategy[str]:
    day = st.integers(0, 6).map(lambda n: (START + timedelta(days=n)).isoformat())
    return st.one_of(
        day, day.map(lambda d: d + "?"), st.sampled_from(["2031-05", "2031", "2031-05-01/2031-05-07"])
    )


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, Any]:
    record: dict[str, Any] = {
        "who": draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True)),
        "status": draw(st.sampled_from(["held", "held", "planned", "cancelled", "denied", "ongoing"])),
        "background": draw(st.integers(0, 5)) == 0,
        "text": draw(
            st.sampled_from(["They met.", "The second round was held.", "Over dinner they talked."])
        ),
    }
    for key, values in {
        "date": days(),
        "place": st.sampled_from(PLACES),
        "mode": st.sampled_from(["phone", "in-person"]),
        "long": st.sampled_from(["60", "about 60", "180"]),
    }.items():
        if draw(st.booleans()):
            record[key] = draw(values)
    return record


@st.composite
def visits(draw: st.DrawFn) -> dict[str, Any]:
    record: dict[str, Any] = {
        "visit": draw(st.sampled_from(PEOPLE[:5])),
        "status": draw(st.sampled_from(["held", "planned", "postponed"])),
        "holds": draw(st.sampled_from([[], ["m1"], ["m1", "m2"]])),
        "place": draw(st.sampled_from(PLACES)),
    }
    if draw(st.booleans()):
        record["date"] = draw(days())
    return record


@st.composite
def corpora(draw: st.DrawFn, least: int = 1, most: int = 7) -> list[Witness]:
    texts = draw(st.lists(st.integers(0, 3), min_size=least, max_size=most))
    found = []
    for n, text in enumerate(texts):
        tells = draw(st.lists(meetings(), min_size=1, max_size=2))
        tells += draw(st.lists(visits(), max_size=1))
        published = draw(st.integers(0, 9).map(lambda d: START + timedelta(days=d)) | st.none())
        found.append(witness(f"a{n}", tells, published, text_signature(str(text), n, 16)))
    return found


@st.composite
def samples(draw: st.DrawFn) -> list[Witness]:
    """Some of the labelled articles: real cases, of many of which only parts are there."""
    start = draw(st.integers(0, len(WITNESSES) - 1))
    picked = draw(st.lists(st.integers(0, 24), min_size=2, max_size=14, unique=True))
    return [WITNESSES[(start + n) % len(WITNESSES)] for n in picked]


many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = corpora() | samples()


class Index:
    """What a store does: articles by block key, and the facts."""

    def __init__(self) -> None:
        self.articles: dict[str, Witness] = {}
        self.keys: dict[str, frozenset[str]] = {}
        self.events: dict[str, FusedEvent] = {}

    def neighbours(self, keys: frozenset[str]) -> Iterable[Witness]:
        return [w for article, w in self.articles.items() if self.keys[article] & keys]

    def change(self, removed: Sequence[Witness], added: Sequence[Witness]) -> None:
        result = update(removed, added, self.neighbours)
        for witness_ in removed:
            del self.articles[witness_.article]
        self.articles |= {witness_.article: witness_ for witness_ in added}
        self.keys |= {witness_.article: block_keys(witness_) for witness_ in added}
        self.events = {k: e for k, e in self.events.items() if not result.stale & set(e.mentions)}
        assert not self.events.keys() & {event.id for event in result.events}
        self.events |= {event.id: event for event in result.events}

    def facts(self) -> tuple[FusedEvent, ...]:
        return tuple(self.events[key] for key in sorted(self.events))


# --- the properties ------------------------------------------------------------------------------


@many
@given(some, st.randoms(use_true_random=False))
def test_order_does_not_matter(corpus: list[Witness], random: Any) -> None:
    mixed = list(corpus)
    random.shuffle(mixed)
    assert fuse(mixed) == fuse(corpus)


@many
@given(some)
def test_articles_read_twice_change_nothing(corpus: list[Witness]) -> None:
    assert fuse([*corpus, *corpus]) == fuse(corpus)


@many
@given(some)
def test_each_mention_is_in_one_event_and_each_claim_decided_once(corpus: list[Witness]) -> None:
    events = fuse(corpus)
    told = sorted(mention.id for w in corpus for mention in w.mentions)
    assert sorted(m for event in events for m in event.mentions) == told
    assert len({event.id for event in events}) == len(events)
    claims = sorted(claim.id for w in corpus for mention in w.mentions for claim in mention.claims)
    assert sorted(c.id for e in events for c in (*e.accepted, *e.rejected)) == claims
    for event in events:
        articles = [mention.rpartition("/")[0] for mention in event.mentions]
        assert len(set(articles)) == len(articles), "two mentions of one article in one event"
        assert event.reported_by == tuple(sorted(articles))
    assert {event.part_of for event in events} - {None} <= {e.id for e in events if e.kind == "visit"}


@many
@given(some, st.integers(1, 4))
def test_batches_do_not_matter(corpus: list[Witness], size: int) -> None:
    index = Index()
    for start in range(0, len(corpus), size):
        index.change([], corpus[start : start + size])
    assert index.facts() == fuse(corpus)


@many
@given(some, st.data())
def test_what_is_removed_has_never_been_there(corpus: list[Witness], data: st.DataObject) -> None:
    index = Index()
    index.change([], corpus)
    gone = data.draw(st.lists(st.sampled_from(corpus), min_size=1, unique_by=lambda w: w.article))
    index.change(gone, [])
    kept = [w for w in corpus if w not in gone]
    assert index.facts() == fuse(kept)
    index.change([], gone)
    assert index.facts() == fuse(corpus)


@many
@given(corpora(least=2), corpora(least=2))
def test_articles_read_again_replace_themselves(before: list[Witness], after: list[Witness]) -> None:
    """Same article ids, other contents: as when a better extractor reads them again."""
    index = Index()
    index.change([], before)
    again = {w.article: w for w in after}
    index.change([w for w in before if w.article in again], after)
    merged = {w.article: w for w in before} | again
    assert index.facts() == fuse(merged.values())


def test_the_number_of_workers_does_not_matter() -> None:
    alone = fuse(WITNESSES)
    for workers in (1, 2, 5):
        with ThreadPoolExecutor(workers) as pool:
            run: Callable[..., Any] = pool.map
            assert fuse(WITNESSES, run=run) == alone


def test_one_by_one_and_all_at_once_agree_on_the_labelled_articles() -> None:
    index = Index()
    for one in WITNESSES:
        index.change([], [one])
    assert index.facts() == fuse(WITNESSES)
    for one in WITNESSES[::3]:
        index.change([one], [])
    kept = [w for n, w in enumerate(WITNESSES) if n % 3]
    assert index.facts() == fuse(kept)
