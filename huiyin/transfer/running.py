"""Runs `huiyin import` and `huiyin replay` at a terminal: progress, the table of what came of it, exit codes."""

import argparse
import sys
import time
from collections.abc import Mapping

from django.db.models import QuerySet
from tqdm import tqdm

from huiyin.appeals import queries as appeals
from huiyin.appeals.models import Appeal, Slip
from huiyin.figures import queries as figures
from huiyin.figures import rules
from huiyin.figures.queries import UnitRow
from huiyin.figures.rules import Period
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import Actor, Kind, Seat
from huiyin.people.roles import Role
from huiyin.territory import queries as territory
from huiyin.transfer import importing, replay


def say(line: str) -> None:
    """One line of a result."""
    sys.stdout.write(line + "\n")


def _mapping(pairs: list[str]) -> Mapping[str, str]:
    split = [pair.partition("=") for pair in pairs]
    wrong = [pair for pair, (_, sign, theirs) in zip(pairs, split, strict=True) if not sign or not theirs]
    if wrong:
        raise RuleBroken("bad_mapping", N_("--map 要写成 我们的列=文件的列，这个写错了：%(pair)s。"), pair=wrong[0])
    return {ours.strip(): theirs.strip() for ours, _, theirs in split}


def import_file(arguments: argparse.Namespace) -> int:
    """Import a table of appeals; exit code 1 when rows were bad and nothing was imported."""
    user = people.user_by_login(arguments.login)
    actor = people.actor_of(user.pk, user.name, clock.today())
    with tqdm(desc="导入", unit="件", disable=None) as bar:
        outcome = importing.import_appeals(
            actor,
            arguments.file,
            mapping=_mapping(arguments.map),
            channel=arguments.channel,
            area_code=arguments.area,
            is_dry=arguments.dry_run,
            leave_out_bad=arguments.leave_out_bad,
            progress=bar.update,
        )
    for line in importing.report(outcome.bad):
        say(line)
    say(f"可导入 {outcome.good} 行，有问题 {len(outcome.bad)} 行，已导入 {outcome.imported} 件。")
    if outcome.bad and not outcome.imported and not arguments.dry_run:
        say("没有导入任何一件。改好后重来，或加 --leave-out-bad 只导入没有问题的行。")
    return 0 if outcome.imported or (arguments.dry_run and not outcome.bad) else 1


def replay_file(arguments: argparse.Namespace) -> int:
    """Replay a table; prints counts, on-time rate and the slowest units."""
    told = replay.read(arguments.file, _mapping(arguments.map))
    begun = time.monotonic()
    with tqdm(total=len(told) * 7, desc="回放", unit="步", disable=None) as bar:
        steps = replay.run_on_all_cores(told, cores=arguments.processes, progress=bar.update)
    say(f"回放 {len(told)} 件、{steps} 步，用时 {time.monotonic() - begun:.1f} 秒，{arguments.processes} 个进程")
    first = min(clock.local_date(matter.said_at) for matter in told)
    _print_table(Period(first, clock.today()))
    return 0


def _print_table(period: Period) -> None:
    root = territory.district().path
    actor = Actor(Kind.STAFF, None, "", (Seat(Role.LEADER, root),))
    found, now = figures.scope(actor), clock.now()
    n = figures.counts(found, period, now=now)
    whole = appeals.visible(actor).filter(registered_at__gte=figures.instant(period.first))
    say(f"期间 {period.first} 至 {period.last}（受理口径、到期口径见括号）")
    say(
        f"  收到 {n['received']}（受理口径）  受理 {n['accepted']}  办结 {n['accepted_closed']}  "
        f"办结率 {rules.percent(rules.rate(n['accepted_closed'], n['accepted']))}"
    )
    say(
        f"  到期 {n['due']}（到期口径）  按期 {n['due_on_time']}  "
        f"按期办结率 {rules.percent(rules.rate(n['due_on_time'], n['due']))}"
    )
    say(
        f"  有责任人 {_with(whole, 'keeper')}  有到期日 {_with(whole, 'answer_due_on')}  "
        f"有答复 {_with(whole, 'answered_at')}  四方反馈单 {Slip.objects.filter(appeal__in=whole).count()}"
    )
    rows = figures.by_unit(found, period, now=now)
    say("  办理最慢的单位（派单到首次答复的平均天数，10 件以上）")
    for row in figures.slowest(rows)[:5]:
        say(_unit_line(row))


def _with(found: QuerySet[Appeal], column: str) -> int:
    return found.filter(**{f"{column}__isnull": False}).count()


def _unit_line(row: UnitRow) -> str:
    return f"    {row.name}：{row.average_days or 0:.1f} 天，{row.accepted} 件，按期办结率 {row.on_time_rate}"
