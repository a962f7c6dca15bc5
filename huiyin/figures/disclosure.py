"""What a published table may show: no count of one or two, and none that the others give away. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST_SHOWN: Final = 3  # statistics, F2: cells with 1-2 persons are hidden in public versions [DEF]


class Shown(StrEnum):
    """How one count is published."""

    OPEN = "open"
    SMALL = "small"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Published:
    """One count as everyone sees it; `value` is None when it is not told."""

    shown: Shown
    value: int | None

    @property
    def text(self) -> str:
        """The count, 「<3」 for a small one, 「※」 for one that is left out to protect a small one."""
        return {Shown.OPEN: str(self.value), Shown.SMALL: f"<{LEAST_SHOWN}", Shown.COVERED: "※"}[self.shown]


def small(count: int) -> bool:
    """Whether a count is of one or two."""
    return 0 < count < LEAST_SHOWN


def single(count: int) -> Published:
    """One count that is part of no table."""
    return Published(Shown.SMALL, None) if small(count) else Published(Shown.OPEN, count)


def published(counts: Sequence[int]) -> tuple[list[Published], Published]:
    """The cells of a table and their total, so that no small cell follows from the total and the other cells.

    Small cells are hidden; while what stays hidden would still give one of them away, the smallest open cell of at
    least three is covered too (complementary suppression), and when none is left the total is not told.
    """
    total = sum(counts)
    primary = {n for n, count in enumerate(counts) if small(count)}
    open_cells = sorted((n for n, count in enumerate(counts) if count >= LEAST_SHOWN), key=lambda n: (counts[n], -n))
    covered: set[int] = set()
    while primary and open_cells and not _is_safe([counts[n] for n in primary], [counts[n] for n in covered]):
        covered.add(open_cells.pop(0))
    cells = [_cell(n, count, primary, covered) for n, count in enumerate(counts)]
    is_told = not primary or _is_safe([counts[n] for n in primary], [counts[n] for n in covered])
    if small(total):
        return cells, Published(Shown.SMALL, None)
    return cells, Published(Shown.OPEN, total) if is_told else Published(Shown.COVERED, None)


def _cell(n: int, count: int, primary: set[int], covered: set[int]) -> Published:
    if n in primary:
        return Published(Shown.SMALL, None)
    return Published(Shown.COVERED, None) if n in covered else Published(Shown.OPEN, count)


def _is_safe(primary: Sequence[int], covered: Sequence[int]) -> bool:
    """Whether, knowing the sum of the hidden cells, each small cell could still be one as well as two."""
    hidden, cells, more = sum(primary) + sum(covered), len(primary), len(covered)
    if not more:
        return cells < hidden < 2 * cells
    return hidden >= cells + 1 + LEAST_SHOWN * more
