"""The house's own rules: docstrings, one place for reads, clean templates, and words before code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from huiyin.appeals.models import Remark
from huiyin.appeals.stages import Stage
from huiyin.appeals.steps import STEPS
from huiyin.people.roles import Role

ROOT: Final = Path(__file__).resolve().parents[1]
HUIYIN: Final = ROOT / "huiyin"
GLOSSARY: Final = ROOT / "docs" / "glossary.md"
SPEAKING: Final = ("rules", "workflow", "queries")

# Reads and writes of rows stand in these modules; each other place is named with its reason.
KEEPERS_OF_ROWS: Final = frozenset({"models", "queries", "workflow", "reactions", "commands", "running", "tasks"})
ALLOWED_ROWS: Final = {
    "huiyin/appeals/turn.py": "the lock, the save and the words of every verb: the inside of its workflow",
    "huiyin/appeals/lookups.py": "queries that start from a number, a phone or a box, split off by length",
    "huiyin/appeals/belongings.py": "queries of what belongs to one appeal, split off by length",
    "huiyin/appeals/reading.py": "which matters triage and hotspots have not read yet",
    "huiyin/appeals/wording.py": "gives its words to finding, in the registration and for a rebuild",
    "huiyin/publication/wording.py": "gives public words to finding, at the release and for a rebuild",
    "huiyin/finding/shares.py": "the newest weighing of keys, held by each process",
    "huiyin/config/sessions.py": "the session of every request, Django's own rows",
    "huiyin/publication/comparison.py": "queries of original beside public, split off by length",
    "huiyin/figures/breakdown.py": "queries of one figure by its parts, split off by length",
    "huiyin/config/context.py": "the district's name on every page, read once a minute",
    "huiyin/demo/district.py": "sets up territory and people of an empty installation",
    "huiyin/transfer/replay.py": "gives the limits of a moved clock to a replay",
}
ROWS: Final = re.compile(r"\b[A-Z]\w+\.objects\b")

# Words the code added to those of the field, with their Chinese form: nobody uses one before it is explained.
OWN_WORDS: Final = {
    "actor": "行为人", "area": "地域", "aspect": "建议项", "board": "公示栏", "box opening": "开箱",
    "catalogue": "目录", "confidence": "把握", "desk": "工作台", "drift": "漂移", "hall": "办事大厅", "hint": "提示",
    "hotspot": "热点", "intake": "收件", "journal": "流水账", "keeper": "经手人", "key": "检索键", "ledger": "评议台账",
    "lesson": "学习样本", "light": "灯", "mark": "来源标记", "notice": "公示稿", "obstacle": "障碍", "order": "派单",
    "outcome": "办结方式", "place": "地点", "post": "岗", "query code": "查询码", "reaction": "后续动作",
    "reader": "读件模型", "remark": "附言", "replay": "重演", "round": "轮次", "seat": "席", "segment": "编号段",
    "service": "上线记录", "share": "常见度", "slip": "反馈凭证", "stage": "环节", "starter": "词表", "step": "步骤",
    "stuck": "待重试", "studio": "民意表达工作室", "submission key": "表单键", "suggestion": "建议", "turn": "一步",
    "vault": "保险柜", "verb": "动作", "visitor": "来访人", "way": "方式", "wording": "用词", "yardstick": "标尺",
}  # fmt: skip


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of ours that holds code, with its name below the clone."""
    for path in sorted(HUIYIN.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if "/migrations/" not in name and path.stat().st_size:
            yield name, path


def is_test(name: str) -> bool:
    """Whether a module belongs to tests."""
    return "/tests/" in name


def speaks(name: str) -> bool:
    """Whether a module's public functions are the field's words: rules, workflow, queries and what is split off."""
    return not is_test(name) and (Path(name).stem in SPEAKING or "workflow" in Path(name).parts)


def undocumented(path: Path) -> Iterator[str]:
    """The public functions and classes of a module without a docstring."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{path.name}:{node.lineno} {node.name}"


def test_every_module_says_in_one_sentence_what_it_owns() -> None:
    spoken = [(name, path.read_text(encoding="utf-8")) for name, path in modules() if not is_test(name)]
    silent = [name for name, text in spoken if not ast.get_docstring(ast.parse(text))]
    assert not silent


@pytest.mark.parametrize("name", [name for name, _ in modules() if speaks(name)])
def test_public_functions_say_what_they_mean_in_the_field(name: str) -> None:
    assert not list(undocumented(ROOT / name))


def test_rows_are_read_and_written_in_their_own_modules() -> None:
    strays = {
        name
        for name, path in modules()
        if not is_test(name)
        and Path(name).stem not in KEEPERS_OF_ROWS
        and "workflow" not in Path(name).parts
        and ROWS.search(path.read_text(encoding="utf-8"))
    }
    assert not strays - set(ALLOWED_ROWS), "rows are read outside queries and workflow"
    assert not set(ALLOWED_ROWS) - strays, "an exception nobody needs any more"


def test_rules_are_pure() -> None:
    impure = re.compile(r"^(?:from|import) (?:django\.db|django\.conf|huiyin\.kernel import .*\bclock\b)", re.MULTILINE)
    found = [
        name for name, path in modules()
        if path.stem == "rules" and not is_test(name) and impure.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found in ([], ["huiyin/access/rules.py"]), "only the reading of a Q knows Django's Q"


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = []
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
                hidden += [f"{name}:{one.lineno}" for one in inner]
    assert not hidden


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an inline style", r"\sstyle="),
        ("an inline script", r"<script(?![^>]*\bsrc=)"),
        ("an inline handler", r"\son[a-z]+="),
        ("a style sheet of its own", r"<style"),
        ("a file from another host", r"(?:src|href)=\"(?:https?:)?//"),
    ],
)
def test_templates_hold_no(what: str, pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted(HUIYIN.glob("*/templates/**/*.html"))
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]
    assert not found, what


def test_the_words_the_code_added_are_in_the_glossary() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    missing = [word for word, chinese in OWN_WORDS.items() if f"| {word} | {chinese} |" not in text]
    assert not missing


def test_the_names_people_meet_are_in_the_glossary() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    met = [(value, str(label)) for value, label in (*Stage.choices, *Role.choices, *Remark.Kind.choices)]
    met += [(step.verb, step.label) for step in STEPS]
    missing = [value for value, label in met if f"| {value} | {label} |" not in text]
    assert not missing


def test_screenshots_of_the_readme_are_small() -> None:
    for picture in sorted((ROOT / "docs" / "screenshots").glob("*.png")):
        assert picture.stat().st_size <= 150_000, picture.name
