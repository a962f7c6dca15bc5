"""The plane of opinions: two axes along which votes differ most, and where each person stands on it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from huiyin.choice.opinions.votes import Ints, VoteTable

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST_VOTES = 7
LEAST_PEOPLE = 15
CENTRE_STEPS = 1024
FOLDS = 5
STEPS = 24
ROUNDS = 30


@dataclass(frozen=True)
class Plane:
    """Centre and axes of the plane.

    `centre` (statements,) is the mean vote in steps of 1/1024; `axes` (2, statements) are unit vectors, the first the
    stronger; `variance` (2,) is the share of all differences each axis shows; `steadiness` is the number of votes at
    the centre by which everyone's votes are diluted before a person is placed.
    """

    centre: Floats
    axes: Floats
    variance: Floats
    steadiness: float


def counted_people(table: VoteTable) -> Flags:
    """Whom the map is drawn from: at least 7 votes (or all statements, if fewer); if under 15 people, the most active.

    Source: the Polis service (`in-conv`), whose thresholds these are. People in a tie for the last place all count.
    """
    votes = table.votes_per_person()
    counted = votes >= min(LEAST_VOTES, len(table.statements))
    if int(counted.sum()) >= min(LEAST_PEOPLE, len(votes)):
        return np.asarray(counted, dtype=bool)
    needed = min(LEAST_PEOPLE, len(votes))
    return np.asarray(votes >= np.sort(votes)[::-1][needed - 1], dtype=bool)


def centre_of(table: VoteTable, counted: Flags) -> Floats:
    """Mean vote on each statement among the counted people, rounded to 1/1024; 0 for a statement nobody voted on."""
    chosen = counted[table.person]
    size = len(table.statements)
    seen = np.bincount(table.statement[chosen], minlength=size)
    total = np.bincount(table.statement[chosen], weights=table.vote[chosen].astype(np.float64), minlength=size)
    return np.rint(total * CENTRE_STEPS / np.maximum(seen, 1)) / CENTRE_STEPS


def spread_of(table: VoteTable, counted: Flags, centre: Floats) -> csr_array:
    """Differences of the counted people's votes from the centre, people × statements, in whole steps of 1/1024.

    Where there is no vote there is no entry: missing votes stand at the centre (mean imputation, as in Polis).
    Whole numbers make the sums of products exact, whatever the machine.
    """
    row = np.cumsum(counted) - 1
    chosen = counted[table.person]
    column = table.statement[chosen]
    value = np.rint((table.vote[chosen] - centre[column]) * CENTRE_STEPS)
    return csr_array((value, (row[table.person[chosen]], column)), shape=(int(counted.sum()), len(table.statements)))


def plane_of(table: VoteTable, counted: Flags) -> tuple[Plane, list[Plane]]:
    """The plane of all counted people, and the five planes one gets when every fifth of them is left out.

    Axes are signed so that the statement with the largest share in an axis counts positive (the first, if several).
    """
    centre = centre_of(table, counted)
    spread = spread_of(table, counted, centre)
    steadiness = float(np.median(table.votes_per_person()[counted]))
    fold = np.arange(spread.shape[0]) % FOLDS
    if spread.shape[1] > spread.shape[0]:
        found = [_axes_by_people(spread)]
        found += [_axes_by_people(spread[fold != left_out]) for left_out in range(FOLDS)]
    else:
        products = [_product(spread[fold == left_out].T) for left_out in range(FOLDS)]
        total = np.sum(products, axis=0)
        found = [_two(*strongest(matrix)) for matrix in [total, *(total - product for product in products)]]
    planes = [Plane(centre, _signed(axes), variance, steadiness) for axes, variance in found]
    return planes[0], planes[1:]


def positions(table: VoteTable, plane: Plane) -> Floats:
    """Where every person of the table stands; shape (people, 2).

    A person's differences from the centre are laid on the axes and stretched by √(statements / (votes + steadiness)).
    Polis stretches by √(statements / votes), counting statements taken out by moderators as votes at the centre; the
    median number of votes in their stead keeps people with few answers from being thrown to the rim.
    """
    away = table.vote - plane.centre[table.statement]
    votes = table.votes_per_person()
    laid = np.stack(
        [np.bincount(table.person, weights=away * axis[table.statement], minlength=len(votes)) for axis in plane.axes],
        axis=1,
    )
    return np.asarray(laid * stretch(votes, plane)[:, None])


def stretch(votes: Ints, plane: Plane) -> Floats:
    """Factor by which people with so many votes are moved out from the centre."""
    return np.asarray(np.sqrt(len(plane.centre) / np.maximum(votes + plane.steadiness, 1.0)))


def strongest(matrix: Floats) -> tuple[Floats, Floats, float]:
    """The two strongest axes of a symmetric matrix without negative ones, as rows, their values, and the sum of all.

    Restarted Lanczos iteration with full reorthogonalisation from a fixed start; small matrices are solved directly.
    Matrices handed to LAPACK stay small enough that it uses one processor, so the sums have one order.
    """
    total = float(np.trace(matrix))
    size = len(matrix)
    if size <= STEPS:
        values, vectors = np.linalg.eigh(matrix)
        return vectors.T[::-1][:2], values[::-1][:2], total
    scale = np.sqrt(np.maximum(np.diag(matrix), 0))
    start = scale * (0.5 + _uneven(size)) + 1e-6 * max(float(scale.max()), 1e-300) * _uneven(size)
    for _ in range(ROUNDS):
        vectors, values = _lanczos(matrix, start)
        left = np.einsum("ij,kj->ki", matrix, vectors) - values[:, None] * vectors
        if float(np.abs(left).max()) <= 1e-10 * max(float(values[0]), 1e-300):
            break
        start = vectors.sum(axis=0)
    return vectors, values, total


def _lanczos(matrix: Floats, vector: Floats) -> tuple[Floats, Floats]:
    """Two strongest axes within the space that some steps from the vector reach."""
    size = len(matrix)
    basis = np.zeros((STEPS, size))
    product = np.zeros((STEPS, size))
    for step in range(STEPS):
        basis[step] = vector / np.sqrt((vector * vector).sum())
        product[step] = np.einsum("ij,j->i", matrix, basis[step])
        vector = _orthogonal(product[step], basis[: step + 1])
        if float(np.abs(vector).max()) <= 1e-10 * max(float(np.abs(product[step]).max()), 1e-300):
            vector = _orthogonal(_uneven(size) * (1 + np.arange(size) % (step + 2)), basis[: step + 1])
    values, turn = np.linalg.eigh(np.einsum("ik,jk->ij", basis, product))
    return np.einsum("ji,jk->ik", turn[:, ::-1][:, :2], basis), values[::-1][:2]


def _orthogonal(vector: Floats, basis: Floats) -> Floats:
    """What is left of the vector outside the basis; taken twice for exactness."""
    once = vector - np.einsum("i,ij->j", np.einsum("ij,j->i", basis, vector), basis)
    return np.asarray(once - np.einsum("i,ij->j", np.einsum("ij,j->i", basis, once), basis))


def _uneven(size: int) -> Floats:
    """Fixed numbers between 0 and 1 without a pattern (multiples of the golden ratio)."""
    return np.asarray(np.mod(np.arange(1, size + 1) * 0.6180339887498949, 1.0))


def _product(rows: csr_array) -> Floats:
    """Products of all pairs of rows."""
    return np.asarray((rows @ rows.T).toarray(), dtype=np.float64)


def _axes_by_people(spread: csr_array) -> tuple[Floats, Floats]:
    """Axes when there are more statements than people: the same axes through the smaller matrix."""
    vectors, values, total = strongest(_product(spread))
    directions = np.asarray(vectors @ spread)
    lengths = np.sqrt((directions**2).sum(axis=1))
    return _two(directions / np.where(lengths > 0, lengths, 1.0)[:, None], values, total)


def _two(vectors: Floats, values: Floats, total: float) -> tuple[Floats, Floats]:
    """Two axes and their shares of all differences; an axis without any difference is zero."""
    axes = np.zeros((2, vectors.shape[1]))
    shares = np.zeros(2)
    for place in range(len(values)):
        if total > 0 and values[place] > 1e-9 * total:
            axes[place] = vectors[place]
            shares[place] = values[place] / total
    return axes, shares


def _signed(axes: Floats) -> Floats:
    largest = axes[np.arange(2), np.argmax(np.round(np.abs(axes), 9), axis=1)]
    return np.asarray(np.where(largest < 0, -1.0, 1.0)[:, None] * axes)
