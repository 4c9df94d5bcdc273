"""The shipped model: what it sees in unseen sentences, and that nothing brings it down."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.reader import Reader
from kg.model import Article, Block, BlockKind, Mode, Reading, Status, Tag

TEXT = """Kvitova hosts Norwegian counterpart for gas talks

PRAGUE, May 14 – Czech Foreign Minister Helena Kvitova met her Norwegian counterpart Lars Vikan at Cernin
Palace in Prague on Tuesday. The two ministers talked for more than two hours about gas supplies and
sanctions.

Vikan is expected to speak with Polish Prime Minister Adam Zielinski by telephone on Thursday."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def article(text: str, blocks: tuple[Block, ...] = ()) -> Article:
    return Article("a", text, hashlib.sha256(text.encode()).hexdigest(), "a.txt", blocks=blocks)


def words(text: str, reading: Reading, tag: Tag, least: float = 0.5) -> list[str]:
    return [text[s.start : s.end] for s in reading.spans if s.tag is tag and s.score >= least]


def test_marks_an_unseen_text(reader: Reader) -> None:
    reading = reader.read(article(TEXT))
    assert {"Helena Kvitova", "Lars Vikan", "Adam Zielinski"} <= set(words(TEXT, reading, Tag.PARTICIPANT))
    assert "met" in words(TEXT, reading, Tag.TRIGGER)
    assert "Prague" in words(TEXT, reading, Tag.CITY)
    assert any("two hours" in w for w in words(TEXT, reading, Tag.DURATION))
    assert "gas supplies" in words(TEXT, reading, Tag.TOPIC)
    at = {TEXT[s.start : s.end]: i for i, s in enumerate(reading.spans)}
    met = at["met"]
    assert reading.links.get((met, at["Lars Vikan"]), 0) > 0.5
    assert reading.links.get((met, at["Adam Zielinski"]), 0) < 0.5
    assert max(reading.status[met], key=lambda s: reading.status[met][s]) is Status.HELD
    later = [i for i in reading.real if reading.spans[i].start > TEXT.index("Vikan is")]
    call = max(later, key=lambda i: reading.real[i])
    assert reading.mode[call][Mode.IN_PERSON] < 0.5
    assert reading.links.get((call, at["by telephone"]), 0) > 0.5
    assert reading.status[call][Status.HELD] < 0.5


def test_reading_is_well_formed(reader: Reader) -> None:
    reading = reader.read(article(TEXT * 6))
    size = len(reading.spans)
    assert all(a.end <= b.start for a, b in zip(reading.spans, reading.spans[1:], strict=False))
    triggers = {i for i, s in enumerate(reading.spans) if s.tag is Tag.TRIGGER}
    assert set(reading.status) == set(reading.mode) == set(reading.real) == set(reading.several) == triggers
    for pairs in (
        reading.links,
        reading.same_meeting,
        reading.same_participant,
        reading.together,
        reading.part_of,
    ):
        assert all(0 <= a < size and 0 <= b < size and a != b and 0 <= p <= 1 for (a, b), p in pairs.items())
    for pairs in (reading.same_meeting, reading.same_participant, reading.together):
        assert all(a < b for a, b in pairs)
    assert all(t in triggers and s not in triggers for t, s in reading.links)
    assert all(a in triggers and b in triggers for a, b in reading.same_meeting)
    for chances in reading.status.values():
        assert sum(chances.values()) == pytest.approx(1, abs=0.01)


def test_same_text_same_reading_whatever_came_before(reader: Reader) -> None:
    first = reader.read(article(TEXT))
    reader.read(article("Another text. The envoys met in Oslo. " * 40))
    assert reader.read(article(TEXT)) == first
    assert Reader.load().read(article(TEXT)) == first


def test_offsets_count_code_points(reader: Reader) -> None:
    text = "😀 Ünïcödé 🇫🇷 – " + TEXT
    reading = reader.read(article(text))
    assert "Lars Vikan" in words(text, reading, Tag.PARTICIPANT)


def test_boilerplate_and_bylines_are_not_read(reader: Reader) -> None:
    more = "\n\nREAD MORE: German Chancellor Uwe Brandt met Finnish President Aino Salo in Helsinki."
    text = TEXT + more
    blocks = (Block(BlockKind.BODY, 0, len(TEXT)), Block(BlockKind.BOILERPLATE, len(TEXT), len(text)))
    assert all(s.end <= len(TEXT) for s in reader.read(article(text, blocks)).spans)
    assert any(s.start > len(TEXT) for s in reader.read(article(text)).spans)


def test_header_line_is_not_read(reader: Reader) -> None:
    head = "Published: 2019-05-15\n\n"
    plain = reader.read(article(TEXT))
    headed = reader.read(article(head + TEXT))
    assert [(s.start - len(head), s.end - len(head), s.tag) for s in headed.spans] == [
        (s.start, s.end, s.tag) for s in plain.spans
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\r\n ",
        "\x00" * 3000,
        "😀" * 5000,
        "😀 " * 5000,
        "x" * 200_000,
        "met",
        "met " * 3000,
        "\u202eاجتمع " * 500,
    ],
    ids=[
        "empty",
        "blank",
        "nulls",
        "emoji",
        "spaced emoji",
        "no spaces",
        "one word",
        "flood",
        "right to left",
    ],
)
def test_odd_input(reader: Reader, text: str) -> None:
    reading = reader.read(article(text))
    assert all(0 <= s.start < s.end <= len(text) for s in reading.spans)


def test_time_grows_with_length_not_faster(reader: Reader) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        reader.read(article("The ministers met in Rome. " * times))
        return time.process_time() - began

    seconds(50)
    assert seconds(1600) < 4 * 2.0 * max(seconds(400), 0.05)


def test_sections_of_long_texts_keep_their_offsets(reader: Reader) -> None:
    filler = "The harvest was good this year and nobody complained about the weather.\n\n"
    text = filler * 900 + TEXT
    reading = reader.read(article(text))
    assert "Lars Vikan" in words(text, reading, Tag.PARTICIPANT)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no readable model"):
        Reader.load(tmp_path)


def test_model_is_small_and_says_its_version(reader: Reader) -> None:
    folder = Path(sys.modules[Reader.__module__].__file__ or "").parent / "reader_model"
    assert sum(p.stat().st_size for p in folder.iterdir()) <= 30_000_000
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "relations.onnx", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    assert reader.version == digest.hexdigest()[:12]


def test_neither_torch_nor_spacy_is_imported() -> None:
    code = (
        "import sys; from kg.extract.reader import Reader; assert 'onnxruntime' not in sys.modules;"
        "Reader.load();"
        "assert not {'torch', 'spacy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
