"""Trains on a table: what `huiyin text train` does; apart from classifying, which needs none of its libraries."""

import argparse
import sys
from pathlib import Path

from huiyin.text import tables
from huiyin.text.classify import storage, training
from huiyin.text.classify.views import Appeal
from huiyin.text.tables import TableError


def train_file(arguments: argparse.Namespace) -> int:
    """Learn from FILE (subject, detail and the label's column), write MODEL, print cross-fitted figures.

    Rows without a label are left out and counted aloud. Raises TableError when the table cannot be learned from.
    """
    table = tables.read(arguments.file, required=("subject", "detail", arguments.label))
    rows = [row for row in table.rows if row[arguments.label].strip()]
    if len(rows) < len(table.rows):
        sys.stderr.write(f"{len(table.rows) - len(rows)} rows without a label are left out\n")
    unlabelled = _appeals(arguments.unlabelled) if arguments.unlabelled else []
    labelled = [Appeal(row["subject"], row["detail"]) for row in rows]
    try:
        classifier = training.trained(labelled, [row[arguments.label].strip() for row in rows], unlabelled)
    except training.TrainingError as error:
        raise TableError(f"{arguments.file}: {error}") from error
    storage.save(classifier, arguments.out)
    for name, value in classifier.figures.items():
        sys.stdout.write(f"{name:20} {value:.4f}\n" if name != "appeals" else f"{name:20} {value:.0f}\n")
    return 0


def _appeals(path: Path) -> list[Appeal]:
    table = tables.read(path, required=("subject", "detail"))
    return [Appeal(row["subject"], row["detail"]) for row in table.rows]
