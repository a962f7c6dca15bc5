"""Jobs of the journal: reactions run after commit, deferred in the transaction of their event."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.journal import reactions
from huiyin.journal.models import Event


@app.task(
    name="journal.react",
    queue="reactions",
    retry=RetryStrategy(max_attempts=reactions.MAX_ATTEMPTS, exponential_wait=3),
)
def react(event_id: int) -> None:
    """Give one event to its reactions; a failure is tried again with growing waits, then stays stuck on its page."""
    reactions.deliver(Event.objects.get(pk=event_id))


class _Inline:
    """Holds the events of a replay, whose reactions run under the moved clock instead of in the worker."""

    held: list[Event] | None = None


def defer_reactions(event: Event) -> None:
    """Defer the reactions to an event; the job is part of the transaction and is rolled back with it."""
    if _Inline.held is not None:
        _Inline.held.append(event)
        return
    react.defer(event_id=event.pk)


def hold_reactions() -> None:
    """From now on keep events in this process instead of the queue (replay, demo, tests)."""
    _Inline.held = []


def run_held_reactions() -> int:
    """Run what was held, at the instant the clock shows; returns how many events were given."""
    given = 0
    while _Inline.held:
        events, _Inline.held = _Inline.held, []
        for event in events:
            reactions.deliver(event)
            given += 1
    return given


def release_reactions() -> None:
    """Go back to the queue."""
    _Inline.held = None
