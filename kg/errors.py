"""The one family of errors that this package raises on purpose.

Each message names the file (and line, where there is one) and the remedy. They
are turned into exit codes in exactly one place, `kg.cli`.
"""

from __future__ import annotations

__all__ = ["InputError", "KgError", "QueryError", "StoreError", "VocabularyError"]


class KgError(ValueError):
    """Something went wrong that the user can do something about.

    >>> str(KgError("the file is empty", where="a.txt", remedy="delete it"))
    'a.txt: the file is empty; delete it'
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        text = f"{where}: {what}" if where else what
        super().__init__(f"{text}; {remedy}" if remedy else text)


class InputError(KgError):
    """A file, line or option that can't be read as what it should be."""


class StoreError(KgError):
    """The store can't be opened, read or written."""


class QueryError(KgError):
    """A query that is malformed, forbidden, too slow or too large."""


class VocabularyError(KgError):
    """A term, named query or shape that the ontology does not have."""
