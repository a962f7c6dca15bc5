"""Messages to staff in the app and to petitioners by the way they chose, each with its state."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Contact, User


class Message(models.Model):
    """One message; `key` makes it one, however often the reaction that sends it runs."""

    class Way(models.TextChoices):
        APP = "app", _("站内")
        PHONE = "phone", _("电话告知")
        LETTER = "letter", _("书面")

    class State(models.TextChoices):
        WAITING = "waiting", _("待送达")
        DELIVERED = "delivered", _("已送达")
        READ = "read", _("已读")

    key = models.CharField(max_length=80, unique=True)
    to_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="messages")
    to_contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="messages")
    way = models.CharField(max_length=6, choices=Way)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    template = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    area_path = models.CharField(max_length=120, db_collation="C", blank=True)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user__isnull=False, to_contact__isnull=True)
                | Q(to_user__isnull=True, to_contact__isnull=False),
                name="message_has_one_receiver",
            ),
        ]
        indexes = [
            models.Index(fields=("to_user", "state", "-created_at"), name="message_of_user"),
            models.Index(fields=("subject_kind", "subject_id"), name="message_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.get_state_display()}"
