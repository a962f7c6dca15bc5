"""What of an appeal is found by words: subject, detail and place; who reaches it, and whether it is open."""

from collections.abc import Iterator

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import ENDED
from huiyin.finding import sources
from huiyin.finding import workflow as finding
from huiyin.finding.sources import Said, Source

KIND = "appeal"
_COLUMNS = ("pk", "subject", "detail", "place_text", "area_path", "lead_unit_id", "collector_id", "stage")


def keep(appeal: Appeal) -> None:
    """Let a registered appeal be found at once, in the transaction of its registration."""
    finding.keep(KIND, _said(*(getattr(appeal, column) for column in _COLUMNS)))


def refresh(pk: int) -> None:
    """Let an appeal be found by what it says now and by those who reach it now; safe to run twice."""
    finding.refresh(KIND, pk)


def _said(
    pk: int,
    subject: str,
    detail: str,
    place_text: str,
    area_path: str,
    lead_unit_id: int | None,
    collector_id: int | None,
    stage: str,
) -> Said:
    said = (subject, detail, place_text)
    return Said(pk, said, area_path, lead_unit_id, collector_id, is_open=stage not in ENDED)


def _read(first: int, last: int) -> Iterator[Said]:
    found = Appeal.objects.filter(pk__range=(first, last)).order_by("pk")
    return (_said(*row) for row in found.values_list(*_COLUMNS))


def _newest() -> int:
    return Appeal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


sources.register(Source(KIND, _read, Appeal.objects.count, _newest))
