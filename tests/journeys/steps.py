"""How journeys speak: people by their login, days and hours as the scenario writes them."""

from datetime import datetime
from uuid import uuid4

from huiyin.appeals.workflow.intake import Intake
from huiyin.kernel import clock
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory


def at(text: str, *, year: int = 2026) -> datetime:
    """The instant a scenario writes as 「03-02 10:00」."""
    day, hour = text.split()
    return datetime.strptime(f"{year}-{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.LOCAL)


def go(text: str) -> datetime:
    """Move the clock to an instant of the scenario."""
    clock.move_to(at(text))
    return at(text)


def who(login: str) -> Actor:
    """A person of the fixture as they act today."""
    user = people.user_by_login(login)
    return people.actor_of(user.pk, user.name, clock.today())


def intake(
    detail: str, *, place: str = "", name: str = "", phone: str = "", channel: str = "web", **more: object
) -> Intake:
    """What somebody says, with a key of its own."""
    area_id = territory.area_by_code(place).pk if place else None
    return Intake(
        key=uuid4(),
        detail=detail,
        channel=channel,
        area_id=area_id,
        reachable=Reachable(name=name, phone=phone),
        **more,  # type: ignore[arg-type]  # the test names the fields
    )
