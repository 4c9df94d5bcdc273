"""Official files → articles and records, on small files written for the purpose; and files that are none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kg.gazetteer import Gazetteer
from kg.model import Article, Basis, Failure, MeetingMention, Mode, Record, Status
from kg.official import detect, read_official
from kg.official.people import Context, party_of

HERE = Path(__file__).parent / "fixtures"


def _all(*names: str | Path, **options: str) -> list[Article | tuple[Article, Record] | Failure]:
    return list(read_official([str(HERE / name) for name in names], **options))  # type: ignore[arg-type]


def _records(*names: str | Path, **options: str) -> list[tuple[Article, Record]]:
    found = _all(*names, **options)
    assert not [f for f in found if isinstance(f, Failure)]
    pairs = [f for f in found if isinstance(f, tuple)]
    for article, record in pairs:
        _evidence_is_true(article, record)
    return pairs


def _evidence_is_true(article: Article, record: Record) -> None:
    assert record.article == article.id
    for meeting in record.meetings:
        values = (meeting.status, meeting.mode, meeting.venue, meeting.city, meeting.country, meeting.date)
        times = (meeting.start, meeting.end, meeting.duration)
        spots = [v.evidence for v in (*values, *times, *meeting.topics) if v is not None]
        for spot in (*spots, *meeting.evidence, *(p.evidence for p in meeting.participants)):
            assert article.text[spot.start : spot.end] == spot.text


def _who(meeting: MeetingMention) -> list[tuple[str, str | None, str | None]]:
    return [(p.name, p.role, p.represents.value if p.represents else None) for p in meeting.participants]


def test_memorandum_in_the_older_encoding() -> None:
    ((article, record),) = _records("frus1970v01_d7.xml")
    assert article.id == "frus1970v01-d7"
    assert article.url == "https://history.state.gov/historicaldocuments/frus1970v01/d7"
    assert record.extractor.startswith("frus/")
    (meeting,) = record.meetings
    assert _who(meeting) == [
        ("The President", "President", "US"),
        ("Rolf A. Lindqvist, Jr.", "Assistant Secretary of State", "US"),
        ("Harriet V. Prochaska", None, "US"),
        ("Adams", None, "US"),
        ("Burke", None, "US"),
        ("Okada Akio", "Prime Minister", "JP"),
        ("Kenji Mori", "Director, American Affairs Bureau, Foreign Ministry", "JP"),
    ]
    assert meeting.venue is not None
    assert (meeting.venue.value, meeting.city and meeting.city.value) == ("Oval Office", "Washington")
    assert meeting.country is not None
    assert meeting.country.value == "US"
    assert [t.value for t in meeting.topics] == ["Timber", "Fishing rights"]
    assert meeting.status.value is Status.HELD
    assert meeting.mode is not None
    assert meeting.mode.value is Mode.IN_PERSON
    # midnight is crossed: the end is on the next day
    assert meeting.start is not None
    assert meeting.start.value == datetime(1970, 3, 2, 23, 10)  # noqa: DTZ001
    assert meeting.end is not None
    assert meeting.end.value == datetime(1970, 3, 3, 0, 25)  # noqa: DTZ001
    assert meeting.duration is not None
    assert meeting.duration.value.minutes == 75
    assert "timber and fishing rights" in meeting.evidence[0].text


def test_volume_in_the_newer_encoding() -> None:
    pairs = _records("frus1974v09.xml")
    ids = [article.id for article, _ in pairs]
    # a telegram is no conversation; the third document's attributes differ from its print
    assert ids == ["frus1974v09-d2", "frus1974v09-d3", "frus1974v09-d3-encoding", "frus1974v09-d4"]
    meetings = {article.id: record.meetings[0] for article, record in pairs}
    first = meetings["frus1974v09-d2"]
    assert _who(first) == [
        ("Martha Holt", "Secretary of State", "US"),
        ("Pieter Verhoeven", "Foreign Minister", "NL"),
    ]
    assert first.duration is not None
    assert first.duration.value.minutes == 70
    assert first.venue is not None
    assert first.venue.value == "Ministry of Foreign Affairs"
    assert [t.value for t in first.topics] == ["Dikes"]
    assert first.country is not None
    assert first.country.value == "NL"


def test_same_list_as_another_document() -> None:
    meetings = {article.id: record.meetings[0] for article, record in _records("frus1974v09.xml")}
    assert [p.name for p in meetings["frus1974v09-d3"].participants] == ["Martha Holt", "Pieter Verhoeven"]


def test_printed_times_win_and_the_dispute_is_kept() -> None:
    meetings = {article.id: record.meetings[0] for article, record in _records("frus1974v09.xml")}
    printed, encoded = meetings["frus1974v09-d3"].duration, meetings["frus1974v09-d3-encoding"].duration
    assert printed is not None
    assert encoded is not None
    assert (printed.value.minutes, encoded.value.minutes) == (60, 120)
    assert printed.confidence > encoded.confidence


def test_telephone_conversation() -> None:
    call = {article.id: record.meetings[0] for article, record in _records("frus1974v09.xml")}[
        "frus1974v09-d4"
    ]
    assert call.mode is not None
    assert call.mode.value is Mode.PHONE
    assert call.city is None
    assert call.duration is None
    assert call.date is not None
    assert call.date.value.edtf == "1974-06-05"


def test_missing_list_of_persons_gives_names_as_printed(tmp_path: Path) -> None:
    lonely = tmp_path / "frus1970v01_d7.xml"
    lonely.write_bytes((HERE / "frus1970v01_d7.xml").read_bytes())
    ((_, record),) = [f for f in read_official([str(lonely)]) if isinstance(f, tuple)]
    names = [p.name for p in record.meetings[0].participants]
    assert "Lindqvist" in names
    assert "Okada" in names


@pytest.mark.parametrize(
    ("entry", "who"),
    [
        (
            "Lu Wen-sheng and Chi Hao-ming, Interpreters",
            [("Lu Wen-sheng", None), ("Chi Hao-ming", "Interpreters")],
        ),
        ("Mr. Hay and Mr. Lee", [("Hay", None), ("Lee", None)]),
        # one person with a name of two parts or with a wife is not split
        ("President and Mrs. Holt", [("Holt", "President and Mrs.")]),
        ("<persName>Jan KOWALCZYK</persName> Deputy Chairman", [("Jan Kowalczyk", "Deputy Chairman")]),
        ("Niels Platt - Assistant to the Director", [("Niels Platt", "Assistant to the Director")]),
    ],
)
def test_entries_as_typists_wrote_them(tmp_path: Path, entry: str, who: list[tuple[str, str | None]]) -> None:
    (tmp_path / "d.xml").write_text(
        '<div xmlns="http://www.tei-c.org/ns/1.0" type="document" xml:id="d1" n="1">'
        "<head>1. Memorandum of Conversation</head>"
        '<dateline><date when="1974-06-01">June 1, 1974</date></dateline>'
        f'<list type="participants"><item>{entry}</item><item>Foreign Minister Pieter Verhoeven</item></list>'
        "<p>Talk.</p></div>",
        encoding="utf-8",
    )
    ((_, record),) = _records(tmp_path / "d.xml")
    assert [(name, role) for name, role, _ in _who(record.meetings[0])][:-1] == who


def test_long_name_of_a_state_before_an_office() -> None:
    with_gazetteer = Context(Gazetteer.open(), american=True)
    assert party_of("People's Republic of China diplomat", with_gazetteer) == ("CN", Basis.STATED)


def test_desk_for_a_land_is_not_of_that_land() -> None:
    with_gazetteer = Context(Gazetteer.open(), american=True)
    assert party_of("Director, Office of Chinese Affairs", with_gazetteer) == ("US", Basis.INFERRED)
    theirs = party_of("Head, Office of Chinese Affairs, Ministry of Foreign Affairs", with_gazetteer)
    assert theirs is None or theirs[0] == "CN"


def test_travels() -> None:
    found = _all("trips.xml")
    failures = [f for f in found if isinstance(f, Failure)]
    assert [f.source.rsplit(":", 1)[-1] for f in failures] == ["trip 3"]
    assert "1971-02-30" in failures[0].message
    pairs = [f for f in found if isinstance(f, tuple)]
    for article, record in pairs:
        _evidence_is_true(article, record)
    # the second entry is the first under another id
    assert [article.id for article, _ in pairs] == ["travels-1", "travels-4"]
    trip = pairs[0][1]
    visit = trip.visits[0]
    assert (visit.visitor.name, visit.visitor.role) == ("Martha J. Holt", "Secretary of State")
    assert visit.date is not None
    assert visit.end_date is not None
    assert (visit.date.value.edtf, visit.end_date.value.edtf) == ("1974-06-01", "1974-06-03")
    assert visit.meetings == tuple(m.key for m in trip.meetings)
    assert [[p[0] for p in _who(m)[1:]] for m in trip.meetings] == [["Beatrice", "Verhoeven"], ["Kranz"]]
    assert [_who(m)[-1][2] for m in trip.meetings] == ["NL", "DE"]
    stay = trip.meetings[0].date
    assert stay is not None
    assert pairs[1][1].meetings == ()
    assert pairs[1][1].visits[0].country is not None
    assert pairs[1][1].visits[0].country.value == "KR"


def test_day_is_open_within_a_stay(tmp_path: Path) -> None:
    path = tmp_path / "t.xml"
    text = (
        (HERE / "trips.xml")
        .read_text(encoding="utf-8")
        .replace(", and with German Chancellor Kranz on June 2", "")
    )
    path.write_text(text, encoding="utf-8")
    pair = next(f for f in read_official([str(path)]) if isinstance(f, tuple))
    told = pair[1].meetings[0].date
    assert told is not None
    assert (told.value.edtf, told.value.earliest, told.value.latest) == (
        "1974-06",
        date(1974, 6, 1),
        date(1974, 6, 3),
    )


def test_visits() -> None:
    (first, second) = _records("visits.xml")
    meeting = first[1].meetings[0]
    assert _who(meeting) == [("Akio Okada", "Prime Minister", "JP"), ("Brandt", "President", "US")]
    assert meeting.date is not None
    assert meeting.date.value.edtf == "1974-09-22"
    assert meeting.city is not None
    assert meeting.city.value == "New York City"
    assert meeting.country is not None
    assert meeting.country.value == "US"
    assert second[1].meetings == ()
    assert second[1].visits[0].visitor.name == "Olav IX"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("frus1970v01_d7.xml", "frus"),
        ("frus1974v09.xml", "frus"),
        ("trips.xml", "travels"),
        ("visits.xml", "visits"),
        ("persons/frus1970v01.xml", "persons"),
    ],
)
def test_detect(name: str, kind: str) -> None:
    assert detect(HERE / name) == kind


def test_detect_leaves_articles_alone(tmp_path: Path) -> None:
    page, text, table = tmp_path / "a.html", tmp_path / "a.txt", tmp_path / "a.csv"
    page.write_text("<!DOCTYPE html><html><body><p>They met.</p></body></html>", encoding="utf-8")
    text.write_text("They met < five times.", encoding="utf-8")
    table.write_text("date,with\n", encoding="utf-8")
    assert (detect(page), detect(text), detect(table)) == (None, None, "table")


def test_a_folder_of_everything(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("River talks\n\nThey met.", encoding="utf-8")
    (tmp_path / "t.xml").write_bytes((HERE / "trips.xml").read_bytes())
    found = list(read_official([str(tmp_path)]))
    assert [type(f) for f in found] == [Article, tuple, Failure, tuple]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE trips [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<trips><trip role="president"><id>1</id><name>&c;</name></trip></trips>"""

BAD = [
    ("bomb.xml", BOMB, "entities"),
    (
        "outside.xml",
        '<?xml version="1.0"?><!DOCTYPE trips [<!ENTITY x SYSTEM "file:///etc/passwd">]><trips/>',
        "entities",
    ),
    ("broken.xml", "<trips><trip role='president'><id>1</id>", "not well-formed"),
    ("empty.xml", "<trips></trips>", "no <trip>"),
    ("nothing.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body/></text></TEI>', "no document"),
]


@pytest.mark.parametrize(("name", "text", "says"), BAD, ids=[b[0] for b in BAD])
def test_bad_files_fail_clearly_and_the_rest_goes_on(tmp_path: Path, name: str, text: str, says: str) -> None:
    bad = tmp_path / name
    bad.write_text(text, encoding="utf-8")
    found = list(read_official([str(bad), str(HERE / "visits.xml")]))
    assert isinstance(found[0], Failure)
    assert says in found[0].message
    assert "\n" not in found[0].message
    assert "root:" not in found[0].message
    assert sum(isinstance(f, tuple) for f in found) == 2


def test_what_stands_before_a_fault_is_given(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    whole = (HERE / "frus1974v09.xml").read_text(encoding="utf-8")
    cut.write_text(whole[: whole.index('xml:id="d4"')], encoding="utf-8")
    found = list(read_official([str(cut)]))
    assert [f[0].id for f in found if isinstance(f, tuple)] == [
        "frus1974v09-d2",
        "frus1974v09-d3",
        "frus1974v09-d3-encoding",
    ]
    assert isinstance(found[-1], Failure)


def test_other_xml_beside_records_is_passed_over(tmp_path: Path) -> None:
    """A schema and a table of codes in a folder are no failures; named itself, such a file is one."""
    schema = tmp_path / "trips.sch"
    schema.write_text('<?xml version="1.0"?><schema xmlns="http://purl.oclc.org/dsdl/schematron"/>')
    (tmp_path / "codes.xml").write_text('<?xml version="1.0"?><role-codes><code/></role-codes>')
    assert list(read_official([str(tmp_path)])) == []
    assert [type(item) for item in read_official([str(schema)])] == [Failure]
