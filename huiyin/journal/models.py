"""Events that are never changed or deleted, and what reactions made of them."""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One fact: a verb done by somebody to a subject. Holds no personal data; the database refuses change."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=48)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24, blank=True)
    data = models.JSONField(default=dict)
    salt = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=("subject_kind", "subject_id", "id"), name="event_of_subject"),
            models.Index(fields=("verb", "at"), name="event_verb_at"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"


class Delivery(models.Model):
    """That one reaction to one event has been done; written in the transaction of what it did."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=80)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("event", "reaction"), name="one_delivery_per_reaction")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.reaction}"


class Failure(models.Model):
    """A reaction that did not succeed yet; stuck once its tries are used up, until somebody retries it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="failures")
    reaction = models.CharField(max_length=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120)
    failed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("event", "reaction"), name="one_failure_per_reaction")]
        indexes = [
            models.Index(fields=("failed_at",), condition=Q(resolved_at__isnull=True), name="failure_unresolved")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.reaction}: {self.error}"
