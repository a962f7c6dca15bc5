"""The command `draw`: people and quotas in, a panel and everybody's chance out."""

import argparse
import sys
import time
from pathlib import Path

from huiyin.choice.sortition import draw, files, pool, wording
from huiyin.choice.sortition.infeasible import InfeasibleQuotas
from huiyin.choice.sortition.pool import Pool, PoolError, Quota
from huiyin.choice.sortition.search import Watch

Subparsers = argparse._SubParsersAction  # noqa: SLF001  # argparse gives the type of its subcommands no public name


def add_to(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `draw` to the subcommands of `huiyin choice`."""
    parser = subparsers.add_parser("draw", help="draw a panel by lot that keeps quotas, with the fairest chances")
    parser.add_argument("people", type=Path, metavar="PEOPLE.csv")
    parser.add_argument("quotas", type=Path, metavar="QUOTAS.csv")
    parser.add_argument("--size", type=int, required=True, metavar="N", help="people on the panel")
    parser.add_argument("--seed", required=True, metavar="S", help="a public text that nobody could know before")
    parser.add_argument("--household", metavar="COLUMN", help="draw at most one person with the same entry here")
    parser.add_argument("--id", dest="identifier", metavar="COLUMN", help="the column that names people")
    parser.add_argument("--rule", type=draw.Rule, choices=list(draw.Rule), default=draw.Rule.LEXIMIN)
    parser.add_argument("--alternates", type=int, default=0, metavar="N", help="people who may replace others")
    parser.add_argument("--out", type=Path, required=True, metavar="PANEL.csv")
    parser.add_argument("--chances", type=Path, metavar="CHANCES.csv", help="everybody's chance")
    parser.add_argument("--lottery", type=Path, metavar="LOTTERY.json", help="write all panels and their tickets")
    parser.add_argument("--replay", type=Path, metavar="LOTTERY.json", help="draw from a published lottery")
    parser.set_defaults(run=run_draw, needs_django=False)


def run_draw(args: argparse.Namespace) -> int:
    """Draw and write what was asked for; 1 with the reasons when a file is wrong or the quotas cannot be kept."""
    reading = args.quotas
    try:
        quotas = pool.read_quotas(args.quotas)
        reading = args.people
        people = pool.read_pool(args.people, quotas, household=args.household, identifier=args.identifier)
        reading = args.replay or args.people
        return _replay(args, people, quotas) if args.replay else _draw(args, people, quotas)
    except InfeasibleQuotas as error:
        for sentence in wording.infeasible_told(error):
            print(sentence.zh, sentence.en, sep="\n", file=sys.stderr)
    except (PoolError, OSError) as error:
        print(f"{reading}: {error}", file=sys.stderr)
    return 1


def _draw(args: argparse.Namespace, people: Pool, quotas: tuple[Quota, ...]) -> int:
    drawn = draw.draw(people, quotas, args.size, text=args.seed, rule=args.rule, watch=_watch())
    names: list[str] = []
    if args.alternates > 0:
        others = draw.alternates(drawn, args.alternates)
        names = [others.pool.names[person] for person in others.panel]
    files.write_panel(people, drawn.panel, args.out, alternates=names)
    if args.chances:
        files.write_chances(drawn, args.chances)
    if args.lottery:
        files.write_lottery(people, drawn.lottery, args.lottery)
    for sentence in wording.draw_told(drawn):
        print(sentence.zh, sentence.en, sep="\n")
    return 0


def _watch() -> Watch:
    """Tells a terminal how the search gets on, from its second second; nothing is told to a file."""
    begun = time.monotonic()

    def told(panels_found: int, short: float) -> None:
        if sys.stderr.isatty() and time.monotonic() - begun > 1:
            line = wording.progress_told(panels_found, short)
            print(line.zh, line.en, sep=" / ", file=sys.stderr)

    return told


def _replay(args: argparse.Namespace, people: Pool, quotas: tuple[Quota, ...]) -> int:
    lottery = files.read_lottery(people, args.replay)
    panel = draw.replayed(people, quotas, args.size, text=args.seed, drawn=lottery)
    files.write_panel(people, panel, args.out)
    return 0
