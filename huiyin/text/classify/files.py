"""Trains on a table and classifies a table: what `huiyin text train` and `huiyin text classify` do."""

import argparse
import dataclasses
import sys
from pathlib import Path

from huiyin.text import tables
from huiyin.text.classify import storage, training
from huiyin.text.classify.model import Verdict
from huiyin.text.classify.views import Appeal
from huiyin.text.tables import TableError

_ADDED = ("label", "p", "second", "second_p", "abstain", "reasons")
_GIVEN = "given_label"


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


def classify_file(arguments: argparse.Namespace) -> int:
    """Write FILE with label, p, second, second_p, abstain, reasons; a label already there moves to given_label."""
    classifier = storage.load(arguments.model)
    table = tables.read(arguments.file, required=("subject", "detail"))
    if arguments.least is not None:
        classifier = dataclasses.replace(classifier, least_probability=arguments.least)
    appeals = [Appeal(row["subject"], row["detail"]) for row in table.rows]
    kept = tuple(_GIVEN if name == "label" else name for name in table.columns if name not in _ADDED[1:])
    columns = (*([] if "id" in kept else ["id"]), *kept, *_ADDED)
    with_numbers = enumerate(zip(table.rows, classifier.verdicts(appeals), strict=True), start=1)
    rows = (_told(row, verdict, number) for number, (row, verdict) in with_numbers)
    tables.write(arguments.out, columns, ({name: row.get(name, "") for name in columns} for row in rows))
    return 0


def _told(row: dict[str, str], verdict: Verdict, number: int) -> dict[str, str]:
    first, second = verdict.suggestions[:2]
    return {
        "id": str(number),
        **row,
        _GIVEN: row.get("label", ""),
        "label": first.label,
        "p": f"{first.probability:.4f}",
        "second": second.label,
        "second_p": f"{second.probability:.4f}",
        "abstain": str(int(verdict.abstains)),
        "reasons": " ".join(first.words),
    }


def _appeals(path: Path) -> list[Appeal]:
    table = tables.read(path, required=("subject", "detail"))
    return [Appeal(row["subject"], row["detail"]) for row in table.rows]
