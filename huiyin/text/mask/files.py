"""Masks the columns of a CSV file, row by row, with the parties that belong to each row."""

import argparse
import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from huiyin.text.mask import masking, sheets
from huiyin.text.mask.findings import Masked, Party
from huiyin.text.mask.houses import Depth

EVERY_ROW = ""


def mask_file(arguments: argparse.Namespace) -> int:
    """Write OUT with the masked columns and a column `masks`: column:kind@start-end=reason, offsets in the masked text.

    Raises OSError when FILE or a named column is not there.
    """
    columns: list[str] = arguments.column or ["detail"]
    known = _parties(arguments.known) if arguments.known else {}
    with sheets.to_read(arguments.file) as source, sheets.to_write(arguments.out) as target:
        rows = csv.DictReader(source)
        header = list(rows.fieldnames or [])
        sheets.require(arguments.file, header, columns)
        writer = csv.DictWriter(target, [*header, "masks"], extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            parties = [*known.get(EVERY_ROW, ()), *known.get(row.get("id") or EVERY_ROW, ())]
            writer.writerow(row | _masked(row, columns, parties, arguments))
    return 0


def _masked(
    row: Mapping[str, str], columns: Sequence[str], parties: Sequence[Party], arguments: argparse.Namespace
) -> dict[str, str]:
    changed, reasons = {}, []
    for column in columns:
        masked = masking.mask(row[column] or "", known=parties, keep=arguments.keep, depth=Depth(arguments.depth))
        changed[column] = masked.text
        reasons += _reasons(column, masked)
    return changed | {"masks": " ".join(reasons)}


def _reasons(column: str, masked: Masked) -> list[str]:
    return [
        f"{column}:{span.kind.value}@{span.masked_start}-{span.masked_end}={span.reason_code}" for span in masked.spans
    ]


def _parties(file: Path) -> dict[str, list[Party]]:
    """The known parties of each row id; those without an id belong to every row."""
    parties: dict[str, list[Party]] = defaultdict(list)
    with sheets.to_read(file) as source:
        for row in csv.DictReader(source):
            identifiers = tuple(each for each in (row.get("identifiers") or "").split("|") if each.strip())
            party = Party(row["name"].strip(), identifiers, is_minor=row.get("minor") in {"1", "true", "是"})
            parties[(row.get("id") or EVERY_ROW).strip()].append(party)
    return parties
