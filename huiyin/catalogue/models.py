"""Rules as rows: each names its source and mark and holds from a date on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Unit


def spoken(name: str, name_en: str) -> str:
    """A name of the catalogue in the language of the page."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


class Mark(models.TextChoices):
    """How sure a rule is; a [DEF] default is never shown as law."""

    SRC = "SRC", _("有出处")
    FRAG = "FRAG", _("见于节录，引用前核对")
    MEM = "MEM", _("待核实")
    DEF = "DEF", _("本系统默认值，可改")


class AppealType(models.TextChoices):
    """诉求类型 (source: 北京市接诉即办工作条例 第2条; praise: DB12/T 1438-2025)."""

    INQUIRY = "inquiry", _("咨询")
    HELP = "help", _("求助")
    COMPLAINT = "complaint", _("投诉")
    REPORT = "report", _("举报")
    SUGGESTION = "suggestion", _("建议")
    PRAISE = "praise", _("表扬")


class Track(models.TextChoices):
    """程序类型: which set of limits and forms a matter follows."""

    COMMUNITY_ORDER = "community_order", _("社区工单")
    PETITION = "petition", _("信访程序")
    SUGGESTION = "suggestion", _("建议")
    MISCONDUCT_REPORT = "misconduct_report", _("检举控告")
    MEDIATION = "mediation", _("人民调解")
    ADMISSION = "admission", _("任务准入")
    EMERGENCY = "emergency", _("紧急")


class Urgency(models.TextChoices):
    """紧急程度."""

    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("紧急")
    CRITICAL = "critical", _("特急")


class Channel(models.Model):
    """受理渠道: how a matter came in; paper and voice count like the web."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    is_paper = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return spoken(self.name, self.name_en)


class Category(models.Model):
    """事项分类 in three levels; keywords are the starter lexicon of the first day."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    keywords = models.CharField(max_length=400, blank=True)
    on_community_list = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return spoken(self.name, self.name_en)


class DispatchRule(models.Model):
    """One line of the 派单目录: who leads a category — a unit, or the office or committee of the place — and why."""

    class Scope(models.TextChoices):
        UNIT = "unit", _("职能部门")
        SUBDISTRICT = "subdistrict", _("所在街道办事处")
        COMMUNITY = "community", _("所在社区居委会")

    category = models.ForeignKey(Category, models.PROTECT, related_name="dispatch_rules")
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.UNIT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=4, choices=Mark)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(scope="unit") | Q(unit__isnull=False), name="dispatch_rule_names_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} → {self.unit or self.get_scope_display()}"


class TimeLimit(models.Model):
    """时限: one version of one limit (codes L01–L26) for a track, type and urgency; blank matches any."""

    class Unit(models.TextChoices):
        WORKDAYS = "wd", _("工作日")
        DAYS = "d", _("日")
        WORK_HOURS = "wh", _("工作小时")
        HOURS = "h", _("小时")
        MINUTES = "min", _("分钟")
        NOW = "now", _("即时")

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    track = models.CharField(max_length=20, choices=Track, blank=True)
    appeal_type = models.CharField(max_length=12, choices=AppealType, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=3, choices=Unit)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=4, choices=Mark)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("code", "track", "appeal_type", "urgency")
        constraints = [
            models.UniqueConstraint(
                fields=("code", "track", "appeal_type", "urgency", "valid_from"), name="one_version_of_a_limit_per_date"
            ),
            models.CheckConstraint(condition=Q(source__gt=""), name="limit_names_its_source"),
            models.CheckConstraint(condition=Q(unit="now") | Q(amount__gt=0), name="limit_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {spoken(self.name, self.name_en)}"


class RefusalCode(models.Model):
    """不予受理 or 告知法定途径: one listed ground (N01–N08), its script, whether a place to go must be named."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    script = models.TextField()
    script_en = models.TextField()
    is_redirect = models.BooleanField(default=False)
    needs_place = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=4, choices=Mark)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {spoken(self.name, self.name_en)}"


class LetterTemplate(models.Model):
    """A letter's wording with named places, one version per date."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    body = models.TextField()
    body_en = models.TextField()
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("code", "valid_from"), name="one_letter_version_per_date")]

    def __str__(self) -> str:
        return self.name
