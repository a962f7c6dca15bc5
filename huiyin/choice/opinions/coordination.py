"""Signs that votes were entered together: equal ballots, one-sided waves, machine pace; about votes, not persons.

A sign is a reason to look, not a proof, and changes no count. It names the statements, the number of people and the
time, but nobody; whoever may open the file of votes finds the entries by these.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from huiyin.choice.opinions.projection import Flags, Floats
from huiyin.choice.opinions.votes import Ints, VoteTable

Marks = npt.NDArray[np.uint64]

FEWEST_PEOPLE = 5
FEWEST_STATEMENTS = 7
BANDS = 4
CHANCE = 1e-9
WAVE_MS = 600_000
WAVE_VOTES = 12
WAVE_SHARE = 0.9
PACE_MS = 250


class Kind(StrEnum):
    """What is striking."""

    EQUAL_BALLOTS = "equal_ballots"
    ONE_SIDED_WAVE = "one_sided_wave"
    MACHINE_PACE = "machine_pace"


@dataclass(frozen=True)
class Sign:
    """One sign with its reason in counts.

    `people` and `votes` concerned; `expected` is the number one would expect from everyone else's votes (people with
    equal ballots, or votes on that side in the wave); `first_at_ms`, `last_at_ms` bound the votes, if times are known.
    """

    kind: Kind
    people: int
    votes: int
    statements: tuple[str, ...]
    expected: float
    first_at_ms: int | None
    last_at_ms: int | None


@dataclass(frozen=True)
class _Part:
    """The votes on some of the statements, counted once.

    `inside` (votes,); `held` (groups, statements, 3) votes against, passing and for; `able` people with enough votes,
    `one_sided` of them all alike (some people simply agree, or pass); `answering` people by set of statements.
    """

    inside: Flags
    held: Ints
    able: int
    one_sided: int
    answering: dict[bytes, int]


def signs_of(table: VoteTable, group: Ints) -> list[Sign]:
    """All signs in a table whose people are in groups (−1 for none); the largest of each kind first."""
    found = _equal_ballots(table, group)
    if table.at_ms is not None:
        found += _waves(table, table.at_ms) + _machine_pace(table, table.at_ms)
    kinds = list(Kind)
    return sorted(found, key=lambda sign: (kinds.index(sign.kind), -sign.people, sign.statements))


def _equal_ballots(table: VoteTable, group: Ints) -> list[Sign]:
    """Sets of at least 5 people with the same votes on the same 7 or more statements, far more than chance explains.

    Whole ballots are compared, then each quarter of the statements, so that copies with a few changes are found too.
    """
    found = []
    told = np.zeros(len(table.people), dtype=bool)
    mark = _mixed((table.statement * 3 + table.vote + 1).astype(np.uint64))
    for band in range(-1, BANDS):
        inside = np.ones(len(table.vote), dtype=bool) if band < 0 else table.statement % BANDS == band
        part = _part_of(table, group, inside)
        for members in _same_marks(table, inside, mark):
            fresh = members[~told[members]]
            if len(fresh) < FEWEST_PEOPLE:
                continue
            sign = _judged(table, group, part, fresh)
            if sign is not None:
                found.append(sign)
                told[fresh] = True
    return found


def _same_marks(table: VoteTable, inside: Flags, mark: Marks) -> list[Ints]:
    """Sets of people whose votes `inside` are the same, with enough votes and people."""
    person = table.person[inside]
    start = np.flatnonzero(np.diff(person, prepend=-1))
    if not len(start):
        return []
    size = np.diff(start, append=len(person))
    total = np.add.reduceat(mark[inside], start)
    able = size >= FEWEST_STATEMENTS
    _, name, count = np.unique(total[able], return_inverse=True, return_counts=True)
    people = person[start[able]]
    sets = [people[name == number] for number in np.flatnonzero(count >= FEWEST_PEOPLE)]
    return sorted(sets, key=lambda members: (-len(members), int(members[0])))


def _mixed(number: Marks) -> Marks:
    """Numbers scattered over 64 bits (the finaliser of SplitMix64), so that sums of different ballots differ."""
    number = (number + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(number ^ (number >> np.uint64(31)))


def _part_of(table: VoteTable, group: Ints, inside: Flags) -> _Part:
    person, vote = table.person[inside], table.vote[inside].astype(np.int64)
    size = (int(group.max()) + 1, len(table.statements), 3)
    place = (group[person] * size[1] + table.statement[inside]) * 3 + vote + 1
    held = np.bincount(place[group[person] >= 0], minlength=size[0] * size[1] * 3).reshape(size)
    sides = [np.bincount(person[vote == side], minlength=len(table.people)) for side in (1, 0, -1)]
    whole = np.sum(sides, axis=0)
    able = whole >= FEWEST_STATEMENTS
    one_sided = able & (np.max(sides, axis=0) == whole)
    return _Part(inside, held, int(able.sum()), int(one_sided.sum()), {})


def _judged(table: VoteTable, group: Ints, part: _Part, members: Ints) -> Sign | None:
    """A sign when so many equal ballots are not to be expected from the votes of everyone else, group by group.

    Nor from all votes together, these ballots among them: where nearly all agree on everything, many ballots are equal.
    """
    begin, end = np.searchsorted(table.person, (members[0], members[0] + 1))
    model = np.arange(begin, end)[part.inside[begin:end]]
    statements, votes = table.statement[model], table.vote[model].astype(np.int64)
    grouped = group[members][group[members] >= 0]
    theirs = np.bincount(grouped, minlength=len(part.held))[:, None]
    held = part.held[:, statements]
    same = held[:, np.arange(len(votes)), votes + 1] - theirs
    chance = float(((same + 1) / (held.sum(axis=2) - theirs + 3)).prod(axis=1).max())
    together = (same + theirs).sum(axis=0) / np.maximum(held.sum(axis=(0, 2)), 1)
    chance = max(chance, float(together.prod()))
    if len(np.unique(votes)) == 1:
        others = part.able - len(members)
        chance = max(chance, (part.one_sided - len(members) + 1) / (others + 2))
    expected = chance * _answering(table, part, statements)
    if _tail(len(members), expected) > CHANCE:
        return None
    entered = part.inside & np.isin(table.person, members)
    return _sign(table, Kind.EQUAL_BALLOTS, entered, statements, expected)


def _answering(table: VoteTable, part: _Part, statements: Ints) -> int:
    """How many people answered all of these statements; counted once for each set of statements."""
    key = statements.tobytes()
    if key not in part.answering:
        here = part.inside & np.isin(table.statement, statements)
        part.answering[key] = int((np.bincount(table.person[here]) == len(statements)).sum())
    return part.answering[key]


def _tail(count: int, expected: float) -> float:
    """Upper bound of the chance of at least `count` when `expected` are expected (Chernoff's bound for Poisson)."""
    if count <= expected:
        return 1.0
    return float(np.exp(count - expected + count * np.log(max(expected, 1e-300) / count)))


def _waves(table: VoteTable, at_ms: Ints) -> list[Sign]:
    """For each statement the ten minutes with the most improbable run of votes for one side, if beyond 1 in 10⁹.

    Improbable against the votes on the same statement outside these minutes (Chernoff's bound, times all windows).
    """
    since = at_ms - at_ms.min()
    reach = int(since.max()) + WAVE_MS + 1
    key = np.sort((table.statement * reach + since) * 3 + table.vote + 1)
    vote, key = key % 3 - 1, key // 3
    statement = key // reach
    edges = np.searchsorted(statement, np.arange(len(table.statements) + 1))
    stop = np.searchsorted(key, key + WAVE_MS)
    enough = np.flatnonzero(stop - np.arange(len(key)) >= WAVE_VOTES)
    found = []
    for side in (1, -1):
        running = np.concatenate(([0], np.cumsum(vote == side)))
        for start, usual in _runs(enough, stop, statement[enough], edges, running):
            low = key[start] % reach
            entered = (table.statement == statement[start]) & (table.vote == side)
            entered &= (since >= low) & (since < low + WAVE_MS)
            expected = usual * int(stop[start] - start)
            found.append(_sign(table, Kind.ONE_SIDED_WAVE, entered, statement[start : start + 1], expected))
    return found


def _runs(start: Ints, stop: Ints, statement: Ints, edges: Ints, running: Ints) -> list[tuple[int, float]]:
    """Start of the most improbable window of each statement that has one, and the usual share of the side."""
    inside, held = stop[start] - start, running[stop[start]] - running[start]
    whole = (edges[1:] - edges[:-1])[statement] - inside
    usual = ((running[edges[1:]] - running[edges[:-1]])[statement] - held + 1) / (whole + 2)
    steep = (held >= WAVE_SHARE * inside) & (whole >= WAVE_VOTES) & (held > usual * inside)
    start, statement, usual = start[steep], statement[steep], usual[steep]
    unlikely = _divergence(held[steep] / inside[steep], usual) * inside[steep] - np.log(len(stop))
    order = np.lexsort((start, -unlikely, statement))
    order = order[unlikely[order] > -np.log(CHANCE)]
    first = order[np.flatnonzero(np.diff(statement[order], prepend=-1))]
    return [(int(start[place]), float(usual[place])) for place in first]


def _divergence(share: Floats, usual: Floats) -> Floats:
    """Kullback–Leibler divergence of two shares, in nats."""
    yes = share * np.log(np.maximum(share, 1e-300) / usual)
    no = (1 - share) * np.log(np.maximum(1 - share, 1e-300) / (1 - usual))
    return np.asarray(yes + no)


def _machine_pace(table: VoteTable, at_ms: Ints) -> list[Sign]:
    """At least 5 people with at least 7 votes, most of them within a quarter of a second of the last.

    That is faster than one reads.
    """
    since = at_ms - at_ms.min()
    reach = int(since.max()) + PACE_MS + 1
    gap = np.diff(np.sort(table.person * reach + since))
    quick = np.bincount(table.person[1:][gap <= PACE_MS], minlength=len(table.people))
    votes = table.votes_per_person()
    hasty = (votes >= FEWEST_STATEMENTS) & (quick * 2 > votes - 1)
    if int(hasty.sum()) < FEWEST_PEOPLE:
        return []
    return [_sign(table, Kind.MACHINE_PACE, hasty[table.person], np.zeros(0, dtype=np.int64), 0.0)]


def _sign(table: VoteTable, kind: Kind, entered: Flags, statements: Ints, expected: float) -> Sign:
    at = None if table.at_ms is None else table.at_ms[entered]
    return Sign(
        kind=kind,
        people=len(np.unique(table.person[entered])),
        votes=int(entered.sum()),
        statements=tuple(table.statements[place] for place in statements.tolist()),
        expected=expected,
        first_at_ms=None if at is None else int(at.min()),
        last_at_ms=None if at is None else int(at.max()),
    )
