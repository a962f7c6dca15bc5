"""Reading files of votes, moderated statements and earlier groups, with the line number of whatever is wrong."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huiyin.choice.opinions.votes import Ints, VoteTable, assemble
from huiyin.choice.wording import Refused

PERSON_COLUMNS = ("voter-id", "person", "participant", "voter")
STATEMENT_COLUMNS = ("comment-id", "statement", "comment")
TIME_COLUMNS = ("timestamp", "at_ms")
LONGEST_NUMBER = 18
LATEST_MS = 60_000_000_000_000  # the year 3871
GROUP = re.compile(r"[1-9]\d{0,2}", re.ASCII)
TIME = re.compile(r"-?\d{1,14}", re.ASCII)
COMMA, NEWLINE, MINUS, ZERO = 44, 10, 45, 48


def read_votes(path: Path) -> VoteTable:
    """Table of a CSV with a header: a person, a statement and a vote column, and best a timestamp in milliseconds.

    The export `votes.csv` of the Polis open data is read as it is (timestamp, datetime, comment-id, voter-id, vote).
    Raises Refused with the line number and what was expected there.
    """
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    head, _, body = (data if b"\n" in data else data.replace(b"\r", b"\n")).partition(b"\n")
    header = next((row for _, row in _rows(_text(head, 1), 1)), [])
    wanted = _wanted(header)
    if not body.strip():
        raise _wrong(2, "应有一票,文件到此为止", "a vote was expected, the file ends")
    numbers = _whole_numbers(body, len(header), wanted)
    if numbers is None:
        return _read_slowly(body, wanted, len(header))
    person, statement, vote = numbers[:3]
    return assemble(person, statement, vote, numbers[3] if len(numbers) == 4 else None, lines=range(2, len(vote) + 2))


def read_left_out(path: Path) -> frozenset[str]:
    """Statements a moderator took out: rows of a `comments.csv` whose `moderated` is -1.

    Raises Refused with the line number when the columns comment-id and moderated are missing or a row is too short.
    """
    rows = _named_columns(path, ("comment-id", "moderated"))
    return frozenset(statement for _, (statement, moderated) in rows if moderated == "-1")


def read_earlier(path: Path) -> dict[str, int]:
    """Group numbers from 0 of an earlier file of groups, for people who were in a group.

    Raises Refused with the line number when the columns person and group are missing or a group is no number from 1.
    """
    earlier = {}
    for line, (person, group) in _named_columns(path, ("person", "group")):
        if group and not GROUP.fullmatch(group):
            raise _wrong(line, f"应为组号 1、2 …,实为“{group}”", f"a group number was expected, found {group!r}")
        if group:
            earlier[person] = int(group) - 1
    return earlier


def _wrong(line: int, zh: str, en: str) -> Refused:
    return Refused("wrong_file", zh, en, line=line)


def _named_columns(path: Path, names: tuple[str, str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Two columns of a CSV with a header, row by row with the line."""
    rows = _rows(_text(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), 1), 1)
    header = [name.strip() for name in next((row for _, row in rows), [])]
    if any(name not in header for name in names):
        raise _wrong(1, f"应有 {names[0]} 和 {names[1]} 两列", f"the columns {names[0]} and {names[1]} were expected")
    first, second = (header.index(name) for name in names)
    for line, row in rows:
        if len(row) <= max(first, second):
            raise _uneven(line, len(header), len(row))
        yield line, (row[first].strip(), row[second].strip())


def _uneven(line: int, expected: int, found: int) -> Refused:
    return _wrong(line, f"应有 {expected} 列,实有 {found} 列", f"{expected} fields were expected, found {found}")


def _text(content: bytes, first_line: int) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + content[: error.start].count(b"\n")
        raise _wrong(line, "应为 UTF-8 文字", "text in UTF-8 was expected") from error


def _wanted(header: Sequence[str]) -> list[int]:
    """Places of person, statement, vote and, when there is one, the time."""
    places = []
    names = [name.strip() for name in header]
    for choices in (PERSON_COLUMNS, STATEMENT_COLUMNS, ("vote",), TIME_COLUMNS):
        found = [names.index(choice) for choice in choices if choice in names]
        if not found and choices is not TIME_COLUMNS:
            zh = f"应有 {' 或 '.join(choices)} 一列,实有:{'、'.join(names)}"
            raise _wrong(1, zh, f"a column {' or '.join(choices)} was expected, found: {', '.join(names)}")
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


def _rows(text: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""))
    before = 0
    try:
        for row in reader:
            if row:
                yield first_line + before, row
            before = reader.line_num
    except csv.Error as error:
        raise _wrong(first_line + before, "引号应成对", "quotes in pairs were expected") from error


def _is_time(text: str) -> bool:
    return TIME.fullmatch(text) is not None and abs(int(text)) <= LATEST_MS


def _read_slowly(body: bytes, wanted: Sequence[int], columns: int) -> VoteTable:
    """Table of a file with quoted fields or with names that are not numbers."""
    people, statements, votes, times, lines = [], [], [], [], []
    for line, row in _rows(_text(body, 2), 2):
        if len(row) != columns:
            raise _uneven(line, columns, len(row))
        fields = [row[place].strip() for place in wanted]
        _check(line, fields)
        people.append(fields[0])
        statements.append(fields[1])
        votes.append(int(fields[2]))
        times += [int(fields[3])] if len(wanted) == 4 else []
        lines.append(line)
    if not people:
        raise _wrong(2, "应有一票,文件到此为止", "a vote was expected, the file ends")
    at_ms = np.array(times, dtype=np.int64) if len(wanted) == 4 else None
    return assemble(np.array(people), np.array(statements), np.array(votes, dtype=np.int64), at_ms, lines=lines)


def _check(line: int, fields: Sequence[str]) -> None:
    """Refuse the fields person, statement, vote and time of one line when one of them is not what it should be."""
    if not fields[0] or not fields[1]:
        raise _wrong(line, "应有人和陈述,有一项是空的", "a person and a statement were expected, one is empty")
    if fields[2] not in {"1", "0", "-1"}:
        found = fields[2]
        raise _wrong(line, f"票应为 1、0 或 -1,实为“{found}”", f"a vote 1, 0 or -1 was expected, found {found!r}")
    if len(fields) == 4 and not _is_time(fields[3]):
        found = fields[3]
        zh, en = f"时间应为整数毫秒,实为“{found}”", f"a time in whole milliseconds was expected, found {found!r}"
        raise _wrong(line, zh, en)
