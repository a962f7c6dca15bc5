"""Hints on a reply before review: is each ask answered, a basis cited, a date given, a next step named."""

import re
from dataclasses import dataclass
from enum import Enum

from huiyin.text import segment

_SHARE_ANSWERED = 0.2
_SHORTEST_REPLY = 30
_MOST_WORDS_SHOWN = 4
# An ask of fewer telling words (「这合理吗？」) leans on its neighbours; nothing can be said of it alone.
_FEWEST_WORDS = 3

_ASKS = re.compile(
    r"[？?]|请问|咨询|请求|恳请|希望|望(?:有关|相关|领导|政府|尽快|能)|要求|建议|能否|能不能|是否|可否|何时|什么时候|"
    r"怎么|如何|为什么|为何|多少|哪里|谁来|盼"
)
_BASIS = re.compile(
    r"《[^》]{2,60}》|根据[^，。；]{2,40}(?:法|条例|规定|办法|通知|意见|规划|文件|标准|精神|要求|方案|合同)|"
    r"(?:依据|按照|依照|遵照)[^，。；]{2,40}|[〔\[﹝(（]\d{4}[〕\]﹞)）]\s*\d+\s*号|第[一二三四五六七八九十百\d]+条|"
    r"(?:法律法规|相关规定|有关规定|政策规定|文件精神)"
)
_DATE = re.compile(
    r"\d{2,4}\s*年\s*\d{1,2}\s*月|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}[-/.]\d{1,2}|(?:今|明|后)年|(?:上|下)?半年|年底|月底|"
    r"[一二三四1-4]季度|\d+\s*个?(?:工作日|天|日|周|月)(?:内|左右|前|后)|(?:本|下)(?:周|月)|[前目]前|近期|即日起"
)
_NEXT = re.compile(
    r"下一步|接下来|今后|将(?:会|于|在|由|对|进一步|继续|加强|尽快|督促|按|积极|不断|持续|组织|协调|严格)|"
    r"(?:已|正在?)(?:安排|责令|要求|督促|协调|转|列入|启动|整改|处理|组织|落实)|拟(?:于|在|定)|计划|届时|"
    r"可(?:以)?(?:拨打|咨询|向|到|前往|携带|通过|持|登录|致电|联系)|请(?:您|你)?(?:拨打|携带|向|到|前往|联系|致电|登录|关注|持)|"
    r"(?:联系|咨询|服务|投诉|举报)(?:电话|热线|方式)|整改|跟进|跟踪|督办|回访"
)
_EMPTY_PHRASES = re.compile(r"已收悉|已转(?:交|办|有关)|感谢您?(?:的|对)?|高度重视|正在(?:研究|核实|处理)中|祝您?")

# Words that stand in any appeal and say nothing of its matter.
_COURTESY = frozenset(
    re.findall(
        r"\S+",
        "领导 部门 有关 相关 政府 尊敬 您好 你好 谢谢 我们 你们 他们 这个 这样 这种 可以 一下 "
        "没有 什么 问题 解决 尽快 现在 一个 自己 大家 还是 就是 因为 所以 但是 如果 时候 已经 "
        "知道 这里 那里 这些 那些 百忙之中 关心 重视 帮助 答复 回复 处理 给予 进行 情况 老百姓 "
        "百姓 人民 群众 市民 居民 单位 书记 局长 厅长 市长 主任 为民做主 做主",
    )
)


class HintKind(Enum):
    """What a hint is about; the values are stable and may be stored."""

    ASK_UNANSWERED = "ask_unanswered"
    NO_BASIS = "no_basis"
    NO_DATE = "no_date"
    NO_NEXT_STEP = "no_next_step"
    TOO_SHORT = "too_short"


@dataclass(frozen=True)
class Hint:
    """One thing a reviewer may want to look at, in Chinese and English, with the words it rests on."""

    kind: HintKind
    zh: str
    en: str
    quote: str = ""
    words: tuple[str, ...] = ()


def check_reply(subject: str, detail: str, reply: str) -> list[Hint]:
    """Hints on a reply to an appeal, the weightiest first; an empty list says only that nothing was found missing.

    Words decide, not sense: a hint is a question to the writer and never stops a reply. Source: 答复审核 (practice.md).
    """
    plain = segment.folded(reply)
    return [*_too_short(plain), *_unanswered(subject, detail, plain), *_missing(plain)]


def asks(subject: str, detail: str) -> list[str]:
    """The sentences of an appeal that ask for something, as written; the subject when no sentence asks."""
    asking = [sentence for sentence in segment.sentences(detail) if _ASKS.search(sentence) and len(sentence) >= 6]
    return asking or [text for text in (subject.strip() or detail.strip(),) if text]


def answered_share(ask: str, reply: str) -> tuple[float, tuple[str, ...]]:
    """The share (0 to 1) of an ask's telling words that the reply takes up, and those it does not.

    1.0 for an ask of fewer than three telling words.
    """
    wanted = _telling(ask)
    if len(wanted) < _FEWEST_WORDS:
        return 1.0, ()
    plain = segment.folded(reply)
    left_out = tuple(word for word in wanted if word not in plain)
    return 1 - len(left_out) / len(wanted), left_out


def _too_short(reply: str) -> list[Hint]:
    substance = _EMPTY_PHRASES.sub("", reply)
    if len(substance) >= _SHORTEST_REPLY:
        return []
    zh = f"除客套话外只有 {len(substance)} 个字，请写明查了什么、结果如何。"
    en = f"Beside courtesies there are only {len(substance)} characters; say what was looked into and what came of it."
    return [Hint(HintKind.TOO_SHORT, zh, en)]


def _unanswered(subject: str, detail: str, reply: str) -> list[Hint]:
    hints = []
    for ask in asks(subject, detail):
        share, left_out = answered_share(ask, reply)
        if share < _SHARE_ANSWERED:
            words = left_out[:_MOST_WORDS_SHOWN]
            zh = f"可能没有回应这一问：「{ask}」，答复中没有提到{'、'.join(words)}。"
            en = f"This may be unanswered: “{ask}”; the reply does not mention {', '.join(words)}."
            hints.append(Hint(HintKind.ASK_UNANSWERED, zh, en, ask, words))
    return hints


def _missing(reply: str) -> list[Hint]:
    checks = (
        (
            _BASIS,
            HintKind.NO_BASIS,
            "没有写明依据（法规、文件、标准或合同）。",
            "No basis is cited (law, document, standard, contract).",
        ),
        (
            _DATE,
            HintKind.NO_DATE,
            "没有日期：什么时候做的，或什么时候完成。",
            "No date: when was it done, or when will it be?",
        ),
        (
            _NEXT,
            HintKind.NO_NEXT_STEP,
            "没有说下一步：谁来做、诉求人可以找谁。",
            "Nothing is said about what comes next: who acts, whom to turn to.",
        ),
    )
    return [Hint(kind, zh, en) for pattern, kind, zh, en in checks if not pattern.search(reply)]


def _telling(ask: str) -> tuple[str, ...]:
    """The words of an ask that carry its matter: two characters or more, not the words of asking and courtesy."""
    rest = _ASKS.sub(" ", segment.folded(ask))
    found = (word for word in segment.words(rest) if len(word) > 1 and not word.isdigit() and word not in _COURTESY)
    return tuple(dict.fromkeys(found))
