"""Signs of coordinated entry: what was planted is found, what people do by themselves is not."""

import random

import numpy as np

from huiyin.choice.opinions import coordination
from huiyin.choice.opinions.chart import opinion_map
from huiyin.choice.opinions.coordination import Kind
from huiyin.choice.opinions.tests.test_map import DAY, Row, two_camps
from huiyin.choice.opinions.votes import vote_table


def ring(people: int = 12, start: int = 10 * DAY) -> list[Row]:
    """Planted: people with one pattern on ten statements, within minutes."""
    pattern = [1, -1, 1, 1, -1, -1, 1, -1, -1, 1]
    return [(1000 + p, s, vote, start + p * 9000 + s * 800) for p in range(people) for s, vote in enumerate(pattern)]


def test_planted_equal_ballots_are_found_and_nothing_else() -> None:
    rows = two_camps(150, noise=0.4)
    assert opinion_map(vote_table(rows)).signs == ()
    signs = opinion_map(vote_table(rows + ring())).signs
    equal = [sign for sign in signs if sign.kind is Kind.EQUAL_BALLOTS]
    assert [(sign.people, sign.votes, len(sign.statements)) for sign in equal] == [(12, 120, 10)]
    assert equal[0].expected < 0.5
    assert equal[0].first_at_ms == 10 * DAY


def test_planted_wave_and_machine_pace_are_found() -> None:
    rows = two_camps(150, noise=0.4)
    wave = [(2000 + p, 4, 1, 20 * DAY + p * 1000) for p in range(40)]
    signs = opinion_map(vote_table(rows + wave)).signs
    assert [(sign.kind, sign.people, sign.statements) for sign in signs] == [(Kind.ONE_SIDED_WAVE, 40, ("4",))]
    draw = random.Random(7)
    quick = [(3000 + p, s, draw.choice([-1, 1]), 30 * DAY + p * DAY + s * 20) for p in range(6) for s in range(15)]
    signs = tuple(coordination.signs_of(vote_table(rows + quick), np.zeros(156, dtype=np.int64)))
    assert [(sign.kind, sign.people, sign.votes) for sign in signs] == [(Kind.MACHINE_PACE, 6, 90)]


def test_people_who_simply_agree_are_no_sign() -> None:
    draw = random.Random(3)
    sides = [1] * 19 + [-1]
    rows = [(p, s, draw.choice(sides), draw.randrange(DAY)) for p in range(60) for s in range(8)]
    ballots = [tuple(row[2] for row in rows if row[0] == person) for person in range(60)]
    assert ballots.count((1,) * 8) > 20
    assert opinion_map(vote_table(rows)).signs == ()


def test_people_who_pass_on_everything_are_a_sign_only_where_others_do_not() -> None:
    draw = random.Random(4)
    rows = [(p, s, draw.choice([-1, 1]), draw.randrange(DAY)) for p in range(60) for s in range(16)]
    passing = [(100 + p, s, 0, draw.randrange(DAY)) for p in range(30) for s in range(8)]
    elsewhere = [(200 + p, 8 + (s + p) % 8, 0, draw.randrange(DAY)) for p in range(120) for s in range(7)]
    signs = opinion_map(vote_table(rows + passing)).signs
    assert [(sign.kind, sign.people) for sign in signs] == [(Kind.EQUAL_BALLOTS, 30)]
    signs = opinion_map(vote_table(rows + passing + elsewhere)).signs
    assert [sign for sign in signs if sign.statements == tuple(map(str, range(8)))] == []


def test_a_mixed_hour_is_no_wave() -> None:
    slow = [(p, 0, 1 if p % 10 == 0 else -1, p * DAY) for p in range(200)]
    for agreeing, waves in ((24, 0), (40, 1)):
        busy = [(300 + p, 0, 1 if p < agreeing else -1, 400 * DAY + p * 1000) for p in range(40)]
        signs = coordination.signs_of(vote_table(slow + busy), np.zeros(240, dtype=np.int64))
        assert [sign.kind for sign in signs] == [Kind.ONE_SIDED_WAVE] * waves
