"""Jobs of the appeals: what limits do by themselves, and what is read of new matters some at a time."""

from procrastinate.contrib.django import app

from huiyin.appeals import reading
from huiyin.appeals.workflow import closing
from huiyin.journal import beside


@app.periodic(cron="*/5 * * * *")
@app.task(name="appeals.sweep", queue="limits", queueing_lock="appeals.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Run the limits that act by themselves; `timestamp` is the scheduled second, the clock decides."""
    assert timestamp > 0
    closing.sweep()


@app.periodic(cron="* * * * * */5")
@app.task(name="appeals.suggest_new", queue="limits", queueing_lock="appeals.suggest_new", pass_context=False)
def suggest_new(timestamp: int) -> None:
    """Every five seconds read what came in, so that suggestions are there when somebody opens it."""
    assert timestamp > 0
    reading.suggest_new()


@app.periodic(cron="*/15 * * * *")
@app.task(name="appeals.grow_hotspots", queue="limits", queueing_lock="appeals.grow_hotspots", pass_context=False)
def grow_hotspots(timestamp: int) -> None:
    """Every quarter of an hour bring the hotspots up to date, beside the worker: it takes memory."""
    assert timestamp > 0
    if reading.is_behind():
        beside.run("hotspots", "grow", "--for-worker")


@app.periodic(cron="10 19 * * *")
@app.task(name="appeals.rebuild_hotspots", queue="limits", queueing_lock="appeals.rebuild_hotspots", pass_context=False)
def rebuild_hotspots(timestamp: int) -> None:
    """At 03:10 in China weigh all words anew and gather the matters of a year again; who was missed joins."""
    assert timestamp > 0
    beside.run("hotspots", "grow", "--days", "366", "--rebuild", "--for-worker")
