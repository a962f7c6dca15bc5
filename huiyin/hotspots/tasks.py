"""Jobs of the hotspots: the nightly rebuild."""

import structlog
from procrastinate.contrib.django import app

from huiyin.hotspots.workflow import rebuilding

_log = structlog.get_logger(__name__)


@app.periodic(cron="10 19 * * *")
@app.task(name="hotspots.rebuild", queue="limits", queueing_lock="hotspots.rebuild", pass_context=False)
def rebuild(timestamp: int) -> None:
    """At 03:10 in China fit the yardstick anew and group all matters; `timestamp` is the scheduled second."""
    assert timestamp > 0
    done = rebuilding.rebuild()
    _log.info("hotspots_rebuilt", matters=done.matters, hotspots=done.hotspots, expired=done.expired)
