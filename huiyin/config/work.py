"""The worker: runs the jobs that business transactions deferred, and the periodic work."""

import argparse

from procrastinate.contrib.django import app

from huiyin.config import lifeline


def work(arguments: argparse.Namespace) -> int:
    """Work until asked to stop; a job that runs then is finished first."""
    lifeline.hold()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # Django's
        worker.run_worker(
            concurrency=arguments.concurrency, fetch_job_polling_interval=5.0, shutdown_graceful_timeout=10.0
        )
    return 0
