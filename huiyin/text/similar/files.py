"""Finds the near-duplicates of a CSV file."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from huiyin.text import tables
from huiyin.text.similar import index, scoring, weights
from huiyin.text.similar.reading import Reading, read

ENOUGH_FOR_WEIGHTS = 200
COLUMNS = ("id", "other_id", "score", "kind", "reasons")
_Row = tuple[str, str, Reading]


def similar_in_file(arguments: argparse.Namespace) -> int:
    """Write the pairs of FILE to OUT; weights are fitted to files of at least ENOUGH_FOR_WEIGHTS rows.

    Raises TableError (an OSError) when FILE or its columns id and detail or subject are not there.
    """
    rows = _read(arguments.file)
    fitted = (
        weights.fitted(reading.grams for _, _, reading in rows) if len(rows) >= ENOUGH_FOR_WEIGHTS else weights.EVEN
    )
    known = index.Index(fitted)
    least = scoring.NEAR_DUPLICATE if arguments.least is None else arguments.least
    tables.write(arguments.out, COLUMNS, _pairs(rows, known, least, arguments.most))
    return 0


def _pairs(rows: list[_Row], known: index.Index, least: float, most: int) -> Iterator[dict[str, str]]:
    """One line for every pair, the later appeal first."""
    for place, (key, person, reading) in enumerate(rows):
        for match in known.matches_of(reading, person, least=least, most=most):
            likeness = match.similarity
            yield {
                "id": key,
                "other_id": rows[int(match.other)][0],
                "score": str(likeness.score),
                "kind": likeness.kind.value,
                "reasons": " ".join(likeness.reasons),
            }
        known.add_reading(str(place), reading, person)


def _read(file: Path) -> list[_Row]:
    """Id, person and reading of every row."""
    table = tables.read(file, required=["id"])
    if not {"subject", "detail"} & set(table.columns):
        raise tables.TableError(f"{file} has neither a column subject nor a column detail")
    return [
        (row["id"], row.get("user", ""), read(f"{row.get('subject', '')}。{row.get('detail', '')}"))
        for row in table.rows
    ]
