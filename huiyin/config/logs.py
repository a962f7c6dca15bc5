"""Logs without personal data: what may stand in a line is listed here, everything else is dropped."""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Words a person typed, names, numbers, addresses, paths and query strings are not among these.
ALLOWED = frozenset({
    "event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "ms", "queries",
    "task", "job_id", "attempt", "event_id", "rows", "kind", "error", "trace", "code", "pid",
})  # fmt: skip
# These loggers put a visitor's path into their sentence; a path can hold a query code.
_TELLS_PATHS = ("django.request", "django.security", "django.server", "gunicorn.error")


def only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop every key outside the allow list."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def without_paths(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace sentences of Django that contain a visitor's path by the status alone."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.name.startswith(_TELLS_PATHS):
        if record.name == "gunicorn.error" and "request" not in str(record.msg):
            return event
        event["event"] = "refused request" if record.levelno < logging.ERROR else "failed request"
        event["status"] = getattr(record, "status_code", None)
    return event


def error_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Tell an exception by its type and places; its message may quote a row, so it stays out."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        frames = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_paths,
        error_without_words,
    ]


def configure() -> None:
    """Send structlog's loggers through Python's logging, where `django_logging` shapes them."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def django_logging(*, human: bool | None = None) -> dict[str, Any]:
    """Django's LOGGING: JSON lines on stderr, or lines for people when stderr is a terminal."""
    for_people = sys.stderr.isatty() if human is None else human
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    last = [only_allowed, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": last,
                "foreign_pre_chain": _shared(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "huiyin": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "procrastinate": {"level": "WARNING"},
            "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
