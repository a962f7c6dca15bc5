"""Reading files of votes and of moderated statements, with the line number of whatever is wrong."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huiyin.choice.opinions.votes import Ints, VotesError, VoteTable, assemble

PERSON_COLUMNS = ("voter-id", "person", "participant", "voter")
STATEMENT_COLUMNS = ("comment-id", "statement", "comment")
TIME_COLUMNS = ("timestamp", "at_ms")
LONGEST_NUMBER = 18
LATEST_MS = 60_000_000_000_000  # the year 3871
TIME = re.compile(r"-?\d{1,14}", re.ASCII)
COMMA, NEWLINE, MINUS, ZERO = 44, 10, 45, 48


def read_votes(path: Path) -> VoteTable:
    """Table of a CSV with a header: a person, a statement and a vote column, and best a timestamp in milliseconds.

    The export `votes.csv` of the Polis open data is read as it is (timestamp, datetime, comment-id, voter-id, vote).
    Raises VotesError with the line number and what was expected there.
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    head, _, body = data.partition(b"\n")
    header = next(csv.reader([_text(head, 1)]), [])
    wanted = _wanted(header)
    if not body.strip():
        raise VotesError("line 2: a vote was expected, the file ends")
    numbers = _whole_numbers(body, len(header), wanted)
    if numbers is None:
        return _read_slowly(body, wanted, len(header))
    person, statement, vote = numbers[:3]
    return assemble(person, statement, vote, numbers[3] if len(numbers) == 4 else None)


def read_left_out(path: Path) -> frozenset[str]:
    """Statements a moderator took out: rows of a `comments.csv` whose `moderated` is -1.

    Raises VotesError when the columns comment-id and moderated are missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or []
        if "comment-id" not in columns or "moderated" not in columns:
            raise VotesError("line 1: the columns comment-id and moderated were expected")
        return frozenset(row["comment-id"] for row in reader if row["moderated"] == "-1")


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError as error:
        raise VotesError(f"line {number}: text in UTF-8 was expected") from error


def _wanted(header: Sequence[str]) -> list[int]:
    """Places of person, statement, vote and, when there is one, the time."""
    places = []
    names = [name.strip() for name in header]
    for choices in (PERSON_COLUMNS, STATEMENT_COLUMNS, ("vote",), TIME_COLUMNS):
        found = [names.index(choice) for choice in choices if choice in names]
        if not found and choices is not TIME_COLUMNS:
            raise VotesError(f"line 1: a column {' or '.join(choices)} was expected, found: {', '.join(names)}")
        places += found[:1]
    return places


def _whole_numbers(body: bytes, columns: int, wanted: Sequence[int]) -> list[Ints] | None:
    """The wanted columns as whole numbers, or None when the file is not that plain (then it is read line by line)."""
    if b'"' in body:
        return None
    body = body.replace(b"\r\n", b"\n") if b"\r" in body else body
    letters = np.frombuffer(body if body.endswith(b"\n") else body + b"\n", dtype=np.uint8)
    marks = np.flatnonzero((letters == COMMA) | (letters == NEWLINE))
    line_ends = marks[columns - 1 :: columns]
    lines = int((letters == NEWLINE).sum())
    if len(marks) != lines * columns or len(line_ends) != lines or (letters[line_ends] != NEWLINE).any():
        return None
    ends = marks.reshape(-1, columns)
    starts = np.empty_like(ends)
    starts.ravel()[0], starts.ravel()[1:] = 0, marks[:-1] + 1
    numbers = [_column(letters, starts[:, place], ends[:, place]) for place in wanted]
    whole = [column for column in numbers if column is not None]
    if len(whole) < len(wanted) or not np.isin(whole[2], (-1, 0, 1)).all():
        return None
    if len(whole) == 4 and np.abs(whole[3]).max() > LATEST_MS:
        return None
    return whole


def _column(letters: npt.NDArray[np.uint8], start: Ints, end: Ints) -> Ints | None:
    """Whole numbers written between `start` and `end`, or None when one is not plainly written."""
    negative = letters[start] == MINUS
    start = start + negative
    width = end - start
    longest = int(width.max())
    if int(width.min()) < 1 or longest > LONGEST_NUMBER:
        return None
    plain = (width == 1) | (letters[start] != ZERO)
    value = np.zeros(len(start), dtype=np.int64)
    for step in range(longest):
        inside = width > step
        digit = letters[np.where(inside, start + step, start)].astype(np.int64) - ZERO
        if ((digit < 0) | (digit > 9)).any():
            return None
        value = np.where(inside, value * 10 + digit, value)
    return np.where(negative, -value, value) if plain.all() and not (negative & (value == 0)).any() else None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their line in the file."""
    reader = csv.reader(text.splitlines())
    try:
        for row in reader:
            if row:
                yield reader.line_num + 1, row
    except csv.Error as error:
        raise VotesError(f"line {reader.line_num + 1}: quotes in pairs were expected") from error


def _is_time(text: str) -> bool:
    return TIME.fullmatch(text) is not None and abs(int(text)) <= LATEST_MS


def _read_slowly(body: bytes, wanted: Sequence[int], columns: int) -> VoteTable:
    """Table of a file with quoted fields or with names that are not numbers."""
    people, statements, votes, times = [], [], [], []
    for number, row in _rows(_text(body, 2)):
        if len(row) != columns:
            raise VotesError(f"line {number}: {columns} fields were expected, found {len(row)}")
        fields = [row[place].strip() for place in wanted]
        if not fields[0] or not fields[1]:
            raise VotesError(f"line {number}: a person and a statement were expected, one is empty")
        if fields[2] not in {"1", "0", "-1"}:
            raise VotesError(f"line {number}: a vote 1, 0 or -1 was expected, found {fields[2]!r}")
        if len(wanted) == 4 and not _is_time(fields[3]):
            raise VotesError(f"line {number}: a time in whole milliseconds was expected, found {fields[3]!r}")
        people.append(fields[0])
        statements.append(fields[1])
        votes.append(int(fields[2]))
        times += [int(fields[3])] if len(wanted) == 4 else []
    if not people:
        raise VotesError("line 2: a vote was expected, the file ends")
    at_ms = np.array(times, dtype=np.int64) if len(wanted) == 4 else None
    return assemble(np.array(people), np.array(statements), np.array(votes, dtype=np.int64), at_ms)
