"""Jobs of the appeals: what limits do by themselves, and what is read of new matters some at a time."""

from procrastinate.contrib.django import app

from huiyin.appeals import reading
from huiyin.appeals.workflow import closing


@app.periodic(cron="*/5 * * * *")
@app.task(name="appeals.sweep", queue="limits", queueing_lock="appeals.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Run the limits that act by themselves; `timestamp` is the scheduled second, the clock decides."""
    assert timestamp > 0
    closing.sweep()


@app.periodic(cron="* * * * * */5")
@app.task(name="appeals.suggest_new", queue="reading", queueing_lock="appeals.suggest_new", pass_context=False)
def suggest_new(timestamp: int) -> None:
    """Every five seconds read what came in, so that suggestions are there when somebody opens it."""
    assert timestamp > 0
    reading.suggest_new()


@app.periodic(cron="*/3 * * * *")
@app.task(name="appeals.join_new", queue="reading", queueing_lock="appeals.join_new", pass_context=False)
def join_new(timestamp: int) -> None:
    """Every three minutes let new matters join their hotspots."""
    assert timestamp > 0
    reading.join_new()
