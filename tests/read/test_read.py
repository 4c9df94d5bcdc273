"""Reading files, pages, JSON lines, folders and streams; and everything that is none of them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article, BlockKind, Failure, PublishedFrom
from kg.read import LIMIT, read
from kg.read.article import read_day, slug
from kg.read.decode import decode

STORY = (
    "Published: 2023-06-19\n\nRiver talks resume\n\n"
    "PORTO NOVO, June 18 (Coastal News) - The two ministers met on Sunday for three hours, officials said.\n"
)
PAGE = (Path(__file__).parent / "fixtures" / "river.html").read_text(encoding="utf-8")


def _one(source: Path | str, **options: date | None) -> Article:
    articles = list(read([str(source)], **options))  # type: ignore[arg-type]
    assert len(articles) == 1
    assert isinstance(articles[0], Article), articles[0]
    return articles[0]


def _failure(source: Path | str) -> Failure:
    found = list(read([str(source)]))
    assert len(found) == 1
    assert isinstance(found[0], Failure)
    assert "\n" not in found[0].message
    assert found[0].message.startswith(found[0].source)
    return found[0]


def test_plain_text_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "river.txt"
    path.write_text(STORY, encoding="utf-8")
    article = _one(path)
    assert article.id == "river"
    assert article.text == STORY
    assert article.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert article.source == str(path)
    assert article.title == "River talks resume"
    assert (article.published, article.published_from) == (date(2023, 6, 19), PublishedFrom.HEADER)
    kinds = [(b.kind.value, article.text[b.start : b.end][:12]) for b in article.blocks]
    assert kinds == [
        ("boilerplate", "Published: 2"),
        ("headline", "River talks "),
        ("dateline", "PORTO NOVO, "),
        ("body", "The two mini"),
    ]


def test_line_ends_are_made_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One\r\nTwo\rThree\n")
    assert _one(path).text == "One\nTwo\nThree\n"


@pytest.mark.parametrize(
    ("text", "option", "day", "origin"),
    [
        (STORY, date(2023, 6, 20), date(2023, 6, 20), PublishedFrom.OPTION),
        (STORY, None, date(2023, 6, 19), PublishedFrom.HEADER),
        (
            "River talks\n\nPosted Aug 15, 2008 7:31 AM\n\nThey met.",
            None,
            date(2008, 8, 15),
            PublishedFrom.HEADER,
        ),
        ("River talks\n\nGENEVA, 3 May 2021 – They met.", None, date(2021, 5, 3), PublishedFrom.DATELINE),
        ("River talks\n\nTuesday, 4 May 2021\n\nThey met.", None, date(2021, 5, 4), PublishedFrom.DATELINE),
        ("River talks\n\nGENEVA, 3 May – They met.", None, None, PublishedFrom.UNKNOWN),
        ("Published: Mon 5 Sep 2016, 10:20 AM\n\nThey met.", None, date(2016, 9, 5), PublishedFrom.HEADER),
    ],
)
def test_day_of_publication(
    tmp_path: Path, text: str, option: date | None, day: date | None, origin: PublishedFrom
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    article = _one(path, published=option)
    assert (article.published, article.published_from) == (day, origin)


def test_page(tmp_path: Path) -> None:
    path = tmp_path / "river.html"
    path.write_text(PAGE, encoding="utf-8")
    article = _one(path)
    assert article.title == "River talks resume"
    assert article.publisher == "The Harbour Post"
    assert article.url == "https://post.example/river"
    assert (article.published, article.published_from) == (date(2023, 6, 19), PublishedFrom.PAGE)
    kinds = [b.kind for b in article.blocks]
    assert kinds[0] is BlockKind.HEADLINE
    assert kinds.count(BlockKind.BODY) == 3
    caption = next(b for b in article.blocks if b.kind is BlockKind.CAPTION)
    assert article.text[caption.start : caption.end] == "Ada Lind greets Samuel Okoro in Porto Novo"
    assert "Okoro meets fishing unions" not in article.text
    assert article.text.startswith("River talks resume\n\n")


def test_broken_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "broken.html"
    path.write_text(
        "<html><body><div><p>The two ministers met in Bonn on Monday for an hour.<p>They <b>agreed",
        encoding="utf-8",
    )
    text = _one(path).text
    assert "met in Bonn" in text
    assert "agreed" in text


def test_page_in_its_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "old.htm"
    page = (
        PAGE.replace("utf-8", "iso-8859-2").replace("Ada Lind", "Ada Łącka").replace("“useful”", '"useful"')
    )
    path.write_bytes(page.replace("©", "(c)").encode("iso-8859-2"))
    assert "Ada Łącka" in _one(path).text


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    good = {
        "id": "n1",
        "title": "River talks",
        "text": "They met in Bonn.",
        "published": "2023-06-19",
        "url": "https://a.example/x",
        "publisher": "Post",
    }
    lines = [
        json.dumps(good),
        "{not json",
        "[1, 2]",
        json.dumps({"title": "no text"}),
        "",
        json.dumps({"text": "x", "date": "2023-02-30"}),
        json.dumps({"body": "They met \ud800 again.", "link": "https://a.example/b/Two-Men.html"}),
        "17",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(read([str(path)]))
    articles = [a for a in found if isinstance(a, Article)]
    failures = [f for f in found if isinstance(f, Failure)]
    assert [a.id for a in articles] == ["n1", "a-example-b-two-men"]
    assert articles[0].text == "River talks\n\nThey met in Bonn."
    assert articles[0].source == f"{path}:1"
    assert (articles[0].published_from, articles[0].publisher) == (PublishedFrom.PAGE, "Post")
    assert articles[1].text == "They met \ufffd again."
    assert [f.source for f in failures] == [f"{path}:{n}" for n in (2, 3, 4, 6, 8)]
    assert "30" in failures[3].message


def test_json_list(tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_text(json.dumps([{"text": "One."}, {"text": "Two."}]), encoding="utf-8")
    assert [a.text for a in read([str(path)]) if isinstance(a, Article)] == ["One.", "Two."]


def test_folder_in_order_and_ids_unique(tmp_path: Path) -> None:
    for name in ("b/report.txt", "a/report.txt", "a/z.txt", "c.md", ".hidden.txt", "a/photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"They met, says {name}.", encoding="utf-8")
    articles = [a for a in read([str(tmp_path)]) if isinstance(a, Article)]
    assert [Path(a.source).relative_to(tmp_path).as_posix() for a in articles] == [
        "a/report.txt",
        "a/z.txt",
        "b/report.txt",
        "c.md",
    ]
    assert [a.id for a in articles] == ["report", "z", "report-2", "c"]


def test_pattern(tmp_path: Path) -> None:
    for name in ("b1.txt", "a1.txt", "a2.text"):
        (tmp_path / name).write_text("They met.", encoding="utf-8")
    assert [a.id for a in read([str(tmp_path / "*.txt")]) if isinstance(a, Article)] == ["a1", "b1"]
    assert "no file matches" in _failure(tmp_path / "*.pdf").message


def test_a_folder_is_not_loaded_at_once(tmp_path: Path) -> None:
    for n in range(50):
        (tmp_path / f"{n:02}.txt").write_text("They met.", encoding="utf-8")
    stream = read([str(tmp_path)])
    first = next(stream)
    for n in range(10, 50):
        (tmp_path / f"{n:02}.txt").unlink()
    rest = list(islice(stream, 60))
    assert isinstance(first, Article)
    assert sum(isinstance(a, Article) for a in rest) == 9
    assert sum(isinstance(a, Failure) for a in rest) == 40


@pytest.mark.parametrize(
    ("data", "texts"),
    [(b"They met.", ["They met."]), (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."])],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    articles = [a for a in read(["-"]) if isinstance(a, Article)]
    assert [a.text for a in articles] == texts
    assert articles[0].id.startswith("stdin")


WORDS = "Le Premier ministre a reçu à l’Élysée – pendant deux heures – le ministre"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == WORDS


def test_encodings_without_a_mark() -> None:
    assert decode("They met in Bonn on Monday.".encode("utf-16-le"), "a.txt") == "They met in Bonn on Monday."
    russian = "Министр иностранных дел встретился в понедельник со своим коллегой в Москве. " * 4
    assert decode(russian.encode("cp1251"), "a.txt") == russian
    damaged = ("Le ministre a été reçu à Genève. " * 20).encode() + b"\xff Fin."
    assert decode(damaged, "a.txt").count("reçu") == 20


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\r\n\t", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
    ("paper.pdf", b"%PDF-1.7 ...", "PDF"),
    ("letter.docx", b"PK\x03\x04" + b"x" * 50, "office"),
    ("noise.txt", bytes(range(256)) * 20, "binary"),
    ("nulls.txt", b"ab\0\0\0\0\0\0cd" * 50, "binary"),
    ("big.txt", b"They met. " * (LIMIT // 10 + 1), "larger than 10 MB"),
    ("date.txt", b"Published: 2023-13-45\n\nThey met.", "2023-13-45"),
    ("empty.html", b"<html><head><title></title></head><body></body></html>", "no story"),
    ("memo.xml", b"<?xml version='1.0'?><TEI><text/></TEI>", "XML"),
    ("list.json", b"{broken", "not JSON"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_input_fails_in_one_line_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    bad, good = tmp_path / name, tmp_path / "zz.txt"
    bad.write_bytes(data)
    good.write_text("They met.", encoding="utf-8")
    assert says in _failure(bad).message
    found = list(read([str(bad), str(good)]))
    assert isinstance(found[0], Failure)
    assert isinstance(found[1], Article)


def test_missing_and_unreadable(tmp_path: Path) -> None:
    assert "no such file" in _failure(tmp_path / "nowhere.txt").message
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert isinstance(next(read([str(tmp_path / "loop")])), Failure)
    locked = tmp_path / "locked.txt"
    locked.write_text("They met.", encoding="utf-8")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):
        assert "Permission" in _failure(locked).message


def test_the_net_is_not_touched_unasked() -> None:
    assert "net" in _failure("https://news.example/a").message


def test_impossible_header_date_is_no_matter_when_the_day_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Published: 2023-13-45\n\nThey met.", encoding="utf-8")
    assert _one(path, published=date(2023, 6, 19)).published == date(2023, 6, 19)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-06-19", date(2023, 6, 19)),
        ("2023-06-19T10:00:00Z", date(2023, 6, 19)),
        ("20230619", date(2023, 6, 19)),
        ("June 19, 2023", date(2023, 6, 19)),
        ("Mon 5 Sep 2016, 10:20 AM", date(2016, 9, 5)),
        ("2023-06-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_read_day(written: str, day: date | None) -> None:
    assert read_day(written) == day


def test_slug() -> None:
    assert (
        slug("https://www.news.example/2023/06/Treffen-in-Köln.html?x=1")
        == "news-example-2023-06-treffen-in-koln"
    )
    assert slug("//") == "article"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = decode(data, "x.txt")
    except InputError as error:
        message = str(error)
    else:
        message = "x.txt: fine; go on"
        assert "\r" not in text
        assert "\0" not in text
        text.encode("utf-8")
    assert message.startswith("x.txt: ")
    assert ";" in message


def test_a_folder_says_what_is_not_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    for name in ("a.txt", "b.md", "drafts/c.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    (tmp_path / ".kgignore").write_text("# not ours\n*.md\ndrafts\n", encoding="utf-8")
    found = list(read([str(tmp_path)]))
    assert [Path(a.source).name for a in found] == ["a.txt"]
