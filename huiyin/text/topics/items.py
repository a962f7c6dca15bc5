"""An appeal as topics see it, and what is read from it once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np

from huiyin.text.mask import folding
from huiyin.text.similar import reading, synonyms
from huiyin.text.similar.reading import Grams

_BUILDING = re.compile(r"([㐀-鿿]{2})(?:小区)?第?(\d{1,3}|[a-z]\d{0,2})楼")
_ESTATE = re.compile(
    r"([㐀-鿿]{2})(小区|社区|花园|家园|公寓|新村|新城|大厦|学院|小学|中学|幼儿园|街道|镇|[里苑湾府庭坳屯轩亭阁园城滩池路])"
)
Places = tuple[frozenset[str], frozenset[str], frozenset[str]]
_LONGEST = 2000
_OPENING = 60
_GRAMS_OF_A_MARK = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One appeal: day is the local date it came in, person whoever raised it, likes how many others joined in."""

    key: str
    subject: str
    detail: str
    day: date | None = None
    person: str = ""
    place: str = ""
    likes: int = 0


@dataclass(frozen=True, slots=True)
class Sense:
    """What an appeal is about: grams of its text and of its subject, and where it is.

    places: one set of names for each way of telling the place, which are the buildings with their estate, the estates
    or roads of the subject, and the place it was registered for; a set may be empty.
    """

    grams: Grams
    subject: Grams
    places: Places


def sensed(item: Item) -> Sense:
    """The sense of an appeal; of very long texts the first _LONGEST signs count."""
    text = f"{item.subject}。{item.detail[:_LONGEST]}"
    unified = synonyms.unified(reading.written_numbers(folding.narrowed(text).lower()))
    return Sense(
        grams=reading.read(text).exact,
        subject=reading.read(item.subject).exact,
        places=(
            frozenset(estate + number for estate, number in _BUILDING.findall(unified)),
            _estates(item.subject) or _estates(item.detail[:_OPENING]),
            frozenset({item.place.strip()} - {""}),
        ),
    )


def marked(sense: Sense, marks: Sequence[str]) -> Sense:
    """A sense with what people noted besides the words, such as the category at its place.

    Every mark counts like _GRAMS_OF_A_MARK pairs of signs of the subject: short texts on one matter often share few
    words. How much it tells is learned like that of words: a mark of many appeals tells little.
    """
    if not marks:
        return sense
    told = [f"{mark}#{number}" for mark in marks for number in range(_GRAMS_OF_A_MARK)]
    noted = np.array(
        [int.from_bytes(blake2b(each.encode(), digest_size=8).digest(), "big") for each in told], np.uint64
    )
    return Sense(np.union1d(sense.grams, noted), np.union1d(sense.subject, noted), sense.places)


def _estates(text: str) -> frozenset[str]:
    return frozenset(name + kind[-1] for name, kind in _ESTATE.findall(folding.narrowed(text)))
