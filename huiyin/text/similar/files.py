"""Finds the near-duplicates of a CSV file."""

import argparse
import csv

from huiyin.text.mask import sheets
from huiyin.text.similar import index, scoring, weights
from huiyin.text.similar.reading import Reading, read

ENOUGH_FOR_WEIGHTS = 200


def similar_in_file(arguments: argparse.Namespace) -> int:
    """Write the pairs of FILE to OUT; weights are fitted to files of at least ENOUGH_FOR_WEIGHTS rows.

    Raises OSError when FILE or its columns id and detail (or subject) are not there.
    """
    rows = _rows(arguments)
    fitted = (
        weights.fitted(reading.grams for _, _, reading in rows) if len(rows) >= ENOUGH_FOR_WEIGHTS else weights.EVEN
    )
    known = index.Index(fitted)
    least = scoring.NEAR_DUPLICATE if arguments.least is None else arguments.least
    with sheets.to_write(arguments.out) as target:
        writer = csv.writer(target)
        writer.writerow(["id", "other_id", "score", "kind", "reasons"])
        for place, (key, person, reading) in enumerate(rows):
            for match in known.matches_of(reading, person, least=least, most=arguments.most):
                likeness = match.similarity
                other = rows[int(match.other)][0]
                writer.writerow([key, other, likeness.score, likeness.kind.value, " ".join(likeness.reasons)])
            known.add_reading(str(place), reading, person)
    return 0


def _rows(arguments: argparse.Namespace) -> list[tuple[str, str, Reading]]:
    """Id, person and reading of every row."""
    with sheets.to_read(arguments.file) as source:
        table = csv.DictReader(source)
        header = list(table.fieldnames or [])
        sheets.require(arguments.file, header, ["id", "detail" if "subject" not in header else "subject"])
        return [
            (row["id"], row.get("user") or "", read(f"{row.get('subject') or ''}。{row.get('detail') or ''}"))
            for row in table
        ]
