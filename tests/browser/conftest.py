"""The house as a browser meets it: served with its compressed static files on a database of its own, one Chromium."""

import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, sync_playwright

from huiyin.demo import district
from tests.browser.visit import PASSWORD, House

CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as `huiyin serve` gives them: hashed names, compressed."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(root)):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the module."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        connections.close_all()  # Playwright's loop has connections of its own in this thread
        browser.close()


@pytest.fixture(scope="module")
def house(own_database: None, static_root: Path, chromium: Browser) -> Iterator[House]:
    """The demo district 海清区 without appeals, served on a port of its own."""
    with override_settings(STATIC_ROOT=str(static_root), PASSWORD_HASHERS=CHEAP):
        district.load(start=date(2026, 1, 1), password=PASSWORD)
        with ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler) as server:
            server.set_app(get_wsgi_application())
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            visited = House(chromium, f"http://127.0.0.1:{server.server_port}")
            yield visited
            visited.close()
            server.shutdown()
            thread.join()


def digits(words: str) -> str:
    """The digits of what a page shows in groups."""
    return re.sub(r"\D", "", words)
