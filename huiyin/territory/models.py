"""Areas of the district as a tree with validity, and the days on which the offices work."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Area(models.Model):
    """One piece of territory; its path is the index range of everything below it (C collation)."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("区")
        SUBDISTRICT = "subdistrict", _("街道")
        COMMUNITY = "community", _("社区")
        GRID = "grid", _("网格")
        ESTATE = "estate", _("小区")
        BUILDING = "building", _("楼栋")

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=120, unique=True, db_collation="C")
    full_name = models.CharField(max_length=200)
    estate = models.ForeignKey("self", models.PROTECT, null=True, related_name="buildings")
    address = models.CharField(max_length=200, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list)
    households = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    outline = models.JSONField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        ordering = ("path",)
        constraints = [
            models.CheckConstraint(condition=Q(path__endswith="/"), name="area_path_ends_with_slash"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="area_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind="district"), name="only_a_district_has_no_parent"
            ),
        ]
        indexes = [models.Index(fields=("kind", "path"), name="area_kind_path")]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The place as people call it: a building with its estate, everything else by its own name."""
        return self.full_name if self.kind == self.Kind.BUILDING else self.name

    @property
    def label(self) -> str:
        """The place as people call it, with its community; reads the areas above it."""
        above = self.estate.parent if self.estate else self.parent
        return f"{self.called}（{above.name}）" if above is not None else self.called


class CalendarYear(models.Model):
    """A year whose holiday notice is loaded; without it no working day of that year is counted."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is off, or a weekend day on which the offices work (调休上班)."""

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        WORK = "work", _("调休上班")

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class OfficeHours(models.Model):
    """One span of the working day from a date on; limits in working hours count inside these spans."""

    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()

    class Meta:
        ordering = ("valid_from", "opens")
        constraints = [models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="office_closes_after_it_opens")]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"
