"""What each line of a page is: whole pages, a table of single lines, properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import BlockKind
from kg.read.blocks import blocks_of

H, D, BY, C, B, X = (
    BlockKind.HEADLINE,
    BlockKind.DATELINE,
    BlockKind.BYLINE,
    BlockKind.CAPTION,
    BlockKind.BODY,
    BlockKind.BOILERPLATE,
)

# Each page: lines in order with what they are; None for an empty line.
MESSY_PAGE: list[tuple[str, BlockKind | None]] = [
    ("Ministers resume river talks in Porto Novo - The Harbour Post", X),
    ("", None),
    ("Ministers resume river talks in Porto Novo", H),
    ("", None),
    ("Both sides hope for a text before the rains", H),
    ("", None),
    ("river-talks-ministers-2021-main1-640", X),
    ("Foreign Minister Ada Lind (left) shakes hands with Samuel Okoro in Porto Novo on Tuesday. AFP", C),
    ("By Jonas Weber, Diplomatic Correspondent", BY),
    ("Posted Mar 2, 2021 6:15 PM", X),
    ("3 min read", X),
    ("", None),
    ("PORTO NOVO, March 2 (Coastal News) - ", D),
    ("Foreign ministers Ada Lind and Samuel Okoro met for two hours on Tuesday to discuss the river.", B),
    ("", None),
    (
        "The talks, the first since autumn, took place in the old customs house, officials of both said.",
        B,
    ),
    ("", None),
    ("READ MORE", X),
    ("", None),
    ("Okoro meets fishing unions in the capital", X),
    ("", None),
    ("President says 'no' to talks with rebels", X),
    ("", None),
    ("", None),
    ("They will meet again next month, said a spokeswoman, who did not want to name a place for it yet.", B),
    ("", None),
    ("Story continues below", X),
    ("", None),
    ("Nothing was signed on Tuesday, but the ministers shook hands for the cameras on the steps twice.", B),
    ("", None),
    ("Coastal News", None),
    ("Share this article: Facebook Twitter WhatsApp", X),
    ("© 2021 The Harbour Post. All rights reserved.", X),
    ("Related articles", X),
    ("Lind to visit dam site in May", X),
    ("Dam builders reach a pay deal", X),
]

TWICE_TOLD_TAIL: list[tuple[str, BlockKind | None]] = [
    ("Governor receives envoy of the lake states", H),
    ("", None),
    (
        "Governor Tomas Brandt received the envoy of the lake states on Friday for an hour of talks on fish.",
        B,
    ),
    ("", None),
    ("(RM)", BY),
    ("", None),
    ("New Prison Opens in the Northern Hills", X),
    ("", None),
    ("New Prison Opens in the Northern Hills", X),
    ("English", X),
    ("police", X),
    ("Stadium to Be Rebuilt Before the Cup", X),
    ("", None),
    ("Stadium to Be Rebuilt Before the Cup", X),
]

DIARY: list[tuple[str, BlockKind | None]] = [
    ("Island diary: two capitals in two days", H),
    ("", None),
    ("FRIDAY 9 FEBRUARY", D),
    (
        "5.30pm. The delegation has left for the airport after a last word with the deputy premier, we hear.",
        B,
    ),
    ("", None),
    ("Thursday 8 February 2024", D),
    ("The minister met her colleague for lunch at the harbour today, and both called it long overdue.", B),
]


def _check(page: list[tuple[str, BlockKind | None]]) -> None:
    joined: list[str] = []
    for line, kind in page:
        if joined and page[len(joined) - 1][1] is D and joined[-1].endswith(" - "):
            joined[-1] += line
            joined.append("\0")
        else:
            joined.append(line)
        del kind
    text = "\n".join(line for line in joined if line != "\0")
    got = {text[b.start : b.end].strip(): b.kind for b in blocks_of(text)}
    wrong = [
        (line, kind, got.get(line.strip()))
        for line, kind in page
        if kind and got.get(line.strip()) is not kind
    ]
    assert not wrong


@pytest.mark.parametrize("page", [MESSY_PAGE, TWICE_TOLD_TAIL, DIARY], ids=["messy", "twice told", "diary"])
def test_page(page: list[tuple[str, BlockKind | None]]) -> None:
    _check(page)


PROSE = "The two ministers met on Monday for three hours and spoke about the border, officials of both said."

# a line in the middle of a story, and what it is
LINES = [
    ("ADVERTISEMENT", X),
    ("ADVT", X),
    ("Article continues after advertisement", X),
    ("Advertisement - scroll to continue reading", X),
    ("Share · Print · Comments (41)", X),
    ("Tweet Share Email Print", X),
    ("1 Comment | Post your comments", X),
    ("Also read: Junta chief coming to the summit? This is what we know", X),
    ("READ MORE: Governor in talks with striking nurses", X),
    ("RELATED: Premiers hold conference call | What is a board foot?", X),
    ("(Read more river stories.)", X),
    ("IN PICTURES: The wall along the river", X),
    ("Follow us on Telegram", X),
    ("Sign up for our newsletter! | Most read: Greta sails home", X),
    ("Subscribe to our channel", X),
    ("Last updated 18:40", X),
    ("Tags: River, Dam, Fish", X),
    ("© 2018 Coastal Wire. All rights reserved. Redistribution by agreement only.", X),
    ("Printer-friendly version", X),
    ("IMG_20210302_1204-1024x768.jpg", X),
    ("river-talks-main2-750", X),
    ("Photo: AFP", C),
    ("PHOTO: Lind between the two presidents before the start of the trilateral. (Pool)", C),
    ("Photograph: Okoro, right, with Lind at the mission in Porto Novo.", C),
    ("Ada Lind, second left, arrives for the talks on Monday. REUTERS/Amy Moss", C),
    ("President Okoro receives Ada Lind at the palace. (Photo courtesy of the presidential office)", C),
    ("Ministers pose for a group picture in Porto Novo. Getty Images", C),
    ("Reuters", BY),
    ("(With agency inputs)", BY),
    ("Amina Bello reporting; Karl Roth writing", BY),
    ("Compiled by the night desk from agency reports.", BY),
    (PROSE, B),
    ("From the president there came not a word.", B),
    ("No public engagements", B),
    ("17.00 Opening of exhibition, National Gallery; minister's address", B),
    ("A photograph of the two on the steps went round the world within the hour, and it did no harm.", B),
    ("“We will print that,” the editor said, and nobody in the room doubted that she would.", B),
    (
        "Sharing the river is what the talks are about, the minister told the press in Porto Novo on Monday.",
        B,
    ),
]


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_line_in_a_story(line: str, kind: BlockKind) -> None:
    text = f"River talks resume\n\n{PROSE}\n\n{line}\n\n{PROSE} And they will do so again.\n"
    start = text.index(f"\n\n{line}\n\n") + 2
    assert next(b.kind for b in blocks_of(text) if b.start == start) is kind


def test_a_text_that_begins_with_its_story_has_no_headline() -> None:
    assert [b.kind for b in blocks_of(f"{PROSE}\n\n{PROSE}\n")] == [B, B]


def test_wrapped_lines_make_one_paragraph() -> None:
    words = (PROSE + " ") * 5
    wrapped, line = "", ""
    for word in words.split():
        if len(line) + len(word) > 70:
            wrapped, line = wrapped + line + "\n", ""
        line += word + " "
    assert [b.kind for b in blocks_of(f"River talks resume\n\n{wrapped}{line}")] == [H, B]


def test_the_page_markup_knows_better() -> None:
    text = f"River talks resume\n\n{PROSE}\n\nThe customs house by night\n"
    start = text.index("The customs")
    assert blocks_of(text, hints={start: C})[-1].kind is C


PIECES = st.sampled_from(
    [
        PROSE,
        "READ MORE",
        "Photo: AFP",
        "",
        " ",
        "By Ada Lind",
        "PARIS, June 3 - ",
        "a | b | c",
        "Published: 2023-06-19",
        "•",
        "ÄÖ 中文",
        "Monday",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=14).map("\n".join)))
def test_blocks_lie_in_order_and_cover_every_word(text: str) -> None:
    at = 0
    for block in blocks_of(text):
        assert not text[at : block.start].strip()
        assert block.start < block.end
        at = block.end
    assert not text[at:].strip()
