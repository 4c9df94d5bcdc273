"""Builds the person tables of the gazetteer from the public-domain and CC0 sources.

    python tools/build_gazetteer.py ../shared/data

writes kg/gazetteer/tables/{persons,offices,country_ids,country_variants}.tsv. Slugs are assigned
once: a person who is in persons.tsv keeps hers, whatever is added. Afterwards run
`python -m kg.gazetteer.compile`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

# The readers of the sources and the package of this checkout, wherever the script is called from.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from gazetteer_sources.countries import country_ids, country_variants  # noqa: E402
from gazetteer_sources.draft import Draft  # noqa: E402
from gazetteer_sources.merge import join_by_key, join_by_name, join_same  # noqa: E402
from gazetteer_sources.people import read_people  # noqa: E402
from gazetteer_sources.us import read_us  # noqa: E402
from gazetteer_sources.visits import attest  # noqa: E402
from gazetteer_sources.wikidata import read_wikidata  # noqa: E402

from kg.gazetteer import Gazetteer, fold, role_class, slugify  # noqa: E402
from kg.gazetteer.compile import TABLES, compile_gazetteer, read_table  # noqa: E402

__all__ = ["main"]

_WEIGHTS = {
    "head-of-state": 8,
    "head-of-government": 8,
    "secretary-of-state": 8,
    "foreign-minister": 6,
    "foreign-policy-chief": 6,
    "secretary-general": 4,
    "vice-president": 4,
    "defence-minister": 3,
    "national-security-adviser": 4,
}


def main() -> None:
    """Read, merge, assign slugs, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    data = options.parse_args().data
    _write(TABLES / "country_ids.tsv", ["code", "wikidata"], country_ids(data))
    _write(TABLES / "country_variants.tsv", ["code", "name"], country_variants(data))
    compile_gazetteer(persons=False)
    gazetteer = Gazetteer.open()
    us = join_same(join_by_key([*read_us(data), *(people := read_people(data, gazetteer))]))
    print(f"{len(people)} people of FRUS, {len(us)} with the US register")
    merged = join_by_name(read_wikidata(data), us)
    merged += attest(data, gazetteer, merged)
    kept = [d for d in merged if d.terms]
    gazetteer.close()
    slugs = _slugs(kept)
    _persons(kept, slugs)
    print(
        f"{len(merged)} persons, {len(kept)} with offices, "
        f"{sum(bool(d.wikidata) for d in kept)} with Wikidata id,"
        f" {sum(len(d.terms) for d in kept)} offices"
    )


def weight(draft: Draft) -> int:
    """How well known a person is likely to be: the offices held."""
    classes = {role_class(t.title) for t in draft.terms}
    return min(99, sum(_WEIGHTS.get(c, 1) for c in classes) + min(len(draft.terms), 10) // 2)


def _slugs(drafts: list[Draft]) -> dict[str, str]:
    """Key → slug. Keys that have one keep it; new ones never take one that was ever given."""
    path = TABLES / "persons.tsv"
    given: dict[str, str] = {}
    if path.exists():
        for row in read_table(path):
            for key in row["keys"].split("|"):
                given[key] = row["slug"]
    used, taken = set(given.values()), set[str]()
    out: dict[str, str] = {}
    fresh = []
    for draft in drafts:
        old = next((given[k] for k in (draft.key, *sorted(draft.keys)) if k in given), None)
        if old is not None and old not in taken:
            taken.add(old)
            out[draft.key] = old
        else:
            fresh.append(draft)
    wanted = Counter(slugify(d.label) for d in fresh)
    for draft in sorted(fresh, key=lambda d: (-weight(d), d.key)):
        base = slugify(draft.label)
        slug = base
        if slug in used or (wanted[base] > 1 and weight(draft) < 5):
            slug = f"{base}-{(draft.wikidata or draft.birth or draft.key.split(':')[-1]).lower()}"
            slug = slugify(slug)
        number = 2
        while slug in used:
            slug, number = f"{base}-{slugify(draft.key)}" if number == 2 else f"{base}-{number}", number + 1
        used.add(slug)
        out[draft.key] = slug
    return out


def _persons(drafts: list[Draft], slugs: dict[str, str]) -> None:
    drafts = sorted(drafts, key=lambda d: slugs[d.key])
    people, offices = [], []
    for draft in drafts:
        slug = slugs[draft.key]
        names = _aliases(draft)
        people.append(
            [
                slug,
                draft.label,
                draft.wikidata,
                draft.birth,
                draft.death,
                str(weight(draft)),
                "|".join(names),
                "|".join(sorted(draft.keys)),
            ]
        )
        offices.extend(
            [slug, _clean(term.title), term.country, term.start, term.end, term.source]
            for term in sorted(set(draft.terms), key=lambda t: (t.start, t.end, t.title, t.country, t.source))
        )
    _write(
        TABLES / "persons.tsv",
        ["slug", "label", "wikidata", "birth", "death", "weight", "aliases", "keys"],
        people,
    )
    _write(TABLES / "offices.tsv", ["slug", "title", "country", "start", "end", "source"], offices)


def _aliases(draft: Draft) -> list[str]:
    seen = {fold(draft.label)}
    out = []
    for name in sorted(draft.names, key=lambda n: (len(n), n)):
        key = fold(name)
        if key and key not in seen and "|" not in name:
            seen.add(key)
            out.append(_clean(name))
    return out[:24]


def _clean(text: str) -> str:
    return " ".join(text.replace("\t", " ").split())


def _write(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(
            handle,
            delimiter="\t",
            lineterminator="\n",
            quoting=csv.QUOTE_NONE,
            quotechar=None,
            escapechar=None,
        )
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
