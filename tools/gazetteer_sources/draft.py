"""A person as one source tells of him, before sources are merged; and what names are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.gazetteer.names import name_words, patronymic
from kg.gazetteer.text import fold

__all__ = ["Draft", "Term", "name_forms", "natural_order", "tidy"]

_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Esq|Ph\.?D|M\.?D)\.?$", re.IGNORECASE)
_KIN = {"al", "bin", "ibn", "ben", "bint"}
_HOUSE = re.compile(r"^\w+ (?:al )?(?:saud|thani|sabah|khalifa|nahyan|maktoum|said|hussein|qasimi)$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_RANK = re.compile(
    r"^(?:General Secretary|Prime Minister|Foreign Minister|Vice President|President|Premier"
    r"|Chairman|King|Queen"
    r"|Secretary|Ambassador|Minister|Prince|Princess|Emperor|Marshal|General|Gen\.|Lt\.|Lieutenant|Major|Maj\."
    r"|Colonel|Col\.|Captain|Admiral|Adm\.|Senator|Dr\.|Sir|Lord|Mrs?\.|Madame?|Miss|Shri|H\.E\.|M\.|PASTOR"
    r"|Acting|Chancellor|Crown Prince|First Secretary|Count|Baron|Rev\.|Governor)\s+"
)


@dataclass(frozen=True)
class Term:
    """One office: title as the source has it, party code, ISO dates as precise as known, source."""

    title: str
    country: str
    start: str
    end: str
    source: str


@dataclass
class Draft:
    """Everything one or more sources tell of one person; `key` never changes: wd:Q1, pocom:x, hs:1."""

    key: str
    label: str
    names: set[str] = field(default_factory=set)
    wikidata: str = ""
    birth: str = ""
    death: str = ""
    terms: list[Term] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def countries(self) -> set[str]:
        """Party codes of all offices."""
        return {t.country for t in self.terms if t.country}

    def forms(self) -> set[str]:
        """Folded names of two or more words by which sources are compared: whole, and first with last."""
        out = set()
        for name in {self.label, *self.names}:
            words = name_words(_SUFFIX.sub("", name))
            if len(words) < 2 or len(words[0]) < 2:
                continue
            out.add(" ".join(words))
            if _KIN & set(words):
                # A first name and a house ("Saud … Al Saud") is shared by cousins.
                out |= {k for k, _ in patronymic(words) if len(k.split()) > 1 and not _HOUSE.search(k)}
            else:
                out.add(f"{words[0]} {words[-1]}")
        return out


def tidy(name: str) -> str:
    """The name without rank, suffix and doubled blanks."""
    name = re.sub(r"\s+", " ", name.replace("–", "-").replace("—", "-")).strip(" ,.;")
    while (shorter := _RANK.sub("", name)) != name:
        name = shorter
    return _SUFFIX.sub("", name).strip(" ,;")


def natural_order(name: str) -> str:
    """ "Kissinger, Henry A." → "Henry A. Kissinger"; other names as they are."""
    name = _SUFFIX.sub("", name.strip(" ;"))
    surname, comma, given = name.partition(",")
    given = given.split(",")[0].strip()
    if not comma or not given:
        return surname.strip()
    particle = re.search(r"\b((?:al|el|as|ar|ash|an|at|ad)-|de|von|van|bin)$", given)
    if particle:
        given = given[: particle.start()].strip()
        joint = particle.group(1)
        return f"{given} {joint}{'' if joint.endswith('-') else ' '}{surname.strip()}".strip()
    return f"{given} {surname.strip()}"


def name_forms(raw: str) -> set[str]:
    """All names in one entry: "Chou En-lai (Zhou Enlai)" gives two."""
    out = set()
    inner = _BRACKETS.findall(raw)
    plain = re.sub(r"\s+", " ", _BRACKETS.sub(" ", raw)).replace(" ,", ",").strip()
    out.add(tidy(natural_order(plain)))
    for part in inner:
        for raw_piece in re.split(r";|,(?=\s*[A-Z]\w+\s+[A-Z])", part):
            piece = tidy(natural_order(raw_piece.strip()))
            surname = plain.partition(",")[0].strip() if "," in plain else ""
            if len(piece.split()) < 2:
                continue  # a nickname: with the surname it may be somebody else's name
            if surname and fold(surname) not in fold(piece) and "," not in part:
                out.add(f"{piece} {surname}")  # "Kissinger, Henry A. (Heinz Alfred)": given names only
            else:
                out.add(piece)
    return {n for n in out if len(n) > 2 and not any(c.isdigit() for c in n) and len(n) < 60}
