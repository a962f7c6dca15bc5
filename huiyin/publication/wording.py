"""What of a notice is found by words: title, place, what was said and what was done, as long as it is public."""

from collections.abc import Iterator

from huiyin.finding import sources
from huiyin.finding import workflow as finding
from huiyin.finding.sources import Said, Source
from huiyin.publication.models import Notice

KIND = "notice"
_COLUMNS = ("pk", "area_path", "answer", "title", "said", "place")


def refresh(pk: int) -> None:
    """Let a notice be found while it is released, and no longer, in the transaction of its release or retraction."""
    finding.refresh(KIND, pk)


def _read(first: int, last: int) -> Iterator[Said]:
    found = Notice.objects.filter(pk__range=(first, last), state=Notice.State.RELEASED).order_by("pk")
    rows = found.values_list(*_COLUMNS)
    return (Said(pk, tuple(parts), area_path, more=answer) for pk, area_path, answer, *parts in rows)


def _count() -> int:
    return Notice.objects.filter(state=Notice.State.RELEASED).count()


def _newest() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


sources.register(Source(KIND, _read, _count, _newest))
