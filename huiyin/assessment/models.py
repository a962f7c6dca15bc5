"""群众评议台账: one entry per rating that was given, appended from the journal."""

from django.db import models

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Grade, Rater
from huiyin.people.models import Unit


class Entry(models.Model):
    """One rating as it was given: a later entry of the same rater in the same round takes its place in the count."""

    event_id = models.BigIntegerField(unique=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    area_path = models.CharField(max_length=120, db_collation="C")
    round = models.PositiveSmallIntegerField()
    rater = models.CharField(max_length=16, choices=Rater)
    grade = models.PositiveSmallIntegerField(choices=Grade)
    entry = models.CharField(max_length=6)
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ("-event_id",)
        indexes = [
            models.Index(fields=("appeal", "rater", "-event_id"), name="ledger_appeal_rater"),
            models.Index(fields=("unit", "-event_id"), name="ledger_unit"),
            models.Index(fields=("area_path", "-event_id"), name="ledger_area"),
            models.Index(fields=("rated_at",), name="ledger_rated_at"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.rater} {self.grade}"
