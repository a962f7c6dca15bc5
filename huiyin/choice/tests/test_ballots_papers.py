"""Judging papers, adding them up, pairs and points of Borda."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.choice.ballots.blt import RankedPapers
from huiyin.choice.ballots.pairwise import borda, duels
from huiyin.choice.ballots.papers import Form, Kind, Paper, Register, Repeats, Standing, judge, standing_counts
from huiyin.choice.ballots.tally import count, majority_tally, ranked_papers
from huiyin.choice.majority.presets import preset
from huiyin.choice.majority.verdict import decide
from huiyin.choice.wording import Refused

CLOSE = datetime(2026, 5, 1, 10, tzinfo=UTC)
ROLL = frozenset({"ann", "bob", "cai", "dou", "eva", "fan"})
YES_NO = Form(Kind.CHOICE, ("yes", "no"))


def standings(papers: list[Paper], form: Form = YES_NO, register: Register | None = None) -> list[Standing]:
    return [entry.standing for entry in judge(papers, form, register or Register(ROLL, closes_at=CLOSE))]


def test_every_standing_has_its_reason() -> None:
    register = Register(ROLL, recused=frozenset({"fan"}), closes_at=CLOSE)
    papers = [
        Paper("1", "ann", ("yes",)),
        Paper("2", "ann", ("no",)),
        Paper("3", "bob", abstains=True),
        Paper("4", "cai"),
        Paper("5", "dou", ("yes", "no")),
        Paper("6", "eva", ("yes",), received_at=datetime(2026, 5, 1, 10, 0, 1, tzinfo=UTC)),
        Paper("7", "fan", ("yes",)),
        Paper("8", "guo", ("yes",)),
    ]
    assert standings(papers, register=register) == [
        Standing.VALID,
        Standing.REPEATED,
        Standing.ABSTAINED,
        Standing.BLANK,
        Standing.INVALID,
        Standing.LATE,
        Standing.RECUSED,
        Standing.NOT_ON_ROLL,
    ]
    counted = count(papers, YES_NO, register)
    assert register.eligible == 5
    assert counted.took_part == 4
    assert counted.totals == {"yes": 1, "no": 0}
    assert "应到 5 人(另回避 1 人),收票 8 张,其中参加表决 4 张" in counted.sentence.zh
    published = counted.as_json()
    assert published["standings"]["late"] == 1
    assert "ann" not in str(published)


def test_a_paper_at_the_last_moment_is_in_time() -> None:
    assert standings([Paper("1", "ann", ("yes",), received_at=CLOSE)]) == [Standing.VALID]


def test_the_last_of_several_papers_may_count() -> None:
    register = Register(ROLL, repeats=Repeats.LAST)
    papers = [Paper("1", "ann", ("yes",)), Paper("2", "ann", ("no",))]
    assert standings(papers, register=register) == [Standing.REPEATED, Standing.VALID]


def test_one_proxy_each_with_a_written_authorisation() -> None:
    papers = [
        Paper("1", "ann", ("yes",), cast_by="bob", authorised=True),
        Paper("2", "cai", ("yes",), cast_by="bob", authorised=True),
        Paper("3", "bob", ("yes",), cast_by="bob"),
        Paper("4", "dou", ("yes",), cast_by="eva"),
    ]
    assert standings(papers) == [Standing.VALID, Standing.BAD_PROXY, Standing.VALID, Standing.BAD_PROXY]
    recused = Register(ROLL, recused=frozenset({"bob"}))
    assert standings(papers[:1], register=recused) == [Standing.BAD_PROXY]


@pytest.mark.parametrize(
    ("form", "paper", "expected"),
    [
        (Form(Kind.APPROVAL, ("a", "b", "c"), most=2), Paper("1", "ann", ("a", "b")), Standing.VALID),
        (Form(Kind.APPROVAL, ("a", "b", "c"), most=2), Paper("1", "ann", ("a", "b", "c")), Standing.INVALID),
        (Form(Kind.APPROVAL, ("a", "b")), Paper("1", "ann", ("a", "a")), Standing.INVALID),
        (Form(Kind.APPROVAL, ("a", "b")), Paper("1", "ann", ("z",)), Standing.INVALID),
        (Form(Kind.RANKING, ("a", "b"), least=2), Paper("1", "ann", ("a",)), Standing.INVALID),
    ],
)
def test_marks_follow_the_form(form: Form, paper: Paper, expected: Standing) -> None:
    assert standings([paper], form) == [expected]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((Fraction(3), Fraction(2)), Standing.VALID),
        ((Fraction(4), Fraction(1)), Standing.INVALID),
        ((Fraction(3), Fraction(3)), Standing.INVALID),
        ((Fraction(3),), Standing.INVALID),
        ((Fraction(3), Fraction(-1)), Standing.INVALID),
    ],
)
def test_points_keep_their_bounds(points: tuple[Fraction, ...], expected: Standing) -> None:
    form = Form(Kind.POINTS, ("a", "b"), most_points=Fraction(3), total_points=Fraction(5))
    assert standings([Paper("1", "ann", ("a", "b"), points)], form) == [expected]


def test_points_and_approvals_add_up() -> None:
    points = Form(Kind.POINTS, ("a", "b"))
    papers = [
        Paper("1", "ann", ("a", "b"), (Fraction(1, 3), Fraction(2))),
        Paper("2", "bob", ("a",), (Fraction(2, 3),)),
    ]
    counted = count(papers, points, Register(ROLL))
    assert counted.totals == {"a": 1, "b": 2}
    assert counted.leading == ("b",)
    approvals = count(
        [Paper("1", "ann", ("a", "b")), Paper("2", "bob", ("a",))], Form(Kind.APPROVAL, ("a", "b")), Register(ROLL)
    )
    assert approvals.totals == {"a": 2, "b": 1}


def test_a_count_goes_into_a_majority() -> None:
    papers = [Paper(str(i), voter, ("yes",)) for i, voter in enumerate(["ann", "bob", "cai", "dou"])]
    counted = count([*papers, Paper("9", "eva", abstains=True)], YES_NO, Register(ROLL))
    tally = majority_tally(counted, yes="yes", no="no")
    assert decide(preset("rep_two_thirds_eligible"), {"person": tally}).is_passed
    assert [tally.eligible, tally.present, tally.abstained] == [6, 5, 1]
    with pytest.raises(Refused):
        majority_tally(count([], Form(Kind.POINTS, ("a",)), Register(ROLL)), yes="a", no="a")


def test_a_count_goes_into_a_transferable_vote() -> None:
    form = Form(Kind.RANKING, ("a", "b", "c"))
    papers = [
        Paper("1", "ann", ("b", "a")),
        Paper("2", "bob", ("b", "a")),
        Paper("3", "cai", ("c",)),
        Paper("4", "dou"),
    ]
    counted = count(papers, form, Register(ROLL))
    assert counted.totals == {"a": 0, "b": 2, "c": 1}
    ranked = ranked_papers(counted, seats=1, lot=("c", "b", "a"))
    assert ranked.papers == ((((1,), (0,)), 2), (((2,),), 1))
    assert ranked.lot == (2, 1, 0)
    assert ranked.lot_is_drawn
    assert ranked.blank == 1
    with pytest.raises(Refused):
        ranked_papers(counted, seats=1, lot=("c", "b"))
    with pytest.raises(Refused):
        ranked_papers(count([], YES_NO, Register(ROLL)), seats=1)


FORMS = [
    Form(Kind.CHOICE, ("a", "b", "c")),
    Form(Kind.APPROVAL, ("a", "b", "c"), most=2),
    Form(Kind.POINTS, ("a", "b", "c"), total_points=Fraction(5)),
    Form(Kind.RANKING, ("a", "b", "c")),
]
MARKS = st.lists(st.sampled_from("abcz"), max_size=3).map(tuple)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Form, list[Paper]]:
    """A form, and a paper each of some voters: in order or not, blank, abstaining, late or off the roll."""
    form = draw(st.sampled_from(FORMS))
    voters = draw(st.lists(st.sampled_from([*sorted(ROLL), "guo"]), unique=True, max_size=7))
    papers = []
    for number, voter in enumerate(voters):
        marks = draw(MARKS)
        points = tuple(draw(st.fractions(0, 3, max_denominator=4)) for _ in marks) if form.kind is Kind.POINTS else ()
        when = draw(st.sampled_from([CLOSE, CLOSE.replace(minute=1), None]))
        papers.append(Paper(str(number), voter, marks, points, abstains=draw(st.booleans()), received_at=when))
    return form, papers


@given(boxes(), st.randoms())
def test_neither_order_nor_names_of_voters_change_a_count(box: tuple[Form, list[Paper]], shuffle: Random) -> None:
    """Anonymity: papers in another order, from voters under other names, come to the same."""
    form, papers = box
    names = [*sorted(ROLL)]
    shuffle.shuffle(names)
    other = dict(zip(sorted(ROLL), names, strict=True))
    turned = [replace(paper, voter=other.get(paper.voter, paper.voter)) for paper in papers]
    shuffle.shuffle(turned)
    first, second = (count(cast, form, Register(ROLL, closes_at=CLOSE)) for cast in (papers, turned))
    assert first.totals == second.totals
    assert standing_counts(first.judged) == standing_counts(second.judged)
    assert first.sentence == second.sentence


@given(boxes(), st.sampled_from("abc"))
def test_one_more_valid_paper_never_lowers_whom_it_names(box: tuple[Form, list[Paper]], option: str) -> None:
    """Monotonicity of choices, approvals, points and first places; and nobody else gains."""
    form, papers = box
    points = (Fraction(5, 2),) if form.kind is Kind.POINTS else ()
    more = [*papers, Paper("new", "new", (option,), points)]
    before, after = (count(cast, form, Register(ROLL | {"new"}, closes_at=CLOSE)) for cast in (papers, more))
    assert after.totals[option] == before.totals[option] + (points[0] if points else 1)
    assert all(after.totals[other] == before.totals[other] for other in "abc" if other != option)
    assert option not in before.leading or after.leading == (option,)


def test_a_paper_that_abstains_and_votes_is_invalid() -> None:
    assert standings([Paper("1", "ann", ("yes",), abstains=True)]) == [Standing.INVALID]


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(Refused, match="票号 1 用了 2 次"):
        standings([Paper("1", "ann", ("yes",)), Paper("1", "bob", ("yes",))])
    with pytest.raises(Refused, match="选项不得重复"):
        standings([], Form(Kind.CHOICE, ("yes", "yes")))
    with pytest.raises(Refused, match="yes, no"):
        majority_tally(count([], YES_NO, Register(ROLL)), yes="同意", no="no")


def ranked(rows: list[tuple[str, int]], names: str = "abc") -> RankedPapers:
    papers = tuple((tuple((names.index(mark),) for mark in row), number) for row, number in rows)
    return RankedPapers("t", tuple(names), 1, papers, lot=tuple(range(len(names))))


def test_condorcet_winner_and_circle() -> None:
    # Tennessee: Memphis 42, Nashville 26, Chattanooga 15, Knoxville 17.
    capital = ranked([("mnck", 42), ("nckm", 26), ("cknm", 15), ("kcnm", 17)], "mnck")
    won = duels(capital)
    assert won.winner == 1
    assert won.over[1] == {0: 58, 1: 0, 2: 68, 3: 68}
    assert "最少净胜 16 票" in won.sentence.zh
    assert borda(capital) == {0: 126, 1: 194, 2: 173, 3: 107}
    circle = duels(ranked([("abc", 1), ("bca", 1), ("cab", 1)]))
    assert circle.winner is None
    assert circle.smith_set == (0, 1, 2)
    assert circle.as_json()["condorcet_winner"] is None


def test_borda_shares_places_of_equals_and_unranked() -> None:
    assert borda(ranked([("a", 1)])) == {0: 2, 1: Fraction(1, 2), 2: Fraction(1, 2)}
    equal = RankedPapers("t", ("a", "b", "c"), 1, ((((0, 1), (2,)), 1),))
    assert borda(equal) == {0: Fraction(3, 2), 1: Fraction(3, 2), 2: 0}


@given(st.lists(st.permutations("abcd"), min_size=1, max_size=9))
def test_duels_and_borda_are_consistent(rows: list[list[str]]) -> None:
    papers = ranked([("".join(row), 1) for row in rows], "abcd")
    pairs, points = duels(papers), borda(papers)
    assert sum(points.values()) == 6 * len(rows)
    assert all(points[a] == sum(pairs.over[a].values()) for a in points)
    assert set(pairs.smith_set) >= ({pairs.winner} if pairs.winner is not None else set())
    inside = set(pairs.smith_set)
    assert all(pairs.beats(a, b) for a in inside for b in set(pairs.over) - inside)


@given(st.lists(st.permutations("abcd"), min_size=1, max_size=9), st.data())
def test_a_better_place_never_harms_in_duels_and_points(rows: list[list[str]], data: st.DataObject) -> None:
    """Monotonicity: one candidate a place higher on one paper loses no duel and no point."""
    at, place = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(1, 3))
    raised = [list(row) for row in rows]
    row = raised[at]
    row[place - 1], row[place] = row[place], row[place - 1]
    who = "abcd".index(row[place - 1])
    before, after = (ranked([("".join(row), 1) for row in cast], "abcd") for cast in (rows, raised))
    assert borda(after)[who] == borda(before)[who] + 1
    assert duels(before).winner != who or duels(after).winner == who
    assert who not in duels(before).smith_set or who in duels(after).smith_set


def test_those_on_one_rank_do_not_beat_each_other() -> None:
    pairs = duels(RankedPapers("t", ("a", "b", "c"), 1, ((((0, 1), (2,)), 1),)))
    assert pairs.over == {0: {0: 0, 1: 0, 2: 1}, 1: {0: 0, 1: 0, 2: 1}, 2: {0: 0, 1: 0, 2: 0}}


def test_the_words_of_duels() -> None:
    circle = duels(ranked([("abc", 1), ("bca", 1), ("cab", 1)]))
    assert circle.sentence.en == "Nobody wins every duel; a, b, c beat or tie one another."
    assert duels(ranked([("a", 3)], "a")).sentence.zh == "只有 a 一人,无从比较。"
