"""Reads rules and counts from JSON files, with the line at fault when they are wrong (see docs/choice-majority.md)."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from huiyin.choice.majority.presets import PRESETS
from huiyin.choice.majority.rules import MARKS, UNITS, Absent, Abstention, Base, Group, Joined, Rule, Test
from huiyin.choice.majority.source import Entry, read_entry, text_of
from huiyin.choice.majority.verdict import COUNTS, Tally
from huiyin.choice.wording import Sentence

RULE_KEYS = (
    "code",
    "title",
    "title_en",
    "source",
    "mark",
    "quorum",
    "passing",
    "abstention",
    "absent",
    "in_force_from",
    "in_force_until",
)
TEST_KEYS = ("unit", "share", "base", "strict")
PAPERS = ("yes", "no", "abstained", "invalid", "blank")


def read_rule(path: Path) -> Rule:
    """The rule in a file: `{"preset": "residents_2018"}`, or a rule written out."""
    return parse_rule(text_of(path))


def parse_rule(text: str) -> Rule:
    """The rule in the text of a JSON file. Raises Refused with the line at fault and what was expected there."""
    content = read_entry(text)
    is_preset = isinstance(content.value, dict) and "preset" in content.value
    entries = content.members(("preset",) if is_preset else RULE_KEYS)
    if is_preset:
        return _preset(entries["preset"])
    for key in ("code", "source", "passing"):
        if key not in entries:
            raise content.lacking(key)
    title = entries.get("title", entries["code"]).text()
    return Rule(
        code=entries["code"].text(),
        title=Sentence(title, entries["title_en"].text() if "title_en" in entries else title),
        source=entries["source"].text(),
        mark=_mark(entries["mark"]) if "mark" in entries else "DEF",
        quorum=_group(entries["quorum"], Base.ELIGIBLE) if "quorum" in entries else Group(()),
        passing=_passing(entries["passing"]),
        abstention=entries["abstention"].one_of(Abstention) if "abstention" in entries else Abstention.NOT_YES,
        absent=entries["absent"].one_of(Absent) if "absent" in entries else Absent.APART,
        in_force_from=_day(entries.get("in_force_from")),
        in_force_until=_day(entries.get("in_force_until")),
    )


def read_counts(path: Path) -> tuple[dict[str, Tally], date | None]:
    """The counts in a file by unit, and the day of the vote when the file says it."""
    return parse_counts(text_of(path))


def parse_counts(text: str) -> tuple[dict[str, Tally], date | None]:
    """The counts in the text of a JSON file: `{"units": {"person": {…}, "area": {…}}}`, or the persons alone.

    `present` may be left out; it is then everybody who handed in a paper. Raises Refused with the line at fault.
    """
    content = read_entry(text)
    by_unit = isinstance(content.value, dict) and "units" in content.value
    entries = content.members(("units", "held_on") if by_unit else (*COUNTS, "held_on"))
    held_on = _day(entries.pop("held_on", None))
    if not by_unit:
        return {"person": _tally(content, entries, "person")}, held_on
    units = entries["units"].members(UNITS)
    if not units:
        raise entries["units"].lacking("person")
    return {code: _tally(entry, entry.members(COUNTS), code) for code, entry in units.items()}, held_on


def _preset(entry: Entry) -> Rule:
    code = entry.text()
    if code not in PRESETS:
        raise entry.wrong(f"下列规则之一:{'、'.join(PRESETS)}", f"one of the rules: {', '.join(PRESETS)}")
    return PRESETS[code]


def _mark(entry: Entry) -> str:
    if entry.text() not in MARKS:
        raise entry.wrong(f" {' | '.join(MARKS)}", " | ".join(MARKS))
    return entry.text()


def _passing(entry: Entry) -> Group:
    group = _group(entry, Base.PRESENT)
    if not group.tests:
        raise entry.wrong('至少一项 {"share": "2/3", "strict": false, …}', 'at least one {"share": "2/3", …}')
    return group


def _group(entry: Entry, base: Base) -> Group:
    """Tests of the quorum (always of those eligible) or of the pass share (of those present unless it says more)."""
    if isinstance(entry.value, list):
        return Group(tuple(_test(row, base) for row in entry.rows()))
    entries = entry.members(("joined", "tests"))
    if "tests" not in entries:
        raise entry.lacking("tests")
    joined = entries["joined"].one_of(Joined) if "joined" in entries else Joined.ALL
    return Group(tuple(_test(row, base) for row in entries["tests"].rows()), joined)


def _test(entry: Entry, base: Base) -> Test:
    entries = entry.members(TEST_KEYS)
    for key in ("share", "strict"):
        if key not in entries:
            raise entry.lacking(key)
    unit = entries["unit"].text() if "unit" in entries else "person"
    if unit not in UNITS:
        raise entries["unit"].wrong(f" {' | '.join(UNITS)}", " | ".join(UNITS))
    share = entries["share"].number()
    if not 0 < share <= 1:
        raise entries["share"].wrong('大于 0、不大于 1 的比例,如 "2/3"', 'a share above 0 and up to 1, such as "2/3"')
    told = entries["base"].one_of(Base) if "base" in entries else base
    if base is Base.ELIGIBLE and told is not base:
        raise entries["base"].wrong(" eligible(法定人数只以应到为基数)", "eligible (a quorum is a share of the roll)")
    return Test(unit, share, told, entries["strict"].truth())


def _tally(holder: Entry, entries: dict[str, Entry], code: str) -> Tally:
    for key in ("eligible", "yes"):
        if key not in entries:
            raise holder.lacking(key)
    is_whole = UNITS[code].whole
    values = {key: entry.whole() if is_whole else entry.number() for key, entry in entries.items()}
    handed = sum((values.get(key, Fraction(0)) for key in PAPERS), Fraction(0))
    return Tally(**{"present": handed, **values})


def _day(entry: Entry | None) -> date | None:
    return None if entry is None else entry.day()
