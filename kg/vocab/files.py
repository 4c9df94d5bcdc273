"""Where the shipped ontology files lie: in the wheel beside this package, in a checkout at its top."""

from __future__ import annotations

from pathlib import Path

from kg.errors import VocabularyError

__all__ = ["ALIGNMENTS", "ONTOLOGY", "QUERIES", "SHAPES", "TOPICS", "ontology_file", "ontology_folder"]

ONTOLOGY = "dipmeet.ttl"
SHAPES = "shapes.ttl"
ALIGNMENTS = "alignments.ttl"
TOPICS = "topics.ttl"
QUERIES = "queries"


def ontology_folder() -> Path:
    """The folder that holds `dipmeet.ttl` and its companions."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / ONTOLOGY).is_file():
            return folder
    raise VocabularyError("the ontology files are missing", remedy="install dipmeet again")


def ontology_file(name: str) -> Path:
    """The path of one shipped file, such as `ontology_file(SHAPES)`."""
    path = ontology_folder() / name
    if not path.exists():
        raise VocabularyError("not a file of the ontology", where=name)
    return path
