"""Runs `huiyin triage …` at a terminal: progress, tables, exit codes."""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from django.db import connection
from tqdm import tqdm

from huiyin.access import policy
from huiyin.catalogue import queries as catalogue
from huiyin.journal import beside
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people.actors import SYSTEM
from huiyin.triage import lessons, queries, rules, workflow
from huiyin.triage.commands import ASPECTS
from huiyin.triage.models import Aspect, Reader, Service, Suggestion
from huiyin.triage.rules import Missing, Tally

_LOCK: Final = 7_300_011
_WEEKS: Final = timedelta(weeks=12)
_MISSING: Final = {
    Missing.LESSONS: N_("能学的不足 %(least)s 件"),
    Missing.LABELS: N_("至少要有 %(labels)s 类各 %(each)s 件"),
}


def say(line: str) -> None:
    """One line of a result."""
    sys.stdout.write(line + "\n")


def train(arguments: argparse.Namespace) -> int:
    """Learn the aspects asked for; 0 when one was learned, 1 when there is too little to learn from."""
    if arguments.for_worker:
        beside.hold()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
        if row is None or not row[0]:
            raise RuleBroken("training_already", N_("已经有一个训练在进行，等它结束再来。"))
    read = list(lessons.read())
    say(f"已办结可学的诉求 {len(read)} 件")
    learned = [_learn(read, aspect) for aspect in _asked(arguments)]
    dropped = workflow.drop_old_files()
    if dropped:
        say(f"清理了 {dropped} 个旧模型文件")
    return 0 if any(learned) else 1


def _learn(read: Sequence[lessons.Lesson], aspect: str) -> bool:
    learning: Any = import_module("huiyin.triage.learning")  # the solvers, which nothing else loads
    label = Aspect(aspect).label
    given = learning.plan(read, aspect)
    if isinstance(given, Missing):
        told = {"least": rules.LEAST_LESSONS, "labels": rules.LEAST_LABELS, "each": rules.LEAST_PER_LABEL}
        say(f"{label}：{_MISSING[given] % told}，没有训练")
        return False
    with tqdm(total=learning.STEPS, desc=f"{label}：学习、比较", unit="步", disable=None) as bar:
        reader = learning.learn(given, progress=bar.update)
    kept = workflow.keep_reader(SYSTEM, reader)
    say(f"{label}：{_told(kept)}")
    return True


def _told(reader: Reader) -> str:
    return (
        f"第 {reader.pk} 号，学了 {reader.lessons_count} 件 {reader.labels_count} 类；"
        f"留出的 {reader.held_out_count} 件里对 {reader.right_count} 件，"
        f"{_name(reader.compared_with)}对 {reader.live_right_count} 件；{reader.get_outcome_display()}"
    )


def _name(reader: Reader | None) -> str:
    return f"第 {reader.pk} 号" if reader is not None else "词表"


def _asked(arguments: argparse.Namespace) -> tuple[str, ...]:
    return (arguments.aspect,) if arguments.aspect else ASPECTS


def show_models(_arguments: argparse.Namespace) -> int:
    """What speaks for each aspect since when, then every reader that was trained."""
    serving = queries.serving()
    for aspect in ASPECTS:
        say(f"{Aspect(aspect).label}：{_serves(serving.get(aspect))}")
    for reader in queries.readers():
        kept = f"{reader.size_bytes / 1e6:.1f} MB" if reader.sha256 else "文件未保留"
        day = clock.local_date(reader.trained_at)
        say(f"  {reader.pk:>4}  {reader.get_aspect_display()}  {day}  {kept}  {_told(reader)}")
    return 0


def _serves(service: Service | None) -> str:
    if service is None:
        return "词表（还没有学出模型）"
    since = clock.local_date(service.since)
    return f"{_name(service.reader)}，自 {since} 起{'，由人指定' if service.is_pinned else ''}"


def use(arguments: argparse.Namespace) -> int:
    """Let a reader, the starter or the nights' choice speak."""
    if arguments.which.isdigit():
        _switched(workflow.use(SYSTEM, int(arguments.which)))
        return 0
    if arguments.which not in ("starter", "auto"):
        raise RuleBroken(
            "unknown_choice", N_("要写模型的编号、starter 或 auto，不是「%(which)s」。"), which=arguments.which
        )
    for aspect in _asked(arguments):
        by = workflow.use_starter if arguments.which == "starter" else workflow.release
        service = by(SYSTEM, aspect)
        if service is not None:
            _switched(service)
    return 0


def back(arguments: argparse.Namespace) -> int:
    """Let the reader before speak again."""
    serving = queries.serving()
    asked = [arguments.aspect] if arguments.aspect else [aspect for aspect in ASPECTS if aspect in serving]
    if not asked:
        raise RuleBroken("nothing_before", N_("一直用词表，没有更早的模型可以换回。"))
    for aspect in asked:
        _switched(workflow.go_back(SYSTEM, aspect))
    return 0


def _switched(service: Service) -> None:
    say(f"{Aspect(service.aspect).label}：{_serves(service)}（一分钟内生效）")


def show_figures(_arguments: argparse.Namespace) -> int:
    """How often suggestions were right: by aspect, by week, by the first level of what was chosen."""
    found = Suggestion.objects.filter(policy.EVERYTHING, settled_at__isnull=False)
    since = clock.now() - _WEEKS
    tallies = queries.tallies(found)
    if not tallies:
        say("还没有人定过有建议的诉求，暂时没有数字。")
        return 0
    for aspect in Aspect:
        if aspect in tallies:
            say(f"{aspect.label}：{_counted(tallies[aspect])}")
    say("按周（事项分类）")
    for monday, tally in queries.by_week(found, since=since):
        say(f"  {monday} 起  {_counted(tally)}")
    names = {row.code: row.name for row in catalogue.categories(clock.today(), level=1)}
    say("按一级分类（人定的分类，近 12 周）")
    for code, tally in queries.by_branch(found, since=since).items():
        say(f"  {names.get(code, code)}  {_counted(tally)}")
    return 0


def _counted(tally: Tally) -> str:
    right = rules.share(tally.right, tally.spoken)
    shown = f"{right:.0%}" if right is not None else "—"
    return (
        f"定了 {tally.settled} 件，提了建议 {tally.spoken} 件，对 {tally.right} 件（{shown}），"
        f"前三里有 {tally.in_three} 件，一键采纳 {tally.taken} 件，没提建议 {tally.abstained} 件"
    )
