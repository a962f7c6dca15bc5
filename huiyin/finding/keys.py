"""The keys a wording is found under: every pair of neighbouring signs, and who reaches it; each with its segment. Pure.

A row is placed at kind << 31 | subject id, and its segment is that number without its last 14 bits. A key is 64 bits:
two signs of 21 bits, or a mark and a whole number, and the segment; or, below zero, a digest and the segment.
A search asks one segment after the other, newest first, and stops when it has enough.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise
from typing import Final

KINDS: Final = {"appeal": 0, "notice": 1}
SUBJECT_BITS: Final = 31
MOST_SUBJECTS: Final = (1 << SUBJECT_BITS) - 1
SEGMENT_BITS: Final = 14
SEGMENT_ROWS: Final = 1 << SEGMENT_BITS
SIGN_BITS: Final = 21
_RUN = re.compile(r"[^\s,。;:!?、()\"'“”‘’《》]+")
_DIGITS = re.compile("[0-9]+")
_BOUNDED = re.compile("(?<=[^0-9])[0-9]+(?=[^0-9])")
_NO_SIGN: Final = 0x110001
_DIGEST_MASK: Final = (1 << 41) - 1


def row_id(kind: str, subject_id: int) -> int:
    """Where the wording of a subject is placed."""
    assert 0 < subject_id <= MOST_SUBJECTS, "ids are counted from 1"
    return KINDS[kind] << SUBJECT_BITS | subject_id


def subject_id(row: int) -> int:
    """The subject whose wording is placed here."""
    return row & MOST_SUBJECTS


def segment(row: int) -> int:
    """The segment of a row."""
    return row >> SEGMENT_BITS


def pairs(folded: str) -> set[int]:
    """The pairs of neighbouring signs of a folded text, without a segment; none across space or punctuation."""
    found: set[int] = set()
    for run in _RUN.findall(folded):
        signs = list(map(ord, run))
        found.update([one << 42 | two << SIGN_BITS for one, two in pairwise(signs)])
    return found


def numbers(folded: str) -> set[int]:
    """The whole numbers of a folded text, without a segment: rarer than their pairs of digits."""
    return {_number(digits) for digits in _DIGITS.findall(folded)}


def bounded_numbers(word: str) -> set[int]:
    """The numbers that are whole wherever a word occurs: something else stands before and behind them in the word."""
    return {_number(digits) for digits in _BOUNDED.findall(word)}


def _number(digits: str) -> int:
    """The key of a number, told apart by its last six digits, at a place beyond all signs."""
    return _NO_SIGN << 42 | int(digits[-6:]) << SIGN_BITS


def text_of(key: int) -> str:
    """The two signs of a pair, the digits of a number."""
    first, second = key >> 42, key >> SIGN_BITS & 0x1FFFFF
    return str(second) if first == _NO_SIGN else chr(first) + chr(second)


def reach(name: str) -> int:
    """The key of a reach, such as an area or a unit, without a segment."""
    digest = int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) & _DIGEST_MASK
    return -(digest + 1) << SIGN_BITS


def placed(bare: Iterable[int], row: int) -> list[int]:
    """Keys with the segment of a row, as they are stored."""
    own = segment(row)
    return [key + own for key in bare]
