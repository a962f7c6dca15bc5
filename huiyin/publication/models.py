"""公示: the notice of one matter, from the machine's draft to what a second person released."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.appeals.models import Appeal
from huiyin.people.models import User


class Notice(models.Model):
    """One public notice; nothing of it is public before it is released by somebody who did not prepare it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待整理")
        PREPARED = "prepared", _("待第二人核对")
        RELEASED = "released", _("已公示")
        WITHHELD = "withheld", _("不公开")

    class Reason(models.TextChoices):
        SECRET = "secret", _("涉及秘密")
        PRIVACY = "privacy", _("涉及隐私")
        THIRD_PARTY = "third_party", _("涉及第三方权益")
        MINOR = "minor", _("涉及未成年人")
        STABILITY = "stability", _("公开可能影响稳定")

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="notice")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    said = models.TextField()
    answer = models.TextField()
    area_path = models.CharField(max_length=120, db_collation="C")
    drafted_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withheld_reason = models.CharField(max_length=12, choices=Reason, blank=True)

    class Meta:
        ordering = ("-released_at",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(released_at__isnull=False, released_by__isnull=False, prepared_by__isnull=False),
                name="released_notice_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("prepared_by")),
                name="release_is_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | Q(withheld_reason__gt=""), name="withheld_notice_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=("area_path", "-released_at"), condition=Q(state="released"), name="notice_released_area"
            ),
            models.Index(fields=("-released_at",), condition=Q(state="released"), name="notice_released"),
            models.Index(fields=("area_path",), condition=Q(state__in=("draft", "prepared")), name="notice_waiting"),
        ]

    def __str__(self) -> str:
        return self.title
