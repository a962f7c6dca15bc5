"""The living page, the elder switch and every part on a page: status, words, what must not be in them."""

import json
import re
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpRequest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from huiyin.design import samples, views

DESIGN = Path(__file__).resolve().parents[1]
ROOT = DESIGN.parents[1]
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["django.templatetags.i18n", "huiyin.design.templatetags.parts"],
        },
    },
]

pytestmark = pytest.mark.urls("huiyin.design.tests.urls")


def asked_by(*, is_staff_member: bool, **cookies: str) -> HttpRequest:
    """A request for the living page by someone who is staff or not."""
    request = RequestFactory().get("/_parts/")
    request.COOKIES.update(cookies)
    request.actor = SimpleNamespace(is_staff_member=is_staff_member)  # type: ignore[attr-defined]  # set by middleware
    return request


def living(**cookies: str) -> str:
    """The living page in Chinese, without the house's own context."""
    with override_settings(STORAGES=PLAIN, TEMPLATES=TEMPLATES), translation.override("zh-hans"):
        response = views.parts(asked_by(is_staff_member=True, **cookies))
    assert response.status_code == 200
    return response.content.decode()


def test_the_living_page_shows_every_part() -> None:
    html = living()
    for sign in (
        "clock-closed", "row-red", "row-amber", "slip-done", "step-now", "receipt-number", "votes-line", "sheet",
        "error-summary", "data-photo", "why", "figure-value", "empty-title", "thread", "person", "progress",
    ):  # fmt: skip
        assert sign in html, sign


def test_the_living_page_is_not_there_for_others() -> None:
    with pytest.raises(Http404):
        views.parts(asked_by(is_staff_member=False))
    with pytest.raises(Http404):
        views.parts(RequestFactory().get("/_parts/"))


def test_pages_hold_no_inline_style_or_script_and_no_other_host() -> None:
    html = living()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_ids_are_unique_on_the_living_page() -> None:
    ids = re.findall(r'\sid="([^"]+)"', living())
    twice = {one for one in ids if ids.count(one) > 1}
    assert twice <= {"id_what", "id_what_helptext"}, "the form with errors repeats one field on purpose"


def test_the_page_says_its_language_and_mode() -> None:
    assert '<html lang="zh-hans">' in living()
    assert '<html lang="zh-hans" data-elder>' in living(elder="1")


def test_elder_mode_is_kept_in_a_cookie_and_returns_to_the_page() -> None:
    response = views.elder(RequestFactory().post("/elder/", {"elder": "1", "next": "/track/?a=1"}))
    assert (response.status_code, response["Location"]) == (302, "/track/?a=1")
    assert response.cookies["elder"].value == "1"
    off = views.elder(RequestFactory().post("/elder/", {"elder": "0", "next": "/track/"}))
    assert off.cookies["elder"].value == ""


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_elder_switch_never_leads_to_another_host(target: str) -> None:
    response = views.elder(RequestFactory().post("/elder/", {"elder": "1", "next": target}))
    assert response["Location"] == "/"


def test_the_elder_switch_is_not_a_link() -> None:
    assert views.elder(RequestFactory().get("/elder/")).status_code == 405


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "refusal.html"])
def test_error_pages_say_what_to_do_next(name: str) -> None:
    with override_settings(STORAGES=PLAIN, TEMPLATES=TEMPLATES), translation.override("zh-hans"):
        html = render_to_string(name, {"sentence": "请再试。"}, request=asked_by(is_staff_member=False))
    assert "<h1>" in html
    assert 'class="button"' in html


def test_a_refusal_can_be_told_without_a_request() -> None:
    with override_settings(STORAGES=PLAIN, TEMPLATES=TEMPLATES), translation.override("zh-hans"):
        html = render_to_string("refusal.html", {"sentence": "数据库暂时连不上。", "code": "server_error"})
    assert "数据库暂时连不上。" in html
    assert "server_error" in html
    assert "<form" not in html


def test_every_template_can_be_read_and_lists_its_variables() -> None:
    for path in (DESIGN / "templates").rglob("*.html"):
        name = path.relative_to(DESIGN / "templates").as_posix()
        get_template(name)
        assert "{% comment %}" in path.read_text(encoding="utf-8")[:80], name


def test_the_confirm_page_has_two_ways_out() -> None:
    context = samples.context() | {
        "title": "撤回？",
        "text": "不再办了。",
        "act": "撤回",
        "back_url": "/7/",
        "form": None,
    }
    with override_settings(STORAGES=PLAIN, TEMPLATES=TEMPLATES), translation.override("zh-hans"):
        html = render_to_string("design/confirm.html", context, request=asked_by(is_staff_member=True))
    assert ">撤回</button>" in html
    assert 'href="/7/"' in html


def test_vendored_files_are_those_the_list_names() -> None:
    for file in json.loads((DESIGN / "VENDORED.json").read_text(encoding="utf-8")):
        assert sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"], file["path"]


def test_our_scripts_are_small_and_hold_no_words_of_the_interface() -> None:
    for path in (DESIGN / "static" / "huiyin" / "js").glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert len(script.encode()) < 3072, path.name
        code = re.sub(r"//.*", "", script)
        assert not re.search(r"[\u4e00-\u9fff]", code), path.name
