"""PABULIB files in and out, their faults by line, and the published result with its reasons."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.budget import fields, groups, pabulib, report
from huiyin.choice.budget.completion import complete
from huiyin.choice.budget.election import approval_election, points_election
from huiyin.choice.budget.greedy import greedy
from huiyin.choice.budget.official import differences
from huiyin.choice.budget.words import RULES, Completion, Request, Utility
from huiyin.choice.wording import Refused

PAPERS = """META
key;value
description;"Two; villages"
budget;1000.50
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;selected
p1;600;"A ""quiet"" park; with bench";1
p-two;300.25;路灯;0
3;100;Bus stop;1
VOTES
voter_id;age;sex;vote
1;34;M;p1,3
2;71;F;p1
3;17;F;3,p-two
4;x;M;
"""

POINTS = """META
key;value
budget;10
vote_type;cumulative
PROJECTS
project_id;cost
a;6
b;5
VOTES
voter_id;vote;points
1;a,b;2.5,0
2;b;3
"""


def test_reads_money_names_and_papers() -> None:
    election = pabulib.parse(PAPERS.encode())
    assert election.budget == Fraction("1000.50")
    assert [project.cost for project in election.projects] == [600, Fraction("300.25"), 100]
    assert election.projects[0].name == 'A "quiet" park; with bench'
    assert election.voters == 4
    assert election.votes == (2, 1, 2)
    assert election.whole_costs == (2400, 1201, 400)
    assert pabulib.official_winners(election) == frozenset({0, 2})
    assert [election.columns["sex"].labels[code] for code in election.columns["sex"].codes] == ["M", "F", "F", "M"]


def test_reads_points_and_drops_none() -> None:
    election = pabulib.parse(POINTS.encode())
    assert election.points_unit == 2
    assert election.votes == (1, 1)
    assert election.scores == (5, 6)


def test_fast_and_slow_reading_agree() -> None:
    slow = PAPERS.replace("2;71;F;p1", '2;71;F;"p1"')
    windows = "\ufeff" + PAPERS.replace("\n", "\r\n")
    first = pabulib.parse(PAPERS.encode())
    for text in (slow, windows):
        other = pabulib.parse(text.encode())
        assert (other.starts == first.starts).all()
        assert (other.chosen == first.chosen).all()
        assert other.columns["age"].labels == first.columns["age"].labels
        assert (other.columns["age"].codes == first.columns["age"].codes).all()
    quoted = pabulib.parse(POINTS.replace("2;b;3", '"2";b;3').encode())
    assert quoted.scores == (5, 6)


@pytest.mark.parametrize("text", [PAPERS, POINTS])
def test_what_is_written_reads_the_same(text: str) -> None:
    election = pabulib.parse(text.encode())
    again = pabulib.parse(pabulib.write(election, [1]).encode())
    assert (again.starts == election.starts).all()
    assert (again.chosen == election.chosen).all()
    assert again.scores == election.scores
    assert again.budget == election.budget
    assert [p.cost for p in again.projects] == [p.cost for p in election.projects]
    assert pabulib.official_winners(again) == frozenset({1})


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("budget;1000.50", "budget;much", 4),
        ("budget;1000.50", "budget;-1", 4),
        ("vote_type;approval", "vote_type;yes-no", 5),
        ("p-two;300.25", "p1;300.25", 10),
        ("3;100;Bus stop;1", "3;;Bus stop;1", 11),
        ("project_id;cost", "id;cost", 8),
        ("voter_id;age;sex;vote", "voter_id;age;sex;choice", 13),
        ("2;71;F;p1", "2;71;F;p9", 15),
        ("3;17;F;3,p-two", "3;17;F;3,3", 16),
        ("3;17;F;3,p-two", "3;17;3", 16),
        ("2;71;F;p1", '"2";71;F;p1;p1', 15),
        ("META\n", "META?\n", 1),
        ("PROJECTS\n", "PROJECT\n", 13),
        ("rule;greedy\n", "budget;7\n", 6),
        ('p1;600;"A ""quiet"" park; with bench";1\np-two;300.25;路灯;0\n3;100;Bus stop;1\n', "", 9),
        ("Bus stop", "Bus\0stop", 11),
    ],
)
def test_a_fault_is_refused_with_its_line(old: str, new: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        pabulib.parse(PAPERS.replace(old, new).encode())
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("2;b;3", f"2;b;{points}", 12) for points in ("3,4", "-3", "x", "1/0", "1e30", "1_0", "9999999999")],
)
def test_a_fault_in_points_is_refused_with_its_line(old: str, new: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        pabulib.parse(POINTS.replace(old, new).encode())
    assert refused.value.line == line


def test_other_bytes_than_utf8_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        pabulib.parse(PAPERS.replace("路灯", "Łódź").encode("cp1250"))
    assert refused.value.line == 10


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdefghijklmn0123456789_ąż-", min_size=1, max_size=20), unique=True, min_size=1), st.data())
def test_codes_of_any_length_are_found(codes: list[str], data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=10))
    table = fields.Table(",".join(marks).encode(), 1)
    begins, ends, count = table.marks(0)
    found = fields.codes_of(table, begins, ends, codes)
    assert found is not None
    assert [codes[place] for place in found] == marks
    assert count.tolist() == [len(marks)]
    assert fields.codes_of(table, begins, ends, [code + "x" for code in codes]) is None


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("utility", list(Utility))
@pytest.mark.parametrize("completion", list(Completion))
def test_a_result_can_be_added_up_again(rule: str, utility: Utility, completion: Completion) -> None:
    request = Request(rule, utility, completion)
    result = report.result(PAPERS.encode(), request)
    assert result == report.result(PAPERS.encode(), request)
    chosen = [project for project in result["projects"] if project["chosen"]]
    assert [project["project"] for project in chosen] == result["winners"]
    spent = sum(Fraction(p["cost"]["numerator"], p["cost"]["denominator"]) for p in chosen)
    assert spent == Fraction(result["spent"]["numerator"], result["spent"]["denominator"])
    for shares in result["groups"].values():
        paid = sum(Fraction(share["money"]["numerator"], share["money"]["denominator"]) for share in shares)
        assert paid == spent
        assert sum(share["voters"] for share in shares) == 4
    assert all(project["reason"]["zh"] and project["reason"]["en"] for project in result["projects"])


def test_reasons_name_what_was_missing() -> None:
    result = report.result(PAPERS.encode(), Request("greedy"))
    reasons = {project["project"]: project for project in result["projects"]}
    assert result["winners"] == ["3", "p1", "p-two"]
    assert "2 票,费用 600,轮到时余款 900.5,放得下" in reasons["p1"]["reason"]["zh"]
    poor = report.result(PAPERS.replace("1000.50", "650").encode(), Request("greedy"))
    lost = {project["project"]: project for project in poor["projects"]}["p1"]
    assert lost["missing"] == {"numerator": 50, "denominator": 1, "text": "50"}
    assert "差 50" in lost["reason"]["zh"]
    shares = report.result(PAPERS.encode(), Request("equal-shares"))
    lost = {project["project"]: project for project in shares["projects"]}["p1"]
    assert lost["reason"]["zh"] == "未入选:2 人支持,他们共余 450.25,不足费用 600,差 149.75。"


def test_a_result_states_what_it_needs_to_be_made_again() -> None:
    asked = Request("equal-shares", completion=Completion.INCREMENT, step=Fraction(1, 2), ties=("votes", "cost"))
    result = report.result(PAPERS.encode(), asked)
    assert result["ties_by"] == ["votes", "cost"]
    assert result["completion"]["step"]["text"] == "0.5"
    assert "按项目费用计" in result["rule_stated"]["zh"]
    assert "实付" in result["groups_stated"]["zh"]
    plain = report.result(PAPERS.encode(), Request("greedy", completion=Completion.INCREMENT))
    assert plain["completion"]["kind"] == "none"
    assert "不另补足" in plain["completion"]["stated"]["zh"]


def test_reasons_of_purchases_count_who_pays() -> None:
    text = PAPERS.replace("p-two;300.25", "p-two;0").replace("budget;1000.50", "budget;400").replace("p1;600", "p1;200")
    result = report.result(text.encode(), Request("equal-shares"))
    told = {project["project"]: project["reason"] for project in result["projects"]}
    assert told["p-two"]["en"] == "Chosen as no. 1: 1 supporter, cost 0; nobody pays."
    assert told["3"]["zh"].endswith("第 2 个入选:2 人支持,费用 100;2 人各出 50。与 p1 相等,按平局规则在前。")
    assert told["p1"]["zh"] == "未入选:2 人支持,他们共余 150,不足费用 200,差 50。"
    last = report.result(text.replace("p1;200", "p1;150").encode(), Request("equal-shares"))
    told = {project["project"]: project["reason"] for project in last["projects"]}
    assert told["p1"]["en"] == "Chosen as no. 3: 2 supporters, cost 150; 2 gave all they had left."
    head = "META\nkey;value\nbudget;3\nvote_type;approval\nPROJECTS\nproject_id;cost\na;2\nb;1\nVOTES\n"
    spent = report.result(f"{head}voter_id;vote\n1;a,b\n2;a\n3;b\n".encode(), Request("equal-shares"))
    assert spent["projects"][1]["reason"]["zh"] == "第 2 个入选:2 人支持,费用 1;1 人出尽余额,1 人已无余额。"


def test_reasons_of_nobody_and_of_ties() -> None:
    text = PAPERS.replace("3;17;F;3,p-two", "3;17;F;3").replace("2;71;F;p1", "2;71;F;")
    result = report.result(text.encode(), Request("greedy"))
    reasons = {project["project"]: project["reason"]["zh"] for project in result["projects"]}
    assert reasons["p-two"] == "未入选:无人支持(0 票)。"
    tied = report.result(PAPERS.encode(), Request("greedy"))["ties"]
    assert tied == [{"first": "3", "equal_to": ["p1"]}]


def test_what_the_city_did_otherwise_is_named() -> None:
    agreeing = PAPERS.replace("路灯;0", "路灯;1")
    assert differences(pabulib.parse(agreeing.encode())) == ()
    unexplained = differences(pabulib.parse(PAPERS.encode()))
    assert [difference.project for difference in unexplained] == [1]
    assert unexplained[0].sentence.zh.endswith("放得下,该市未选;文件未载理由(共 4 张票)。")
    unwanted = pabulib.parse(agreeing.replace("3,p-two", "3").encode())
    assert [(difference.project, difference.city_took_it) for difference in differences(unwanted)] == [(1, True)]
    assert differences(unwanted)[0].sentence.zh.startswith("0 票")


def test_a_city_that_stops_at_the_first_misfit() -> None:
    text = (
        "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;selected\n"
        "a;60;1\nb;50;0\nc;40;0\nVOTES\nvoter_id;vote\n1;a,b,c\n2;a,b\n3;a\n"
    )
    found = differences(pabulib.parse(text.encode()))
    assert [difference.project for difference in found] == [2]
    assert "首个放不下的项目即停止" in found[0].sentence.zh


def test_groups_and_ages() -> None:
    ages = fields.column(["17", "18", "44", "80", "n/a", "9" * 5000])
    bands = groups.age_bands(ages)
    assert [bands.labels[code] for code in bands.codes] == ["0–17", "18–29", "30–44", "75+", "?", "?"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_money_of_groups_adds_up(data: st.DataObject) -> None:
    costs = {f"p{i}": data.draw(st.integers(1, 9)) for i in range(4)}
    paper = st.dictionaries(st.sampled_from(sorted(costs)), st.integers(1, 3))
    papers = data.draw(st.lists(paper, min_size=1, max_size=8))
    budget = data.draw(st.integers(1, 30))
    pointed = data.draw(st.booleans())
    election = points_election(costs, budget, papers) if pointed else approval_election(costs, budget, papers)
    column = fields.column([data.draw(st.sampled_from("xyz")) for _ in papers])
    outcome = complete(election, Utility.COST, data.draw(st.sampled_from(Completion)))
    spent = sum(costs[f"p{place}"] for place in outcome.winners)
    assert sum(share.money for share in groups.shares_of_groups(election, column, outcome)) == spent
    looks = greedy(election)
    taken = sum(costs[f"p{look.project}"] for look in looks if look.taken)
    assert sum(share.money for share in groups.shares_of_groups(election, column, looks)) == taken


def test_lists_with_faults_are_refused() -> None:
    with pytest.raises(Refused):
        approval_election({"a": 1}, 1, [["b"]])
    with pytest.raises(Refused):
        approval_election({"a": 1}, 1, [["a", "a"]])
    with pytest.raises(Refused):
        points_election({"a": 1}, 1, [{"a": -1}])
    with pytest.raises(Refused):
        report.result(PAPERS.encode(), Request("dictator"))


ODD = (
    "META;;\nkey;value;\nbudget;300;\nvote_type;{kind};\n\nPROJECTS;;\nproject_id;cost;name;selected\n"
    '1;100;"Bench; tables";1\n2;250;"Say ""yes""";0\n3;100;Trees;1\nVOTES;;\nvoter_id;vote{points}\n'
)


def test_odd_headers_and_semicolons_in_quotes_are_read() -> None:
    election = pabulib.parse((ODD.format(kind="approval", points="") + "a;1,3\nb;\n").encode())
    assert [project.name for project in election.projects] == ["Bench; tables", 'Say "yes"', "Trees"]
    assert (election.voters, election.votes) == (2, (1, 0, 1))
    assert pabulib.official_winners(election) == frozenset({0, 2})


def test_points_too_large_to_add_up_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        pabulib.parse(POINTS.replace("2.5,0", "999999999.999999999,1").replace("2;b;3", "2;b;999999999\n" * 5).encode())
    assert refused.value.code == "points_too_large"


def test_blanks_and_many_different_labels_are_read() -> None:
    head = PAPERS.partition("VOTES\n")[0]
    many = "".join(f"{paper};{'M ' if paper % 2 else 'M'};p1\n" for paper in range(50_000))
    election = pabulib.parse(f"{head}VOTES\nvoter_id;sex;vote\n{many}".encode())
    assert election.columns["sex"].labels == ("M",)
    assert len(election.columns["voter_id"].labels) == 50_000


def test_ranked_papers_are_written_as_they_came() -> None:
    text = ODD.format(kind="ordinal", points="") + "a;3,1\nb;1\n"
    written = pabulib.write(pabulib.parse(text.encode()), [0])
    assert "\nVOTES\nvoter_id;vote\na;3,1\nb;1\n" in written
    assert pabulib.parse(written.encode()).scores == (3, 0, 2)


@pytest.mark.parametrize(("longest", "scores"), [("", (6, 2, 3)), ("max_length;4;\n", (8, 3, 5))])
def test_ranks_become_points_of_borda(longest: str, scores: tuple[int, ...]) -> None:
    text = ODD.format(kind="ordinal", points="").replace("budget;300;\n", "budget;300;\n" + longest)
    assert pabulib.parse((text + "a;1,2,3\nb;1,3;;\n").encode()).scores == scores


@given(st.binary(max_size=30), st.integers(0, 300), st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_any_damage_is_read_or_refused_with_its_line(damage: bytes, at: int, lost: int) -> None:
    whole = (ODD.format(kind="cumulative", points=";points") + "a;1,3;2,1\nb;2;1.5\n").encode()
    line: int | None = 1
    try:
        pabulib.parse(whole[:at] + damage + whole[at + lost :])
    except Refused as refused:
        line = refused.line
    assert line is not None
