"""How alike passages are: tf-idf over the characters' bigrams, compared by cosine through an index."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_SILENT = re.compile(r"[^一-龥A-Za-z0-9]+")
Vector = dict[str, float]


def _grams(text: str) -> Counter[str]:
    """Bigrams within the runs of letters; marks part the runs."""
    return Counter(run[i : i + 2] for run in _SILENT.split(text) for i in range(len(run) - 1))


class Corpus:
    """The texts that may be found, indexed by their grams; what every text says weighs nothing."""

    def __init__(self, texts: Sequence[str], others: Sequence[str] = ()) -> None:
        grams = [_grams(text) for text in texts]
        self._seen = Counter(gram for one in (*grams, *map(_grams, others)) for gram in one)
        self._count = len(texts) + len(others)
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, one in enumerate(grams):
            for gram, weight in self._weighed(one).items():
                self._index[gram].append((i, weight))

    def _weighed(self, grams: Counter[str]) -> Vector:
        """The unit vector of counted grams."""
        weights = {
            gram: (1 + math.log(count)) * math.log((1 + self._count) / (self._seen[gram] or 1))
            for gram, count in grams.items()
        }
        size = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / size for gram, weight in weights.items() if weight > 0}

    def likeness(self, text: str) -> dict[int, float]:
        """The cosine, 0 to 1, of every text of the corpus that shares a gram with this one, by its place."""
        found: defaultdict[int, float] = defaultdict(float)
        for gram, weight in self._weighed(_grams(text)).items():
            for i, other in self._index.get(gram, ()):
                found[i] += weight * other
        return found
