"""Reads and writes tables of appeals: CSV or CSV.GZ, UTF-8, a header row; errors name file and line."""

import csv
import gzip
import io
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

# A cell may hold a whole letter; the csv module's own limit of 131,072 characters is too short for some.
_LONGEST_CELL = min(sys.maxsize, 2**31 - 1)


class TableError(OSError):
    """A table that cannot be read as it is; the sentence names file, line and what to change."""


@dataclass(frozen=True)
class Table:
    """A table in memory: its columns in order and one dictionary per row (missing cells are empty strings)."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def read(path: Path, *, required: Sequence[str] = ()) -> Table:
    """The table in a file, whose name ends in .gz when it is compressed.

    Raises TableError when it is not UTF-8, has no header, a double or missing column, or a row too long.
    """
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with _opened_to_read(path) as source:
            return _parsed(source, path, required)
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save the table as UTF-8"
        ) from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise TableError(f"{path}: not a whole gzip file ({error})") from error


def write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a table, the columns in this order; the same rows give the same bytes, also when compressed."""
    with _opened_to_write(path) as target:
        writer = csv.DictWriter(target, list(columns), restval="", extrasaction="raise", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def with_columns(table: Table, added: Sequence[str]) -> tuple[str, ...]:
    """The table's columns followed by those of `added` that it does not have yet."""
    return (*table.columns, *(name for name in added if name not in table.columns))


def _opened_to_read(path: Path) -> AbstractContextManager[TextIO]:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def _opened_to_write(path: Path) -> AbstractContextManager[TextIO]:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.GzipFile(path, "wb", mtime=0), encoding="utf-8", newline="")
    return path.open("w", encoding="utf-8", newline="")


def _parsed(source: TextIO, path: Path, required: Sequence[str]) -> Table:
    reader = csv.reader(source, strict=True)
    try:
        columns = _header(next(reader, []), path, required)
        rows = [_row(columns, cells, f"{path}, line {reader.line_num}") for cells in reader if cells]
    except csv.Error as error:
        raise TableError(f"{path}, line {reader.line_num}: {error}") from error
    return Table(columns, rows)


def _header(cells: list[str], path: Path, required: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in cells)
    if not any(columns):
        raise TableError(f"{path}, line 1: no header row")
    doubled = {name for name in columns if columns.count(name) > 1}
    if doubled:
        raise TableError(f"{path}, line 1: column {min(doubled)!r} stands there twice")
    missing = [name for name in required if name not in columns]
    if missing:
        raise TableError(f"{path}, line 1: no column {', '.join(missing)}; there are {', '.join(columns)}")
    return columns


def _row(columns: tuple[str, ...], cells: list[str], place: str) -> dict[str, str]:
    if len(cells) > len(columns):
        raise TableError(f"{place}: {len(cells)} cells under {len(columns)} columns")
    return dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
