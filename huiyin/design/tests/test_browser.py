"""The living page in Chromium: axe-core in every mode and width, drafts, single sending, keys, photos."""

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.utils import translation
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, sync_playwright

from huiyin.design.tests.test_pages import PLAIN, TEMPLATES

AXE = Path(__file__).resolve().parents[3] / "tests" / "vendor" / "axe.min.js"
FOUND = "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' ; ')))"


def as_staff(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that lets everyone be staff."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleNamespace(is_staff_member=True)  # type: ignore[attr-defined]  # set by middleware
        with translation.override("zh-hans"):
            return get_response(request)

    return middleware


class Silent(WSGIRequestHandler):
    """Keeps the requests of a test out of its output."""

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of the living page alone, without a database."""
    house = override_settings(
        ROOT_URLCONF="huiyin.design.tests.urls",
        MIDDLEWARE=["huiyin.design.tests.test_browser.as_staff"],
        TEMPLATES=TEMPLATES,
        STORAGES=PLAIN,
        ALLOWED_HOSTS=["127.0.0.1"],
        DEBUG=True,
    )
    with house, make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), WSGIServer, Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser nobody has used yet."""
    fresh = browser.new_context(locale="zh-CN")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The living page; an error in a script fails the test."""
    opened = context.new_page()
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.goto(f"{address}/_parts/")
    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, address: str, scheme: str, mode: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    if mode == "elder":
        context.add_cookies([{"name": "elder", "value": "1", "url": address}])
    page = context.new_page()
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/_parts/")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(FOUND) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_words_of_a_form_survive_and_can_be_dropped(page: Page) -> None:
    page.fill("#id_what >> nth=0", "楼道灯坏了")
    page.fill("#id_phone", "13900000000")
    page.check("[name=kind][value=suggest]")
    page.reload()
    assert page.input_value("#id_what >> nth=0") == "楼道灯坏了"
    assert page.is_checked("[name=kind][value=suggest]")
    assert "13900000000" not in page.evaluate("JSON.stringify(localStorage)"), "a phone number stays in this tab"
    page.click(".draft-note button")
    page.reload()
    assert page.input_value("#id_what >> nth=0") == ""
    assert page.locator(".draft-note").count() == 0


def test_a_second_click_while_the_answer_is_awaited_sends_nothing(page: Page) -> None:
    sent: list[str] = []

    def answer_late(route: Route) -> None:
        sent.append(route.request.method)
        if len(sent) == 1:
            page.wait_for_timeout(700)
        route.fulfill(body="<p>ok</p>", content_type="text/html")

    page.route(lambda address: "_parts" in address, answer_late)
    page.evaluate(
        "() => { const f = document.querySelector('form.form');"
        " for (const after of [0, 200, 400]) setTimeout(() => f.requestSubmit(), after); }"
    )
    page.wait_for_timeout(1500)
    assert sent == ["POST"]


def test_keys_walk_the_rows_and_can_be_turned_off(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "楼道灯坏了两周，老人晚上不敢下楼"
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.is_visible("#keys")


def test_keys_are_letters_while_one_is_typing(page: Page) -> None:
    page.focus("#id_what >> nth=0")
    page.keyboard.type("j?n")
    assert page.input_value("#id_what >> nth=0") == "j?n"
    assert not page.is_visible("#keys")


def test_a_photo_is_covered_where_it_was_asked_and_can_be_taken_out(page: Page) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(picture, "JPEG")
    names = ("a.jpg", "b.jpg")
    photos = [FilePayload(name=name, mimeType="image/jpeg", buffer=picture.getvalue()) for name in names]
    page.set_input_files("#photos", photos)
    page.click(".photos figure:first-child [data-cover]")
    page.click("[data-blur] summary")
    page.click("[data-rect]")
    page.click("[data-keep]")
    page.wait_for_selector("[data-blur]", state="hidden")
    colours = page.evaluate(
        """async () => {
          const picture = await createImageBitmap(document.getElementById("photos").files[0]);
          const pen = new OffscreenCanvas(300, 200).getContext("2d");
          pen.drawImage(picture, 0, 0);
          return [[120, 80], [20, 20]].map(([x, y]) => pen.getImageData(x, y, 1, 1).data[0]);
        }"""
    )
    assert colours[0] < 120
    assert colours[1] > 240
    page.click(".photos figure:first-child [data-remove]")
    assert page.evaluate("document.getElementById('photos').files.length") == 1


def test_the_language_of_the_page_reaches_the_voice_only_where_there_is_one(page: Page) -> None:
    has_voice = page.evaluate("speechSynthesis.getVoices().some(v => v.lang.startsWith('zh'))")
    assert page.is_visible("[data-readaloud]") == has_voice
