"""How gunicorn serves: a few processes of a few threads, quiet, patient at the end. The names are gunicorn's own."""

from typing import Any

from huiyin.config import lifeline, logs, serving

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = None
accesslog = None
errorlog = "-"
loglevel = "warning"
logconfig_dict = logs.django_logging()
proc_name = "huiyin-web"
limit_request_line = 8190
limit_request_field_size = 16_380
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """End with the `huiyin serve` that started us; what is loaded stays shared between the processes."""
    lifeline.hold()
    serving.share()
