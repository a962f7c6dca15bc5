"""BLT files of ranked papers: candidates, seats, withdrawals, papers with their number, names and title.

Format: as published for the Hill/Wichmann/Woodall counts; with the options in square brackets that Droop adds
(`[tie 3 2 1]`, `[withdrawn 4]`, `[nick a b c]`), equal ranks written `b=c`, skipped ranks `-`, a paper's mark in
parentheses instead of its number, and comments after `#` or between `/*` and `*/`. What follows the title is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huiyin.choice.wording import Refused

TOKEN = re.compile(r'"(?:[^"]|"(?=\S))*"(?!\S)|\([^)]*\)|/\*|\*/|\#.*|\[|\]|[^\s\[\]]+')
SKIPPED = "-"
MOST_CANDIDATES = 10_000
MOST_PAPERS = 10**15
LONGEST_NUMBER = 20
WITHOUT_EFFECT = ("droop", "undeclared")  # settings of that program, and write-ins that only Minneapolis treats apart
Ranking = tuple[tuple[int, ...], ...]
Token = tuple[int, str]


@dataclass(frozen=True)
class RankedPapers:
    """Ranked papers for a count: candidates by position from 0; each ranking is a row of ranks, each rank of equals.

    `papers` pairs a ranking with how many papers bear it; blank papers are counted in `blank` only. `lot` is the order
    in which candidates come out where lots decide (the listed order when the file gives none: `lot_is_drawn` false).
    """

    title: str
    names: tuple[str, ...]
    seats: int
    papers: tuple[tuple[Ranking, int], ...]
    withdrawn: frozenset[int] = frozenset()
    lot: tuple[int, ...] = ()
    lot_is_drawn: bool = False
    blank: int = 0

    @property
    def valid(self) -> int:
        """Number of papers that rank somebody who stands."""
        return sum(count for _, count in self.papers)

    @property
    def standing(self) -> tuple[int, ...]:
        """Candidates who did not withdraw."""
        return tuple(place for place in range(len(self.names)) if place not in self.withdrawn)

    @property
    def has_equal_ranks(self) -> bool:
        """Whether some paper ranks two candidates equally."""
        return any(len(rank) > 1 for ranking, _ in self.papers for rank in ranking)


def read(path: Path) -> RankedPapers:
    """The papers in a file. Raises Refused with the line at fault and what was expected there."""
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _wrong(line, "UTF-8") from error


def parse(text: str) -> RankedPapers:
    """The papers in the text of a BLT file."""
    return _Reader(text).read()


def write(papers: RankedPapers) -> str:
    """The papers as the text of a BLT file."""
    lines = [f"{len(papers.names)} {papers.seats}"]
    if papers.withdrawn:
        lines.append(" ".join(str(-place - 1) for place in sorted(papers.withdrawn)))
    if papers.lot_is_drawn:
        lines.append("[tie " + " ".join(str(place + 1) for place in papers.lot) + "]")
    for ranking, count in papers.papers:
        ranks = ["=".join(str(place + 1) for place in rank) for rank in ranking]
        lines.append(" ".join([str(count), *ranks, "0"]))
    if papers.blank:
        lines.append(f"{papers.blank} 0")
    return "\n".join([*lines, "0", *(f'"{name}"' for name in papers.names), f'"{papers.title}"']) + "\n"


def _wrong(line: int, expected: str, found: str = "") -> Refused:
    """The refusal of a line; `expected` is told in both languages, or as `Chinese / English`."""
    told_zh, _, told_en = expected.partition(" / ")
    seen_zh, seen_en = (f",实为“{found}”", f", found {found!r}") if found else ("", "")
    return Refused("wrong_file", f"此处应为 {told_zh}{seen_zh}", f"expected {told_en or told_zh}{seen_en}", line=line)


def _tokens(text: str) -> Iterator[Token]:
    """The marks of the text with their lines, without comments."""
    is_comment = False
    for line, content in enumerate(text.splitlines(), 1):
        for found in TOKEN.findall(content):
            if found in {"/*", "*/"}:
                is_comment = found == "/*"
            elif not is_comment and not found.startswith("#"):
                yield line, found


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.count = 0
        self.nicks: dict[str, int] = {}
        self.withdrawn: set[int] = set()
        self.lot: tuple[int, ...] = ()

    def read(self) -> RankedPapers:
        """The whole file."""
        self.count = self._number("候选人数 / number of candidates", least=1, most=MOST_CANDIDATES)
        seats = self._number("席位数 / number of seats", least=1)
        self.nicks = {str(place + 1): place for place in range(self.count)}
        while self._peek("选票 / papers").startswith(("-", "[")):
            self._option()
        papers, blank = self._papers()
        names = self._names()
        title = self._quoted('"标题" / "title" in quotes') if self.at < len(self.tokens) else ""
        lot = self.lot or tuple(range(self.count))
        return RankedPapers(title, names, seats, papers, frozenset(self.withdrawn), lot, bool(self.lot), blank)

    def _line(self) -> int:
        if not self.tokens:
            return 1
        return self.tokens[min(self.at, len(self.tokens) - 1)][0]

    def _peek(self, expected: str) -> str:
        if self.at >= len(self.tokens):
            raise _wrong(self._line(), expected)
        return self.tokens[self.at][1]

    def _next(self, expected: str) -> str:
        mark = self._peek(expected)
        self.at += 1
        return mark

    def _number(self, expected: str, *, least: int, most: int = MOST_PAPERS) -> int:
        line, mark = self._line(), self._next(expected)
        if not (mark.isascii() and mark.isdecimal()) or not least <= int(mark[:LONGEST_NUMBER]) <= most:
            raise _wrong(line, expected, mark)
        return int(mark)

    def _quoted(self, expected: str) -> str:
        line, mark = self._line(), self._next(expected)
        if len(mark) < 2 or not (mark.startswith('"') and mark.endswith('"')):
            raise _wrong(line, expected, mark)
        return mark[1:-1]

    def _names(self) -> tuple[str, ...]:
        """The names of all candidates; no two may be the same, or a result could not tell them apart."""
        names: dict[str, None] = {}
        for _ in range(self.count):
            line, name = self._line(), self._quoted('"候选人姓名" / "name of a candidate" in quotes')
            if name in names:
                raise _wrong(line, "另一姓名,同名者请加注区别 / another name: tell namesakes apart", name)
            names[name] = None
        return tuple(names)

    def _candidate(self, line: int, mark: str) -> int:
        if mark not in self.nicks:
            raise _wrong(line, f"候选人 1–{self.count} 或简称 / a candidate 1–{self.count} or a nick", mark)
        return self.nicks[mark]

    def _option(self) -> None:
        line, mark = self._line(), self._next("[")
        if mark != "[":
            self.withdrawn.add(self._candidate(line, mark[1:]))
            return
        name, values = self._next("tie | withdrawn | nick"), []
        while (mark := self._next("]")) != "]":
            values.append(mark)
        if name == "nick":
            if len(values) != self.count or len(set(values)) != self.count:
                raise _wrong(line, f"[nick … × {self.count}]")
            self.nicks.update({nick: place for place, nick in enumerate(values)})
        elif name == "tie":
            self.lot = tuple(self._candidate(line, value) for value in values)
            if len(set(self.lot)) != self.count:
                raise _wrong(line, f"[tie … × {self.count}]")
        elif name == "withdrawn":
            self.withdrawn.update(self._candidate(line, value) for value in values)
        elif name not in WITHOUT_EFFECT:
            raise _wrong(line, "[tie …] | [withdrawn …] | [nick …]", f"[{name}")

    def _papers(self) -> tuple[tuple[tuple[Ranking, int], ...], int]:
        papers, blank = [], 0
        while (count := self._paper_count()) != 0:
            ranking = self._ranking()
            if ranking:
                papers.append((ranking, count))
            else:
                blank += count
        return tuple(papers), blank

    def _paper_count(self) -> int:
        """How many papers bear the next ranking; one if it begins with a paper's own mark in parentheses."""
        expected = "票数、(票号),或 0 结束 / number of papers, (mark), or 0 to end"
        if self._peek(expected).startswith("("):
            self.at += 1
            return 1
        return self._number(expected, least=0)

    def _ranking(self) -> Ranking:
        ranking: list[tuple[int, ...]] = []
        seen: set[int] = set()
        while True:
            line, mark = self._line(), self._next("候选人,或 0 结束 / candidate, or 0 to end")
            if mark == "0":
                return tuple(rank for rank in ranking if rank)
            if mark == SKIPPED:
                continue
            rank = [self._candidate(line, name) for name in mark.split("=")]
            if seen.intersection(rank) or len(set(rank)) != len(rank):
                raise _wrong(line, "每人至多一次 / every candidate at most once", mark)
            seen.update(rank)
            ranking.append(tuple(place for place in rank if place not in self.withdrawn))


def strict_rankings(papers: RankedPapers) -> Sequence[tuple[tuple[int, ...], int]]:
    """Rankings as plain rows of candidates, equal ones together. Raises Refused when some paper has equal ranks."""
    if papers.has_equal_ranks:
        raise Refused("equal_ranks", "该规则不接受并列名次", "this rule does not take equal ranks")
    return [(tuple(rank[0] for rank in ranking), count) for ranking, count in merged(papers)]


def merged(papers: RankedPapers) -> Sequence[tuple[Ranking, int]]:
    """The papers with equal rankings put together, in the order they first appear."""
    together: dict[Ranking, int] = {}
    for ranking, count in papers.papers:
        together[ranking] = together.get(ranking, 0) + count
    return list(together.items())
