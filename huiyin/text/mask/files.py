"""Masks the columns of a CSV file, row by row, with the parties that belong to each row."""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from huiyin.text import tables
from huiyin.text.mask import masking
from huiyin.text.mask.findings import Masked, Party
from huiyin.text.mask.houses import Depth

EVERY_ROW = ""


def mask_file(arguments: argparse.Namespace) -> int:
    """Write OUT with the masked columns and a column `masks`: column:kind@start-end=reason, offsets in the masked text.

    Raises TableError (an OSError) when FILE cannot be read or a named column is not there.
    """
    columns: list[str] = arguments.column or ["detail"]
    known = _parties(arguments.known) if arguments.known else {}
    table = tables.read(arguments.file, required=columns)
    rows = (row | _masked(row, columns, _of_row(known, row), arguments) for row in table.rows)
    tables.write(arguments.out, tables.with_columns(table, ["masks"]), rows)
    return 0


def _of_row(known: Mapping[str, list[Party]], row: Mapping[str, str]) -> list[Party]:
    """The parties of every row, then those of this one."""
    own = row.get("id", EVERY_ROW)
    return [*known.get(EVERY_ROW, ()), *(known.get(own, ()) if own else ())]


def _masked(
    row: Mapping[str, str], columns: Sequence[str], parties: Sequence[Party], arguments: argparse.Namespace
) -> dict[str, str]:
    changed, reasons = {}, []
    for column in columns:
        masked = masking.mask(row[column], known=parties, keep=arguments.keep, depth=Depth(arguments.depth))
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
    for row in tables.read(file, required=["name"]).rows:
        identifiers = tuple(each for each in row.get("identifiers", "").split("|") if each.strip())
        party = Party(row["name"].strip(), identifiers, is_minor=row.get("minor", "") in {"1", "true", "是"})
        parties[row.get("id", EVERY_ROW).strip()].append(party)
    return parties
