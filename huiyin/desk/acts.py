"""What can be done with an appeal at the desk: for each verb its form, its command and the words around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from huiyin.access import policy
from huiyin.appeals import obstacles
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.appeals.steps import STEPS
from huiyin.appeals.workflow import closing, feedback, handling, ratings, triage
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.desk.forms import acts as forms
from huiyin.desk.forms.accepting import AcceptForm
from huiyin.desk.forms.acts import ActForm
from huiyin.kernel.errors import N_, NotAllowed, NotFound, RuleBroken, WrongStage
from huiyin.kernel.steps import Step
from huiyin.people.actors import Actor
from huiyin.triage import workflow as suggestions

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Act:
    """One verb at the desk: its form, its command, what follows from it (`lead`) and what the button says."""

    form: type[ActForm]
    run: Callable[..., None]
    lead: Words
    button: Words


def _accept(actor: Actor, pk: int, *, is_taken: bool, **chosen: Any) -> None:
    triage.accept(actor, pk, **chosen)
    if is_taken:
        suggestions.take(actor, pk)


def _rate_collected(actor: Actor, pk: int, *, grade: int, remark: str, seen_version: int) -> None:
    ratings.rate_collected(actor, pk, Judgement(grade, remark), seen_version=seen_version)


def _rate_on_paper(actor: Actor, pk: int, *, grade: int, remark: str, **entered: Any) -> None:
    ratings.rate_on_paper(actor, pk, Judgement(grade, remark), **entered)


_ = gettext_lazy
ACTS: Final[Mapping[str, Act]] = {
    "request_info": Act(
        forms.RequestInfoForm, triage.request_info, _("告诉诉求人还缺什么；补正期 7 日。"), _("告知补正")
    ),
    "supply_info": Act(forms.SupplyInfoForm, triage.supply_info, _("补齐以后，时限从今天重新计算。"), _("登记补正")),
    "remind": Act(forms.RemindForm, triage.remind, _("补正期满以前提醒两次，仍不补正才能终止。"), _("记下提醒")),
    "drop_incomplete": Act(
        forms.PlainForm,
        triage.drop_incomplete,
        _("补正期已满仍未补正，终止办理；不计入不满意，以后可以再提。"),
        _("终止办理"),
    ),
    "redirect": Act(
        forms.RedirectForm, triage.redirect, _("告诉诉求人去哪里办。这件事在这里就办到此为止。"), _("告知去处")
    ),
    "propose_refusal": Act(
        forms.ProposeRefusalForm,
        triage.propose_refusal,
        _("提请后由另一位审核人确认，确认前诉求人看不到。"),
        _("提请审核"),
    ),
    "refuse": Act(forms.PlainForm, triage.refuse, _("诉求人会收到理由，30 日内可以提出一次异议。"), _("确认不予受理")),
    "accept": Act(AcceptForm, _accept, _("定下类型、分类和地点，答复期限随类型确定。"), _("受理")),
    "answer_now": Act(
        forms.AnswerNowForm, triage.answer_now, _("当场说清楚的事不用派单，接着做四方反馈。"), _("登记答复")
    ),
    "dispatch": Act(forms.DispatchForm, triage.dispatch, _("单位联络员马上收到；办理期限从派单起算。"), _("派单")),
    "sign": Act(forms.PlainForm, handling.sign, _("签收后一个工作日内先联系诉求人。"), _("签收")),
    "contact": Act(forms.ContactForm, handling.contact, _("诉求人会在进度里看到已经联系。"), _("记下联系")),
    "submit_reply": Act(
        forms.SubmitReplyForm, handling.submit_reply, _("提交后由派单方审核，再反馈四方。"), _("提交审核")
    ),
    "pass_reply": Act(
        forms.PassReplyForm, handling.pass_reply, _("通过后开始四方反馈。"), pgettext_lazy("act", "审核通过")
    ),
    "fail_reply": Act(
        forms.FailReplyForm, handling.fail_reply, _("退回后承办单位在 3 个工作日内重办。"), _("退回重办")
    ),
    "redo": Act(forms.RedoForm, handling.redo, _("由主要负责人签批，重办期限从退回那天起算。"), _("签批重办")),
    "record_slip": Act(
        forms.RecordSlipForm, feedback.record_slip, _("四方都有凭证，才能请诉求人评议。"), _("登记凭证")
    ),
    "deliver": Act(
        forms.PlainForm, feedback.deliver, _("四方都已反馈，接着请诉求人和代表评议。"), _("反馈完成，请评议")
    ),
    "rate_collected": Act(forms.RateForm, _rate_collected, _("您收集的这件事办得怎么样？"), _("提交评议")),
    "rate_on_paper": Act(
        forms.RateOnPaperForm, _rate_on_paper, _("照评议单或通话录音原样录入，会标明是代录。"), _("录入评议")
    ),
    "close_unsatisfied": Act(
        forms.CloseUnsatisfiedForm,
        ratings.close_unsatisfied,
        _("按不满意计入统计，说明会给诉求人看。"),
        _("写明并办结"),
    ),
    "close": Act(forms.PlainForm, closing.close, _("办结后还可以查，不能再改。"), _("办结")),
    "withdraw": Act(forms.WithdrawForm, closing.withdraw, _("只能出于诉求人本人意愿。"), _("登记撤回")),
    "archive": Act(forms.PlainForm, closing.archive, _("归档后锁定，只能查阅。"), _("归档")),
    "note": Act(forms.NoteForm, triage.note, _("只有工作人员看得到。"), _("记下")),
    "supervise": Act(forms.SuperviseForm, triage.supervise, _("承办单位和经手人会看到督办标记。"), _("督办")),
}
_ORDER: Final = """accept sign contact submit_reply pass_reply dispatch redo deliver record_slip supply_info
    remind     rate_collected rate_on_paper close_unsatisfied close archive"""
FIRST: Final = tuple(_ORDER.split())
_LAST: Final = ("note", "supervise", "withdraw")


def place_of(verb: str) -> int:
    """Where a verb stands among the buttons: what usually comes next first, what is seldom wanted last."""
    if verb in FIRST:
        return FIRST.index(verb)
    return len(FIRST) + (_LAST.index(verb) + 1 if verb in _LAST else 0)


def checked(actor: Actor, found: Appeal, verb: str) -> tuple[Step, Act]:
    """The act of a verb when its page may be opened.

    Raises NotFound for an unknown verb, NotAllowed without the right, WrongStage, RuleBroken when something has
    to come first.
    """
    if verb not in ACTS:
        raise NotFound("unknown_act", N_("没有这一步。"))
    step = STEPS[verb]
    if not policy.reaches(actor, step.right, found):
        raise NotAllowed("not_allowed", N_("您的岗位不能对这件诉求做「%(verb)s」。"), verb=step.label)
    if found.stage not in step.sources:
        raise WrongStage(
            "wrong_stage",
            N_("这件诉求现在是「%(stage)s」，不能「%(verb)s」。"),
            stage=Stage(found.stage).label,
            verb=step.label,
        )
    why_not = obstacles.why_not(actor, found, verb)
    if why_not:
        raise RuleBroken("not_yet", N_("现在还不能「%(verb)s」：%(why)s"), verb=step.label, why=why_not)
    return step, ACTS[verb]
