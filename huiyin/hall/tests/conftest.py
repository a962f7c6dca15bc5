"""What the tests of the hall stand on: the demo district and a client without login."""

import io
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client
from PIL import Image

from huiyin.appeals import queries
from huiyin.appeals.models import Appeal
from huiyin.demo import district
from huiyin.kernel import clock, held
from huiyin.territory import queries as territory
from tests.journeys.steps import go

Said = dict[str, Any]
MONDAY = "03-02 10:00"


PLAIN: Final = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(autouse=True)
def _house(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.STORAGES = PLAIN
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = True
    held.forget_all()
    district.load(start=date(2026, 1, 1))
    go(MONDAY)
    yield
    clock.move_to(None)
    held.forget_all()


@pytest.fixture
def said() -> Callable[..., Said]:
    """What a resident fills in, with a key of its own."""

    def form(**changed: Any) -> Said:
        place = territory.area_by_code("lt-tielu-03").pk
        return {
            "key": str(uuid.uuid4()),
            "detail": "铁路小区 3 号楼前路灯不亮，晚上看不见路。",
            "place_text": "铁路小区3号楼",
            "area": str(place),
            "reach": "contact",
            "name": "王秀兰",
            "phone": "199 0000 1001",
            **changed,
        }

    return form


@pytest.fixture
def registered(client: Client, said: Callable[..., Said]) -> Appeal:
    """A matter this client has just said on the web."""
    response = client.post("/say/", said())
    assert response.status_code == 302, text_of(response)
    return Appeal.objects.get(number=number_in(response["Location"]))


def number_in(address: str) -> str:
    """The appeal number of an address."""
    found = re.search(r"\d{12}", address)
    assert found, address
    return found.group()


def code_of(appeal: Appeal) -> str:
    """The query code on the receipt."""
    return queries.query_code(appeal)


def text_of(response: Any) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def photo(name: str = "灯.png") -> io.BytesIO:
    """A small real photo."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#446688").save(out, "PNG")
    out.seek(0)
    out.name = name
    return out
