"""The names of the stages, outcomes and events of an appeal (machine D1) and of the stages of an assignment (D2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where an appeal is; things that are not where it is (published, overdue, supervised) are no stages."""

    REGISTERED = "registered", _("已登记")
    INFO_NEEDED = "info_needed", _("待补正")
    REDIRECTED = "redirected", _("已告知")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    ACCEPTED = "accepted", _("已受理")
    ANSWERED_ON_SPOT = "answered_on_spot", _("当场办结")
    DISPATCHED = "dispatched", _("已派单待签收")
    HANDLING = "handling", _("办理中")
    REPLY_REVIEW = "reply_review", _("答复待审")
    FEEDBACK_DUE = "feedback_due", _("待反馈")
    RATING = "rating", _("待评议")
    REWORK = "rework", _("重办")
    CLOSED = "closed", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤回")
    TERMINATED = "terminated", _("终止办理")
    ARCHIVED = "archived", _("已归档")


ENDED = (Stage.CLOSED, Stage.ARCHIVED)
AT_THE_UNIT = (Stage.DISPATCHED, Stage.HANDLING, Stage.REWORK)

# Events that several packages react to; a test compares them with the step table, which stands above the stages.
RATED = ("appeal.rate", "appeal.rate_collected", "appeal.rate_on_paper")
MAY_HAVE_CLOSED = (*RATED, "appeal.close", "appeal.close_unsatisfied")


class Outcome(models.TextChoices):
    """How a closed appeal ended; counting excludes all but the first four (statistics F0)."""

    SATISFIED = "satisfied", _("评议通过")
    UNRATED = "unrated", _("期满未评")
    UNSATISFIED = "unsatisfied", _("不满意但已尽办")
    NOBODY_TO_RATE = "nobody_to_rate", _("匿名，已公告")
    REDIRECTED = "redirected", _("已告知法定途径")
    REFUSED = "refused", _("不予受理")
    WITHDRAWN = "withdrawn", _("撤回")
    TERMINATED = "terminated", _("终止")


COUNTED_OUTCOMES = (Outcome.SATISFIED, Outcome.UNRATED, Outcome.UNSATISFIED, Outcome.NOBODY_TO_RATE)


class Result(models.TextChoices):
    """办理结果: one of four."""

    RESOLVED = "resolved", _("已解决")
    PARTLY = "partly", _("部分解决")
    EXPLAINED = "explained", _("解释说明")
    NOT_SUPPORTED = "not_supported", _("不予支持")


class OrderStage(models.TextChoices):
    """Where an assignment (派单) is; lateness is read from its due instant."""

    SENT = "sent", _("已派出")
    SIGNED = "signed", _("已签收")
    CONTACTED = "contacted", _("已先行联系")
    DONE = "done", _("已反馈结果")
    CANCELLED = "cancelled", _("已撤单")


class Party(models.TextChoices):
    """The four parties of the feedback (source: seed 001)."""

    ASKER = "asker", _("诉求人")
    REPRESENTATIVE = "representative", _("收集代表")
    STUDIO = "studio", _("民意表达工作室")
    WORK_DEPARTMENT = "work_department", _("群众工作部")


class Way(models.TextChoices):
    """How a slip was delivered, each with its evidence."""

    PHONE = "phone", _("电话")
    SMS = "sms", _("短信")
    VISIT = "visit", _("上门")
    PAPER = "paper", _("书面")
    ONLINE = "online", _("网上查阅")
    INTERNAL = "internal", _("站内送达")
    BOARD = "board", _("公告栏公布")
    NONE = "none", _("无")


class Grade(models.IntegerChoices):
    """评定等级 (source: 好差评, five grades)."""

    VERY_SATISFIED = 5, _("非常满意")
    SATISFIED = 4, _("满意")
    BASICALLY = 3, _("基本满意")
    DISSATISFIED = 2, _("不满意")
    VERY_DISSATISFIED = 1, _("非常不满意")


class Rater(models.TextChoices):
    """The two raters of every answer (source: seed 001)."""

    PETITIONER = "petitioner", _("诉求人")
    REPRESENTATIVE = "representative", _("代表")
