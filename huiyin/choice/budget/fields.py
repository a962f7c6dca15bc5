"""Reads the rows of a semicolon table with whole-array operations: fields, comma-separated marks, labelled columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Words = NDArray[np.uint64]

NEWLINE, SEMICOLON, COMMA = 10, 59, 44
WORD = 8


@dataclass(frozen=True, eq=False)
class Column:
    """One attribute of all papers: its distinct labels, and for each paper the position of its label."""

    labels: tuple[str, ...]
    codes: Counts


def column(values: Sequence[str]) -> Column:
    """A column from plain texts."""
    labels = tuple(sorted(set(values)))
    place = {label: code for code, label in enumerate(labels)}
    return Column(labels, np.array([place[value] for value in values], dtype=np.int64))


class Table:
    """The fields of a body of rows, each row with the same number of semicolons, no quotes, no empty row.

    Raises ValueError when the body is not of that plain form.
    """

    def __init__(self, body: bytes, fields: int) -> None:
        if not body.endswith(b"\n"):
            body += b"\n"
        self.body = body + bytes(WORD)
        text = np.frombuffer(body, dtype=np.uint8)
        ends = np.flatnonzero(text == NEWLINE)
        begins = np.concatenate([[0], ends[:-1] + 1])
        marks = np.flatnonzero(text == SEMICOLON)
        if b'"' in body or b"\r" in body or len(marks) != len(ends) * (fields - 1) or (begins == ends).any():
            raise ValueError("not a plain table")
        cuts = marks.reshape(len(ends), fields - 1)
        if fields > 1 and ((cuts[:, 0] < begins).any() or (cuts[:, -1] > ends).any()):
            raise ValueError("not a plain table")
        self.text = text
        self.begins = np.column_stack([begins, cuts + 1])
        self.ends = np.column_stack([cuts, ends])

    def marks(self, field: int) -> tuple[Counts, Counts, Counts]:
        """Begin and end of every comma-separated mark in one field, and how many marks each row has there."""
        begins, ends = self.begins[:, field], self.ends[:, field]
        commas = np.flatnonzero(self.text == COMMA)
        row = np.searchsorted(self.ends[:, -1], commas)
        inside = (commas >= begins[row]) & (commas < ends[row])
        commas, row = commas[inside], row[inside]
        filled = begins < ends
        count = np.bincount(row, minlength=len(begins)) + filled
        return (
            np.sort(np.concatenate([begins[filled], commas + 1])),
            np.sort(np.concatenate([ends[filled], commas])),
            count.astype(np.int64),
        )

    def words(self, begins: Counts, ends: Counts) -> list[Words]:
        """The bytes of each span as one or more 64-bit words, filled with zero bytes."""
        return _words(self.body, begins, ends)

    def column(self, field: int) -> Column:
        """One field of every row, without the blanks round it, as labels and codes."""
        begins, ends = self.begins[:, field], self.ends[:, field]
        codes = np.zeros(len(begins), dtype=np.int64)
        for word in self.words(begins, ends):
            words, code = np.unique(word, return_inverse=True)
            codes = np.unique(codes * len(words) + code, return_inverse=True)[1]
        _, first = np.unique(codes, return_index=True)
        kinds = column([self.body[begins[row] : ends[row]].decode("utf-8").strip() for row in first.tolist()])
        return Column(kinds.labels, kinds.codes[codes])


class Columns(Mapping[str, Column]):
    """The columns of a table by their name, read when first asked for."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        self.table = table
        self.names = {name: field for field, name in enumerate(names)}
        self.read: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        if name not in self.read:
            self.read[name] = self.table.column(self.names[name])
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def codes_of(table: Table, begins: Counts, ends: Counts, known: Sequence[str]) -> Counts | None:
    """Position in `known` of the text of every span; None when some text is not among them."""
    joined = "".join(known).encode("utf-8") + bytes(WORD)
    cuts = np.cumsum([0, *(len(text.encode("utf-8")) for text in known)])
    theirs = _words(joined, cuts[:-1], cuts[1:])
    ours = table.words(begins, ends)
    if len(ours) > len(theirs):
        return None
    ours += [np.zeros(len(begins), dtype=np.uint64)] * (len(theirs) - len(ours))
    codes, keys = np.zeros(len(begins), dtype=np.int64), np.zeros(len(known), dtype=np.int64)
    for word, key in zip(ours, theirs, strict=True):
        kinds = np.unique(key)
        found = np.searchsorted(kinds, word)
        found[found == len(kinds)] = 0
        if (kinds[found] != word).any():
            return None
        merged = keys * len(kinds) + np.searchsorted(kinds, key)
        pairs = np.unique(merged)
        spot = np.searchsorted(pairs, codes * len(kinds) + found)
        spot[spot == len(pairs)] = 0
        if (pairs[spot] != codes * len(kinds) + found).any():
            return None
        codes, keys = spot, np.searchsorted(pairs, merged)
    return np.argsort(keys)[codes]


def _words(body: bytes, begins: Counts, ends: Counts) -> list[Words]:
    anywhere = np.ndarray(shape=(len(body) - WORD + 1,), dtype="<u8", buffer=body, strides=(1,))
    length = ends - begins
    keep = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], dtype=np.uint64)
    longest = int(length.max()) if len(length) else 0
    result = []
    for offset in range(0, max(longest, 1), WORD):
        at = np.minimum(begins + offset, len(body) - WORD)
        result.append(anywhere[at] & keep[np.clip(length - offset, 0, WORD)])
    return result
