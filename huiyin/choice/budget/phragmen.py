"""Phragmén's sequential rule: every seat is a load its supporters share, and the load of the most burdened stays least.

For committees (every cost 1, the budget the number of seats) and for projects of any cost. It also completes equal
shares: the voters then start with what they have paid. Sources: L. E. Phragmén, 1894–1899; M. Brill, R. Freeman,
S. Janson, M. Lackner, "Phragmén's voting methods and justified representation", AAAI 2017.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.equal_shares import Shares
from huiyin.choice.budget.ties import ranks
from huiyin.choice.wording import Refused


def phragmen(
    election: Election,
    *,
    already: Collection[int] = (),
    loads: Sequence[Fraction] | None = None,
    tie_ranks: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """Positions chosen in order, exactly; ends when the next choice would exceed the budget.

    `loads` are what the voters bear at the start (default nothing), `already` what is chosen and paid before.
    Raises Refused for papers with points.
    """
    if election.points is not None:
        raise Refused("needs_approval", "该规则只用于认可票", "this rule needs papers that approve")
    order = tie_ranks or ranks(election)
    load = list(loads) if loads is not None else [Fraction(0)] * election.voters
    supporters = [papers.tolist() for papers in election.supporters]
    left = election.budget - sum((election.projects[place].cost for place in already), Fraction(0))
    open_places = {place for place, papers in enumerate(supporters) if papers and place not in already}
    chosen: list[int] = []
    while open_places:
        bears = {place: _load(election, place, supporters[place], load) for place in open_places}
        best = min(open_places, key=lambda place: (bears[place], order[place]))
        if election.projects[best].cost > left:
            break
        left -= election.projects[best].cost
        for paper in supporters[best]:
            load[paper] = bears[best]
        open_places.remove(best)
        chosen.append(best)
    return tuple(chosen)


def paid(shares: Shares) -> tuple[Fraction, ...]:
    """What each voter paid in equal shares, in the currency of the file: the loads Phragmén's rule goes on from."""
    purses = shares.purses
    election = purses.election
    price = {project: shares.price(project) for project in shares.winners}
    result = []
    for paper in range(election.voters):
        if purses.bought and not purses.near[paper]:
            result.append(shares.grant)
            continue
        at = slice(election.starts[paper], election.starts[paper + 1])
        points = [1] * len(election.chosen[at]) if election.points is None else election.points[at].tolist()
        marks = zip(election.chosen[at].tolist(), points, strict=True)
        result.append(sum((price[place] * given for place, given in marks if place in price), Fraction(0)))
    return tuple(result)


def _load(election: Election, place: int, papers: Sequence[int], load: Sequence[Fraction]) -> Fraction:
    return (election.projects[place].cost + sum((load[paper] for paper in papers), Fraction(0))) / len(papers)
