"""Reads one text and says what it seems to be: category, kind, urgency, unit and place, each with its reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.queries import Lead
from huiyin.kernel.held import HeldByKey
from huiyin.territory import places
from huiyin.territory.models import Area
from huiyin.triage import readers, rules, starter
from huiyin.triage.models import Aspect
from huiyin.triage.readers import Stated
from huiyin.triage.rules import Learned
from huiyin.triage.starter import Choice, Starter

_LED: Final = 5
_WORDS_SHOWN: Final = 4
# What a place named in the words is worth: a building of a named estate, one estate alone, one of several.
_SURE_PLACE: Final = 0.9
_ONE_OF_SEVERAL: Final = 0.4
_COMMUNITY_DEPTH: Final = 3
_PLACES: Final = (Area.Kind.ESTATE, Area.Kind.BUILDING)


@dataclass(frozen=True, slots=True)
class Words:
    """What was said and where: subject and detail as written, the place as written, the path of the area.

    `has_building` tells that it was registered at a building, so that no place need be found in the words.
    """

    subject: str
    detail: str
    place_text: str = ""
    area_path: str = ""
    has_building: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """The reader that serves an aspect: its row, its file and what else it learned."""

    reader_id: int
    sha256: str
    learned: Learned


@dataclass(frozen=True, slots=True)
class Thought:
    """What one aspect seems to be: up to three choices, best first, and whether the choice is left to a person."""

    aspect: str
    choices: tuple[Choice, ...]
    reader_id: int | None = None

    @property
    def abstains(self) -> bool:
        """Whether there is no choice, or even the best is too improbable to be proposed."""
        return not self.choices or self.choices[0].probability < rules.LEAST_PROBABILITY


def _read_starter(day: date) -> Starter:
    rows = list(catalogue.categories(day).select_related("parent"))
    parents = {row.code: row.parent.code if row.parent is not None else "" for row in rows}
    branches = set(parents.values())
    return Starter(parents, {row.code: tuple(row.keywords.split()) for row in rows if row.code not in branches})


# Held by month, so that a replay that runs through the days does not read the same rules for each of them; in a
# running house what is held is minutes old.
Month = tuple[int, int]
_STARTERS: Final[HeldByKey[Month, Starter]] = HeldByKey(seconds=60.0)
_LEADS: Final[HeldByKey[tuple[str, str, Month], Lead | None]] = HeldByKey(seconds=300.0)


def _month(day: date) -> Month:
    return day.year, day.month


def starter_of(day: date) -> Starter:
    """The starter over the catalogue of a date, at most a minute old."""
    return _STARTERS.get(_month(day), lambda: _read_starter(day))


def thoughts(words: Words, *, day: date, live: Mapping[str, Live]) -> list[Thought]:
    """What every aspect of a text seems to be; unit and place are left out when nothing is known of them."""
    category = categories(words, day=day, live=live.get(Aspect.CATEGORY))
    found = [
        category,
        _of_cues(Aspect.KIND, words, live.get(Aspect.KIND)),
        _of_cues(Aspect.URGENCY, words, live.get(Aspect.URGENCY)),
        Thought(Aspect.UNIT, tuple(_units(category, words.area_path, day)), category.reader_id),
        Thought(Aspect.PLACE, tuple(_places(words, day))),
    ]
    return [thought for thought in found if thought.choices or thought.aspect == Aspect.CATEGORY]


def categories(words: Words, *, day: date, live: Live | None) -> Thought:
    """The categories of a text: what the reader learned and, for what it does not know, the starter's keywords."""
    known = starter_of(day)
    said = readers.stated(live.sha256, words.subject, words.detail) if live is not None else None
    if live is None or said is None:
        return Thought(Aspect.CATEGORY, tuple(of_category(known, words)))
    return Thought(Aspect.CATEGORY, tuple(of_category(known, words, live.learned, said)), live.reader_id)


def of_category(
    known: Starter, words: Words, learned: Learned | None = None, said: Mapping[str, Stated] = MappingProxyType({})
) -> list[Choice]:
    """The five most probable categories, by the labels a reader stated (none: by keywords alone)."""
    weights = known.weights(words.subject, words.detail)
    probabilities = known.categories(weights)
    if learned is not None:
        stated = {label: each.probability for label, each in said.items() if label in known.parents}
        by_reader = rules.spread(stated, learned, known.parents, weights=weights)
        probabilities = rules.blended(by_reader, probabilities, trust=learned.trust)
    return [
        Choice(code, min(p, 1.0), _reasons(known, code, words, said))
        for code, p in rules.best(probabilities, shown=_LED)
    ]


def _reasons(known: Starter, code: str, words: Words, said: Mapping[str, Stated]) -> tuple[str, ...]:
    by_reader = next((said[label].words for label in rules.lineage(code, known.parents) if label in said), ())
    found = dict.fromkeys((*by_reader, *known.words(code, words.subject, words.detail)))
    return tuple(found)[:_WORDS_SHOWN]


def _of_cues(aspect: str, words: Words, live: Live | None) -> Thought:
    said = readers.stated(live.sha256, words.subject, words.detail) if live is not None else None
    if live is not None and said is not None:
        return Thought(aspect, tuple(of_labels(said)), live.reader_id)
    by_cues = starter.kinds if aspect == Aspect.KIND else starter.urgencies
    return Thought(aspect, tuple(by_cues(words.subject, words.detail)))


def of_labels(said: Mapping[str, Stated]) -> list[Choice]:
    """The three most probable labels with their words."""
    probabilities = {label: each.probability for label, each in said.items()}
    return [Choice(label, p, said[label].words) for label, p in rules.best(probabilities)]


def _units(category: Thought, area_path: str, day: date) -> Iterator[Choice]:
    """The units the 派单目录 names for the likely categories, their probabilities added up.

    The word that speaks for a unit is the code of the likeliest of its categories.
    """
    leads = [(choice, lead_of(choice.code, area_path, day)) for choice in category.choices]
    because: dict[str, str] = {}
    for choice, lead in leads:
        if lead is not None:
            because.setdefault(lead.unit.code, choice.code)
    by_unit = rules.added((lead.unit.code, choice.probability) for choice, lead in leads if lead is not None)
    for code, probability in rules.best(by_unit):
        yield Choice(code, min(probability, 1.0), (because[code],))


def lead_of(code: str, area_path: str, day: date) -> Lead | None:
    """Whom the 派单目录 names for a category in a place: it names by community at the finest; held for minutes."""
    community = "/".join(area_path.split("/")[:_COMMUNITY_DEPTH]) + "/"
    return _LEADS.get((code, community, _month(day)), lambda: catalogue.lead_for(code, community, day))


def _places(words: Words, day: date) -> Iterator[Choice]:
    """The known estates and buildings that the words name; one alone is sure, several are not."""
    if words.has_building:
        return
    text = f"{words.place_text} {words.subject} {words.detail}"
    said = places.said_in_full(text, day)
    found = [row for row in said if row.area.kind in _PLACES and row.area.path != words.area_path]
    estates = sum(row.area.kind == Area.Kind.ESTATE for row in found)
    for row in found[: rules.SHOWN]:
        is_alone = row.is_sure and estates == 1
        probability = _SURE_PLACE if is_alone else _ONE_OF_SEVERAL / len(found)
        yield Choice(row.area.code, probability, (row.area.full_name,))
