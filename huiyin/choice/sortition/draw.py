"""The draw: the fairest lottery, a ticket from a public seed, alternates, and replacements by the same rule."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from huiyin.choice.sortition import certificate, chances, infeasible, kinds, lottery, panels, refinement, seed
from huiyin.choice.sortition.chances import Fairest
from huiyin.choice.sortition.kinds import Ints, Kinds
from huiyin.choice.sortition.lottery import Lottery
from huiyin.choice.sortition.pool import Pool, PoolError, Quota
from huiyin.choice.sortition.rule import Rule
from huiyin.choice.sortition.search import Watch, unwatched


@dataclass(frozen=True)
class Proof:
    """How good the lottery is.

    `smallest` is the smallest chance in the tickets; `bound` is exact and no lottery can exceed it (`certificate`);
    `solver_bound` is what integer programming proved, with the solver's tolerance of 10⁻⁶; `gap` is how far the list of
    chances may be from the best (0 but for rounding when the bound is reached).
    """

    smallest: Fraction
    bound: Fraction
    solver_bound: float
    gap: float


@dataclass(frozen=True)
class Draw:
    """A panel drawn by lot and everything needed to check it; people are numbers in the pool."""

    pool: Pool
    quotas: tuple[Quota, ...]
    size: int
    rule: Rule
    seed: str
    purpose: str
    lottery: Lottery
    ticket: int
    proof: Proof

    @property
    def panel(self) -> tuple[int, ...]:
        """Who is drawn."""
        return self.lottery.panel_at(self.ticket)

    def chances(self) -> list[Fraction]:
        """Everybody's exact chance before the draw; they add up to the size of the panel."""
        whole = self.lottery.of
        return [Fraction(tickets, whole) for tickets in self.lottery.per_person(len(self.pool.names)).tolist()]


FAIREST = {Rule.MAXIMIN: chances.maximin, Rule.LEXIMIN: chances.leximin}


def draw(
    pool: Pool,
    quotas: Sequence[Quota],
    size: int,
    *,
    text: str,
    rule: Rule,
    purpose: str = "panel",
    watch: Watch = unwatched,
) -> Draw:
    """Draw a panel of `size` with the public seed `text`.

    `watch` is told, about once a second, how many panels were found and how far their best lottery is from its bound.
    Raises InfeasibleQuotas with the reason when no panel keeps the quotas, and PoolError for a size below 1.
    """
    if size < 1:
        raise PoolError("名单至少应有一人", "a panel of at least one person was expected")
    quotas = tuple(sorted(quotas))
    exact = kinds.kinds_of(pool, quotas, size, alone=kinds.housemates(pool, range(len(pool.names))))
    if panels.any_panel(exact) is None:
        raise infeasible.explained(exact, quotas)
    problem, fairest, drawn = _lottery(pool, quotas, size, rule, watch)
    assert all(_keeps(pool, quotas, size, panel) for panel in drawn.panels), "every panel keeps every quota"
    ticket = seed.number_below(drawn.of, seed=text, purpose=purpose)
    proof = _proof(problem, fairest, drawn.per_person(len(pool.names)), drawn.of)
    return Draw(pool, quotas, size, rule, text, purpose, drawn, ticket, proof)


def replayed(pool: Pool, quotas: Sequence[Quota], size: int, *, text: str, drawn: Lottery) -> tuple[int, ...]:
    """The panel of a published lottery for a seed; needs no solver and no floats.

    Raises PoolError when a panel of the lottery breaks a quota, has the wrong size or two people of one household.
    """
    for number, panel in enumerate(drawn.panels, start=1):
        if not _keeps(pool, quotas, size, panel):
            zh = f"签池第 {number} 份名单不守配额、人数或每户一人"
            raise PoolError(
                zh, f"panel {number} of the lottery breaks a quota, the size or the rule of one per household"
            )
    return drawn.panel_at(seed.number_below(drawn.of, seed=text, purpose="panel"))


def alternates(drawn: Draw, number: int) -> Draw:
    """Alternates, drawn by the same rule from households that are not on the panel.

    Their quotas are those of the panel in proportion, least rounded down and most rounded up.
    """
    rest = _outside(drawn.pool, drawn.panel, drawn.panel)
    quotas = [
        replace(quota, least=quota.least * number // drawn.size, most=-(-quota.most * number // drawn.size))
        for quota in drawn.quotas
    ]
    return draw(rest, quotas, number, text=drawn.seed, rule=drawn.rule, purpose="alternates")


def replacements(drawn: Draw, declined: Collection[str], *, among: Collection[str] | None = None) -> Draw:
    """Replacements for people of the panel who cannot come, so that the whole panel keeps every quota.

    They are drawn by the same rule and seed from the pool without the panel and without the households of those who
    stay; `among` narrows the pool, for example to the alternates. Raises PoolError for a name that is not on the panel.
    """
    names = {drawn.pool.names[person]: person for person in drawn.panel}
    for name in declined:
        if name not in names:
            raise PoolError(f"{name!r} 不在名单上", f"{name!r} is not on the panel")
    gone = {names[name] for name in declined}
    staying = [person for person in drawn.panel if person not in gone]
    counts = Counter(
        (feature, value)
        for person in staying
        for feature, value in zip(drawn.pool.features, drawn.pool.values[person], strict=True)
    )
    quotas = [
        replace(
            quota,
            least=max(quota.least - counts[quota.feature, quota.value], 0),
            most=quota.most - counts[quota.feature, quota.value],
        )
        for quota in drawn.quotas
    ]
    rest = _outside(drawn.pool, drawn.panel, staying)
    if among is not None:
        rest = rest.only([person for person, name in enumerate(rest.names) if name in among])
    purpose = f"replacement of {', '.join(sorted(set(declined)))}"
    return draw(rest, quotas, len(gone), text=drawn.seed, rule=drawn.rule, purpose=purpose)


def _lottery(
    pool: Pool, quotas: Sequence[Quota], size: int, rule: Rule, watch: Watch
) -> tuple[Kinds, Fairest, Lottery]:
    """The fairest lottery; people whose households get in each other's way are set apart, and the search goes on."""
    alone: set[int] = set()
    if len(set(pool.households)) < len(pool.households):
        whole = kinds.kinds_of(pool, quotas, size, alone=())
        alone = kinds.likely_together(pool, whole, chances.expected(whole))
    problem = kinds.kinds_of(pool, quotas, size, alone=alone)
    known: list[Ints] = []
    while True:
        fairest = FAIREST[rule](problem, known=known, watch=watch)
        try:
            floor = fairest.spread.value if rule is Rule.MAXIMIN else None
            return problem, fairest, lottery.lottery_of(pool, problem, fairest.spread, floor=floor)
        except lottery.Crowded as crowded:
            more = alone | kinds.housemates(pool, crowded.people)
            assert more > alone, "people who stand alone can always be put on the panels of their kind"
            alone = more
        finer = kinds.kinds_of(pool, quotas, size, alone=alone)
        known = refinement.carried_over(problem, finer, fairest.spread)
        problem = finer


def _proof(problem: Kinds, fairest: Fairest, tickets: Ints, whole: int) -> Proof:
    smallest = certificate.smallest_share(tickets, whole)
    bound = certificate.proved_bound(problem, fairest.levels[0])
    return Proof(smallest, bound, fairest.spread.bound, fairest.gap)


def _outside(pool: Pool, panel: Sequence[int], staying: Sequence[int]) -> Pool:
    """The pool without a panel and without the households of those who stay."""
    homes = {pool.households[person] for person in staying}
    left = set(panel)
    return pool.only(
        [person for person, home in enumerate(pool.households) if person not in left and home not in homes]
    )


def _keeps(pool: Pool, quotas: Sequence[Quota], size: int, panel: Sequence[int]) -> bool:
    """Whether a panel keeps size, quotas and one per household; whole numbers only."""
    counts = Counter(
        (feature, value) for person in panel for feature, value in zip(pool.features, pool.values[person], strict=True)
    )
    homes = {pool.households[person] for person in panel}
    within = all(quota.least <= counts[quota.feature, quota.value] <= quota.most for quota in quotas)
    return within and len(set(panel)) == size == len(panel) and len(homes) == size
