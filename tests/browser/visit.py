"""How the journeys visit the house: browsers of residents and staff, the desk's acts, pictures."""

import io
import os
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from huiyin.people import queries as people

PASSWORD: Final = "haiqing-2026"
SCREENSHOTS: Final = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LARGEST_BYTES: Final = 150_000


def photo(name: str, *, is_lit: bool = False, is_covered: bool = False) -> FilePayload:
    """A drawn picture of a street lamp, dark or lit, as a phone hands it over; covered, its number plate is hidden."""
    picture = Image.new("RGB", (960, 640), "#22303c")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 520, 960, 640), fill="#39434b")
    pen.rectangle((60, 180, 360, 520), fill="#4a5660")
    for column, row in product(range(4), range(5)):
        pen.rectangle((84 + 68 * column, 204 + 62 * row, 128 + 68 * column, 244 + 62 * row), fill="#6d7a84")
    if is_lit:
        pen.polygon(((640, 150), (470, 520), (880, 520)), fill="#8d8353")
        pen.ellipse((606, 112, 694, 168), fill="#ffe9a0")
    pen.line((740, 540, 740, 120, 650, 120), fill="#9aa5ad", width=12)
    pen.rectangle((520, 470, 680, 540), fill="#7a3b3b")
    pen.rectangle((570, 505, 630, 525), fill="#111111" if is_covered else "#dfe6ea")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
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
