"""Describes topics for people: name, members, people concerned, days, growth, likes, heat and masked quotes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from huiyin.text.mask import masking
from huiyin.text.mask.findings import Party
from huiyin.text.topics import naming
from huiyin.text.topics.items import Item

WINDOW_DAYS = 30
LEAST_CONCERNED = 3
QUOTES, QUOTE_LENGTH = 3, 80


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is shown.

    persons: different people who raised it. people_concerned: persons and likes. growth: appeals of the last
    WINDOW_DAYS against those of as many days before, as (recent - before) / max(before, 1); None without days.
    heat: persons plus the square root of likes, so that neither many clicks nor one busy writer decide alone.
    quotes: (appeal, masked words).
    """

    key: str
    name: str
    members: tuple[str, ...]
    persons: int
    people_concerned: int
    first: date | None
    last: date | None
    growth: float | None
    likes: int
    heat: float
    quotes: tuple[tuple[str, str], ...]


def listed(groups: Mapping[str, Sequence[Item]], *, as_of: date | None = None) -> list[Topic]:
    """The groups that concern at least LEAST_CONCERNED people, hottest first; as_of is the last day there is."""
    days = [item.day for members in groups.values() for item in members if item.day]
    until = as_of or max(days, default=None)
    topics = [
        described(key, members, as_of=until)
        for key, members in groups.items()
        if _concerned(members) >= LEAST_CONCERNED
    ]
    return sorted(topics, key=lambda topic: (-topic.heat, topic.key))


def described(key: str, members: Sequence[Item], *, as_of: date | None = None) -> Topic:
    """One group as a topic; members in their order by day."""
    days = sorted(item.day for item in members if item.day)
    persons, likes = _persons(members), sum(max(0, item.likes) for item in members)
    return Topic(
        key=key,
        name=naming.named(members),
        members=tuple(item.key for item in members),
        persons=persons,
        people_concerned=persons + likes,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        growth=growth(days, as_of) if as_of else None,
        likes=likes,
        heat=heat(persons, likes),
        quotes=tuple((item.key, quoted(item)) for item in _spread(members)),
    )


def growth(days: Iterable[date], as_of: date) -> float:
    """Appeals of the last WINDOW_DAYS against the WINDOW_DAYS before, up to and with as_of."""
    ages = [(as_of - day).days for day in days]
    recent = sum(0 <= age < WINDOW_DAYS for age in ages)
    before = sum(WINDOW_DAYS <= age < 2 * WINDOW_DAYS for age in ages)
    return grown_by(recent, before)


def grown_by(recent: int, before: int) -> float:
    """Appeals of the last WINDOW_DAYS against those of the WINDOW_DAYS before."""
    return round((recent - before) / max(before, 1), 2)


def heat(persons: int, likes: int) -> float:
    """How hot a topic is: many people count, many clicks of few people count less."""
    return round(persons + sqrt(likes), 2)


def quoted(item: Item, known: Sequence[Party] = ()) -> str:
    """The beginning of an appeal in its own words, personal data masked, cut after QUOTE_LENGTH signs."""
    words = " ".join((item.detail or item.subject).split())
    masked = masking.mask(words[: 3 * QUOTE_LENGTH], known=known).text
    return masked if len(masked) <= QUOTE_LENGTH else f"{masked[:QUOTE_LENGTH]}…"


def _concerned(members: Sequence[Item]) -> int:
    return _persons(members) + sum(max(0, item.likes) for item in members)


def _persons(members: Sequence[Item]) -> int:
    """Different people; an appeal without a person counts as one."""
    return len({item.person or f"?{item.key}" for item in members})


def _spread(members: Sequence[Item]) -> list[Item]:
    """The most liked appeal, then the first and the last, without repetition."""
    liked = max(members, key=lambda item: (item.likes, item.key))
    chosen = {item.key: item for item in (liked, members[0], members[-1])}
    return list(chosen.values())[:QUOTES]
