"""The only writer of attachments."""

from collections.abc import Iterable

from huiyin.attachments import store
from huiyin.attachments.checks import Checked
from huiyin.attachments.models import Attachment
from huiyin.kernel import clock
from huiyin.people.actors import Actor


def keep(
    actor: Actor,
    files: Iterable[Checked],
    *,
    kind: str,
    subject_id: int,
    purpose: str,
    masked_from_id: int | None = None,
) -> list[Attachment]:
    """Keep checked files with a subject, in the caller's transaction; bytes are stored before the row."""
    rows = [
        Attachment(
            subject_kind=kind,
            subject_id=subject_id,
            purpose=purpose,
            name=file.name,
            media_type=file.media_type,
            size_bytes=len(file.data),
            sha256=store.put(file.data),
            width=file.width,
            height=file.height,
            masked_from_id=masked_from_id,
            kept_by_id=actor.user_id,
            kept_at=clock.now(),
        )
        for file in files
    ]
    return Attachment.objects.bulk_create(rows) if rows else []
