"""Reads a JSON file so that every value knows its line, every key stands once and every number stays exact."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from huiyin.choice.wording import Refused

Member = TypeVar("Member", bound=Enum)
Where = tuple[str | int, ...]
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
NUMBER = re.compile(r"[0-9]{1,40}(\.[0-9]{1,40})?|[0-9]{1,40}/[0-9]{0,39}[1-9][0-9]{0,39}")
LONGEST_FILE = 1_000_000
UNPRINTABLE = {"Cc", "Cs"}  # control characters and halves of a character


class Written(str):
    """A number as it is written in the file, before anybody rounds it."""

    __slots__ = ()


@dataclass(frozen=True)
class Entry:
    """A value of a JSON file, the keys that lead to it, and the lines of the whole file."""

    value: Any
    where: Where
    lines: Mapping[Where, int]

    @property
    def name(self) -> str:
        """The keys that lead here as people write them, e.g. `passing.tests[1].share`."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{repr(step)[1:-1]}" for step in self.where)
        return "".join(steps).removeprefix(".")

    def wrong(self, zh: str, en: str) -> Refused:
        """The refusal of this value, with its line and what was expected."""
        named_zh, named_en = (f"{self.name} ", f"{self.name}: ") if self.where else ("", "")
        return Refused("wrong_file", f"{named_zh}应为{zh}", f"{named_en}expected {en}", line=self.lines[self.where])

    def members(self, known: Collection[str]) -> dict[str, "Entry"]:
        """The entries of an object whose keys must be among the known ones."""
        listed = "、".join(known), ", ".join(known)
        if not isinstance(self.value, dict):
            raise self.wrong(f"对象 {{…}},可写:{listed[0]}", f"an object {{…}} with any of: {listed[1]}")
        entries = {key: Entry(value, (*self.where, key), self.lines) for key, value in self.value.items()}
        for key, entry in entries.items():
            if key not in known:
                raise entry.wrong(f"下列之一:{listed[0]}", f"one of these keys: {listed[1]}")
        return entries

    def lacking(self, key: str) -> Refused:
        """The refusal of an object that lacks a key it needs."""
        zh, en = f"缺少“{key}”", f'"{key}" is missing'
        if self.where:
            zh, en = f"{self.name} {zh}", f"{self.name}: {en}"
        return Refused("wrong_file", zh, en, line=self.lines[self.where])

    def rows(self) -> list["Entry"]:
        """The entries of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("列表 […]", "a list […]")
        return [Entry(value, (*self.where, at), self.lines) for at, value in enumerate(self.value)]

    def number(self) -> Fraction:
        """An exact number from 0, written as a number or in quotes: `46`, `"2/3"`, `"1234.56"`."""
        if not isinstance(self.value, str) or not NUMBER.fullmatch(self.value):
            raise self.wrong('不小于 0 的数,如 46、"2/3"、"1234.56"', 'a number from 0, such as 46, "2/3", "1234.56"')
        return Fraction(self.value)

    def whole(self) -> Fraction:
        """A whole number from 0."""
        value = self.number()
        if value.denominator != 1:
            raise self.wrong("不小于 0 的整数", "a whole number from 0")
        return value

    def text(self) -> str:
        """A text in quotes, not empty, on one line."""
        value = self.value
        if not isinstance(value, str) or isinstance(value, Written) or not value.strip():
            raise self.wrong("引号内的文字", "a text in quotes")
        if any(unicodedata.category(character) in UNPRINTABLE for character in value):
            raise self.wrong("一行可读的文字", "a readable text on one line")
        return value

    def truth(self) -> bool:
        """Whether it says true; only true and false are taken."""
        if not isinstance(self.value, bool):
            raise self.wrong(" true 或 false", "true or false")
        return self.value

    def day(self) -> date:
        """A day of the calendar such as "2026-01-31"."""
        text = self.text()
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.wrong('日期,如 "2026-01-31"', 'a day such as "2026-01-31"') from error

    def one_of(self, kind: type[Member]) -> Member:
        """One of the named values of a kind."""
        for member in kind:
            if member.value == self.value:
                return member
        listed = " | ".join(str(member.value) for member in kind)
        raise self.wrong(f" {listed}", listed)


def text_of(path: Path) -> str:
    """The text of a file. Raises Refused with the line that is not UTF-8."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused("wrong_file", "此处应为 UTF-8", "expected UTF-8", line=line) from error


def read_entry(text: str) -> Entry:
    """The whole content of a JSON text. Raises Refused with the line where it is not JSON or names a key twice."""
    if len(text) > LONGEST_FILE:
        raise Refused("wrong_file", f"超过 {LONGEST_FILE} 字", f"longer than {LONGEST_FILE} characters")
    try:
        value = json.loads(text, parse_int=Written, parse_float=Written, parse_constant=Written)
    except json.JSONDecodeError as error:
        zh, en = "不是正确的 JSON", f"not correct JSON: {error.msg}"
        raise Refused("wrong_file", zh, en, line=error.lineno) from error
    except RecursionError as error:
        raise Refused("wrong_file", "括号嵌套过深", "brackets nested too deeply", line=1) from error
    return Entry(value, (), _lines(text))


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The marks of the text with their lines."""
    line, end = 1, 0
    for found in TOKEN.finditer(text):
        line, end = line + text.count("\n", end, found.start()), found.start()
        yield line, found.group()


def _lines(text: str) -> dict[Where, int]:
    """The line of every key and every entry of a list in a text that is correct JSON."""
    lines: dict[Where, int] = {(): 1}
    path: list[str | int] = []
    is_key = False
    for line, mark in _marks(text):
        if mark in {"}", "]"}:
            path.pop()
        elif mark == ",":
            last = path[-1]
            is_key = isinstance(last, str)
            path[-1] = "" if isinstance(last, str) else last + 1
        elif mark == ":":
            is_key = False
        elif is_key:
            path[-1] = json.loads(mark)
            if tuple(path) in lines:
                name = repr(path[-1])[1:-1]
                raise Refused("wrong_file", f"“{name}”写了两次", f'"{name}" stands twice', line=line)
            lines[tuple(path)] = line
        else:
            lines.setdefault(tuple(path), line)
            if mark in {"{", "["}:
                is_key = mark == "{"
                path.append("" if is_key else 0)
    return lines
