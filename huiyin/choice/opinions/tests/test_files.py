"""The command `map` reads what it is given, refuses with the line, and writes what it takes to make a map again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.opinions.tests.test_map import DAY, Row, two_camps
from huiyin.choice.opinions.votes import assemble, vote_table
from huiyin.choice.tests.typed import typed
from huiyin.choice.wording import Refused

Run = Callable[..., tuple[int, Any]]
HEADER = "timestamp,datetime,comment-id,voter-id,vote\n"
COMMENTS = "comment-id,author,moderated\n0,a,1\n1,b,-1\n"


def polis_text(rows: list[Row]) -> str:
    return HEADER + "".join(f"{at},Wed Jun 18 2014,{s},{p},{v}\n" for p, s, v, at in rows)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a text of votes and on further files (option → text); writes g.csv, t.csv and s.json."""
    monkeypatch.chdir(tmp_path)

    def call(text: str, out: str = "g.csv", **others: str) -> tuple[int, Any]:
        Path("votes.csv").write_text(text, encoding="utf-8", newline="")
        words = ["map", "votes.csv", "--out", out, "--statements", "t.csv", "--summary", "s.json"]
        for option, content in others.items():
            Path(f"{option}.csv").write_text(content, encoding="utf-8", newline="")
            words += [f"--{option}", f"{option}.csv"]
        code = typed(*words)
        return code, capsys.readouterr()

    return call


def summary() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Path("s.json").read_text(encoding="utf-8"))
    return told


def test_the_command_reads_votes_as_polis_exports_them(run: Run) -> None:
    code, told = run(polis_text(two_camps(30)))
    assert code == 0
    assert (summary()["people"], summary()["number_of_groups"]["chosen"]) == (30, 2)
    assert "30 人投了" in told.out
    before = Path("g.csv").read_bytes()
    quoted = polis_text(two_camps(30)).replace("Wed Jun 18 2014", '"Wed, Jun 18"').replace("\n", "\r\n")
    assert run(quoted)[0] == 0
    assert Path("g.csv").read_bytes() == before
    one_mark_lines = polis_text(two_camps(30)).replace("\n", "\r").replace("Wed", "\u2028Wed")
    assert run(one_mark_lines)[0] == 0
    assert Path("g.csv").read_bytes() == before


def test_a_summary_states_what_it_needs_to_be_made_again(run: Run) -> None:
    rows = two_camps(30)
    assert run(polis_text(rows))[0] == 0
    whole, groups = summary(), Path("g.csv").read_text(encoding="utf-8")
    assert (whole["statements_left_out"], whole["groups_kept_from_an_earlier_map"]) == ([], False)
    assert run(polis_text(rows[::-1]))[0] == 0
    assert summary() == whole
    assert run(polis_text(rows), comments=COMMENTS, earlier=groups)[0] == 0
    assert (summary()["statements_left_out"], summary()["groups_kept_from_an_earlier_map"]) == (["1"], True)
    changed = [(p, s, -v if at == rows[0][3] else v, at) for p, s, v, at in rows]
    assert run(polis_text(changed))[0] == 0
    assert summary()["votes_sha256"] != whole["votes_sha256"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + "1,d,0,0,1\n1,d,0,1,2\n", "line 3: a vote 1, 0 or -1 was expected, found '2'"),
        (HEADER + "1,d,0,0,1\nx,d,0,1,1\n", "line 3: a time in whole milliseconds was expected, found 'x'"),
        (HEADER + "1,d,0,0,1\n1,d,0,1\n", "line 3: 5 fields were expected, found 4"),
        (HEADER + "1,d,,0,1\n", "line 2: a person and a statement were expected"),
        (HEADER + '1,"a\nb",0,0,1\n\n1,d,0,1,x\n', "line 5: a vote 1, 0 or -1 was expected"),
        ("timestamp,comment-id,vote\n1,0,1\n", "line 1: a column voter-id or person"),
        (HEADER, "line 2: a vote was expected"),
        ("", "line 1: a column voter-id or person"),
        ("person,statement,vote\n1,1,1\n2,1,1\n1,1,-1\n", "line 4: person 1 voted twice on one statement"),
        ("person,statement,vote\n\na,1,1\nb,1,1\na,1,-1\n", "line 5: person a voted twice on one statement"),
        ("person,statement,vote\na,1," + "1" * 200_000 + "\n", "line 2: quotes in pairs were expected"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(run: Run, text: str, said: str) -> None:
    code, told = run(text)
    assert code == 1
    assert said in told.err
    assert told.err.startswith("votes.csv: 第")
    assert not Path("g.csv").exists()


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("comments", "comment-id,author\n0,a\n", "comments.csv: 第 1 行:应有 comment-id 和 moderated 两列"),
        ("comments", COMMENTS + "2\n", "line 4: 3 fields were expected, found 1"),
        ("earlier", "person,group\n1,x\n", "line 2: a group number was expected, found 'x'"),
        ("earlier", "person,group\n1,1\n2,0\n", "line 3: a group number was expected, found '0'"),
        ("earlier", "person\n1\n", "earlier.csv: 第 1 行:应有 person 和 group 两列"),
    ],
)
def test_another_wrong_file_is_told_with_its_line(run: Run, option: str, text: str, said: str) -> None:
    code, told = run(polis_text(two_camps(30)), **{option: text})
    assert code == 1
    assert said in told.err


def test_a_place_that_cannot_be_written_is_named(run: Run) -> None:
    code, told = run(polis_text(two_camps(30)), out="nowhere/g.csv")
    assert code == 1
    assert told.err.startswith("nowhere/g.csv: No such file")


def test_the_last_of_several_votes_counts() -> None:
    table = vote_table([("a", "s", 1, 5), ("a", "s", -1, 9), ("a", "s", 1, 7), ("b", "s", 0, 1)])
    assert table.vote.tolist() == [-1, 0]
    assert table.revoted == 2
    both = vote_table([("a", "s", 1, 5), ("a", "s", -1, 5), ("b", "s", 1, 1)])
    assert (both.vote.tolist(), both.contradicting) == ([0, 1], 1)
    assert vote_table([("a", "s", 1), ("a", "s", 1)]).vote.tolist() == [1]
    with pytest.raises(Refused, match="line 2: person a voted twice"):
        vote_table([("a", "s", 1), ("a", "s", -1)])
    with pytest.raises(Refused, match="line 1: a vote is 1, 0 or -1, not 2"):
        vote_table([("a", "s", 2)])
    with pytest.raises(Refused, match="the same columns"):
        vote_table([("a", "s", 1), ("a", "s", 1, 5)])
    with pytest.raises(Refused, match="there is no vote"):
        vote_table([])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-1, 1), st.integers(-2, 3)), min_size=1))
@settings(max_examples=100, deadline=None)
def test_last_votes_are_those_of_a_plain_reading(rows: list[Row]) -> None:
    person, statement, vote, at_ms = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    table = assemble(person, statement, vote, at_ms)
    last: dict[tuple[int, int], tuple[int, set[int]]] = {}
    for p, s, v, at in rows:
        before = last.get((p, s), (at, set()))
        last[p, s] = (at, {v}) if at > before[0] else (before[0], before[1] | {v}) if at == before[0] else before
    expected = [votes.copy().pop() if len(votes) == 1 else 0 for _, (_, votes) in sorted(last.items())]
    assert table.vote.tolist() == expected
    assert table.at_ms is not None
    assert table.at_ms.tolist() == [at for _, (at, _) in sorted(last.items())]
    assert table.contradicting == sum(len(votes) > 1 for _, votes in last.values())
    assert table.revoted == len(rows) - len(last)


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 0, 1, 1)],
        [(0, 0, 1, 1), (1, 0, -1, 2)],
        [(person, 0, person % 3 - 1, person) for person in range(20)],
        [(0, statement, 1, statement) for statement in range(9)],
        [*two_camps(15), (99, 3, 1, DAY)],
        [(person, statement, 0, 1) for person in range(16) for statement in range(8)],
    ],
    ids=["one vote", "two people", "one statement", "one person", "a person with one vote", "only passes"],
)
def test_small_conversations_are_drawn(run: Run, rows: list[Row]) -> None:
    code, _ = run(polis_text(rows))
    assert code == 0
    told = summary()
    assert told["people"] == len({row[0] for row in rows})
    assert sum(group["people"] for group in told["groups"]) == told["people_in_map"]
    assert len(told["explanations"]["zh"]) == len(told["explanations"]["en"])


def test_why_there_are_no_groups_is_told(run: Run) -> None:
    assert run(polis_text([(0, 0, 1, 1), (1, 0, -1, 2)]))[0] == 0
    assert summary()["explanations"]["zh"][1] == "没有分组:2 人分不出各有至少 2 人的两组。"
    assert run(polis_text([(person, statement, 1, 1) for person in range(20) for statement in range(8)]))[0] == 0
    assert summary()["explanations"]["zh"][1] == "没有分组:20 人的投票没有可以区分的方向。"


def test_explanations_count_those_who_voted(run: Run) -> None:
    assert run(polis_text(two_camps(40)))[0] == 0
    first = summary()["groups"][0]
    item = first["holds"][0]
    assert item["seen"] < first["people"]
    told = f"陈述 {item['statement']}:第 1 组投过票的 {item['seen']} 人中 {item['holding']} 人"
    assert any(line.startswith(told) for line in summary()["explanations"]["zh"])
