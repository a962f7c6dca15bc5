"""Hotspots, what is kept of each matter in them, and the yardstick of this house; private to the package."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huiyin.hotspots import rules


class Hotspot(models.Model):
    """热点: one group of matters; its id goes on with the majority of its matters.

    `named_for` is how many matters it had when it was named. `went_into` is the hotspot that took up its matters.
    """

    name = models.CharField(max_length=rules.LONGEST_NAME)
    named_for = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    went_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(went_into__isnull=True) | ~Q(went_into=F("id")), name="hotspot_goes_into_another"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Matter(models.Model):
    """What is kept of one matter: where, when, whose (a digest), masked words, and its grams as numbers.

    `grams` are sorted 8-byte hashes, `in_subject` one bit for each that stands in the subject, `places` the three ways
    of telling a place, as huiyin.text.topics reads them, `marks` its categories at its place, `stamp` chance that
    changes with them. A matter without a hotspot concerns too few people.
    """

    subject_id = models.BigIntegerField(primary_key=True)
    hotspot = models.ForeignKey(Hotspot, models.PROTECT, null=True, related_name="matters")
    area_path = models.CharField(max_length=120, db_collation="C")
    day = models.DateField()
    person = models.CharField(max_length=24)
    likes = models.PositiveIntegerField(default=0)
    wording = models.CharField(max_length=200)
    quote = models.CharField(max_length=100)
    grams = models.BinaryField()
    in_subject = models.BinaryField()
    places = ArrayField(ArrayField(models.CharField(max_length=200)))
    marks = ArrayField(models.CharField(max_length=240), default=list)
    stamp = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(area_path__endswith="/"), name="matter_lies_in_an_area"),
        ]
        indexes = [
            models.Index(
                fields=("area_path", "hotspot"), condition=Q(hotspot__isnull=False), name="matter_in_hotspot_by_area"
            ),
            models.Index(fields=("day",), name="matter_day"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.wording[:20]}"


class Yardstick(models.Model):
    """What is usual among the matters of this house, frozen from one rebuild to the next; one row, locked by writers.

    `grams` (8 bytes each) and `tells` (4 bytes each) are the scale of huiyin.text.topics. `version` changes with the
    scale, `revision` with every change of matters: a process whose memory tells another one reads the rows again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    grams = models.BinaryField()
    tells = models.BinaryField()
    unseen = models.FloatField()
    link = models.FloatField()
    fitted_to = models.PositiveIntegerField()
    fitted_at = models.DateTimeField()
    version = models.UUIDField()
    revision = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_yardstick")]

    def __str__(self) -> str:
        return f"link {self.link:.2f}, fitted to {self.fitted_to} matters"
