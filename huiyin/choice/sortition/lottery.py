"""The lottery in whole tickets: panels of people, each with so many of all tickets, and so everyone's exact chance."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from math import gcd, lcm

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.pool import Pool
from huiyin.choice.sortition.search import Spread

MOST_TICKETS = 10**9
SIMPLE = 20_000
NEAR = 1e-7
COPIES = (1, 1, 2)


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
        near = (np.abs(parts - np.rint(parts)) <= NEAR * np.rint(parts.sum(axis=1))[:, None]).all(axis=1)
        for exact in np.rint(parts[near]).astype(np.int64):
            whole = int(exact.sum())
            served = exact @ panels
            times = lcm(*(int(n) // gcd(int(n), int(work)) for n, work in zip(people, served, strict=True)))
            if np.abs(exact / whole - shares).max() <= NEAR and whole * times <= MOST_TICKETS:
                return np.asarray(exact * times)
    parts = shares * MOST_TICKETS
    tickets = np.floor(parts).astype(np.int64)
    order = np.argsort(tickets - parts, kind="stable")
    tickets[order[: MOST_TICKETS - int(tickets.sum())]] += 1
    return tickets


class Crowded(Exception):  # a state of the search, not an error of anybody
    """Households got in each other's way; `people` are those who could not be placed."""

    def __init__(self, people: set[int]) -> None:
        super().__init__("these people cannot be kept apart from their households")
        self.people = people


def lottery_of(pool: Pool, kinds: Kinds, spread: Spread, *, floor: float | None = None) -> Lottery:
    """Panels of people from panels of kinds; people of one kind have the same number of tickets, or differ by one.

    Nobody meets a member of the same household on a panel. Kinds that found no place choose first in the next of 3
    attempts, the last with every panel cut in two. With a `floor`, people alike may in the last attempt have
    unequal chances as long as all have this chance at least. Raises Crowded when no attempt succeeds.
    """
    used = np.flatnonzero(spread.shares > 0)
    tickets = tickets_of(spread.shares[used], spread.panels[used], kinds.people)
    kept = tickets > 0
    choice = spread.panels[used].max(axis=0) / kinds.people
    order = [int(kind) for kind in np.lexsort((kinds.people, -choice))]
    for attempt, copies in enumerate(COPIES, start=1):
        panels = np.repeat(spread.panels[used][kept], copies, axis=0)
        portion = tickets[kept][:, None] // copies + (np.arange(copies) < (tickets[kept] % copies)[:, None])
        lengths = portion.ravel()
        panels, lengths = panels[lengths > 0], lengths[lengths > 0]
        least = None if floor is None or attempt < len(COPIES) else int(floor * int(lengths.sum()))
        served, crowd = _served(pool, kinds, panels, lengths, order, least)
        if not crowd:
            return _laid_out(pool, served, lengths)
        fixed = [kind for kind in order if len(kinds.members[kind]) == 1]
        order = fixed + list(dict.fromkeys([kind for kind in [*crowd, *order] if len(kinds.members[kind]) > 1]))
    raise Crowded({person for kind in crowd for person in kinds.members[kind]})


Service = dict[int, list[tuple[int, int, int]]]


def _served(
    pool: Pool, kinds: Kinds, panels: Ints, lengths: Ints, order: list[int], least: int | None
) -> tuple[Service, list[int]]:
    """For every panel of kinds: which people of which kind serve on how many tickets; and the kinds that cannot.

    Kinds choose in the given order. A household that is on a panel already is not chosen for it again.
    """
    served: Service = defaultdict(list)
    crowd = []
    homes: list[set[str]] = [set() for _ in lengths]
    for kind in order:
        members = kinds.members[kind]
        places = np.flatnonzero(panels[:, kind])
        if not len(places):
            continue
        work = panels[places, kind] * lengths[places]
        taken = [homes[place] for place in places]
        total, people = int(work.sum()), len(members)
        shares = _shared(
            pool, members, work, lengths[places], taken, [total // people + (i < total % people) for i in range(people)]
        )
        if shares is None and least is not None:
            shares = _shared(pool, members, work, lengths[places], taken, [total - (people - 1) * least] * people)
            shares = shares if shares is not None and _at_least(shares, people, least) else None
        if shares is None:
            crowd.append(kind)
            continue
        for person, place, amount in shares:
            served[int(places[place])].append((kind, members[person], amount))
            homes[places[place]].add(pool.households[members[person]])
    return served, crowd


def _shared(
    pool: Pool, members: tuple[int, ...], work: Ints, lengths: Ints, homes: list[set[str]], own: list[int]
) -> list[tuple[int, int, int]] | None:
    """Tickets of each panel dealt to the members: nobody twice on a ticket, nobody more than the `own` number.

    A maximum flow in whole numbers, from members through household and panel (one household fills a panel's tickets at
    most once) to the panel. Returns (member, panel, tickets), or None when the tickets cannot be dealt so.
    """
    people, panels = len(members), len(work)
    if people == 1:
        blocked = any(pool.households[members[0]] in taken for taken in homes)
        return None if blocked else [(0, place, amount) for place, amount in enumerate(work.tolist())]
    houses = list(dict.fromkeys(pool.households[person] for person in members))
    house = np.array([houses.index(pool.households[person]) for person in members])
    open_door = np.array([[home not in taken for taken in homes] for home in houses])
    door_house, door_panel = np.nonzero(open_door)
    door = np.full(open_door.shape, -1, dtype=np.int64)
    door[door_house, door_panel] = 1 + people + panels + 1 + np.arange(len(door_house))
    member, panel = np.nonzero(open_door[house])
    sink = 1 + people + panels
    edges = [
        (np.zeros(people, dtype=np.int64), 1 + np.arange(people), np.array(own)),
        (1 + member, door[house[member], panel], lengths[panel]),
        (door[door_house, door_panel], 1 + people + door_panel, lengths[door_panel]),
        (1 + people + np.arange(panels), np.full(panels, sink), work),
    ]
    start, end, room = (np.concatenate(part) for part in zip(*edges, strict=True))
    size = sink + 1 + len(door_house)
    flow = maximum_flow(csr_array((room.astype(np.int32), (start, end)), shape=(size, size)), 0, sink)
    if int(flow.flow_value) < int(work.sum()):
        return None
    dealt = flow.flow.tocoo()
    given = (dealt.data > 0) & (dealt.row >= 1) & (dealt.row <= people)
    served = door_panel[dealt.col[given] - sink - 1]
    return sorted(zip((dealt.row[given] - 1).tolist(), served.tolist(), dealt.data[given].tolist(), strict=True))


def _at_least(shares: list[tuple[int, int, int]], people: int, least: int) -> bool:
    """Whether every member was dealt so many tickets."""
    held = [0] * people
    for member, _, amount in shares:
        held[member] += amount
    return min(held) >= least


def _laid_out(pool: Pool, served: Service, lengths: Ints) -> Lottery:
    """Tickets of each panel of kinds cut where somebody gives way to somebody else (McNaughton's wrap-around rule).

    People of one household follow each other, so that they never meet.
    """
    panels: dict[tuple[int, ...], int] = {}
    for place in sorted(served):
        length = int(lengths[place])
        spans: list[tuple[int, int, int]] = []
        at: dict[int, int] = defaultdict(int)
        cells = sorted(served[place], key=lambda cell: (cell[0], pool.households[cell[1]], cell[1]))
        for kind, person, amount in cells:
            begin, end = at[kind], at[kind] + amount
            spans += [(begin, min(end, length), person)] + ([(0, end - length, person)] if end > length else [])
            at[kind] = end % length
        cuts = sorted({0, length, *(begin for begin, _, _ in spans), *(end for _, end, _ in spans)})
        for begin, end in itertools.pairwise(cuts):
            panel = tuple(sorted(person for first, last, person in spans if first <= begin < last))
            panels[panel] = panels.get(panel, 0) + end - begin
    listed = sorted(panels)
    return Lottery(tuple(listed), tuple(panels[panel] for panel in listed))
