"""What is known of a stored file; its bytes lie in the file store under their SHA-256."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import User


class Attachment(models.Model):
    """One file of one matter: said with it, answered with it, or evidence of a delivery."""

    class Purpose(models.TextChoices):
        SAID = "said", _("诉求照片")
        SCAN = "scan", _("纸质件扫描")
        REPLY = "reply", _("办理结果照片")
        EVIDENCE = "evidence", _("送达或评议凭证")
        MASKED = "masked", _("已遮盖的公示照片")

    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    event_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    masked_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="masked_copies")
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("subject_kind", "subject_id"), name="attachment_subject")]
        constraints = [models.CheckConstraint(condition=Q(size_bytes__gt=0), name="attachment_is_not_empty")]

    def __str__(self) -> str:
        return self.name
