"""Reads rules and counts from JSON files, with the line at fault when they are wrong."""

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from huiyin.choice.majority.presets import preset
from huiyin.choice.majority.rules import UNITS, Absent, Abstention, Base, Group, Joined, Rule, Test
from huiyin.choice.majority.verdict import Tally
from huiyin.choice.wording import Refused, Sentence

Member = TypeVar("Member", bound=Enum)
COUNTS = ("eligible", "present", "yes", "no", "abstained", "invalid", "blank", "unreturned")


class Source:
    """The text of a JSON file and its content, where numbers with decimals are exact fractions."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self.content = json.loads(text, parse_float=Fraction)
        except json.JSONDecodeError as error:
            raise Refused(
                "wrong_file", "不是正确的 JSON", f"not correct JSON: {error.msg}", line=error.lineno
            ) from error
        if not isinstance(self.content, dict):
            raise self.wrong("", "{…}")

    def wrong(self, key: str, expected: str) -> Refused:
        """The refusal of an entry, on the line where its key first stands."""
        at = self.text.find(f'"{key}"') if key else 0
        line = self.text[: max(at, 0)].count("\n") + 1
        return Refused("wrong_file", f"{key} 应为 {expected}", f"{key}: expected {expected}", line=line)

    def number(self, holder: Mapping[str, Any], key: str) -> Fraction:
        """An exact number, written as a number or as text such as "2/3" or "1234.56"."""
        value = holder.get(key)
        if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
            raise self.wrong(key, '0, 1, "2/3", "1234.56"')
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError) as error:
            raise self.wrong(key, '0, 1, "2/3", "1234.56"') from error

    def choice(self, holder: Mapping[str, Any], key: str, kind: type[Member], default: Member) -> Member:
        """One of the named values of a kind, or the default when the key is not there."""
        if key not in holder:
            return default
        for member in kind:
            if member.value == holder[key]:
                return member
        raise self.wrong(key, " | ".join(str(member.value) for member in kind))


def read_rule(path: Path) -> Rule:
    """The rule in a file: `{"preset": "residents_2018"}` or a rule written out (see docs/choice-majority.md)."""
    return parse_rule(_text(path))


def parse_rule(text: str) -> Rule:
    """The rule in the text of a JSON file. Raises Refused with the line at fault."""
    source = Source(text)
    content = source.content
    if "preset" in content:
        return preset(str(content["preset"]))
    for key in ("code", "source", "passing"):
        if key not in content:
            raise source.wrong("", f'"preset" | "code", "source", "passing" ({key}?)')
    title = str(content.get("title", content["code"]))
    return Rule(
        code=str(content["code"]),
        title=Sentence(title, str(content.get("title_en", title))),
        source=str(content["source"]),
        mark=str(content.get("mark", "DEF")),
        quorum=_group(source, "quorum"),
        passing=_group(source, "passing"),
        abstention=source.choice(content, "abstention", Abstention, Abstention.NOT_YES),
        absent=source.choice(content, "absent", Absent, Absent.APART),
        in_force_from=_day(source, "in_force_from"),
        in_force_until=_day(source, "in_force_until"),
    )


def read_counts(path: Path) -> tuple[dict[str, Tally], date | None]:
    """The counts in a file by unit, and the day of the vote when the file says it."""
    return parse_counts(_text(path))


def parse_counts(text: str) -> tuple[dict[str, Tally], date | None]:
    """The counts in the text of a JSON file: `{"units": {"person": {…}, "area": {…}}}`, or the persons alone.

    `present` may be left out; it is then everybody who handed in a paper. Raises Refused with the line at fault.
    """
    source = Source(text)
    units = source.content.get("units", {"person": {k: v for k, v in source.content.items() if k in COUNTS}})
    if not isinstance(units, dict) or not units:
        raise source.wrong("units", '{"person": {…}}')
    tallies = {}
    for code, counts in units.items():
        if code not in UNITS or not isinstance(counts, dict):
            raise source.wrong(code, " | ".join(UNITS))
        tallies[code] = _tally(source, code, counts)
    return tallies, _day(source, "held_on")


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused("wrong_file", "此处应为 UTF-8", "expected UTF-8", line=line) from error


def _tally(source: Source, code: str, counts: Mapping[str, Any]) -> Tally:
    for key in counts:
        if key not in COUNTS:
            raise source.wrong(key, " | ".join(COUNTS))
    if "eligible" not in counts or "yes" not in counts:
        raise source.wrong(code if "units" in source.content else "", '"eligible" + "yes"')
    values = {key: source.number(counts, key) for key in counts}
    handed = sum((values.get(key, Fraction(0)) for key in COUNTS[2:7]), Fraction(0))
    return Tally(**{"present": handed, **values})


def _group(source: Source, key: str) -> Group:
    content = source.content.get(key, {"tests": []})
    tests = content.get("tests") if isinstance(content, dict) else content
    if not isinstance(tests, list) or (key == "passing" and not tests):
        raise source.wrong(key, '[{"unit": …, "share": "2/3", "base": …, "strict": false}]')
    joined = source.choice(content, "joined", Joined, Joined.ALL) if isinstance(content, dict) else Joined.ALL
    return Group(tuple(_test(source, key, test) for test in tests), joined)


def _test(source: Source, key: str, content: Any) -> Test:
    if not isinstance(content, dict) or not isinstance(content.get("strict"), bool):
        raise source.wrong(key, '{"unit": …, "share": "2/3", "base": …, "strict": true | false}')
    unit = content.get("unit", "person")
    if unit not in UNITS:
        raise source.wrong("unit", " | ".join(UNITS))
    share = source.number(content, "share")
    if not 0 < share <= 1:
        raise source.wrong("share", "0 < share ≤ 1")
    return Test(unit, share, source.choice(content, "base", Base, Base.PRESENT), content["strict"])


def _day(source: Source, key: str) -> date | None:
    value = source.content.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise source.wrong(key, "2026-01-31") from error
