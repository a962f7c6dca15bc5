"""Jobs of triage: every night, when enough was closed, a training beside the worker."""

import structlog
from procrastinate.contrib.django import app

from huiyin.journal import beside
from huiyin.triage import lessons, queries, rules
from huiyin.triage.models import Aspect

_log = structlog.get_logger(__name__)


@app.periodic(cron="40 18 * * *")
@app.task(name="triage.learn", queue="limits", queueing_lock="triage.learn", pass_context=False)
def learn(timestamp: int) -> None:
    """At 02:40 in China start a training beside the worker, which goes on with its duties meanwhile."""
    assert timestamp > 0
    newest = queries.newest_reader(Aspect.CATEGORY)
    count = lessons.count()
    if not rules.is_due(count, learned_before=newest.closed_count if newest else 0):
        _log.info("nothing_to_learn", rows=count)
        return
    beside.run("triage", "train", "--for-worker")
