"""The rows of an appeal and of everything that belongs to it alone; private to the package."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.appeals.stages import ENDED, Grade, OrderStage, Outcome, Party, Rater, Result, Stage, Way
from huiyin.catalogue.models import AppealType, Category, Channel, RefusalCode, TimeLimit, Track, Urgency
from huiyin.people.models import Contact, Studio, Unit, User
from huiyin.territory.models import Area


class BoxOpening(models.Model):
    """One opening of an opinion box: two people, the seal's number, how many slips lay in it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    first_opener = models.ForeignKey(User, models.PROTECT, related_name="+")
    second_opener = models.ForeignKey(User, models.PROTECT, related_name="+")
    seal_number = models.CharField(max_length=40)
    slips_count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_opener=F("second_opener")), name="box_is_opened_by_two"),
            models.CheckConstraint(condition=Q(seal_number__gt=""), name="box_opening_has_a_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.opened_at:%Y-%m-%d}"


class Appeal(models.Model):
    """诉求: one matter, one number."""

    number = models.CharField(max_length=12, unique=True)
    submission_key = models.UUIDField(unique=True)
    submission_digest = models.BinaryField()
    code_version = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    stage = models.CharField(max_length=16, choices=Stage)
    subject = models.CharField(max_length=60)
    detail = models.TextField()
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    box_opening = models.ForeignKey(BoxOpening, models.PROTECT, null=True, related_name="appeals")
    appeal_type = models.CharField(max_length=12, choices=AppealType, blank=True)
    track = models.CharField(max_length=20, choices=Track, default=Track.COMMUNITY_ORDER)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120, db_collation="C")
    place_text = models.CharField(max_length=200, blank=True)
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="+")
    is_anonymous = models.BooleanField(default=False)
    persons_count = models.PositiveSmallIntegerField(default=1)
    proxy_note = models.CharField(max_length=120, blank=True)
    feedback_way = models.CharField(max_length=8, choices=Way, blank=True)
    collector = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="+")
    first_receiver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    keeper = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    supervised_at = models.DateTimeField(null=True)
    answer_started_at = models.DateTimeField()
    answer_limit = models.ForeignKey(TimeLimit, models.PROTECT, related_name="+")
    answer_due_on = models.DateField()
    answer_due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    stage_since = models.DateTimeField()
    stage_due_at = models.DateTimeField(null=True)
    stage_amber_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    redo_count = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=16, choices=Result, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=ENDED) | Q(outcome__gt="", closed_at__isnull=False),
                name="closed_appeal_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=("satisfied", "unrated", "unsatisfied", "nobody_to_rate"))
                | Q(answered_at__isnull=False),
                name="closed_appeal_has_answer",
            ),
            models.CheckConstraint(condition=Q(detail__gt=""), name="appeal_says_something"),
            models.CheckConstraint(
                condition=~Q(stage__in=("dispatched", "handling", "reply_review", "rework"))
                | Q(lead_unit__isnull=False),
                name="appeal_at_a_unit_has_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(contact__isnull=True), name="anonymous_has_no_contact"
            ),
        ]
        indexes = [
            models.Index(
                fields=("area_path", "stage_due_at"), condition=~Q(stage__in=ENDED), name="appeal_open_area_due"
            ),
            models.Index(
                fields=("keeper", "stage_due_at"), condition=~Q(stage__in=ENDED), name="appeal_open_keeper_due"
            ),
            models.Index(
                fields=("lead_unit", "stage_due_at"), condition=~Q(stage__in=ENDED), name="appeal_open_unit_due"
            ),
            models.Index(fields=("collector", "-id"), condition=Q(collector__isnull=False), name="appeal_of_collector"),
            models.Index(fields=("stage_due_at", "id"), condition=~Q(stage__in=ENDED), name="appeal_open_due"),
            models.Index(fields=("area_path", "-id"), name="appeal_area_id"),
            models.Index(fields=("area_path", "-registered_at"), name="appeal_area_registered"),
            models.Index(fields=("registered_at",), name="appeal_registered"),
            models.Index(fields=("closed_at",), condition=Q(closed_at__isnull=False), name="appeal_closed"),
            models.Index(fields=("first_due_at",), name="appeal_first_due"),
            models.Index(fields=("accepted_at",), condition=Q(accepted_at__isnull=False), name="appeal_accepted"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Remark(models.Model):
    """Words said in the course of an appeal, by whom, and whether the petitioner reads them; never edited."""

    class Kind(models.TextChoices):
        INFO_REQUEST = "info_request", _("告知补正")
        REMINDER = "reminder", _("提醒补正")
        INFO_SUPPLIED = "info_supplied", _("补正内容")
        REDIRECTION = "redirection", _("告知法定途径")
        REFUSAL = "refusal", _("不予受理理由")
        ANSWER = "answer", _("当场答复")
        DISPATCH = "dispatch", _("派单说明")
        CONTACT = "contact", _("先行联系")
        REVIEW = "review", _("审核意见")
        REDO = "redo", _("重办要求")
        CLOSING = "closing", _("办结说明")
        WITHDRAWAL = "withdrawal", _("撤回原因")
        TRIAGE = "triage", _("受理说明")
        NOTE = "note", _("内部备注")

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.TextField()
    ground = models.ForeignKey(RefusalCode, models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    event_id = models.BigIntegerField(null=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("appeal", "kind"), name="remark_appeal_kind")]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.kind}"


class Assignment(models.Model):
    """派单: an appeal with one unit; exactly one lead is open at a time."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=True)
    stage = models.CharField(max_length=10, choices=OrderStage, default=OrderStage.SENT)
    reason = models.CharField(max_length=300)
    limit = models.ForeignKey(TimeLimit, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sign_due_at = models.DateTimeField()
    contact_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    is_signed_by_system = models.BooleanField(default=False)
    contacted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("appeal",),
                condition=Q(is_lead=True) & ~Q(stage__in=("done", "cancelled")),
                name="one_open_lead_per_appeal",
            )
        ]
        indexes = [models.Index(fields=("unit", "sent_at"), name="assignment_unit_sent")]

    def __str__(self) -> str:
        return f"{self.appeal_id} → {self.unit_id}"


class Reply(models.Model):
    """办理结果 of one round as the unit submitted it, and what the reviewer said of it."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("待审核")
        PASSED = "passed", _("审核通过")
        FAILED = "failed", _("审核退回")

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="replies")
    round = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=16, choices=Result)
    text = models.TextField()
    late_reason = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=Q(text__gt=""), name="reply_says_something")]
        indexes = [models.Index(fields=("appeal", "round"), name="reply_appeal_round")]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.round}"

    @property
    def is_late(self) -> bool:
        """Whether it was submitted after the limit had ended."""
        return self.submitted_at >= self.due_at


class Slip(models.Model):
    """四方反馈单: one party's slip of one round, with how it was delivered and the evidence."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="slips")
    round = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=16, choices=Party)
    way = models.CharField(max_length=8, choices=Way, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    attachment_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("appeal", "round", "party"), name="one_slip_per_party_and_round"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(evidence__gt="") | Q(note__gt=""),
                name="delivered_slip_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.party}"


class RatingRound(models.Model):
    """One round of rating: from the delivery to the first 不满意, to both ratings, or to the end of the window."""

    class End(models.TextChoices):
        DISSATISFIED = "dissatisfied", _("有人不满意")
        ALL_RATED = "all_rated", _("都已评议")
        EXPIRED = "expired", _("期满")

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="rating_rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    invites_petitioner = models.BooleanField()
    invites_representative = models.BooleanField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, choices=End, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("appeal", "number"), name="one_rating_round_per_number")]
        indexes = [models.Index(fields=("ends_at",), condition=Q(ended_at__isnull=True), name="rating_round_open")]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.number}"


class Rating(models.Model):
    """评议 of one rater in one round; 未评价 is the absence of the row, never a grade."""

    class Entry(models.TextChoices):
        WEB = "web", _("本人网上评议")
        PAPER = "paper", _("纸质代录")
        PHONE = "phone", _("电话代录")

    round = models.ForeignKey(RatingRound, models.PROTECT, related_name="ratings")
    rater = models.CharField(max_length=16, choices=Rater)
    grade = models.PositiveSmallIntegerField(choices=Grade)
    remark = models.TextField(blank=True)
    entry = models.CharField(max_length=6, choices=Entry)
    evidence = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("round", "rater"), name="one_rating_per_rater_and_round"),
            models.CheckConstraint(
                condition=Q(entry="web") | (Q(evidence__gt="") & Q(entered_by__isnull=False)),
                name="entered_rating_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.rater} {self.grade}"
