"""Suggestions and what people chose instead, the readers that made them, and since when each one served."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.triage.rules import Verdict


class Aspect(models.TextChoices):
    """What is suggested about a matter."""

    CATEGORY = "category", _("事项分类")
    KIND = "kind", _("类型")
    URGENCY = "urgency", _("急不急")
    UNIT = "unit", _("承办单位")
    PLACE = "place", _("地点")


LEARNED = (Aspect.CATEGORY, Aspect.KIND, Aspect.URGENCY)


class Reader(models.Model):
    """读件模型: what was learned from closed appeals about one aspect, and how it compared with the one that served.

    `closed_count` is how many closed appeals there were, `lessons_count` how many of them taught. A reader that did
    not go live keeps its figures and no file.
    """

    class Outcome(models.TextChoices):
        LIVE = Verdict.LIVE.value, _("不比原来的差，已上线")
        WORSE = Verdict.WORSE.value, _("不如原来的，没有上线")
        TOO_FEW = Verdict.TOO_FEW.value, _("近一个月可比的太少，没有上线")
        PINNED = Verdict.PINNED.value, _("有人指定了模型，没有自动上线")

    aspect = models.CharField(max_length=8, choices=Aspect)
    trained_at = models.DateTimeField()
    closed_count = models.PositiveIntegerField()
    lessons_count = models.PositiveIntegerField()
    labels_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    learned = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    held_out_count = models.PositiveIntegerField()
    right_count = models.PositiveIntegerField()
    live_right_count = models.PositiveIntegerField()
    compared_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(right_count__lte=models.F("held_out_count"))
                & Q(live_right_count__lte=models.F("held_out_count")),
                name="reader_is_right_on_held_out_appeals_only",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.aspect}"


class Service(models.Model):
    """上线记录: from when a reader (or, without one, the starter) spoke for an aspect; appended, never edited."""

    aspect = models.CharField(max_length=8, choices=Aspect)
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="services")
    since = models.DateTimeField()
    is_pinned = models.BooleanField(default=False)
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=("aspect", "-id"), name="service_aspect")]

    def __str__(self) -> str:
        return f"{self.aspect} {self.reader_id or 'starter'}"


class Suggestion(models.Model):
    """What was suggested about one aspect of one matter, and what a person chose; no word about who chose.

    `rank` is the place of what was chosen among the choices (0 the best), null when it was not among them.
    """

    appeal_id = models.BigIntegerField()
    area_path = models.CharField(max_length=120, db_collation="C")
    aspect = models.CharField(max_length=8, choices=Aspect)
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, related_name="+")
    best = models.CharField(max_length=40, blank=True)
    probability = models.FloatField()
    choices = models.JSONField()
    abstains = models.BooleanField()
    suggested_at = models.DateTimeField()
    chosen = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("appeal_id", "aspect"), name="one_suggestion_per_aspect"),
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="suggestion_states_a_probability"
            ),
            models.CheckConstraint(
                condition=Q(chosen="", settled_at__isnull=True) | Q(chosen__gt="", settled_at__isnull=False),
                name="settled_suggestion_names_what_was_chosen",
            ),
        ]
        indexes = [
            models.Index(
                fields=("aspect", "settled_at"), condition=Q(settled_at__isnull=False), name="suggestion_settled"
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.aspect} {self.best}"
