"""Every read of attachments; the caller has checked that the actor sees the subject."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import Q, QuerySet

from huiyin.attachments.models import Attachment
from huiyin.kernel.errors import N_, NotFound
from huiyin.rows import NO_ROW, Kept


@cache
def _of_kind(kind: str) -> Kept[int, Attachment]:
    return Kept(lambda pk: Attachment.objects.filter(subject_kind=kind, subject_id=pk), mark=NO_ROW)


def of_subject(kind: str, subject_id: int) -> list[Attachment]:
    """The files of one subject, oldest first."""
    return _of_kind(kind).of(subject_id)


def of_subjects(kind: str, subject_ids: Iterable[int]) -> QuerySet[Attachment]:
    """The files of several subjects of one kind, oldest first."""
    return Attachment.objects.filter(subject_kind=kind, subject_id__in=list(subject_ids))


def of_each(subjects: Mapping[str, Iterable[int]]) -> QuerySet[Attachment]:
    """The files of subjects of several kinds in one query, oldest first."""
    wanted = Q(pk__in=[])
    for kind, subject_ids in subjects.items():
        wanted |= Q(subject_kind=kind, subject_id__in=list(subject_ids))
    return Attachment.objects.filter(wanted)


def attachment(pk: int) -> Attachment:
    """One file; raises NotFound."""
    found = Attachment.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("unknown_file", N_("没有找到这个文件。"))
    return found


def digests(pks: Iterable[int]) -> list[str]:
    """The SHA-256 of some files, in the order of their ids: what an event's hash covers of them."""
    return list(Attachment.objects.filter(pk__in=list(pks)).order_by("pk").values_list("sha256", flat=True))
