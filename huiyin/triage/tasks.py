"""Jobs of triage: every night, when enough was closed, a training in a process of its own."""

import os
import subprocess
import sys
from typing import Final

import structlog
from procrastinate.contrib.django import app

from huiyin.triage import lessons, queries, rules
from huiyin.triage.models import Aspect

_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_log = structlog.get_logger(__name__)


class _Running:
    """The training this worker started; the open pipe to it tells it that the worker lives."""

    process: subprocess.Popen[bytes] | None = None


@app.periodic(cron="40 18 * * *")
@app.task(name="triage.learn", queue="limits", queueing_lock="triage.learn", pass_context=False)
def learn(timestamp: int) -> None:
    """At 02:40 in China start a training beside the worker, which goes on with its duties meanwhile."""
    assert timestamp > 0
    if _Running.process is not None and _Running.process.poll() is None:
        return
    newest = queries.newest_reader(Aspect.CATEGORY)
    count = lessons.count()
    if not rules.is_due(count, learned_before=newest.closed_count if newest else 0):
        _log.info("nothing_to_learn", rows=count)
        return
    command = [sys.executable, "-m", "huiyin.config.command", "triage", "train", "--for-worker"]
    _Running.process = subprocess.Popen(  # noqa: S603  our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=os.environ | _ONE_THREAD, start_new_session=True
    )
