"""The pool and the quotas: who may be drawn, by which features, and the files they are read from."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huiyin.choice.wording import Refused

DIGITS = 9


class PoolError(Refused):
    """A pool, quotas or a lottery that cannot be used; the sentence names the line and what was expected."""

    def __init__(self, zh: str, en: str, *, line: int | None = None) -> None:
        super().__init__("pool", zh, en, line=line)


@dataclass(frozen=True, order=True)
class Quota:
    """At least `least` and at most `most` people of the panel have this value of this feature."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Pool:
    """Everyone who may be drawn, sorted by name.

    `names` identify people; `rows` are their rows in the file (1 is the first person); `values[i]` are the values of
    person i for `features`; `households[i]` is the household, unique to the person where none is given.
    """

    names: tuple[str, ...]
    rows: tuple[int, ...]
    features: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    households: tuple[str, ...]

    def only(self, people: Sequence[int]) -> "Pool":
        """The pool of some of its people, in the same order."""
        kept = sorted(people)
        return Pool(
            names=tuple(self.names[i] for i in kept),
            rows=tuple(self.rows[i] for i in kept),
            features=self.features,
            values=tuple(self.values[i] for i in kept),
            households=tuple(self.households[i] for i in kept),
        )


def pool_of(
    people: Sequence[tuple[str, Sequence[str]]], features: Sequence[str], households: Sequence[str] | None = None
) -> Pool:
    """Pool from (name, values of the features) and, in the same order, households ('' for none).

    Raises PoolError when a name is used twice or a person has another number of values than there are features.
    """
    names = [name for name, _ in people]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise PoolError(f"{twice!r} 指两个人;各人的名字应当不同", f"{twice!r} stands for two people; names must differ")
    for name, values in people:
        if len(values) != len(features):
            raise PoolError(
                f"{name!r}:应有 {len(features)} 个值,写了 {len(values)} 个",
                f"{name!r}: {len(features)} values were expected, found {len(values)}",
            )
    given = households or [""] * len(people)
    order = sorted(range(len(people)), key=lambda i: _name_order(names[i]))
    return Pool(
        names=tuple(names[i] for i in order),
        rows=tuple(i + 1 for i in order),
        features=tuple(features),
        values=tuple(tuple(people[i][1]) for i in order),
        households=tuple(f"household {given[i]}" if given[i] else f"person {names[i]}" for i in order),
    )


def read_quotas(path: Path) -> tuple[Quota, ...]:
    """Quotas of a CSV with the columns feature, value, min, max; or category, feature, min, max (the older layout).

    Raises PoolError with the line number and what was expected.
    """
    rows = _rows(path)
    header = [name.strip() for name in next(rows)[1]]
    feature, value = ("category", "feature") if "category" in header else ("feature", "value")
    places = [_column(header, name) for name in (feature, value, "min", "max")]
    quotas: dict[tuple[str, str], Quota] = {}
    for line, row in rows:
        texts = [row[place].strip() for place in places]
        if not texts[0] or not texts[1]:
            zh, en = f"应写 {feature} 和 {value},有一个是空的", f"a {feature} and a {value} were expected, one is empty"
            raise PoolError(zh, en, line=line)
        if not all(text.isdecimal() and len(text) <= DIGITS for text in texts[2:]) or int(texts[2]) > int(texts[3]):
            found = (texts[2][:20], texts[3][:20])
            zh = f"min 与 max 应为整数且 min ≤ max,写的是 {found[0]!r} 和 {found[1]!r}"
            en = f"whole numbers min ≤ max were expected, found {found[0]!r} and {found[1]!r}"
            raise PoolError(zh, en, line=line)
        if (texts[0], texts[1]) in quotas:
            zh, en = f"{texts[0]} = {texts[1]} 已有配额", f"{texts[0]} = {texts[1]} has a quota already"
            raise PoolError(zh, en, line=line)
        quotas[texts[0], texts[1]] = Quota(texts[0], texts[1], int(texts[2]), int(texts[3]))
    if not quotas:
        raise PoolError("应有配额,文件到此为止", "a quota was expected, the file ends", line=2)
    return tuple(sorted(quotas.values()))


def read_pool(
    path: Path, quotas: Sequence[Quota], *, household: str | None = None, identifier: str | None = None
) -> Pool:
    """Pool of a CSV with one person per row and a column for every feature of the quotas.

    People are named by the column `identifier`; without it by the first column that is no feature and no household and
    tells all people apart; without such a column by their row (1 is the first person).
    Raises PoolError with the line number and what was expected.
    """
    rows = _rows(path)
    header = [name.strip() for name in next(rows)[1]]
    features = sorted({quota.feature for quota in quotas})
    places = [_column(header, feature) for feature in features]
    home = None if household is None else _column(header, household)
    known = {(quota.feature, quota.value) for quota in quotas}
    table = []
    for line, row in rows:
        for feature, place in zip(features, places, strict=True):
            if (feature, row[place].strip()) not in known:
                said = f"{feature} = {row[place].strip()!r}"
                raise PoolError(f"{said} 没有配额", f"{said} has no quota", line=line)
        table.append((line, [cell.strip() for cell in row]))
    if not table:
        raise PoolError("应有报名的人,文件到此为止", "a person was expected, the file ends", line=2)
    names = _names(header, table, taken={*places, home}, identifier=identifier)
    people = [(name, [row[place] for place in places]) for name, (_, row) in zip(names, table, strict=True)]
    return pool_of(people, features, None if home is None else [row[home] for _, row in table])


def _names(
    header: Sequence[str], table: Sequence[tuple[int, list[str]]], *, taken: set[int | None], identifier: str | None
) -> list[str]:
    if identifier is not None:
        place = _column(header, identifier)
        seen: set[str] = set()
        for line, row in table:
            if not row[place] or row[place] in seen:
                zh = f"{identifier} 应当各不相同且不空,写的是 {row[place]!r}"
                raise PoolError(zh, f"a new {identifier} was expected, found {row[place]!r}", line=line)
            seen.add(row[place])
        return [row[place] for _, row in table]
    for place in range(len(header)):
        names = [row[place] for _, row in table]
        if place not in taken and all(names) and len(set(names)) == len(names):
            return names
    return [str(number) for number in range(1, len(table) + 1)]


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Header and non-empty rows with their line numbers; every row must have as many fields as the header."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PoolError("应为 UTF-8 文本", "text in UTF-8 was expected", line=line) from error
    reader = csv.reader(text.splitlines())
    header: list[str] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if header and len(row) != len(header):
                zh, en = f"应有 {len(header)} 栏", f"{len(header)} fields were expected"
                raise PoolError(f"{zh},有 {len(row)} 栏", f"{en}, found {len(row)}", line=reader.line_num)
            header = header or [cell.strip() for cell in row]
            yield reader.line_num, row
    except csv.Error as error:
        zh, en = "引号应当成对", "quotes in pairs were expected"
        raise PoolError(zh, en, line=reader.line_num) from error
    if not header:
        raise PoolError("应有表头,文件是空的", "a header was expected, the file is empty", line=1)


def _column(header: Sequence[str], name: str) -> int:
    if name not in header:
        told = ", ".join(header)
        raise PoolError(f"应有 {name} 一列,现有:{told}", f"a column {name} was expected, found: {told}", line=1)
    return header.index(name)


def _name_order(name: str) -> tuple[int, int, str]:
    """Whole numbers first, by size, then other names by code point."""
    return (0, int(name), name) if name.isascii() and name.isdecimal() else (1, 0, name)
