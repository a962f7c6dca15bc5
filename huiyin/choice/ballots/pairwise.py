"""Rankings compared pair by pair: the Condorcet winner, the smallest undefeated set, and the points of Borda.

Sources: Condorcet, Essai (1785); J.-C. de Borda, Mémoire (1781); J. H. Smith, Econometrica 41 (1973) for the set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huiyin.choice.ballots.blt import RankedPapers
from huiyin.choice.ballots.rounds import row_of
from huiyin.choice.wording import Sentence, exact


@dataclass(frozen=True)
class Duels:
    """Every pair of candidates: `over[a][b]` is how many papers rank a over b (unranked come below all ranked)."""

    papers: RankedPapers
    over: Mapping[int, Mapping[int, int]]

    @property
    def winner(self) -> int | None:
        """The one who beats every other, if there is one."""
        for place in self.over:
            if all(self.beats(place, other) for other in self.over if other != place):
                return place
        return None

    @property
    def smith_set(self) -> tuple[int, ...]:
        """The smallest set whose members each beat everybody outside it."""
        inside = {max(self.over, key=lambda place: sum(self.beats(place, other) for other in self.over))}
        while True:
            more = {p for p in self.over if p not in inside and any(not self.beats(member, p) for member in inside)}
            if not more:
                return tuple(sorted(inside))
            inside |= more

    def beats(self, place: int, other: int) -> bool:
        """Whether more papers rank one over the other than the other way round."""
        return self.over[place][other] > self.over[other][place]

    @property
    def sentence(self) -> Sentence:
        """Who wins every duel, or who stands in the circle."""
        names, winner = self.papers.names, self.winner
        if winner is None:
            row = row_of(names, self.smith_set)
            en = f"Nobody wins every duel; {row.en} beat or tie one another."
            return Sentence(f"没有两两皆胜者;{row.zh} 互有胜负或相等。", en)
        name = names[winner]
        if len(self.over) == 1:
            return Sentence(f"只有 {name} 一人,无从比较。", f"{name} stands alone; there are no duels.")
        margins = [self.over[winner][o] - self.over[o][winner] for o in self.over if o != winner]
        least = min(margins)
        return Sentence(f"{name} 两两皆胜,最少净胜 {least} 票。", f"{name} wins every duel, by at least {least}.")

    def as_json(self) -> dict[str, Any]:
        """All duels for a result file."""
        names = self.papers.names
        return {
            "condorcet_winner": None if self.winner is None else names[self.winner],
            "smith_set": [names[place] for place in self.smith_set],
            "sentence": self.sentence.as_json(),
            "duels": [
                {"over": names[a], "under": names[b], "papers": self.over[a][b]}
                for a in self.over
                for b in self.over
                if a != b
            ],
        }


def duels(papers: RankedPapers) -> Duels:
    """Count every pair of standing candidates; equal ranks and two unranked count for neither."""
    standing = papers.standing
    over = {a: dict.fromkeys(standing, 0) for a in standing}
    for ranking, count in papers.papers:
        below = set(standing)
        for rank in ranking:
            below.difference_update(rank)
            for place in rank:
                for other in below:
                    over[place][other] += count
    return Duels(papers, over)


def borda(papers: RankedPapers) -> dict[int, Fraction]:
    """Borda points: with n standing, a first place is worth n − 1 points, the last 0.

    Those who share a rank, and those a paper leaves out, get the mean of the places they share.
    """
    standing = papers.standing
    points = dict.fromkeys(standing, Fraction(0))
    for ranking, count in papers.papers:
        ranked = {place for rank in ranking for place in rank}
        rest = tuple(place for place in standing if place not in ranked)
        top = len(standing) - 1
        for rank in (*ranking, *((rest,) if rest else ())):
            mean = Fraction(2 * top - len(rank) + 1, 2)
            for place in rank:
                points[place] += mean * count
            top -= len(rank)
    return points


def borda_json(papers: RankedPapers) -> dict[str, Any]:
    """Borda points for a result file, highest first."""
    points = borda(papers)
    order = sorted(points, key=lambda place: (-points[place], place))
    return {papers.names[place]: exact(points[place]) for place in order}
