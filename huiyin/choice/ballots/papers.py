"""Judges every paper handed in: whether it counts, and if not, why, each with one standing and one sentence."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from fractions import Fraction

from huiyin.choice.wording import Refused, Sentence, plain


class Kind(Enum):
    """What a paper asks for."""

    CHOICE = "choice"
    APPROVAL = "approval"
    POINTS = "points"
    RANKING = "ranking"


class Standing(Enum):
    """What becomes of a paper. Only VALID, ABSTAINED, BLANK and INVALID papers are papers of people who took part."""

    VALID = "valid"
    ABSTAINED = "abstained"
    BLANK = "blank"
    INVALID = "invalid"
    LATE = "late"
    RECUSED = "recused"
    NOT_ON_ROLL = "not_on_roll"
    REPEATED = "repeated"
    BAD_PROXY = "bad_proxy"


TOOK_PART = frozenset({Standing.VALID, Standing.ABSTAINED, Standing.BLANK, Standing.INVALID})


class Repeats(Enum):
    """Which paper counts when one voter hands in several: one person has one vote."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True)
class Paper:
    """One paper: its number, whose vote it is, and the marks in order.

    `points` stand beside the marks on a paper of points. `cast_by` is the proxy who handed it in; `authorised` says
    whether a written authorisation lies with it.
    """

    number: str
    voter: str
    marks: tuple[str, ...] = ()
    points: tuple[Fraction, ...] = ()
    abstains: bool = False
    received_at: datetime | None = None
    cast_by: str | None = None
    authorised: bool = False


@dataclass(frozen=True)
class Form:
    """What a correct paper looks like: the options, how many marks at least and at most, and the points to give.

    `most_points` bounds one option, `total_points` all together (None: no bound).
    """

    kind: Kind
    options: tuple[str, ...]
    least: int = 1
    most: int | None = None
    most_points: Fraction | None = None
    total_points: Fraction | None = None


@dataclass(frozen=True)
class Register:
    """Who may vote and how papers are taken: the roll locked at the opening, the recused, the closing time.

    `proxies_each` is how many others one person may vote for (0: no proxies).
    """

    roll: frozenset[str]
    recused: frozenset[str] = frozenset()
    closes_at: datetime | None = None
    proxies_each: int = 1
    repeats: Repeats = Repeats.FIRST

    @property
    def eligible(self) -> int:
        """How many may vote: the roll without the recused, who leave the base."""
        return len(self.roll - self.recused)


@dataclass(frozen=True)
class Judged:
    """A paper with its standing and the reason."""

    paper: Paper
    standing: Standing
    sentence: Sentence


@dataclass
class _Desk:
    """What the judging remembers while it goes through the papers."""

    voters: set[str] = field(default_factory=set)
    by_proxy: Counter[str] = field(default_factory=Counter)


def judge(papers: Sequence[Paper], form: Form, register: Register) -> tuple[Judged, ...]:
    """Judge the papers in the order they came in; the answer is in the same order.

    The first of these that holds is the reason: not on the roll, recused, late, proxy not in order, repeated; a paper
    that passes them is abstained, blank, invalid or valid. Raises Refused when two papers bear one number or the form
    names an option twice.
    """
    _check(papers, form)
    desk = _Desk()
    last = register.repeats is Repeats.LAST
    order = range(len(papers) - 1, -1, -1) if last else range(len(papers))
    judged = {place: _judge(papers[place], form, register, desk) for place in order}
    return tuple(judged[place] for place in range(len(papers)))


def _check(papers: Sequence[Paper], form: Form) -> None:
    numbers = Counter(paper.number for paper in papers)
    for number, times in numbers.items():
        if times > 1:
            zh, en = f"票号 {number} 用了 {times} 次,须各不相同", f"number {number} stands on {times} papers"
            raise Refused("paper_number_twice", zh, en)
    if len(set(form.options)) != len(form.options):
        raise Refused("option_twice", "选项不得重复", "an option stands twice on the form")


def _judge(paper: Paper, form: Form, register: Register, desk: _Desk) -> Judged:
    refused = _unadmitted(paper, register, desk)
    if refused is not None:
        return refused
    desk.voters.add(paper.voter)
    if paper.cast_by is not None and paper.cast_by != paper.voter:
        desk.by_proxy[paper.cast_by] += 1
    if paper.abstains and paper.marks:
        return Judged(paper, Standing.INVALID, Sentence("既弃权又选了项。", "Abstained and marked at once."))
    if paper.abstains:
        return Judged(paper, Standing.ABSTAINED, Sentence("弃权。", "Abstained."))
    if not paper.marks:
        return Judged(paper, Standing.BLANK, Sentence("空白票。", "Blank."))
    fault = _fault(paper, form)
    if fault is not None:
        return Judged(paper, Standing.INVALID, fault)
    return Judged(paper, Standing.VALID, Sentence("有效。", "Valid."))


def _unadmitted(paper: Paper, register: Register, desk: _Desk) -> Judged | None:
    late = register.closes_at is not None and paper.received_at is not None and paper.received_at > register.closes_at
    if paper.voter not in register.roll:
        return Judged(paper, Standing.NOT_ON_ROLL, Sentence("不在表决人名册。", "Not on the roll."))
    if paper.voter in register.recused:
        return Judged(paper, Standing.RECUSED, Sentence("应回避,不计入应到。", "Recused, not part of those eligible."))
    if late:
        return Judged(paper, Standing.LATE, Sentence("截止后收到。", "Received after the close."))
    fault = _fault_of_proxy(paper, register, desk)
    if fault is not None:
        return Judged(paper, Standing.BAD_PROXY, fault)
    if paper.voter in desk.voters:
        which_zh, which_en = ("最后", "last") if register.repeats is Repeats.LAST else ("最先", "first")
        zh, en = f"一人一票,以{which_zh}一张为准。", f"One vote each: the {which_en} paper counts."
        return Judged(paper, Standing.REPEATED, Sentence(zh, en))
    return None


def _fault_of_proxy(paper: Paper, register: Register, desk: _Desk) -> Sentence | None:
    proxy = paper.cast_by
    if proxy is None or proxy == paper.voter:
        return None
    if not paper.authorised:
        return Sentence("无书面委托。", "No written authorisation.")
    if proxy in register.recused:
        return Sentence("受托人应回避。", "The proxy is recused.")
    most = register.proxies_each
    if desk.by_proxy[proxy] >= most:
        return Sentence(f"受托人已代 {most} 人投票,已满。", f"The proxy already voted for {most}, the most allowed.")
    return None


def _fault(paper: Paper, form: Form) -> Sentence | None:
    """Why the marks of a paper are not in order, if so."""
    most = 1 if form.kind is Kind.CHOICE else form.most if form.most is not None else len(form.options)
    unknown = [mark for mark in paper.marks if mark not in form.options]
    if unknown:
        return Sentence(f"无此选项:{unknown[0]}。", f"No such option: {unknown[0]}.")
    if len(set(paper.marks)) != len(paper.marks):
        return Sentence("同一选项出现两次。", "One option appears twice.")
    marked = len(paper.marks)
    if not form.least <= marked <= most:
        zh = f"选了 {marked} 项,应为 {form.least} 至 {most} 项。"
        return Sentence(zh, f"{marked} marked, {form.least} to {most} expected.")
    return _fault_in_points(paper, form) if form.kind is Kind.POINTS else None


def _fault_in_points(paper: Paper, form: Form) -> Sentence | None:
    given = paper.points
    if len(given) != len(paper.marks):
        return Sentence("分值与选项不相对应。", "Points and options do not match.")
    if any(value < 0 for value in given):
        return Sentence("分值为负。", "Points are negative.")
    if form.most_points is not None and max(given) > form.most_points:
        top, most = plain(max(given)), plain(form.most_points)
        return Sentence(f"单项 {top} 分,超过 {most} 分。", f"{top} points for one option, more than {most}.")
    total = sum(given, Fraction(0))
    if form.total_points is not None and total > form.total_points:
        have, most = plain(total), plain(form.total_points)
        return Sentence(f"共 {have} 分,超过 {most} 分。", f"{have} points together, more than {most}.")
    return None


def standing_counts(judged: Collection[Judged]) -> dict[Standing, int]:
    """How many papers have each standing; every standing is named, also with 0."""
    counted = Counter(entry.standing for entry in judged)
    return {standing: counted[standing] for standing in Standing}
