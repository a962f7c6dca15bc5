"""Rows of numbers of which few are not zero, and straight-line scores over them; numpy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Places = NDArray[np.int64]
Margins = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """Rows one behind the other: columns and values, both of shape (entries,); row r is starts[r] to starts[r + 1]."""

    columns: Places
    values: Values
    starts: Places
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row_of(self) -> Places:
        """The row of every entry."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.starts))

    def with_values(self, values: Values) -> "Rows":
        """The same entries with other values; those that are zero go."""
        left = values != 0
        before = np.concatenate([[0], np.cumsum(left)])
        return Rows(self.columns[left], values[left], before[self.starts], self.width)

    def chosen(self, rows: NDArray[np.bool_]) -> "Rows":
        """Some of the rows, in their order."""
        left = rows[self.row_of()]
        starts = np.concatenate([[0], np.cumsum(np.diff(self.starts)[rows])])
        return Rows(self.columns[left], self.values[left], starts, self.width)


@dataclass(frozen=True)
class Linear:
    """Weights of shape (columns, labels), float16 as a model file keeps them, and one float32 offset per label."""

    weights: NDArray[np.float16]
    offsets: Values

    def parts(self, rows: Rows) -> Values:
        """What every entry adds to the score of every label; shape (entries, labels)."""
        return self.weights[rows.columns].astype(np.float32) * rows.values[:, None]

    def totals(self, rows: Rows, parts: Values) -> Margins:
        """The score of every label for every row from `parts`; shape (rows, labels)."""
        row_of = rows.row_of()
        sums = [np.bincount(row_of, weights=parts[:, label], minlength=len(rows)) for label in range(parts.shape[1])]
        return np.asarray(np.stack(sums, axis=1) + self.offsets, dtype=np.float64)

    def margins(self, rows: Rows | Values) -> Margins:
        """The score of every label for every row; shape (rows, labels)."""
        if isinstance(rows, Rows):
            return self.totals(rows, self.parts(rows))
        return np.asarray(rows @ self.weights.astype(np.float32), dtype=np.float64) + self.offsets
