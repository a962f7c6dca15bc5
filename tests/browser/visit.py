"""How the journeys visit the house: browsers of residents and staff, the desk's acts, pictures."""

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from huiyin.people import queries as people

PASSWORD: Final = "haiqing-2026"
SCREENSHOTS: Final = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LARGEST_BYTES: Final = 150_000


def photo(name: str, colour: str = "#5b6c7d") -> FilePayload:
    """A photo as a phone hands it over."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return FilePayload(name=name, mimeType="image/jpeg", buffer=out.getvalue())


@dataclass
class House:
    """The served house and the browsers that are open in it."""

    chromium: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def visitor(self, **options: Any) -> Page:
        """A browser nobody has used yet; an error in a script fails the test."""
        options = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, "base_url": self.address} | options
        context = self.chromium.new_context(**options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    def staff(self, login: str, **options: Any) -> Page:
        """A browser in which somebody has logged in already."""
        page, client = self.visitor(**options), Client()
        client.force_login(people.user_by_login(login), backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}])
        return page

    def close(self) -> None:
        """Close what is open."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()


def log_in(page: Page, login: str) -> None:
    """Come in through the door."""
    page.goto("/desk/login/")
    page.fill("#id_username", login)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk/")


def open_matter(page: Page, number: str) -> None:
    """Type a whole number into the search: it leads straight to the dossier."""
    page.goto("/desk/")
    page.fill("#narrow_words", number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/appeal/*/")


def begin(page: Page, label: str) -> None:
    """Press the button of an act on the dossier; its form appears below."""
    page.click(f".acts a.button:text-is('{label}')")
    page.wait_for_selector("#act form, form.form[data-draft]")


def finish(page: Page) -> None:
    """Send the form of an act and come back to the dossier, where it is said to be done."""
    page.click("section.act button[type=submit]")
    page.wait_for_selector(".message-success")


def keep_picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep what is seen for the README, only when pictures are asked for (HUIYIN_SCREENSHOTS=1)."""
    if os.environ.get("HUIYIN_SCREENSHOTS") != "1":
        return
    page.wait_for_load_state("networkidle")
    seen = Image.open(io.BytesIO(page.screenshot(full_page=full_page, animations="disabled"))).convert("RGB")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    for colours in (128, 64, 32, 16):
        seen.quantize(colours).save(path, optimize=True)
        if path.stat().st_size <= LARGEST_BYTES:
            return
    raise AssertionError(f"{name} is larger than {LARGEST_BYTES} bytes")
