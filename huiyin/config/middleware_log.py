"""One log line for each request: what was asked by the route's name, how it ended, how long it took."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

_log = structlog.get_logger("huiyin.request")
_SILENT = frozenset({"health"})


class RequestLog:
    """Middleware, first of all: gives the request an id, tells it in the answer's header, writes the line."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; the path itself, its codes and query string never reach the log."""
        request_id = secrets.token_hex(8)
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            route = _route(request)
            if route not in _SILENT or response.status_code >= 400:
                spent = round((time.perf_counter() - began) * 1000, 1)
                _log.info("request", method=request.method, route=route, status=response.status_code, ms=spent)
        response.headers["X-Request-ID"] = request_id
        return response


def _route(request: HttpRequest) -> str:
    """Name of the route, such as `hall:receipt`; "-" when no route matched."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "-"
