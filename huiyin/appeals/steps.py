"""Machine D1 as one table: what can be done with an appeal, from where, by whom, within which limit."""

from huiyin.appeals.stages import Stage as S
from huiyin.kernel.errors import N_
from huiyin.kernel.steps import Step, StepTable

STEPS = StepTable(
    "appeal",
    S.REGISTERED,
    (S.ARCHIVED,),
    (
        Step("submit", N_("登记"), (), (S.REGISTERED,), "appeal.register", N_("诉求人、代填人、联络员、代表、文员"), "L01"),
        Step("request_info", N_("告知补正"), (S.REGISTERED,), (S.INFO_NEEDED,), "appeal.triage", N_("受理员"), "L02"),
        Step("supply_info", N_("补正"), (S.INFO_NEEDED,), (S.REGISTERED,), "appeal.supply", N_("诉求人"), "L03"),
        Step("drop_incomplete", N_("逾期不补正终止"), (S.INFO_NEEDED,), (S.TERMINATED,), "appeal.triage", N_("受理员"), "L03", grave=True),
        Step("redirect", N_("告知法定途径"), (S.REGISTERED,), (S.REDIRECTED,), "appeal.triage", N_("受理员"), "L04", grave=True),
        Step("propose_refusal", N_("提请不予受理"), (S.REGISTERED,), (), "appeal.triage", N_("受理员"), "L05"),
        Step("refuse", N_("不予受理"), (S.REGISTERED,), (S.NOT_ACCEPTED,), "appeal.refuse", N_("审核人，须与提请人不是同一人"), "L05", grave=True),
        Step("accept", N_("受理"), (S.REGISTERED,), (S.ACCEPTED,), "appeal.triage", N_("受理员"), "L05"),
        Step("answer_now", N_("当场答复"), (S.ACCEPTED,), (S.ANSWERED_ON_SPOT,), "appeal.triage", N_("文员、代表、联络员"), "L07"),
        Step("dispatch", N_("派单"), (S.ACCEPTED,), (S.DISPATCHED,), "appeal.dispatch", N_("派单员"), "L08"),
        Step("sign", N_("签收"), (S.DISPATCHED,), (S.HANDLING,), "appeal.handle", N_("主办单位联络员"), "L10s"),
        Step("contact", N_("记录先行联系"), (S.HANDLING,), (), "appeal.handle", N_("承办人"), "L10c"),
        Step("submit_reply", N_("提交办理结果"), (S.HANDLING,), (S.REPLY_REVIEW,), "appeal.handle", N_("主办单位"), "L13"),
        Step("pass_reply", N_("审核通过"), (S.REPLY_REVIEW,), (S.FEEDBACK_DUE,), "appeal.review", N_("派单方审核员"), "L15"),
        Step("fail_reply", N_("审核退回"), (S.REPLY_REVIEW,), (S.REWORK,), "appeal.review", N_("派单方审核员"), "L15"),
        Step("redo", N_("重新办理"), (S.REWORK,), (S.HANDLING,), "appeal.redo", N_("主办单位主要负责人签批"), "L18"),
        Step("record_slip", N_("登记反馈凭证"), (S.ANSWERED_ON_SPOT, S.FEEDBACK_DUE), (), "appeal.feed_back", N_("主办单位、文员"), "L16"),
        Step("deliver", N_("四方反馈完成"), (S.ANSWERED_ON_SPOT, S.FEEDBACK_DUE), (S.RATING,), "appeal.feed_back", N_("主办单位、文员"), "L16", asks=False),
        Step("rate", N_("评议"), (S.RATING,), (S.RATING, S.CLOSED, S.REWORK), "appeal.rate_own", N_("诉求人"), "L17"),
        Step("rate_collected", N_("代表评议"), (S.RATING,), (S.RATING, S.CLOSED, S.REWORK), "appeal.rate_collected", N_("收集代表"), "L17"),
        Step("rate_on_paper", N_("代录评议"), (S.RATING,), (S.RATING, S.CLOSED, S.REWORK), "appeal.rate_on_paper", N_("文员，承办单位人员不得录入"), "L17"),
        Step("close_unsatisfied", N_("不满意但已尽办"), (S.RATING,), (S.CLOSED,), "appeal.review", N_("街道、区审核"), grave=True),
        Step("close", N_("办结"), (S.RATING, S.REDIRECTED, S.NOT_ACCEPTED, S.WITHDRAWN, S.TERMINATED), (S.CLOSED,), "appeal.close", N_("系统、文员"), "L17", asks=False),
        Step("withdraw", N_("撤回"), (S.REGISTERED, S.ACCEPTED, S.HANDLING), (S.WITHDRAWN,), "appeal.withdraw", N_("诉求人"), grave=True),
        Step("archive", N_("归档"), (S.CLOSED,), (S.ARCHIVED,), "appeal.archive", N_("文员、档案员"), "L20", asks=False, grave=True),
        Step("note", N_("内部备注"), tuple(stage for stage in S if stage is not S.ARCHIVED), (), "appeal.triage", N_("受理员")),
        Step("supervise", N_("督办"), (S.REGISTERED, S.ACCEPTED, S.DISPATCHED, S.HANDLING, S.REPLY_REVIEW, S.FEEDBACK_DUE, S.REWORK), (), "appeal.supervise", N_("督办员、领导")),
    ),
)
