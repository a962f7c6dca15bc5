"""What the desk's tests stand on: the demo district, a moved clock, people who are logged in."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from huiyin.demo import district
from huiyin.kernel import clock, held
from huiyin.people import queries as people
from tests.journeys.steps import go

Desk = Callable[[str], Client]


PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}


@pytest.fixture(autouse=True)
def _real_time(settings: Any) -> Iterator[None]:
    """Real time after each test, and static files as they lie in the packages."""
    settings.STORAGES, settings.WHITENOISE_AUTOREFRESH = PLAIN, True
    held.forget_all()
    yield
    clock.move_to(None)


@pytest.fixture
def haiqing(db: None) -> None:
    """The common fixture of the acceptance scenarios, on the morning of S01."""
    district.load(start=date(2026, 1, 1))
    go("03-02 10:00")


@pytest.fixture
def desk(haiqing: None) -> Desk:
    """Opens the desk as the person with a login."""

    def enter(login: str) -> Client:
        client = Client()
        client.force_login(people.user_by_login(login), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
