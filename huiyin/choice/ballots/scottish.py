"""The single transferable vote of Scottish local elections: weighted inclusive transfers to five decimal places.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, Part III, rules 45 to 52.
A transferred paper is worth its value times the surplus over the candidate's votes, cut after five decimals.
"""

from collections.abc import Sequence
from fractions import Fraction

from huiyin.choice.ballots.blt import RankedPapers, strict_rankings
from huiyin.choice.ballots.rounds import Act, Count, State, Step, check_countable, row_of
from huiyin.choice.wording import Sentence, plain

UNIT = 10**5


class _Paper:
    """Papers with one ranking: how many, what one is worth now (in 1/100000 votes), and where they lie."""

    __slots__ = ("at", "count", "ranking", "value")

    def __init__(self, ranking: tuple[int, ...], count: int) -> None:
        self.ranking, self.count, self.value, self.at = ranking, count, UNIT, -1


def scottish(papers: RankedPapers) -> Count:
    """Count by the Scottish rules, round by round.

    Ties go by the last earlier round in which the tied had different votes, then by the lot order of the papers.
    Raises Refused for equal ranks, when nobody stands and when no paper is valid.
    """
    return _Scottish(papers).count()


class _Scottish:
    def __init__(self, papers: RankedPapers) -> None:
        check_countable(papers)
        self.papers = papers
        self.names = papers.names
        self.states = dict.fromkeys(papers.standing, State.HOPEFUL)
        self.votes = dict.fromkeys(self.states, 0)
        self.exhausted = 0
        self.piles: dict[int, list[_Paper]] = {place: [] for place in self.states}
        self.quota = UNIT * (papers.valid // (papers.seats + 1) + 1)
        self.round = 0
        self.steps: list[Step] = []
        self.elected: list[int] = []
        self.past: list[dict[int, int]] = []
        self.lots_used = False

    def count(self) -> Count:
        """The whole count."""
        for ranking, number in strict_rankings(self.papers):
            self._move(_Paper(ranking, number))
        self.past.append(dict(self.votes))
        quota = plain(Fraction(self.quota, UNIT))
        self._note(Act.BEGIN, (), f"第一选择计票;当选票数 {quota}。", f"First preferences; the quota is {quota}.")
        self._elect_with_quota()
        while not self._is_finished():
            self.round += 1
            self._note(Act.ROUND, (), f"第 {self.round} 轮。", f"Round {self.round}.")
            pending = self._with(State.PENDING)
            if pending:
                self._transfer_surplus(pending)
            else:
                self._defeat_lowest()
            self.past.append(dict(self.votes))
            if not self._is_finished():
                self._elect_with_quota()
        self._note(Act.END, (), "计票结束。", "The count is complete.")
        return Count(self.papers, "scottish", tuple(self.steps), tuple(self.elected), self.lots_used)

    def _with(self, state: State) -> list[int]:
        return [place for place, held in self.states.items() if held is state]

    def _is_finished(self) -> bool:
        """Whether the seats are filled; fills or closes them when only one outcome is left."""
        hopeful, left = self._with(State.HOPEFUL), self.papers.seats - len(self.elected)
        if left > 0 and len(hopeful) > left:
            return False
        if left <= 0:
            for place in self._with(State.PENDING):
                self.states[place] = State.ELECTED
            for place in hopeful:
                self.states[place] = State.DEFEATED
                name = self.names[place]
                self._note(Act.DEFEAT, (place,), f"席位已满,{name} 落选。", f"No seat is left; {name} is not elected.")
            return True
        zh, en = f"余下 {left} 席、{len(hopeful)} 人", f"seats left {left}, candidates left {len(hopeful)}"
        for place in hopeful:
            self._take(place, State.ELECTED, zh, en)
        for place in self._with(State.PENDING):
            self.states[place] = State.ELECTED
        return True

    def _elect_with_quota(self) -> None:
        reached = [place for place in self._with(State.HOPEFUL) if self.votes[place] >= self.quota]
        for place in sorted(reached, key=lambda place: (-self.votes[place], -place)):
            got = plain(Fraction(self.votes[place], UNIT))
            self._take(place, State.PENDING, f"{got} 票,达到当选票数", f"{got} votes reach the quota")

    def _take(self, place: int, state: State, zh: str, en: str) -> None:
        self.states[place] = state
        self.elected.append(place)
        name = self.names[place]
        self._note(Act.ELECT, (place,), f"{name} 当选:{zh}。", f"{name} is elected: {en}.")

    def _transfer_surplus(self, pending: Sequence[int]) -> None:
        most = max(self.votes[place] for place in pending)
        place = self._one([p for p in pending if self.votes[p] == most], most=True)
        self.states[place] = State.ELECTED
        name, surplus, votes = self.names[place], most - self.quota, most
        over = plain(Fraction(surplus, UNIT))
        self._note(
            Act.UNPEND, (place,), f"转移 {name} 的余票 {over}。", f"The surplus of {name}, {over}, is transferred."
        )
        pile, self.piles[place] = self.piles[place], []
        self.votes[place] = self.quota
        for paper in pile:
            paper.value = paper.value * surplus // votes
            self._move(paper)
        self._note(Act.TRANSFER, (place,), f"{name} 的余票已转移。", f"The surplus of {name} has been transferred.")

    def _defeat_lowest(self) -> None:
        hopeful = self._with(State.HOPEFUL)
        least = min(self.votes[place] for place in hopeful)
        place = self._one([p for p in hopeful if self.votes[p] == least], most=False)
        self.states[place] = State.DEFEATED
        name, got = self.names[place], plain(Fraction(least, UNIT))
        self._note(
            Act.DEFEAT, (place,), f"{name} 票数最少({got}),淘汰。", f"{name} has the fewest votes ({got}) and is out."
        )
        pile, self.piles[place] = self.piles[place], []
        self.votes[place] = 0
        for paper in pile:
            self._move(paper)
        self._note(Act.TRANSFER, (place,), f"{name} 的选票已转移。", f"The papers of {name} have been transferred.")

    def _one(self, tied: list[int], *, most: bool) -> int:
        """The one of those tied that goes first: by the last earlier round in which they differed, then by lot."""
        if len(tied) == 1:
            return tied[0]
        left = tied
        for votes in reversed(self.past[:-1]):
            best = (max if most else min)(votes[place] for place in left)
            left = [place for place in left if votes[place] == best]
            if len(left) == 1:
                break
        by_lot = len(left) > 1
        self.lots_used |= by_lot
        place = min(left, key=self.papers.lot.index)
        how_zh, how_en = ("按抽签次序", "by lot") if by_lot else ("按此前轮次票数", "by an earlier round")
        chosen, row, got = self.names[place], row_of(self.names, tied), plain(Fraction(self.votes[place], UNIT))
        zh = f"{row.zh} 同为 {got} 票,{how_zh}取 {chosen}。"
        self._note(Act.TIE, tuple(tied), zh, f"{row.en} are tied at {got}: {chosen}, {how_en}.")
        return place

    def _move(self, paper: _Paper) -> None:
        """Put papers on the pile of the next hopeful candidate they rank, or count them as exhausted."""
        worth = paper.count * paper.value
        for at in range(paper.at + 1, len(paper.ranking)):
            place = paper.ranking[at]
            if self.states[place] is State.HOPEFUL:
                paper.at = at
                self.piles[place].append(paper)
                self.votes[place] += worth
                return
        self.exhausted += worth

    def _note(self, act: Act, concerned: tuple[int, ...], zh: str, en: str) -> None:
        votes = {place: Fraction(value, UNIT) for place, value in self.votes.items()}
        totals = {"quota": Fraction(self.quota, UNIT), "exhausted": Fraction(self.exhausted, UNIT)}
        self.steps.append(Step(self.round, act, concerned, dict(self.states), votes, totals, Sentence(zh, en)))
