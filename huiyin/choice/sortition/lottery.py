"""The lottery in whole tickets: panels of people, each with so many of all tickets, and so everyone's exact chance."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from math import gcd, lcm

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from huiyin.choice.sortition.chances import Spread
from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.pool import Pool

MOST_TICKETS = 10**9
SIMPLE = 20_000
COPIES = (1, 2, 4, 8)


@dataclass(frozen=True)
class Lottery:
    """Panels of people (their numbers in the pool, ascending) and the number of tickets of each."""

    panels: tuple[tuple[int, ...], ...]
    tickets: tuple[int, ...]

    @property
    def of(self) -> int:
        """Number of all tickets."""
        return sum(self.tickets)

    def per_person(self, people: int) -> Ints:
        """Tickets on which each person is drawn; divided by `of` it is the person's chance."""
        held = np.zeros(people, dtype=np.int64)
        for panel, tickets in zip(self.panels, self.tickets, strict=True):
            held[list(panel)] += tickets
        return held

    def panel_at(self, ticket: int) -> tuple[int, ...]:
        """The panel that a ticket, from 0 to `of` − 1, stands for; tickets are numbered in the order of the panels."""
        if not 0 <= ticket < self.of:
            raise ValueError(f"a ticket from 0 to {self.of - 1} was expected")
        place = int(np.searchsorted(np.cumsum(self.tickets), ticket, side="right"))
        return self.panels[place]


def tickets_of(shares: Floats, panels: Ints, people: Ints) -> Ints:
    """Whole tickets for panels of kinds, in proportion to their shares.

    When the shares are fractions of a common number up to 20,000 they are taken exactly, with so many tickets that
    people of one kind can share theirs equally; otherwise there are 10⁹ tickets, the rest going to the largest
    remainders (the first, if several).
    """
    for block in range(1, SIMPLE + 1, 500):
        parts = np.arange(block, min(block + 500, SIMPLE + 1))[:, None] * shares
        near = (np.abs(parts - np.rint(parts)) <= 1e-9 * parts.shape[0]).all(axis=1)
        for exact in np.rint(parts[near]).astype(np.int64):
            whole = int(exact.sum())
            served = exact @ panels
            times = lcm(*(int(n) // gcd(int(n), int(work)) for n, work in zip(people, served, strict=True)))
            if np.abs(exact / whole - shares).max() <= 1e-9 and whole * times <= MOST_TICKETS:
                return np.asarray(exact * times)
    parts = shares * MOST_TICKETS
    tickets = np.floor(parts).astype(np.int64)
    order = np.argsort(tickets - parts, kind="stable")
    tickets[order[: MOST_TICKETS - int(tickets.sum())]] += 1
    return tickets


def lottery_of(pool: Pool, kinds: Kinds, spread: Spread) -> Lottery | None:
    """Panels of people from panels of kinds; people of one kind have the same number of tickets, or differ by one.

    Nobody meets a member of the same household on a panel. None when that cannot be done with these kinds.
    """
    used = np.flatnonzero(spread.shares > 0)
    tickets = tickets_of(spread.shares[used], spread.panels[used], kinds.people)
    kept = tickets > 0
    for copies in COPIES:
        panels = np.repeat(spread.panels[used][kept], copies, axis=0)
        portion = tickets[kept][:, None] // copies + (np.arange(copies) < (tickets[kept] % copies)[:, None])
        lengths = portion.ravel()
        panels, lengths = panels[lengths > 0], lengths[lengths > 0]
        served = _served(pool, kinds, panels, lengths)
        if served is not None:
            return _laid_out(served, lengths)
    return None


Service = dict[int, list[tuple[int, int, int]]]


def _served(pool: Pool, kinds: Kinds, panels: Ints, lengths: Ints) -> Service | None:
    """For every panel of kinds: which people of which kind serve on how many of its tickets; None if impossible.

    Kinds of few people choose first. A household that is on a panel already is not chosen for it again.
    """
    served: Service = defaultdict(list)
    homes: list[set[str]] = [set() for _ in lengths]
    for kind in np.argsort(kinds.people, kind="stable").tolist():
        members = kinds.members[kind]
        places = np.flatnonzero(panels[:, kind])
        if not len(places):
            continue
        shares = _shared(
            pool, members, panels[places, kind] * lengths[places], lengths[places], [homes[p] for p in places]
        )
        if shares is None:
            return None
        for person, place, amount in shares:
            served[int(places[place])].append((kind, members[person], amount))
            homes[places[place]].add(pool.households[members[person]])
    return served


def _shared(
    pool: Pool, members: tuple[int, ...], work: Ints, lengths: Ints, homes: list[set[str]]
) -> list[tuple[int, int, int]] | None:
    """Tickets of each panel dealt to the members: nobody twice on a ticket, everybody as many (or one more).

    A maximum flow from members to panels, in whole numbers. Returns (member, panel, tickets).
    """
    total, people, panels = int(work.sum()), len(members), len(work)
    own = [total // people + (member < total % people) for member in range(people)]
    edges = [(0, 1 + member, own[member]) for member in range(people)]
    for member in range(people):
        home = pool.households[members[member]]
        edges += [
            (1 + member, 1 + people + panel, min(own[member], int(lengths[panel])))
            for panel in range(panels)
            if home not in homes[panel]
        ]
    edges += [(1 + people + panel, 1 + people + panels, int(work[panel])) for panel in range(panels)]
    start, end, room = zip(*edges, strict=True)
    size = people + panels + 2
    flow = maximum_flow(csr_array((np.array(room, dtype=np.int32), (start, end)), shape=(size, size)), 0, size - 1)
    if int(flow.flow_value) < total:
        return None
    dealt = flow.flow.tocoo()
    inner = (dealt.data > 0) & (dealt.row >= 1) & (dealt.row <= people) & (dealt.col > people)
    cells = zip(dealt.row[inner].tolist(), dealt.col[inner].tolist(), dealt.data[inner].tolist(), strict=True)
    found = sorted((row - 1, column - 1 - people, amount) for row, column, amount in cells)
    return found if _apart(pool, members, found) else None


def _apart(pool: Pool, members: tuple[int, ...], dealt: list[tuple[int, int, int]]) -> bool:
    """Whether no two members of one household were dealt tickets of the same panel."""
    pairs = [(pool.households[members[member]], panel) for member, panel, _ in dealt]
    return len(set(pairs)) == len(pairs)


def _laid_out(served: Service, lengths: Ints) -> Lottery:
    """Tickets of each panel of kinds cut where somebody gives way to somebody else (McNaughton's wrap-around rule)."""
    panels: dict[tuple[int, ...], int] = {}
    for place in sorted(served):
        length = int(lengths[place])
        spans: list[tuple[int, int, int]] = []
        at: dict[int, int] = defaultdict(int)
        for kind, person, amount in sorted(served[place], key=lambda cell: (cell[0], -cell[2], cell[1])):
            begin, end = at[kind], at[kind] + amount
            spans += [(begin, min(end, length), person)] + ([(0, end - length, person)] if end > length else [])
            at[kind] = end % length
        cuts = sorted({0, length, *(begin for begin, _, _ in spans), *(end for _, end, _ in spans)})
        for begin, end in itertools.pairwise(cuts):
            panel = tuple(sorted(person for first, last, person in spans if first <= begin < last))
            panels[panel] = panels.get(panel, 0) + end - begin
    listed = sorted(panels)
    return Lottery(tuple(listed), tuple(panels[panel] for panel in listed))
