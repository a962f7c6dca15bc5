"""Meek's single transferable vote: an elected candidate keeps of every paper only the part that the quota needs.

Two ways of reckoning, both in whole numbers. The reference rule of the Proportional Representation Foundation reckons
in billionths of a vote, rounding as its text says. The fine way reckons in 10^-27 votes, holds figures nearer than
half of 10^-18 for equal, and stops when the surplus is at most `omega`. Pure fractions are not used: the figures would
double in length with every step of the reckoning.
Sources: I. D. Hill, B. A. Wichmann, D. R. Woodall, "Algorithm 123: Single transferable
vote by Meek's method", Computer Journal 30 (1987); https://prfound.org/resources/reference/reference-meek-rule/.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod
from typing import Protocol

from huiyin.choice.ballots.blt import RankedPapers, Ranking, merged
from huiyin.choice.ballots.rounds import Act, Count, State, Step, check_countable, row_of
from huiyin.choice.wording import Refused, Sentence, money

Row = tuple[tuple[int, ...], int, int]
FINE = 10**27
FINE_ENOUGH = 10**9 // 2
MOST_WAYS = 5040
END_WORDS = {
    "elected": Sentence("有人当选", "somebody is elected"),
    "batch": Sentence("有人必然落选", "some are certain to lose"),
    "settled": Sentence("余票已极小或不再减少", "the surplus is tiny or shrinks no more"),
}


class Reckoning(Protocol):
    """How a count reckons: whole numbers, `one` of which is a vote, and the way they are rounded.

    Figures no further apart than `epsilon` are equal; the surplus is small enough at `omega`; `batches` says whether
    certain losers are defeated together.
    """

    name: str
    one: int
    omega: int
    epsilon: int
    batches: bool

    def kept(self, weight: int, keep: int) -> int:
        """What a candidate keeps of a paper of that weight."""

    def quota(self, votes: int, seats: int) -> int:
        """The quota for so many votes."""

    def reaches(self, votes: int, quota: int) -> bool:
        """Whether these votes elect."""

    def new_keep(self, keep: int, quota: int, votes: int) -> int:
        """The part an elected candidate keeps from now on."""

    def rows(self, ranking: Ranking, count: int) -> Sequence[Row]:
        """Papers as strict rankings, each with the weight of one and their number."""


class Reference:
    """The PR Foundation's reference rule: nine decimals, omega a millionth, no equal ranks."""

    name = "meek"
    one = 10**9
    omega = 10**3
    epsilon = 0
    batches = False

    def kept(self, weight: int, keep: int) -> int:
        """The product, rounded up."""
        return -(-weight * keep // self.one)

    def quota(self, votes: int, seats: int) -> int:
        """Votes over seats plus one, cut, and a billionth more."""
        return votes // (seats + 1) + 1

    def reaches(self, votes: int, quota: int) -> bool:
        """At least the quota."""
        return votes >= quota

    def new_keep(self, keep: int, quota: int, votes: int) -> int:
        """Factor times quota over votes, each rounded up."""
        return -(-self.kept(keep, quota) * self.one // votes)

    def rows(self, ranking: Ranking, count: int) -> Sequence[Row]:
        """One row; raises Refused for equal ranks."""
        if any(len(rank) > 1 for rank in ranking):
            raise Refused("equal_ranks", "该规则不接受并列名次", "this rule does not take equal ranks")
        return [(tuple(rank[0] for rank in ranking), self.one, count)]


class Fine:
    """Meek to 27 decimals; the quota must be exceeded; certain losers are defeated together.

    A paper with equal ranks counts as all its strict orders in equal parts; `omega` is in votes.
    """

    name = "meek-fine"
    one = FINE
    epsilon = FINE_ENOUGH
    batches = True

    def __init__(self, omega: Fraction = Fraction(1, 10**9)) -> None:
        self.omega = int(omega * self.one)

    def kept(self, weight: int, keep: int) -> int:
        """The product, cut."""
        return weight * keep // self.one

    def quota(self, votes: int, seats: int) -> int:
        """Votes over seats plus one, cut."""
        return votes // (seats + 1)

    def reaches(self, votes: int, quota: int) -> bool:
        """More than the quota."""
        return votes > quota + self.epsilon

    def new_keep(self, keep: int, quota: int, votes: int) -> int:
        """Factor times quota over votes, cut."""
        return keep * quota // votes

    def rows(self, ranking: Ranking, count: int) -> Sequence[Row]:
        """One row for every strict order a paper stands for; raises Refused beyond MOST_WAYS of them."""
        ways = prod(factorial(len(rank)) for rank in ranking)
        if ways > MOST_WAYS:
            zh, en = "并列名次过多", "too many equal ranks on one paper"
            raise Refused("too_many_equal_ranks", zh, en)
        orders = product(*(permutations(rank) for rank in ranking))
        return [(tuple(place for rank in order for place in rank), self.one // ways, count) for order in orders]


REFERENCE = Reference()


def meek(papers: RankedPapers, reckoning: Reckoning = REFERENCE) -> Count:
    """Count by Meek's method, round by round; ties (votes within the surplus) go by the lot order of the papers.

    Raises Refused when nobody stands, when no paper is valid and, in the reference rule, for equal ranks.
    """
    return _Meek(papers, reckoning).count()


@dataclass(frozen=True)
class _End:
    """Why the rounds of reckoning ended: somebody was elected, certain losers, or nothing moves any more."""

    kind: str
    losers: tuple[int, ...] = ()


class _Meek:
    def __init__(self, papers: RankedPapers, reckoning: Reckoning) -> None:
        check_countable(papers)
        self.papers, self.by, self.names = papers, reckoning, papers.names
        self.states = dict.fromkeys(papers.standing, State.HOPEFUL)
        self.keep: dict[int, int] = dict.fromkeys(self.states, reckoning.one)
        self.votes: dict[int, int] = dict.fromkeys(self.states, 0)
        self.rows = [row for ranking, count in merged(papers) for row in reckoning.rows(ranking, count)]
        self.total = papers.valid * reckoning.one
        self.surplus = self.residual = self.quota = 0
        self.round = 0
        self.steps: list[Step] = []
        self.elected: list[int] = []
        self.lots_used = False

    def count(self) -> Count:
        """The whole count."""
        self._distribute()
        self.quota = self.by.quota(self._sum(), self.papers.seats)
        self._note(Act.BEGIN, (), "第一选择计票。", "First preferences counted.")
        while not self._is_finished():
            self.round += 1
            self._note(Act.ROUND, (), f"第 {self.round} 轮。", f"Round {self.round}.")
            end = self._iterate()
            if self.by.batches:
                why = END_WORDS[end.kind]
                self._note(Act.ITERATE, (), f"本轮推算结束:{why.zh}。", f"Reckoning ended: {why.en}.")
            if end.kind == "batch":
                for place in end.losers:
                    self._defeat(place, "必然落选,连同余票也追不上", "certain to lose, even with the whole surplus")
            elif end.kind == "settled":
                self._defeat(self._lowest(), "票数最少", "the fewest")
        self._finish()
        return Count(self.papers, self.by.name, tuple(self.steps), tuple(self.elected), self.lots_used)

    def _with(self, state: State) -> list[int]:
        return [place for place, held in self.states.items() if held is state]

    def _sum(self) -> int:
        return sum(self.votes.values())

    def _is_finished(self) -> bool:
        left = self.papers.seats - len(self.elected)
        return left <= 0 or len(self._with(State.HOPEFUL)) <= left

    def _finish(self) -> None:
        left, hopeful = self.papers.seats - len(self.elected), self._with(State.HOPEFUL)
        zh, en = f"余下 {left} 席、{len(hopeful)} 人", f"seats left {left}, candidates left {len(hopeful)}"
        for place in hopeful:
            if left > 0:
                self._elect(place, zh, en)
            else:
                self._defeat(place, "席位已满", "no seat is left")
        self.residual = self.total - self._sum()
        self._note(Act.END, (), "计票结束。", "The count is complete.")

    def _iterate(self) -> _End:
        """Reckon until somebody is elected, losers are certain, or the surplus is small or stops shrinking."""
        last: int | None = None
        while True:
            self._distribute()
            self.quota = self.by.quota(self._sum(), self.papers.seats)
            reached = [p for p in self._with(State.HOPEFUL) if self.by.reaches(self.votes[p], self.quota)]
            for place in reached:
                quota = money(Fraction(self.quota, self.by.one))
                self._elect(place, f"达到当选票数 {quota}", f"the quota of {quota} is reached")
            over = (self.votes[place] - self.quota for place in self._with(State.ELECTED))
            self.surplus = sum(part for part in over if part > 0)
            if reached:
                return _End("elected")
            if self.surplus <= self.by.omega + self.by.epsilon or (
                last is not None and self.surplus >= last - self.by.epsilon
            ):
                return _End("settled")
            losers = self._certain_losers() if self.by.batches else ()
            if losers:
                return _End("batch", losers)
            last = self.surplus
            for place in self._with(State.ELECTED):
                self.keep[place] = self.by.new_keep(self.keep[place], self.quota, self.votes[place])

    def _distribute(self) -> None:
        for place in self.votes:
            self.votes[place] = 0
        for ranking, whole, count in self.rows:
            weight = whole
            for place in ranking:
                if not self.keep[place]:
                    continue
                part = self.by.kept(weight, self.keep[place])
                self.votes[place] += part * count
                weight -= part
                if not weight:
                    break
        self.residual = self.total - self._sum()

    def _certain_losers(self) -> tuple[int, ...]:
        """The most of the lowest who cannot pass the next even with all their votes and the surplus together."""
        hopeful = sorted(self._with(State.HOPEFUL), key=lambda place: self.votes[place])
        seats_left = self.papers.seats - len(self.elected)
        together, losers = self.surplus, 0
        for size in range(1, len(hopeful) - seats_left + 1):
            together += self.votes[hopeful[size - 1]]
            if size < len(hopeful) and together + self.by.epsilon < self.votes[hopeful[size]]:
                losers = size
        return tuple(sorted(hopeful[:losers]))

    def _lowest(self) -> int:
        hopeful = self._with(State.HOPEFUL)
        least = min(self.votes[place] for place in hopeful)
        tied = [place for place in hopeful if self.votes[place] <= least + self.surplus + self.by.epsilon]
        place = min(tied, key=self.papers.lot.index)
        if len(tied) > 1:
            self.lots_used = True
            how, chosen = self._tied(tied, least), self.names[place]
            self._note(Act.TIE, tuple(tied), f"{how.zh},按抽签次序取 {chosen}。", f"{how.en}: {chosen}, by lot.")
        return place

    def _tied(self, tied: list[int], least: int) -> Sentence:
        """That they have equal votes, or that the surplus could still make them equal."""
        row, got = row_of(self.names, tied), money(Fraction(least, self.by.one))
        if all(self.votes[place] == least for place in tied):
            return Sentence(f"{row.zh} 同为 {got} 票", f"{row.en} are tied at {got}")
        over = money(Fraction(self.surplus, self.by.one))
        en = f"{row.en} differ by no more than the surplus {over}"
        return Sentence(f"{row.zh} 相差不超过余票 {over},视同相等", en)

    def _elect(self, place: int, zh: str, en: str) -> None:
        self.states[place] = State.ELECTED
        self.elected.append(place)
        name = self.names[place]
        got = money(Fraction(self.votes[place], self.by.one))
        self._note(Act.ELECT, (place,), f"{name} 当选:{got} 票,{zh}。", f"{name} is elected with {got}: {en}.")

    def _defeat(self, place: int, zh: str, en: str) -> None:
        self.states[place] = State.DEFEATED
        name = self.names[place]
        got = money(Fraction(self.votes[place], self.by.one))
        self._note(Act.DEFEAT, (place,), f"{name} 淘汰:{got} 票,{zh}。", f"{name} is out with {got}: {en}.")
        self.keep[place] = self.votes[place] = 0
        if self.by.batches:
            self._distribute()

    def _note(self, act: Act, concerned: tuple[int, ...], zh: str, en: str) -> None:
        one = self.by.one
        figures = {"quota": self.quota, "votes": self._sum(), "surplus": self.surplus, "residual": self.residual}
        totals = {name: Fraction(value, one) for name, value in figures.items()}
        votes = {place: Fraction(value, one) for place, value in self.votes.items()}
        keep = {place: Fraction(value, one) for place, value in self.keep.items()}
        self.steps.append(Step(self.round, act, concerned, dict(self.states), votes, totals, Sentence(zh, en), keep))
