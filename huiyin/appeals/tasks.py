"""Jobs of the appeals: what limits do by themselves, every five minutes."""

from procrastinate.contrib.django import app

from huiyin.appeals.workflow import closing


@app.periodic(cron="*/5 * * * *")
@app.task(name="appeals.sweep", queue="limits", queueing_lock="appeals.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Run the limits that act by themselves; `timestamp` is the scheduled second, the clock decides."""
    assert timestamp > 0
    closing.sweep()
