"""Which hotspot goes on with which group, when a hotspot is named anew, and how long matters count. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WINDOW_DAYS: Final = 366
MOST_MATTERS: Final = 20_000
LEAST_CONCERNED: Final = 3
LONGEST_NAME: Final = 40
_KINDS_OF_PLACE: Final = ("社区", "小区", "新村", "村", "街道")
_ALWAYS_NAMED_UP_TO: Final = 12
_NAMED_AGAIN_AT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Continued:
    """For every group the hotspot that goes on with it (None: a new or no one); where those went that do not go on."""

    of_group: list[int | None]
    went_into: dict[int, int]


def continued(groups: Sequence[Sequence[int]], former: Mapping[int, int]) -> Continued:
    """Let each hotspot go on with the group that holds most of its matters; of several in one group the largest wins.

    `groups` are matters that may have moved, together with all who stayed; `former` is the hotspot each was in. Equal
    parts are decided for the older hotspot, then for the earlier group.
    """
    votes = Counter((former[matter], at) for at, group in enumerate(groups) for matter in group if matter in former)
    of_group: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    ranked = sorted(votes, key=lambda each: (-votes[each], each))
    for hotspot, at in ranked:
        if of_group[at] is None and hotspot not in taken:
            of_group[at] = hotspot
            taken.add(hotspot)
    went_into: dict[int, int] = {}
    for hotspot, at in ranked:
        heir = of_group[at]
        if hotspot not in taken and heir is not None:
            went_into.setdefault(hotspot, heir)
    return Continued(of_group, went_into)


def people_concerned(persons: Sequence[str], likes: Sequence[int]) -> int:
    """Different people who raised it and those who joined in."""
    return len(set(persons)) + sum(likes)


def placed(name: str, places: Sequence[str]) -> str:
    """A name with the place in front that at least two thirds of the matters were registered for, if it lacks it."""
    place, count = max(Counter(places).items(), key=lambda each: (each[1], each[0]), default=("", 0))
    core = next((place.removesuffix(kind) for kind in _KINDS_OF_PLACE if place.endswith(kind)), place)
    if not place or 3 * count < 2 * len(places) or core in name:
        return name
    return f"{place}{name}"[:LONGEST_NAME]


def is_to_be_named(named_for: int, matters: int) -> bool:
    """Whether a hotspot gets its name from its present matters: small ones always, others when a tenth came or went."""
    return matters <= _ALWAYS_NAMED_UP_TO or abs(matters - named_for) >= _NAMED_AGAIN_AT * named_for
