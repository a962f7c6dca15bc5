"""Sentences about a draw, in Chinese and English, each with the counts behind it."""

from fractions import Fraction

from huiyin.choice.sortition.draw import Draw
from huiyin.choice.sortition.infeasible import InfeasibleQuotas
from huiyin.choice.sortition.pool import Quota
from huiyin.choice.wording import Sentence


def draw_told(drawn: Draw) -> list[Sentence]:
    """How the panel was drawn, and how fair the lottery is."""
    chances = drawn.chances()
    least, most = min(chances), max(chances)
    at_least = sum(_percent(chance) == _percent(least) for chance in chances)
    proof = drawn.proof
    return [
        Sentence(
            f"从 {len(chances)} 人中抽 {drawn.size} 人:{len(drawn.lottery.panels)} 个合格名单,"
            f"共 {drawn.lottery.of} 张签,"
            f"公开种子 {drawn.seed!r} 抽中第 {drawn.ticket} 号签(从 0 数起)。",
            f"{drawn.size} of {len(chances)} people: {len(drawn.lottery.panels)} panels that keep all quotas share "
            f"{drawn.lottery.of} tickets; the public seed {drawn.seed!r} draws ticket {drawn.ticket} (counted from 0).",
        ),
        Sentence(
            f"入选机会最低 {_percent(least)}({at_least} 人),最高 {_percent(most)},平均 "
            f"{_percent(Fraction(drawn.size, len(chances)))}。",
            f"The smallest chance is {_percent(least)} ({at_least} people), the largest {_percent(most)}, the mean "
            f"{_percent(Fraction(drawn.size, len(chances)))}.",
        ),
        Sentence(
            f"任何抽签办法的最低机会都不能超过 {_percent(proof.bound)}(可用分数验算);本次与之相差 "
            f"{_percent(proof.bound - proof.smallest)};求解器证明的上限为 {proof.solver_bound:.6%}。",
            f"No lottery whatever can give a smallest chance above {_percent(proof.bound)} (checkable with fractions); "
            f"this one is {_percent(proof.bound - proof.smallest)} away; the solver proved {proof.solver_bound:.6%}.",
        ),
    ]


def progress_told(panels_found: int, short: float) -> Sentence:
    """How far a search is: the panels found, and what the best lottery over them lacks to the bound."""
    return Sentence(
        f"已找到 {panels_found} 个合格名单,距上限还差 {max(short, 0.0):.4%}",
        f"{panels_found} panels found, {max(short, 0.0):.4%} below the bound",
    )


def infeasible_told(error: InfeasibleQuotas) -> list[Sentence]:
    """Which quotas cannot be kept together, and the smallest change that helps."""
    zh_all = "、".join(_limits(quota, error.size)[0] for quota in error.conflict)
    en_all = ", ".join(_limits(quota, error.size)[1] for quota in error.conflict)
    told = [
        Sentence(
            f"没有 {error.size} 人的名单能同时满足:{zh_all or '每户至多一人'}。",
            f"No panel of {error.size} people can keep together: {en_all or 'one per household'}.",
        )
    ]
    for old, new in error.relaxed:
        told.append(
            Sentence(
                f"最小的改动:{old.feature} = {old.value} 由 {old.least}–{old.most} 改为 {new.least}–{new.most}。",
                f"The smallest change: {old.feature} = {old.value} from {old.least}–{old.most} to "
                f"{new.least}–{new.most}.",
            )
        )
    if not error.relaxed:
        told.append(
            Sentence(
                "改动配额也无济于事:人或住户不够。",
                "No change of quotas helps: there are too few people or households.",
            )
        )
    return told


def _limits(quota: Quota, size: int) -> tuple[str, str]:
    zh, en = [], []
    if quota.least > 0:
        zh.append(f"至少 {quota.least} 人")
        en.append(f"at least {quota.least}")
    if quota.most < size:
        zh.append(f"至多 {quota.most} 人")
        en.append(f"at most {quota.most}")
    return f"{quota.feature} = {quota.value} {'、'.join(zh)}", f"{quota.feature} = {quota.value} {' and '.join(en)}"


def _percent(value: Fraction) -> str:
    return f"{float(value):.6%}"
