"""The worker: runs the jobs that business transactions deferred, and the periodic work."""

import argparse
import asyncio
from datetime import UTC, datetime

import structlog
from procrastinate import App
from procrastinate.contrib.django import app

from huiyin.config import lifeline

_HEARTBEAT_SECONDS = 5.0
_GONE_SECONDS = 20.0
_log = structlog.get_logger(__name__)


def work(arguments: argparse.Namespace) -> int:
    """Work until asked to stop; a job that runs then is finished first."""
    lifeline.hold()
    asyncio.run(_work(arguments.concurrency))
    return 0


async def _work(concurrency: int) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # Django's
        async with worker.open_async():
            rescue = asyncio.create_task(_rescue_jobs(worker))
            try:
                await worker.run_worker_async(
                    concurrency=concurrency,
                    fetch_job_polling_interval=5.0,
                    shutdown_graceful_timeout=10.0,
                    update_heartbeat_interval=_HEARTBEAT_SECONDS,
                    delete_jobs="successful",
                    stalled_worker_timeout=_GONE_SECONDS,
                )
            finally:
                rescue.cancel()


async def _rescue_jobs(worker: App) -> None:
    """Give jobs whose worker was killed back to the queue, for ever; every job is safe to run twice."""
    while True:
        for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=_GONE_SECONDS):
            _log.warning("rescued", task=job.task_name, job_id=job.id)
            await worker.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        await asyncio.sleep(_GONE_SECONDS / 2)
