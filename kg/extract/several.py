"""Does a trigger name several meetings ("held separate meetings with A, B and C")?

The reader's own opinion is weighed together with the wording of the trigger and its sentence. The weights
come from a logistic regression on the triggers of the marked corpus whose people are three or more:
cross-validated by article, two in three of those that name several are found, and three in four
that are found are right.
"""

from __future__ import annotations

import math
import re

from kg.extract.text import Layout
from kg.model import Reading

__all__ = ["several_at"]

_PLURAL = re.compile(
    r"(?:meetings|calls|conversations|bilaterals|engagements|one-on-ones|encounters|sit-downs|"
    r"consultations|sessions|"
    r"audiences|both|one-to-ones|receptions|appointments|contacts|interviews)$",
    re.IGNORECASE,
)
_TALKS = re.compile(r"talks$", re.IGNORECASE)
_VERB = re.compile(
    r"^(?:met|meets?|saw|sees?|seeing|receive[ds]?|receiving|speaks?|spoke|spoken|telephoned|phoned|"
    r"call(?:ed)?|talk(?:ed)?|"
    r"hosts?|hosted|welcomed|held|took)\b",
    re.IGNORECASE,
)
_SEPARATELY = re.compile(
    r"\b(?:separate(?:ly)?|respectively|in turn|one after (?:another|the other)|one by one|in succession|"
    r"individually|"
    r"one at a time|successive(?:ly)?|back-to-back|series of|string of|round of calls|each)\b",
    re.IGNORECASE,
)
_JOINTLY = re.compile(
    r"\b(?:trilateral|three-way|four-way|joint(?:ly)?|together|summit|trio|quartet|plenary|all three|"
    r"conference|session|"
    r"round table|delegations?|accompanied|flanked|presence|attended|took part|were present|sat in)\b",
    re.IGNORECASE,
)
_BASE, _READER = -2.6, 0.35
_USUAL = 2.5
"""What the reader's log-odds against it usually are."""


def several_at(page: Layout, reading: Reading, trigger: int) -> float:
    """Probability that a trigger which names three or more people names more than one meeting."""
    span = reading.spans[trigger]
    text = page.article.text
    words = text[span.start : span.end]
    low, high = page.bounds(page.sentence(span.start))
    sentence = text[low:high]
    score = _BASE
    score += (
        3.7 * bool(_PLURAL.search(words)) + 0.9 * bool(_TALKS.search(words)) + 1.5 * bool(_VERB.search(words))
    )
    score += 2.2 * bool(_SEPARATELY.search(sentence))
    score += 1.2 * bool(_SEPARATELY.search(text[low : high + 150]))
    score -= 0.85 * bool(_JOINTLY.search(sentence)) + 0.7 * bool(_JOINTLY.search(words))
    score += 0.5 * page.is_headline(span.start)
    told = min(max(reading.several.get(trigger, 0.05), 0.01), 0.99)
    score += _READER * (math.log(told / (1 - told)) + _USUAL)
    return 1 / (1 + math.exp(-score))
