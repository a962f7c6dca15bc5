"""Counts, for every kind, what masking found of the sentences' personal data and what it took besides."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from huiyin.text.mask import masking
from huiyin.text.mask.findings import Kind, Party
from huiyin.text.mask.tests.sentences import Sentence


@dataclass
class Count:
    """wanted: stretches to mask; hidden: those wholly masked; taken: all spans; right: spans that touch wanted ones."""

    wanted: Counter[Kind] = field(default_factory=Counter)
    hidden: Counter[Kind] = field(default_factory=Counter)
    taken: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kind: Kind) -> float:
        """Share of what had to be masked that is masked whole."""
        return self.hidden[kind] / max(1, self.wanted[kind])

    def precision(self, kind: Kind) -> float:
        """Share of the spans of this kind that hide something personal."""
        return self.right[kind] / max(1, self.taken[kind])


def counted(given: Iterable[Sentence]) -> Count:
    """Masks every sentence and counts."""
    count = Count()
    for sentence in given:
        spans = masking.mask(sentence.text, known=[Party(name) for name in sentence.known]).spans
        for start, end, kind in sentence.gold:
            count.wanted[kind] += 1
            covered = {at for span in spans for at in range(span.start, span.end)}
            if all(at in covered for at in range(start, end)):
                count.hidden[kind] += 1
            else:
                count.missed.append(f"{kind}: {sentence.text[start:end]} in {sentence.text}")
        for span in spans:
            count.taken[span.kind] += 1
            if any(span.start < end and start < span.end for start, end, _ in sentence.gold):
                count.right[span.kind] += 1
            else:
                count.wrong.append(f"{span.kind}: {sentence.text[span.start : span.end]} in {sentence.text}")
    return count
