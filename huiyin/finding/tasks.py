"""Jobs of finding: every night it is counted anew which pairs of signs are common."""

from procrastinate.contrib.django import app

from huiyin.finding import workflow


@app.periodic(cron="23 3 * * *")
@app.task(name="finding.weigh", queue="limits", queueing_lock="finding.weigh", pass_context=False)
def weigh(timestamp: int) -> None:
    """Weigh; `timestamp` is the scheduled second."""
    assert timestamp > 0
    workflow.weigh()
