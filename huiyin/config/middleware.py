"""Who acts on a request, and how the field's refusals reach people: a sentence, the right status, nothing lost."""

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from huiyin.design.sentences import sentence
from huiyin.hall.visitor import SESSION_APPEALS
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, DomainError
from huiyin.kernel.held import HeldByKey
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY, Actor, resident

Next = Callable[[HttpRequest], HttpResponse]
# Who somebody is and which posts they hold is asked again after half a minute: a disabled account is out by then (R15).
_STAFF: HeldByKey[tuple[str, str, str], Actor] = HeldByKey(seconds=30)
DATABASE_AWAY = N_("系统暂时连不上数据库，刚才的操作没有保存。请稍等一分钟再试，您写的内容留在这台设备上。")
UNFORESEEN = N_("系统出了我们没有料到的错，已经记录。请稍后再试；急事请打社区工作室的电话。")


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request: staff by login, a resident by the numbers and codes of this session, or nobody."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return NOBODY
    session = request.session
    if SESSION_KEY in session:
        key = (str(session.session_key), str(session[SESSION_KEY]), str(session.get(HASH_SESSION_KEY)))
        return _STAFF.get(key, lambda: _staff(request))
    proved = session.get(SESSION_APPEALS, [])
    return resident(*proved) if proved else NOBODY


def _staff(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return NOBODY
    return people.actor_of(request.user.pk, request.user.name, clock.today())


class ActorMiddleware:
    """Puts `request.actor` on every request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)


class DomainErrorMiddleware:
    """Turns a DomainError that no form caught into a page with its sentence and status; a lost database into 503."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return refusal(request, sentence(error), error.status, code=error.code)
        if isinstance(error, (OperationalError, InterfaceError)):
            return server_error(request)
        return None


def refusal(request: HttpRequest, text: str, status: int, *, code: str) -> HttpResponse:
    """The page of a refusal: what is wrong, what to do, the way back."""
    if getattr(request, "htmx", False):
        return render(request, "design/refusal_part.html", {"sentence": text, "code": code}, status=status)
    return render(request, "refusal.html", {"sentence": text, "code": code, "status": status}, status=status)


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """The page after five wrong passwords from one address for one name."""
    return refusal(request, _("密码错了五次，请 15 分钟后再试，或请系统管理员重设密码。"), 429, code="locked_out")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page after a form whose session was lost; the words are kept by the browser."""
    assert isinstance(reason, str)
    return refusal(
        request, _("页面放得太久，已经失效。请返回刚才的页面刷新后再提交，您写的内容还在。"), 403, code="form_expired"
    )


def server_error(_request: HttpRequest) -> HttpResponse:
    """The page of an error nobody foresaw: 503 when the database is away, else 500; asks the database nothing."""
    error = sys.exc_info()[1]
    is_away = isinstance(error, (OperationalError, InterfaceError))
    text = DATABASE_AWAY if is_away else UNFORESEEN
    page = render_to_string("refusal.html", {"sentence": _(text), "code": "server_error", "actor": NOBODY})
    return HttpResponse(page, status=503 if is_away else 500)
