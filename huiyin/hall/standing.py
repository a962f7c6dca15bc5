"""Where an appeal stands, in one plain sentence, and what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from huiyin.appeals.stages import Grade, Outcome, Stage
from huiyin.design.templatetags.parts import day as day_words
from huiyin.hall.story import Story, last_day


@dataclass(frozen=True, slots=True)
class Standing:
    """One sentence of where it is, one of what happens next."""

    now: str
    next: str


def of(story: Story) -> Standing:
    """Where the appeal of a story stands."""
    return _SAYS[Stage(story.found.stage)](story)


def _due(story: Story) -> str:
    ends_at = story.found.stage_due_at
    return day_words(last_day(ends_at)) if ends_at else ""


def _registered(story: Story) -> Standing:
    return Standing(
        _("我们收到了，正在看该由谁来办。"), _("最晚%(day)s告诉您受不受理。您不用做什么。") % {"day": _due(story)}
    )


def _info_needed(story: Story) -> Standing:
    return Standing(_("还缺一点材料，等您补上。"), _("请在%(day)s前补，补好以后重新计时。") % {"day": _due(story)})


def _redirected(_story: Story) -> Standing:
    return Standing(_("这件事要到别处办，去处写在下面。"), _("找不到地方、对方不收，请打下面的电话，我们帮您问。"))


def _not_accepted(story: Story) -> Standing:
    return Standing(
        _("这件事没有受理，理由写在下面。"),
        _("不同意的话，%(day)s以前可以提出异议一次：打下面的电话，或到工作室当面说。") % {"day": _due(story)},
    )


def _accepted(_story: Story) -> Standing:
    return Standing(_("已经受理，正在安排谁来办。"), _("安排好了，这里会写出是哪个单位。"))


def _dispatched(story: Story) -> Standing:
    return Standing(
        _("已交给%(unit)s，等他们签收。") % {"unit": story.unit}, _("签收以后，他们会先和您联系，核对情况。")
    )


def _handling(story: Story) -> Standing:
    return Standing(_("%(unit)s正在办。") % {"unit": story.unit}, _("办完先由另一个人审核，再告诉您结果。"))


def _reply_review(story: Story) -> Standing:
    return Standing(
        _("%(unit)s办完了，结果正在审核。") % {"unit": story.unit}, _("审核通过就告诉您；不通过就退回重办。")
    )


def _feedback_due(_story: Story) -> Standing:
    return Standing(_("有答复了，写在下面。"), _("我们还会当面或打电话告诉您，然后请您评议。"))


def _rating(story: Story) -> Standing:
    if story.open_round is not None:
        grade = story.own_grade()
        if grade is not None:
            return Standing(
                _("已经答复，您评了「%(grade)s」。") % {"grade": Grade(grade).label},
                _("到%(day)s以前可以改。") % {"day": _due(story)},
            )
        return Standing(_("已经答复，等您说办得怎么样。"), _("请在%(day)s以前评议。") % {"day": _due(story)})
    if story.rounds and story.rounds[-1].end == "dissatisfied":
        return Standing(
            _("本轮已结束，有人不满意。"), _("已经重办过两次。审核人会写明办了哪些、还可以走哪条路，写好就在这里。")
        )
    return Standing(_("已经答复。本轮评议已结束。"), _("工作人员正在办结这件事。"))


def _rework(story: Story) -> Standing:
    return Standing(
        _("办得还不够好，%(unit)s要重新办。") % {"unit": story.unit}, _("单位负责人签字后重办，期限重新算。")
    )


def _closed(story: Story) -> Standing:
    match story.found.outcome:
        case Outcome.REDIRECTED:
            return _redirected(story)
        case Outcome.WITHDRAWN:
            return _withdrawn(story)
        case Outcome.TERMINATED:
            return _terminated(story)
        case Outcome.REFUSED:
            return Standing(_("这件事没有受理，理由写在下面。"), _("异议期已经过了。有新的情况，可以再说一次。"))
        case _:
            return _answered_and_closed(story)


def _answered_and_closed(story: Story) -> Standing:
    grade = story.own_grade()
    said = {
        Outcome.SATISFIED: _("办结了，评议通过。"),
        Outcome.UNRATED: _("办结了。评议期里没有人评议，记为「未评价」。"),
        Outcome.UNSATISFIED: _("办结了，但仍有人不满意。说明写在下面。"),
        Outcome.NOBODY_TO_RATE: _("办结了，结果在公示栏公布。"),
    }
    now = said[Outcome(story.found.outcome)]
    if grade is not None and story.found.outcome == Outcome.SATISFIED:
        now = _("办结了。您评了「%(grade)s」。") % {"grade": Grade(grade).label}
    return Standing(now, _("又出现同样的情况，可以再说一次，并写上这个编号。"))


def _withdrawn(_story: Story) -> Standing:
    return Standing(_("您撤回了这件事。"), _("改了主意，可以随时再说一次。"))


def _terminated(_story: Story) -> Standing:
    return Standing(_("没有等到补充的材料，这件事停下了。"), _("材料齐了，可以随时再说一次，不算您不满意。"))


_SAYS: Final[Mapping[Stage, Callable[[Story], Standing]]] = {
    Stage.REGISTERED: _registered,
    Stage.INFO_NEEDED: _info_needed,
    Stage.REDIRECTED: _redirected,
    Stage.NOT_ACCEPTED: _not_accepted,
    Stage.ACCEPTED: _accepted,
    Stage.ANSWERED_ON_SPOT: _feedback_due,
    Stage.DISPATCHED: _dispatched,
    Stage.HANDLING: _handling,
    Stage.REPLY_REVIEW: _reply_review,
    Stage.FEEDBACK_DUE: _feedback_due,
    Stage.RATING: _rating,
    Stage.REWORK: _rework,
    Stage.CLOSED: _closed,
    Stage.ARCHIVED: _closed,
    Stage.WITHDRAWN: _withdrawn,
    Stage.TERMINATED: _terminated,
}
