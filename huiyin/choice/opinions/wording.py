"""Sentences about a map of opinions, in Chinese and English, each with the counts behind it."""

from datetime import UTC, datetime
from math import floor

from huiyin.choice.opinions.coordination import Kind, Sign
from huiyin.choice.opinions.stability import Stability
from huiyin.choice.opinions.statements import Representative
from huiyin.choice.wording import Sentence


def size_told(people: int, in_map: int, votes: int, revoted: int) -> Sentence:
    """How many took part, and how many the map is drawn from."""
    return Sentence(
        f"{people} 人投了 {votes} 票,改投以最后一次为准(被替换 {revoted} 票);其中 {in_map} 人票数足够,用来绘图。",
        f"People: {people}, votes: {votes}; the last vote counts ({revoted} replaced). "
        f"People with enough votes to draw the map from: {in_map}.",
    )


def number_told(silhouettes: dict[int, float], chosen: int) -> Sentence:
    """Why there are so many groups."""
    listed = ", ".join(f"{number}: {value:.2f}" for number, value in silhouettes.items())
    return Sentence(
        f"分为 {chosen} 组:轮廓系数与最大值相差不超过 0.02 的最少组数({listed};1 为界限分明,0 为没有界限)。",
        f"{chosen} groups: the fewest whose silhouette is within 0.02 of the largest ({listed}; 1 clear, 0 none).",
    )


def no_groups_told(people: int, smallest: int, *, alike: bool) -> Sentence:
    """Why there are no groups."""
    if alike:
        return Sentence(
            f"没有分组:{people} 人的投票没有可以区分的方向。",
            f"There are no groups: the votes of {people} differ in no direction that would tell people apart.",
        )
    return Sentence(
        f"没有分组:{people} 人分不出各有至少 {smallest} 人的两组。",
        f"There are no groups: {people} people do not make two groups of at least {smallest}.",
    )


def holding_told(group: int, item: Representative) -> Sentence:
    """What a group holds, against all others; the counts are of those who voted on the statement."""
    zh_side, en_side = ("同意", "agree") if item.agrees else ("不同意", "disagree")
    sure_zh, sure_en = ("", "") if item.significant else ("(统计上不显著)", " (not significant)")
    return Sentence(
        f"陈述 {item.statement}:第 {group} 组投过票的 {item.seen} 人中 {item.holding} 人{zh_side},"
        f"其他组投过票的 {item.others_seen} 人中 {item.others_holding} 人{sure_zh}。",
        f"Statement {item.statement}: of those who voted on it, {item.holding} of {item.seen} in group {group} "
        f"{en_side}, and {item.others_holding} of {item.others_seen} elsewhere{sure_en}.",
    )


def uniting_number_told(uniting: int, statements: int) -> Sentence:
    """How many statements unite all groups."""
    if not uniting:
        return Sentence(
            f"{statements} 条陈述中,没有一条各组都过半数站在同一边。",
            f"On none of {statements} statements more than half of every group stand on the same side.",
        )
    return Sentence(
        f"{statements} 条陈述中有 {uniting} 条,各组都过半数站在同一边;下面列出最一致的。",
        f"On {uniting} of {statements} statements more than half of every group stand on the same side; the strongest:",
    )


def uniting_told(statement: str, side: int, held: list[int], seen: list[int]) -> Sentence:
    """A statement on which every group is on one side, with the counts of each."""
    parts = [f"{yes}/{all_votes}" for yes, all_votes in zip(held, seen, strict=True)]
    zh_side, en_side = ("同意", "agree") if side > 0 else ("不同意", "disagree")
    return Sentence(
        f"陈述 {statement}:各组投过票的人都过半数{zh_side}({'、'.join(parts)})。",
        f"Statement {statement}: more than half of every group's voters {en_side} ({', '.join(parts)}).",
    )


def stability_told(firm: Stability) -> Sentence:
    """How firm the groups are."""
    worst = floor(min(firm.agreements, default=1.0) * 100) / 100
    return Sentence(
        f"{firm.people} 人中有 {firm.unmoved} 人,去掉自己任何一票都不换组;"
        f"五次各去掉五分之一的人重画,{firm.same_in_all} 人始终在同一组(一致程度最低 {worst:.2f},1 为完全相同)。",
        f"{firm.unmoved} of {firm.people} people keep their group whichever one of their answers is taken away; "
        f"redrawn five times without another fifth of the people, {firm.same_in_all} stay in the same group each time "
        f"(lowest agreement {worst:.2f}, 1 is the same).",
    )


def sign_told(sign: Sign) -> Sentence:
    """A sign of coordinated entry, with its reason; a reason to look, not a proof."""
    zh_when, en_when = _when(sign)
    if sign.kind is Kind.EQUAL_BALLOTS:
        return Sentence(
            f"{sign.people} 人在 {len(sign.statements)} 条陈述上投票完全相同,"
            f"按其他人的投票估计约有 {sign.expected:.2g} 人{zh_when};请核对,这不是证明。",
            f"{sign.people} people voted exactly alike on {len(sign.statements)} statements, about {sign.expected:.2g} "
            f"would be expected from everyone else's votes{en_when}; a reason to look, not a proof.",
        )
    if sign.kind is Kind.ONE_SIDED_WAVE:
        return Sentence(
            f"陈述 {sign.statements[0]} 在十分钟内有 {sign.votes} 票偏向同一方,"
            f"按其余时间的投票估计约 {sign.expected:.1f} 票{zh_when};请核对,这不是证明。",
            f"Statement {sign.statements[0]} had {sign.votes} votes for one side within ten minutes, about "
            f"{sign.expected:.1f} expected from the other votes on it{en_when}; a reason to look, not a proof.",
        )
    return Sentence(
        f"{sign.people} 人的 {sign.votes} 票多数相隔不到四分之一秒,快于阅读"
        f"{zh_when};也可能是纸质票集中录入,请核对,这不是证明。",
        f"{sign.people} people gave {sign.votes} votes, most within a quarter of a second of the last, faster than one "
        f"reads{en_when}; paper entered in one go looks the same: a reason to look, not a proof.",
    )


def standing_told(group: int, same: list[int], answered: list[int]) -> Sentence:
    """Where one person stands: with how many of a group's majorities the person's own votes agree."""
    zh = ";".join(
        f"与第 {number + 1} 组多数相同 {yes}/{of}" for number, (yes, of) in enumerate(zip(same, answered, strict=True))
    )
    en = "; ".join(
        f"{yes} of {of} like the majority of group {number + 1}"
        for number, (yes, of) in enumerate(zip(same, answered, strict=True))
    )
    return Sentence(f"离第 {group} 组最近:{zh}。", f"Nearest to group {group}: {en}.")


def _when(sign: Sign) -> tuple[str, str]:
    if sign.first_at_ms is None or sign.last_at_ms is None:
        return "", ""
    first, last = (
        datetime.fromtimestamp(at / 1000, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")
        for at in (sign.first_at_ms, sign.last_at_ms)
    )
    return f"(UTC {first} 至 {last})", f" (UTC {first} to {last})"
