"""Who acts in the demo and where; whatever a story asks for is looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.queries import Lead
from huiyin.demo.district import read
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.territory import queries as territory
from huiyin.territory.models import Area


@dataclass(frozen=True)
class Cast:
    """The people of the district by login and by unit, and the residents by id, as they are on one day."""

    residents: Mapping[str, Mapping[str, Any]]
    day: date
    keys: Mapping[str, str]
    _actors: dict[str, Actor] = field(default_factory=dict)
    _holders: dict[tuple[str, str], Actor] = field(default_factory=dict)
    _areas: dict[str, Area] = field(default_factory=dict)
    _leads: dict[tuple[str, str], Lead] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        """A person of the district as they act."""
        if login not in self._actors:
            user = people.user_by_login(login)
            self._actors[login] = people.actor_of(user.pk, user.name, self.day)
        return self._actors[login]

    def of_unit(self, code: str, role: str) -> Actor:
        """The first holder of a role in a unit."""
        if (code, role) not in self._holders:
            post = people.holders((role,), self.day, unit_id=people.unit_by_code(code).pk).first()
            assert post is not None, f"{code} has a {role}"
            self._holders[code, role] = self.actor(post.user.login)
        return self._holders[code, role]

    def area(self, code: str) -> Area:
        """A place by its code."""
        if code not in self._areas:
            self._areas[code] = territory.area_by_code(code)
        return self._areas[code]

    def lead(self, category: str, community: str) -> Lead:
        """The unit that leads a category in a community, by the catalogue."""
        if (category, community) not in self._leads:
            found = catalogue.lead_for(category, self.area(community).path, self.day)
            assert found is not None, f"the catalogue leads {category}"
            self._leads[category, community] = found
        return self._leads[category, community]


def of(day: date) -> Cast:
    """Everybody of the demo's data on a day; `keys` are the short names of the communities by code."""
    residents = {row["id"]: row for row in read("people.json")["residents"]}
    return Cast(residents, day, {row["code"]: row["key"] for row in read("district.json")["communities"]})
