"""A vote on projects: what they cost, the money at hand, and who supports what, as compact arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm

import numpy as np
from numpy.typing import NDArray

from huiyin.choice.budget.fields import Column
from huiyin.choice.wording import Refused

Index = NDArray[np.int32]
Papers = NDArray[np.intp]
Counts = NDArray[np.int64]
TABLE_CELLS = 2_000_000
MOST_POINTS_TOGETHER = 2**62


@dataclass(frozen=True)
class Project:
    """One project put to the vote; `fields` holds whatever else its file says, as text."""

    code: str
    cost: Fraction
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Election:
    """Projects, budget and papers.

    `starts` has one entry more than there are voters: paper i supports `chosen[starts[i]:starts[i + 1]]` (positions in
    `projects`) with `points` at the same places (whole numbers > 0), or with one point each when `points` is None.
    Points in the file were multiplied by `points_unit` to become whole. Money is exact.
    """

    projects: tuple[Project, ...]
    budget: Fraction
    starts: Counts
    chosen: Index
    points: Counts | None = None
    points_unit: int = 1
    meta: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def voters(self) -> int:
        """Number of papers, blank ones included: each has the same share of the money."""
        return len(self.starts) - 1

    @cached_property
    def money_unit(self) -> int:
        """The whole number that makes every cost and the budget whole."""
        return lcm(self.budget.denominator, *(project.cost.denominator for project in self.projects))

    @cached_property
    def whole_costs(self) -> tuple[int, ...]:
        """Costs in `money_unit`-ths, as whole numbers."""
        return tuple(int(project.cost * self.money_unit) for project in self.projects)

    @cached_property
    def whole_budget(self) -> int:
        """The budget in `money_unit`-ths."""
        return int(self.budget * self.money_unit)

    @cached_property
    def supporters(self) -> tuple[Papers, ...]:
        """For each project the positions of the papers that support it, ascending."""
        return tuple(np.split(self._by_project[0], self._by_project[2]))

    @cached_property
    def supporters_points(self) -> tuple[Counts, ...] | None:
        """For each project the points of its supporters, in the order of `supporters`."""
        points = self._by_project[1]
        return None if points is None else tuple(np.split(points, self._by_project[2]))

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Number of supporters of each project."""
        return tuple(len(papers) for papers in self.supporters)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """Sum of points of each project (times `points_unit`); its votes when papers only approve."""
        if self.supporters_points is None:
            return self.votes
        return tuple(int(points.sum()) for points in self.supporters_points)

    @cached_property
    def table(self) -> NDArray[np.int32] | None:
        """Papers × projects with the points given, for elections small enough to write out; else None."""
        size = self.voters * len(self.projects)
        if size > TABLE_CELLS or (self.points is not None and int(self.points.sum()) >= 2**31):
            return None
        cells = np.zeros((self.voters, len(self.projects)), dtype=np.int32)
        voter = np.repeat(np.arange(self.voters), np.diff(self.starts))
        cells[voter, self.chosen] = 1 if self.points is None else self.points
        return cells

    @cached_property
    def _by_project(self) -> tuple[Papers, Counts | None, Counts]:
        narrow = self.chosen.astype(np.uint16) if len(self.projects) < 2**16 else self.chosen
        order = np.argsort(narrow, kind="stable")
        voter = np.repeat(np.arange(self.voters), np.diff(self.starts))
        cuts = np.cumsum(np.bincount(self.chosen, minlength=len(self.projects)))[:-1]
        return voter[order], None if self.points is None else self.points[order], cuts


def approval_election(
    costs: Mapping[str, Fraction | int], budget: Fraction | int, papers: Iterable[Iterable[str]]
) -> Election:
    """An election by approval from plain lists: code → cost, and for each paper the codes it approves.

    Raises Refused when a paper names an unknown project or one project twice.
    """
    projects, place = _projects(costs)
    rows = [[_place(place, code) for code in paper] for paper in papers]
    for row in rows:
        _once(row, projects)
    return Election(projects, Fraction(budget), _starts(rows), np.fromiter(chain.from_iterable(rows), np.int32))


def points_election(
    costs: Mapping[str, Fraction | int], budget: Fraction | int, papers: Sequence[Mapping[str, Fraction | int]]
) -> Election:
    """An election by points from plain mappings: code → cost, and for each paper code → points (0 means no support).

    Raises Refused when a paper names an unknown project or gives negative points, or points are too large.
    """
    projects, place = _projects(costs)
    unit = lcm(1, *(Fraction(value).denominator for paper in papers for value in paper.values()))
    rows = [[(_place(place, code), int(value * unit)) for code, value in paper.items() if value] for paper in papers]
    if any(value < 0 for row in rows for _, value in row):
        raise Refused("negative_points", "分值不得为负", "points must not be negative")
    flat = list(chain.from_iterable(rows))
    chosen = np.array([code for code, _ in flat], dtype=np.int32)
    points = whole_points([value for _, value in flat])
    return Election(projects, Fraction(budget), _starts(rows), chosen, points, unit)


def whole_points(values: Sequence[int]) -> Counts:
    """Whole points as an array that can be added up exactly. Raises Refused when their sum is too large for that."""
    if sum(values) >= MOST_POINTS_TOGETHER:
        raise Refused("points_too_large", "分值或其小数位数过大,无法精确相加", "points or their decimals are too large")
    return np.array(values, dtype=np.int64)


def _projects(costs: Mapping[str, Fraction | int]) -> tuple[tuple[Project, ...], dict[str, int]]:
    projects = tuple(Project(code, Fraction(cost)) for code, cost in costs.items())
    return projects, {project.code: place for place, project in enumerate(projects)}


def _place(place: Mapping[str, int], code: str) -> int:
    if code not in place:
        raise Refused("unknown_project", f"没有编号为“{code}”的项目", f"there is no project with the code {code!r}")
    return place[code]


def _once(row: list[int], projects: Sequence[Project]) -> None:
    for place in row:
        if row.count(place) > 1:
            code = projects[place].code
            raise Refused("project_twice", f"同一张票两次选“{code}”", f"one paper names {code!r} twice")


def _starts(rows: Sequence[Sequence[object]]) -> Counts:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int64)
