"""The keys a wording is found under: every pair of neighbouring signs, and who reaches it; each with its segment. Pure.

A row is placed at kind << 31 | subject id, and its segment is that number without its last 14 bits. A key is 64 bits:
two signs of 21 bits and the segment, or, below zero, a digest of 41 bits and the segment. A search asks one segment
after the other, newest first, and stops when it has enough.
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


def pair_text(pair: int) -> str:
    """The two signs of a pair."""
    return chr(pair >> 42) + chr(pair >> SIGN_BITS & 0x1FFFFF)


def reach(name: str) -> int:
    """The key of a reach, such as an area or a unit, without a segment."""
    digest = int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) & _DIGEST_MASK
    return -(digest + 1) << SIGN_BITS


def placed(bare: Iterable[int], row: int) -> list[int]:
    """Keys with the segment of a row, as they are stored."""
    own = segment(row)
    return [key + own for key in bare]
