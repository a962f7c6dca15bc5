"""Every read of wordings: subjects that say some words, newest first; subjects like a text, best first.

What is found is narrowed to who asks by keys only: the caller filters it by the right itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from huiyin.access import policy
from huiyin.finding import keys, likeness, phrases, reach, shares, sources, statements
from huiyin.finding.models import Wording
from huiyin.text.segment import folded

ENOUGH: Final = 1001
_COMPLETE: Final = 2000
_READ_THROUGH: Final = 8 * keys.SEGMENT_ROWS
_DRAFT_SIGNS: Final = 2000
_LEAST_PAIRS: Final = 3
_MOST_PAIRS: Final = 12
_RARE: Final = 300
_COMPARED: Final = 10
_OF_EACH: Final = 12
_THREES: Final = ((0, 1, 2), (0, 3, 4), (1, 3, 5))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of subjects, newest first, and whether they are all there are."""

    ids: list[int]
    is_all: bool


_NONE: Final = Found([], is_all=True)


def words_of(typed: str) -> list[str]:
    """The words of a search, as they are looked for."""
    return phrases.read(typed)


def newest(
    kind: str,
    words: list[str],
    *,
    scope: Q,
    before: int | None = None,
    enough: int = ENOUGH,
    only_open: bool = False,
) -> Found:
    """Subjects that say every one of the words, newest first, at most `enough`; `before` is the id to go on from.

    `words` come from `words_of`. `scope` only speeds the search up: a subject outside may be among them. Words of a
    single sign alone, which have no key, are looked for in the newest 131,072 subjects when the scope is everything.
    """
    who = reach.asked(scope)
    if not words or who == []:
        return _NONE
    all_of = (reach.OPEN,) if only_open else ()
    statement, values = statements.newest(words, who, shares.HELD.get(), all_of=all_of)
    last = keys.row_id(kind, keys.MOST_SUBJECTS if before is None else before) - (before is not None)
    start = keys.row_id(kind, 1)
    has_key = bool(who) or only_open or any(map(keys.pairs, words))
    first = start if has_key else max(start, min(last, _newest_row(kind)) - _READ_THROUGH)
    rows = _rows(statement, values | {"first": first, "last": last, "enough": enough})
    return Found([keys.subject_id(row) for (row,) in rows], is_all=len(rows) < enough and first == start)


def says(kind: str, typed: str, *, scope: Q = policy.EVERYTHING, only_open: bool = False) -> Q:
    """A condition on a subject's row: it says every word.

    Where few within the scope say it these are ids; where very many do, every row that is looked at is asked.
    """
    words = words_of(typed)
    if not words:
        return Q()
    found = newest(kind, words, scope=scope, enough=_COMPLETE, only_open=only_open)
    if found.is_all:
        return among(found.ids)
    looked = Wording.objects.filter(pk=OuterRef("pk") + (keys.row_id(kind, 1) - 1))
    for word in words:
        looked = looked.filter(folded__contains=word)
    return Q(Exists(looked))


def among(ids: Iterable[int]) -> Q:
    """A condition on a subject's row: its id is one of these.

    They are written into the statement, so that it is planned for as many as there are and looks them up one by one.
    """
    listed = ",".join(map(str, ids))
    return Q(Func(F("pk"), template=f"%(expressions)s = ANY('{{{listed}}}'::bigint[])", output_field=BooleanField()))


@dataclass(frozen=True, slots=True)
class Alike:
    """A subject that says something like a text; score from 0 to 1."""

    subject_id: int
    score: float


def alike(
    kind: str, text: str, *, scope: Q, also: Iterable[int] = (), least: float = likeness.NEAR, most: int = 5
) -> list[Alike]:
    """Subjects whose words are like a text, best first; none for a text of less than three pairs of signs.

    `also` are subjects to compare in any case, such as those of the same person; three fifths of `least` are enough.
    """
    who, draft = reach.asked(scope), folded(text[:_DRAFT_SIGNS])
    pairs = keys.pairs(_NUMBER.sub(" ", draft))
    if who == [] or len(pairs) < _LEAST_PAIRS:
        return []
    weighed, known = shares.HELD.get(), {keys.row_id(kind, subject_id) for subject_id in also}
    rows = _likely(kind, sorted(pairs, key=lambda pair: (weighed.of(pair), _scattered(pair))), who) | _folded(known)
    own, weight = likeness.read(draft), cache(weighed.weight)
    scored = [(row, likeness.score(own, likeness.read(said), weight)) for row, said in rows.items()]
    likely = [(row, score) for row, score in scored if score >= (0.6 * least if row in known else least)]
    likely.sort(key=lambda each: (-each[1], -each[0]))
    return [Alike(keys.subject_id(row), score) for row, score in likely[:most]]


def _likely(kind: str, pairs: list[int], who: list[int] | None) -> dict[int, str]:
    """Rows worth comparing, with their words: those that share rare pairs; for a form letter, several common ones."""
    weighed, top = shares.HELD.get(), _newest_row(kind)
    rare = [pair for pair in pairs[:_MOST_PAIRS] if keys.subject_id(top) * weighed.of(pair) <= _RARE * 10_000]
    found: dict[int, str] = {}
    if rare:
        statement, values = statements.alike([(pair, weighed.weight(pair)) for pair in rare], who, kind, top)
        found = dict(_rows(statement, values | {"most": _COMPARED}))
    if len(rare) >= _LEAST_PAIRS:
        return found
    bounds = {"first": keys.row_id(kind, 1), "last": top, "enough": _OF_EACH}
    common = set()
    for several in _THREES:
        if several[-1] < len(pairs):
            statement, values = statements.together(tuple(pairs[at] for at in several), who)
            common |= {row for (row,) in _rows(statement, values | bounds)}
    return found | _folded(common)


def _scattered(pair: int) -> int:
    """A number without order, so that of equally rare pairs not those of one script are taken first."""
    return pair * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF


def _folded(rows: set[int]) -> dict[int, str]:
    return dict(Wording.objects.filter(pk__in=rows).values_list("pk", "folded")) if rows else {}


def _newest_row(kind: str) -> int:
    return _span(kind).order_by("-pk").values_list("pk", flat=True).first() or keys.row_id(kind, 1)


def _span(kind: str) -> "QuerySet[Wording]":
    return Wording.objects.filter(pk__range=(keys.row_id(kind, 1), keys.row_id(kind, keys.MOST_SUBJECTS)))


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def missing_count(kind: str) -> int:
    """How many subjects of a kind are not found yet: what a rebuild has to read."""
    return max(0, sources.of(kind).count() - _span(kind).count())
