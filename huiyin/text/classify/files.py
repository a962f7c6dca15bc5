"""Classifies a table: what `huiyin text classify` does."""

import argparse
import dataclasses

from huiyin.text import tables
from huiyin.text.classify import storage
from huiyin.text.classify.model import Verdict
from huiyin.text.classify.views import Appeal

_ADDED = ("label", "p", "second", "second_p", "abstain", "reasons")
_GIVEN = "given_label"


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
