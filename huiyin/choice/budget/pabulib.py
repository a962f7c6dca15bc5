"""PABULIB files (.pb): META, PROJECTS and VOTES in one semicolon table each, read into an election and written back.

Format: D. Stolicki, S. Szufa, N. Talmon, "Pabulib: A Participatory Budgeting Library", 2020; http://pabulib.org/format.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from pathlib import Path

import numpy as np

from huiyin.choice.budget.election import MOST_POINTS_TOGETHER, Counts, Election, Project, whole_points
from huiyin.choice.budget.fields import WORD, Columns, Table, codes_of, column
from huiyin.choice.wording import Refused, plain

SINGLE = ("approval", "choose-1")
POINTED = ("cumulative", "scoring")
RANKED = "ordinal"
NEEDED = ("budget", "vote_type")
Row = tuple[int, list[str]]
VOTES = re.compile(rb"\nVOTES[; \t]*(?:\n|\Z)")
AMOUNT = re.compile(r"[+-]?\d{1,15}([.,]\d{0,15})?", re.ASCII)
POINTS = re.compile(r"\d+(\.\d+)?", re.ASCII)
MOST_POINTS = 10**9
LENGTH = re.compile(r"\d{1,9}", re.ASCII)


def read(path: Path) -> Election:
    """The election in a file. Raises Refused with the line at fault and what was expected there."""
    return parse(path.read_bytes())


def parse(content: bytes) -> Election:
    """The election in the bytes of a file (UTF-8, with or without byte order mark)."""
    content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _text(content, 1)
    head, body, first_line = _cut(content)
    rows = list(_rows(_text(head, 1), 1))
    projects_at = next((at for at, row in enumerate(rows) if row[1] == ["PROJECTS"]), None)
    if projects_at is None:
        raise _wrong(first_line, "PROJECTS")
    meta = _meta(rows[1:projects_at])
    projects = _projects(rows[projects_at + 1 :], rows[projects_at][0] + 1)
    header, _, papers = body.partition(b"\n")
    names = _trimmed([name.strip() for name in next(csv.reader([_text(header, first_line)], delimiter=";"), [])])
    kind = meta["vote_type"][1].strip().lower()
    _check_header(names, kind, first_line, meta["vote_type"][0])
    election = Election(
        projects,
        _amount(*meta["budget"], "budget"),
        np.zeros(1, dtype=np.int64),
        np.zeros(0, dtype=np.int32),
        meta={key: value for key, (_, value) in meta.items()},
    )
    fast = _fast(election, names, papers) if papers else None
    election = fast or _slow(election, names, _text(papers, first_line + 1), first_line + 1)
    return _with_points_of_ranks(election, *meta.get("max_length", (0, ""))) if kind == RANKED else election


def write(election: Election, winners: Collection[int]) -> str:
    """The election as the text of a PABULIB file, with `selected` set to 1 for the winners and 0 for the others."""
    rows: list[list[str]] = []
    counts = {"num_projects": str(len(election.projects)), "num_votes": str(election.voters)}
    kind = {"vote_type": "approval" if election.points is None else "scoring"}
    meta = {**kind, **election.meta, **counts, "budget": plain(election.budget)}
    rows += [["META"], ["key", "value"], *([key, value] for key, value in meta.items())]
    extra = list(dict.fromkeys(key for project in election.projects for key in project.fields))
    extra = [key for key in extra if key not in {"project_id", "cost", "name", "selected", "votes", "score"}]
    rows += [["PROJECTS"], ["project_id", "cost", "votes", "score", "name", *extra, "selected"]]
    for place, project in enumerate(election.projects):
        score = plain(Fraction(election.scores[place], election.points_unit))
        more = [project.fields.get(key, "") for key in extra]
        shown = [project.code, plain(project.cost), str(election.votes[place]), score, project.name]
        rows.append([*shown, *more, "1" if place in winners else "0"])
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([*rows, *_paper_rows(election)])
    return out.getvalue()


def official_winners(election: Election) -> frozenset[int] | None:
    """Positions of the projects the file calls selected; None when it does not say."""
    if not any("selected" in project.fields for project in election.projects):
        return None
    return frozenset(
        place for place, p in enumerate(election.projects) if p.fields.get("selected", "0") not in {"", "0"}
    )


def is_ranked(election: Election) -> bool:
    """Whether the papers of the file are rankings, which were turned into points."""
    return election.meta.get("vote_type", "").strip().lower() == RANKED


def _paper_rows(election: Election) -> Iterable[list[str]]:
    names = [name for name in election.columns if name not in {"vote", "points"}]
    yield ["VOTES"]
    pointed = election.points is not None and not is_ranked(election)
    yield [*(names or ["voter_id"]), "vote", *(["points"] if pointed else [])]
    shown = [election.columns[name] for name in names]
    codes = [project.code for project in election.projects]
    for paper in range(election.voters):
        at = slice(election.starts[paper], election.starts[paper + 1])
        known = [entry.labels[entry.codes[paper]] for entry in shown] or [str(paper + 1)]
        marks = ",".join(codes[place] for place in election.chosen[at])
        points: list[str] = []
        if pointed and election.points is not None:
            points = [",".join(plain(Fraction(int(p), election.points_unit)) for p in election.points[at])]
        yield [*known, marks, *points]


def _wrong(line: int, expected: str, found: str = "") -> Refused:
    """The refusal of a line; `expected` is told in both languages, or as `Chinese / English`."""
    told_zh, _, told_en = expected.partition(" / ")
    seen_zh, seen_en = (f",实为“{found}”", f", found {found!r}") if found else ("", "")
    return Refused("wrong_file", f"此处应为 {told_zh}{seen_zh}", f"expected {told_en or told_zh}{seen_en}", line=line)


def _cut(content: bytes) -> tuple[bytes, bytes, int]:
    """Head (META and PROJECTS) and body (VOTES without its title) of a file, and the line the body begins on."""
    title = VOTES.search(content)
    head = content[: title.start()] if title else content
    lines = head.count(b"\n") + 1
    if head.partition(b"\n")[0].strip(b"; \t") != b"META":
        raise _wrong(1, "META")
    if not title:
        raise _wrong(lines, "VOTES")
    return head + b"\n", content[title.end() :], lines + 2


def _text(content: bytes, first_line: int) -> str:
    if b"\0" in content:
        raise _wrong(first_line + content[: content.index(b"\0")].count(b"\n"), "UTF-8", "\\0")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + content[: error.start].count(b"\n")
        raise _wrong(line, "UTF-8") from error


def _rows(text: str, first_line: int) -> Iterable[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=";")
    before = 0
    try:
        for row in reader:
            fields = [value.strip() for value in row]
            if any(fields):
                yield first_line + before, fields if fields[1:] != [""] * (len(fields) - 1) else fields[:1]
            before = reader.line_num
    except csv.Error as error:
        raise _wrong(first_line + before, '成对的引号 / quotes in pairs (")') from error


def _meta(rows: Sequence[Row]) -> Mapping[str, tuple[int, str]]:
    meta: dict[str, tuple[int, str]] = {}
    for line, row in rows:
        if _trimmed(row) == ["key", "value"]:
            continue
        if row[0] in meta and row[0] in NEEDED:
            raise _wrong(line, f"{row[0]} 只写一次 / {row[0]} only once")
        meta[row[0]] = (line, ";".join(_trimmed(row)[1:]))
    for key in NEEDED:
        if key not in meta:
            raise _wrong(rows[-1][0] + 1 if rows else 2, f"{key};…")
    return meta


def _amount(line: int, text: str, field: str) -> Fraction:
    if not AMOUNT.fullmatch(text):
        raise _wrong(line, f"{field}: 0, 1, 2.50 …", text)
    value = Fraction(text.replace(",", ".").rstrip("."))
    if value < 0:
        raise _wrong(line, f"{field} ≥ 0", text)
    return value


def _projects(rows: Sequence[Row], line: int) -> tuple[Project, ...]:
    names = _trimmed(rows[0][1]) if rows else []
    if "project_id" not in names or "cost" not in names:
        raise _wrong(rows[0][0] if rows else line, "project_id;cost;…", ";".join(names))
    projects: dict[str, Project] = {}
    for at, row in rows[1:]:
        if len(_trimmed(row)) > len(names):
            raise _wrong(at, f"{len(names)} 列 / {len(names)} fields", str(len(row)))
        fields = dict(zip(names, row, strict=False))
        code = fields["project_id"]
        if not code or code in projects:
            raise _wrong(at, "未用过的 project_id / a new project_id", code)
        cost = _amount(at, fields.get("cost", ""), "cost")
        projects[code] = Project(code, cost, fields.get("name", ""), fields)
    if not projects:
        raise _wrong(rows[0][0] + 1, "一个项目 / a project")
    return tuple(projects.values())


def _check_header(names: Sequence[str], kind: str, line: int, kind_line: int) -> None:
    if kind not in (*SINGLE, *POINTED, RANKED):
        raise _wrong(kind_line, "vote_type;" + "|".join((*SINGLE, *POINTED, RANKED)), kind)
    needed = ["vote", "points"] if kind in POINTED else ["vote"]
    if any(name not in names for name in needed):
        raise _wrong(line, ";".join(["voter_id", *needed]), ";".join(names))


def _is_pointed(election: Election) -> bool:
    return election.meta["vote_type"].strip().lower() in POINTED


def _fast(election: Election, names: Sequence[str], papers: bytes) -> Election | None:
    """The papers by whole-array reading; None when they are not plain and correct, so that the slow reader judges."""
    try:
        table = Table(papers, len(names))
    except ValueError:
        return None
    begins, ends, count = table.marks(names.index("vote"))
    chosen = codes_of(table, begins, ends, [project.code for project in election.projects])
    if chosen is None or _first_double(count, chosen, len(election.projects)) is not None:
        return None
    points: Counts | None = None
    unit = 1
    if _is_pointed(election):
        begins, ends, given = table.marks(names.index("points"))
        if (given != count).any():
            return None
        values = _points(table, begins, ends)
        if values is None:
            return None
        points, unit = values
    columns = Columns(table, names)
    return _with_papers(replace(election, columns=columns), count, chosen, points, unit)


def _points(table: Table, begins: Counts, ends: Counts) -> tuple[Counts, int] | None:
    words = table.words(begins, ends)
    if len(words) != 1:
        return None
    kinds, code = np.unique(words[0], return_inverse=True)
    texts = [int(kind).to_bytes(WORD, "little").rstrip(b"\0").decode("utf-8", "replace") for kind in kinds.tolist()]
    if not all(POINTS.fullmatch(text) for text in texts):
        return None
    values = [Fraction(text) for text in texts]
    unit = lcm(1, *(value.denominator for value in values))
    if int(max(values, default=Fraction(0)) * unit) * len(code) >= MOST_POINTS_TOGETHER:
        return None
    return np.array([int(value * unit) for value in values], dtype=np.int64)[code], unit


def _with_papers(election: Election, count: Counts, chosen: Counts, points: Counts | None, unit: int) -> Election:
    """The election with its papers; marks of no points are dropped."""
    row = np.repeat(np.arange(len(count)), count)
    if points is not None and not points.all():
        row, chosen, points = row[points > 0], chosen[points > 0], points[points > 0]
        count = np.bincount(row, minlength=len(count))
    starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return replace(election, starts=starts, chosen=chosen.astype(np.int32), points=points, points_unit=unit)


def _with_points_of_ranks(election: Election, line: int, longest: str) -> Election:
    """The election with the points of Borda: with n places on a paper the first gets n points, each next one less.

    n is `max_length` of META, or the length of the longest paper.
    """
    if longest and not LENGTH.fullmatch(longest):
        raise _wrong(line, "max_length: 1, 2, 3 …", longest)
    lengths = np.diff(election.starts)
    places = max(int(lengths.max(initial=0)), int(longest or 0))
    rank = np.arange(len(election.chosen)) - np.repeat(election.starts[:-1], lengths)
    return replace(election, points=(places - rank).astype(np.int64))


def _first_double(count: Counts, chosen: Counts, projects: int) -> int | None:
    """The first paper that names one project twice."""
    flat = np.sort(np.repeat(np.arange(len(count)), count) * projects + chosen)
    double = np.flatnonzero(flat[1:] == flat[:-1])
    return int(flat[double[0]]) // projects if len(double) else None


def _slow(election: Election, names: Sequence[str], text: str, first_line: int) -> Election:
    """The papers row by row, with the line of the first fault."""
    place = {project.code: at for at, project in enumerate(election.projects)}
    rows, marks, values = [], [], []
    pointed = _is_pointed(election)
    for line, row in _rows(text, first_line):
        fields = [*row, *[""] * (len(names) - len(row))] if len(row) == 1 else _padded(row, len(names))
        if len(fields) != len(names):
            raise _wrong(line, f"{len(names)} 列 / {len(names)} fields", str(len(row)))
        rows.append(fields)
        codes = _marks(fields[names.index("vote")])
        for code in codes:
            if code not in place or codes.count(code) > 1:
                raise _wrong(line, "PROJECTS 中的编号,每张票至多一次 / a code of PROJECTS, at most once a paper", code)
        marks.append([place[code] for code in codes])
        if pointed:
            given = _marks(fields[names.index("points")])
            if len(given) != len(codes):
                raise _wrong(line, f"points × {len(codes)}", str(len(given)))
            values.append([_one_paper_points(line, value) for value in given])
    count = np.array([len(codes) for codes in marks], dtype=np.int64)
    chosen = np.array([code for codes in marks for code in codes], dtype=np.int64)
    unit = lcm(1, *(value.denominator for given in values for value in given))
    points = whole_points([int(value * unit) for given in values for value in given]) if pointed else None
    columns = {name: column([fields[at] for fields in rows]) for at, name in enumerate(names)}
    return _with_papers(replace(election, columns=columns), count, chosen, points, unit)


def _trimmed(row: Sequence[str]) -> list[str]:
    """A row without the empty fields at its end, which spreadsheets add."""
    filled = [place for place, value in enumerate(row, start=1) if value]
    return list(row[: max(filled, default=0)])


def _padded(row: list[str], width: int) -> list[str]:
    """The row as wide as the header when it is only empty fields that stand over."""
    return row[:width] if len(_trimmed(row)) <= width < len(row) else row


def _one_paper_points(line: int, text: str) -> Fraction:
    value = _amount(line, text, "points")
    if value > MOST_POINTS or value.denominator > MOST_POINTS:
        raise _wrong(line, f"points ≤ {MOST_POINTS}", text)
    return value


def _marks(field: str) -> list[str]:
    return [mark.strip() for mark in field.split(",")] if field else []
