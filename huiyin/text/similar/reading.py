"""Reads a text into what comparisons need: weighted grams, the places it names and the numbers it holds."""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from huiyin.text.mask import folding
from huiyin.text.similar import synonyms

Grams = NDArray[np.uint64]

_UNIT = re.compile(r"[a-z\d]+(?:\.\d+)?|[㐀-鿿]")
_CLAUSE = re.compile(r"[^\s,.。;:!?、(){}\[\]<>《》【】“”‘’\"'·~…—_/\\|*-]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BUILDING = re.compile(r"([a-z]?\d{1,4}|[a-z])楼")
_NAMED_PLACE = re.compile(
    r"[㐀-鿿a-z\d]{1,6}?(?:小区|社区|花园|家园|公寓|广场|新村|新城|大厦|街道|大道|公园|学校|小学|中学|幼儿园|医院|市场|[路街巷村镇乡区县苑里湾园城府])"
)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)
_HAN_DIGITS = str.maketrans("〇零一二两三四五六七八九", "001223456789")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, ready to be compared.

    grams: sorted distinct hashes of neighbouring signs, numbers read as one sign, shape (n,). exact: the same with
    the numbers themselves. buildings and places: what the text names. numbers: its figures. length: signs read.
    """

    grams: Grams
    exact: Grams
    buildings: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]
    length: int


def read(text: str) -> Reading:
    """The reading of a text; empty and foreign texts have empty grams. Deterministic on every machine."""
    plain = folding.narrowed(text).lower()
    unified = synonyms.unified(written_numbers(plain))
    clauses = [clause for part in _CLAUSE.findall(unified) for clause in synonyms.without_courtesy(part).split()]
    units = [_UNIT.findall(clause) for clause in clauses]
    return Reading(
        grams=_hashed([["0" if _NUMBER.fullmatch(unit) else unit for unit in clause] for clause in units]),
        exact=_hashed(units),
        buildings=frozenset(_BUILDING.findall(unified)),
        places=frozenset(place for clause in clauses for place in _NAMED_PLACE.findall(clause)),
        numbers=frozenset(_NUMBER.findall(unified)),
        length=sum(map(len, units)),
    )


def written_numbers(plain: str) -> str:
    """Written numbers before a counting word as digits: 三号楼 and 3号楼 are one building."""
    return re.sub(
        r"[〇零一二两三四五六七八九十]{1,3}(?=号楼|栋|幢|座|单元|楼|层|室|期|组|年|月|日|点|次|个|户|米|元|号线)",
        lambda at: _number(at.group()),
        plain,
    )


def _number(written: str) -> str:
    tens, ten, ones = written.partition("十")
    if not ten:
        return written.translate(_HAN_DIGITS)
    return (tens.translate(_HAN_DIGITS) or "1") + (ones.translate(_HAN_DIGITS) or "0")


def _hashed(clauses: list[list[str]]) -> Grams:
    """Hashes of the pairs of neighbours in every clause; a clause of one sign gives that sign."""
    codes: list[int] = []
    for clause in clauses:
        codes.extend(_code(unit) for unit in clause)
        codes.append(0)
    line = np.array(codes, dtype=np.uint64)
    if len(line) < 2:
        return np.empty(0, dtype=np.uint64)
    first, second = line[:-1], line[1:]
    mixed = (first * _MULTIPLIER) ^ (second * _SECOND)
    mixed = (mixed ^ (mixed >> _SHIFT)) * _MULTIPLIER
    return np.unique(mixed[(first > 0) & (second > 0)])


@lru_cache(maxsize=65536)
def _code(unit: str) -> int:
    return ord(unit) if len(unit) == 1 else zlib.crc32(unit.encode()) + 0x110000
