import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from huiyin.config import logs
from huiyin.config.middleware_log import RequestLog


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    out = io.StringIO()
    settings = logs.django_logging(human=False)
    formatter = logging.config.DictConfigurator(settings).configure_formatter(settings["formatters"]["line"])
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    logs.configure()
    loggers = [logging.getLogger(), logging.getLogger("gunicorn.error")]  # the second one does not pass on
    for logger in loggers:
        logger.addHandler(handler)
    yield out
    for logger in loggers:
        logger.removeHandler(handler)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_only_keys_of_the_list_are_written(written: io.StringIO) -> None:
    structlog.get_logger("huiyin.test").warning("dispatched", status=200, name="王秀英", phone="13800138000")
    (line,) = lines(written)
    assert line["event"] == "dispatched"
    assert line["status"] == 200
    assert "王秀英" not in written.getvalue()
    assert "13800138000" not in written.getvalue()


def test_exception_is_told_without_its_words(written: io.StringIO) -> None:
    try:
        int("13800138000 is no number")
    except ValueError:
        logging.getLogger("huiyin.test").exception("failed")
    (line,) = lines(written)
    assert line["error"] == "builtins.ValueError"
    assert any("test_logs.py" in place for place in line["trace"])
    assert "13800138000" not in written.getvalue()


def test_path_of_a_refused_request_is_not_written(written: io.StringIO) -> None:
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", "/track/HY-SECRET/", extra={"status_code": 500}
    )
    logging.getLogger("gunicorn.error").error("Error handling request GET /track/HY-SECRET/")
    assert [line["event"] for line in lines(written)] == ["failed request", "failed request"]
    assert "SECRET" not in written.getvalue()


def test_request_line_names_the_route(written: io.StringIO, rf: RequestFactory) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = ResolverMatch(answer, (), {"code": "SECRET"}, url_name="receipt", namespaces=["hall"])
        return HttpResponse(status=201)

    response = RequestLog(answer)(rf.post("/track/SECRET/?phone=13800138000"))
    (line,) = lines(written)
    assert (line["method"], line["route"], line["status"]) == ("POST", "hall:receipt", 201)
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["ms"] >= 0
    assert "SECRET" not in written.getvalue()
    assert "13800138000" not in written.getvalue()
