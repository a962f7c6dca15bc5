"""Users, units, studios and posts; contact data in a table of its own, encrypted."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.roles import Role
from huiyin.territory.models import Area


class User(AbstractBaseUser):
    """A person who logs in; what they may do comes from posts alone."""

    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A body that handles matters or directs them: department, utility, office, committee."""

    class Kind(models.TextChoices):
        WORK_DEPARTMENT = "work_department", _("群众工作部门")
        DEPARTMENT = "department", _("职能部门")
        UTILITY = "utility", _("公共服务单位")
        SUBDISTRICT_OFFICE = "subdistrict_office", _("街道办事处")
        COMMUNITY_COMMITTEE = "community_committee", _("社区居委会")

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="units")
    phone = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Studio(models.Model):
    """民意表达工作室: the counter of a community, with address, phone and opening hours for everyone."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="studios")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    opening_hours = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("area__path",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """岗: a role of one person over one territory or in one unit, from a date on (A 岗 first, B 岗 second)."""

    class Rank(models.TextChoices):
        FIRST = "first", _("A岗")
        SECOND = "second", _("B岗")

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="posts")
    rank = models.CharField(max_length=6, choices=Rank, default=Rank.FIRST)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, unit__isnull=True) | Q(area__isnull=True, unit__isnull=False),
                name="post_has_an_area_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=("role", "area"), name="post_role_area")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Contact(models.Model):
    """How to reach one petitioner about one matter: sealed values, masked forms for lists, a blind index."""

    sealed_name = models.BinaryField()
    sealed_phone = models.BinaryField()
    sealed_address = models.BinaryField()
    masked_name = models.CharField(max_length=40)
    masked_phone = models.CharField(max_length=20, blank=True)
    name_digest = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    purpose = models.CharField(max_length=80)
    collected_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("phone_digest",), name="contact_phone_digest")]

    def __str__(self) -> str:
        return self.masked_name


class ContactReading(models.Model):
    """One reading of contact data in clear: who, when, for what purpose."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("-read_at",)
        constraints = [models.CheckConstraint(condition=Q(purpose__gt=""), name="contact_reading_has_purpose")]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.read_at:%Y-%m-%d}"
