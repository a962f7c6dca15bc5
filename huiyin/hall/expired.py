"""Whether a form comes from a page of ours that still counts: the CSRF check, asked by a view that keeps the words."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """Django's own check; a refusal is an answer to the view that asked, not a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:  # noqa: ARG002  Django's signature
        return HttpResponse(reason, status=403)


def _any_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def is_expired(request: HttpRequest) -> bool:
    """Whether the form's token is missing or no longer fits this browser (a lost session, a page left open)."""
    check = _Check(_any_view)
    check.process_request(request)
    return check.process_view(request, _any_view, (), {}) is not None
