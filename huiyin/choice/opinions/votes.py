"""The table of votes: one vote per person and statement, in an order that does not depend on the order of the file."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Votes = npt.NDArray[np.int8]
Names = npt.NDArray[np.generic]


class VotesError(ValueError):
    """A file or list of votes that cannot be counted; the sentence names the line and what was expected."""


@dataclass(frozen=True)
class VoteTable:
    """Every person's last vote on every statement.

    `people` and `statements` are sorted (by number when all are numbers); `person`, `statement`, `vote` and `at_ms`
    have one entry per vote, sorted by person, then statement. `at_ms` is milliseconds since 1970, or None.
    `revoted` counts earlier votes replaced by later ones; `contradicting` counts pairs whose latest instant held
    different votes, which are counted as passes.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    person: Ints
    statement: Ints
    vote: Votes
    at_ms: Ints | None
    revoted: int
    contradicting: int

    def votes_per_person(self) -> Ints:
        """Number of statements each person answered (a pass is an answer); shape (people,)."""
        return np.bincount(self.person, minlength=len(self.people)).astype(np.int64)

    def without(self, left_out: Collection[str]) -> "VoteTable":
        """The table without some statements, for example those a moderator took out."""
        banned = np.array([name in left_out for name in self.statements], dtype=bool)
        if not banned.any():
            return self
        kept = ~banned[self.statement]
        renumber = np.cumsum(~banned) - 1
        return VoteTable(
            people=self.people,
            statements=tuple(name for name in self.statements if name not in left_out),
            person=self.person[kept],
            statement=renumber[self.statement[kept]],
            vote=self.vote[kept],
            at_ms=None if self.at_ms is None else self.at_ms[kept],
            revoted=self.revoted,
            contradicting=self.contradicting,
        )


def vote_table(rows: Iterable[tuple[str | int, str | int, int] | tuple[str | int, str | int, int, int]]) -> VoteTable:
    """Table from rows (person, statement, vote) or (person, statement, vote, milliseconds).

    Raises VotesError when a vote is not 1, 0 or −1, when rows have different lengths, or when a person voted twice
    on a statement and no time tells which vote is the last.
    """
    listed = list(rows)
    if len({len(row) for row in listed}) > 1:
        raise VotesError("every row needs the same columns: person, statement, vote, or the same with a time")
    if not listed:
        raise VotesError("there is no vote")
    votes = np.array([row[2] for row in listed], dtype=np.int64)
    if not np.isin(votes, (-1, 0, 1)).all():
        place = int(np.flatnonzero(~np.isin(votes, (-1, 0, 1)))[0])
        raise VotesError(f"row {place + 1}: a vote is 1, 0 or -1, not {listed[place][2]}")
    at_ms = np.array([row[3] for row in listed if len(row) == 4], dtype=np.int64) if len(listed[0]) == 4 else None
    return assemble(np.array([str(row[0]) for row in listed]), np.array([str(row[1]) for row in listed]), votes, at_ms)


def assemble(person: Names, statement: Names, vote: Ints, at_ms: Ints | None) -> VoteTable:
    """Table from columns of equal length; names may be integers or strings."""
    people, row = _numbered(person)
    statements, column = _numbered(statement)
    key = row * len(statements) + column
    order = np.argsort(key, kind="stable")
    key = key[order]
    vote = vote[order]
    at_ms = None if at_ms is None else at_ms[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    repeated = first[np.diff(first, append=len(key)) > 1]
    kept_vote = vote[first]
    kept_at = None if at_ms is None else at_ms[first]
    contradicting = 0
    for start in repeated:
        stop = int(np.searchsorted(key, key[start], side="right"))
        place = int(np.searchsorted(first, start))
        if at_ms is None or kept_at is None:
            _refuse_untimed(vote[start:stop], people[int(key[start]) // len(statements)])
            continue
        latest = at_ms[start:stop].max()
        last_votes = np.unique(vote[start:stop][at_ms[start:stop] == latest])
        contradicting += len(last_votes) > 1
        kept_vote[place] = last_votes[0] if len(last_votes) == 1 else 0
        kept_at[place] = latest
    return VoteTable(
        people=people,
        statements=statements,
        person=key[first] // len(statements),
        statement=key[first] % len(statements),
        vote=kept_vote.astype(np.int8),
        at_ms=kept_at,
        revoted=len(key) - len(first),
        contradicting=int(contradicting),
    )


def _refuse_untimed(votes: Ints, person: str) -> None:
    """Say no when a person's two votes differ and nothing tells which came last."""
    if len(np.unique(votes)) > 1:
        raise VotesError(f"person {person} voted twice on one statement; a timestamp is expected to tell the last")


def _numbered(names: Names) -> tuple[tuple[str, ...], Ints]:
    """Sorted distinct names and the place of each entry among them; whole numbers sort as numbers."""
    if names.dtype.kind not in "iu":
        try:
            numbers = names.astype(np.int64)
        except (ValueError, OverflowError):
            numbers = None
        if numbers is not None and (numbers.astype(names.dtype) == names).all():
            names = numbers
    if names.dtype.kind in "iu" and int(names.min()) >= 0 and int(names.max()) < 10_000_000:
        present = np.bincount(names.astype(np.int64)) > 0
        distinct = np.flatnonzero(present)
        return tuple(map(str, distinct.tolist())), (np.cumsum(present) - 1)[names.astype(np.int64)]
    sorted_names, places = np.unique(names, return_inverse=True)
    return tuple(map(str, sorted_names.tolist())), places.astype(np.int64)
