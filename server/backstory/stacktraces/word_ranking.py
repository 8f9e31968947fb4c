"""How much of what is asked for stands in each of many texts: BM25, as a share of the most there could be.

Source: Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

SATURATION = 1.2
"""BM25's k1: how soon a word's further occurrences count no more."""

LENGTH = 0.75
"""BM25's b: how much a long text's words count less."""


@frozen
class Likeness:
    """How like a text is to what was asked."""

    share: float
    """0 to 1: 1 when every word stands in it over and over."""

    words: tuple[str, ...] = ()
    """The words that they share, the most telling first."""


NONE_ALIKE = Likeness(0.0)


@frozen
class WordRanking:
    """Texts as bags of words, with how common each word is among them."""

    texts: Sequence[Mapping[str, int]]
    lengths: Sequence[int]
    average: float
    texts_with: Mapping[str, int]

    @classmethod
    def of(cls, texts: Sequence[Mapping[str, int]]) -> "WordRanking":
        """Return the ranking over some texts."""
        lengths = [sum(text.values()) for text in texts]
        common = Counter(word for text in texts for word in text)
        return cls(texts, lengths, sum(lengths) / max(1, len(lengths)) or 1.0, common)

    def likenesses(self, asked: Collection[str]) -> list[Likeness]:
        """Return how like each text is to the words that are asked for, in the order of the texts."""
        weights = {word: self.rarity(word) for word in sorted(asked)}
        most = sum(weights.values()) * (SATURATION + 1)
        if not most:
            return [NONE_ALIKE] * len(self.texts)
        return [self._likeness(number, weights, most) for number in range(len(self.texts))]

    def rarity(self, word: str) -> float:
        """Return how telling a word is: more than 0, the more the fewer texts have it."""
        found = self.texts_with.get(word, 0)
        return math.log(1 + (len(self.texts) - found + 0.5) / (found + 0.5))

    def _likeness(self, number: int, weights: Mapping[str, float], most: float) -> Likeness:
        text = self.texts[number]
        shared = [word for word in weights if word in text]
        if not shared:
            return NONE_ALIKE
        damping = SATURATION * (1 - LENGTH + LENGTH * self.lengths[number] / self.average)
        values = {word: weights[word] * text[word] * (SATURATION + 1) / (text[word] + damping) for word in shared}
        return Likeness(sum(values.values()) / most, tuple(sorted(shared, key=lambda word: (-values[word], word))))
