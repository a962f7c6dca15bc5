"""The two statements of finding: SQL and its named values; identifiers are our own, everything typed is a value."""

from typing import Any, Final

from huiyin.finding import keys
from huiyin.finding.models import Wording
from huiyin.finding.shares import Weighed

Statement = tuple[str, dict[str, Any]]
_TABLE: Final = Wording._meta.db_table  # noqa: SLF001  Django's public way to a table's name
_MOST_PAIRS: Final = 3
_RARE_ENOUGH: Final = 0.0003
_COMMON_PER_10000: Final = 2500
# One segment after the other, newest first; the outer LIMIT ends the search, so a common word costs one segment or two.
# `w.id + 0` keeps the planner from walking the rows by id, which it takes for cheap, instead of asking the keys.
_NEWEST: Final = """
SELECT found.id FROM generate_series(
    (SELECT max(id) >> {bits} FROM "{table}" WHERE id BETWEEN %(first)s AND %(last)s), %(first)s::bigint >> {bits}, -1
) AS segment(n), LATERAL (
    SELECT w.id FROM "{table}" AS w WHERE {conditions} AND w.id + 0 <= %(last)s ORDER BY w.id DESC
) AS found LIMIT %(enough)s
"""
_ALIKE: Final = """
SELECT w.id, w.folded FROM (
    SELECT found.id, sum(asked.weight) AS told
    FROM unnest(%(keys)s::text[], %(weights)s::real[]) AS asked(keys, weight), LATERAL (
        SELECT w.id FROM "{table}" AS w WHERE w.keys && asked.keys::bigint[]{reach}
    ) AS found GROUP BY found.id ORDER BY told DESC, found.id DESC LIMIT %(most)s
) AS best JOIN "{table}" AS w ON w.id = best.id
"""


def newest(words: list[str], who: list[int] | None, weighed: Weighed, *, all_of: tuple[int, ...] = ()) -> Statement:
    """Rows that say every word; expects first, last and enough.

    `who` are keys of which a row has one, None is everybody; `all_of` are keys of which it has every one.
    """
    asked = [*_telling(words, weighed), *all_of]
    told = [word for word in words if _is_told_by_keys(word, asked)]
    return _newest(asked, who, [word for word in words if word not in told])


def together(pairs: tuple[int, ...], who: list[int] | None) -> Statement:
    """Rows that have all these pairs; expects first, last and enough."""
    return _newest(list(pairs), who, [])


def _newest(asked: list[int], who: list[int] | None, words: list[str]) -> Statement:
    asked = asked + who if who is not None and len(who) == 1 else asked
    values: dict[str, Any] = {f"key{at}": key for at, key in enumerate(asked)}
    conditions = [_contains(list(values))] if asked else [_in_segment()]
    if who is not None and len(who) > 1:
        values |= {f"who{at}": key for at, key in enumerate(who)}
        conditions.append(f"w.keys && {_array([f'who{at}' for at in range(len(who))])}")
    for at, word in enumerate(words):
        values[f"said{at}"] = f"%{_escaped(word)}%"
        conditions.append(f"w.folded LIKE %(said{at})s")
    return _NEWEST.format(table=_TABLE, bits=keys.SEGMENT_BITS, conditions=" AND ".join(conditions)), values


def _telling(words: list[str], weighed: Weighed) -> list[int]:
    """The rarest keys of the words, as many as leave some hundred of a million rows; of two that overlap, the rarer.

    Pairs that overlap mostly go together: the second is asked for only when there is no other.
    """
    every: set[int] = set().union(*(keys.pairs(word) | keys.bounded_numbers(word) for word in words))
    overlapping: set[int] = set()
    asked: list[int] = []
    share = 1.0
    for key in weighed.rarest(every):
        is_worth = not asked or (share > _RARE_ENOUGH and weighed.of(key) < _COMMON_PER_10000)
        if key not in overlapping and is_worth and len(asked) < _MOST_PAIRS:
            asked.append(key)
            share *= weighed.of(key) / 10_000
            for around in _around(keys.text_of(key), words):
                overlapping |= keys.pairs(around) | keys.numbers(around)
    rest = [key for key in weighed.rarest(overlapping & every) if key not in asked]
    return asked + rest[:1] if len(asked) == 1 and share > _RARE_ENOUGH else asked


def _around(text: str, words: list[str]) -> list[str]:
    """Where the words have a pair or a number first, with the sign before and the sign after it."""
    return [word[max(0, (at := word.index(text)) - 1) : at + len(text) + 1] for word in words if text in word]


def _is_told_by_keys(word: str, asked: list[int]) -> bool:
    """Whether the keys say all there is: a word of two signs is one pair."""
    return len(word) == 2 and any(pair in asked for pair in keys.pairs(word))


def _contains(names: list[str]) -> str:
    return f"w.keys @> {_array(names)}"


def _array(names: list[str]) -> str:
    """Keys of the segment that is being asked."""
    return "ARRAY[" + ", ".join(f"%({name})s::bigint + segment.n" for name in names) + "]"


def _in_segment() -> str:
    """The rows of the segment, for words of a single sign, which have no pair."""
    first = f"segment.n << {keys.SEGMENT_BITS}"
    return f"w.id BETWEEN {first} AND ({first}) + {keys.SEGMENT_ROWS - 1}"


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def alike(asked: list[tuple[int, float]], who: list[int] | None, kind: str, top: int) -> Statement:
    """The rows that share most of what tells with pairs asked for, and their folded words; expects most."""
    segments = range(keys.segment(keys.row_id(kind, 1)), keys.segment(top) + 1)
    values: dict[str, Any] = {
        "keys": [_literal(pair, segments) for pair, _ in asked],
        "weights": [weight for _, weight in asked],
    }
    if who is None:
        return _ALIKE.format(table=_TABLE, reach=""), values
    values["who"] = "{" + ",".join(str(key + segment) for key in who for segment in segments) + "}"
    return _ALIKE.format(table=_TABLE, reach=" AND w.keys && %(who)s::bigint[]"), values


def _literal(pair: int, segments: range) -> str:
    return "{" + ",".join(str(pair + segment) for segment in segments) + "}"
