"""What the first page costs: bytes over the wire with all that belongs to it, and nothing from another host."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import town
from tests.browser.visit import House
from tests.journeys.steps import go

MOST_BYTES = 60_000


@pytest.mark.parametrize("address", ["/", "/say/", "/track/", "/board/"])
def test_a_first_visit_stays_below_sixty_kilobytes_and_asks_nobody_else(house: House, address: str) -> None:
    go(town.MORNING)
    page = house.visitor(viewport={"width": 360, "height": 780})
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[float] = []
    asked: list[str] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    page.goto(address, wait_until="networkidle")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(house.address).netloc}
    assert sum(received) <= MOST_BYTES, dict(zip(asked, received, strict=False))


def test_the_static_files_are_compressed_and_kept_for_a_year(house: House) -> None:
    page = house.visitor()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  Playwright marks its handlers
    page.goto("/", wait_until="networkidle")
    styles = [answer.all_headers() for answer in answers if answer.url.endswith(".css")]
    assert styles and all(head["content-encoding"] in ("gzip", "br") for head in styles)
    assert all("immutable" in head["cache-control"] for head in styles)
