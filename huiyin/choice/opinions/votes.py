"""The table of votes: one vote per person and statement, in an order that does not depend on the order of the file."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from huiyin.choice.wording import Refused

Ints = npt.NDArray[np.int64]
Votes = npt.NDArray[np.int8]
Names = npt.NDArray[np.generic]

FEW_GAPS = 8


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

    def digest(self) -> str:
        """SHA-256 of the names and the last votes with their times: the same for the same votes in any order."""
        found = sha256("\0".join((*self.people, "", *self.statements)).encode())
        for column in (self.person, self.statement, self.vote, self.at_ms):
            found.update(b"" if column is None else column.astype("<i8").tobytes())
        return found.hexdigest()

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

    Raises Refused when a vote is not 1, 0 or −1, when rows have different lengths, or when a person voted twice
    on a statement and no time tells which vote is the last; its `line` is the row, counted from 1.
    """
    listed = list(rows)
    if len({len(row) for row in listed}) > 1:
        zh, en = (
            "各行的列数必须相同:人、陈述、票,或再加时间",
            "rows need the same columns: person, statement, vote, or a time too",
        )
        raise Refused("uneven_rows", zh, en)
    if not listed:
        raise Refused("no_votes", "没有票", "there is no vote")
    votes = np.array([row[2] for row in listed], dtype=np.int64)
    if not np.isin(votes, (-1, 0, 1)).all():
        place = int(np.flatnonzero(~np.isin(votes, (-1, 0, 1)))[0])
        given = listed[place][2]
        raise Refused(
            "wrong_vote", f"票为 1、0 或 -1,不是 {given}", f"a vote is 1, 0 or -1, not {given}", line=place + 1
        )
    at_ms = np.array([row[3] for row in listed if len(row) == 4], dtype=np.int64) if len(listed[0]) == 4 else None
    return assemble(np.array([str(row[0]) for row in listed]), np.array([str(row[1]) for row in listed]), votes, at_ms)


def assemble(
    person: Names, statement: Names, vote: Ints, at_ms: Ints | None, *, lines: Sequence[int] | None = None
) -> VoteTable:
    """Table from columns of equal length; names may be integers or strings.

    `lines` are the lines of a file the votes stand on (default: 1, 2, …), for the refusal of two votes without a time.
    """
    people, row = _numbered(person)
    statements, column = _numbered(statement)
    key = row * len(statements) + column
    order = np.argsort(key, kind="stable")
    key, vote = key[order], vote[order]
    at_ms = None if at_ms is None else at_ms[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    size = np.diff(first, append=len(key))
    kept_vote, kept_at, contradicting = vote[first], None if at_ms is None else at_ms[first], 0
    if len(first) < len(key):
        repeated = np.repeat(size > 1, size)
        again, time = key[repeated], None if at_ms is None else at_ms[repeated]
        last, latest, differ = _last_votes(again, vote[repeated], time)
        if kept_at is None and differ.any():
            fault = int(order[key == np.unique(again)[differ][0]].max())
            raise _untimed(fault + 1 if lines is None else lines[fault], people[int(row[fault])])
        kept_vote[size > 1] = np.where(differ, 0, last)
        if kept_at is not None:
            kept_at[size > 1] = latest
        contradicting = int(differ.sum())
    return VoteTable(
        people=people,
        statements=statements,
        person=key[first] // len(statements),
        statement=key[first] % len(statements),
        vote=kept_vote.astype(np.int8),
        at_ms=kept_at,
        revoted=len(key) - len(first),
        contradicting=contradicting,
    )


def _last_votes(key: Ints, vote: Ints, at_ms: Ints | None) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """For each distinct key, ascending: its last vote, when that was, and whether that instant held other votes too."""
    time = np.zeros(len(key), dtype=np.int64) if at_ms is None else at_ms
    order = np.lexsort((vote, time, key))
    key, vote, time = key[order], vote[order], time[order]
    end = np.flatnonzero(np.diff(key, append=-1))
    starts = np.flatnonzero((np.diff(key, prepend=-1) != 0) | (np.diff(time, prepend=time[0]) != 0))
    same_instant = starts[np.searchsorted(starts, end, side="right") - 1]
    return vote[end], time[end], vote[same_instant] != vote[end]


def _untimed(line: int, person: str) -> Refused:
    """The refusal of two different votes of one person when nothing tells which came last."""
    return Refused(
        "untimed_votes",
        f"“{person}”对同一陈述投了两种票,应有时间一列(timestamp)来分先后",
        f"person {person} voted twice on one statement; a timestamp is expected to tell the last",
        line=line,
    )


def _numbered(names: Names) -> tuple[tuple[str, ...], Ints]:
    """Sorted distinct names and the place of each entry among them; whole numbers sort as numbers."""
    if names.dtype.kind not in "iu":
        try:
            numbers = names.astype(np.int64)
        except (ValueError, OverflowError):
            numbers = None
        if numbers is not None and (numbers.astype(names.dtype) == names).all():
            names = numbers
    if names.dtype.kind in "iu" and int(names.min()) >= 0 and int(names.max()) < FEW_GAPS * len(names):
        present = np.bincount(names.astype(np.int64)) > 0
        distinct = np.flatnonzero(present)
        return tuple(map(str, distinct.tolist())), (np.cumsum(present) - 1)[names.astype(np.int64)]
    sorted_names, places = np.unique(names, return_inverse=True)
    return tuple(map(str, sorted_names.tolist())), places.astype(np.int64)
