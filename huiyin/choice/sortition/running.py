"""Running the command `draw`."""

import argparse
import sys
import time

from huiyin.choice.results import refuse, say
from huiyin.choice.sortition import draw, files, pool, wording
from huiyin.choice.sortition.infeasible import InfeasibleQuotas
from huiyin.choice.sortition.pool import Pool, PoolError, Quota
from huiyin.choice.sortition.search import Watch


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
            sys.stderr.write(f"{sentence.zh}\n{sentence.en}\n")
    except (PoolError, OSError) as error:
        return refuse(reading, error)
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
    say(wording.draw_told(drawn))
    return 0


def _watch() -> Watch:
    """Tells a terminal how the search gets on, from its second second; nothing is told to a file."""
    begun = time.monotonic()

    def told(panels_found: int, short: float) -> None:
        if sys.stderr.isatty() and time.monotonic() - begun > 1:
            line = wording.progress_told(panels_found, short)
            sys.stderr.write(f"{line.zh} / {line.en}\n")

    return told


def _replay(args: argparse.Namespace, people: Pool, quotas: tuple[Quota, ...]) -> int:
    lottery = files.read_lottery(people, args.replay)
    panel = draw.replayed(people, quotas, args.size, text=args.seed, drawn=lottery)
    files.write_panel(people, panel, args.out)
    return 0
