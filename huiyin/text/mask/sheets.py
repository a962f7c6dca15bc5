"""Opens CSV and CSV.GZ files in UTF-8 and refuses those without the columns a command needs."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO


def to_read(file: Path) -> TextIO:
    """The file as text, unpacked when its name ends in .gz; a byte order mark is passed over."""
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def to_write(file: Path) -> TextIO:
    """The file to write text to, packed when its name ends in .gz."""
    if file.suffix == ".gz":
        return gzip.open(file, "wt", encoding="utf-8", newline="")
    return file.open("w", encoding="utf-8", newline="")


def require(file: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    """Raises OSError naming the first column that is not in the header."""
    for column in columns:
        if column not in header:
            raise OSError(f"{file} has no column {column!r}, only {', '.join(header)}")
